//! What came to be known.

use super::answers::Answer;
use super::backend::Need;
use super::{Store, StoreError};
use annals_query::Query;
use annals_query::changes::{KnownRow, Period, changes, day_before};
use annals_time::Date;

impl Store {
    /// What came to be known between two days: what is known at the end of `until`, or as far as the
    /// facts reach, and was not on the day before `from`. The window of the query is about when
    /// things were said and happened.
    ///
    /// # Errors
    /// If `from` has no first day, `until` has no last day or lies before it, the query has a day of
    /// its own as of which it asks, a name in it is unknown or ambiguous, or the facts cannot be read.
    pub fn changes(
        &self,
        query: &Query,
        from: &Date,
        until: Option<&Date>,
    ) -> Result<Answer<Vec<KnownRow>>, StoreError> {
        let mut answer = self.known_since(query, from, until)?;
        if answer.is_empty() {
            let count = |query: &Query| Some(self.known_since(query, from, until).ok()?.len());
            let why = self.why_empty(query, ["change", "changes"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn known_since(
        &self,
        query: &Query,
        from: &Date,
        until: Option<&Date>,
    ) -> Result<Answer<Vec<KnownRow>>, StoreError> {
        let query = self.viewed(query);
        if query.as_of.is_some() || query.retracted {
            return Err(StoreError::Question(
                "what came to be known is asked with --from and --until, and lists what was \
                 retracted: --as-of and --retracted have no place here"
                    .to_owned(),
            ));
        }
        let period = period(from, until)?;
        let data = self.backend.scan(Need::All)?.data;
        let facts = data.facts();
        let as_of = |day: Option<Date>| Query {
            as_of: day,
            surely: false,
            ..query.clone()
        };
        let end = period.until.map(Date::of_day);
        let earlier = as_of(day_before(period)).resolve(facts)?;
        let selection = as_of(end).resolve(facts)?;
        let validity = selection.validity.clone();
        let dossier = data.dossier(&validity);
        let before = data.dossier(&earlier.validity);
        let slack = data.config.policy.thresholds.slack;
        let mut rows = changes(&dossier, &selection, (&before, &earlier), period, slack);
        if query.surely {
            rows.retain(|row| row.certain);
        }
        rows.truncate(query.limit.unwrap_or(usize::MAX));
        Ok(Answer::new(rows, &data, None))
    }
}

fn period(from: &Date, until: Option<&Date>) -> Result<Period, StoreError> {
    let refused = |words: &str| Err(StoreError::Question(words.to_owned()));
    let Some(first) = from.first() else {
        return refused(
            "the day from which changes are asked has no first day: give one, as in --from 2021-10-05",
        );
    };
    let last = until.map(Date::last);
    match last {
        Some(None) => refused(
            "the day until which changes are asked has no last day: leave --until out to ask as far as the facts reach",
        ),
        Some(Some(last)) if last < first => refused(
            "the day until which changes are asked lies before the day from which they are asked",
        ),
        _ => Ok(Period {
            from: first,
            until: last.flatten(),
        }),
    }
}
