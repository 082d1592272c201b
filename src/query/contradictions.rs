//! `contradictions`: those that somebody wrote down, those within one speaker, and those between
//! speakers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::positions;
use super::said::{SaidRow, row, selected};
use super::selection::ResolvedQuery;
use super::sort_key::{self, IdKey};
use annals_model::{ActorId, ClaimId, NodeRef};
use annals_time::Certainty;

/// Where a contradiction comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContradictionKind {
    /// A claim is said to contradict another.
    Stated,
    /// One speaker took opposed stances that can have been held at the same time.
    Within,
    /// Two speakers can have stood opposite at the same time.
    Between,
}

impl ContradictionKind {
    /// The word in answers.
    pub fn word(self) -> &'static str {
        match self {
            ContradictionKind::Stated => "stated",
            ContradictionKind::Within => "within",
            ContradictionKind::Between => "between",
        }
    }
}

/// A contradiction of two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// Where it comes from.
    pub kind: ContradictionKind,
    /// The claims, the earlier first.
    pub claims: [ClaimId; 2],
    /// The subject of the stances.
    pub toward: Option<NodeRef>,
    /// Between whom, in the order of their ids; those who stand for an actor are that actor.
    pub between: Option<[ActorId; 2]>,
    /// Whether it certainly is one, and both claims match.
    pub certainty: Certainty,
}

/// Contradictions, and whether these are all.
#[derive(Debug, Clone)]
pub struct Contradictions {
    /// The contradictions: by kind, then by the earlier claim, then by the later.
    pub found: Vec<Contradiction>,
    /// Whether there are no others.
    pub is_complete: bool,
}

/// A contradiction as data.
#[derive(Debug, Clone, Serialize)]
pub struct ContradictoryRow {
    /// Where it comes from.
    pub kind: ContradictionKind,
    /// The claims, the earlier first.
    pub claims: [SaidRow; 2],
    /// The subject of the stances; null if somebody stated the contradiction.
    pub toward: Option<Ref>,
    /// Whether it certainly is one, and both claims match.
    pub certain: bool,
}

/// How the claims of pairs match a selection: both must lie in its window, and one must match it.
struct Matching<'d, 'l, 's> {
    dossier: &'d Dossier<'l>,
    selection: &'s ResolvedQuery,
    /// The window of the selection, and nothing else.
    window: ResolvedQuery,
    /// Only used for lookups.
    known: HashMap<ClaimId, Option<Certainty>, RandomState>,
}

impl Matching<'_, '_, '_> {
    /// How a claim matches the whole selection.
    fn wanted(&mut self, claim: ClaimId) -> Option<Certainty> {
        let (selection, loaded) = (self.selection, self.dossier.loaded);
        let known = self.known.entry(claim);
        *known.or_insert_with(|| selection.claim(loaded, claim))
    }

    /// How a pair matches.
    fn pair(&mut self, claims: [ClaimId; 2]) -> Option<Certainty> {
        let loaded = self.dossier.loaded;
        let [one, other] = claims.map(|claim| self.window.claim(loaded, claim));
        let lie = one?.and(other?);
        let [one, other] = claims.map(|claim| self.wanted(claim).unwrap_or(Certainty::Never));
        let certainty = lie.and(one.or(other));
        certainty.is_possible().then_some(certainty)
    }
}

