//! The right word for fields that people try: those that have another name here, or stand
//! elsewhere.

use annals_model::{RecordKind, Vocabulary as _};

/// What is meant by a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OtherWord {
    /// It is called so here.
    Called(&'static str),
    /// It is written in another way, or elsewhere.
    Written(&'static str),
}

use OtherWord::{Called, Written};

/// Words for a field, and what is meant.
type Words = (&'static [&'static str], OtherWord);

/// What a field of a record means that the record does not have.
pub(crate) fn of_record(kind: RecordKind, field: &str) -> Option<OtherWord> {
    let own = match kind {
        RecordKind::Document => DOCUMENT,
        RecordKind::Actor => ACTOR,
        RecordKind::Place => PLACE,
        RecordKind::Topic => TOPIC,
        RecordKind::Event => EVENT,
        RecordKind::Claim => CLAIM,
        RecordKind::Relation => RELATION,
        RecordKind::Order => ORDER,
    };
    found(own, field).or_else(|| found(ANY, field))
}

/// Whether a name that the record has not is tried for one of its fields.
pub(crate) fn stands_for(kind: RecordKind, name: &str, field: &str) -> bool {
    kind.fields().all(|one| one.name != name)
        && matches!(of_record(kind, name), Some(Called(meant)) if meant == field)
}

/// The same of an object within a record, by what it is called: "a stance".
pub(crate) fn of_object(called: &str, field: &str) -> Option<OtherWord> {
    match called {
        "a stance" => found(STANCE, field),
        "a participant" => found(PARTICIPANT, field),
        "evidence" => found(EVIDENCE, field),
        "a retraction" => found(RETRACTION, field),
        "an ignore" => found(IGNORE, field),
        "a date" => found(DATE, field),
        _ => None,
    }
}

/// Whether people try this as a field of some record or object.
pub(crate) fn is_tried(name: &str) -> bool {
    let mut kinds = RecordKind::ALL.iter();
    let parts = [STANCE, PARTICIPANT, EVIDENCE, RETRACTION, IGNORE, DATE];
    kinds.any(|kind| of_record(*kind, name).is_some())
        || parts.iter().any(|words| found(words, name).is_some())
}

fn found(words: &[Words], field: &str) -> Option<OtherWord> {
    let field = field.to_lowercase().replace(['-', ' '], "_");
    let mut all = words.iter();
    all.find(|(words, _)| words.contains(&field.as_str()))
        .map(|(_, meant)| *meant)
}

const SHOWN: OtherWord = Written("where it is shown: evidence: {document: …, quote: …}");

const ANY: &[Words] = &[
    (
        &[
            "comment",
            "comments",
            "remark",
            "remarks",
            "notes",
            "memo",
            "description",
            "desc",
        ],
        Called("note"),
    ),
    (
        &[
            "tag",
            "keyword",
            "keywords",
            "labels",
            "category",
            "categories",
        ],
        Called("tags"),
    ),
    (
        &["certainty", "probability", "sure", "reliability"],
        Called("confidence"),
    ),
    (
        &["entered", "created", "added", "date_added", "recorded_on"],
        Called("recorded"),
    ),
    (
        &["deleted", "withdrawn", "removed", "retracted_on"],
        Called("retracted"),
    ),
    (&["key", "identifier", "uid", "ref_id"], Called("id")),
    (
        &[
            "source",
            "sources",
            "reference",
            "references",
            "citation",
            "ref",
        ],
        SHOWN,
    ),
];

const DOCUMENT: &[Words] = &[
    (&["name", "label", "heading", "headline"], Called("title")),
    (
        &[
            "date",
            "when",
            "published_on",
            "publication_date",
            "date_published",
            "issued",
            "year",
        ],
        Called("published"),
    ),
    (&["authors", "by", "writer", "creator"], Called("author")),
    (&["type", "genre", "medium"], Called("kind")),
    (&["link", "href", "uri", "website", "web"], Called("url")),
    (
        &[
            "file",
            "path",
            "content",
            "body",
            "fulltext",
            "full_text",
            "filename",
        ],
        Called("text"),
    ),
    (&["lang", "locale"], Called("language")),
    (&["hash", "checksum", "sum"], Called("sha256")),
    (
        &["newspaper", "journal", "outlet", "site", "source"],
        Called("publisher"),
    ),
    (&["sources", "quotes", "derived_from"], Called("based_on")),
];

