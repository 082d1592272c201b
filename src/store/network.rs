//! Who agrees with whom, by what they say about the same things.

use std::sync::Arc;

use super::answers::Answer;
use super::backend::Need;
use super::data::Data;
use super::{Store, StoreError};
use annals_model::{Facts, NodeRef, RecordKind};
use annals_query::network::{
    self, Days, EdgeRow, Edges, Filter, Made, Measure, NetworkAsked, NodesOf, WhyEdge, WindowRow,
};
use annals_query::no_rows::Restriction;
use annals_query::selection::THINGS;
use annals_query::{Query, Validity, look_up};

/// A network, weighed window by window when its rows are asked for: of sixty million edges few are in
/// memory at a time.
#[derive(Debug, Clone)]
pub struct Network {
    data: Arc<Data>,
    validity: Validity,
    network: Arc<network::Network>,
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
        &self.network.asked
    }

    /// The windows; one where none were asked for.
    pub fn windows(&self) -> &[Days] {
        &self.network.windows
    }

    /// Whether edges lead from actors to things.
    pub fn is_affiliation(&self) -> bool {
        self.network.is_affiliation()
    }

    /// Counts the statements of a window.
    pub fn window(&self, days: Days) -> NetworkWindow<'_> {
        NetworkWindow {
            facts: self.data.facts(),
            edges: self.network.window(days, self.filter),
        }
    }

    /// All edges, with their windows, in order. What is large is better taken window by window.
    pub fn edges(&self) -> Vec<(WindowRow, Vec<EdgeRow>)> {
        let each = self.windows().iter().map(|days| {
            let window = self.window(*days);
            let mut edges = Vec::new();
            let taken: Result<(), ()> = window.each(&|row| row, &mut |row| {
                edges.push(row);
                Ok(())
            });
            debug_assert!(taken.is_ok());
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
        let mut answer = self.weighed(query, asked, filter)?;
        if answer.network.has_no_statements() {
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
                    let found = self.weighed(query, asked, Filter::default()).ok()?;
                    Some(found.network.count_statements())
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
    ) -> Result<Answer<Network>, StoreError> {
        if let Some(words) = asked.refused() {
            return Err(StoreError::Question(words));
        }
        let query = Query {
            surely: false,
            ..self.viewed(query)
        };
        let data = self.backend.scan(Need::All)?.data;
        let validity = query.validity();
        let network = {
            let dossier = data.dossier(&validity);
            match network::made(&dossier, &query, asked)? {
                Made::Network(network) => *network,
                Made::TooMany(too_many) => {
                    return Err(StoreError::Question(too_many.to_string()));
                }
            }
        };
        let left_out = network.left_out.clone();
        let answer = Network {
            data: Arc::clone(&data),
            validity: validity.clone(),
            network: Arc::new(network),
            filter,
        };
        let mut answer = Answer::new(answer, &data, Some(&validity));
        answer.notes.others.extend(left_out);
        Ok(answer)
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
        if asked.windows.is_some() {
            return Err(StoreError::Question(
                "--why is of one window: give its first and last day with --from and --until"
                    .to_owned(),
            ));
        }
        let answer = self.weighed(query, asked, Filter::default())?;
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
        let why = network.network.why(&dossier, [a, b], days);
        Ok(Answer {
            notes: answer.notes.clone(),
            files: answer.files.clone(),
            data: why,
        })
    }
}
