//! Which column is what: its heading, held against its values.

use std::collections::{BTreeMap, BTreeSet};

use super::headings::{Role, meaning, words_of};
use crate::dates::{DayOrder, Reading, Unread};
use crate::table::day_order;
use crate::table::map::folded;
use crate::table::rows::{Head, Read, Remark, Row};
use crate::table::words::is_address;
use annals_source::SourceError;

/// How many rows are looked at.
pub(super) const ROWS: usize = 2_000;
/// Of how many different values a column is told apart.
const DISTINCT: usize = 2_000;

/// What is known of the values of a column.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) filled: usize,
    /// How many cells are empty below a filled one.
    pub(super) below: usize,
    pub(super) dates: usize,
    pub(super) ambiguous: usize,
    /// How many have a year of two digits, and how many none, with the first of each.
    pub(super) short_years: (usize, String),
    pub(super) no_years: (usize, String),
    /// How many are marks: yes, no, x.
    pub(super) flags: usize,
    /// A date that can only have the day first, and one that can only have the month first.
    pub(super) day_first: Option<String>,
    pub(super) month_first: Option<String>,
    pub(super) addresses: usize,
    pub(super) numbers: usize,
    pub(super) letters: usize,
    /// How many values have each of the signs that may stand between the parts of a list.
    pub(super) lists: [usize; SEPARATORS.len()],
    pub(super) joined: usize,
    /// The values, each with how often it comes.
    pub(super) distinct: BTreeMap<String, usize>,
    pub(super) many: bool,
}

/// Signs that stand between the parts of a list.
pub(super) const SEPARATORS: [&str; 3] = [";", "|", "\n"];

/// Words that may stand between two people, or within one name.
pub(super) const JOINERS: [&str; 6] = [" and ", " & ", " und ", " et ", " y ", " / "];

/// What is known of a table.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) head: Option<Head>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: usize,
    pub(super) dates: Reading,
    pub(super) remarks: Vec<String>,
}

