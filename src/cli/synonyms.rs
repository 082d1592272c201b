//! The right word for what people try: commands and options that have another name here.

use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What people try as a command, and what answers it.
const COMMANDS: [(&[&str], &str); 33] = [
    (
        &[
            "search",
            "grep",
            "lookup",
            "look",
            "locate",
            "text",
            "texts",
            "word",
            "words",
            "fulltext",
            "concordance",
        ],
        "`annals find WORDS` finds words in names, claims and texts, `annals show NAME` a record",
    ),
    (
        &["list", "ls", "dir", "all"],
        "`annals said` lists claims, `annals timeline` everything that has a date",
    ),
    (
        &["query", "select", "ask", "filter", "where"],
        "`annals said` asks for claims, `annals timeline` for everything that has a date",
    ),
    (
        &[
            "claims",
            "claim",
            "quotes",
            "quote",
            "statements",
            "says",
            "say",
            "who",
            "speaker",
            "speakers",
            "told",
        ],
        "`annals said` shows who said what: --by, --to, --about",
    ),
    (
        &[
            "stats",
            "statistics",
            "counts",
            "summary",
            "summarize",
            "summarise",
            "info",
            "status",
            "report",
        ],
        "`annals overview` shows what is in a folder, `annals count --per speaker` counts claims",
    ),
    (
        &[
            "events",
            "event",
            "chronology",
            "chronicle",
            "history",
            "calendar",
            "happened",
            "what",
            "when",
        ],
        "`annals timeline` shows what happened and what was said, oldest first",
    ),
    (
        &[
            "validate", "lint", "test", "doctor", "errors", "findings", "analyze", "analyse",
        ],
        "`annals check` reports what is wrong with the facts",
    ),
    (
        &["fix", "repair", "format", "fmt", "correct"],
        "`annals check --fix` fixes spelling",
    ),
    (
        &["diff"],
        "`annals check --diff` shows what --fix would change",
    ),
    (
        &[
            "graph",
            "neighbours",
            "neighbors",
            "neighbourhood",
            "around",
            "links",
            "edges",
            "nodes",
        ],
        "`annals subgraph --around NAME` lists edges, `annals draw graph` draws them",
    ),
    (
        &[
            "plot",
            "picture",
            "chart",
            "image",
            "render",
            "visualize",
            "visualise",
            "viz",
            "svg",
            "diagram",
            "paint",
            "ladder",
        ],
        "`annals draw claims`, `timeline`, `ladder` or `graph` draws a picture: -o FILE.svg",
    ),
    (
        &["convert", "transform", "translate"],
        "`annals import FORMAT FILE` reads data of other programs, `annals export -o FILE` writes them",
    ),
    (
        &["load", "read", "ingest", "parse", "fetch"],
        "`annals import FORMAT FILE` reads data of other programs; facts are read by every command",
    ),
    (
        &["save", "dump", "write", "output"],
        "`annals export -o FILE` writes the graph",
    ),
    (
        &[
            "stance", "stances", "position", "opinions", "opinion", "opposes", "supports",
        ],
        "`annals positions` shows who stood where: --contradictions, --changes",
    ),
    (
        &["contradiction", "contradicts", "conflicts", "disagreements"],
        "`annals contradictions` shows what contradicts what, with both quotes",
    ),
    (
        &["news", "since", "whatsnew"],
        "`annals changes --from DAY` shows what came to be known since",
    ),
    (
        &["promise", "threats", "offers", "questions"],
        "`annals promises` shows what was promised, and what became of it",
    ),
    (
        &["sources", "origins", "independence", "voice"],
        "`annals voices` shows on how many independent origins a claim rests",
    ),
    (
        &["why"],
        "`annals dates --why ID` shows the facts behind a date, `annals explain CODE` a finding",
    ),
    (
        &["date", "narrow", "bounds"],
        "`annals dates` shows the narrowest dates",
    ),
    (
        &[
            "get", "view", "display", "print", "describe", "details", "detail", "open", "cat",
            "record", "inspect",
        ],
        "`annals show NAME` shows everything about one record",
    ),
    (
        &["compare", "before", "after", "allen"],
        "`annals order A B` shows how two things lie in time",
    ),
    (
        &[
            "agreement",
            "annotators",
            "iaa",
            "kappa",
            "krippendorff",
            "reliability",
        ],
        "`annals agree A B` compares two annotators of the same texts",
    ),
    (
        &["connect", "connection", "route", "between", "link"],
        "`annals path A B` shows the shortest chain of edges between two things",
    ),
    (
        &["new", "create", "start", "setup"],
        "`annals init DIR` creates a small dossier to start from",
    ),
    (
        &["compile", "index", "snapshot", "cache", "pack", "freeze"],
        "`annals build -o NAME.annals` makes a snapshot",
    ),
    (
        &["insert", "append", "annotate", "note"],
        "`annals add claim --in DOCUMENT --quote WORDS` writes a record into your files",
    ),
    (
        &["delete", "remove", "rm", "withdraw", "unsay"],
        "`annals retract ID --on DAY` takes a record back; it stays in its file, out of force",
    ),
    (
        &["edit", "update", "set"],
        "facts are files: change them in an editor, then `annals check`; `annals add` writes new records",
    ),
    (
        &["complete", "completion", "autocomplete"],
        "`annals completions SHELL` prints completions",
    ),
    (
        &["code", "codes", "rule", "rules", "error"],
        "`annals explain CODE` explains a finding, `annals explain` lists all",
    ),
    (&["version"], "`annals --version`"),
];

