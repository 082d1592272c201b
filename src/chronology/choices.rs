//! Choices: what cannot be written as bounds, because one of several things holds. A search goes
//! through the options, one choice after the other; where none is left it learns from the conflicts
//! that ruled each out, and jumps back over choices that had no part in them (Prosser 1993).

use std::collections::BTreeSet;

use super::network::{Network, Point, Premise, Premises};
use super::{Chronology, Conflict};

/// One of several things holds.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The fact that says so.
    pub premise: Premise,
    /// The options: each some bounds, from, to, and at most how much later.
    pub options: Vec<Vec<(Point, Point, i64)>>,
}

/// What became of the choices of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Some combination of options can hold.
    Possible,
    /// None can; these premises are enough for that, and all of them are wanted.
    Impossible(Vec<Premise>),
    /// The search ran out of its budget.
    NotDecided,
}

/// Whether some combination of options can hold in a network that can hold without them. `budget`
/// is how many constraints may be looked at.
pub fn decide(network: &Network, choices: &[Choice], budget: usize) -> Decision {
    let mut search = Search { left: budget };
    match search.from(network, choices) {
        Ok(()) => Decision::Possible,
        Err(None) => Decision::NotDecided,
        Err(Some(known)) => {
            let mut kept = known;
            for premise in kept.clone() {
                let others: BTreeSet<Premise> =
                    kept.iter().copied().filter(|one| *one != premise).collect();
                let fewer =
                    network.only(|one| one.premises.iter().all(|one| others.contains(&one)));
                let choices: Vec<Choice> = (choices.iter())
                    .filter(|choice| others.contains(&choice.premise))
                    .cloned()
                    .collect();
                let holds = Chronology::of(&fewer, &|_| 1.0).conflicts.is_empty();
                if !holds || matches!(search.from(&fewer, &choices), Err(Some(_))) {
                    kept.remove(&premise);
                }
            }
            Decision::Impossible(kept.into_iter().collect())
        }
    }
}

struct Search {
    left: usize,
}

impl Search {
    /// `Err(None)` where the budget ran out, else the premises that leave no option.
    fn from(
        &mut self,
        network: &Network,
        choices: &[Choice],
    ) -> Result<(), Option<BTreeSet<Premise>>> {
        let Some((choice, rest)) = choices.split_first() else {
            return Ok(());
        };
        let mut learnt = BTreeSet::from([choice.premise]);
        for option in &choice.options {
            let mut with = network.clone();
            for &(from, to, most) in option {
                with.at_most(from, to, most, Premises::one(choice.premise));
            }
            self.left = self
                .left
                .checked_sub(with.constraints().len() + 1)
                .ok_or(None)?;
            let conflicts = Chronology::of(&with, &|_| 1.0).conflicts;
            if let Some(Conflict { premises, .. }) = conflicts.into_iter().next() {
                learnt.extend(premises);
                continue;
            }
            match self.from(&with, rest) {
                Ok(()) => return Ok(()),
                Err(None) => return Err(None),
                Err(Some(known)) if !known.contains(&choice.premise) => return Err(Some(known)),
                Err(Some(known)) => learnt.extend(known),
            }
        }
        Err(Some(learnt))
    }
}
