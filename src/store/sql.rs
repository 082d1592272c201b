//! Questions as SQL.

use std::path::Path;

use super::backend::Need;
use super::data::Data;
use super::{Store, StoreError};
use annals_model::ClaimId;
use annals_query::count::Dimension;
use annals_query::network::{Filter, NetworkAsked};
use annals_query::positions::PositionFilter;
use annals_query::selection::{Conditions, SameAs};
use annals_query::{Query, ResolvedQuery, look_up};
use annals_sql::{Dialect, Unsupported};
use annals_time::Certainty;

/// A question that can be asked as SQL.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlQuestion {
    /// Who said what.
    Said,
    /// How many claims there are by some properties.
    Count(Vec<Dimension>),
    /// What there is.
    Overview,
    /// What happened, was said, held and was published.
    Timeline,
    /// Where each speaker stood on each thing.
    Positions(PositionFilter),
    /// What was stated to contradict something, and what contradicts it within one speaker.
    Contradictions,
    /// Who agrees with whom.
    Network(Box<(NetworkAsked, Filter)>),
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

/// A text as a literal that means the same to every engine.
pub fn sql_text(text: &str) -> String {
    annals_sql::text(text)
}

impl Store {
    /// A question as SQL over the views of a snapshot of these facts, in which names are looked up.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, SQL cannot tell what is asked, or the facts cannot be read.
    pub fn sql(&self, question: &SqlQuestion, query: &Query) -> Result<String, StoreError> {
        let query = self.viewed(query);
        let need = match question {
            SqlQuestion::Around(centres, _) => Need::Neighbourhood {
                query: &query,
                centres,
                hops: 0,
            },
            SqlQuestion::Network(_) => Need::Claims(&query),
            _ if names_nothing(&query) => Need::Nothing,
            _ => Need::Claims(&query),
        };
        let scan = self.backend.scan(need)?;
        let facts = scan.data.facts();
        let resolved = query.resolve(facts)?;
        match question {
            SqlQuestion::Around(centres, hops) => {
                if query != self.viewed(&Query::new()) {
                    return Err(unsupported(Unsupported(
                        "a selection of what lies around something",
                    )));
                }
                let id = |word: &String| {
                    let found = look_up(facts, word, super::THINGS)?;
                    Ok::<_, StoreError>(facts.id(found).to_owned())
                };
                let centres = centres.iter().map(id).collect::<Result<Vec<_>, _>>()?;
                annals_sql::around(&centres, *hops).map_err(unsupported)
            }
            _ => {
                if let SqlQuestion::Network(_) = question {
                    is_exact(&scan.data, &resolved).map_err(unsupported)?;
                }
                let conditions = resolved.conditions(facts);
                let conditions = conditions.map_err(|what| unsupported(Unsupported(what)))?;
                of_conditions(question, &conditions).map_err(unsupported)
            }
        }
    }
}

/// Whether a query can be put into SQL without a look at the facts: it names no record and no tag.
fn names_nothing(query: &Query) -> bool {
    let named = [
        &query.by,
        &query.to,
        &query.about,
        &query.via,
        &query.at,
        &query.in_document,
        &query.before,
        &query.after,
        &query.tag,
    ];
    named.iter().all(|words| words.is_empty())
        && query.rollup.is_none()
        && query.identity == SameAs::None
}

/// A question about what some conditions select.
fn of_conditions(question: &SqlQuestion, asked: &Conditions) -> Result<String, Unsupported> {
    match question {
        SqlQuestion::Said => Ok(annals_sql::said(asked)),
        SqlQuestion::Count(per) => annals_sql::count(asked, per),
        SqlQuestion::Overview => annals_sql::overview(asked),
        SqlQuestion::Timeline => annals_sql::timeline(asked),
        SqlQuestion::Positions(kept) => annals_sql::positions(asked, *kept),
        SqlQuestion::Contradictions => annals_sql::contradictions(asked),
        SqlQuestion::Network(network) => annals_sql::network(asked, &network.0, network.1),
        SqlQuestion::Around(centres, hops) => annals_sql::around(centres, *hops),
    }
}

/// Whether all claims of a network certainly count, in a window each on a known day: only then each of its
/// weights is one number.
fn is_exact(data: &Data, selection: &ResolvedQuery) -> Result<(), Unsupported> {
    let facts = data.facts();
    let window = selection.window();
    let is_endless = window.from.is_none() && window.until.is_none();
    let is_on_a_day = |claim: ClaimId| {
        let said = facts[claim].said.map(|said| facts.date(said).extent());
        said.is_some_and(|said| said.earliest_start() == said.latest_end())
    };
    let found = selection
        .unlimited()
        .found(&data.dossier(&selection.validity));
    let counts = |(claim, certainty): &(ClaimId, Certainty)| {
        certainty.is_certain() && (is_endless || is_on_a_day(*claim))
    };
    if found.iter().all(counts) {
        Ok(())
    } else {
        Err(Unsupported(
            "a network of claims that only possibly match or whose day is not known (its weights are a least and a most)",
        ))
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
    let conditions = Conditions::of_ids(query).map_err(|what| {
        StoreError::Question(format!(
            "{what} cannot be asked in SQL of ids alone; name the facts, or ask `annals` itself"
        ))
    })?;
    of_conditions(question, &conditions).map_err(unsupported)
}
