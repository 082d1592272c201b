//! What a heading means. A heading is understood whole or not at all: `date` is a day, and
//! `date_prec` is not; what is not understood is asked or kept, never guessed.

use Role::{
    Act, Addressee, Affiliation, Author, Born, Comment, Content, Country, Day, DayOfMonth,
    Description, Died, DocumentTitle, End, EventKind, EventLabel, FirstName, Happened, Id,
    Language, LastName, Latitude, Longitude, Month, Name, Naming, Note, Occasion, OtherDate,
    Participant, PersonDetail, Place, Posted, Published, Publisher, Quote, Said, Sender, Source,
    Speaker, Stance, Start, Tags, Text, Title, To, Topic, Url, Verdict, What, Who, Year,
};

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Id,
    /// What was said: somebody's claim, in whatever words.
    Content,
    /// The words as spoken.
    Quote,
    /// A text of a post, a message, an article: said, where somebody is named who wrote it.
    Text,
    /// What was said, or what happened.
    What,
    Speaker,
    /// Who said or did it.
    Who,
    /// Who wrote a text; of an article not who speaks in it.
    Author,
    /// A name, of whatever has one.
    Name,
    FirstName,
    LastName,
    /// Who sends, to whom.
    Sender,
    To,
    Affiliation,
    Addressee,
    Said,
    Posted,
    Published,
    Happened,
    Start,
    End,
    /// A day of which the heading says no more.
    Day,
    Year,
    Month,
    DayOfMonth,
    Born,
    Died,
    /// When somebody worked on the sheet: checked, updated, looked up.
    OtherDate,
    Title,
    DocumentTitle,
    Url,
    /// Where it is from: an address, a title, a newspaper.
    Source,
    Publisher,
    Topic,
    EventLabel,
    /// A thing that events belong to: a conflict.
    Naming,
    EventKind,
    Occasion,
    Description,
    Participant,
    Place,
    Country,
    Latitude,
    Longitude,
    Stance,
    Act,
    /// What a checker found: not what the speaker thinks.
    Verdict,
    Language,
    Tags,
    Note,
    Comment,
    /// What sheets of people say of them.
    PersonDetail,
}

