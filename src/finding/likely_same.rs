//! Names that are likely of one: `Drax, Helen`, `Mayor Drax` and `H. Drax` beside `Helen Drax`.
//!
//! Likely is not certain: whoever asks shows what was found, and merges nothing.
//!
//! ```
//! use annals_finding::likely_same::{LikelySame, likely_same};
//!
//! let names = ["Helen Drax", "Drax, Helen", "Paul Drax", "P. Drax", "Mayor Drax"];
//! let found = likely_same(names.into_iter().enumerate(), true);
//! assert_eq!(found, [
//!     LikelySame { may_be: vec![0], names: vec![1] },
//!     LikelySame { may_be: vec![0, 2], names: vec![4] },
//!     LikelySame { may_be: vec![2], names: vec![3] },
//! ]);
//! ```

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Of more people with one surname only those are compared whose first names begin alike, and of
/// more of these only equal names are found.
const MOST_COMPARED: usize = 200;

type Words = LazyLock<HashSet<&'static str>>;

/// Longer texts are no names.
const LONGEST: usize = 200;

/// What stands before a name and is no part of it.
static TITLES: Words = Words::new(|| {
    list(
        " the mr sr mrs ms miss mx dr prof professor sir dame lady hon honourable \
    honorable rt rev reverend archbishop bishop cardinal father sister rabbi imam sheikh president \
    vice deputy acting interim former ex minister prime premier chancellor secretary senator sen rep \
    representative congressman congresswoman governor gov mayor mayoress councillor councilor cllr \
    alderman mp mep judge justice general gen colonel col major maj captain capt lieutenant lt \
    sergeant sgt admiral commander officer inspector detective director chairman chairwoman chair \
    chairperson king queen prince princess emperor ambassador spokesperson spokesman spokeswoman \
    commissioner attorney herr frau burgermeister burgermeisterin minister ministerin prasident \
    prasidentin kanzler kanzlerin abgeordnete abgeordneter senatorin monsieur madame mme mlle maire \
    presidente ministre depute deputee senor senora sra srta don dona alcalde alcaldesa presidenta \
    ministro ministra diputado diputada ",
    )
});

/// Titles that say whether it is a man or a woman.
static MEN: Words = Words::new(|| list(" mr sr herr monsieur senor sir "));
static WOMEN: Words =
    Words::new(|| list(" mrs ms miss frau madame mme mlle senora sra srta dame lady "));

/// What stands after a name: which of a family; and what is no part of it.
static SUFFIXES: Words = Words::new(|| list(" jr sr ii iii iv "));
static HONOURS: Words = Words::new(|| list(" mp mep md phd esq qc kc obe cbe "));

/// Parts of a surname that may be left out.
static PARTICLES: Words = Words::new(|| {
    list(" van von der den de la le du da di do dos del della al el bin ibn ben ter zu ")
});

/// Words that no person is called.
static BODIES: Words = Words::new(|| {
    list(
        " of for and und et y fur the council ministry committee party group company ltd \
    inc gmbh ag university police department office union bank court commission agency association \
    federation government parliament board authority institute centre center school newspaper press \
    news army militia ministerium partei rat gemeinde verein comite ministere ayuntamiento ",
    )
});

/// Somebody who is likely the same as somebody else, by the numbers of their names' owners.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LikelySame {
    /// Who they may be: one, or several of whom only the user can tell which.
    pub may_be: Vec<usize>,
    /// Who are likely the same as the one, or as one of the several.
    pub names: Vec<usize>,
}

/// Finds owners of names who are likely the same. An owner may come with several names; of people
/// titles, initials, the order of names and small slips are seen through, of others only case,
/// accents and signs.
pub fn likely_same<'n>(
    names: impl Iterator<Item = (usize, &'n str)>,
    people: bool,
) -> Vec<LikelySame> {
    let forms: Vec<Form> = names
        .filter(|(_, name)| name.len() <= LONGEST)
        .filter_map(|(owner, name)| Form::of(owner, name, people))
        .collect();
    let mut links = Links::default();
    for alike in bucketed(forms.iter(), |form| Some(form.plain.clone())) {
        links.all(&alike, Link::Equal, |_, _| true);
    }
    if people {
        links.of_people(&forms);
    }
    grouped(&forms, &links)
}

/// How two owners hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    Likely,
    Equal,
}

#[derive(Debug, Default)]
struct Links(BTreeMap<usize, BTreeMap<usize, Link>>);

impl Links {
    fn add(&mut self, one: usize, other: usize, link: Link) {
        if one == other {
            return;
        }
        for (from, to) in [(one, other), (other, one)] {
            let known = self.0.entry(from).or_default().entry(to).or_insert(link);
            *known = (*known).max(link);
        }
    }

    /// Links those of a bucket that agree.
    fn all(&mut self, forms: &[&Form], link: Link, agree: impl Fn(&Form, &Form) -> bool) {
        if link == Link::Equal {
            // All are equal, so each is linked to the one that they may be named after.
            if let Some(first) = forms.iter().min_by_key(|form| form.rank()) {
                for form in forms {
                    self.add(first.owner, form.owner, link);
                }
            }
            return;
        }
        for (nth, one) in forms.iter().enumerate() {
            for other in &forms[nth + 1..] {
                if one.owner != other.owner && agree(one, other) {
                    self.add(one.owner, other.owner, link);
                }
            }
        }
    }

