//! What all requests share: the dossier as it is now, the lock of the door, the command line.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, TryLockError};

use annals_model::RecordKind;
use annals_store::rows::{ByRow, OverviewRow};
use annals_store::{Counts, Dimension, Query, Size, Store, StoreError};
use annals_time::Day;

use super::door::checks::Names;
use super::door::lock::Lock;
use super::forms::Judged;
use super::patience::Patience;
use super::respond::{GOES_ON, PATIENCE};
use super::{CommandOption, Commands, Settings};

/// What all requests share.
pub(crate) struct Site {
    pub(crate) settings: Settings,
    pub(crate) port: u16,
    pub(crate) names: Names,
    pub(crate) lock: Lock,
    pub(crate) commands: Box<dyn Commands>,
    /// The options of each command, read once.
    options: Mutex<BTreeMap<&'static str, Arc<[CommandOption]>>>,
    /// Makes pages, each in its time.
    pub(crate) patience: Patience,
    dossier: RwLock<Arc<Dossier>>,
    /// One form is written at a time.
    pub(crate) writing: Mutex<()>,
    /// The drafts that were judged since the start, for undoing.
    pub(crate) judged: Mutex<Vec<Judged>>,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// The dossier at one time: it never changes; a changed one takes its place.
pub(crate) struct Dossier {
    pub(crate) store: Store,
    /// Which of all dossiers of this server it is.
    pub(crate) version: u64,
    /// Why its files could not be read again, if they could not.
    pub(crate) stale: Option<String>,
    overview: OnceLock<Option<OverviewRow>>,
    size: OnceLock<Option<Size>>,
    days: OnceLock<Vec<Day>>,
    /// How many claims there are of each value of a property, of all claims: of a large snapshot.
    counts: [OnceLock<Vec<Counted>>; COUNTED.len()],
}

/// A value of a property: its id, its name, and how many claims have it.
pub(crate) type Counted = (String, String, usize);

/// The properties by which all claims are counted.
pub(crate) const COUNTED: [Dimension; 7] = [
    Dimension::Speaker,
    Dimension::To,
    Dimension::About,
    Dimension::Stance,
    Dimension::Act,
    Dimension::Document,
    Dimension::Tag,
];

impl Dossier {
    fn new(store: Store, version: u64) -> Dossier {
        Dossier {
            store,
            version,
            stale: None,
            overview: OnceLock::new(),
            size: OnceLock::new(),
            days: OnceLock::new(),
            counts: Default::default(),
        }
    }

    /// All claims counted by a property, the most frequent first; once for each dossier, which never
    /// changes.
    pub(crate) fn counts(&self, dimension: Dimension) -> &[Counted] {
        let place = COUNTED.iter().position(|one| *one == dimension);
        let Some(counts) = place.and_then(|place| self.counts.get(place)) else {
            return &[];
        };
        counts.get_or_init(|| {
            let counts = self.store.count(&Query::default(), &[dimension]);
            let mut values = counts.map_or_else(|_| Vec::new(), |counts| counted(&counts));
            values.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
            values
        })
    }

    /// How large it is, for every page; `None` while it cannot be read.
    pub(crate) fn size(&self) -> Option<Size> {
        let read = || self.store.size().ok();
        *self.size.get_or_init(read)
    }

    /// What is in it; `None` while it cannot be read.
    pub(crate) fn overview(&self) -> Option<&OverviewRow> {
        let read = || self.store.overview().ok().map(|answer| answer.data);
        self.overview.get_or_init(read).as_ref()
    }

    /// The days on which something came to be known; none of a snapshot that was not read whole.
    pub(crate) fn days(&self) -> &[Day] {
        if let Some(days) = self.days.get() {
            return days;
        }
        match self.store.days_of_news() {
            Some(days) => self.days.get_or_init(|| days),
            None => &[],
        }
    }
}

/// Counts as values.
pub(crate) fn counted(counts: &Counts) -> Vec<Counted> {
    let rows = counts.iter().filter_map(|row| {
        let [_, most] = row.count;
        match row.by.into_iter().next()?.1 {
            ByRow::Record(record) => Some((record.id.clone(), record.name.clone(), most)),
            ByRow::Word(word) => Some((word.clone().into_owned(), word.into_owned(), most)),
            ByRow::Nothing => None,
        }
    });
    rows.collect()
}

impl Site {
    pub(crate) fn new(
        store: Store,
        settings: Settings,
        port: u16,
        commands: Box<dyn Commands>,
    ) -> Site {
        Site {
            names: Names::new(port, settings.is_local(), &settings.hosts),
            settings,
            port,
            lock: Lock::default(),
            commands,
            options: Mutex::default(),
            patience: Patience::new(PATIENCE, GOES_ON),
            dossier: RwLock::new(Arc::new(Dossier::new(store, 0))),
            writing: Mutex::default(),
            judged: Mutex::default(),
        }
    }

