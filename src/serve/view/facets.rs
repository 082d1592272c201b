//! What claims can be narrowed by: the values that there are, each with how many claims it would leave.

use std::collections::{BTreeMap, BTreeSet};

use annals_evidence::Level;
use annals_model::{StanceValue, Vocabulary as _};
use annals_store::rows::{Ref, SaidRow};
use annals_store::{Claims, Dimension, Query, ReadAll, SameAs};
use maud::{Markup, html};

use super::words::{name, number, of_stance, sign, standing};
use crate::asking::{Asking, Fault};
use crate::site::{self, Counted};

/// How many values are shown before one asks for all of them, and then.
const FEW: usize = 5;
const MANY: usize = 500;

/// From how many claims on the rows are not gone through one by one.
const ROW_BY_ROW: usize = 5_000;

/// Which claims are all read for a page of a large snapshot; of others, facets are counted after it.
pub(crate) const READ: ReadAll = ReadAll {
    claims: 256,
    places: 32,
};

/// From how many claims on facets are counted after the page, whatever the dossier.
pub(crate) const LATE: usize = crate::asking::LARGE;

/// A facet.
struct Facet {
    /// The option of the command.
    option: &'static str,
    /// Its heading.
    title: &'static str,
    /// How its values are counted.
    by: By,
}

#[derive(Clone, Copy)]
enum By {
    Dimension(Dimension),
    Stance,
    At,
    Verified,
}

const FACETS: [Facet; 9] = [
    Facet {
        option: "by",
        title: "Who said it",
        by: By::Dimension(Dimension::Speaker),
    },
    Facet {
        option: "to",
        title: "To whom",
        by: By::Dimension(Dimension::To),
    },
    Facet {
        option: "about",
        title: "About",
        by: By::Dimension(Dimension::About),
    },
    Facet {
        option: "stance",
        title: "Where they stand",
        by: By::Stance,
    },
    Facet {
        option: "act",
        title: "What they do",
        by: By::Dimension(Dimension::Act),
    },
    Facet {
        option: "in",
        title: "Reported in",
        by: By::Dimension(Dimension::Document),
    },
    Facet {
        option: "at",
        title: "At",
        by: By::At,
    },
    Facet {
        option: "verified",
        title: "Quote in its text",
        by: By::Verified,
    },
    Facet {
        option: "tag",
        title: "Tag",
        by: By::Dimension(Dimension::Tag),
    },
];

/// A value with how many claims it would leave; `None` where that is not counted.
struct Value {
    id: String,
    name: String,
    count: Option<usize>,
}