/// The contradictions of which one claim is selected, and both lie in the window.
pub fn contradictions(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Contradictions {
    let loaded = dossier.loaded;
    let mut matching = Matching {
        dossier,
        selection,
        window: selection.of_window(),
        known: HashMap::default(),
    };
    let mut found = stated(&mut matching);
    let window = matching.window.clone();
    let represented = selection.of_represented();
    let mut within = BTreeSet::new();
    let mut is_complete = true;
    for asked in [Some(&window), represented.as_ref()].into_iter().flatten() {
        let (pairs, all) = positions::contradictions(loaded, asked);
        within.extend(pairs);
        is_complete &= all;
    }
    // The same claims can contradict each other in one speaker and in whom they stood for.
    let mut known = BTreeMap::new();
    for one in within {
        let certain = known.entry((one.claims, one.toward)).or_insert(false);
        *certain |= one.certain;
    }
    for ((claims, toward), certain) in known {
        found.extend(matching.pair(claims).map(|certainty| Contradiction {
            kind: ContradictionKind::Within,
            claims,
            toward: Some(toward),
            between: None,
            certainty: certainty.and(possibly_unless(certain)),
        }));
    }
    let opposites = positions::opposites(loaded, &window, represented.as_ref(), |claim| {
        matching.wanted(claim).is_some()
    });
    is_complete &= opposites.is_complete;
    for one in opposites.pairs {
        let mut between = one.speakers;
        between.sort_by(|a, b| loaded.facts.id(*a).cmp(loaded.facts.id(*b)));
        found.extend(matching.pair(one.claims).map(|certainty| Contradiction {
            kind: ContradictionKind::Between,
            claims: one.claims,
            toward: Some(one.toward),
            between: Some(between),
            certainty: certainty.and(possibly_unless(one.certain)),
        }));
    }
    found.retain(|one| selection.sure_enough(one.certainty).is_some());
    in_order(dossier, &mut found);
    found.truncate(selection.limit.unwrap_or(usize::MAX));
    Contradictions { found, is_complete }
}

fn possibly_unless(certain: bool) -> Certainty {
    if certain {
        Certainty::Certainly
    } else {
        Certainty::Possibly
    }
}

/// The contradictions that somebody wrote down, each once.
fn stated(matching: &mut Matching<'_, '_, '_>) -> Vec<Contradiction> {
    let facts = matching.dossier.facts();
    let mut pairs = BTreeSet::new();
    for (id, claim) in facts.claims.iter() {
        for other in facts.list(facts.links(claim).contradicts) {
            if *other != id {
                pairs.insert([id.min(*other), id.max(*other)]);
            }
        }
    }
    let each = pairs.into_iter().filter_map(|claims| {
        Some(Contradiction {
            kind: ContradictionKind::Stated,
            claims,
            toward: None,
            between: None,
            certainty: matching.pair(claims)?,
        })
    });
    each.collect()
}

/// Puts the earlier claim of each pair first, and the pairs in order.
fn in_order(dossier: &Dossier<'_>, found: &mut [Contradiction]) {
    let facts = dossier.facts();
    let claims: BTreeSet<ClaimId> = found.iter().flat_map(|one| one.claims).collect();
    let mut claims: Vec<ClaimId> = claims.into_iter().collect();
    let validity = &dossier.validity;
    sort_key::sort(
        facts,
        validity,
        &mut claims,
        |id| sort_key::claim_date(facts, validity, *id),
        |id| (*id).into(),
    );
    // Only used for lookups.
    let ranks: HashMap<ClaimId, usize, RandomState> = claims
        .into_iter()
        .enumerate()
        .map(|(n, id)| (id, n))
        .collect();
    let rank = |claim: ClaimId| ranks.get(&claim).copied();
    for one in found.iter_mut() {
        one.claims.sort_by_key(|claim| rank(*claim));
    }
    found.sort_by_cached_key(|one| {
        let toward = one.toward.map(|toward| IdKey::new(facts, toward));
        let between = one
            .between
            .map(|both| both.map(|who| IdKey::new(facts, who)));
        (one.kind, one.claims.map(rank), toward, between)
    });
}

/// A contradiction as data.
pub fn contradictory(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    one: &Contradiction,
) -> ContradictoryRow {
    let window = selection.of_window();
    let claim = |id: ClaimId| match selection.claim(dossier.loaded, id) {
        Some(certainty) => selected(dossier, selection, (id, certainty)),
        None => {
            let certainty = window.claim(dossier.loaded, id);
            row(dossier, id, certainty.unwrap_or(Certainty::Possibly))
        }
    };
    ContradictoryRow {
        kind: one.kind,
        claims: one.claims.map(claim),
        toward: one.toward.map(|toward| Ref::new(dossier.facts(), toward)),
        certain: one.certainty.is_certain(),
    }
}