    /// The dossier as it is now.
    pub(crate) fn dossier(&self) -> Arc<Dossier> {
        Arc::clone(&self.dossier.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, dossier: Dossier) {
        *self.dossier.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(dossier);
    }

    /// Whether pages have forms that change facts: snapshots are only read.
    pub(crate) fn may_write(&self) -> bool {
        let dossier = self.dossier();
        !self.settings.read_only
            && !dossier.store.has_snapshot()
            && !dossier.store.edit_scope().named.is_empty()
    }

    /// What the cookie of this server is called; another port is another server.
    pub(crate) fn cookie_name(&self) -> String {
        format!("annals-{}", self.port)
    }

    /// The options of a command.
    pub(crate) fn options(&self, command: &'static str) -> Arc<[CommandOption]> {
        let mut all = self.options.lock().unwrap_or_else(PoisonError::into_inner);
        let options = all.entry(command);
        Arc::clone(options.or_insert_with(|| self.commands.options(command).into()))
    }

    /// Reads the dossier for the first time, and says what is in it.
    pub(crate) fn begin(&self) {
        let dossier = self.dossier();
        match dossier.store.overview() {
            Ok(answer) => {
                let row = answer.data;
                let records: usize = row.counts.0.iter().map(|(_, count)| count).sum();
                let counted = |count: usize, one: &str, many: &str| match count {
                    0 => format!("no {one}"),
                    1 => format!("1 {one}"),
                    _ => format!("{count} {many}"),
                };
                let found = [
                    counted(records, "record", "records"),
                    counted(row.findings.errors, "error", "errors"),
                    counted(row.findings.warnings, "warning", "warnings"),
                ];
                self.commands.say(&found.join(", "));
                let claims = row.counts.0.iter();
                let claims = claims.filter(|(kind, _)| *kind == RecordKind::Claim);
                let claims: usize = claims.map(|(_, count)| count).sum();
                let _ = dossier.overview.set(Some(row));
                if dossier.store.has_snapshot() && claims > crate::asking::LARGE {
                    // If it is damaged, the page that needs it says so.
                    let _ = dossier.store.prepare_pages();
                    for dimension in COUNTED {
                        dossier.counts(dimension);
                    }
                }
            }
            Err(error) => self.commands.say(&error.to_string()),
        }
    }

    /// Takes the dossier as it is after a form was written. Whoever writes holds `writing`, so that nobody
    /// else puts another in between.
    pub(crate) fn put_written(&self, store: Store) {
        let version = self.dossier().version + 1;
        self.put(Dossier::new(store, version));
    }

    /// Looks at the files, as long as no form is being written: whoever writes knows what becomes of them.
    pub(crate) fn watch(&self) {
        let alone = self.writing.try_lock();
        if !matches!(alone, Err(TryLockError::WouldBlock)) {
            self.look_again();
        }
    }

    /// Reads the files again if they have changed. What cannot be read leaves the dossier as it was.
    pub(crate) fn look_again(&self) {
        let now = self.dossier();
        if now.store.is_current() {
            return;
        }
        let again = now.store.reload().and_then(|store| {
            store.len()?;
            Ok(store)
        });
        let version = now.version + 1;
        match again {
            Ok(store) => self.put(Dossier::new(store, version)),
            Err(error) => {
                let stale = Some(words_of(&error));
                if now.stale != stale {
                    let kept = Dossier::new(now.store.clone(), version);
                    self.put(Dossier { stale, ..kept });
                }
            }
        }
    }
}

/// An error of the store, in words for a page.
pub(crate) fn words_of(error: &StoreError) -> String {
    match error {
        StoreError::Facts(findings) => findings.errors().collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}
