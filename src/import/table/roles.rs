//! What a column seems to be: its heading and its values, seen through.

use std::collections::BTreeSet;

use super::rows::{Head, Read, Remark, Row};
use super::words;
use crate::dates::{Reading, Unread};
use annals_source::SourceError;

/// How many rows are looked at.
pub(super) const ROWS: usize = 2_000;
/// Of how many different values a column is told apart.
const DISTINCT: usize = 500;

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
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
pub(super) struct Column {
    pub(super) filled: usize,
    pub(super) dates: usize,
    pub(super) ambiguous: usize,
    pub(super) unread: usize,
    pub(super) addresses: usize,
    pub(super) lists: usize,
    pub(super) letters: usize,
    pub(super) distinct: BTreeSet<String>,
    pub(super) many: bool,
    pub(super) example: String,
}

pub(super) struct Profile {
    pub(super) head: Option<Head>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: usize,
    pub(super) dates: Reading,
    pub(super) remarks: Vec<String>,
}

impl Read for Profile {
    fn begin(&mut self, head: &Head) -> Result<(), SourceError> {
        if self.head.is_none() {
            self.columns
                .resize_with(head.headings.len(), Column::default);
            self.head = Some(head.clone());
        }
        Ok(())
    }

    fn row(&mut self, _: &Head, row: &Row) -> Result<bool, SourceError> {
        self.rows += 1;
        for (column, cell) in self.columns.iter_mut().zip(&row.cells) {
            let text = cell.text.as_str();
            if text.is_empty() || words::is_missing(text) {
                continue;
            }
            column.filled += 1;
            if column.example.is_empty() {
                text.clone_into(&mut column.example);
            }
            match self.dates.read(text) {
                _ if cell.date.is_some() => column.dates += 1,
                Ok(_) => column.dates += 1,
                Err(Unread::Ambiguous | Unread::Century) => column.ambiguous += 1,
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

    fn remark(&mut self, (at, _, why): Remark) -> Result<(), SourceError> {
        if self.remarks.len() < 5 {
            self.remarks.push(format!("{at}: {why}"));
        }
        Ok(())
    }
}

/// Which column plays which part, and why.
pub(super) fn roles(head: &Head, profile: &Profile) -> Vec<(Role, usize, String)> {
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
    format!("the heading “{}”; {values}", annals_finding::shown(heading))
}