    fn of_people(&mut self, forms: &[Form]) {
        let people = || forms.iter().filter(|form| !form.family.is_empty());
        let sorted = |form: &Form| {
            (!form.given.is_empty() && form.suffix.is_none()).then(|| form.sorted.clone())
        };
        for alike in bucketed(people(), sorted) {
            self.all(&alike, Link::Equal, |_, _| true);
        }
        for alike in bucketed(people(), |form| Some(form.family.clone())) {
            if alike.len() <= MOST_COMPARED {
                self.all(&alike, Link::Likely, Form::may_be);
                continue;
            }
            let initial = |form: &Form| form.given.first()?.chars().next();
            for alike in bucketed(alike.into_iter(), initial) {
                if alike.len() <= MOST_COMPARED {
                    self.all(&alike, Link::Likely, Form::may_be);
                }
            }
        }
        // A slip in the surname.
        let given = |form: &Form| {
            let whole = form.given.first().is_some_and(|name| !is_initial(name));
            whole.then(|| (form.given.join(" "), form.family.chars().next()))
        };
        for alike in bucketed(people(), given) {
            if alike.len() <= MOST_COMPARED {
                let agree = |one: &Form, other: &Form| is_slip(&one.family, &other.family);
                self.all(&alike, Link::Likely, agree);
            }
        }
    }
}

/// Forms of the same key, those that are alone left out.
fn bucketed<'f, K: Ord>(
    forms: impl Iterator<Item = &'f Form>,
    key: impl Fn(&Form) -> Option<K>,
) -> impl Iterator<Item = Vec<&'f Form>> {
    let mut buckets: BTreeMap<K, Vec<&Form>> = BTreeMap::new();
    for form in forms {
        if let Some(key) = key(form) {
            buckets.entry(key).or_default().push(form);
        }
    }
    buckets.into_values().filter(|forms| forms.len() > 1)
}

/// Those of whom most is known stand for themselves; each other one is put to the one that it fits.
fn grouped(forms: &[Form], links: &Links) -> Vec<LikelySame> {
    let mut best: BTreeMap<usize, &Form> = BTreeMap::new();
    for form in forms {
        let known = best.entry(form.owner).or_insert(form);
        *known = (*known).min_by_rank(form);
    }
    let mut owners: Vec<&Form> = links
        .0
        .keys()
        .filter_map(|owner| best.get(owner).copied())
        .collect();
    owners.sort_by_key(|form| form.rank());
    let mut heads: BTreeSet<usize> = BTreeSet::new();
    let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for form in owners {
        let owner = form.owner;
        // Two full names of one family that differ are two people, whatever their aliases.
        let differ = |other: &Form| form.family == other.family && !form.may_be(other);
        let near = links.0[&owner].iter();
        let near: Vec<(usize, Link)> = near
            .filter(|(other, _)| heads.contains(other) && !differ(best[other]))
            .map(|(other, link)| (*other, *link))
            .collect();
        let closest = near.iter().map(|(_, link)| *link).max();
        let may_be: Vec<usize> = near
            .into_iter()
            .filter(|(_, link)| Some(*link) == closest)
            .map(|(other, _)| other)
            .collect();
        if may_be.is_empty() {
            heads.insert(owner);
        } else {
            groups.entry(may_be).or_default().push(owner);
        }
    }
    let groups = groups.into_iter().map(|(may_be, mut names)| {
        names.sort_unstable();
        LikelySame { may_be, names }
    });
    groups.collect()
}

/// A name, taken apart.
#[derive(Debug)]
struct Form {
    owner: usize,
    /// All words in order, and, for people, in the order of the alphabet without titles.
    plain: String,
    sorted: String,
    /// The surname; empty where it is not the name of a person.
    family: String,
    given: Vec<String>,
    suffix: Option<String>,
    /// Whether titles say that it is a woman, or a man.
    woman: Option<bool>,
    /// Whether it is written otherwise than names are: with a title, a comma, in capitals alone.
    adorned: bool,
}

impl Form {
    fn of(owner: usize, name: &str, people: bool) -> Option<Form> {
        let plain = words(name);
        if plain.is_empty() {
            return None;
        }
        let called = if plain[0] == "the" {
            &plain[1..]
        } else {
            &plain[..]
        };
        let mut form = Form {
            owner,
            plain: called.join(" "),
            sorted: String::new(),
            family: String::new(),
            given: Vec::new(),
            suffix: None,
            woman: None,
            adorned: name.contains([',', '(']) || !name.chars().any(char::is_lowercase),
        };
        if people {
            form.person(name);
        }
        Some(form)
    }

