//! HTML: what a browser shows of a page, block by block.

mod blocks;
mod head;

use annals_source::{At, SourceError};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use crate::document::{Format, PlainText, empty, no_text};
use blocks::Blocks;
use head::Head;

/// How deeply elements are nested that are told apart; those that lie deeper end nothing around them, as in
/// browsers.
const DEEPEST: usize = 512;

/// Elements of which nothing is shown, or only controls.
const NOT_SHOWN: &[&str] = &[
    "audio", "button", "canvas", "datalist", "head", "iframe", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "video",
];

/// Elements that stand around the text of a page and are none of it.
const AROUND: &[&str] = &["aside", "footer", "nav"];

/// Elements without content.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end is often not written, and which need not be told apart.
const LOOSE: &[&str] = &[
    "body", "colgroup", "dd", "dt", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody",
    "td", "tfoot", "th", "thead", "tr",
];

/// Whether a text begins like a page.
pub(crate) fn is_html(text: &str) -> bool {
    let mut at = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((begin, end)) = [("<!--", "-->"), ("<?xml", "?>")]
        .into_iter()
        .find(|(begin, _)| at.starts_with(begin))
    {
        let rest = at[begin.len()..].split_once(end);
        at = rest.map_or("", |(_, rest)| rest).trim_start();
    }
    let begin: String = at.chars().take(14).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|one| begin.starts_with(one))
}

/// The encoding that the beginning of a page states.
pub(crate) fn charset(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = head
        .split("charset")
        .nth(1)?
        .trim_start()
        .strip_prefix('=')?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c));
    let label = &label[..end.unwrap_or(label.len())];
    // A page whose encoding can be read so far is in no encoding of two bytes a letter.
    (!label.is_empty() && !label.starts_with("utf-16")).then(|| label.to_owned())
}

/// Reads a page.
pub(crate) fn read(html: &str, at: &At) -> Result<PlainText, SourceError> {
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html.trim_start_matches('\u{feff}'), emitter).flatten()
    {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&lossy(&tag.name)),
            Token::String(text) => page.text(&lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let Page {
        blocks,
        head,
        around,
        ..
    } = page;
    let (text, heading) = blocks.finish();
    if text.is_empty() {
        return Err(no_text(at, ": a page like this is filled by scripts")
            .help("open it in a browser, and save what it shows there as text"));
    }
    let mut notes = Vec::new();
    if around > 0 {
        let words = if around == 1 { "word" } else { "words" };
        notes.push(format!(
            "left out: {around} {words} of navigation, asides and footers"
        ));
    }
    Ok(PlainText {
        title: head.title().or(heading),
        published: head.published,
        language: head.language,
        text,
        notes,
        ..empty(Format::Html)
    })
}

fn lossy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A page as it is read.
#[derive(Default)]
struct Page {
    blocks: Blocks,
    head: Head,
    /// The open elements: names, and whether each hides what is in it.
    open: Vec<(String, Hides)>,
    /// How many elements of each kind of hiding are open.
    hidden: usize,
    beside: usize,
    /// Words left out around the text.
    around: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hides {
    Nothing,
    /// It is not shown.
    Hidden,
    /// It stands around the text.
    Around,
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = lossy(&tag.name).into_owned();
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(lossy(value).into_owned())
        };
        self.head.element(&name, &attribute);
        if self.hidden + self.beside == 0 {
            self.blocks.start(&name);
        }
        if EMPTY.contains(&name.as_str()) || LOOSE.contains(&name.as_str()) {
            return;
        }
        // `<svg/>` ends itself; `<div/>` does not.
        if tag.self_closing && name == "svg" {
            return;
        }
        let not_displayed = attribute("style").is_some_and(|style| {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none")
        });
        let hides =
            if NOT_SHOWN.contains(&name.as_str()) || attribute("hidden").is_some() || not_displayed
            {
                Hides::Hidden
            } else if AROUND.contains(&name.as_str()) {
                Hides::Around
            } else {
                Hides::Nothing
            };
        if self.open.len() < DEEPEST {
            self.count(hides, true);
            self.open.push((name, hides));
        }
    }

    fn end(&mut self, name: &str) {
        self.head.end(name);
        // Elements that were not closed end with those around them.
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            // What is within a control or a script ends nothing outside.
            for (_, hides) in self.open.split_off(at) {
                self.count(hides, false);
            }
        } else if name == "body" || name == "html" {
            return;
        }
        if self.hidden + self.beside == 0 {
            self.blocks.end(name);
        }
    }

    fn count(&mut self, hides: Hides, opens: bool) {
        let count = match hides {
            Hides::Nothing => return,
            Hides::Hidden => &mut self.hidden,
            Hides::Around => &mut self.beside,
        };
        *count = if opens {
            *count + 1
        } else {
            count.saturating_sub(1)
        };
    }

    fn text(&mut self, text: &str) {
        if self.head.text(text) {
            return;
        }
        if self.hidden > 0 {
            return;
        }
        if self.beside > 0 {
            self.around += text.split_whitespace().count();
            return;
        }
        self.blocks.text(text);
    }
}
