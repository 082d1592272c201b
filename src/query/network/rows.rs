//! The rows of a network.

use serde::Serialize;

use super::made::Network;
use super::{Asked, Days, Kind, Measure, NodesOf, Normalise, Sign, day};
use crate::answer::Ref;
use annals_model::{Facts, NodeRef, Vocabulary as _};
use annals_network::{Affiliation, Counted, Pair};
use annals_time::Day;

/// A node.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NodeRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Of an actor its kind, such as `organization`; else `topic`, `event` and the like.
    pub kind: String,
    /// How many statements of its there are in the window, at least and at most.
    pub statements: [u64; 2],
    /// The record.
    #[serde(skip)]
    pub record: NodeRef,
    /// In an affiliation, whether it is one of the things.
    #[serde(skip)]
    pub is_thing: bool,
}

/// Two nodes, or a node and a thing, and how far they agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EdgeRow {
    /// The one with the lower id; in an affiliation the actor.
    pub a: Ref,
    /// The other; in an affiliation the thing.
    pub b: Ref,
    /// The weight, at least and at most.
    pub weight: [f64; 2],
    /// Whether these are the least and most of all readings. Else they enclose them.
    pub exact: bool,
    /// How many things can add to it; none in an affiliation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub things: Option<usize>,
    /// With `--sign kinds`: what the actor can be, all in all: `for`, `against`, `both`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<&'static str>>,
}

/// A window of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WindowRow {
    /// Its first day; none where it has no beginning.
    pub from: Option<Day>,
    /// Its last day; none where it has no end.
    pub until: Option<Day>,
    /// How many statements there are, at least and at most.
    pub statements: [u64; 2],
    /// The nodes, by id; of an affiliation the actors, then the things.
    pub nodes: Vec<NodeRow>,
}

/// Which edges are kept.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Filter {
    /// Those that weigh, at most, so much or more.
    pub above: Option<f64>,
    /// What they weigh at least decides, not at most.
    pub surely: bool,
    /// Only so many, the heaviest, in each window.
    pub top: Option<usize>,
}

impl Filter {
    fn keeps(&self, weight: [f64; 2]) -> bool {
        let decides = weight[usize::from(!self.surely)];
        self.above.is_none_or(|above| decides >= above)
    }
}

/// The edges of a window.
#[derive(Debug)]
pub struct Edges<'n> {
    network: &'n Network,
    counted: Counted<'n>,
    filter: Filter,
}

impl Network {
    /// The number of windows.
    pub fn len(&self) -> usize {
        self.windows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Counts the statements of a window.
    pub fn window(&self, days: Days, filter: Filter) -> Edges<'_> {
        Edges {
            network: self,
            counted: self.statements.window(days),
            filter,
        }
    }

    /// How many units there are, whenever they were said.
    pub fn count_statements(&self) -> usize {
        self.statements.len()
    }

    /// Whether nothing counts.
    pub fn has_no_statements(&self) -> bool {
        self.statements.is_empty()
    }

    pub(super) fn weighed(&self) -> &Asked {
        &self.asked.weighed
    }

    /// Whether edges lead from actors to things.
    pub fn is_affiliation(&self) -> bool {
        self.asked.is_affiliation()
    }

    /// Whether weights above 1 are nothing unusual although they are divided.
    pub fn can_exceed_one(&self) -> bool {
        self.weighed().normalise != Normalise::No
    }
}