impl Profile {
    pub(super) fn new(dates: Reading) -> Self {
        Profile {
            head: None,
            columns: Vec::new(),
            rows: 0,
            dates,
            remarks: Vec::new(),
        }
    }
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
            if !cell.text.is_empty() && !super::super::words::is_missing(&cell.text) {
                column.add(&cell.text, cell.date.is_some(), self.dates);
            } else if column.filled > 0 && cell.text.is_empty() {
                column.below += 1;
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

impl Column {
    fn add(&mut self, text: &str, is_date: bool, dates: Reading) {
        self.filled += 1;
        match dates.read(text) {
            _ if is_date => self.dates += 1,
            // Years of two digits are dates, of a century that `--century` says.
            Ok(_) | Err(Unread::Century) => self.dates += 1,
            Err(Unread::Ambiguous) => self.ambiguous += 1,
            Err(unread) => self.no_year(unread, text, dates),
        }
        self.short_year(text, dates);
        self.flags += usize::from(is_flag(text));
        let shown = match day_order::shown_by(dates, text) {
            Some(DayOrder::DayFirst) => Some(&mut self.day_first),
            Some(DayOrder::MonthFirst) => Some(&mut self.month_first),
            None => None,
        };
        if let Some(shown) = shown {
            shown.get_or_insert_with(|| text.to_owned());
        }
        self.addresses += usize::from(is_address(text));
        self.numbers += usize::from(is_number(text));
        for (count, separator) in self.lists.iter_mut().zip(SEPARATORS) {
            *count += usize::from(text.contains(separator));
        }
        self.joined += usize::from(JOINERS.iter().any(|joiner| text.contains(joiner)));
        self.letters += text.chars().count();
        let value: String = text.chars().take(80).collect();
        if self.distinct.len() < DISTINCT || self.distinct.contains_key(&value) {
            *self.distinct.entry(value).or_default() += 1;
        } else {
            self.many = true;
        }
    }

    /// Counts a date without a year, which is one as soon as `--year` gives it.
    fn no_year(&mut self, unread: Unread, text: &str, dates: Reading) {
        let order = dates.order.or(Some(DayOrder::DayFirst));
        let year = Some(2000);
        if unread.lacks_a_year()
            && (Reading {
                order,
                year,
                ..dates
            })
            .read(text)
            .is_ok()
        {
            count(&mut self.no_years, text);
        }
    }

    /// Counts a date of which the year has two digits, whichever number is the day.
    fn short_year(&mut self, text: &str, dates: Reading) {
        let order = dates.order.or(Some(DayOrder::DayFirst));
        if text.len() <= 40 && (Reading { order, ..dates }).read(text) == Err(Unread::Century) {
            count(&mut self.short_years, text);
        }
    }

    /// How many different values it has; capitals and spaces make no other value.
    pub(super) fn values(&self) -> usize {
        let folded: BTreeSet<String> = self.distinct.keys().map(|one| folded(one)).collect();
        folded.len()
    }

    /// Whether its values are marks, and say nothing themselves: yes and no, x. Where words are
    /// wanted, letters and the same few words again and again are marks as well.
    pub(super) fn is_marks(&self, words: bool) -> bool {
        const MOST: usize = 6;
        const LONGEST: usize = 14;
        if self.filled == 0 || self.flags * 2 >= self.filled {
            return self.filled > 0;
        }
        if !words || self.many || self.values() > MOST {
            return false;
        }
        let all = |is: &dyn Fn(&str) -> bool| self.distinct.keys().all(|value| is(value));
        let short = |value: &str| value.chars().count() <= 2;
        let word = |value: &str| value.chars().count() <= LONGEST && !value.contains(' ');
        all(&short) || self.filled >= self.values() * 3 && self.filled >= 4 && all(&word)
    }

    /// Whether a part of the values is so: six in ten.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 6
    }

    /// Whether most values are dates.
    pub(super) fn is_dates(&self) -> bool {
        let shown = usize::from(self.day_first.is_some() || self.month_first.is_some());
        self.mostly((self.dates + self.ambiguous + self.no_years.0).max(shown))
    }

    /// Whether no value comes twice, and none is missing.
    pub(super) fn tells_rows_apart(&self, rows: usize) -> bool {
        !self.many && self.filled == rows && self.distinct.len() == rows
    }

    /// The sign between the parts of a list, and how many values have it.
    pub(super) fn separator(&self) -> Option<(&'static str, usize)> {
        let counts = self.lists.iter().zip(SEPARATORS);
        let most = counts.max_by_key(|(count, _)| **count);
        most.filter(|(count, _)| **count > 0)
            .map(|(count, separator)| (separator, *count))
    }

    /// Whether most values have commas: of a list that has no other sign.
    pub(super) fn commas(&self) -> bool {
        let commas = self.distinct.keys().filter(|value| value.contains(','));
        commas.count() * 2 > self.distinct.len()
    }

    /// How many letters a value has, on average.
    pub(super) fn average(&self) -> usize {
        self.letters / self.filled.max(1)
    }
}

fn count((count, first): &mut (usize, String), text: &str) {
    if *count == 0 {
        text.clone_into(first);
    }
    *count += 1;
}

/// A mark that says yes or no, and nothing else.
pub(super) fn is_flag(text: &str) -> bool {
    const FLAGS: [&str; 30] = [
        "y", "n", "yes", "no", "x", "xx", "true", "false", "t", "f", "ja", "nein", "j", "oui",
        "non", "si", "sí", "да", "нет", "так", "ні", "tak", "nie", "✓", "✔", "✗", "✘", "☑", "☐",
        "yes/no",
    ];
    FLAGS.contains(&&*folded(text.trim_matches(|c| "()[].!".contains(c))))
}

/// A number, not a date: 2,000, -1.5, 12 %.
fn is_number(text: &str) -> bool {
    let digits = text
        .trim_start_matches(['+', '-'])
        .trim_end_matches(['%', ' ']);
    let parts = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(parts)
        && digits.matches('.').count() < 2
}

/// Which column is what, each only once; of participants there may be several.
#[derive(Debug, Default)]
pub(super) struct Roles {
    by_role: BTreeMap<Role, usize>,
    pub(super) participants: Vec<usize>,
    /// Columns of dates that are not understood.
    pub(super) unknown_dates: Vec<usize>,
    /// Columns whose headings are understood, but whose values are not what these say, or whose
    /// headings ask whether they are so.
    pub(super) refused: Vec<(usize, Role)>,
    /// Columns of marks whose headings have a word for something else.
    pub(super) marks: Vec<usize>,
}

impl Roles {
    pub(super) fn get(&self, role: Role) -> Option<usize> {
        self.by_role.get(&role).copied()
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.by_role.contains_key(&role)
    }

