//! The guarantees of this package, by example and by property.

mod at_spans;
mod contract;
mod hostile;
mod most_similar;
mod oracle;
mod text;

use super::Text;

fn text(words: &str) -> Text {
    Text::new(words.to_string())
}
