//! Sheets of documents, of people, of places and of topics, and those that are not understood.

use super::headings::Role::{
    Author, Comment, Country, Day, Description, DocumentTitle, FirstName, Language, LastName,
    Latitude, Longitude, Name, Note, Place, Published, Publisher, Source, Speaker, Tags, Title,
    Topic, Url, Who, Year,
};
use super::writer::{Writer, quoted};

impl Writer<'_> {
    /// Writes the record of a sheet of documents.
    pub(super) fn documents(&mut self) -> &'static str {
        let roles = self.roles;
        let named = [DocumentTitle, Title, Source, Publisher, Url];
        self.line("  source:");
        self.line("    type: document");
        if let Some(title) = roles.first(&named) {
            self.field("title", title);
            self.lacking(title, "document");
        }
        if let Some(author) = roles.first(&[Author, Speaker, Who]) {
            self.authors(author);
        }
        if let Some(publisher) = roles.get(Publisher).filter(|one| !self.is_used(*one)) {
            self.field("publisher", publisher);
        }
        let day = roles.first(&[Day, Year]);
        let plainly = roles.first(&[DocumentTitle, Publisher]).is_some();
        if let Some(published) = roles.get(Published).or(day.filter(|_| plainly)) {
            self.date("published", published);
        }
        self.field_of("url", Url);
        self.field_of("language", Language);
        self.note(&[Note, Description, Comment]);
        if let Some(tags) = roles.get(Tags) {
            self.list("tags", tags);
        }
        self.ask_dates(
            "published; or, if the rows are events and no documents: type: event, label, when",
        );
        "source"
    }

    /// Writes the records of a sheet of people.
    pub(super) fn people(&mut self) -> &'static str {
        let roles = self.roles;
        self.line("  actor:");
        self.line("    type: actor");
        let column = roles.first(&[Name, Speaker, Who]);
        match (column, roles.get(FirstName), roles.get(LastName)) {
            (Some(column), ..) => {
                self.field("name", column);
                self.lacking(column, "actor");
                self.of_people(column);
                self.named = vec![column];
            }
            (None, Some(first), Some(last)) => {
                let name = self.columns(&[first, last], " ");
                self.line(&format!("    name: {}", quoted(&name)));
                self.named = vec![first, last];
            }
            _ => return self.unknown(),
        }
        self.line("    kind: person  # assumed; also person, organization, state, group, media");
        let again = column.filter(|column| {
            let about = &self.profile.columns[*column];
            about.many || about.values() < about.filled
        });
        if let Some(column) = again {
            let shown = self.shown(column);
            self.ask(&format!(
                "“{shown}” has some names twice: each row is an actor. To make one of the same names: key: …, which keeps the other columns of the first row only"
            ));
        }
        self.note(&[Note, Description, Comment]);
        if let Some(tags) = roles.get(Tags) {
            self.list("tags", tags);
        }
        self.ask_dates("lifespan of the actor, when of the relation");
        self.membership("actor");
        "actor"
    }

    /// Writes the record of a sheet of places.
    pub(super) fn places(&mut self) -> &'static str {
        self.line("  place:");
        self.line("    type: place");
        if let Some(place) = self.roles.first(&[Place, Country]) {
            self.field("name", place);
        }
        if let Some((lat, lon)) = (self.roles.get(Latitude)).zip(self.roles.get(Longitude)) {
            self.field("lat", lat);
            self.field("lon", lon);
        }
        "place"
    }

    /// Writes the record of a sheet of topics.
    pub(super) fn topics(&mut self) -> &'static str {
        self.line("  topic:");
        self.line("    type: topic");
        self.field_of("label", Topic);
        self.note(&[Note, Description, Comment]);
        "topic"
    }

    /// No heading says what a row is. A topic says nothing of when, who or where.
    pub(super) fn unknown(&mut self) -> &'static str {
        self.out.clear();
        self.line("  row:");
        self.ask("no heading says what a row is: a claim (speaker, said, content), an event (label, when), a document, an actor?");
        self.line("    type: topic  # says the least; change it");
        let columns = &self.profile.columns;
        // What is there in most rows, of these what says most.
        let label = (0..columns.len()).max_by_key(|nth| {
            let column = &columns[*nth];
            let text = !column.mostly(column.numbers) && !column.is_dates();
            (column.filled, text, column.letters, std::cmp::Reverse(*nth))
        });
        match label {
            Some(label) => {
                self.field("label", label);
                self.lacking(label, "record");
            }
            None => self.line("    label: row"),
        }
        self.ask_dates("said of a claim, when of an event, published of a document");
        "row"
    }
}
