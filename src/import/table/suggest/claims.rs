//! A sheet of what was said.

use std::collections::BTreeSet;

use super::headings::Role::{
    Act, Author, Comment, Content, Day, Description, EventLabel, Id, Note, Occasion, OtherDate,
    Posted, Published, Publisher, Quote, Said, Sender, Source, Stance, Tags, Text, Title, To, Url,
    Verdict, What, Year,
};
use super::roles::stance_of;
use super::writer::{Writer, quoted};
use crate::table::map::folded;
use annals_model::{Act as Acts, Vocabulary as _};

impl Writer<'_> {
    /// Writes the records of a sheet of claims; which of them is the claim.
    pub(super) fn claims(&mut self) -> &'static str {
        let speaks = self.speakers();
        // Whether an author speaks decides what the source says; it stands first, as one reads.
        let speaker = std::mem::take(&mut self.out);
        let titled = self.is_of_source();
        let document = self.source(titled);
        self.out.push_str(&speaker);
        let addressed = self.addressee();
        if speaks {
            self.membership("speaker");
        }
        let topic = self.topic();
        let said = self.said(speaks);
        let occasion = self.occasion(said, document);
        self.line("  claim:");
        self.line("    type: claim");
        self.id("claim");
        if speaks {
            self.line("    speaker: $speaker");
            if let [column] = self.named[..] {
                self.lacking(column, "claim");
            }
        } else {
            self.line(
                "    speaker: []  # no column seems to give the speaker, so it is the narrator",
            );
            self.ask("who says it, if not the author of the source? Then: speaker: …");
        }
        if addressed {
            self.line("    to: $addressee");
        }
        if topic {
            self.line("    about: $topic");
        }
        self.words();
        if let Some(said) = said {
            self.date("said", said);
        }
        self.text();
        self.wordless();
        self.addressed(addressed);
        if occasion {
            self.line("    at: $event");
        } else if let Some(event) = self.roles.get(EventLabel) {
            let shown = self.shown(event);
            self.ask(&format!(
                "“{shown}”: is it what the claim was said at, or what it is about? An event of its own, then: at: $event, or about: $event"
            ));
        }
        if document {
            self.line("    evidence: {document: $source}");
        }
        if let Some(title) = self.roles.get(Title).filter(|title| !self.is_used(*title)) {
            let shown = self.shown(title);
            self.ask(&format!(
                "“{shown}”: is it the title of the source? Then, in a record of it: type: document, title: …"
            ));
        }
        self.note(&[Note, Comment]);
        if let Some(tags) = self.roles.get(Tags) {
            self.list("tags", tags);
        }
        self.ask_dates("said of the claim, published of the source");
        "claim"
    }

    /// Whether a column that is only called “title” is the title of a source, and not of a person.
    fn is_of_source(&self) -> bool {
        const SHORTEST: usize = 20;
        let cited = self
            .roles
            .first(&[Url, Publisher, Published, Source])
            .is_some();
        let title = self.roles.get(Title);
        cited && title.is_some_and(|title| self.profile.columns[title].average() >= SHORTEST)
    }

    /// The day on which it was said. A day of which the heading says no more may, in a sheet of
    /// checks, be the day of the check.
    fn said(&self, speaks: bool) -> Option<usize> {
        let roles = self.roles;
        if let Some(said) = roles.get(Said) {
            return Some(said);
        }
        let posts = roles.first(&[Text, Author]).is_some() && !roles.has(Verdict);
        if let Some(posted) = roles.get(Posted).filter(|_| posts) {
            return Some(posted);
        }
        let day = roles.first(&[Day, Year])?;
        let other = roles.first(&[OtherDate, Published]).is_some();
        let unclear =
            roles.has(Verdict) && !other || !speaks && roles.first(&[Content, Quote]).is_none();
        (!unclear).then_some(day)
    }

    /// The event at which it was said. It has the day of the claim: one of the same name on another
    /// day is another.
    fn occasion(&mut self, said: Option<usize>, document: bool) -> bool {
        let Some(occasion) = self.roles.get(Occasion) else {
            return false;
        };
        let place = self.place();
        self.line("  event:");
        self.line("    type: event");
        let columns: Vec<usize> = [occasion].into_iter().chain(said).collect();
        let key = quoted(&self.columns(&columns, " "));
        self.line(&format!(
            "    key: {key}  # the same text on another day is another event"
        ));
        self.field("label", occasion);
        if let Some(said) = said {
            self.date("when", said);
        }
        if place {
            self.line("    place: $place");
        }
        if document {
            self.line("    evidence: {document: $source}");
        }
        true
    }

    /// The id, from a column that tells the rows apart.
    pub(super) fn id(&mut self, kind: &str) {
        let Some(column) = self.roles.get(Id) else {
            return;
        };
        let about = &self.profile.columns[column];
        if !about.tells_rows_apart(self.profile.rows) {
            return;
        }
        let words = about.mostly(about.numbers);
        let template = self.column(column);
        let template = if words {
            format!("{kind} {template}")
        } else {
            template
        };
        let (template, why) = (quoted(&template), self.why(column));
        self.line(&format!("    id: {template}  # {why}"));
        // An id is made of small letters and digits: what else stands there is kept beside it.
        let plain = |id: &String| {
            id.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !about.distinct.keys().all(plain) {
            let kept = quoted(&self.column(column));
            self.line(&format!("    x_id: {kept}"));
        }
    }

    /// What was said, in whose words.
    fn text(&mut self) {
        let roles = self.roles;
        let content = roles.first(&[Content, What, Text]);
        let content = content.or_else(|| {
            let own = roles.get(Description);
            own.filter(|_| !roles.has(Quote))
        });
        if let Some(content) = content {
            self.field("content", content);
            if roles.get(What) == Some(content) {
                let shown = self.shown(content);
                self.ask(&format!(
                    "“{shown}”: is it what was said? If it is what happened, it is no claim but an event: type: event, label, when"
                ));
            }
        }
        self.field_of("quote", Quote);
    }

    /// Says how many rows have no words.
    fn wordless(&mut self) {
        let roles = [Content, Quote, What, Text, Description];
        let columns = roles.iter().filter_map(|role| self.roles.get(*role));
        let columns: Vec<usize> = columns.filter(|one| self.is_used(*one)).collect();
        let most = columns.iter().map(|one| self.profile.columns[*one].filled);
        let (Some(most), [column, ..]) = (most.max(), &columns[..]) else {
            return;
        };
        let (rows, shown) = (self.profile.rows, self.shown(*column));
        let lack = rows - most.min(rows);
        if lack > 0 {
            let lacking = match lack {
                1 => format!("1 of {rows} rows has no “{shown}”: its claim is"),
                _ => format!("{lack} of {rows} rows have no “{shown}”: their claims are"),
            };
            self.line(&format!("    # {lacking} without words, and counted."));
        }
    }

    /// Asks whether a column called “to” or “audience” says to whom it was said.
    fn addressed(&mut self, known: bool) {
        let found = [To, Sender].map(|role| self.roles.get(role));
        for column in found.into_iter().flatten() {
            if self.is_used(column) {
                continue;
            }
            let shown = self.shown(column);
            let template = quoted(&format!("{{{}}}", self.head.headings[column]));
            let question = if self.roles.get(Sender) == Some(column) {
                format!("“{shown}”: is it who said it? Then: speaker: {template}")
            } else if known {
                format!(
                    "“{shown}”: is it to whom it was said, too? Then: to: [$addressee, {template}]"
                )
            } else {
                format!("“{shown}”: is it to whom it was said? Then: to: {template}")
            };
            self.ask(&question);
        }
    }

    /// What else is said about a record.
    pub(super) fn note(&mut self, roles: &[super::headings::Role]) {
        let mut columns = roles.iter().filter_map(|role| self.roles.get(*role));
        if let Some(column) = columns.find(|column| !self.is_used(*column)) {
            self.field("note", column);
        }
    }

    /// Words that the model has, in place of those of a column.
    fn words(&mut self) {
        let stances = ["supports", "opposes", "neutral", "mixed"];
        if let Some(column) = self.roles.get(Stance) {
            self.words_of("stance", column, &stances.join(", "), stance_of);
        }
        if let Some(column) = self.roles.get(Act) {
            let act = |word: &str| Acts::parse(&word.to_lowercase()).map(Acts::word);
            self.words_of("act", column, "asserts, denies, promises …", act);
        }
        if let Some(column) = self.roles.get(Verdict) {
            let shown = self.shown(column);
            self.line(&format!(
                "    # “{shown}” says what the checker found, not where the speaker stands: kept as it is."
            ));
        }
    }

    fn words_of(
        &mut self,
        field: &str,
        column: usize,
        known: &str,
        meant: impl Fn(&str) -> Option<&'static str>,
    ) {
        let why = self.why(column);
        // The column is named without braces, and is used all the same.
        self.column(column);
        let heading = quoted(&self.head.headings[column]);
        self.line(&format!("    {field}:  # {why}; the words are {known}"));
        self.line(&format!("      column: {heading}"));
        self.line("      words:");
        let mut seen = BTreeSet::new();
        let mut unknown = false;
        for value in self.profile.columns[column].distinct.keys() {
            if seen.insert(folded(value)) {
                let meant = meant(value);
                unknown |= meant.is_none();
                let meant = meant.unwrap_or("null  # which?");
                self.line(&format!("        {}: {meant}", quoted(value)));
            }
        }
        if unknown {
            let kept = quoted(&self.column(column));
            self.line(&format!("    x_{field}: {kept}  # the words as they are"));
        }
    }
}
