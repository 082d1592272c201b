//! Who agrees with whom, by what they say about the same things.

mod picture;

use std::convert::Infallible;
use std::sync::Arc;

use super::answers::Answer;
use super::backend::{Need, NetworkPart};
use super::data::Data;
use super::{Store, StoreError};
use annals_model::{Facts, NodeRef, RecordKind};
use annals_query::network::{
    self, Days, EdgeRow, Edges, Filter, Made, Measure, NetworkAsked, NodesOf, WhyEdge, WindowRow,
};
use annals_query::no_rows::Restriction;
use annals_query::selection::THINGS;
use annals_query::{Query, Validity, look_up};

pub use picture::NetworkLook;

/// A network, weighed window by window when its rows are asked for: of sixty million edges few are in
/// memory at a time.
#[derive(Debug, Clone)]
pub struct Network {
    data: Arc<Data>,
    validity: Validity,
    weighed: Arc<network::Network>,
    filter: Filter,
}

/// A window of a network, counted.
#[derive(Debug)]
pub struct NetworkWindow<'n> {
    facts: &'n Facts,
    edges: Edges<'n>,
}

impl Network {
    /// The question.
    pub fn asked(&self) -> &NetworkAsked {
        &self.weighed.asked
    }

    /// The windows that are wanted; one where none were asked for.
    pub fn windows(&self) -> &[Days] {
        let all = &self.weighed.windows;
        let Some(nth) = self.asked().nth else {
            return all;
        };
        all.get(nth.saturating_sub(1)..nth).unwrap_or_default()
    }

    /// All windows, the one that is wanted among them.
    pub fn all_windows(&self) -> &[Days] {
        &self.weighed.windows
    }

    /// Whether edges lead from actors to things.
    pub fn is_affiliation(&self) -> bool {
        self.weighed.is_affiliation()
    }

    /// Counts the statements of a window.
    pub fn window(&self, days: Days) -> NetworkWindow<'_> {
        NetworkWindow {
            facts: self.data.facts(),
            edges: self.weighed.window(days, self.filter),
        }
    }

    /// All edges, with their windows, in order. What is large is better taken window by window.
    pub fn edges(&self) -> Vec<(WindowRow, Vec<EdgeRow>)> {
        let each = self.windows().iter().map(|days| {
            let window = self.window(*days);
            let mut edges = Vec::new();
            let Ok::<(), Infallible>(()) = window.each(&|row| row, &mut |row| {
                edges.push(row);
                Ok(())
            });
            (window.row(), edges)
        });
        each.collect()
    }

    /// The fields of a node, as its record writes them.
    pub fn fields(&self, record: NodeRef) -> serde_json::Map<String, serde_json::Value> {
        self.data.facts().written(record)
    }
}

impl NetworkWindow<'_> {
    /// The window, with its nodes.
    pub fn row(&self) -> WindowRow {
        self.edges.row(self.facts)
    }

    /// What is made of each edge, by several threads, in order.
    ///
    /// # Errors
    /// The first error that `take` returns.
    pub fn each<R: Send, E>(
        &self,
        made: &(dyn Fn(EdgeRow) -> R + Sync),
        take: &mut dyn FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        self.edges.mapped(self.facts, made, take)
    }
}