    /// The first of these that is there.
    pub(super) fn first(&self, roles: &[Role]) -> Option<usize> {
        roles.iter().find_map(|role| self.get(*role))
    }

    /// Which column is what.
    pub(super) fn of(head: &Head, profile: &Profile) -> Self {
        let mut roles = Roles::default();
        let mut best: BTreeMap<Role, (usize, usize)> = BTreeMap::new();
        for (nth, heading) in head.headings.iter().enumerate() {
            let column = &profile.columns[nth];
            let Some((role, rank)) = meaning(heading) else {
                if column.is_marks(false) && is_about_a_field(heading) {
                    roles.marks.push(nth);
                }
                continue;
            };
            let role = by_values(role, column);
            if asks(heading) || !holds(role, heading, column, profile.rows) {
                roles.refused.push((nth, role));
                continue;
            }
            if role == Role::Participant {
                roles.participants.push(nth);
                continue;
            }
            let known = best.entry(role).or_insert((rank, nth));
            if rank < known.0 {
                *known = (rank, nth);
            }
        }
        roles.by_role = best
            .into_iter()
            .map(|(role, (_, nth))| (role, nth))
            .collect();
        if !roles.has(Role::Url) {
            roles.addresses(head, profile);
        }
        roles.comments(profile);
        let taken: BTreeSet<usize> = roles.by_role.values().copied().collect();
        roles.unknown_dates = (0..profile.columns.len())
            .filter(|nth| {
                let column = &profile.columns[*nth];
                !taken.contains(nth) && column.is_dates() && !column.mostly(column.numbers)
            })
            .filter(|nth| !roles.participants.contains(nth))
            .collect();
        roles
    }

    /// In a sheet of comments, the comment is what somebody says.
    fn comments(&mut self, profile: &Profile) {
        use Role::{Author, Comment, Content, Description, EventLabel, Name, Quote, Speaker, Text};
        let other = [
            Content,
            Quote,
            Text,
            Role::What,
            EventLabel,
            Role::Title,
            Description,
        ];
        if self.first(&other).is_some() || self.first(&[Author, Speaker, Role::Who, Name]).is_none()
        {
            return;
        }
        if let Some(comment) = self.get(Comment).filter(|nth| {
            let column = &profile.columns[*nth];
            !column.is_dates() && column.average() >= 12
        }) {
            self.by_role.remove(&Comment);
            self.by_role.insert(Text, comment);
        }
    }

