//! `said`: who said what to whom about whom, when.

use super::literal::{anywhere, is_one_of};
use super::order;
use super::rollup::{candidates, rolled};
use super::views::four_days;
use super::{AFTER_ALL, BEFORE_ALL};
use annals_query::selection::Conditions;

/// The claims that some conditions select: their ids, whether they certainly fit, and what they say, in the
/// order of the list.
pub fn said(asked: &Conditions) -> String {
    let shown = with_columns(asked, true);
    // What is chosen by one speaker has all columns; else they are fetched for what was chosen.
    let (of, join) = if is_by_one(asked).is_some() {
        ("c", "")
    } else {
        ("k", "\nJOIN claims k ON k.part = c.part AND k.row = c.row")
    };
    let columns: Vec<String> = SHOWN.iter().map(|one| format!("{of}.{one}")).collect();
    format!(
        "{}SELECT c.id AS id, c.certain AS certain, {}, c.retracted, f.name AS file, c.line\nFROM ({}) c{join}{}\nORDER BY {}{}",
        shown.with,
        columns.join(", "),
        shown.query,
        order::JOINS,
        order::of_claims(),
        limit(asked)
    )
}

/// What a list shows of a claim.
const SHOWN: [&str; 15] = [
    "speaker",
    "to_id",
    "about",
    "stance_toward",
    "stance_value",
    "act",
    "mode",
    "quote",
    "content",
    "said",
    "at_event",
    "via",
    "evidence_document",
    "evidence_quote",
    "evidence_page",
];

/// That a claim `c` has a date of its own.
const IS_DATED: &str = "c.said_earliest_start IS NOT NULL";

/// The view of the claims of each speaker.
const BY_SPEAKER: &str = "by_speaker";

/// The columns of a claim that questions need, whenever it was said.
const OWN: &str = "c.part, c.row, c.id, c.id_order, c.act, c.mode, c.as_relation, c.speaker_1, c.file, c.line, c.byte_offset, \
c.recorded_earliest_start, c.recorded_latest_start, c.retracted, c.retracted_earliest_start, \
c.retracted_latest_start, c.said_alternatives, c.said_zoned";

/// The columns of where the first passage of a claim stands.
const PASSAGE: &str = "c.text_document, c.text_start, c.text_page_order";

/// The columns that a table of the claims of each speaker has: those of `claims` that any question needs.
pub(crate) fn columns_by_speaker() -> String {
    let dates = four_days_of_said().join(", ");
    let shown: Vec<&str> = SHOWN
        .into_iter()
        .filter(|one| !["act", "mode"].contains(one))
        .collect();
    format!(
        "{OWN}, {PASSAGE}, {dates}, c.said_second, c.{}",
        shown.join(", c.")
    )
    .replace("c.", "")
}

fn four_days_of_said() -> [String; 4] {
    [
        "earliest_start",
        "latest_start",
        "earliest_end",
        "latest_end",
    ]
    .map(|one| format!("c.said_{one}"))
}

/// The end of a query that has no more rows than are asked for.
pub(crate) fn limit(asked: &Conditions) -> String {
    (asked.limit).map_or_else(String::new, |limit| format!("\nLIMIT {limit}"))
}

/// A selection of claims.
pub(crate) struct Selected {
    /// The common table expressions that it needs.
    pub(crate) with: String,
    /// A `SELECT` of the columns of the view `said`, and `certain`.
    pub(crate) query: String,
}

/// The claims that some conditions select, without order.
pub(crate) fn selected(asked: &Conditions) -> Selected {
    with_columns(asked, false)
}