impl Store {
    /// How far actors agree, or what each says about each thing, in each window of time.
    ///
    /// # Errors
    /// If the question makes no sense or has too many windows, a name is unknown or ambiguous, or the
    /// facts cannot be read.
    pub fn network(
        &self,
        query: &Query,
        asked: &NetworkAsked,
        filter: Filter,
    ) -> Result<Answer<Network>, StoreError> {
        let mut answer = self.weighed(query, asked, filter, None)?;
        if answer.weighed.has_no_statements() {
            let into = (!asked.into.is_empty()).then(|| Restriction {
                option: "--into",
                without: (
                    query.clone(),
                    NetworkAsked {
                        into: Vec::new(),
                        ..asked.clone()
                    },
                ),
                alone: (Query::default(), asked.clone()),
            });
            let why = self.why_empty_of(
                query,
                into.into_iter().collect(),
                ["statement", "statements"],
                |query| (query, asked.clone()),
                |(query, asked)| {
                    let found = self.weighed(query, asked, Filter::default(), None).ok()?;
                    Some(found.weighed.count_statements())
                },
            );
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn weighed(
        &self,
        query: &Query,
        asked: &NetworkAsked,
        filter: Filter,
        ends: Option<[&str; 2]>,
    ) -> Result<Answer<Network>, StoreError> {
        if let Some(words) = asked.refused() {
            return Err(StoreError::Question(words));
        }
        let mut query = Query {
            surely: false,
            ..self.viewed(query)
        };
        let part = match ends {
            None => NetworkPart::Weights,
            Some(ends) if is_of_speakers(&query, asked) => {
                // Nothing that others say is part of the weight of two speakers.
                query.by = ends.map(str::to_owned).to_vec();
                NetworkPart::Behind(ends)
            }
            Some(_) => NetworkPart::All,
        };
        let (data, made) = self.made(&query, asked, part)?;
        let validity = query.validity();
        let network = match made {
            Made::Network(network) => *network,
            Made::TooMany(too_many) => return Err(StoreError::Question(too_many.to_string())),
        };
        if let Some(nth) = asked.nth
            && !(1..=network.windows.len().max(1)).contains(&nth)
        {
            return Err(StoreError::Question(no_such_window(
                nth,
                network.windows.len(),
            )));
        }
        let left_out = network.left_out.clone();
        let answer = Network {
            data: Arc::clone(&data),
            validity: validity.clone(),
            weighed: Arc::new(network),
            filter,
        };
        let mut answer = Answer::new(answer, &data, Some(&validity));
        answer.notes.others.extend(left_out);
        Ok(answer)
    }

    /// The units of a network, or of the part of it behind the weight of two nodes.
    fn made(
        &self,
        query: &Query,
        asked: &NetworkAsked,
        part: NetworkPart<'_>,
    ) -> Result<(Arc<Data>, Made), StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(made) = self.backend.network(query, asked, part)? {
            return Ok(made);
        }
        // Relations say for whom a claim counts, an end may be named by no claim, and what things
        // refer to is shown with them.
        let is_whole = !asked.into.is_empty()
            || matches!(part, NetworkPart::All)
            || asked.of == NodesOf::Things
            || asked.is_affiliation();
        let need = if is_whole {
            Need::All
        } else {
            Need::Claims(query)
        };
        let data = self.backend.scan(need)?.data;
        let rolls_up = self.configuration().rolls_up.as_deref().unwrap_or_default();
        let validity = query.validity();
        let make = || network::made(&data.dossier(&validity), query, asked, rolls_up);
        if data.facts().claims.len() < MANY {
            return Ok((Arc::clone(&data), make()?));
        }
        // The notes on the answer count what is wrong with all facts, meanwhile.
        let made = std::thread::scope(|scope| {
            scope.spawn(|| (data.counts(), data.unverified().is_some()));
            make()
        })?;
        Ok((data, made))
    }

    /// What the weight of two nodes is made of; of an affiliation, that of an actor and a thing.
    ///
    /// # Errors
    /// If there are several windows, or as [`Store::network`] says.
    pub fn why_network(
        &self,
        query: &Query,
        asked: &NetworkAsked,
        ends: [&str; 2],
    ) -> Result<Answer<WhyEdge>, StoreError> {
        if asked.windows.is_some() && asked.nth.is_none() {
            return Err(StoreError::Question(
                "--why is of one window: say which with --nth".to_owned(),
            ));
        }
        let answer = self.weighed(query, asked, Filter::default(), Some(ends))?;
        let facts = answer.data.data.facts();
        let kinds = match (asked.weighed.measure, asked.of) {
            (Measure::Affiliation(_), _) => [&[RecordKind::Actor], THINGS],
            (_, NodesOf::Actors) => [&[RecordKind::Actor] as &[RecordKind]; 2],
            (_, NodesOf::Things) => [THINGS; 2],
        };
        let [a, b] = ends;
        let (a, b) = (look_up(facts, a, kinds[0])?, look_up(facts, b, kinds[1])?);
        if a == b {
            let words = "a weight is one of two nodes, and both names are of the same";
            return Err(StoreError::Question(words.to_owned()));
        }
        let network = &answer.data;
        let dossier = network.data.dossier(&network.validity);
        let days = network.windows().first().copied().unwrap_or(Days::ALWAYS);
        let why = network.weighed.why(&dossier, [a, b], days);
        Ok(Answer {
            notes: answer.notes.clone(),
            files: answer.files.clone(),
            data: why,
        })
    }
}

/// Why there is no window of a number.
fn no_such_window(nth: usize, all: usize) -> String {
    match all {
        0 => format!("--nth {nth}: no window lies whole within the range of time"),
        1 => format!("--nth {nth}: there is 1 window"),
        _ => format!("--nth {nth}: there are {all} windows"),
    }
}

/// From how many claims on a thread of its own counts what is wrong with them.
const MANY: usize = 50_000;

/// Whether the weight of two nodes is made of nothing but what these two say themselves.
fn is_of_speakers(query: &Query, asked: &NetworkAsked) -> bool {
    asked.of == NodesOf::Actors
        && !asked.is_affiliation()
        && asked.into.is_empty()
        // Windows begin and end where all claims do.
        && asked.windows.is_none()
        && asked.at_least <= 1
        && asked.things_at_least <= 1
        && query.by.is_empty()
        && query.rollup.is_none()
        && query.identity == annals_query::selection::SameAs::None
}
