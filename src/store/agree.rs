//! Two annotators of the same texts compared.

use super::answers::Answer;
use super::notes::Notes;
use super::{Store, StoreError};
use annals_query::Query;
use annals_query::agreement::{Agreement, agree};

impl Store {
    /// How far the claims of this store agree with those of another, made by somebody else of the
    /// same texts.
    ///
    /// # Errors
    /// If facts cannot be read, or more passages overlap than can be compared.
    pub fn agree(&self, other: &Store) -> Result<Answer<Agreement>, StoreError> {
        self.agree_on(other, &Query::new())
    }

    /// The same for the claims that a query selects in each of the two.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous in one of the two, facts cannot be read, or more
    /// passages overlap than can be compared.
    pub fn agree_on(&self, other: &Store, query: &Query) -> Result<Answer<Agreement>, StoreError> {
        let first = self.backend.all()?;
        let second = other.backend.all()?;
        let selected = self.viewed(query).resolve(first.facts())?;
        let others = other.viewed(query).resolve(second.facts())?;
        let validities = [&selected.validity, &others.validity];
        let agreement = {
            let dossiers = [first.dossier(validities[0]), second.dossier(validities[1])];
            agree([&dossiers[0], &dossiers[1]], [&selected, &others])
        };
        let agreement = agreement.map_err(|error| StoreError::Question(error.to_string()))?;
        let notes = [
            first.notes(Some(validities[0])),
            second.notes(Some(validities[1])),
        ];
        let mut files = first.files();
        files.extend(second.files());
        Ok(Answer {
            notes: of_both(notes, &agreement),
            data: agreement,
            files,
        })
    }
}

/// The notes on both stores, each with whose it is, and those on comparing them.
fn of_both([first, second]: [Notes; 2], agreement: &Agreement) -> Notes {
    let of_first = |line: &String| format!("the first: {line}");
    let of_second = |line: &String| format!("the second: {line}");
    let problems = (first.problems.iter().map(of_first))
        .chain(second.problems.iter().map(of_second))
        .collect::<Vec<_>>();
    let others = (first.others.iter().map(of_first)).chain(second.others.iter().map(of_second));
    Notes {
        problems: (!problems.is_empty()).then(|| problems.join("; ")),
        others: others.chain(agreement.notes.iter().cloned()).collect(),
        in_part: first.in_part.into_iter().chain(second.in_part).collect(),
    }
}
