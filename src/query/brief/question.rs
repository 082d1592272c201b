//! A query as a sentence.

use crate::names::look_up;
use crate::selection::Query;
use annals_model::{Facts, RecordKind, Vocabulary as _};
use annals_time::Date;

/// A query as a sentence: "What Henrike Solvang said about the north basin, from 1 Sep 2021 on." The
/// limit on rows is no part of it.
pub fn in_words(facts: &Facts, query: &Query) -> String {
    let named = |words: &[String]| one_of(words.iter().map(|word| name(facts, word)));
    let mut out = match named(&query.by) {
        Some(speakers) => format!("What {speakers} said"),
        None => "What was said".to_owned(),
    };
    let mut add = |before: &str, words: Option<String>| {
        if let Some(words) = words {
            out.push_str(before);
            out.push_str(&words);
        }
    };
    add(" to ", named(&query.to));
    add(" about ", named(&query.about));
    let titled = |words: &[String]| one_of(words.iter().map(|word| quoted(&name(facts, word))));
    add(" at ", titled(&query.at));
    let stances = query.stance.iter().map(|value| match value.word() {
        "supports" => "supported".to_owned(),
        "opposes" => "opposed".to_owned(),
        word => format!("took a {word} stance toward"),
    });
    let toward = if query.about.is_empty() {
        "something"
    } else {
        "it"
    };
    let stances = one_of(stances).map(|verbs| format!("{verbs} {toward}"));
    add(", where the speaker ", stances);
    let plain = |words: &[String]| one_of(words.iter().map(|word| word.replace('_', " ")));
    add(", with the speech act ", plain(&query.act));
    let modes = query.mode.iter().map(|mode| mode.word().to_owned());
    add(", reported in speech that is ", one_of(modes));
    add(", passed on by ", named(&query.via));
    add(", as reported in ", titled(&query.in_document));
    add(", tagged ", one_of(query.tag.iter().map(|tag| quoted(tag))));
    let words = (!query.text.is_empty()).then(|| quoted(&query.text.join(" ")));
    add(", with the words ", words);
    let levels = query.verified.iter().map(|level| match level {
        Some(level) => level.as_str().to_owned(),
        None => "not verified".to_owned(),
    });
    add(", with a passage that is ", one_of(levels));
    let day = |date: &Date| date.words();
    let window = match (&query.window.from, &query.window.until) {
        (Some(from), Some(until)) => Some(format!("from {} to {}", day(from), day(until))),
        (Some(from), None) => Some(format!("from {} on", day(from))),
        (None, Some(until)) => Some(format!("until {}", day(until))),
        (None, None) => None,
    };
    add(", ", window);
    add(", after ", titled(&query.after));
    add(", before ", titled(&query.before));
    out.push('.');
    out
}

/// The conditions under which a query is answered, a sentence each.
pub fn conditions(query: &Query) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(kinds) = &query.rollup {
        let ties = one_of(kinds.iter().map(|kind| kind.replace('_', " ")));
        all.push(match ties {
            None => "Who represented an actor, held office in it or was part of it on the day of the claim counts for it."
                .to_owned(),
            Some(kinds) => format!(
                "Who was tied to an actor on the day of the claim ({kinds}) counts for it."
            ),
        });
    }
    let is_dated = query.window.from.is_some()
        || query.window.until.is_some()
        || !query.before.is_empty()
        || !query.after.is_empty();
    if query.surely {
        all.push("Only what is certainly part of the answer stands here.".to_owned());
    } else if is_dated {
        let words = "What only possibly lies in that time stands here too, and says so.";
        all.push(words.to_owned());
    }
    if let Some(day) = &query.as_of {
        all.push(format!("As known at the end of {}.", day.words()));
    }
    if query.retracted {
        all.push("What has been retracted stands here too, and says so.".to_owned());
    }
    all
}

/// The name of the record that a word of the query names.
fn name(facts: &Facts, word: &str) -> String {
    match look_up(facts, word, RecordKind::ALL) {
        Ok(record) => facts.label(record).to_owned(),
        Err(_) => word.to_owned(),
    }
}

fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// "A", "A or B", "A, B or C".
fn one_of(words: impl Iterator<Item = String>) -> Option<String> {
    let words: Vec<String> = words.collect();
    let (last, before) = words.split_last()?;
    Some(match before {
        [] => last.clone(),
        before => format!("{} or {last}", before.join(", ")),
    })
}
