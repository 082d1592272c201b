//! What was found, as spans in code points: one JSON object a text.

use std::io::{self, Write};
use std::ops::Range;

use annals_evidence::Text;
use serde_json::{Value, json};

use crate::result::Draft;

/// Writes what was found in a text as a JSON object: `doc`, `claims` with `source`, `cue` and `content` as lists
/// of `[start, end]` in code points, `speaker`, `negated`; `timex` with `span`, `value`, `type`. The
/// text is the one that was drafted. Claims are written one by one, since together they are longer than the text.
///
/// # Errors
/// If it cannot be written.
pub fn spans(out: &mut dyn Write, doc: &str, text: &Text, draft: &Draft) -> io::Result<()> {
    let span = |range: &Range<usize>| {
        let span = text.span_of_bytes(range.clone());
        json!([span.start, span.end])
    };
    let list = |ranges: &[Range<usize>]| Value::Array(ranges.iter().map(span).collect());
    let comma = |at: usize| if at == 0 { "" } else { "," };
    write!(out, "{{\"doc\":{},\"claims\":[", json!(doc))?;
    for (at, claim) in draft.claims.iter().enumerate() {
        let claim = json!({
            "source": list(&claim.source),
            "cue": list(&claim.cue),
            "content": list(&claim.content),
            "speaker": claim.speaker.map(|at| draft.actors[at].name.clone()),
            "negated": claim.negated,
        });
        write!(out, "{}{claim}", comma(at))?;
    }
    write!(out, "],\"timex\":[")?;
    for (at, date) in draft.dates.iter().enumerate() {
        let date =
            json!({"span": span(&date.span), "value": date.value, "type": date.kind.as_str()});
        write!(out, "{}{date}", comma(at))?;
    }
    write!(out, "]}}")
}