impl Edges<'_> {
    /// The window, with its nodes.
    pub fn row(&self, facts: &Facts) -> WindowRow {
        let days = self.counted.days();
        WindowRow {
            from: day(days.first),
            until: day(days.last),
            statements: self.counted.statements(),
            nodes: self.nodes(facts),
        }
    }

    fn nodes(&self, facts: &Facts) -> Vec<NodeRow> {
        let shown = self.counted.nodes();
        let mut rows = Vec::new();
        let row = |record: NodeRef, statements: [u64; 2], is_thing: bool| NodeRow {
            id: facts.id(record).to_owned(),
            name: facts.label(record).to_owned(),
            kind: kind(facts, record),
            statements,
            record,
            is_thing,
        };
        if self.network.asked.isolates {
            let mut next = shown.iter().peekable();
            for (number, record) in (0_u32..).zip(&self.network.nodes) {
                let counted = next.next_if(|one| one.node == number);
                rows.push(row(
                    *record,
                    counted.map_or([0, 0], |one| one.statements),
                    false,
                ));
            }
        } else {
            rows.extend(shown.iter().map(|one| {
                let record = self.network.nodes[one.node as usize];
                row(record, one.statements, false)
            }));
        }
        if self.network.is_affiliation() {
            for (number, statements) in (0_usize..).zip(self.counted.of_things()) {
                let is_counted = statements[1] > 0;
                let thing = self.network.things.get(number).copied().flatten();
                if let Some(thing) = thing
                    && (is_counted || self.network.asked.isolates)
                {
                    rows.push(row(thing, statements, true));
                }
            }
        }
        rows
    }

    /// All edges that are kept, in order.
    ///
    /// # Errors
    /// The first error that `each` returns.
    pub fn each<E>(
        &self,
        facts: &Facts,
        each: &mut dyn FnMut(EdgeRow) -> Result<(), E>,
    ) -> Result<(), E> {
        self.mapped(facts, &|row| row, each)
    }

    /// What is made of each edge that is kept, by several threads, in order.
    ///
    /// # Errors
    /// The first error that `each` returns.
    pub fn mapped<R: Send, E>(
        &self,
        facts: &Facts,
        made: &(dyn Fn(EdgeRow) -> R + Sync),
        each: &mut dyn FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.network.is_affiliation() {
            return self.affiliations(facts, &mut |row| each(made(row)));
        }
        let row = |pair: Pair| made(self.edge(facts, &pair));
        match self.filter.top {
            Some(top) => {
                let pairs = self
                    .counted
                    .heaviest(top, &|pair| self.filter.keeps(pair.weight));
                pairs.into_iter().try_for_each(|pair| each(row(pair)))
            }
            None => self.counted.mapped_pairs(
                &|pair| self.filter.keeps(pair.weight),
                &row,
                &mut |rows| rows.into_iter().try_for_each(&mut *each),
            ),
        }
    }

    fn edge(&self, facts: &Facts, pair: &Pair) -> EdgeRow {
        let node = |number: u32| Ref::new(facts, self.network.nodes[number as usize]);
        EdgeRow {
            a: node(pair.a),
            b: node(pair.b),
            weight: pair.weight,
            exact: pair.exact,
            things: Some(match pair.things {
                Some(things) => things as usize,
                None => self.counted.count_things(pair.a, pair.b),
            }),
            kinds: None,
        }
    }

    fn affiliations<E>(
        &self,
        facts: &Facts,
        each: &mut dyn FnMut(EdgeRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(top) = self.filter.top else {
            return self.counted.affiliations(&mut |one| {
                let kept = self.filter.keeps(one.fraction.weight);
                let row = kept.then(|| self.affiliation(facts, &one)).flatten();
                row.map_or(Ok(()), &mut *each)
            });
        };
        let mut all = Vec::new();
        self.counted.affiliations(&mut |one: Affiliation| {
            if self.filter.keeps(one.fraction.weight) {
                all.push(one);
            }
            Ok(())
        })?;
        let weight = |one: &Affiliation, end: usize| one.fraction.weight[end];
        all.sort_by(|a, b| {
            let most = weight(b, 1).total_cmp(&weight(a, 1));
            most.then(weight(b, 0).total_cmp(&weight(a, 0)))
                .then((a.node, a.thing).cmp(&(b.node, b.thing)))
        });
        all.truncate(top);
        let mut rows = all.iter().filter_map(|one| self.affiliation(facts, one));
        rows.try_for_each(each)
    }

    fn affiliation(&self, facts: &Facts, one: &Affiliation) -> Option<EdgeRow> {
        let kinds = self.network.weighed().measure == Measure::Affiliation(Sign::Kinds);
        let thing = self
            .network
            .things
            .get(one.thing as usize)
            .copied()
            .flatten()?;
        let words = one.kinds.iter().filter(|kind| **kind != Kind::NONE);
        Some(EdgeRow {
            a: Ref::new(facts, self.network.nodes[one.node as usize]),
            b: Ref::new(facts, thing),
            weight: one.fraction.weight,
            exact: one.fraction.exact,
            things: None,
            kinds: kinds.then(|| words.map(|kind| kind.word()).collect()),
        })
    }

    pub(super) fn counted(&self) -> &Counted<'_> {
        &self.counted
    }
}

/// Of an actor its kind, of others what they are.
fn kind(facts: &Facts, record: NodeRef) -> String {
    let of_actor = match record {
        NodeRef::Actor(actor) => facts.kind_word(actor),
        _ => None,
    };
    of_actor.unwrap_or(record.kind().word()).to_owned()
}

impl NodesOf {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            NodesOf::Actors => "actors",
            NodesOf::Things => "things",
        }
    }
}

/// A weight in words, least and most: "0.5", "0.25–0.75".
pub fn weight_words([least, most]: [f64; 2]) -> String {
    let short = |weight: f64| {
        let words = format!("{weight:.3}");
        let words = words.trim_end_matches('0').trim_end_matches('.').to_owned();
        if words == "-0" {
            "0".to_owned()
        } else {
            words.replace('-', "−")
        }
    };
    let (least, most) = (short(least), short(most));
    if least == most {
        most
    } else {
        format!("{least}–{most}")
    }
}

/// A count in words, least and most: "3", "3–5".
pub fn count_words([least, most]: [u64; 2]) -> String {
    if least == most {
        most.to_string()
    } else {
        format!("{least}–{most}")
    }
}