    /// The one column of addresses whose heading says that it is one, of whatever.
    fn addresses(&mut self, head: &Head, profile: &Profile) {
        const OTHERS: [&str; 18] = [
            "image",
            "photo",
            "picture",
            "thumbnail",
            "logo",
            "avatar",
            "video",
            "archive",
            "archived",
            "profile",
            "author",
            "user",
            "speaker",
            "twitter",
            "facebook",
            "wikipedia",
            "media",
            "icon",
        ];
        const ADDRESS: [&str; 6] = ["url", "link", "href", "uri", "website", "permalink"];
        let mut found = (0..profile.columns.len()).filter(|nth| {
            let words = words_of(&head.headings[*nth]);
            let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
            says(&ADDRESS)
                && !says(&OTHERS)
                && profile.columns[*nth].mostly(profile.columns[*nth].addresses)
        });
        if let (Some(one), None) = (found.next(), found.next()) {
            self.by_role.insert(Role::Url, one);
        }
    }
}

/// The same heading means another thing over other values: `From` over days, `Source` over
/// addresses.
fn by_values(role: Role, column: &Column) -> Role {
    match role {
        Role::Sender if column.is_dates() => Role::Start,
        Role::To if column.is_dates() => Role::End,
        Role::DayOfMonth if column.is_dates() && !column.mostly(column.numbers) => Role::Day,
        Role::Source | Role::Publisher if column.mostly(column.addresses) => Role::Url,
        role => role,
    }
}

/// Whether the values are as their heading says.
fn holds(role: Role, heading: &str, column: &Column, rows: usize) -> bool {
    if column.filled == 0 || are_marks(role, column) {
        return false;
    }
    let numbers = column.mostly(column.numbers);
    let addresses = column.mostly(column.addresses);
    match role {
        Role::Said
        | Role::Posted
        | Role::Published
        | Role::Happened
        | Role::Start
        | Role::End
        | Role::Day
        | Role::Born
        | Role::Died => column.is_dates() && (!numbers || column.average() >= 4),
        Role::Year => column.is_dates() && column.average() == 4,
        Role::Month | Role::DayOfMonth => column.filled == rows && column.average() <= 9,
        Role::OtherDate | Role::Verdict | Role::PersonDetail | Role::Note | Role::Tags => true,
        Role::Url => addresses,
        Role::Text => {
            !addresses && !column.is_dates() && column.average() >= 12 && {
                // A post is an office, too.
                !words_of(heading).contains(&"post".to_owned()) || column.average() >= 20
            }
        }
        Role::Stance => known(column, is_stance),
        Role::Act => known(column, is_act),
        Role::Language => !column.many && column.distinct.len() <= 20 && !numbers,
        Role::Latitude | Role::Longitude => numbers,
        Role::Id => !column.is_dates() || numbers,
        _ => !addresses && !numbers && !column.is_dates(),
    }
}

/// Whether the values are marks, where the heading says that they are names or words.
fn are_marks(role: Role, column: &Column) -> bool {
    use Role::{
        Act, Comment, Content, Country, Description, EventKind, Id, Language, Note, OtherDate,
        PersonDetail, Quote, Stance, Tags, Text, Verdict, What,
    };
    match role {
        Act | Comment | Country | EventKind | Id | Language | Note | OtherDate | PersonDetail
        | Stance | Tags | Verdict => false,
        Content | Description | Quote | Text | What => column.is_marks(true),
        _ => column.is_marks(false),
    }
}

/// Whether a heading asks if something is so (`Quote?`), and not what it is (`Who said it?`).
fn asks(heading: &str) -> bool {
    const WHAT: [&str; 26] = [
        "who", "whom", "whose", "what", "when", "where", "which", "how", "wer", "wen", "wem",
        "was", "wann", "wo", "qui", "que", "quoi", "quand", "ou", "quien", "cuando", "donde",
        "quel", "quelle", "cual", "welche",
    ];
    let words = words_of(heading);
    heading.contains('?') && !words.iter().any(|word| WHAT.contains(&word.as_str()))
}

/// Whether a word of a heading is about something that a field has.
fn is_about_a_field(heading: &str) -> bool {
    words_of(heading).iter().any(|word| {
        is_about_words(word)
            || meaning(word).is_some_and(|(role, _)| {
                !matches!(role, Role::Id | Role::Note | Role::Comment | Role::Verdict)
            })
    })
}

/// Whether a word of a heading says whether somebody's own words are given.
pub(super) fn is_about_words(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "quote",
        "quoted",
        "quotation",
        "direct",
        "indirect",
        "verbatim",
        "paraphrase",
        "paraphrased",
        "literal",
        "wortlich",
        "zitat",
        "cita",
        "citation",
        "wording",
    ];
    WORDS.contains(&word)
}

/// Whether half of the words of a column are known.
fn known(column: &Column, is: impl Fn(&str) -> bool) -> bool {
    let known = column.distinct.keys().filter(|value| is(value)).count();
    !column.many && known > 0 && known * 2 >= column.distinct.len()
}

/// The stance that a word says; of others nothing.
pub(super) fn stance_of(word: &str) -> Option<&'static str> {
    match deunicode::deunicode(word).to_lowercase().trim() {
        "supports" | "support" | "supportive" | "for" | "pro" | "in favour" | "in favor"
        | "dafur" | "pour" | "a favor" => Some("supports"),
        "opposes" | "oppose" | "opposed" | "against" | "contra" | "con" | "anti" | "dagegen"
        | "contre" | "en contra" => Some("opposes"),
        "neutral" | "neutre" => Some("neutral"),
        "mixed" => Some("mixed"),
        _ => None,
    }
}

fn is_stance(word: &str) -> bool {
    stance_of(word).is_some()
}

fn is_act(word: &str) -> bool {
    use annals_model::{Act, Vocabulary as _};
    Act::parse(&word.to_lowercase()).is_some()
}
