//! a text that YAML ends too early
//!
//! # What it finds
//! In YAML, a text without quotation marks ends at a comma within `{ }`, and at ` #` everywhere. At
//! the comma this is an error, and the field is left out; at ` #` it is a warning, or a remark where
//! what follows may well be a comment.
//!
//! # Why it matters
//! Half a quote is another quote. It may even stand in the text word for word, and so be verified.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: lind, name: Ada Lind, kind: person}
//! claims:
//!   - {id: c1, speaker: lind, quote: It costs 1, 400 people said so}
//! ```
//!
//! # How to fix
//! Put the text in quotation marks.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: lind, name: Ada Lind, kind: person}
//! claims:
//!   - {id: c1, speaker: lind, quote: "It costs 1, 400 people said so"}
//! ```
//!
//! # When it stays silent
//! Comments after dates, numbers, ids and words of a vocabulary; comments that begin with `# ` after
//! two spaces or more.
//!
//! # Source
//! YAML 1.2, *plain scalars* and *comments*.

use super::at::At;
use super::cut::Cut;
use annals_finding::wording::quoted;
use annals_finding::{ByteRange, Code, Finding, Place, Severity};
use annals_model::{Field, Shape};

/// A text that YAML ends too early.
pub static CODE: Code = Code::new(
    "AN020",
    "text-cut",
    Severity::Error,
    include_str!("text_cut.rs"),
);

/// A value that ends at a comma; `field` is what it is the value of, if it is known.
pub(crate) fn at_comma(at: &At<'_>, cut: &Cut<'_>, field: Option<&Field>) -> Finding {
    let name = at.field_name();
    let lost = super::short(cut.lost());
    let read = super::short(cut.read);
    let whole = cut.on_one_line();
    let place = |range| Place::Bytes(at.origin().file(), ByteRange::from(range));
    let all = place(cut.bytes.clone());
    let is_text = field.is_none_or(|field| is_text(field.shape));
    let words = if is_text {
        format!("the text of \"{name}\" ends at the comma")
    } else {
        format!("the value of \"{name}\" ends at the comma")
    };
    let finding = Finding::new(&CODE, at.says(&words))
        .at(at.value(), format!("only \"{read}\" is read"))
        .note("within { }, a comma ends what stands without quotation marks");
    if let Some(words) = super::in_marks(&whole).filter(|_| is_text && name.ends_with("quote")) {
        return finding.help(super::LEAVE_MARKS_OUT).suggest(
            "put the words alone in straight quotation marks",
            all,
            &quoted(words),
        );
    }
    if is_text {
        return finding.suggest("put the text in quotation marks", all, &quoted(&whole));
    }
    let is_list = field.is_some_and(|field| {
        matches!(
            field.shape,
            Shape::References(_) | Shape::Words | Shape::Parts(_) | Shape::Relations
        )
    });
    if is_list && !cut.whole.contains(['"', '\'', ':', '#', '\n']) {
        let list = format!("[{whole}]");
        return finding.suggest("write several values in brackets", all, &list);
    }
    finding.help(format!(
        "\"{lost}\" belongs to no field: leave it out, or name the field it is the value of"
    ))
}

/// A text that ends at ` #`; `None` where what follows is surely a comment, or the field takes no free
/// text and what follows may be one.
pub(crate) fn at_hash(at: &At<'_>, cut: &Cut<'_>, is_free: bool) -> Option<Finding> {
    let lost = cut.lost();
    let spaces = cut.whole.len() - cut.kept - lost.len();
    let after = lost.trim_start_matches('#');
    let is_marked = after.starts_with(char::is_whitespace) || after.is_empty();
    // "No. # 5" and "name # a comment" look alike; "#5" is hardly a comment.
    let severity = match (
        spaces > 1 || cut.whole[cut.kept..].starts_with('\t'),
        is_marked,
    ) {
        (true, true) => return None,
        (false, false) => Severity::Warning,
        _ if is_free => Severity::Info,
        _ => return None,
    };
    let name = at.field_name();
    let range = cut.bytes.start..cut.bytes.start + cut.whole.len();
    let all = Place::Bytes(at.origin().file(), ByteRange::from(range));
    let mut finding = Finding::new(
        &CODE,
        at.says(&format!("the text of \"{name}\" ends at \" #\"")),
    )
    .at(
        at.value(),
        format!("\"{}\" is taken for a comment", super::short(lost)),
    )
    .suggest(
        "if it belongs to the text, put all of it in quotation marks",
        all,
        &quoted(&cut.on_one_line()),
    )
    .help("a comment is told by two spaces before \"# \"");
    finding.severity = severity;
    Some(finding)
}

fn is_text(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Text | Shape::Texts | Shape::Word | Shape::Code | Shape::Numeral
    )
}