/// The same, of one speaker also with what a list shows.
fn with_columns(asked: &Conditions, all: bool) -> Selected {
    let window = asked.window.unwrap_or([BEFORE_ALL, AFTER_ALL]);
    let stood = asked.stood.iter();
    let linked = linked(asked).into_iter();
    let linked = linked.chain(stood.flat_map(|stood| candidates(asked, stood)));
    let linked = linked.enumerate();
    let mut joins: Vec<String> = linked
        .map(|(nth, query)| {
            format!("\nJOIN ({query}) j{nth} ON j{nth}.part = c.part AND j{nth}.row = c.row")
        })
        .collect();
    let claims = Claims::of(asked, &joins, all);
    let (mut wheres, mut sure) = (Vec::new(), Vec::new());
    if asked.window.is_none() {
        wheres.push("1 = 0".to_owned());
    }
    let [first, last] = window;
    // Of a date with alternatives one must lie in the window, not only the days between them.
    if window != [BEFORE_ALL, AFTER_ALL] {
        wheres.push(format!("c.s0 <= {last} AND c.e1 >= {first}"));
        let nth = joins.len();
        joins.push(format!(
            "\nLEFT JOIN (SELECT DISTINCT part, row FROM alternatives WHERE kind = 'claim' AND field = 'said' \
             AND earliest_start <= {last} AND latest_end >= {first}) j{nth} ON j{nth}.part = c.part AND j{nth}.row = c.row"
        ));
        wheres.push(format!(
            "(c.said_alternatives IS NULL OR j{nth}.row IS NOT NULL)"
        ));
        sure.push(format!("c.s1 <= {last} AND c.e0 >= {first}"));
    }
    if let Some(day) = asked.as_of {
        wheres.push(format!("(c.n0 IS NULL OR c.n0 <= {day})"));
        sure.push(format!("(c.n1 IS NULL OR c.n1 <= {day})"));
        if !asked.retracted {
            sure.push(format!(
                "(c.retracted IS NULL OR c.retracted_earliest_start > {day})"
            ));
        }
    }
    let wheres = match &wheres[..] {
        [] => String::new(),
        all => format!("\nWHERE {}", all.join(" AND ")),
    };
    let sure = match &sure[..] {
        [] => "TRUE".to_owned(),
        all => format!("({})", all.join(" AND ")),
    };
    let certain = if asked.stood.is_some() {
        "inside"
    } else {
        "certain"
    };
    let query = format!(
        "SELECT c.*, {sure} AS {certain} FROM ({}) c{}{wheres}",
        claims.said(asked.as_of),
        joins.concat()
    );
    let selected = match &asked.stood {
        None => Selected {
            with: String::new(),
            query,
        },
        Some(stood) => rolled(asked, stood, &query, window),
    };
    if asked.surely {
        Selected {
            query: format!("SELECT z.* FROM ({}) z WHERE z.certain", selected.query),
            ..selected
        }
    } else {
        selected
    }
}

/// The one speaker that is asked for, if there is one and no roll-up: their claims stand together in `claims`
/// and in `joint`.
fn is_by_one(asked: &Conditions) -> Option<&String> {
    match (&asked.by.as_deref(), &asked.stood) {
        (Some([one]), None) => Some(one),
        _ => None,
    }
}

/// Claims, as far as their own columns tell which.
struct Claims<'a> {
    table: &'static str,
    /// The one speaker whose they are.
    speaker: Option<&'a String>,
    /// Conditions on the columns of `c`, each after `AND`.
    wheres: String,
    /// Joins with what links select.
    joins: String,
    /// More columns of `c`, each after a comma.
    more: String,
}

impl<'a> Claims<'a> {
    /// Those that some conditions leave.
    fn of(asked: &'a Conditions, joins: &[String], all: bool) -> Self {
        let mut wheres = String::new();
        for (column, words) in [("c.act", &asked.act), ("c.mode", &asked.mode)] {
            if !words.is_empty() {
                wheres += &format!(" AND {}", is_one_of(column, words));
            }
        }
        match asked.as_of {
            _ if asked.retracted => {}
            None => wheres += " AND c.retracted IS NULL",
            Some(day) => {
                wheres +=
                    &format!(" AND (c.retracted IS NULL OR c.retracted_latest_start > {day})");
            }
        }
        let one = is_by_one(asked);
        if let Some(one) = one {
            let fits = is_one_of("c.speaker_1", std::slice::from_ref(one));
            wheres += &format!(" AND {fits}");
        }
        let more = SHOWN.iter().filter(|_| all && one.is_some());
        let more = more.filter(|column| !["act", "mode"].contains(*column));
        Claims {
            table: if one.is_some() { BY_SPEAKER } else { "claims" },
            speaker: one,
            wheres,
            joins: joins.concat(),
            more: more.fold(String::new(), |all, column| all + ", c." + column),
        }
    }

