//! `annals.toml`: the settings of a dossier.
//!
//! ```
//! use annals_config::Config;
//!
//! let text = "[check]\nignore = [\"AN321\"]\nseverity = { weekday = \"warning\" }\n";
//! let config = Config::read(text, std::path::Path::new("annals.toml"))?;
//! assert!(config.policy.ignored.contains("AN321"));
//! # Ok::<(), annals_config::ConfigError>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use annals_check::{Policy, Thresholds, codes};
use annals_finding::Severity;
use annals_model::OwnWords;

/// The most bytes of it that are read.
const LARGEST: u64 = 16 << 20;

/// The name of the file.
pub const FILE: &str = "annals.toml";

/// The settings of a dossier.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// How to treat findings.
    pub policy: Policy,
    /// Folders that contain texts.
    pub texts: Vec<PathBuf>,
    /// The kinds of relation that roll up unless others are requested; `None` for the usual three.
    pub rolls_up: Option<Vec<String>>,
    /// Kinds of actor and acts in addition to the built-in ones.
    pub own_words: OwnWords,
    /// How the explorer shows it.
    pub serve: ServeConfig,
}

/// How the explorer shows a dossier, and which of its files are written: `[serve]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServeConfig {
    /// What the dossier is called, instead of its folder.
    pub title: Option<String>,
    /// Whether keys of one letter work until the reader turns them off; they do if nothing is said.
    pub keys: Option<bool>,
    /// The file to which new records go that nothing else gives a place.
    pub write: Option<PathBuf>,
    /// Files that are never written, such as those that an import renews.
    pub leave: Vec<PathBuf>,
    /// Whether a save writes the day on which a record was entered; not if nothing is said.
    pub recorded: Option<bool>,
}

impl ServeConfig {
    /// The same with its paths, which are relative to this folder, as paths from here.
    fn within(self, folder: &Path) -> Self {
        let within = |path: PathBuf| folder.join(path);
        ServeConfig {
            write: self.write.map(within),
            leave: self.leave.into_iter().map(within).collect(),
            ..self
        }
    }
}

