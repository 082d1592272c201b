//! Pages, and one that is being made: the dossier, what the address asks, and the command that asks the same.

use annals_store::{Kinds, Query, Store, StoreError};
use hyper::StatusCode;
use maud::Markup;

use crate::request::{self, Request};
use crate::site::{Dossier, Site, words_of};
use crate::{AskedNetwork, CommandOption, Refused};

/// Why a page cannot be made.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// The question is at fault.
    Question(String),
    /// What is asked about is not there.
    Missing(String),
    /// The facts cannot be read.
    Facts(String),
    /// The same question has its own address.
    Elsewhere(String),
}

impl Fault {
    /// In words.
    pub(crate) fn words(&self) -> &str {
        match self {
            Fault::Question(words)
            | Fault::Missing(words)
            | Fault::Facts(words)
            | Fault::Elsewhere(words) => words,
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let words = words_of(&error);
        match error {
            StoreError::Name(_) | StoreError::Question(_) => Fault::Question(words),
            StoreError::Unreadable(_) | StoreError::Facts(_) => Fault::Facts(words),
        }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        if refused.is_question {
            Fault::Question(refused.message)
        } else {
            Fault::Facts(refused.message)
        }
    }
}

/// A page.
pub(crate) struct Page {
    /// Its path, without the slash: `claims`.
    pub(crate) path: &'static str,
    /// What comes after its path.
    pub(crate) takes: Takes,
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether the bar at the top leads to it.
    pub(crate) in_bar: bool,
    /// The key that leads to it, after `g`.
    pub(crate) key: Option<char>,
    /// The command that answers it.
    pub(crate) called: Option<Called>,
    /// Options of its own, which are none of the command.
    pub(crate) own: &'static [&'static str],
    /// Makes it.
    pub(crate) show: fn(&Asking<'_>) -> Made,
    /// Takes the forms of the page, if it has any.
    pub(crate) post: Option<Post>,
}

/// What comes after the path of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// The id or name of a record.
    Record,
    /// A code of a finding, and which of them it is.
    Finding,
    /// The id or name of a record, and `edit`.
    Edit,
}

/// The command behind a page.
pub(crate) struct Called {
    /// Its name and what must follow it: `draw timeline`.
    pub(crate) words: fn(&Request) -> &'static [&'static str],
    /// The names, in the address, of its arguments; `""` is what comes after the path.
    pub(crate) arguments: &'static [&'static str],
    /// Whether its options may stand in the address.
    pub(crate) takes_options: bool,
    /// The files that the page can be had as.
    pub(crate) twins: &'static [Twin],
}

/// A file that a page can be had as: the command's own answer.
#[derive(Debug)]
pub(crate) struct Twin {
    /// Its ending.
    pub(crate) ending: &'static str,
    /// What it is called.
    pub(crate) name: &'static str,
    /// The media type.
    pub(crate) media: &'static str,
    /// The command that writes it, if it is another.
    pub(crate) words: Option<fn(&Request) -> &'static [&'static str]>,
}

impl Twin {
    /// The same, written by another command than the page's.
    pub(crate) const fn of(self, words: fn(&Request) -> &'static [&'static str]) -> Twin {
        Twin {
            words: Some(words),
            ..self
        }
    }
}

/// What a path leads to.
#[derive(Clone)]
pub(crate) struct Found {
    /// The page.
    pub(crate) page: &'static Page,
    /// What comes after its path.
    pub(crate) rest: Vec<String>,
    /// The file that is asked for in its place.
    pub(crate) twin: Option<&'static Twin>,
}

/// What a page shows.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// Its title.
    pub(crate) title: String,
    /// The question, in words; `None` for a page that asks nothing.
    pub(crate) lead: Option<&'static str>,
    /// What stands in the question beside its options.
    pub(crate) chips: Option<Markup>,
    /// How its columns lie: `page`, `record`, `reader`, `wide`.
    pub(crate) layout: &'static str,
    /// What narrows the question.
    pub(crate) rail: Option<Markup>,
    /// The answer.
    pub(crate) main: Markup,
    /// What is chosen.
    pub(crate) side: Option<Markup>,
}

impl Shown {
    /// A page of one column.
    pub(crate) fn wide(title: &str, lead: Option<&'static str>, main: Markup) -> Shown {
        Shown {
            title: title.to_owned(),
            lead,
            chips: None,
            layout: "wide",
            rail: None,
            main,
            side: None,
        }
    }
}

/// What a page shows, or why it cannot.
pub(crate) type Made = Result<Shown, Fault>;

/// What became of a form.
pub(crate) enum Posted {
    /// It was done; the browser goes to this address.
    Go(String),
    /// The page again, with what the form said: nothing was written.
    Again(StatusCode, Box<Shown>),
}

