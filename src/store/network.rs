//! Who agrees with whom, by what they say about the same things.

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

    /// The windows; one where none were asked for.
    pub fn windows(&self) -> &[Days] {
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
        let made = network::made(&data.dossier(&query.validity()), query, asked, rolls_up)?;
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
        if asked.windows.is_some() {
            return Err(StoreError::Question(
                "--why is of one window: give its first and last day with --from and --until"
                    .to_owned(),
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

/// Whether the weight of two nodes is made of nothing but what these two say themselves.
fn is_of_speakers(query: &Query, asked: &NetworkAsked) -> bool {
    asked.of == NodesOf::Actors
        && !asked.is_affiliation()
        && asked.into.is_empty()
        && asked.at_least <= 1
        && asked.things_at_least <= 1
        && query.by.is_empty()
        && query.rollup.is_none()
        && query.identity == annals_query::selection::SameAs::None
}

/// A picture of a network.
#[derive(Debug, Clone)]
pub struct NetworkLook {
    /// The style of the picture.
    pub look: annals_draw::Look,
    /// The number of windows on a page, if it is cut into pages.
    pub windows_on_page: Option<usize>,
    /// Where ties lead: an address in which `{a}` and `{b}` stand for the ids of their ends, `{from}` and
    /// `{until}` for the first and last day of the window, which are empty where it has none.
    pub edge_link: Option<String>,
}

/// The address of a tie.
fn edge_link(pattern: &str, window: &WindowRow, edge: &EdgeRow) -> String {
    let day = |day: Option<annals_time::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let fields = [
        ("{a}", edge.a.id.clone()),
        ("{b}", edge.b.id.clone()),
        ("{from}", day(window.from)),
        ("{until}", day(window.until)),
    ];
    // What is filled in has no braces.
    fields
        .iter()
        .fold(pattern.to_owned(), |address, (field, value)| {
            address.replace(field, &annals_draw::in_address(value))
        })
}

impl Store {
    /// Draws a network: one scene, with a panel for each window, or one for each page.
    ///
    /// # Errors
    /// As [`Store::network`] says.
    pub fn draw_network(
        &self,
        query: &Query,
        asked: &NetworkAsked,
        filter: Filter,
        look: &NetworkLook,
    ) -> Result<Answer<Vec<annals_draw::scene::Scene>>, StoreError> {
        use annals_draw::Signs;
        let answer = self.network(query, asked, filter)?;
        let windows = answer.data.edges();
        let (signs, shows) = match asked.weighed.measure {
            Measure::Congruence => (Signs::None, "Who says the same"),
            Measure::Ignore => (Signs::None, "Who speaks of the same things"),
            Measure::Conflict => (Signs::Against, "Who says the opposite"),
            Measure::Subtract => (Signs::Both, "Who agrees and who disagrees"),
            Measure::Affiliation(network::Sign::Net) => {
                (Signs::Both, "Who is for and against what")
            }
            Measure::Affiliation(network::Sign::Any) => (Signs::None, "Who speaks of what"),
            Measure::Affiliation(network::Sign::Kinds) => {
                (Signs::Kinds, "Who is for and against what")
            }
        };
        let data = &answer.data.data;
        let dossier = data.dossier(&answer.data.validity);
        let of_node = |row: &annals_query::network::NodeRow| {
            let pattern = look.look.link.as_ref();
            pattern.map_or_else(String::new, |link| link.of(&dossier, row.record.into()))
        };
        let of_edge = |window: &WindowRow, edge: &EdgeRow| {
            let pattern = look.edge_link.as_deref().unwrap_or_default();
            edge_link(pattern, window, edge)
        };
        let links = annals_draw::NetworkLinks {
            node: look.look.link.is_some().then_some(&of_node as _),
            edge: look.edge_link.is_some().then_some(&of_edge as _),
        };
        let scenes = annals_draw::network(&annals_draw::NetworkPicture {
            windows: &windows,
            is_affiliation: answer.data.is_affiliation(),
            signs,
            shows: match asked.of {
                NodesOf::Actors => shows.to_owned(),
                NodesOf::Things => "What the same actors say the same of".to_owned(),
            },
            look: &look.look,
            panels_on_page: look.windows_on_page,
            links,
        });
        Ok(Answer {
            data: scenes,
            notes: answer.notes,
            files: answer.files,
        })
    }
}