const TIE: OtherWord = Written(
    "a tie is a record of its own, under relations: {from: …, kind: holds_office, to: …, role: …}",
);

const ACTOR: &[Words] = &[
    (
        &[
            "role",
            "roles",
            "office",
            "position",
            "job",
            "function",
            "profession",
            "occupation",
            "affiliation",
            "affiliations",
            "party",
            "member_of",
            "employer",
            "works_for",
            "represents",
            "part_of",
            "parent",
            "organization",
            "organisation",
            "holds_office",
            "relations",
            "spokesperson_for",
            "allied_with",
        ],
        TIE,
    ),
    (&["type", "class", "sort", "is_a"], Called("kind")),
    (
        &[
            "born",
            "birth",
            "birthday",
            "birthdate",
            "birth_date",
            "date_of_birth",
            "died",
            "death",
            "death_date",
            "date_of_death",
            "founded",
            "dissolved",
            "established",
            "dates",
            "lived",
            "life",
            "when",
        ],
        Written("from birth to death, or foundation to dissolution: lifespan: 1950/2020"),
    ),
    (
        &[
            "label",
            "title",
            "fullname",
            "full_name",
            "display_name",
            "surname",
        ],
        Called("name"),
    ),
    (
        &[
            "alias",
            "aka",
            "also_known_as",
            "nickname",
            "nicknames",
            "names",
            "other_names",
            "short",
            "short_name",
        ],
        Called("aliases"),
    ),
    (
        &["url", "link", "wikidata", "wikipedia", "same", "sameas"],
        Written("same_as: wikidata:Q…"),
    ),
    (&["anonymous", "is_unnamed", "nameless"], Called("unnamed")),
    (
        &["gender", "sex", "country", "nationality"],
        Written("a field of your own begins with x_, as in x_country"),
    ),
];

const PLACE: &[Words] = &[
    (&["label", "title"], Called("name")),
    (&["latitude", "y"], Called("lat")),
    (&["longitude", "lng", "long", "x"], Called("lon")),
    (
        &[
            "coordinates",
            "coords",
            "location",
            "geo",
            "position",
            "latlon",
            "lat_lon",
        ],
        Written("degrees north and east: lat: 38.72, lon: -9.14"),
    ),
    (
        &["parent", "part_of", "in", "country", "region", "inside"],
        Called("within"),
    ),
];

const TOPIC: &[Words] = &[
    (&["name", "title", "concept", "topic"], Called("label")),
    (&["subject", "subjects", "regarding", "of"], Called("about")),
];

const EVENT: &[Words] = &[
    (
        &[
            "date", "dates", "time", "day", "on", "period", "duration", "happened", "occurred",
            "year", "said", "at",
        ],
        Called("when"),
    ),
    (
        &[
            "start",
            "end",
            "begin",
            "begins",
            "ends",
            "from",
            "to",
            "until",
            "since",
            "start_date",
            "end_date",
            "started",
            "ended",
        ],
        Written("both ends in one field: when: START/END, as in 2021-05-04/2021-05-07"),
    ),
    (
        &["name", "title", "text", "what", "summary"],
        Called("label"),
    ),
    (
        &["location", "where", "venue", "city", "places", "in"],
        Called("place"),
    ),
    (
        &[
            "actors",
            "people",
            "who",
            "attendees",
            "persons",
            "by",
            "actor",
            "speaker",
            "involved",
            "participant",
        ],
        Called("participants"),
    ),
    (&["type", "class"], Called("kind")),
    (
        &["parent", "within", "whole", "sub_event_of"],
        Called("part_of"),
    ),
    (
        &["cause", "effects", "leads_to", "caused"],
        Called("causes"),
    ),
    (&["state", "happens"], Called("status")),
    (&["document", "documents", "reported_in", "quote"], SHOWN),
];