    /// The claims and when they were said: `s0` to `e1` the four days; `o0`, `o1`, `os` and `ow` of the date
    /// that orders them, their own or else that of their first publication. As of a day, as far as was known
    /// then, and with when each was entered (`n0`, `n1`).
    fn said(&self, as_of: Option<i64>) -> String {
        let Claims {
            table,
            speaker,
            wheres,
            joins,
            more,
        } = self;
        let own = four_days("c.said");
        if let Some(day) = as_of {
            return format!(
                "SELECT {OWN}{more}, p.text_document, p.text_start, p.text_page_order, {}, \
                 coalesce(c.recorded_earliest_start, p.n0) AS n0, coalesce(c.recorded_latest_start, p.n1) AS n1\n  \
                 FROM {table} c LEFT JOIN ({}) p ON p.part = c.part AND p.row = c.row WHERE 1 = 1{wheres}",
                days_or_reported("p"),
                documents_as_of(
                    day,
                    &format!(
                        "{table} c{joins}\n  JOIN claim_evidence e ON e.part = c.part AND e.row = c.row"
                    ),
                    wheres
                ),
            );
        }
        // Claims without a date of their own are dated by their documents.
        let of_speaker = speaker.map_or_else(String::new, |one| {
            format!(
                " AND {}",
                is_one_of("e.speaker_1", std::slice::from_ref(one))
            )
        });
        let reports = first_reports("undated_evidence e", &of_speaker);
        // Of one speaker, to go through the claims once is most of what there is to save.
        if speaker.is_some() {
            return format!(
                "SELECT {OWN}{more}, {PASSAGE}, {}, CASE WHEN {IS_DATED} THEN c.said ELSE r.rw END AS ow\n  \
                 FROM {table} c LEFT JOIN ({reports}) r ON r.part = c.part AND r.row = c.row WHERE 1 = 1{wheres}",
                days_or_reported("r")
            );
        }
        // Most claims have a date of their own: what documents tell is looked up for the others alone.
        format!(
            "SELECT {OWN}{more}, {PASSAGE}, {own}, c.said_earliest_start AS o0, c.said_latest_end AS o1, c.said_second AS os, \
             c.said AS ow, TRUE AS dated\n  FROM {table} c WHERE {IS_DATED}{wheres}\n  \
             UNION ALL SELECT {OWN}{more}, {PASSAGE}, CAST({BEFORE_ALL} AS BIGINT), coalesce(r.r1, {AFTER_ALL}), \
             CAST({BEFORE_ALL} AS BIGINT), coalesce(r.r1, {AFTER_ALL}), r.r0, r.r1, r.rs, r.rw, FALSE\n  \
             FROM {table} c LEFT JOIN ({reports}) r ON r.part = c.part AND r.row = c.row WHERE c.said_earliest_start IS NULL{wheres}"
        )
    }
}

/// When a claim `c` was said, and what orders it: its own date, or else what the row of a report tells.
fn days_or_reported(report: &str) -> String {
    let or_reported = |own: &str, reported: &str| {
        format!("CASE WHEN {IS_DATED} THEN c.said_{own} ELSE {reported} END")
    };
    let latest = format!("coalesce({report}.r1, {AFTER_ALL})");
    format!(
        "coalesce(c.said_earliest_start, {BEFORE_ALL}) AS s0, {} AS s1, coalesce(c.said_earliest_end, {BEFORE_ALL}) AS e0, {} AS e1, \
         {} AS o0, {} AS o1, {} AS os, ({IS_DATED}) AS dated",
        or_reported("latest_start", &latest),
        or_reported("latest_end", &latest),
        or_reported("earliest_start", &format!("{report}.r0")),
        or_reported("latest_end", &format!("{report}.r1")),
        or_reported("second", &format!("{report}.rs")),
    )
}

/// When all claims were said.
pub(crate) fn said_of_all() -> String {
    let all = Claims {
        table: "claims",
        speaker: None,
        wheres: String::new(),
        joins: String::new(),
        more: String::new(),
    };
    all.said(None)
}

/// Of each record the first publication, given links of evidence `e` among some tables.
pub(crate) fn first_reports(evidence: &str, wheres: &str) -> String {
    format!(
        "SELECT part, row, r0, r1, rs, rw FROM (SELECT e.part, e.row, d.published_earliest_start AS r0, \
         d.published_latest_end AS r1, d.published_second AS rs, d.published AS rw, row_number() OVER (PARTITION BY e.part, e.row \
         ORDER BY d.published_earliest_start, d.published_latest_end, coalesce(d.published_second, -1000000), d.published, d.id) AS n \
         FROM {evidence} JOIN documents d ON d.id = e.document WHERE d.published_earliest_start IS NOT NULL{wheres}) x WHERE n = 1"
    )
}

