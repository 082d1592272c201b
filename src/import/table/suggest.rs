//! A first mapping: what each column seems to be, from its heading and its values, and why.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use super::rows::{Head, Read, Remark, Row, each};
use crate::foreign::{Refusal, Source};
use crate::import::Options;
use crate::import::dates::{Reading, Unread};
use crate::import::options::DATES;

/// How many rows are looked at.
const ROWS: usize = 2_000;
/// Of how many different values a column is told apart.
const DISTINCT: usize = 500;

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Id,
    Content,
    Quote,
    Speaker,
    Affiliation,
    Addressee,
    Said,
    Published,
    Title,
    Url,
    Publisher,
    Topic,
    Place,
    Event,
    Stance,
    Act,
    Language,
    Tags,
    Note,
}

use Role::{
    Act, Addressee, Affiliation, Content, Event, Id, Language, Note, Place, Published, Publisher,
    Quote, Said, Speaker, Stance, Tags, Title, Topic, Url,
};

/// The words of headings, folded: those that say more stand first.
const HEADINGS: &[(Role, &str)] = &[
    (
        Published,
        "date published|published on|published|publication date|date of publication|veroffentlicht|erscheinungsdatum|publie le|date de publication|publicado|fecha de publicacion",
    ),
    (
        Url,
        "source url|url|link|links|weblink|lien|enlace|webseite",
    ),
    (
        Title,
        "headline|title|titel|titre|titulo|uberschrift|schlagzeile|source title",
    ),
    (
        Publisher,
        "publisher|outlet|medium|media|source|quelle|zeitung|journal|fuente|medio|newspaper",
    ),
    (
        Said,
        "date said|date of claim|claim date|statement date|said on|gesagt am|date|datum|fecha|day|tag|when|wann|quand|cuando|date de la declaration",
    ),
    (
        Affiliation,
        "party|partei|parti|partido|affiliation|organisation|organization|organizacion|fraktion",
    ),
    (
        Addressee,
        "addressee|addressed to|audience|to whom|an wen|adressat|destinataire|destinatario",
    ),
    (
        Speaker,
        "speaker|claimant|who|said by|sprecher|sprecherin|redner|person|politician|wer|orateur|locuteur|qui|orador|hablante|quien|author of claim|name",
    ),
    (
        Quote,
        "quote|verbatim|exact words|zitat|wortlaut|citation|cita|cita textual",
    ),
    (
        Content,
        "claim|statement|aussage|behauptung|affirmation|declaration|declaracion|afirmacion|content|text|inhalt",
    ),
    (
        Topic,
        "topic|subject|theme|thema|sujet|tema|category|kategorie|issue",
    ),
    (
        Place,
        "place|location|ort|lieu|lugar|city|stadt|country|land",
    ),
    (
        Event,
        "event|occasion|ereignis|anlass|veranstaltung|evenement|evento|acto",
    ),
    (
        Stance,
        "stance|view|position|haltung|postura|for or against",
    ),
    (Act, "act|speech act|sprechakt"),
    (Language, "language|sprache|langue|idioma|lang"),
    (
        Tags,
        "tags|keywords|schlagworte|stichworte|mots cles|etiquetas",
    ),
    (
        Note,
        "note|notes|remarks|comment|comments|anmerkung|anmerkungen|bemerkung|remarque|nota|notas|observaciones",
    ),
    (Id, "id|no|nr|number|nummer|numero|record id|claim id"),
];

/// What is known of a column.
#[derive(Debug, Default)]
struct Column {
    filled: usize,
    dates: usize,
    ambiguous: usize,
    unread: usize,
    addresses: usize,
    lists: usize,
    letters: usize,
    distinct: BTreeSet<String>,
    many: bool,
    example: String,
}

struct Profile {
    head: Option<Head>,
    columns: Vec<Column>,
    rows: usize,
    dates: Reading,
    remarks: Vec<String>,
}

impl Read for Profile {
    fn begin(&mut self, head: &Head) -> Result<(), Refusal> {
        if self.head.is_none() {
            self.columns
                .resize_with(head.headings.len(), Column::default);
            self.head = Some(head.clone());
        }
        Ok(())
    }

    fn row(&mut self, _: &Head, row: &Row) -> Result<bool, Refusal> {
        self.rows += 1;
        for (column, cell) in self.columns.iter_mut().zip(&row.cells) {
            let text = cell.text.as_str();
            if text.is_empty() {
                continue;
            }
            column.filled += 1;
            if column.example.is_empty() {
                text.clone_into(&mut column.example);
            }
            match self.dates.read(text) {
                _ if cell.date.is_some() => column.dates += 1,
                Ok(_) => column.dates += 1,
                Err(Unread::Ambiguous) => column.ambiguous += 1,
                Err(Unread::Unknown(_)) => column.unread += 1,
            }
            column.addresses +=
                usize::from(text.starts_with("http://") || text.starts_with("https://"));
            column.lists += usize::from(text.contains(';'));
            column.letters += text.chars().count();
            if column.distinct.len() < DISTINCT {
                column.distinct.insert(text.chars().take(80).collect());
            } else {
                column.many = true;
            }
        }
        Ok(self.rows < ROWS)
    }

