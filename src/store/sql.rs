//! Questions as SQL.

use std::path::Path;

use super::backend::Need;
use super::{Store, StoreError};
use annals_query::selection::Conditions;
use annals_query::{Query, look_up};
use annals_sql::{Dialect, Unsupported};

/// A question that can be asked as SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqlQuestion {
    /// Who said what.
    Said,
    /// What happened, was said, held and was published.
    Timeline,
    /// The edges around some things, up to so many edges away.
    Around(Vec<String>, usize),
}

/// The statements that make the views of a snapshot in a folder, which may be on another machine. The large
/// tables are among them if they are there, or asked for.
pub fn sql_views(dialect: Dialect, folder: &str, with_large: bool) -> String {
    let is_there = |table: &&str| Path::new(folder).join(table).is_dir();
    let with_large = with_large || annals_sql::LARGE.iter().all(is_there);
    annals_sql::views(dialect, folder, with_large)
}

impl Store {
    /// A question as SQL over the views of a snapshot of these facts, in which names are looked up.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, SQL cannot tell what is asked, or the facts cannot be read.
    pub fn sql(&self, question: &SqlQuestion, query: &Query) -> Result<String, StoreError> {
        let query = self.viewed(query);
        let scan = self.backend.scan(Need::Claims(&query))?;
        let facts = scan.data.facts();
        let resolved = query.resolve(facts)?;
        let conditions = || {
            let conditions = resolved.conditions(facts);
            conditions.map_err(|what| unsupported(Unsupported(what)))
        };
        match question {
            SqlQuestion::Said => Ok(annals_sql::said(&conditions()?)),
            SqlQuestion::Timeline => annals_sql::timeline(&conditions()?).map_err(unsupported),
            SqlQuestion::Around(centres, hops) => {
                if query != self.viewed(&Query::new()) {
                    return Err(unsupported(Unsupported(
                        "a selection of what lies around something",
                    )));
                }
                let whole = self.backend.all()?;
                let id = |word: &String| {
                    let found = look_up(whole.facts(), word, super::THINGS)?;
                    Ok::<_, StoreError>(whole.facts().id(found).to_owned())
                };
                let centres = centres.iter().map(id).collect::<Result<Vec<_>, _>>()?;
                annals_sql::around(&centres, *hops).map_err(unsupported)
            }
        }
    }
}

fn unsupported(Unsupported(what): Unsupported) -> StoreError {
    StoreError::Question(format!(
        "{what} cannot be asked in SQL; ask `annals` itself"
    ))
}

/// The same without facts: what the question names are ids.
///
/// # Errors
/// If SQL cannot tell what is asked.
pub fn sql_of_ids(question: &SqlQuestion, query: &Query) -> Result<String, StoreError> {
    if let SqlQuestion::Around(centres, hops) = question {
        return annals_sql::around(centres, *hops).map_err(unsupported);
    }
    let conditions = Conditions::of_ids(query).map_err(|what| {
        StoreError::Question(format!(
            "{what} cannot be asked in SQL of ids alone; name the facts, or ask `annals` itself"
        ))
    })?;
    match question {
        SqlQuestion::Said => Ok(annals_sql::said(&conditions)),
        _ => annals_sql::timeline(&conditions).map_err(unsupported),
    }
}