/// A file that cannot be read as a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Which file.
    pub file: PathBuf,
    /// Line and column, from 1, where they are known.
    pub at: Option<(usize, usize)>,
    /// The problem.
    pub reason: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", annals_finding::shown_path(&self.file))?;
        if let Some((line, column)) = self.at {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for ConfigError {}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    check: WrittenCheck,
    dates: WrittenDates,
    serve: ServeConfig,
    texts: WrittenTexts,
    vocabulary: WrittenVocabulary,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenCheck {
    ignore: Vec<toml::Spanned<String>>,
    severity: BTreeMap<toml::Spanned<String>, toml::Spanned<String>>,
    oldest: Option<u32>,
    travel_speed: Option<u32>,
    single_holder: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenDates {
    slack: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenTexts {
    folders: Vec<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenVocabulary {
    actor_kinds: Vec<String>,
    acts: Vec<String>,
    relation_kinds: Vec<String>,
    rolls_up: Option<Vec<String>>,
}

/// Whether a folder has something of this name, even if it cannot be read: that is an error then,
/// since nobody's settings are ignored silently.
fn is_there(file: &Path) -> bool {
    file.symlink_metadata().is_ok()
}

impl Config {
    /// The configuration in or above a folder (or the folder of a file); the default if there is
    /// none.
    ///
    /// # Errors
    /// If one exists but cannot be read.
    pub fn find(start: &Path) -> Result<Config, ConfigError> {
        let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
        for folder in start.ancestors() {
            let file = folder.join(FILE);
            if !is_there(&file) {
                continue;
            }
            return Config::at(&file);
        }
        Ok(Config::default())
    }

    /// The configuration in a file, whatever it is called.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn at(file: &Path) -> Result<Config, ConfigError> {
        let text = annals_files::read_text(file, LARGEST).map_err(|error| ConfigError {
            file: file.to_owned(),
            at: None,
            reason: annals_files::words_of(&error),
        })?;
        Config::read(&text, file)
    }

    /// The text of the configuration that [`Config::find`] reads; `None` if there is none.
    pub fn text_of(start: &Path) -> Option<String> {
        let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
        let files = start.ancestors().map(|folder| folder.join(FILE));
        let file = files.into_iter().find(|file| is_there(file))?;
        Config::text_at(&file)
    }

    /// The text of the configuration that [`Config::at`] reads; `None` if it cannot be read.
    pub fn text_at(file: &Path) -> Option<String> {
        annals_files::read_text(file, LARGEST).ok()
    }

    /// Parses a configuration; `file` is its path, to which folders in it are relative.
    ///
    /// # Errors
    /// If it is not TOML, or has unknown tables, keys, codes or words.
    pub fn read(text: &str, file: &Path) -> Result<Config, ConfigError> {
        let error = |at: Option<Range<usize>>, reason: String| ConfigError {
            file: file.to_owned(),
            at: at.map(|range| line_and_column(text, range.start)),
            reason,
        };
        let written: Written = toml::from_str(text)
            .map_err(|wrong| error(wrong.span(), wrong.message().to_owned()))?;
        let mut policy = Policy::default();
        for code in &written.check.ignore {
            known(code.get_ref()).map_err(|reason| error(Some(code.span()), reason))?;
            policy.ignored.insert(code.get_ref().clone());
        }
        for (code, word) in &written.check.severity {
            known(code.get_ref()).map_err(|reason| error(Some(code.span()), reason))?;
            let severity = severity(word.get_ref()).ok_or_else(|| {
                let reason = format!("\"{}\" is neither error, warning nor info", word.get_ref());
                error(Some(word.span()), reason)
            })?;
            policy.severities.insert(code.get_ref().clone(), severity);
        }
        let usual = Thresholds::default();
        let lower = |roles: Vec<String>| roles.iter().map(|role| role.to_lowercase()).collect();
        policy.thresholds = Thresholds {
            slack: written.dates.slack.unwrap_or(usual.slack),
            oldest: written.check.oldest.unwrap_or(usual.oldest),
            travel_speed: written.check.travel_speed.unwrap_or(usual.travel_speed),
            single_holder: (written.check.single_holder).map_or(usual.single_holder, lower),
            relation_kinds: written.vocabulary.relation_kinds,
        };
        let folder = file.parent().unwrap_or(Path::new("."));
        Ok(Config {
            policy,
            texts: written
                .texts
                .folders
                .iter()
                .map(|one| folder.join(one))
                .collect(),
            rolls_up: written.vocabulary.rolls_up,
            own_words: OwnWords {
                actor_kinds: written.vocabulary.actor_kinds,
                acts: written.vocabulary.acts,
            },
            serve: written.serve.within(folder),
        })
    }
}

fn known(code: &str) -> Result<(), String> {
    if codes().any(|one| one.code == code || one.name == code) {
        return Ok(());
    }
    Err(format!(
        "there is no code \"{code}\"; `annals explain` lists all codes"
    ))
}

fn severity(word: &str) -> Option<Severity> {
    let all = [Severity::Error, Severity::Warning, Severity::Info];
    all.into_iter().find(|severity| severity.word() == word)
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        let error = Config::read(text, Path::new("annals.toml")).unwrap_err();
        error.to_string()
    }

    #[test]
    fn faults_are_placed() {
        assert_eq!(
            wrong("[check]\nignore = [\"AN999\"]\n"),
            "annals.toml:2:11: there is no code \"AN999\"; `annals explain` lists all codes"
        );
        assert_eq!(
            wrong("[check]\nseverity = { weekday = \"fatal\" }\n"),
            "annals.toml:2:24: \"fatal\" is neither error, warning nor info"
        );
        assert!(wrong("[chek]\n").starts_with("annals.toml:1:2: unknown field `chek`"));
        assert!(wrong("[check\n").starts_with("annals.toml:1:"));
    }

    #[test]
    fn all_of_it_is_read() {
        let text = "
            [check]
            ignore = [\"about-nothing\"]
            severity = { AN311 = \"warning\" }
            oldest = 110
            travel_speed = 60
            single_holder = [\"Doge\"]
            [dates]
            slack = 2
            [texts]
            folders = [\"texts\"]
            [vocabulary]
            actor_kinds = [\"party\"]
            acts = [\"swears\"]
            relation_kinds = [\"mentors\"]
            rolls_up = [\"mentors\"]
            [serve]
            write = \"facts.yaml\"
            leave = [\"checks.yaml\"]
        ";
        let config = Config::read(text, Path::new("dossier/annals.toml")).unwrap();
        let thresholds = &config.policy.thresholds;
        assert_eq!((thresholds.oldest, thresholds.slack), (110, 2));
        assert_eq!(thresholds.travel_speed, 60);
        assert_eq!(thresholds.single_holder, ["doge"]);
        assert_eq!(thresholds.relation_kinds, ["mentors"]);
        assert_eq!(config.own_words.actor_kinds, ["party"]);
        assert_eq!(config.own_words.acts, ["swears"]);
        assert_eq!(config.texts, [Path::new("dossier/texts")]);
        assert_eq!(config.rolls_up, Some(vec!["mentors".to_owned()]));
        assert_eq!(
            config.serve.write.as_deref(),
            Some(Path::new("dossier/facts.yaml"))
        );
        assert_eq!(config.serve.leave, [Path::new("dossier/checks.yaml")]);
        assert_eq!(config.policy.severities["AN311"], Severity::Warning);
    }
}
