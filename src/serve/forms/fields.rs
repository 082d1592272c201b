//! Which fields a form has, in which order, and what they are called there.

use annals_model::{Field, RecordKind, Shape};

/// Fields that stand before the others of their kind.
const FIRST: [(RecordKind, &[&str]); 8] = [
    (
        RecordKind::Claim,
        &[
            "speaker",
            "as",
            "to",
            "about",
            "stance",
            "act",
            "said",
            "at",
            "responds_to",
            "content",
        ],
    ),
    (
        RecordKind::Event,
        &["label", "kind", "when", "status", "participants", "place"],
    ),
    (RecordKind::Actor, &["name", "kind", "aliases"]),
    (
        RecordKind::Relation,
        &["from", "kind", "to", "role", "when"],
    ),
    (RecordKind::Topic, &["label", "about"]),
    (RecordKind::Order, &["first", "relation", "second"]),
    (RecordKind::Place, &["name", "within", "lat", "lon"]),
    (
        RecordKind::Document,
        &[
            "title",
            "published",
            "publisher",
            "author",
            "kind",
            "language",
            "url",
            "based_on",
        ],
    ),
];

/// Fields that are no words of a person: of the file, of the passage, or with a form of their own.
const OTHERS: [&str; 5] = ["id", "type", "evidence", "retracted", "ignore"];

/// The fields of a kind: those that are asked first, and the others. Of a record that is there already,
/// also what a new one has from its passage.
pub(super) fn of(kind: RecordKind, is_there: bool) -> (Vec<&'static Field>, Vec<&'static Field>) {
    let first = FIRST
        .iter()
        .find(|(own, _)| *own == kind)
        .map_or(&[][..], |(_, names)| names);
    let own_words = (is_there && kind == RecordKind::Claim).then_some(&"quote");
    let before = own_words.into_iter().chain(first);
    let before: Vec<_> = before.filter_map(|name| kind.field(name)).collect();
    let after = kind.fields().filter(|field| {
        !first.contains(&field.name)
            && !(OTHERS.contains(&field.name) && !(is_there && field.name == "evidence"))
            && !matches!(field.shape, Shape::Spans | Shape::Type)
            // A quote is the passage, where these are the speaker's own words.
            && !(kind == RecordKind::Claim && field.name == "quote")
    });
    let after = after.collect();
    (before, after)
}

/// What a field is called in a form.
pub(crate) fn label(kind: RecordKind, field: &str) -> String {
    use RecordKind::{Actor, Claim, Document, Event, Order, Relation};
    let word = match (kind, field) {
        (Claim, "speaker") | (Relation, "from") => "Who",
        (Claim, "stance") => "Stands",
        (Claim, "act") => "Does",
        (Claim, "responds_to") => "Answers",
        (Claim, "content") => "In short",
        (Claim, "via") => "Through",
        (Relation, "to") => "To whom",
        (Relation | Actor | Event | Document, "kind") => "What it is",
        (Event | RecordKind::Topic, "label") => "Name",
        (Event, "participants") => "Who took part",
        (Event, "place") => "Where",
        (Order, "relation") => "Stands to it",
        (Actor, "aliases") => "Also called",
        (Actor, "same_as") => "Elsewhere",
        (Document, "based_on") => "Rests on",
        (_, "url") => "Address",
        _ => "",
    };
    if !word.is_empty() {
        return word.to_owned();
    }
    let mut letters = field.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str().replace('_', " "))
}

/// What a field takes, shown in it while it is empty.
pub(super) fn hint(field: &Field) -> &'static str {
    match (field.name, field.shape) {
        (_, Shape::Date) => "30 September 2021, or 2021-09",
        ("participants", _) => "name (role)",
        ("to", Shape::References(_)) => "nobody in particular",
        ("responds_to", _) => "another claim",
        ("relation", _) => "before, after, during …",
        ("sha256", _) => "worked out from the text",
        (_, Shape::Reference(_) | Shape::References(_)) => "name or id",
        _ => "",
    }
}
