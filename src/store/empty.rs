//! Notes on answers without rows: which option leaves nothing, and what to ask instead.

use super::Store;
use super::backend::Need;
use annals_model::{NodeRef, RecordKind, Vocabulary as _};
use annals_query::no_rows::{Restriction, belongings, explained, restrictions};
use annals_query::selection::THINGS;
use annals_query::{Query, look_up};

impl Store {
    /// Why a query has no rows; `count` gives the number of rows of another.
    pub(crate) fn why_empty(
        &self,
        query: &Query,
        things: [&str; 2],
        count: impl Fn(&Query) -> Option<usize>,
    ) -> Vec<String> {
        let mut lines = explained(&restrictions(query), &count, things);
        lines.extend(self.ask_instead(query, things, count));
        lines
    }

    /// The same of a question that is more than a query.
    pub(crate) fn why_empty_of<Q>(
        &self,
        query: &Query,
        others: Vec<Restriction<Q>>,
        things: [&str; 2],
        of: impl Fn(Query) -> Q,
        count: impl Fn(&Q) -> Option<usize>,
    ) -> Vec<String> {
        let all = restrictions(query).into_iter().map(|one| one.map(&of));
        let all: Vec<Restriction<Q>> = all.chain(others).collect();
        let mut lines = explained(&all, &count, things);
        lines.extend(self.ask_instead(query, things, |query| count(&of(query.clone()))));
        lines
    }

    /// What to ask instead: for those who stand for an actor, or for what belongs to a thing.
    fn ask_instead(
        &self,
        query: &Query,
        [one, many]: [&str; 2],
        count: impl Fn(&Query) -> Option<usize>,
    ) -> Vec<String> {
        let rows = |count: usize| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        let mut lines = Vec::new();
        let people = !query.by.is_empty() || !query.to.is_empty() || !query.about.is_empty();
        if people && query.rollup.is_none() {
            let kinds = self.configuration().rolls_up.clone().unwrap_or_default();
            let rolled = Query {
                rollup: Some(kinds),
                ..query.clone()
            };
            if let Some(found) = count(&rolled).filter(|found| *found > 0) {
                lines.push(format!(
                    "--rollup adds those who stood for an actor: with it there {} {}",
                    if found == 1 { "is" } else { "are" },
                    rows(found)
                ));
            }
        }
        for name in &query.about {
            lines.extend(self.about_what_belongs(query, name, &rows, &count));
        }
        lines
    }

    /// What belongs to a thing about which nothing is said.
    fn about_what_belongs(
        &self,
        query: &Query,
        name: &str,
        rows: &impl Fn(usize) -> String,
        count: &impl Fn(&Query) -> Option<usize>,
    ) -> Option<String> {
        /// The most things whose options are written out.
        const MOST: usize = 5;
        let everything = self.viewed(&Query::default());
        let centres = [name.to_owned()];
        let need = Need::Neighbourhood {
            query: &everything,
            centres: &centres,
            hops: 1,
        };
        let data = self.backend.scan(need).ok()?.data;
        let facts = data.facts();
        let thing = look_up(facts, name, THINGS).ok()?.node()?;
        let belongs = belongings(facts, thing);
        if belongs.is_empty() {
            return None;
        }
        let ids = |nodes: &[NodeRef]| Query {
            about: nodes
                .iter()
                .map(|node| facts.id(*node).to_owned())
                .collect(),
            ..query.clone()
        };
        let of_it = annals_finding::shown(facts.label(thing));
        let id = quoted(facts.id(thing));
        let around = format!("annals subgraph --around {id}");
        let found = count(&ids(&belongs)).unwrap_or(0);
        if found == 0 {
            // Nothing of it is to blame if other options leave nothing.
            let is_alone = restrictions(query).len() == 1;
            let what = counted(&belongs);
            return is_alone.then(|| format!("{what} belong to {of_it}: {around} shows them"));
        }
        let told: Vec<NodeRef> = belongs
            .iter()
            .copied()
            .filter(|node| count(&ids(&[*node])).is_some_and(|found| found > 0))
            .take(MOST)
            .collect();
        let options = told
            .iter()
            .map(|node| format!("--about {}", quoted(facts.id(*node))));
        let options = options.collect::<Vec<_>>().join(" ");
        Some(format!(
            "about what belongs to {of_it} there {} {}: {options}; {around} shows what else belongs to it",
            if found == 1 { "is" } else { "are" },
            rows(found)
        ))
    }
}

/// "1 topic and 2 events".
fn counted(nodes: &[NodeRef]) -> String {
    let kinds = RecordKind::ALL.iter().filter_map(|kind| {
        let count = nodes.iter().filter(|node| node.kind() == *kind).count();
        (count > 0).then(|| annals_finding::wording::count(count, kind.word(), kind.plural()))
    });
    kinds.collect::<Vec<_>>().join(" and ")
}

/// An id as a shell takes it.
fn quoted(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | '#');
    let shown = annals_finding::shown(id);
    if shown.chars().all(plain) && !shown.is_empty() {
        shown
    } else {
        format!("\"{}\"", shown.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
