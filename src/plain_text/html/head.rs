//! What a page says of itself: title, date of publication, language.

use serde_json::Value;

use crate::document::{day, title};

/// The longest script of data that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// Names of `<meta>` that state when a page was published, the most exact first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publication_date",
    "date",
];

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Head {
    own_title: Option<String>,
    /// That for other sites, which has no name of the site behind it.
    shared_title: Option<String>,
    pub(super) published: Option<String>,
    /// How good what states `published` is: the less the better.
    rank: usize,
    pub(super) language: Option<String>,
    inside: Inside,
    /// The text of the element that is read.
    held: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Title,
    Data,
}

impl Head {
    /// An element begins.
    pub(super) fn element(&mut self, name: &str, attribute: &impl Fn(&str) -> Option<String>) {
        match name {
            "html" => {
                self.language = attribute("lang")
                    .or_else(|| attribute("xml:lang"))
                    .and_then(tag);
            }
            "title" if self.own_title.is_none() => self.inside = Inside::Title,
            "script" if attribute("type").is_some_and(|kind| kind.contains("ld+json")) => {
                self.inside = Inside::Data;
            }
            "meta" => {
                let names = ["property", "name", "itemprop"]
                    .into_iter()
                    .find_map(attribute);
                if let (Some(name), Some(content)) = (names, attribute("content")) {
                    self.meta(&name.to_ascii_lowercase(), &content);
                }
            }
            "time" => {
                let published = attribute("pubdate").is_some()
                    || attribute("itemprop").is_some_and(|prop| prop == "datePublished");
                if let Some(written) = attribute("datetime").filter(|_| published) {
                    self.date(&written, PUBLISHED.len());
                }
            }
            _ => {}
        }
    }

    fn meta(&mut self, name: &str, content: &str) {
        if let Some(rank) = PUBLISHED.iter().position(|known| *known == name) {
            self.date(content, rank);
        }
        match name {
            "og:title" if self.shared_title.is_none() => self.shared_title = title(content),
            "og:locale" if self.language.is_none() => {
                self.language = tag(content.replace('_', "-"));
            }
            _ => {}
        }
    }

    fn date(&mut self, written: &str, rank: usize) {
        if (self.published.is_none() || rank < self.rank)
            && let Some(day) = day(written)
        {
            self.published = Some(day);
            self.rank = rank;
        }
    }

    /// Text; whether it is of the head, and so no text of the page.
    pub(super) fn text(&mut self, text: &str) -> bool {
        if self.inside == Inside::Nothing {
            return false;
        }
        if self.held.len() + text.len() <= LONGEST {
            self.held.push_str(text);
        }
        true
    }

    /// An element ends.
    pub(super) fn end(&mut self, name: &str) {
        let inside = match name {
            "title" => Inside::Title,
            "script" => Inside::Data,
            _ => return,
        };
        if self.inside != inside {
            return;
        }
        let held = std::mem::take(&mut self.held);
        self.inside = Inside::Nothing;
        match inside {
            Inside::Title => self.own_title = title(&held),
            Inside::Data => {
                let published = serde_json::from_str(&held)
                    .ok()
                    .and_then(|data: Value| published(&data).map(str::to_owned));
                if let Some(written) = published {
                    self.date(&written, 1);
                }
            }
            Inside::Nothing => {}
        }
    }

    /// The title.
    pub(super) fn title(&self) -> Option<String> {
        self.shared_title.clone().or_else(|| self.own_title.clone())
    }
}

/// The first `datePublished` of linked data.
fn published(data: &Value) -> Option<&str> {
    match data {
        Value::Object(members) => members
            .get("datePublished")
            .and_then(Value::as_str)
            .or_else(|| members.values().find_map(published)),
        Value::Array(list) => list.iter().find_map(published),
        _ => None,
    }
}

/// A tag of a language, if it looks like one.
fn tag(written: String) -> Option<String> {
    let fits = !written.is_empty()
        && written.len() <= 20
        && written
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fits.then_some(written)
}