/// Takes the forms of a page.
pub(crate) type Post = fn(&Asking<'_>) -> Result<Posted, Fault>;

/// A page that is being made.
pub(crate) struct Asking<'a> {
    /// All pages.
    pub(crate) pages: &'static [Page],
    pub(crate) site: &'a Site,
    pub(crate) dossier: &'a Dossier,
    pub(crate) page: &'static Page,
    pub(crate) request: &'a Request,
    /// What comes after the path of the page.
    pub(crate) rest: &'a [String],
    /// The dossier as it was known on the day asked for.
    pub(crate) store: Store,
    /// The selection of the command.
    pub(crate) query: Query,
    /// The kinds of nodes and edges it walks.
    pub(crate) kinds: Kinds,
    /// What it asks of a network.
    pub(crate) network: Option<AskedNetwork>,
}

/// From how many claims on a snapshot is large.
pub(crate) const LARGE: usize = 200_000;

/// The option that says as of which day.
pub(crate) const AS_OF: &str = "as-of";

impl<'a> Asking<'a> {
    /// Reads what is asked.
    ///
    /// # Errors
    /// If the command line would not take it.
    pub(crate) fn new(
        pages: &'static [Page],
        site: &'a Site,
        dossier: &'a Dossier,
        found: &'a Found,
        request: &'a Request,
    ) -> Result<Self, Fault> {
        let mut store = dossier.store.clone();
        if let Some(day) = request.one(AS_OF) {
            store = store.as_of(day)?;
        }
        let mut asking = Asking {
            pages,
            site,
            dossier,
            page: found.page,
            request,
            rest: &found.rest,
            store,
            query: Query::default(),
            kinds: Kinds::default(),
            network: None,
        };
        if let Some(called) = &found.page.called {
            // Without its arguments there is no command yet: the page asks for them.
            if let Some(words) = asking.words(called, None)? {
                let read = site.commands.read(&dossier.store, &words)?;
                (asking.query, asking.kinds) = (read.query, read.kinds);
                asking.network = read.network;
            }
        } else {
            asking.refuse_unknown(&[])?;
        }
        Ok(asking)
    }

    /// How many claims the dossier has.
    pub(crate) fn all_claims(&self) -> usize {
        self.dossier.size().map_or(0, |size| size.claims)
    }

    /// Whether the dossier is a snapshot of so many claims that they are not read for a page.
    pub(crate) fn is_large(&self) -> bool {
        self.dossier.store.has_snapshot() && self.all_claims() > LARGE
    }

    /// Whether the page asks for everything of a large snapshot, which would have to be read whole.
    pub(crate) fn asks_for_all(&self) -> bool {
        self.is_large() && self.options().is_empty() && !self.request.has("all-of-it")
    }

    /// What comes after the path, if anything does.
    pub(crate) fn name(&self) -> &str {
        self.rest.first().map_or("", String::as_str)
    }

    /// The options of the address that are the command's, in their order.
    pub(crate) fn options(&self) -> Vec<(&'a str, &'a str)> {
        let called = self.page.called.as_ref();
        let own = |name: &str| {
            self.page.own.contains(&name)
                || called.is_some_and(|called| called.arguments.contains(&name))
        };
        let pairs = self.request.options.iter();
        let pairs = pairs.map(|(name, value)| (name.as_str(), value.as_str()));
        pairs
            .filter(|(name, value)| !own(name) && (!value.is_empty() || self.is_flag(name)))
            .collect()
    }

    fn is_flag(&self, name: &str) -> bool {
        let known = self.known();
        let known = known.iter().find(|option| option.name == name);
        known.is_some_and(|option| option.value.is_none() || option.name == "rollup")
    }

    /// The options of the command behind the page.
    pub(crate) fn known(&self) -> std::sync::Arc<[CommandOption]> {
        match &self.page.called {
            Some(called) if called.takes_options => {
                let words = (called.words)(self.request);
                self.site
                    .options(words.first().copied().unwrap_or_default())
            }
            _ => std::sync::Arc::from([]),
        }
    }

    /// The options that the page offers: of a picture, those of the list of the same things.
    pub(crate) fn offered(&self) -> std::sync::Arc<[CommandOption]> {
        let twins = self
            .page
            .called
            .as_ref()
            .map_or(&[][..], |called| called.twins);
        let list = twins.iter().find(|twin| twin.ending == "json");
        let words = list
            .and_then(|twin| twin.words)
            .map(|words| words(self.request));
        match words.and_then(|words| words.first().copied()) {
            Some(command) => self.site.options(command),
            None => self.known(),
        }
    }

    /// What the page does not know is refused: an option of a wrong name would ask for more than was
    /// meant.
    fn refuse_unknown(&self, known: &[CommandOption]) -> Result<(), Fault> {
        let called = self.page.called.as_ref();
        for (name, value) in &self.request.options {
            let is_known = self.page.own.contains(&name.as_str())
                || called.is_some_and(|called| called.arguments.contains(&name.as_str()))
                || known.iter().any(|option| option.name == *name);
            if !is_known && !value.is_empty() {
                let name = annals_finding::shown(name);
                return Err(Fault::Question(format!("This page has no option {name}.")));
            }
        }
        Ok(())
    }

