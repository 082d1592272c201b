//! The records that others of a row refer to: sources, people, topics, places.

use super::headings::Role::{
    self, Addressee, Affiliation, Author, Country, DocumentTitle, FirstName, Language, LastName,
    Latitude, Longitude, Name, Place, Published, Publisher, Sender, Source, Speaker, Title, To,
    Topic, Url, Who,
};
use super::roles::JOINERS;
use super::writer::{Writer, quoted};

impl Writer<'_> {
    /// The document that a row is from; whether there is one. `title` says whether a column that is
    /// only called “title” is its title.
    pub(super) fn source(&mut self, title: bool) -> bool {
        let roles = self.roles;
        let title = title.then_some(Title).into_iter();
        let named = [DocumentTitle]
            .into_iter()
            .chain(title)
            .chain([Source, Publisher, Url])
            .find_map(|role| Some((role, roles.get(role)?)));
        let Some((role, title)) = named else {
            return false;
        };
        self.line("  source:");
        self.line("    type: document");
        let url = roles.get(Url);
        let list = |column: usize| {
            let about = &self.profile.columns[column];
            about.separator().filter(|(_, count)| *count > 0)
        };
        if let Some((separator, count)) = list(title).filter(|_| matches!(role, Source | Url)) {
            self.each(title, separator, count);
            self.line(if role == Url {
                "    title: \"{it}\"\n    url: \"{it}\""
            } else {
                "    title: \"{it}\""
            });
            return true;
        }
        let filled = |column: usize| self.profile.columns[column].filled;
        match url {
            Some(url) if filled(url) >= filled(title) => self.field("key", url),
            _ => {
                // Two of one title are one document only if all else agrees.
                let rest = [Publisher, Published].map(|role| roles.get(role));
                let rest = url.into_iter().chain(rest.into_iter().flatten());
                let mut columns = vec![title];
                columns.extend(rest.filter(|column| *column != title));
                let key = quoted(&self.columns(&columns, " "));
                self.line(&format!("    key: {key}"));
            }
        }
        self.field("title", title);
        if let Some(author) = roles.get(Author).filter(|column| !self.is_used(*column)) {
            self.authors(author);
        }
        self.field_of("publisher", Publisher);
        if let Some(published) = roles.get(Published) {
            self.date("published", published);
        }
        self.field_of("url", Url);
        self.field_of("language", Language);
        true
    }

    /// Who wrote a document: a list, or a name.
    pub(super) fn authors(&mut self, column: usize) {
        if self.profile.columns[column].separator().is_some() {
            self.list("author", column);
        } else {
            self.field("author", column);
        }
    }

    fn each(&mut self, column: usize, separator: &str, count: usize) {
        let (heading, why) = (quoted(&self.head.headings[column]), self.why(column));
        // The column is named without braces, and is used all the same.
        self.column(column);
        let sign = match separator {
            "\n" => "a line break",
            ";" => "a semicolon",
            other => other,
        };
        let many = match count {
            1 => "1 value has".to_owned(),
            _ => format!("{count} values have"),
        };
        let separator = quoted(separator);
        self.line(&format!(
            "    each: {{column: {heading}, split: {separator}}}  # {why}; {many} {sign}"
        ));
        self.line("    key: \"{it}\"");
    }

    /// Who speaks, of claims; whether a column says it.
    pub(super) fn speakers(&mut self) -> bool {
        let roles = self.roles;
        if let (None, Some(first), Some(last)) = (
            roles.get(Speaker),
            roles.get(FirstName),
            roles.get(LastName),
        ) {
            let name = quoted(&self.columns(&[first, last], " "));
            self.line("  speaker:");
            self.line("    type: actor");
            self.line(&format!("    key: {name}"));
            self.line(&format!("    name: {name}"));
            self.line("    kind: person");
            self.named = vec![first, last];
            return true;
        }
        let article = roles.first(&[DocumentTitle, Title, Publisher]).is_some();
        let checked = roles.has(Role::Verdict);
        let author = [Author, Name].into_iter().filter(|role| {
            // Of an article the author writes what others say; of a check, the checker does.
            *role == Name || !article && !checked
        });
        let sender = roles.has(To).then_some(Sender);
        let found = [Speaker, Who].into_iter().chain(author).chain(sender);
        let column = found.into_iter().find_map(|role| roles.get(role));
        // Who acts, in a sheet of what was said, says it.
        let column = column.or(match roles.participants[..] {
            [one] => Some(one),
            _ => None,
        });
        if let Some(column) = column {
            self.actor("speaker", column, "person");
            self.named = vec![column];
        }
        column.is_some()
    }

    /// To whom something is said; whether a column says it.
    pub(super) fn addressee(&mut self) -> bool {
        let sent = self.roles.has(Sender).then_some(To);
        let found = [Addressee].into_iter().chain(sent);
        let column = found.into_iter().find_map(|role| self.roles.get(role));
        if let Some(column) = column {
            self.actor("addressee", column, "person");
        }
        column.is_some()
    }

    /// Says how many rows lack what their record cannot be without.
    pub(super) fn lacking(&mut self, column: usize, record: &str) {
        let rows = self.profile.rows;
        let lack = rows - self.profile.columns[column].filled.min(rows);
        if lack > 0 {
            let shown = self.shown(column);
            let lost = match lack {
                1 => format!("1 of {rows} rows has no “{shown}”: its {record} is"),
                _ => format!("{lack} of {rows} rows have no “{shown}”: their {record}s are"),
            };
            self.line(&format!("    # {lost} left out and counted."));
        }
    }

    /// The organization of somebody, and that they are members of it.
    pub(super) fn membership(&mut self, who: &str) {
        let Some(affiliation) = self.roles.get(Affiliation) else {
            return;
        };
        let people = std::mem::take(&mut self.named);
        self.actor("organization", affiliation, "organization");
        self.named = people;
        let list = |column: usize| self.profile.columns[column].separator().map(|one| one.0);
        let each = match (
            self.named[..].first().copied().and_then(list),
            list(affiliation),
        ) {
            (Some(_), Some(_)) => {
                self.ask("several people and several organizations in one cell: who is a member of which?");
                return;
            }
            (Some(separator), None) => Some((self.named[0], separator)),
            (None, Some(separator)) => Some((affiliation, separator)),
            (None, None) => None,
        };
        self.line("  membership:");
        self.line(
            "    type: relation  # without a date: the table does not say when it began and ended",
        );
        let columns: Vec<usize> = self.named.iter().copied().chain([affiliation]).collect();
        let parts: Vec<String> = (columns.into_iter())
            .map(|column| match each {
                Some((list, _)) if list == column => "{it}".to_owned(),
                _ => self.column(column),
            })
            .collect();
        if let Some((list, separator)) = each {
            let heading = quoted(&self.head.headings[list]);
            let separator = quoted(separator);
            self.line(&format!(
                "    each: {{column: {heading}, split: {separator}}}"
            ));
        }
        let key = match parts.split_last() {
            Some((last, first)) => format!("{} in {last}", first.join(" ")),
            None => String::new(),
        };
        self.line(&format!("    key: {}", quoted(&key)));
        self.line(&format!("    from: ${who}"));
        self.line("    kind: member_of");
        self.line("    to: $organization");
    }

    /// An actor for each different value of a column.
    pub(super) fn actor(&mut self, name: &str, column: usize, kind: &str) {
        self.line(&format!("  {name}:"));
        self.line("    type: actor");
        let about = &self.profile.columns[column];
        if let Some((separator, count)) = about.separator() {
            self.each(column, separator, count);
            self.line("    name: \"{it}\"");
        } else {
            self.field("key", column);
            self.field("name", column);
        }
        if about.joined > 0 {
            let (shown, joined) = (self.shown(column), about.joined);
            let values = match joined {
                1 => "1 value has".to_owned(),
                _ => format!("{joined} values have"),
            };
            let found = JOINERS.iter().filter(|joiner| {
                let mut values = about.distinct.keys();
                values.any(|value| value.contains(**joiner))
            });
            let separator = about.separator().map(|(separator, _)| separator);
            let signs: Vec<String> = (separator.into_iter().chain(found.copied()))
                .map(quoted)
                .collect();
            let signs = match &signs[..] {
                [one] => one.clone(),
                _ => format!("[{}]", signs.join(", ")),
            };
            self.ask(&format!(
                "“{shown}”: {values} “and” or a sign like it. If these are several people: each: {{column: {}, split: {signs}}}, key: \"{{it}}\", name: \"{{it}}\"",
                quoted(&self.head.headings[column])
            ));
        }
        self.line(&format!(
            "    kind: {kind}  # assumed; also person, organization, state, group, media"
        ));
        if kind == "person" {
            self.of_people(column);
        }
    }

    /// What claims are about; whether a column says it.
    pub(super) fn topic(&mut self) -> bool {
        let Some(column) = self.roles.get(Topic) else {
            return false;
        };
        self.line("  topic:");
        self.line("    type: topic");
        if let Some((separator, count)) = self.profile.columns[column].separator() {
            self.each(column, separator, count);
            self.line("    label: \"{it}\"");
        } else {
            self.field("key", column);
            self.field("label", column);
        }
        true
    }

    /// Where something happened; whether a column says it.
    pub(super) fn place(&mut self) -> bool {
        let roles = self.roles;
        let Some(place) = roles.first(&[Place, Country]) else {
            return false;
        };
        let country = roles.get(Country).filter(|country| *country != place);
        if let Some(country) = country {
            self.line("  country:");
            self.line("    type: place");
            self.field("key", country);
            self.field("name", country);
        }
        self.line("  place:");
        self.line("    type: place");
        let position = roles.get(Latitude).zip(roles.get(Longitude));
        // Two places of one name are one only if all else agrees.
        let mut columns = vec![place];
        columns.extend(country);
        columns.extend(position.into_iter().flat_map(|(lat, lon)| [lat, lon]));
        let key = quoted(&self.columns(&columns, " "));
        self.line(&format!("    key: {key}"));
        self.field("name", place);
        if country.is_some() {
            self.line("    within: $country");
        }
        if let Some((lat, lon)) = position {
            self.field("lat", lat);
            self.field("lon", lon);
        }
        true
    }
}