/// What people try as an option, each with the option that they mean, both without dashes.
pub fn options() -> impl Iterator<Item = (&'static str, &'static str)> {
    let each = OPTIONS.iter().flat_map(|(tried, option, ..)| {
        let option = option.trim_start_matches('-');
        tried.iter().map(move |one| (*one, option))
    });
    each.filter(|(_, option)| !option.contains(' '))
}

/// What people try as an option, the option that is meant, what it takes, and a command that has
/// it.
const OPTIONS: [(&[&str], &str, &str, &str); 26] = [
    (
        &[
            "speaker",
            "speakers",
            "who",
            "whom",
            "person",
            "actor",
            "author",
            "said-by",
            "by-whom",
            "speaker-id",
            "name",
        ],
        "--by",
        "ACTOR",
        "said",
    ),
    (
        &[
            "addressee",
            "audience",
            "recipient",
            "listener",
            "to-whom",
            "addressed-to",
        ],
        "--to",
        "ACTOR",
        "said",
    ),
    (
        &[
            "topic",
            "topics",
            "subject",
            "regarding",
            "concerning",
            "thing",
            "toward",
            "towards",
            "place",
            "where",
            "location",
            "concept",
        ],
        "--about",
        "THING",
        "said",
    ),
    (
        &["through", "passed-on-by", "relayed-by"],
        "--via",
        "ACTOR",
        "said",
    ),
    (&["event", "at-event", "occasion"], "--at", "EVENT", "said"),
    (
        &[
            "document",
            "documents",
            "doc",
            "source",
            "sources",
            "file",
            "report",
            "in-document",
            "publication",
        ],
        "--in",
        "DOCUMENT",
        "said",
    ),
    (
        &[
            "from-date",
            "date-from",
            "since",
            "start",
            "start-date",
            "begin",
            "begins",
            "starting",
            "min-date",
        ],
        "--from",
        "DATE",
        "said",
    ),
    (
        &[
            "to-date",
            "date-to",
            "end",
            "end-date",
            "till",
            "until-date",
            "ending",
            "max-date",
            "up-to",
        ],
        "--until",
        "DATE",
        "said",
    ),
    (
        &[
            "search", "query", "words", "word", "contains", "grep", "keyword", "keywords", "match",
            "find", "phrase",
        ],
        "--text",
        "WORDS",
        "said",
    ),
    (
        &["position", "opinion", "sentiment", "attitude"],
        "--stance",
        "STANCE",
        "said",
    ),
    (
        &["verb", "kind", "type", "speech-act", "action"],
        "--act",
        "ACT",
        "said",
    ),
    (
        &["label", "labels", "tags", "category", "keyword-tag"],
        "--tag",
        "TAG",
        "said",
    ),
    (
        &[
            "max", "top", "first", "count", "head", "rows", "max-rows", "n", "limit-to", "results",
        ],
        "--limit",
        "N",
        "said",
    ),
    (
        &["certain", "certainly", "sure", "definitely", "exact"],
        "--surely",
        "",
        "said",
    ),
    (
        &["include-retracted", "with-retracted", "deleted"],
        "--retracted",
        "",
        "said",
    ),
    (
        &["known", "asof", "as-of-date", "known-on", "at-date"],
        "--as-of",
        "DATE",
        "said",
    ),
    (
        &["roll-up", "represented", "with-representatives", "members"],
        "--rollup",
        "",
        "said",
    ),
    (
        &[
            "same-as",
            "same",
            "merge",
            "merge-actors",
            "identities",
            "pseudonyms",
        ],
        "--identity",
        "stated",
        "said",
    ),
    (
        &[
            "out",
            "outfile",
            "output-file",
            "save",
            "save-as",
            "to-file",
            "write",
            "dest",
            "destination",
        ],
        "--output",
        "FILE",
        "said",
    ),
    (
        &[
            "fmt",
            "output-format",
            "as",
            "form",
            "json",
            "jsonl",
            "csv",
            "tsv",
            "markdown",
            "md",
            "yaml",
            "table",
            "sarif",
            "github",
        ],
        "--format",
        "FORMAT",
        "said",
    ),
    (
        &["depth", "distance", "levels", "degree", "steps", "radius"],
        "--hops",
        "N",
        "subgraph",
    ),
    (
        &["center", "centre", "near", "node", "root", "of"],
        "--around",
        "THING",
        "subgraph",
    ),
    (
        &[
            "text-dir",
            "texts-dir",
            "text-folder",
            "texts-folder",
            "text-path",
            "corpus",
        ],
        "--texts",
        "DIR",
        "said",
    ),
    (
        &[
            "colour",
            "colors",
            "colours",
            "no-color",
            "no-colour",
            "ansi",
        ],
        "--color",
        "WHEN",
        "said",
    ),
    (&["silent", "no-warnings"], "--quiet", "", "said"),
    (
        &["style", "dark", "light", "palette"],
        "--theme",
        "THEME",
        "draw",
    ),
];