    fn remark(&mut self, (at, _, why): Remark) -> Result<(), Refusal> {
        if self.remarks.len() < 5 {
            self.remarks.push(format!("{at}: {why}"));
        }
        Ok(())
    }
}

/// A mapping for the first of these tables.
pub(super) fn of(sources: &[Source], options: &Options) -> Result<String, Refusal> {
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

/// Which column plays which part, and why.
fn roles(head: &Head, profile: &Profile) -> Vec<(Role, usize, String)> {
    let mut found: Vec<(Role, usize, String)> = Vec::new();
    for (role, words) in HEADINGS {
        let mut best: Option<(usize, usize, String)> = None;
        for (column, heading) in head.headings.iter().enumerate() {
            if found.iter().any(|(_, taken, _)| *taken == column) {
                continue;
            }
            let about = &profile.columns[column];
            let Some(score) = fits(heading, words).filter(|_| holds(*role, about)) else {
                continue;
            };
            if best.as_ref().is_none_or(|(known, ..)| score > *known) {
                best = Some((score, column, reason(*role, heading, about)));
            }
        }
        found.extend(best.map(|(_, column, why)| (*role, column, why)));
    }
    found.sort();
    found
}

/// How well a heading fits words: the more of it they say, the better.
fn fits(heading: &str, words: &str) -> Option<usize> {
    let heading = deunicode::deunicode(heading).to_lowercase();
    let heading: Vec<&str> = heading
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let heading = heading.join(" ");
    let score = |(nth, word): (usize, &str)| {
        let rank = 100 - nth.min(50);
        if heading == word {
            Some(1_000 + rank)
        } else {
            let padded = format!(" {heading} ");
            padded
                .contains(&format!(" {word} "))
                .then_some(rank + word.len())
        }
    };
    words.split('|').enumerate().filter_map(score).max()
}

/// Whether the values are as the part wants them.
fn holds(role: Role, column: &Column) -> bool {
    let most = |count: usize| count * 10 >= column.filled * 6;
    if column.filled == 0 {
        return false;
    }
    let dates = most(column.dates + column.ambiguous);
    match role {
        Said | Published => dates && column.letters > column.filled * 3,
        Url => most(column.addresses),
        Content | Quote => column.letters >= column.filled * 12 && !most(column.addresses),
        Stance | Act | Language => !column.many && column.distinct.len() <= 20,
        Speaker | Title | Publisher | Topic | Affiliation | Addressee | Place | Event => {
            !most(column.addresses) && !dates
        }
        Id | Tags | Note => true,
    }
}

fn reason(role: Role, heading: &str, column: &Column) -> String {
    let rows = column.filled;
    let values = match role {
        Said | Published => format!(
            "{} of {rows} values are dates",
            column.dates + column.ambiguous
        ),
        Url => format!("{} of {rows} values are addresses", column.addresses),
        _ if column.many => format!("more than {DISTINCT} different values in {rows} rows"),
        _ => format!("{} different values in {rows} rows", column.distinct.len()),
    };
    format!("the heading “{}”; {values}", crate::finding::shown(heading))
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
            let value = quoted(&format!("{{{}}}", name));
            let line = format!("    {field}: {value}  # {}", self.why(role));
            self.line(&line);
        }
    }

    fn write(mut self, options: &Options) -> String {
        self.line("# A first mapping, made from headings and values. Read each line and mend what is wrong;");
        self.line("# what stands after a # is the reason. Then: annals import table FILE --map THIS -o facts.yaml");
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
        let last = self.claim(document, actors, topic.is_some(), event);
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
            self.line(&format!("# dates: dmy   # or mdy: {count} dates of “{heading}” can be read both ways, and the import will ask"));
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
            self.line("    type: relation  # without a date: when it began and ended the table does not say");
            self.line("    key: \"{it}\"");
            let (speaker, affiliation) = (self.name(Speaker), self.name(Affiliation));
            if let (Some(speaker), Some(affiliation)) = (speaker, affiliation) {
                let start = "    key: \"{it}\"\n";
                let at = self.out.len() - start.len();
                self.out.truncate(at);
                let key = format!("{{{}}} in {{{}}}", speaker, affiliation);
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
                    "    key: {key}  # the same words on another day are another event"
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
    fn claim(&mut self, document: bool, actors: bool, topic: bool, event: bool) -> &'static str {
        if self.column(Content).or(self.column(Quote)).is_none() {
            return if event { "event" } else { "source" };
        }
        self.line("  claim:");
        self.line("    type: claim");
        if let Some(id) = self.name(Id) {
            let template = quoted(&format!("claim {{{}}}", id));
            let line = format!("    id: {template}  # {}", self.why(Id));
            self.line(&line);
        }
        if actors {
            self.line("    speaker: $speaker");
        } else {
            self.line("    speaker: []  # no column seems to say who speaks: the narrator does");
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
    serde_json::Value::from(text).to_string()
}

/// A text that can stand in a comment.
fn plain(text: &str) -> String {
    text.chars().flat_map(crate::finding::visible).collect()
}