    /// The command with its options; `None` if an argument is missing.
    ///
    /// # Errors
    /// If the address has an option that the command does not have.
    pub(crate) fn words(
        &self,
        called: &Called,
        other: Option<&'static [&'static str]>,
    ) -> Result<Option<Vec<String>>, Fault> {
        let own = (called.words)(self.request);
        let command = other.unwrap_or(own);
        let of_page = self.known();
        self.refuse_unknown(&of_page)?;
        let mut words: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        // A picture knows some options less than its list.
        let known = match command.first() {
            Some(name) if other.is_some() => self.site.options(name),
            _ => of_page,
        };
        for (name, value) in self.options() {
            let Some(option) = known.iter().find(|option| option.name == name) else {
                continue;
            };
            if option.takes > 1 {
                let flag = format!("--{name}");
                if !words.contains(&flag) {
                    words.push(flag);
                    words.extend(self.request.all(name).map(str::to_owned));
                }
                continue;
            }
            words.push(match (&option.value, value) {
                (None, _) | (_, "") => format!("--{name}"),
                (Some(_), value) => format!("--{name}={value}"),
            });
        }
        let mut arguments = Vec::new();
        for name in called.arguments {
            let value = if name.is_empty() {
                self.rest.first().map(String::as_str)
            } else {
                self.request.one(name)
            };
            match value {
                Some(value) => arguments.push(value.to_owned()),
                None => return Ok(None),
            }
        }
        if !arguments.is_empty() {
            words.push("--".to_owned());
            words.append(&mut arguments);
        }
        Ok(Some(words))
    }

    /// The command, as it would be typed.
    pub(crate) fn command_line(&self) -> Option<String> {
        let called = self.page.called.as_ref()?;
        let words = (called.words)(self.request);
        let mut line = vec!["annals".to_owned()];
        line.extend(words.iter().map(|word| (*word).to_owned()));
        for name in called.arguments {
            let value = if name.is_empty() {
                self.rest.first().map(String::as_str)
            } else {
                self.request.one(name)
            };
            line.push(value.map_or_else(|| name.to_uppercase(), quoted));
        }
        line.extend(self.site.settings.called.iter().map(|word| quoted(word)));
        let known = self.known();
        for (nth, (name, value)) in self.options().into_iter().enumerate() {
            let option = known.iter().find(|option| option.name == name);
            if option.is_some_and(|option| option.takes > 1) {
                let first = self.options().iter().position(|(one, _)| *one == name);
                line.extend((first == Some(nth)).then(|| format!("--{name}")));
                line.push(quoted(value));
                continue;
            }
            line.push(match value {
                "" => format!("--{name}"),
                value if name == "rollup" => format!("--{name}={}", quoted(value)),
                value => format!("--{name} {}", quoted(value)),
            });
        }
        Some(line.join(" "))
    }

    /// The path of the page, encoded.
    pub(crate) fn path(&self) -> String {
        if let [name] = self.rest {
            return request::named(self.page.path, name);
        }
        let rest = self.rest.iter().map(|one| request::encoded(one));
        let parts = std::iter::once(self.page.path.to_owned()).chain(rest);
        format!("/{}", parts.collect::<Vec<_>>().join("/"))
    }

    /// This page with other options: those of some names are left out, others added. Whether all is counted is asked
    /// of one page alone: the next one would wait for it.
    pub(crate) fn with(&self, without: &[&str], added: &[(&str, &str)]) -> String {
        let all = self.request.options.iter();
        let all = all.map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = all.filter(|(name, value)| {
            let is_left_out = *name == "counts" || without.contains(name);
            !is_left_out && (!value.is_empty() || self.is_flag(name))
        });
        request::address(&self.path(), kept.chain(added.iter().copied()))
    }

    /// Another page with the same selection.
    pub(crate) fn same_on(&self, path: &str) -> String {
        request::address(path, self.options())
    }

    /// The file that the page can be had as.
    pub(crate) fn twin(&self, ending: &str) -> String {
        let path = match (self.page.path, self.rest.first()) {
            ("", _) => format!("/overview.{ending}"),
            (page, Some(name)) => format!("{}.{ending}", request::named(page, name)),
            (page, None) => format!("/{page}.{ending}"),
        };
        let own = self.page.own;
        let all = self.request.options.iter();
        let all = all.map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = all.filter(|(name, value)| {
            (*name == "view" || *name == AS_OF || !own.contains(name))
                && (!value.is_empty() || self.is_flag(name))
        });
        request::address(&path, kept)
    }
}

/// A word as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_a_word_for_one() {
        let words = [
            ("a-b.c", "a-b.c"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$(x)", "'$(x)'"),
        ];
        for (word, shell) in words {
            assert_eq!(quoted(word), shell);
        }
    }
}
