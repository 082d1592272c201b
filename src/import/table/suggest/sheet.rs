//! What the rows of a table are: one kind of record, to which the other columns belong.

use super::headings::Role::{
    Affiliation, Author, Born, Content, Country, Day, Description, Died, DocumentTitle, EventKind,
    EventLabel, FirstName, Happened, LastName, Name, Naming, Note, PersonDetail, Place, Published,
    Publisher, Quote, Sender, Source, Speaker, Start, Text, Title, To, Topic, Url, What, Who, Year,
};
use super::roles::Roles;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Claims,
    Events,
    Documents,
    People,
    Places,
    Topics,
    Unknown,
}

/// What the rows of a table with these columns are.
pub(super) fn rows(roles: &Roles) -> Rows {
    let any = |some: &[_]| roles.first(some).is_some();
    let named = any(&[Speaker, Who]) || roles.has(FirstName) && roles.has(LastName);
    let wrote = named || any(&[Author, Name]) || roles.has(Sender) && roles.has(To);
    let article = any(&[Title, DocumentTitle, Publisher]);
    let dated = any(&[Happened, Start, Day, Year]);
    let place = any(&[Place]) || !roles.participants.is_empty();
    if any(&[Content, Quote])
        || any(&[Text]) && (named || wrote && !article)
        || any(&[What]) && named
        || any(&[Description]) && roles.has(Speaker)
    {
        return Rows::Claims;
    }
    if any(&[EventLabel, What]) {
        return Rows::Events;
    }
    let happens = any(&[Happened, Start, Description]) || place;
    if any(&[Title, DocumentTitle]) && any(&[Url, Publisher, Published]) && !happens {
        return Rows::Documents;
    }
    let person = named || any(&[Name]);
    if person && any(&[PersonDetail, Affiliation, Born, Died]) && !any(&[Happened, Title]) {
        return Rows::People;
    }
    let told = any(&[
        Title,
        Description,
        Naming,
        EventKind,
        DocumentTitle,
        Note,
        Name,
    ]);
    if dated && (told || place) {
        return Rows::Events;
    }
    if any(&[Text]) {
        return Rows::Claims;
    }
    if any(&[Title, DocumentTitle, Url, Source, Publisher]) {
        return Rows::Documents;
    }
    match () {
        () if person => Rows::People,
        () if any(&[Place, Country]) && !any(&[Description]) => Rows::Places,
        () if any(&[Topic]) => Rows::Topics,
        () => Rows::Unknown,
    }
}
