//! A first mapping: what each column seems to be, from its heading and its values, and why.

use std::fmt::Write as _;
use std::sync::Arc;

use super::roles::Role::{
    self, Act, Addressee, Affiliation, Content, Event, Id, Language, Note, Place, Published,
    Publisher, Quote, Said, Speaker, Stance, Tags, Title, Topic, Url,
};
use super::roles::{Profile, ROWS, roles};
use super::rows::{Head, each};
use crate::Options;
use crate::dates::Reading;
use crate::options::DATES;
use annals_source::{Source, SourceError};

/// A mapping for the first of these tables.
pub(super) fn of(sources: &[Source], options: &Options) -> Result<String, SourceError> {
    let mut profile = Profile {
        head: None,
        columns: Vec::new(),
        rows: 0,
        dates: Reading::of(options),
        remarks: Vec::new(),
    };
    each(sources.get(..1).unwrap_or_default(), options, &mut profile)?;
    let Some(head) = profile.head.take() else {
        return Ok(String::new());
    };
    let found = roles(&head, &profile);
    Ok(Writer {
        head: &head,
        profile: &profile,
        found,
        out: String::new(),
    }
    .write(options))
}

struct Writer<'p> {
    head: &'p Head,
    profile: &'p Profile,
    found: Vec<(Role, usize, String)>,
    out: String,
}

