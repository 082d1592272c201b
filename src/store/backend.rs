//! The backends of a store: files, or a snapshot that is only read as far as a question needs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::data::Data;
use super::error::StoreError;
use super::findings::Findings;
use super::fingerprint::{self, Fingerprint, Stamp};
#[cfg(feature = "snapshot")]
use super::notes;
use annals_config::Config;
use annals_load::{LoadResult, Request, Source, load_again, load_with};
use annals_query::Query;
use annals_query::positions::PositionFilter;
#[cfg(feature = "snapshot")]
use annals_time::Day;

/// The facts that a question needs.
#[cfg_attr(
    not(feature = "snapshot"),
    expect(dead_code, reason = "files are read whole, whatever is needed")
)]
#[derive(Debug, Clone, Copy)]
pub(crate) enum Need<'q> {
    /// All of them.
    All,
    /// None of them, only what is known of all.
    Nothing,
    /// The claims that a query can match, and the records they refer to.
    Claims(&'q Query),
    /// What has the words of a query.
    Found {
        query: &'q Query,
        /// Only if it is plain that few have them.
        few: bool,
    },
    /// The claims that determine positions.
    Stances {
        query: &'q Query,
        /// Which positions are wanted.
        kept: PositionFilter,
        /// Whether the text of the claims is part of the answer.
        text: bool,
    },
    /// The claims of the acts that a query names, and what fulfils, breaks or answers them.
    Promises(&'q Query),
    /// The records within some edges of some nodes.
    Neighbourhood {
        query: &'q Query,
        centres: &'q [String],
        hops: usize,
    },
    /// A record, and what refers to it.
    Near {
        name: &'q str,
        /// Also all that was said by it, to it, of it and at it.
        with_claims: bool,
    },
    /// The shortest chains between two nodes.
    Path {
        query: &'q Query,
        ends: [&'q str; 2],
    },
    /// Everything that can lie in the window of a query.
    Window(&'q Query),
}

/// What of a network is wanted.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "snapshot"),
    expect(dead_code, reason = "files are read whole, whatever is wanted")
)]
pub(crate) enum NetworkPart<'e> {
    /// Its nodes and weights.
    Weights,
    /// What two speakers say, with the claims behind their weight.
    Behind([&'e str; 2]),
    /// All, with all claims.
    All,
}

/// The facts read for a question.
pub(crate) struct Scan {
    pub(crate) data: Arc<Data>,
    pub(crate) exactness: Exactness,
}

/// Whether an answer from these facts is exact.
#[cfg_attr(
    not(feature = "snapshot"),
    expect(dead_code, reason = "files are read whole, which is exact")
)]
pub(crate) enum Exactness {
    /// Everything that the question needs was read.
    Exact,
    /// A chain of this many edges is the answer; without one, the scan was not sufficient.
    IfPathHas(usize),
    /// All necessary records were read, but dates must be narrowed with the dates computed from all
    /// facts.
    #[cfg(feature = "snapshot")]
    WithNarrowed(annals_snapshot::Narrowed),
}

/// Some records of a list: the facts, their ids, and how many come before them.
#[cfg(feature = "snapshot")]
pub(crate) type ListedData = (Arc<Data>, std::collections::BTreeSet<String>, usize);

/// All facts, and the state of their files before they were read.
#[derive(Debug)]
struct Read {
    before: Fingerprint,
    texts: Vec<(PathBuf, Stamp)>,
    data: Result<Arc<Data>, StoreError>,
}

/// The facts as they would be after some files were written, and the state of the files when this was read.
#[derive(Debug, Clone)]
pub(crate) struct Foreseen {
    pub(crate) data: Arc<Data>,
    files: Fingerprint,
    texts: Vec<(PathBuf, Stamp)>,
}

/// What a store had read before its files changed.
#[derive(Debug)]
pub(crate) struct Before {
    files: Fingerprint,
    data: Arc<Data>,
}

impl Read {
    /// What was loaded, usable or not.
    fn loaded(&self) -> Option<&Arc<Data>> {
        match &self.data {
            Ok(data) => Some(data),
            Err(StoreError::Facts(findings)) => Some(findings.data()),
            Err(_) => None,
        }
    }
}

/// The facts of a store, read and cached when a question first needs them.
#[derive(Debug)]
pub(crate) struct Backend {
    pub(crate) request: Request,
    pub(crate) config: Arc<Config>,
    /// The file of the configuration, if one was named.
    pub(crate) config_file: Option<PathBuf>,
    /// The paths as they were named.
    pub(crate) named: Vec<PathBuf>,
    /// The manifests of the snapshots when it was opened.
    opened: Vec<(PathBuf, Stamp)>,
    all: OnceLock<Read>,
    /// What the store had read before it was reloaded, until the facts are read again.
    before: Mutex<Option<Before>>,
    /// The snapshot, if the facts are a single snapshot and nothing else.
    #[cfg(feature = "snapshot")]
    pub(crate) snapshot: Option<annals_snapshot::Snapshot>,
}