/// Whether what the facets of a large snapshot count is read for the page: without what one of them asks, there may
/// be many more claims.
pub(crate) fn are_read(asking: &Asking<'_>) -> Result<bool, Fault> {
    for facet in FACETS
        .iter()
        .filter(|facet| asking.request.has(facet.option))
    {
        let others = without(&asking.query, facet.option);
        let is_counted = others == Query::default() || names_nothing(&others);
        if !is_counted && !asking.dossier.store.are_all_read(&others, READ)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a selection names no record.
fn names_nothing(query: &Query) -> bool {
    query.words_of_records().next().is_none()
}

/// The facets of a selection, of which these are the claims.
pub(crate) fn all(asking: &Asking<'_>, claims: &Claims) -> Result<Markup, Fault> {
    // Few claims are gone through once, for all facets that ask nothing themselves.
    let rows: Option<Vec<SaidRow>> = (claims.len() <= ROW_BY_ROW && asking.query.limit.is_none())
        .then(|| claims.iter().collect());
    let mut shown = Vec::new();
    for facet in &FACETS {
        let values = values(asking, facet, claims, rows.as_deref())?;
        if !values.is_empty() {
            shown.push(one(asking, facet, &values));
        }
    }
    let retracted = asking.query.retracted;
    let turned: &[(&str, &str)] = if retracted {
        &[]
    } else {
        &[("retracted", "yes")]
    };
    Ok(html! {
        @for facet in &shown { (facet) }
        section.facet {
            h2 { "Taken back" }
            ul { li { (tick(&asking.with(&["retracted", "start", "choose"], turned), retracted, &html! { "with what was taken back" }, None)) } }
        }
    })
}

fn tick(address: &str, is_ticked: bool, words: &Markup, count: Option<usize>) -> Markup {
    html! {
        a.tick href=(address) aria-current=[is_ticked.then_some("true")] {
            span.box aria-hidden="true" {}
            span.t { (words) @if is_ticked { span.hidden { ", chosen" } } }
            @if let Some(count) = count { span.n { span.hidden { ", " } (number(count)) span.hidden { @if count == 1 { " claim" } @else { " claims" } } } }
        }
    }
}

fn one(asking: &Asking<'_>, facet: &Facet, values: &[Value]) -> Markup {
    let asked: Vec<&str> = asking.request.all(facet.option).collect();
    let is_whole = asking.request.all("all").any(|one| one == facet.option);
    let is_asked =
        |value: &Value| asked.contains(&value.id.as_str()) || asked.contains(&value.name.as_str());
    let most = if is_whole { MANY } else { FEW };
    // What is chosen is shown, however rare.
    let first = values
        .iter()
        .enumerate()
        .filter(|(nth, value)| *nth < most || is_asked(value));
    let first: Vec<&Value> = first.map(|(_, value)| value).collect();
    let more = values.len().saturating_sub(first.len());
    html! {
        section.facet id={ "facet-" (facet.option) } {
            h2 { (facet.title) }
            ul {
                @for value in first {
                    @let is_ticked = is_asked(value);
                    @let others: Vec<(&str, &str)> = asked.iter().filter(|one| !is_ticked || (**one != value.id && **one != value.name)).map(|one| (facet.option, *one)).collect();
                    @let added: Vec<(&str, &str)> = others.into_iter().chain((!is_ticked).then_some((facet.option, value.id.as_str()))).collect();
                    li { (tick(&asking.with(&[facet.option, "start", "choose"], &added), is_ticked, &words(facet, value), value.count)) }
                }
            }
            @if more > 0 && !is_whole { a.more href={ (asking.with(&["all"], &[("all", facet.option)])) "#facet-" (facet.option) } { (number(more)) " more" span.hidden { ": " (facet.title) } } }
            @if more > 0 && is_whole { p.small.muted { (number(more)) " more can be asked for by name" } }
            @if is_whole { a.more href={ (asking.with(&["all"], &[])) "#facet-" (facet.option) } { "Fewer" span.hidden { ": " (facet.title) } } }
        }
    }
}

fn words(facet: &Facet, value: &Value) -> Markup {
    match facet.by {
        By::Stance => {
            let stance = StanceValue::parse(&value.id);
            html! { (sign(stance)) " " (stance.map_or("", |stance| of_stance(stance).2.trim_end_matches(" on"))) }
        }
        By::Verified => {
            let level = Level::ALL
                .into_iter()
                .find(|level| level.as_str() == value.id);
            let (mark, word) = standing(level);
            html! { b.mark aria-hidden="true" { (mark) } (word) }
        }
        _ => name(&value.name),
    }
}

/// The values of a facet, the most frequent first.
fn values(
    asking: &Asking<'_>,
    facet: &Facet,
    claims: &Claims,
    rows: Option<&[SaidRow]>,
) -> Result<Vec<Value>, Fault> {
    let (store, query) = (&asking.dossier.store, &asking.query);
    // Those who stood for a value would be there too, and are not counted here.
    let rolls_up = query.rollup.is_some() && matches!(facet.option, "by" | "to" | "about");
    let others = without(query, facet.option);
    let mut values = if !asking.request.has(facet.option) {
        of_claims(asking, facet.by, claims, rows, &others)?
    } else if asking.is_large() && others == Query::default() {
        return Ok(as_values(
            of_all(asking, facet.by).iter().cloned(),
            rolls_up,
        ));
    } else {
        // Beside others that are too many, what is chosen is all that is shown.
        if asking.is_large() && names_nothing(&others) {
            return Ok(chosen(asking, facet.option));
        }
        let most = if asking.is_large() { ROW_BY_ROW } else { 0 };
        let page = store
            .few_claims(&others, None, 1, ReadAll::up_to(most))?
            .data;
        let Some(claims) = page.claims else {
            return Ok(chosen(asking, facet.option));
        };
        let rows: Option<Vec<SaidRow>> =
            (claims.len() <= ROW_BY_ROW).then(|| claims.iter().collect());
        of_claims(asking, facet.by, &claims, rows.as_deref(), &others)?
    };
    values.sort_by(|a, b| {
        b.2.cmp(&a.2)
            .then_with(|| a.1.cmp(&b.1))
            .then_with(|| a.0.cmp(&b.0))
    });
    Ok(as_values(values.into_iter(), rolls_up))
}

/// The values of all claims.
fn of_all<'d>(asking: &Asking<'d>, by: By) -> &'d [Counted] {
    match by {
        By::Dimension(dimension) => asking.dossier.counts(dimension),
        By::Stance => asking.dossier.counts(Dimension::Stance),
        By::At | By::Verified => &[],
    }
}

/// The values that are chosen, uncounted.
fn chosen(asking: &Asking<'_>, option: &str) -> Vec<Value> {
    let all = asking.request.all(option);
    all.map(|value| Value {
        id: value.to_owned(),
        name: (asking.store.name_of(value)).unwrap_or_else(|| value.to_owned()),
        count: None,
    })
    .collect()
}