/// Headings that are understood as they stand, folded. What stands first in its list wins.
const HEADINGS: &[(Role, &str)] = &[
    (
        Speaker,
        "speaker|claimant|who said it|who said|who said this|who says|said by|stated by|claimed by|spoken by|speakers|claimants|speaker name|name of speaker|claimant name|name of claimant|claim maker|claim author|author of claim|author of the claim|statement author|author of statement|originator|statement originator|quoted person|person quoted|spokesperson|claim by|statement by|quote by|said by whom|attributed to|sprecher|sprecherin|redner|rednerin|orateur|oratrice|locuteur|locutrice|orador|oradora|hablante|interviewee|witness|respondent",
    ),
    (Who, "who|wer|qui|quien|politician|politiker|person"),
    (
        Author,
        "author|authors|author name|author s|written by|user|username|user name|screen name|account|account name|posted by|tweeted by|poster|commenter|by|verfasser|verfasserin|autor|autorin|auteur|autrice|autora",
    ),
    (
        Name,
        "name|full name|names|nom|nombre|vollstandiger name|nom complet|nombre completo",
    ),
    (
        FirstName,
        "first name|firstname|given name|forename|vorname|prenom",
    ),
    (
        LastName,
        "last name|lastname|surname|family name|nachname|nom de famille|apellido|apellidos",
    ),
    (Sender, "from|sender"),
    (
        To,
        "to|audience|target audience|audiences|directed at|directed to|aimed at|publikum|zielgruppe|audiencia|public vise|said in front of|spoken to",
    ),
    (
        Affiliation,
        "party|political party|party affiliation|affiliation|speaker party|party of speaker|speaker affiliation|organisation|organization|partei|parti|partido|organizacion|fraktion",
    ),
    (
        Addressee,
        "addressee|addressees|addressed to|addressee name|name of addressee|to whom|said to|said to whom|told to|recipient|recipients|recipient name|receiver|receivers|empfanger|empfangerin|an wen|adressat|adressatin|destinataire|destinatario",
    ),
    (
        Quote,
        "quote|quotation|verbatim quote|verbatim|exact quote|exact words|direct quote|original quote|full quote|quotes|quote text|quoted text|quoted words|zitat|wortlaut|zitat im wortlaut|cita|cita textual",
    ),
    (
        Content,
        "claim|statement|claim text|statement text|text of claim|text of statement|claim reviewed|what was said|what was claimed|what they said|what he said|what she said|claims|statements|assertion|allegation|promise|pledge|paraphrase|paraphrased|paraphrased quote|quote paraphrase|quote or paraphrase|gist|claim summary|summary of claim|statement summary|summary of statement|aussage|behauptung|affirmation|declaration|declaracion|afirmacion",
    ),
    (
        Text,
        "text|tweet|post|tweet text|post text|full text|message|message text|comment text|content|contents|body|body text|speech|utterance|line|dialogue|answer|reply|inhalt|texte|texto|contenu|contenido",
    ),
    (What, "what|was|quoi|que"),
    (
        EventLabel,
        "event|event name|name of event|event title|event label|event description|description of event|what happened|happening|events|incident|incident name|incident description|was geschah|was passierte|ereignis|evenement|evento|acontecimiento",
    ),
    (Naming, "conflict name|dyad name|conflict"),
    (
        EventKind,
        "sub event type|event type|type of event|kind of event|incident type|type of incident|event category|event kind|category of event|ereignistyp|type|kind|typ",
    ),
    (
        Occasion,
        "occasion|said at event|anlass|veranstaltung|ocasion",
    ),
    (
        Description,
        "description|details|summary|abstract|synopsis|event summary|incident summary|narrative|beschreibung|zusammenfassung|resume|descripcion|resumen",
    ),
    (
        Participant,
        "participants|actors|actor 1|actor 2|side a|side b|actor|participant|people|persons|people involved|attendees|belligerents|teilnehmer|beteiligte|participantes",
    ),
    (Title, "title|titel|titre|titulo"),
    (
        DocumentTitle,
        "headline|source title|article title|source headline|article headline|news headline|document title|title of source|title of article|title of document|uberschrift|schlagzeile",
    ),
    (
        Url,
        "url|source url|link|source link|article url|article link|claim url|link to source|url of source|permalink|web address|weblink|web link|website|webpage|hyperlink|href|uri|urls|links|source urls|source links|lien|enlace|webseite",
    ),
    (
        Source,
        "source|source name|name of source|sources|source article|quelle|quellen|fuente|fuentes|reference|references",
    ),
    (
        Publisher,
        "publisher|publisher name|published by|published in|where published|outlet|media outlet|reported by|as reported by|reported in|seen in|news outlet|source office|newspaper|medium|media|zeitung|journal|medio|verlag",
    ),
    (
        Topic,
        "topic|topics|subject|subjects|theme|issue|thema|themen|sujet|tema|category|kategorie|about",
    ),
    (
        Place,
        "place|location|location name|place name|where coordinates|where|city|town|village|venue|ort|lieu|lugar|stadt|ville|ciudad",
    ),
    (Country, "country|country name|land|pays|pais"),
    (Latitude, "latitude|lat|breitengrad"),
    (Longitude, "longitude|lon|lng|long|langengrad"),
    (
        Stance,
        "stance|for or against|for against|pro or contra|pro contra|pro con|position|view|haltung|postura",
    ),
    (Act, "act|speech act|sprechakt"),
    (
        Language,
        "language|lang|language code|sprache|langue|idioma",
    ),
    (
        Tags,
        "tags|keywords|tag list|schlagworte|stichworte|mots cles|etiquetas",
    ),
    (
        Note,
        "notes|note|remarks|anmerkung|anmerkungen|bemerkung|bemerkungen|remarque|remarques|nota|notas|observaciones",
    ),
    (Comment, "comment|comments|kommentar|commentaire|comentario"),
    (
        Id,
        "id|no|nr|number|nummer|numero|record id|claim id|statement id|event id|row id|incident id|case id|case number|entry id|uid|uuid|event id cnty",
    ),
    (
        PersonDetail,
        "gender|sex|occupation|profession|job title|office|role|function|email|e mail|phone|twitter|facebook|constituency|chamber|nationality|member id|biography|bio",
    ),
];

/// Words by which a heading says that it is about a day.
const OF_DATES: &str =
    " date dates datetime dated day when time datum fecha tag jour dia wann quand cuando year ";
/// Words that add nothing in a heading of dates: prepositions, articles, and how a date is written.
const FILLERS: &str = " of on at the it was is were in by am der des de la le du el this that utc gmt \
    iso yyyy yy mm dd hh ss jjjj tt aaaa jj dmy mdy ymd local full ";