impl Backend {
    pub(crate) fn new(
        request: Request,
        config: Config,
        config_file: Option<PathBuf>,
        named: Vec<PathBuf>,
        before: Option<Before>,
        #[cfg(feature = "snapshot")] snapshot: Option<annals_snapshot::Snapshot>,
    ) -> Self {
        Backend {
            request,
            config: Arc::new(config),
            config_file,
            opened: fingerprint::manifests(&named),
            named,
            all: OnceLock::new(),
            before: Mutex::new(before),
            #[cfg(feature = "snapshot")]
            snapshot,
        }
    }

    /// All facts.
    pub(crate) fn all(&self) -> Result<Arc<Data>, StoreError> {
        let read = self.all.get_or_init(|| {
            let before = self.fingerprint();
            let data = Data::new(self.load(&before), Arc::clone(&self.config));
            Read {
                before,
                texts: fingerprint::texts(data.facts()),
                data: usable(Arc::new(data)),
            }
        });
        read.data.clone()
    }

    /// The fact files and the configuration as they are now.
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new(&self.request, self.config_text())
    }

    /// The text of the configuration as it is now, unless it is in a snapshot.
    pub(crate) fn config_text(&self) -> Option<String> {
        if let Some(file) = &self.config_file {
            return Config::text_at(file);
        }
        let first = self.named.first()?;
        let is_stdin = first.as_os_str() == "-";
        Config::text_of(if is_stdin { Path::new(".") } else { first })
    }

    /// All facts, if they have been read.
    pub(crate) fn read_data(&self) -> Option<Arc<Data>> {
        self.all.get()?.data.clone().ok()
    }

    /// Whether files have changed since they were read.
    pub(crate) fn has_changed(&self) -> bool {
        if fingerprint::manifests(&self.named) != self.opened {
            return true;
        }
        let Some(read) = self.all.get() else {
            return false;
        };
        let Some(data) = read.loaded() else {
            return true;
        };
        self.fingerprint() != read.before || fingerprint::texts(data.facts()) != read.texts
    }

    /// What has been read so far, for a store that reads the same files after a change.
    pub(crate) fn as_before(&self) -> Option<Before> {
        let read = self.all.get()?;
        let data = Arc::clone(read.loaded()?);
        let files = read.before.clone();
        Some(Before { files, data })
    }

    pub(crate) fn has_stdin(&self) -> bool {
        let mut sources = self.request.facts.iter();
        sources.any(|source| matches!(source, Source::Stdin))
    }

    /// Reads all facts, even if some of the files are unusable; of a reloaded store, only the files
    /// that have changed, as far as the others were kept.
    fn load(&self, now: &Fingerprint) -> LoadResult {
        let before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let before = { before }.take();
        let own_words = &self.config.own_words;
        let before = before.filter(|before| before.data.config.own_words == *own_words);
        #[allow(unused_mut, reason = "a snapshot knows more of itself")]
        let mut loaded = match before {
            None => load_with(&self.request, own_words),
            Some(before) => load_again(
                &self.request,
                own_words,
                &before.data.loaded.earlier,
                &|path| now.has_as(&before.files, path),
            ),
        };
        #[cfg(feature = "snapshot")]
        if !loaded.stopped {
            loaded.whole = self.summary();
        }
        loaded
    }

    /// What would be read with other bytes for some files; of the others, those that are unchanged are not
    /// read again, as far as they were kept.
    pub(crate) fn load_instead(&self, data: &Data, instead: &[(PathBuf, Vec<u8>)]) -> Foreseen {
        let now = self.fingerprint();
        let is_unchanged = |path: &std::path::Path| {
            let read = self.all.get();
            read.is_some_and(|read| now.has_as(&read.before, path))
        };
        let loaded = annals_load::load_instead(
            &self.request,
            &self.config.own_words,
            &data.loaded.earlier,
            &is_unchanged,
            instead,
        );
        let data = Data::new(loaded, Arc::clone(&self.config));
        Foreseen {
            files: now,
            texts: fingerprint::texts(data.facts()),
            data: Arc::new(data),
        }
    }

    /// The same files after some of them were written with what was foreseen; `None` if the configuration has
    /// changed meanwhile.
    pub(crate) fn after_writing(&self, foreseen: Foreseen, written: &[PathBuf]) -> Option<Backend> {
        let (files, known) = (foreseen.files, &self.all.get()?.before);
        let read = Read {
            before: files.after_writing(written, known)?,
            texts: foreseen.texts,
            data: usable(foreseen.data),
        };
        let all = OnceLock::new();
        let _ = all.set(read);
        Some(Backend {
            request: self.request.clone(),
            config: Arc::clone(&self.config),
            opened: self.opened.clone(),
            config_file: self.config_file.clone(),
            named: self.named.clone(),
            all,
            before: Mutex::new(None),
            #[cfg(feature = "snapshot")]
            snapshot: None,
        })
    }

    /// Reads at least what a question needs.
    pub(crate) fn scan(&self, need: Need<'_>) -> Result<Scan, StoreError> {
        #[cfg(feature = "snapshot")]
        if let Some(scan) = self.scan_part(need)? {
            return Ok(scan);
        }
        let _ = need;
        self.scan_all()
    }

    /// The snapshot, as long as it has not been read and what it says of itself holds.
    #[cfg(feature = "snapshot")]
    pub(crate) fn unread_snapshot(&self) -> Option<&annals_snapshot::Snapshot> {
        let snapshot = self.snapshot.as_ref();
        snapshot.filter(|_| self.all.get().is_none() && self.summary().is_some())
    }

    /// Reads everything.
    pub(crate) fn scan_all(&self) -> Result<Scan, StoreError> {
        Ok(Scan {
            data: self.all()?,
            exactness: Exactness::Exact,
        })
    }

    /// How far the facts of the snapshot reach, as it was noted when it was built.
    #[cfg(feature = "snapshot")]
    pub(crate) fn noted_reach(&self) -> Option<Day> {
        Day::from_number(self.snapshot.as_ref()?.counts()?.reach?)
    }

    /// The summary of the snapshot, as long as no text is added to it.
    #[cfg(feature = "snapshot")]
    fn summary(&self) -> Option<annals_load::SnapshotSummary> {
        let snapshot = self.snapshot.as_ref()?;
        let counts = snapshot.counts()?;
        (self.request.texts.is_empty() || !counts.text_missing).then(|| {
            annals_load::SnapshotSummary {
                counts: annals_finding::write::Counts {
                    errors: counts.errors,
                    warnings: counts.warnings,
                    // Answers do not report remarks.
                    infos: 0,
                },
                records: snapshot.records(),
                retracted: counts.retracted,
                unverified: counts.unverified.clone(),
            }
        })
    }

    /// What a question needs from a snapshot; `None` if it needs everything.
    #[cfg(feature = "snapshot")]
    fn scan_snapshot(&self, need: Need<'_>) -> Result<Option<Scan>, StoreError> {
        let Some((snapshot, summary)) = self.snapshot.as_ref().zip(self.summary()) else {
            return Ok(None);
        };
        let own_words = &self.config.own_words;
        let exact = |loaded| (loaded, Exactness::Exact);
        let found = match need {
            Need::All => None,
            Need::Nothing => annals_snapshot::nothing_of(snapshot, own_words, summary)?.map(exact),
            Need::Claims(query) => {
                annals_snapshot::claims_of(snapshot, query, own_words, summary)?.map(exact)
            }
            Need::Found { query, few } => {
                annals_snapshot::found(snapshot, query, own_words, summary, few)?.map(exact)
            }
            Need::Stances { query, kept, text } => {
                annals_snapshot::stances(snapshot, query, kept, text, own_words, summary)?
                    .map(exact)
            }
            Need::Promises(query) => {
                annals_snapshot::promises(snapshot, query, own_words, summary)?.map(exact)
            }
            Need::Neighbourhood {
                query,
                centres,
                hops,
            } => annals_snapshot::around(snapshot, query, centres, hops, own_words, summary)?
                .map(exact),
            Need::Near { name, with_claims } => {
                annals_snapshot::one_record(snapshot, name, with_claims, own_words, summary)?
                    .map(exact)
            }
            Need::Path { query, ends } => {
                annals_snapshot::between(snapshot, query, ends, own_words, summary)?
                    .map(|(loaded, edges)| (loaded, Exactness::IfPathHas(edges)))
            }
            Need::Window(query) => annals_snapshot::within(snapshot, query, own_words, summary)?
                .map(|(loaded, narrowed)| (loaded, Exactness::WithNarrowed(narrowed))),
        };
        // Errors are reported after reading everything.
        let found = found.filter(|(loaded, _)| !loaded.stopped);
        Ok(found.map(|(loaded, exactness)| Scan {
            data: self.data_of(snapshot, loaded),
            exactness,
        }))
    }

    /// Some of the facts of a snapshot.
    #[cfg(feature = "snapshot")]
    fn data_of(&self, snapshot: &annals_snapshot::Snapshot, loaded: LoadResult) -> Arc<Data> {
        let unread = snapshot.counts().map(|counts| counts.unread.iter());
        let unread = unread.into_iter().flatten();
        let in_part = notes::in_part_of(unread.map(|(name, count)| (name.as_str(), *count)));
        Arc::new(Data::new(loaded, Arc::clone(&self.config)).with_in_part(in_part))
    }

    /// Some records of a list, read, with the ids of those that are among the places or share a day with one;
    /// and how many come before those.
    #[cfg(feature = "snapshot")]
    pub(crate) fn listed_part(
        &self,
        listed: &annals_snapshot::Listed,
        places: std::ops::Range<usize>,
    ) -> Result<Option<ListedData>, StoreError> {
        let Some((snapshot, summary)) = self.snapshot.as_ref().zip(self.summary()) else {
            return Ok(None);
        };
        let part = listed.part(snapshot, places, &self.config.own_words, summary)?;
        let part = part.filter(|part| !part.loaded.stopped);
        Ok(part.map(|part| (self.data_of(snapshot, part.loaded), part.ids, part.before)))
    }

    /// What has the words of a query, if a snapshot can tell it without making records of its rows.
    #[cfg(feature = "snapshot")]
    pub(crate) fn found_rows(
        &self,
        query: &Query,
    ) -> Result<Option<(Arc<Data>, annals_snapshot::FoundRows)>, StoreError> {
        let Some((snapshot, summary)) = self.snapshot.as_ref().zip(self.summary()) else {
            return Ok(None);
        };
        if self.all.get().is_some() {
            return Ok(None);
        }
        let own_words = &self.config.own_words;
        let found = annals_snapshot::found_rows(snapshot, query, own_words, summary)?;
        Ok(found.map(|(rows, loaded)| (self.data_of(snapshot, loaded), rows)))
    }

    /// What was promised and what became of it, if a snapshot can tell it without making records of its rows.
    #[cfg(feature = "snapshot")]
    pub(crate) fn promise_rows(
        &self,
        query: &Query,
        states: &[annals_query::promises::PromiseState],
        day: Day,
    ) -> Result<Option<(Arc<Data>, annals_snapshot::PromiseRows)>, StoreError> {
        let Some((snapshot, summary)) = self.unread_snapshot().zip(self.summary()) else {
            return Ok(None);
        };
        let own_words = &self.config.own_words;
        let found =
            annals_snapshot::promise_rows(snapshot, query, states, Some(day), own_words, summary)?;
        Ok(found.map(|(rows, loaded)| (self.data_of(snapshot, loaded), rows)))
    }

    /// A network, or a part of it, if a snapshot can tell it without making records of its claims.
    #[cfg(feature = "snapshot")]
    pub(crate) fn network(
        &self,
        query: &Query,
        asked: &annals_query::network::NetworkAsked,
        part: NetworkPart<'_>,
    ) -> Result<Option<(Arc<Data>, annals_query::network::Made)>, StoreError> {
        let Some((snapshot, summary)) = self.snapshot.as_ref().zip(self.summary()) else {
            return Ok(None);
        };
        if self.all.get().is_some() {
            return Ok(None);
        }
        let own_words = &self.config.own_words;
        let made = match part {
            NetworkPart::Weights => {
                annals_snapshot::network_of(snapshot, query, asked, own_words, summary)?
            }
            NetworkPart::Behind(ends) => {
                annals_snapshot::network_behind(snapshot, query, asked, ends, own_words, summary)?
            }
            NetworkPart::All => None,
        };
        // Errors are reported after reading everything.
        let made = made.filter(|(loaded, _)| !loaded.stopped);
        Ok(made.map(|(loaded, made)| (self.data_of(snapshot, loaded), made)))
    }

    /// The first so many of what has the words of a query, and one more if there are more, if a snapshot can
    /// tell them without looking through all.
    #[cfg(feature = "snapshot")]
    pub(crate) fn found_first(
        &self,
        query: &Query,
        most: usize,
    ) -> Result<Option<(Arc<Data>, annals_snapshot::FoundRows)>, StoreError> {
        let Some((snapshot, summary)) = self.unread_snapshot().zip(self.summary()) else {
            return Ok(None);
        };
        let own_words = &self.config.own_words;
        let found = annals_snapshot::found_first(snapshot, query, own_words, summary, most)?;
        Ok(found.map(|(rows, loaded)| (self.data_of(snapshot, loaded), rows)))
    }

    /// What a question needs, if a snapshot gives that without reading everything.
    #[cfg(feature = "snapshot")]
    pub(crate) fn scan_part(&self, need: Need<'_>) -> Result<Option<Scan>, StoreError> {
        if self.all.get().is_some() {
            return Ok(None);
        }
        self.scan_snapshot(need)
    }
}

/// Rejects facts with a file of which nothing could be read.
pub(crate) fn usable(data: Arc<Data>) -> Result<Arc<Data>, StoreError> {
    if data.loaded.stopped {
        let findings = data.loaded.findings.clone();
        return Err(StoreError::Facts(Findings::new(data, findings)));
    }
    Ok(data)
}
