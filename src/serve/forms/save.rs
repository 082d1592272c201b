//! Writing what a form says.

use annals_store::edits::Applied;
use annals_store::{Change, Plan, PlanEffects, Refusal, Store};

use crate::asking::Asking;

/// How often a plan is made anew when a file changed in between.
const TRIES: usize = 5;

/// Why nothing was written.
pub(crate) enum NotSaved {
    /// The change cannot be written.
    Refused(Refusal),
    /// It would add errors, and nobody said that this is meant.
    Errors(Box<PlanEffects>),
}

impl From<Refusal> for NotSaved {
    fn from(refusal: Refusal) -> Self {
        NotSaved::Refused(refusal)
    }
}

/// Makes a plan and writes it; the dossier is read again. `allows` says that new errors are meant. Returns
/// what was planned, and its entry in the journal.
///
/// # Errors
/// If nothing was written.
pub(crate) fn save(
    asking: &Asking<'_>,
    allows: bool,
    plan: impl Fn(&Store) -> Result<Plan, Refusal>,
) -> Result<(Plan, Applied), NotSaved> {
    let mut store = asking.site.dossier().store.clone();
    for _ in 0..TRIES {
        let planned = plan(&store)?;
        let effects = store.effects(&planned)?;
        if !allows && effects.has_errors() {
            return Err(NotSaved::Errors(Box::new(effects)));
        }
        match store.apply_foreseen(&planned, effects) {
            Ok((applied, after)) => {
                asking.site.put_written(after);
                return Ok((planned, applied));
            }
            // Somebody else has written: what is there now is read.
            Err(Refusal::Changed { .. }) => {
                asking.site.look_again();
                store = asking.site.dossier().store.clone();
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let why = "the files keep changing; nothing was written".to_owned();
    Err(Refusal::Asked(why).into())
}

/// Keeps new records as drafts of the explorer's, which count for nothing.
///
/// # Errors
/// If they cannot be written.
pub(crate) fn keep_as_drafts(store: &Store, changes: &[Change]) -> Result<(), Refusal> {
    let added = changes.iter().filter_map(|change| match change {
        Change::Add { kind, fields, .. } => Some((*kind, fields.clone())),
        _ => None,
    });
    let records: Vec<_> = added.collect();
    store
        .add_drafts("explorer", "explorer", None, &records)
        .map(|_| ())
}