    /// Tells given names and surname apart; leaves the surname empty where it is no person's name.
    fn person(&mut self, name: &str) {
        let name = without_brackets(name);
        let mut words = in_order(&name);
        while words.len() > 1 && is_in(&TITLES, &words[0]) {
            let title = words.remove(0);
            self.adorned = true;
            if is_in(&WOMEN, &title) {
                self.woman = Some(true);
            } else if is_in(&MEN, &title) {
                self.woman = Some(false);
            }
        }
        while let Some(last) = words.last().filter(|_| words.len() > 1) {
            if is_in(&SUFFIXES, last) {
                self.suffix = words.pop();
            } else if is_in(&HONOURS, last) {
                words.pop();
            } else {
                break;
            }
        }
        let no_person = words.iter().any(|word| is_in(&BODIES, word));
        let Some(family) = words.pop().filter(|last| {
            !no_person && last.chars().count() > 1 && !is_in(&TITLES, last) && words.len() < 6
        }) else {
            return;
        };
        words.retain(|word| !is_in(&PARTICLES, word));
        let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
        sorted.push(&family);
        sorted.sort_unstable();
        self.sorted = sorted.join(" ");
        self.family = family;
        self.given = words;
    }

    /// The order in which names stand for others: those of whom most is known, plainly written.
    fn rank(&self) -> (std::cmp::Reverse<usize>, bool, usize) {
        (std::cmp::Reverse(self.known()), self.adorned, self.owner)
    }

    fn min_by_rank<'f>(&'f self, other: &'f Form) -> &'f Form {
        if other.rank() < self.rank() {
            other
        } else {
            self
        }
    }

    /// How much of the name is known.
    fn known(&self) -> usize {
        let given = self.given.iter();
        given
            .map(|name| if is_initial(name) { 1 } else { 10 })
            .sum()
    }

    /// Whether two with the same surname may be one.
    fn may_be(&self, other: &Form) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| {
            one.is_some() && other.is_some() && one != other
        };
        if differ(&self.suffix, &other.suffix)
            || matches!((self.woman, other.woman), (Some(one), Some(other)) if one != other)
        {
            return false;
        }
        (self.given.iter().zip(&other.given)).all(|(one, other)| {
            let initials = is_initial(one) || is_initial(other);
            one == other
                || initials && one.chars().next() == other.chars().next()
                || is_slip(one, other)
        })
    }
}

fn list(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

fn is_in(list: &Words, word: &str) -> bool {
    list.contains(word)
}

fn is_initial(name: &str) -> bool {
    name.chars().count() == 1
}

/// One letter of a long word is wrong, left out, doubled or in the wrong place; not the first or
/// last, which often tell two names apart (Martin, Martina).
fn is_slip(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 5;
    let ends = |word: &str| (word.chars().next(), word.chars().next_back());
    let short = |word: &str| word.chars().count() < SHORTEST;
    one != other
        && !short(one)
        && !short(other)
        && ends(one) == ends(other)
        && strsim::osa_distance(one, other) == 1
}

/// What stands in round brackets is said about somebody.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The words of a person's name, given names first: `Drax, Helen` and `DRAX Helen` turned round.
fn in_order(name: &str) -> Vec<String> {
    let mut parts = name.split(',').map(words);
    let first = parts.next().unwrap_or_default();
    let Some(second) = parts.next().filter(|second| !second.is_empty()) else {
        return surname_last(name, first);
    };
    let about =
        |word: &String| is_in(&TITLES, word) || is_in(&SUFFIXES, word) || is_in(&HONOURS, word);
    if second.iter().all(about) {
        // Drax, Mayor; Bush, Jr.
        let suffix = second.into_iter().filter(|word| is_in(&SUFFIXES, word));
        return first.into_iter().chain(suffix).collect();
    }
    let surname = first.len() == 1 || {
        let before = &first[..first.len().saturating_sub(1)];
        !first.is_empty() && before.iter().all(|word| is_in(&PARTICLES, word))
    };
    if surname {
        second.into_iter().chain(first).collect()
    } else {
        // Helen Drax, Free Quay.
        first
    }
}

/// A surname in capitals that stands first goes last.
fn surname_last(name: &str, mut words: Vec<String>) -> Vec<String> {
    let written: Vec<&str> = (name.split(|c: char| !is_letter(c)))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let capitals = |word: &&&str| {
        word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    };
    let count = written.iter().take_while(capitals).count();
    let none_after = written.iter().skip(count).filter(capitals).count() == 0;
    if count > 0 && count < written.len() && none_after && written.len() == words.len() {
        words.rotate_left(count);
    }
    words
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’')
}

/// The words of a name without case, accents and signs.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !is_letter(c)).map(|word| {
        let mut plain = String::new();
        let lower = word.nfkd().filter(|c| !is_combining_mark(*c));
        for c in lower.flat_map(char::to_lowercase) {
            match c {
                'ß' => plain.push_str("ss"),
                'ø' => plain.push('o'),
                'æ' => plain.push('a'),
                'đ' | 'ð' => plain.push('d'),
                'ł' => plain.push('l'),
                'ı' => plain.push('i'),
                c if c.is_alphanumeric() => plain.push(c),
                _ => {}
            }
        }
        // Mueller is Müller.
        plain
            .replace("ae", "a")
            .replace("oe", "o")
            .replace("ue", "u")
    });
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests;
