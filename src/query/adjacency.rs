//! Claims indexed by the records they involve: sorted adjacency, by record and then by date, so
//! that each of many questions costs what it returns and not what was loaded.

use annals_model::{ClaimId, DateId, Facts, NodeRef, RecordRef, Via};
use annals_time::chronological;

/// The claims of each record, in adjacent rows, each sorted by date and then in fact order; undated
/// claims last.
#[derive(Debug)]
pub struct Adjacency {
    by: Rows,
    to: Rows,
    about: Rows,
    via: Rows,
    at: Rows,
    in_document: Rows,
}

impl Adjacency {
    /// The adjacency of all claims.
    pub fn new(facts: &Facts) -> Self {
        let nodes = Nodes::new(facts);
        let order = by_date(facts);
        let rows = |each: &dyn Fn(ClaimId, &mut Vec<u32>)| Rows::new(nodes.count, &order, each);
        Adjacency {
            by: rows(&|id, out| {
                let actors = facts.list(facts[id].speaker).iter();
                out.extend(actors.map(|actor| nodes.place(RecordRef::Actor(*actor))));
            }),
            to: rows(&|id, out| {
                let actors = facts.list(facts[id].to).iter();
                out.extend(actors.map(|actor| nodes.place(RecordRef::Actor(*actor))));
            }),
            about: rows(&|id, out| {
                let claim = &facts[id];
                let about = facts.list(claim.about).iter().copied();
                let toward = facts.list(claim.stance).iter().filter_map(|one| one.toward);
                out.extend(about.chain(toward).map(|node| nodes.place(node.into())));
            }),
            via: rows(&|id, out| {
                let links = facts.links(&facts[id]);
                let via = facts.list(links.via).iter();
                out.extend(via.map(|via| match *via {
                    Via::Actor(actor) => nodes.place(actor.into()),
                    Via::Claim(claim) => nodes.place(claim.into()),
                }));
            }),
            at: rows(&|id, out| {
                let event = facts[id].at.into_iter();
                out.extend(event.map(|event| nodes.place(event.into())));
            }),
            in_document: rows(&|id, out| {
                let evidence = facts.list(facts[id].evidence).iter();
                let documents = evidence.filter_map(|one| one.document);
                out.extend(documents.map(|document| nodes.place(document.into())));
            }),
        }
    }

    /// A superset of the claims that a selection matches: among the fields for which it names records,
    /// the one with the fewest claims. `None` if it names none.
    pub fn candidates(&self, facts: &Facts, named: Named) -> Option<Vec<ClaimId>> {
        let nodes = Nodes::new(facts);
        let fields = [
            (&self.by, named.by),
            (&self.to, named.to),
            (&self.about, named.about),
            (&self.via, named.via),
            (&self.at, named.at),
            (&self.in_document, named.in_document),
        ];
        let asked = fields.into_iter().filter_map(|(rows, records)| {
            let places: Vec<usize> = records?
                .iter()
                .map(|one| nodes.place(*one) as usize)
                .collect();
            let many: usize = places.iter().map(|place| rows.get(*place).len()).sum();
            Some((many, rows, places))
        });
        let (_, rows, places) = asked.min_by_key(|(many, ..)| *many)?;
        let claims = places.into_iter().flat_map(|place| rows.get(place));
        let mut claims: Vec<ClaimId> = claims.copied().collect();
        claims.sort_unstable();
        claims.dedup();
        Some(claims)
    }
}

/// The records that a selection names, by field; `None` for an unrestricted field.
#[derive(Debug, Default)]
pub struct Named {
    /// Speakers.
    pub by: Option<Vec<RecordRef>>,
    /// The addressees.
    pub to: Option<Vec<RecordRef>>,
    /// The topics of the claim.
    pub about: Option<Vec<RecordRef>>,
    /// What transmitted it.
    pub via: Option<Vec<RecordRef>>,
    /// The events at which it was said.
    pub at: Option<Vec<RecordRef>>,
    /// Documents that report it.
    pub in_document: Option<Vec<RecordRef>>,
}

/// All claims by date. There are few dates, so they are sorted once and the claims are distributed
/// by counting.
fn by_date(facts: &Facts) -> Vec<ClaimId> {
    let mut dates: Vec<DateId> = facts
        .claims
        .iter()
        .filter_map(|(_, claim)| claim.said)
        .collect();
    dates.sort_unstable();
    dates.dedup();
    dates.sort_by(|one, other| chronological(facts.date(*one), facts.date(*other)));
    let most = dates.iter().map(|date| date.index() + 1).max().unwrap_or(0);
    let mut rank = vec![0_u32; most];
    for (nth, date) in dates.iter().enumerate() {
        rank[date.index()] = nth as u32;
    }
    let last = dates.len();
    let place = |id: ClaimId, out: &mut Vec<u32>| {
        out.push(
            facts[id]
                .said
                .map_or(last as u32, |said| rank[said.index()]),
        );
    };
    let all: Vec<ClaimId> = facts.claims.handles().collect();
    Rows::new(last + 1, &all, &place).claims
}

/// The position of each node among all.
struct Nodes {
    before: [u32; 6],
    count: usize,
}

impl Nodes {
    fn new(facts: &Facts) -> Self {
        let counts = [
            facts.documents.len(),
            facts.actors.len(),
            facts.places.len(),
            facts.topics.len(),
            facts.events.len(),
            facts.claims.len(),
        ];
        let mut count = 0;
        let before = counts.map(|one| {
            count += one;
            (count - one) as u32
        });
        Nodes { before, count }
    }

    fn place(&self, record: RecordRef) -> u32 {
        // No field here names relations or orders.
        let before = record.node().map_or(0, |node| match node {
            NodeRef::Document(_) => self.before[0],
            NodeRef::Actor(_) => self.before[1],
            NodeRef::Place(_) => self.before[2],
            NodeRef::Topic(_) => self.before[3],
            NodeRef::Event(_) => self.before[4],
            NodeRef::Claim(_) => self.before[5],
        });
        before + record.row() as u32
    }
}

/// Lists of claims, stored consecutively.
#[derive(Debug)]
struct Rows {
    /// The start of each list, and the end of the last.
    starts: Vec<u32>,
    claims: Vec<ClaimId>,
}

impl Rows {
    /// The rows for `count` nodes; `each` returns the nodes of a claim. Claims keep their order.
    fn new(count: usize, order: &[ClaimId], each: &dyn Fn(ClaimId, &mut Vec<u32>)) -> Self {
        let mut places = Vec::new();
        let mut unique = |id: ClaimId, out: &mut dyn FnMut(usize)| {
            places.clear();
            each(id, &mut places);
            places.sort_unstable();
            places.dedup();
            for place in &places {
                out(*place as usize);
            }
        };
        let mut starts = vec![0_u32; count + 1];
        for &id in order {
            unique(id, &mut |place| starts[place + 1] += 1);
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let Some(&filler) = order.first() else {
            return Rows {
                starts,
                claims: Vec::new(),
            };
        };
        let mut next = starts.clone();
        let mut claims = vec![filler; starts[count] as usize];
        for &id in order {
            unique(id, &mut |place| {
                claims[next[place] as usize] = id;
                next[place] += 1;
            });
        }
        Rows { starts, claims }
    }

    fn get(&self, place: usize) -> &[ClaimId] {
        &self.claims[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}