/// The rows of claims that the tables of links select, a query for each option.
fn linked(asked: &Conditions) -> Vec<String> {
    let rows = "SELECT DISTINCT part, row FROM";
    let plain = asked.stood.is_none();
    let by = asked
        .by
        .as_ref()
        .filter(|_| plain && is_by_one(asked).is_none());
    let lists = [
        ("claim_speaker", "actor", by),
        ("claim_to", "actor", asked.to.as_ref().filter(|_| plain)),
        ("claim_at", "event", asked.at.as_ref()),
        ("claim_via", "voice", asked.via.as_ref()),
        ("claim_evidence", "document", asked.in_document.as_ref()),
    ];
    let each = lists
        .into_iter()
        .filter_map(|(table, column, ids)| Some((table, is_one_of(column, ids?))));
    let mut linked: Vec<String> = each
        .map(|(table, fits)| format!("{rows} {table} WHERE {fits}"))
        .collect();
    let asked_about = asked.about.as_ref().filter(|_| plain);
    if let Some(about) = asked_about {
        linked.push(format!(
            "SELECT part, row FROM claim_about WHERE {} UNION SELECT part, row FROM claim_stance WHERE {}",
            is_one_of("thing", about),
            is_one_of("toward", about)
        ));
    }
    if !asked.stance.is_empty() {
        let toward = asked_about.map(|about| is_one_of("toward", about));
        let toward = toward.map_or_else(String::new, |toward| format!(" AND {toward}"));
        let value = is_one_of("value", &asked.stance);
        linked.push(format!("{rows} claim_stance WHERE {value}{toward}"));
    }
    if !asked.tag.is_empty() {
        let fits = is_one_of("tag", &asked.tag);
        linked.push(format!("{rows} claim_tag WHERE {fits}"));
    }
    if !asked.words.is_empty() {
        let each = asked.words.iter();
        let each = each.map(|word| format!("folded LIKE {} ESCAPE '!'", anywhere(word)));
        let each: Vec<String> = each.collect();
        linked.push(format!("{rows} claim_text WHERE {}", each.join(" AND ")));
    }
    linked
}

/// What the documents of each claim tell on a day: when the first of all was published (`n0`, `n1`), and of
/// those that were known the first publication (`r0`, `r1`, `rs`) and the first passage.
fn documents_as_of(day: i64, evidence: &str, wheres: &str) -> String {
    let first = |column: &str, place: &str| {
        format!("max(CASE WHEN {place} = 1 AND known THEN {column} END)")
    };
    let of_passage = ["document", "text_start", "text_page_order"].map(|one| first(one, "passage"));
    let of_report = ["r0", "r1", "rs"].map(|one| first(one, "report"));
    format!(
        "SELECT part, row, min(r0) AS n0, min(n1) AS n1, {} AS text_document, {} AS text_start, {} AS text_page_order, \
         {} AS r0, {} AS r1, {} AS rs FROM (SELECT z.*, \
         row_number() OVER (PARTITION BY part, row ORDER BY CASE WHEN known THEN 0 ELSE 1 END, nth) AS passage, \
         row_number() OVER (PARTITION BY part, row ORDER BY CASE WHEN known AND r0 IS NOT NULL THEN 0 ELSE 1 END, r0, r1, \
         coalesce(rs, -1000000), rw, document) AS report FROM (SELECT e.part, e.row, e.nth, e.document, e.text_start, \
         e.text_page_order, d.published_earliest_start AS r0, d.published_latest_start AS n1, d.published_latest_end AS r1, \
         d.published_second AS rs, d.published AS rw, \
         (coalesce(d.recorded_earliest_start, d.published_earliest_start, {BEFORE_ALL}) <= {day}) AS known \
         FROM {evidence} JOIN documents d ON d.id = e.document WHERE 1 = 1{wheres}) z) y GROUP BY part, row",
        of_passage[0], of_passage[1], of_passage[2], of_report[0], of_report[1], of_report[2]
    )
}