/// Which date it is, by what else a heading of dates says. What may stand without a word such as
/// `date` stands first.
const DATES: &[(Role, &str, &str)] = &[
    (
        Said,
        " said stated spoken uttered gesagt dicho ",
        " claim claimed statement quote quoted speech utterance remark declaration aussage spoke \
          aussagedatum ",
    ),
    (
        Posted,
        " posted tweeted ",
        " post tweet created sent message comment ",
    ),
    (
        Published,
        " published publication reported veroffentlicht erschienen erscheinungsdatum publie publicado \
          pubdate ",
        " publish pub issued issue released release article source report news newspaper document \
          story headline broadcast aired print printed veroffentlichung erscheinung parution \
          publicacion ",
    ),
    (
        Happened,
        " happened occurred ",
        " event incident occurrence ereignis happening attack accident evenement evento ",
    ),
    (
        Start,
        " start started begin began begins beginning since beginn anfang von ab debut inicio desde ",
        " from ",
    ),
    (
        End,
        " end ended ends finish finished until till ende bis fin hasta ",
        " to ",
    ),
    (Born, " born dob birthday birthdate geboren ", " birth "),
    (Died, " died ", " death "),
    (
        OtherDate,
        " checked factchecked reviewed rated verified accessed retrieved archived updated modified \
          edited added entered recorded inserted imported crawled scraped downloaded captured logged \
          timestamp submitted ",
        " check fact factcheck review rating verdict verification access retrieval archive update \
          modification change changed last edit creation entry record capture download insert first \
          seen ",
    ),
];

/// Words for what a checker says, which make a whole heading theirs.
const VERDICTS: &str = " verdict rating ruling veracity truthfulness urteil bewertung ";

/// The words of a heading: cut at signs, at capitals (`dateSaid`) and before numbers (`actor1`),
/// without case and accents.
pub(super) fn words_of(heading: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = heading.chars().collect();
    for (nth, c) in chars.iter().enumerate() {
        let before = nth.checked_sub(1).map(|nth| chars[nth]);
        let after = chars.get(nth + 1);
        let hump = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_uppercase() && after.is_some_and(|after| after.is_lowercase())
            });
        let number = c.is_numeric() && before.is_some_and(char::is_alphabetic);
        if !c.is_alphanumeric() || hump || number {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.push(*c);
        }
    }
    words.push(word);
    let words = words.iter().filter(|word| !word.is_empty());
    // Other scripts are not made Latin: what looks like a word of ours then may be none.
    let folded = words.map(|word| {
        let plain = deunicode::deunicode(word).to_lowercase();
        if word.chars().all(|c| (c as u32) < 0x250) {
            plain
        } else {
            format!("\u{0}{plain}")
        }
    });
    folded.collect()
}

/// What a heading means, and how well that is said: the lower, the better.
pub(super) fn meaning(heading: &str) -> Option<(Role, usize)> {
    let words = words_of(heading);
    if let Some(found) = whole(&words) {
        return Some(found);
    }
    // by.name, author.displayName: a field of an object in JSON, which stands for the object.
    if let Some((object, field)) = heading.rsplit_once('.')
        && matches!(
            words_of(field).join(" ").as_str(),
            "name" | "full name" | "display name"
        )
        && let Some(found) = whole(&words_of(object))
    {
        return Some(found);
    }
    // Sprecher / Speaker, Date (dd.mm.yyyy): each part says the same, or nothing.
    let parts = heading.split(['/', '|', '(', ')', '[', ']', '·', '\n']);
    let mut found: Option<Role> = None;
    for part in parts {
        let words = words_of(part);
        if words.iter().all(|word| is_in(FILLERS, word)) {
            continue;
        }
        let (role, _) = whole(&words)?;
        if found.is_some_and(|known| known != role) {
            return either(heading);
        }
        found = Some(role);
    }
    found.map(|role| (role, 500))
}

/// `Quote / Paraphrase` is what was said, in whatever words.
fn either(heading: &str) -> Option<(Role, usize)> {
    let mut parts = heading.split('/').map(|part| whole(&words_of(part)));
    let said = |found: Option<(Role, usize)>| {
        found.is_some_and(|(role, _)| matches!(role, Quote | Content | Text))
    };
    parts.all(said).then_some((Content, 500))
}

fn whole(words: &[String]) -> Option<(Role, usize)> {
    if words.is_empty() {
        return None;
    }
    let joined = words.join(" ");
    for (role, list) in HEADINGS {
        if let Some(rank) = list.split('|').position(|one| one == joined) {
            return Some((*role, rank));
        }
    }
    if words.iter().any(|word| is_in(VERDICTS, word)) && date(words).is_none() {
        return Some((Verdict, 0));
    }
    date(words).map(|role| (role, 100 + words.len()))
}

