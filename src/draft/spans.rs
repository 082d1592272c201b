//! What was found, as spans in code points: one JSON object a text.

use std::ops::Range;

use annals_evidence::Text;
use serde_json::{Value, json};

use crate::result::Draft;

/// What was found in a text, as a JSON object: `doc`, `claims` with `source`, `cue` and `content` as lists
/// of `[start, end]` in code points, `speaker`, `negated`; `timex` with `span`, `value`, `type`. The
/// text is the one that was drafted.
pub fn spans(doc: &str, text: &Text, draft: &Draft) -> Value {
    let span = |range: &Range<usize>| {
        let span = text.span_of_bytes(range.clone());
        json!([span.start, span.end])
    };
    let list = |ranges: &[Range<usize>]| Value::Array(ranges.iter().map(span).collect());
    let claims = draft.claims.iter().map(|claim| {
        json!({
            "source": list(&claim.source),
            "cue": list(&claim.cue),
            "content": list(&claim.content),
            "speaker": claim.speaker.map(|at| draft.actors[at].name.clone()),
            "negated": claim.negated,
        })
    });
    let timex = draft.dates.iter().map(
        |date| json!({"span": span(&date.span), "value": date.value, "type": date.kind.as_str()}),
    );
    json!({
        "doc": doc,
        "claims": claims.collect::<Vec<_>>(),
        "timex": timex.collect::<Vec<_>>(),
    })
}