/// Adds the right word to an error, if the command or option is one that people try.
pub(super) fn advise(error: &mut clap::Error, command: &clap::Command, arguments: &[String]) {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    };
    let advice = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            context(ContextKind::InvalidSubcommand).and_then(|word| of_command(&word))
        }
        ErrorKind::UnknownArgument => context(ContextKind::InvalidArg).and_then(|word| {
            let mut names = arguments.iter().skip(1);
            let own = names.find_map(|name| command.find_subcommand(name));
            of_option(&word, own, command)
        }),
        _ => None,
    };
    let Some(advice) = advice else { return };
    for similar in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg] {
        error.remove(similar);
    }
    let tips = vec![StyledStr::from(advice)];
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
}

fn of_command(word: &str) -> Option<String> {
    if Path::new(word).exists() {
        let word = annals_finding::shown(word);
        return Some(format!(
            "a command comes first: `annals said {word}`, `annals check {word}`"
        ));
    }
    let word = word.to_lowercase();
    let word = word.trim_start_matches('-');
    let found = COMMANDS.iter().find(|(words, _)| words.contains(&word));
    found.map(|(_, advice)| (*advice).to_owned())
}

/// The option that is meant, if the command has it, else a command that does.
fn of_option(word: &str, own: Option<&clap::Command>, program: &clap::Command) -> Option<String> {
    let word = word.trim_start_matches('-').to_lowercase();
    let word = word.split('=').next().unwrap_or_default();
    let has = |command: &clap::Command, option: &str| {
        let mut options = command.get_arguments();
        options.any(|one| one.get_long() == Some(option.trim_start_matches('-')))
    };
    let found = OPTIONS.iter().find(|(words, ..)| words.contains(&word));
    let Some((_, option, value, command)) = found else {
        // It may be an option of other commands.
        let mut others = program.get_subcommands();
        let other = others.find(|command| !word.is_empty() && has(command, word))?;
        return Some(format!("`annals {}` has --{word}", other.get_name()));
    };
    let value = match (*option, word) {
        ("--format", "markdown") => "md",
        ("--format", "json" | "jsonl" | "csv" | "tsv" | "md" | "sarif" | "github" | "table") => {
            word
        }
        _ => value,
    };
    let option_with_value = format!("{option} {value}").trim_end().to_owned();
    Some(match own {
        Some(own) if has(own, option) => format!("the option is {option_with_value}"),
        _ => format!("`annals {command} {option_with_value}` asks for that"),
    })
}

#[cfg(test)]
mod tests;