const CLAIM: &[Words] = &[
    (
        &[
            "who",
            "author",
            "actor",
            "person",
            "from",
            "by",
            "said_by",
            "speakers",
            "source_actor",
            "name",
        ],
        Called("speaker"),
    ),
    (
        &[
            "date", "when", "time", "day", "on", "said_on", "said_at", "dated",
        ],
        Called("said"),
    ),
    (
        &[
            "text",
            "statement",
            "words",
            "verbatim",
            "direct_quote",
            "quotation",
        ],
        Written("the speaker's own words are quote, a paraphrase is content"),
    ),
    (
        &[
            "paraphrase",
            "summary",
            "claim",
            "label",
            "title",
            "what",
            "description",
            "says",
        ],
        Called("content"),
    ),
    (
        &[
            "topic",
            "topics",
            "subject",
            "subjects",
            "regarding",
            "toward",
            "target",
            "concerning",
        ],
        Called("about"),
    ),
    (
        &["position", "opinion", "sentiment", "attitude", "stances"],
        Called("stance"),
    ),
    (
        &[
            "recipient",
            "recipients",
            "addressee",
            "addressees",
            "audience",
            "listener",
        ],
        Called("to"),
    ),
    (
        &["type", "verb", "kind", "speech_act", "action", "acts"],
        Called("act"),
    ),
    (
        &[
            "document",
            "documents",
            "reported_in",
            "reported",
            "published",
            "spans",
            "page",
        ],
        SHOWN,
    ),
    (
        &["event", "occasion", "where", "place", "venue"],
        Called("at"),
    ),
    (&["role", "office", "capacity"], Called("as")),
    (
        &["reply_to", "answers", "in_reply_to", "response_to"],
        Called("responds_to"),
    ),
    (&["through", "relayed_by", "passed_on_by"], Called("via")),
];

const RELATION: &[Words] = &[
    (
        &[
            "actor",
            "who",
            "person",
            "subject",
            "source_actor",
            "a",
            "member",
            "holder",
        ],
        Called("from"),
    ),
    (
        &[
            "object",
            "target",
            "b",
            "organization",
            "organisation",
            "with",
        ],
        Called("to"),
    ),
    (
        &["type", "relation", "predicate", "label", "tie", "name"],
        Called("kind"),
    ),
    (
        &["date", "dates", "period", "time", "duration"],
        Called("when"),
    ),
    (
        &[
            "start",
            "end",
            "since",
            "until",
            "begin",
            "start_date",
            "end_date",
            "begins",
            "ends",
        ],
        Written("both ends in one field: when: START/END, as in 2019-05-20/.."),
    ),
    (
        &["title", "office", "position", "job", "function"],
        Called("role"),
    ),
    (&["document", "documents", "quote"], SHOWN),
];

const ORDER: &[Words] = &[
    (
        &["a", "from", "left", "one", "event1", "earlier", "subject"],
        Called("first"),
    ),
    (
        &["b", "to", "right", "other", "event2", "later", "object"],
        Called("second"),
    ),
    (
        &["type", "kind", "rel", "order", "allen"],
        Called("relation"),
    ),
    (
        &["distance", "gap", "interval", "apart", "lag"],
        Called("by"),
    ),
    (
        &[
            "before", "after", "during", "meets", "overlaps", "contains", "equals",
        ],
        Written("as a list of three, [visit, after, invasion], or as first, relation and second"),
    ),
    (&["document", "documents", "quote"], SHOWN),
];

const STANCE: &[Words] = &[
    (
        &["target", "about", "to", "topic", "thing", "on", "subject"],
        Called("toward"),
    ),
    (
        &["stance", "position", "opinion", "sign", "is"],
        Called("value"),
    ),
    (
        &["supports", "opposes", "neutral", "mixed"],
        Written("the thing is toward, the word is value: {toward: …, value: supports}"),
    ),
];

const PARTICIPANT: &[Words] = &[
    (
        &["who", "name", "person", "id", "participant", "speaker"],
        Called("actor"),
    ),
    (&["as", "function", "position", "part"], Called("role")),
];

const EVIDENCE: &[Words] = &[
    (
        &["doc", "source", "in", "file", "title", "report"],
        Called("document"),
    ),
    (
        &["text", "passage", "excerpt", "words", "sentence", "content"],
        Called("quote"),
    ),
    (
        &["span", "offsets", "offset", "range", "ranges", "chars"],
        Called("spans"),
    ),
    (&["p", "pages", "pp", "page_number"], Called("page")),
];

const RETRACTION: &[Words] = &[
    (&["date", "when", "day", "at"], Called("on")),
    (&["why", "because", "note", "comment"], Called("reason")),
];

const IGNORE: &[Words] = &[
    (&["rule", "id", "name", "finding"], Called("code")),
    (&["why", "because", "note", "comment"], Called("reason")),
];

const DATE: &[Words] = &[
    (
        &["date", "value", "iso", "written", "when", "day"],
        Called("edtf"),
    ),
    (
        &["words", "text", "label", "original", "shown"],
        Called("display"),
    ),
    (&["cal", "system"], Called("calendar")),
];
