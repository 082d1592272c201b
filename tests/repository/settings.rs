//! The page of settings names every key that `annals.toml` can have, and its example is one.

use std::fs;
use std::path::Path;

use annals::config::Config;

const PAGE: &str = "docs/reference/settings.md";

/// The words that an error expects in place of an unknown one.
fn expected(text: &str) -> Vec<String> {
    let error = Config::read(text, Path::new("annals.toml")).unwrap_err();
    let (_, expected) = error.reason.split_once("expected ").unwrap();
    let words = expected.split('`').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

#[test]
fn the_page_has_every_key_in_an_example_that_is_read() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (_, block) = page.split_once("```toml file=annals.toml\n").unwrap();
    let (example, _) = block.split_once("```").unwrap();
    let config = Config::read(example, Path::new("annals.toml")).unwrap();
    assert_eq!(config.policy.thresholds.single_holder, ["mayor", "speaker"]);
    let tables = expected("[nothing]\nlike = \"this\"\n");
    assert!(tables.len() >= 5, "{tables:?}");
    let read: toml::Table = toml::from_str(example).unwrap();
    for table in tables {
        for key in expected(&format!("[{table}]\nlike = \"this\"\n")) {
            assert!(
                read[&table].get(&key).is_some(),
                "the example on {PAGE} lacks `{key}` of [{table}]"
            );
        }
    }
}
