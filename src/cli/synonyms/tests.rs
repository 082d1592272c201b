//! Advice names commands and options that there are, and no word has two meanings.

use super::*;

/// What stands after `annals ` in backquotes.
fn named(advice: &str) -> impl Iterator<Item = Vec<&str>> {
    let code = advice.split('`').skip(1).step_by(2);
    let code = code.filter_map(|code| code.strip_prefix("annals "));
    code.map(|code| code.split(' ').collect())
}

#[test]
fn advice_names_what_there_is() {
    let mut command = crate::command();
    command.build();
    for (words, advice) in COMMANDS {
        for word in words {
            let exists = command.find_subcommand(word).is_some();
            assert!(!exists, "{word} is a command");
        }
        for code in named(advice) {
            if code[0] == "--version" {
                continue;
            }
            let own = command.find_subcommand(code[0]);
            let own = own.unwrap_or_else(|| panic!("no command {}", code[0]));
            for option in code.iter().filter_map(|word| word.strip_prefix("--")) {
                // Of `add`, the kinds of records have them.
                let kinds = own.get_subcommands().flat_map(clap::Command::get_arguments);
                let mut options = own.get_arguments().chain(kinds);
                let has = options.any(|one| one.get_long() == Some(option));
                assert!(has, "{} has no --{option}", code[0]);
            }
        }
    }
    for (_, option, value, name) in OPTIONS {
        let own = command.find_subcommand(name).unwrap();
        let long = option.trim_start_matches("--");
        let found = own.get_arguments().find(|one| one.get_long() == Some(long));
        let found = found.unwrap_or_else(|| panic!("{name} has no {option}"));
        let takes = found.get_action().takes_values() && option != "--rollup";
        assert_eq!(takes, !value.is_empty(), "{option}");
    }
}

#[test]
fn no_word_has_two_meanings() {
    let commands = COMMANDS.iter().flat_map(|(words, _)| words.iter());
    let options = OPTIONS.iter().flat_map(|(words, ..)| words.iter());
    let all: [Vec<&&str>; 2] = [commands.collect(), options.collect()];
    for mut words in all {
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