/// The values of claims that were read.
fn of_claims(
    asking: &Asking<'_>,
    by: By,
    claims: &Claims,
    rows: Option<&[SaidRow]>,
    query: &Query,
) -> Result<Vec<Counted>, Fault> {
    Ok(match (rows, by) {
        (Some(rows), by) if is_in_rows(by, query) => counted(rows, by),
        (Some(rows), By::Stance) if are_named(rows, query) => toward(rows, &query.about),
        // With a thing asked about, the stance is that toward it, which the command decides.
        (_, By::Stance) if !query.about.is_empty() => {
            let mut values = Vec::new();
            for stance in StanceValue::ALL {
                let narrowed = query.clone().stance(*stance);
                let store = &asking.dossier.store;
                let page = store.few_claims(&narrowed, None, 1, ReadAll::ANY)?;
                let count = page.all;
                values.push((stance.word().to_owned(), stance.word().to_owned(), count));
            }
            values.retain(|(.., count)| *count > 0);
            values
        }
        (_, By::Stance) => site::counted(&claims.count(&[Dimension::Stance])?),
        (_, By::Dimension(dimension)) => site::counted(&claims.count(&[dimension])?),
        _ => Vec::new(),
    })
}

fn as_values(values: impl Iterator<Item = (String, String, usize)>, is_open: bool) -> Vec<Value> {
    let each = values.map(|(id, name, count)| Value {
        id,
        name,
        count: (!is_open).then_some(count),
    });
    each.collect()
}

/// The selection without what one facet asks.
fn without(query: &Query, option: &str) -> Query {
    let mut query = query.clone();
    query.limit = None;
    match option {
        "by" => query.by.clear(),
        "to" => query.to.clear(),
        "about" => query.about.clear(),
        "stance" => query.stance.clear(),
        "act" => query.act.clear(),
        "in" => query.in_document.clear(),
        "at" => query.at.clear(),
        "verified" => query.verified.clear(),
        "tag" => query.tag.clear(),
        _ => {}
    }
    if query.by.is_empty() && query.to.is_empty() && query.about.is_empty() {
        query.rollup = None;
    }
    query
}

/// Whether rows of claims tell the values: they have no tags; and with a thing asked about, the stance is
/// that toward it, which the command decides.
fn is_in_rows(by: By, query: &Query) -> bool {
    match by {
        By::Dimension(Dimension::Tag) => false,
        By::Stance => query.about.is_empty(),
        _ => true,
    }
}

/// Whether all that is asked about is named by its id, and nobody stands for it.
fn are_named(rows: &[SaidRow], query: &Query) -> bool {
    let is_there = |asked: &String| {
        rows.iter().any(|row| {
            let toward = row.stance.iter().map(|stance| &stance.toward.id);
            row.about
                .iter()
                .map(|one| &one.id)
                .chain(toward)
                .any(|id| id == asked)
        })
    };
    query.rollup.is_none() && query.identity == SameAs::None && query.about.iter().all(is_there)
}

/// The stances of rows toward some things, each counted once a row.
fn toward(rows: &[SaidRow], things: &[String]) -> Vec<Counted> {
    let counts = StanceValue::ALL.iter().map(|value| {
        let has = |row: &&SaidRow| {
            let mut stances = row.stance.iter();
            stances.any(|one| one.value == *value && things.contains(&one.toward.id))
        };
        let word = value.word().to_owned();
        (word.clone(), word, rows.iter().filter(has).count())
    });
    counts.filter(|(.., count)| *count > 0).collect()
}

/// The values of rows, each counted once a row.
fn counted(rows: &[SaidRow], by: By) -> Vec<Counted> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in rows {
        let values: BTreeSet<(String, String)> = of_row(row, by).into_iter().collect();
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|((id, name), count)| (id, name, count))
        .collect()
}

fn of_row(row: &SaidRow, by: By) -> Vec<(String, String)> {
    let refs = |refs: &[Ref]| {
        refs.iter()
            .map(|one| (one.id.clone(), one.name.clone()))
            .collect()
    };
    let word = |word: &str| (word.to_owned(), word.to_owned());
    match by {
        By::Dimension(Dimension::Speaker) => refs(&row.speaker),
        By::Dimension(Dimension::To) => refs(&row.to),
        By::Dimension(Dimension::About) => {
            let toward: Vec<Ref> = row
                .stance
                .iter()
                .map(|stance| stance.toward.clone())
                .collect();
            let mut all: Vec<(String, String)> = refs(&row.about);
            all.extend::<Vec<_>>(refs(&toward));
            all
        }
        By::Dimension(Dimension::Act) => row.act.iter().map(|act| word(act)).collect(),
        By::Dimension(Dimension::Document) => {
            let documents: Vec<Ref> = row
                .evidence
                .iter()
                .filter_map(|one| one.document.clone())
                .collect();
            refs(&documents)
        }
        By::Dimension(_) => Vec::new(),
        By::Stance => row
            .stance
            .iter()
            .map(|stance| word(stance.value.word()))
            .collect(),
        By::At => row
            .at
            .iter()
            .map(|at| (at.id.clone(), at.name.clone()))
            .collect(),
        By::Verified => {
            let levels = row
                .evidence
                .iter()
                .map(|one| one.verified.map_or("null", |level| level.as_str()));
            levels.map(word).collect()
        }
    }
}