impl Writer<'_> {
    fn column(&self, role: Role) -> Option<usize> {
        self.found
            .iter()
            .find(|(one, ..)| *one == role)
            .map(|(_, column, _)| *column)
    }

    /// The column of a part, as templates name it.
    fn name(&self, role: Role) -> Option<Arc<str>> {
        self.column(role)
            .map(|column| Arc::clone(&self.head.headings[column]))
    }

    fn why(&self, role: Role) -> &str {
        let found = self.found.iter().find(|(one, ..)| *one == role);
        found.map_or("", |(_, _, why)| why)
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A field that is what a column has, with the reason.
    fn field(&mut self, field: &str, role: Role) {
        if let Some(name) = self.name(role) {
            let value = quoted(&format!("{{{name}}}"));
            let line = format!("    {field}: {value}  # {}", self.why(role));
            self.line(&line);
        }
    }

    fn write(mut self, options: &Options) -> String {
        self.line("# A first mapping, made from headings and values. Read each line and correct what is wrong;");
        self.line(
            "# the reason is after the #. Then: annals import table FILE --map THIS -o facts.yaml",
        );
        let rows = self.profile.rows;
        let columns = self.head.headings.len();
        let seen = if rows >= ROWS { "the first " } else { "" };
        self.line(&format!(
            "# Looked at: {seen}{rows} rows, {columns} columns."
        ));
        for remark in self.profile.remarks.clone() {
            self.line(&format!("# {}", plain(&remark)));
        }
        self.line("annals-map: 1");
        self.order(options);
        if let Some(sheet) = self.head.sheet.clone() {
            self.line(&format!("sheet: {}", quoted(&sheet)));
        }
        self.line("records:");
        let document = self.document();
        let actors = self.actors();
        let topic = self.named("topic", "topic", "label", Topic);
        // Nothing but an event has a place.
        let event = self.column(Event).is_some();
        let place = event
            .then(|| self.named("place", "place", "name", Place))
            .flatten();
        let event = self.event(place.is_some(), document);
        let made = [
            (document, "source"),
            (actors, "speaker"),
            (topic.is_some(), "topic"),
            (event, "event"),
        ];
        let made: Vec<&str> = made
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, name)| *name)
            .collect();
        let last = self.claim(&made);
        self.rest(last);
        self.out
    }

    /// Which number is the day, where some date asks.
    fn order(&mut self, options: &Options) {
        let ambiguous: Vec<usize> = (0..self.profile.columns.len())
            .filter(|column| self.profile.columns[*column].ambiguous > 0)
            .filter(|column| {
                self.found
                    .iter()
                    .any(|(role, one, _)| one == column && matches!(role, Said | Published))
            })
            .collect();
        if let Some(given) = options.get(&DATES) {
            self.line(&format!("dates: {given}"));
        } else if let Some(first) = ambiguous.first() {
            let heading = plain(&self.head.headings[*first]);
            let count = self.profile.columns[*first].ambiguous;
            self.line(&format!("# dates: dmy   # or mdy: {count} dates of “{heading}” can be read both ways, so the import will ask"));
        }
    }

    fn document(&mut self) -> bool {
        let title = [Title, Publisher, Url]
            .into_iter()
            .find(|role| self.column(*role).is_some());
        let Some(title) = title else {
            return false;
        };
        let key = if self.column(Url).is_some() {
            Url
        } else {
            title
        };
        self.line("  source:");
        self.line("    type: document");
        self.field("key", key);
        self.field("title", title);
        if title != Publisher {
            self.field("publisher", Publisher);
        }
        self.field("published", Published);
        self.field("url", Url);
        self.field("language", Language);
        true
    }

    /// Actors: who speaks, to whom, for whom.
    fn actors(&mut self) -> bool {
        let speaker = self.actor("speaker", Speaker, "person");
        self.actor("addressee", Addressee, "person");
        if speaker && self.actor("organization", Affiliation, "organization") {
            self.line("  membership:");
            self.line("    type: relation  # without a date: the table does not say when it began and ended");
            self.line("    key: \"{it}\"");
            let (speaker, affiliation) = (self.name(Speaker), self.name(Affiliation));
            if let (Some(speaker), Some(affiliation)) = (speaker, affiliation) {
                let start = "    key: \"{it}\"\n";
                let at = self.out.len() - start.len();
                self.out.truncate(at);
                let key = format!("{{{speaker}}} in {{{affiliation}}}");
                self.line(&format!("    key: {}", quoted(&key)));
            }
            self.line("    from: $speaker");
            self.line("    kind: member_of");
            self.line("    to: $organization");
        }
        speaker
    }

    fn actor(&mut self, name: &str, role: Role, kind: &str) -> bool {
        let Some(column) = self.column(role) else {
            return false;
        };
        self.line(&format!("  {name}:"));
        self.line("    type: actor");
        let about = &self.profile.columns[column];
        if about.lists > 0 {
            let heading = quoted(&self.head.headings[column]);
            let line = format!(
                "    each: {{column: {heading}, split: \";\"}}  # {}; {} values have a semicolon",
                self.why(role),
                about.lists
            );
            self.line(&line);
            self.line("    key: \"{it}\"");
            self.line("    name: \"{it}\"");
        } else {
            self.field("key", role);
            self.field("name", role);
        }
        self.line(&format!(
            "    kind: {kind}  # assumed; also person, organization, state, group, media"
        ));
        true
    }

    fn named(&mut self, name: &str, kind: &str, field: &str, role: Role) -> Option<()> {
        self.column(role)?;
        self.line(&format!("  {name}:"));
        self.line(&format!("    type: {kind}"));
        self.field("key", role);
        self.field(field, role);
        Some(())
    }

    fn event(&mut self, place: bool, document: bool) -> bool {
        if self.column(Event).is_none() {
            return false;
        }
        self.line("  event:");
        self.line("    type: event");
        match (self.name(Event), self.name(Said)) {
            (Some(event), Some(said)) => {
                let key = quoted(&format!("{{{event}}} {{{said}}}"));
                self.line(&format!(
                    "    key: {key}  # the same text on another day is another event"
                ));
                self.line(&format!("    id: {key}"));
            }
            _ => self.field("key", Event),
        }
        self.field("label", Event);
        self.field("when", Said);
        if place {
            self.line("    place: $place");
        }
        if document {
            self.line("    evidence: {document: $source}");
        }
        true
    }

    /// The claim; which record was written last.
    fn claim(&mut self, made: &[&str]) -> &'static str {
        let has = |name| made.contains(&name);
        let (document, actors) = (has("source"), has("speaker"));
        let (topic, event) = (has("topic"), has("event"));
        if self.column(Content).or(self.column(Quote)).is_none() {
            return if event { "event" } else { "source" };
        }
        self.line("  claim:");
        self.line("    type: claim");
        if let Some(id) = self.name(Id) {
            let template = quoted(&format!("claim {{{id}}}"));
            let line = format!("    id: {template}  # {}", self.why(Id));
            self.line(&line);
        }
        if actors {
            self.line("    speaker: $speaker");
        } else {
            self.line(
                "    speaker: []  # no column seems to give the speaker, so it is the narrator",
            );
        }
        if self.column(Addressee).is_some() {
            self.line("    to: $addressee");
        }
        if topic {
            self.line("    about: $topic");
        }
        self.words(
            "stance",
            Stance,
            "supports, opposes, neutral, mixed",
            &["supports", "opposes", "neutral", "mixed"],
        );
        self.words("act", Act, "asserts, denies, promises …", &[]);
        self.field("said", Said);
        self.field("content", Content);
        self.field("quote", Quote);
        if event {
            self.line("    at: $event");
        }
        if document {
            self.line("    evidence: {document: $source}");
        }
        self.field("note", Note);
        if let Some(tags) = self.name(Tags) {
            let line = format!(
                "    tags: {{column: {}, split: \";\"}}  # {}",
                quoted(&tags),
                self.why(Tags)
            );
            self.line(&line);
        }
        "claim"
    }

    /// Words that the model has, in place of those of a column.
    fn words(&mut self, field: &str, role: Role, known: &str, same: &[&str]) {
        let Some(column) = self.column(role) else {
            return;
        };
        let heading = quoted(&self.head.headings[column]);
        self.line(&format!(
            "    {field}:  # {}; the words are {known}",
            self.why(role)
        ));
        self.line(&format!("      column: {heading}"));
        self.line("      words:");
        for value in self.profile.columns[column].distinct.clone() {
            let folded = value.to_lowercase();
            let meant =
                same.iter()
                    .find(|one| **one == folded)
                    .copied()
                    .or(match folded.as_str() {
                        "for" | "pro" | "support" | "dafur" | "dafür" | "pour" | "a favor" => {
                            Some("supports")
                        }
                        "against" | "contra" | "oppose" | "dagegen" | "contre" | "en contra" => {
                            Some("opposes")
                        }
                        _ => None,
                    });
            let meant = meant
                .filter(|one| same.contains(one))
                .unwrap_or("null  # which?");
            self.line(&format!("        {}: {meant}", quoted(&value)));
        }
    }

    /// The columns that have no field.
    fn rest(&mut self, last: &str) {
        let mut other: Vec<String> = Vec::new();
        for (column, heading) in self.head.headings.iter().enumerate() {
            let place = self.found.iter().any(|(role, one, _)| {
                *one == column && !(*role == Place && self.column(Event).is_none())
            });
            if !place && self.profile.columns[column].filled > 0 {
                other.push(plain(heading));
            }
        }
        self.line(&format!("rest: {last}"));
        if !other.is_empty() {
            let mut line = String::from("# kept there under x_…: ");
            // Writing to a String cannot fail.
            let _ = write!(line, "{}", other.join(", "));
            self.line(&line);
            self.line("# drop: [a column, another]   # leaves them out");
        }
    }
}

/// A text in double quotes of YAML, which are those of JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in serde_json::Value::from(text).to_string().chars() {
        if annals_finding::is_hidden(c) {
            quoted.push_str(&format!("\\U{:08X}", u32::from(c)));
        } else {
            quoted.push(c);
        }
    }
    quoted
}

/// A text that can stand in a comment.
fn plain(text: &str) -> String {
    text.chars().flat_map(annals_finding::visible).collect()
}