fn date(words: &[String]) -> Option<Role> {
    match words {
        [year] if is_in(" year jahr annee ano anno yr ", year) => return Some(Year),
        [month] if is_in(" month monat mois mes ", month) => return Some(Month),
        [day] if is_in(" day tag jour dia ", day) => return Some(DayOfMonth),
        _ => {}
    }
    let at = |word: &String| matches!(word.as_str(), "at" | "on" | "am");
    let has_date = words.iter().any(|word| is_in(OF_DATES, word))
        || words.len() > 1 && words.last().is_some_and(at);
    let rest: Vec<&String> = words
        .iter()
        .filter(|word| !is_in(OF_DATES, word) && !is_in(FILLERS, word))
        .collect();
    if rest.is_empty() {
        return has_date.then_some(Day);
    }
    for (role, alone, beside) in DATES {
        let all = rest.iter().all(|word| {
            let said = is_in(alone, word) || (is_in(beside, word) && (has_date || rest.len() > 1));
            // The start of the event.
            said || *role != OtherDate && has_date && is_in(" event incident ", word)
        });
        let some = rest
            .iter()
            .any(|word| is_in(alone, word) || is_in(beside, word));
        let stands = has_date
            || rest.iter().any(|word| is_in(alone, word))
            || *role == OtherDate && rest.len() > 1;
        if all && some && stands {
            return Some(*role);
        }
    }
    // Who checked or changed it is not when it was said, whatever else the heading says.
    let (_, alone, beside) = DATES[DATES.len() - 1];
    let other = |word: &&String| is_in(alone, word) || is_in(beside, word);
    (has_date && rest.iter().any(other)).then_some(OtherDate)
}

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(heading: &str) -> Option<Role> {
        meaning(heading).map(|(role, _)| role)
    }

    #[test]
    fn the_name_of_an_object_stands_for_it() {
        assert_eq!(role("by.name"), role("by"));
        assert_eq!(role("speaker.fullName"), role("speaker"));
        assert_eq!(role("author.display_name"), role("author"));
        assert_eq!(role("by.kind"), None);
        assert_eq!(role("file.name"), None);
    }

    #[test]
    fn headings_are_cut_into_words() {
        for (heading, words) in [
            ("dateSaid", "date said"),
            ("sourceURL", "source url"),
            ("URLTitle", "url title"),
            ("date_said", "date said"),
            ("Date-Said", "date said"),
            ("actor1", "actor 1"),
            ("Überschrift", "uberschrift"),
            ("  ", ""),
        ] {
            assert_eq!(words_of(heading).join(" "), words);
        }
    }

    #[test]
    fn dates_are_told_apart() {
        for (heading, wanted) in [
            ("Date", Some(Day)),
            ("When", Some(Day)),
            ("Datum", Some(Day)),
            ("Date (dd.mm.yyyy)", Some(Day)),
            ("Date said", Some(Said)),
            ("said_on", Some(Said)),
            ("dateSaid", Some(Said)),
            ("statement_date", Some(Said)),
            ("date of claim", Some(Said)),
            ("When was it said", Some(Said)),
            ("Gesagt am", Some(Said)),
            ("source_date", Some(Published)),
            ("sourceDate", Some(Published)),
            ("Date of publication", Some(Published)),
            ("Reported on", Some(Published)),
            ("pub date", Some(Published)),
            ("event_date", Some(Happened)),
            ("Date of incident", Some(Happened)),
            ("date_start", Some(Start)),
            ("startDate", Some(Start)),
            ("Event start date", Some(Start)),
            ("from date", Some(Start)),
            ("date to", Some(End)),
            ("End", Some(End)),
            ("factcheck_date", Some(OtherDate)),
            ("Date checked", Some(OtherDate)),
            ("last updated", Some(OtherDate)),
            ("timestamp", Some(OtherDate)),
            ("retrieved on", Some(OtherDate)),
            ("Last change", Some(OtherDate)),
            ("created_at", Some(Posted)),
            ("claimReviewDate", Some(OtherDate)),
            ("Von", Some(Start)),
            ("bis", Some(End)),
            ("Date of birth", Some(Born)),
            ("year", Some(Year)),
            ("date_prec", None),
            ("Date of the hearing", None),
            ("Päivämäärä", None),
            ("Дата", None),
        ] {
            assert_eq!(role(heading), wanted, "{heading}");
        }
    }

    #[test]
    fn a_heading_is_understood_whole_or_not_at_all() {
        for (heading, wanted) in [
            ("Sprecher / Speaker", Some(Speaker)),
            ("speakerName", Some(Speaker)),
            ("Quote", Some(Quote)),
            ("Paraphrased quote", Some(Content)),
            ("Quote/paraphrase", Some(Content)),
            ("Quote in English", None),
            ("Quoted in", None),
            ("event_clarity", None),
            ("conflict_name", Some(Naming)),
            ("sub_event_type", Some(EventKind)),
            ("source_headline", Some(DocumentTitle)),
            ("source_original", None),
            ("Claim in English", None),
            ("Views", None),
            ("Rating (1-5)", Some(Verdict)),
            ("textualRating", Some(Verdict)),
            ("For/against", Some(Stance)),
            ("Where published", Some(Publisher)),
            ("Speaker title", None),
            ("Sprecherrolle", None),
            ("Выступающий", None),
            ("発言者", None),
            ("", None),
        ] {
            assert_eq!(role(heading), wanted, "{heading}");
        }
    }
}
