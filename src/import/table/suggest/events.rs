//! A sheet of what happened.

use super::headings::Role::{
    Comment, Day, DayOfMonth, Description, DocumentTitle, End, EventKind, EventLabel, Happened,
    Month, Name, Naming, Note, Publisher, Source, Speaker, Start, Tags, Text, Title, Topic, Url,
    What, Who, Year,
};
use super::writer::{Writer, quoted};

impl Writer<'_> {
    /// Writes the records of a sheet of events; which of them is the event.
    pub(super) fn events(&mut self) -> &'static str {
        let roles = self.roles;
        let own = roles.first(&[EventLabel, What]).is_some();
        let cited = roles.first(&[Url, Publisher, Source]).is_some();
        let document = self.source(own && cited);
        let place = self.place();
        let participants = self.participants();
        self.line("  event:");
        self.line("    type: event");
        self.id("event");
        self.label(own);
        let kind = roles.first(&[EventKind, Topic]);
        if let Some(kind) = kind.filter(|kind| !self.is_used(*kind)) {
            self.field("kind", kind);
        }
        self.when();
        if !participants.is_empty() {
            let all: Vec<String> = (participants.iter())
                .map(|name| format!("{{actor: ${name}}}"))
                .collect();
            self.line(&format!("    participants: [{}]", all.join(", ")));
        }
        if place {
            self.line("    place: $place");
        }
        if document {
            self.line("    evidence: {document: $source}");
        }
        self.note(&[Description, Note, Comment, Text]);
        if let Some(tags) = roles.get(Tags) {
            self.list("tags", tags);
        }
        self.ask_dates("when of the event, published of the source");
        "event"
    }

    /// Who took part: the names of the records.
    fn participants(&mut self) -> Vec<String> {
        let roles = self.roles;
        let several = roles.participants.len() > 1;
        let columns: Vec<(usize, &str)> = match roles.first(&[Who, Speaker]) {
            Some(who) if !several => vec![(who, "person")],
            _ => Vec::new(),
        };
        // Of sides and numbered actors most are bodies.
        let kind = if several { "group" } else { "person" };
        let taking_part = roles.participants.iter().map(|column| (*column, kind));
        let all: Vec<(usize, &str)> = columns.into_iter().chain(taking_part).collect();
        let mut names = Vec::new();
        for (nth, (column, kind)) in all.into_iter().enumerate() {
            let name = match nth {
                0 => "participant".to_owned(),
                nth => format!("participant-{}", nth + 1),
            };
            self.actor(&name, column, kind);
            names.push(name);
        }
        names
    }

    /// What the event is called, from the column that says it in most rows.
    fn label(&mut self, own: bool) {
        let roles = self.roles;
        let title = (!own).then_some(Title).into_iter();
        let named = [EventLabel, What].into_iter().chain(title);
        let named = named.chain([
            Description,
            Naming,
            EventKind,
            Note,
            Name,
            Text,
            DocumentTitle,
        ]);
        let columns: Vec<usize> = named.filter_map(|role| roles.get(role)).collect();
        let filled = |column: &&usize| self.profile.columns[**column].filled;
        let whole = columns
            .iter()
            .find(|column| filled(column) == self.profile.rows);
        // The first of those that say it in most rows.
        let most = whole.or_else(|| columns.iter().rev().max_by_key(filled));
        if let Some(label) = most.copied() {
            self.field("label", label);
            self.lacking(label, "event");
            if roles.get(Name) == Some(label) {
                let shown = self.shown(label);
                self.ask(&format!(
                    "“{shown}”: are these events? If they are people: type: actor, name, kind: person, without a date"
                ));
            }
            return;
        }
        let mut parts: Vec<usize> = roles.participants.clone();
        parts.extend(roles.first(&[super::headings::Role::Place, super::headings::Role::Country]));
        parts.retain(|column| self.profile.columns[*column].filled > 0);
        parts.sort_by_key(|column| std::cmp::Reverse(self.profile.columns[*column].filled));
        parts.truncate(1);
        let label = quoted(&self.columns(&parts, " – "));
        self.line(&format!("    label: {label}"));
        self.ask("no column seems to say what happened; which is it? Then: label: …");
    }

    /// When it happened.
    fn when(&mut self) {
        let roles = self.roles;
        let from = roles.first(&[Start, Happened, Day]);
        match (from, roles.get(End)) {
            (Some(from), Some(to)) => return self.span("when", from, to),
            (Some(from), None) => return self.date("when", from),
            (None, _) => {}
        }
        let Some(year) = roles.get(Year) else {
            return;
        };
        let numbers = |column: usize| {
            let about = &self.profile.columns[column];
            about.mostly(about.numbers)
        };
        match (roles.get(Month), roles.get(DayOfMonth)) {
            (Some(month), Some(day)) => {
                let (columns, between) = if numbers(month) {
                    ([year, month, day], "-")
                } else {
                    ([day, month, year], " ")
                };
                let value = quoted(&self.columns(&columns, between));
                self.line(&format!("    when: {value}"));
            }
            (Some(month), None) => {
                let (columns, between) = if numbers(month) {
                    ([year, month], "/")
                } else {
                    ([month, year], " ")
                };
                let value = quoted(&self.columns(&columns, between));
                self.line(&format!("    when: {value}"));
            }
            _ => self.date("when", year),
        }
    }
}
