//! Names that are taken apart into forename, surname and so on, as they are said.

use crate::xml_tree::{Kid, Node};

/// The parts of a person's name, in the order in which it is said.
const SAID: [&str; 4] = ["forename", "nameLink", "surname", "genName"];

/// What is called in a name element: `Ada Lind`, in whichever order its parts stand. A role
/// (`roleName`) and a nickname (`addName`) are no part of a name that has others.
pub(super) fn name_of(node: &Node) -> String {
    let parts = parts_of(node);
    let has = |name: &str| parts.iter().any(|part| part.name() == name);
    if !has("forename") && !has("surname") {
        return spaced(node);
    }
    // Words between the parts, such as "of", keep their place.
    if has_words_between(node) {
        return tidy(&in_order(node));
    }
    let mut words = Vec::new();
    for name in SAID {
        let mut all: Vec<&&Node> = parts.iter().filter(|part| part.name() == name).collect();
        if all.iter().any(|part| !is_former(part)) {
            all.retain(|part| !is_former(part));
        }
        words.extend(all.iter().map(|part| part.words()));
    }
    words.retain(|part| !part.is_empty());
    words.join(" ")
}

/// Other names that a name element holds: a nickname, and the name with an earlier surname.
pub(super) fn other_names(node: &Node) -> Vec<String> {
    let parts = parts_of(node);
    let mut names: Vec<String> = (parts.iter())
        .filter(|part| part.name() == "addName")
        .map(|part| part.words())
        .collect();
    let surnames: Vec<&&Node> = parts.iter().filter(|one| one.name() == "surname").collect();
    if surnames.iter().any(|one| !is_former(one)) {
        let forenames = parts.iter().filter(|one| one.name() == "forename");
        let forenames: Vec<String> = forenames.map(|one| one.words()).collect();
        for former in surnames.iter().filter(|one| is_former(one)) {
            names.push(format!("{} {}", forenames.join(" "), former.words()));
        }
    }
    names.retain(|name| !name.trim().is_empty());
    names
}

/// `Lind, Ada` as `Ada Lind`: of two parts, of which the first is one word, perhaps with particles
/// before it.
pub(super) fn turned(name: &str) -> Option<String> {
    let (last, first) = name.split_once(',')?;
    let (last, first) = (last.trim(), first.trim());
    let begins_high = |word: &str| word.starts_with(char::is_uppercase);
    let high = last.split(' ').filter(|word| begins_high(word)).count();
    let is_name = |text: &str| !text.contains([',', '(', '[', '?', '/', ';']);
    let is_suffix = matches!(first, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV");
    let fits = high == 1
        && last.split(' ').next_back().is_some_and(begins_high)
        && begins_high(first)
        && !is_suffix
        && is_name(last)
        && is_name(first)
        && !name.contains(|c: char| c.is_ascii_digit());
    fits.then(|| format!("{first} {last}"))
}

/// Whether a part is that of an earlier name.
fn is_former(part: &Node) -> bool {
    matches!(part.get("type"), Some("maiden" | "birth" | "former"))
}

fn is_part(node: &Node) -> bool {
    SAID.contains(&node.name()) || matches!(node.name(), "roleName" | "addName")
}

/// The parts of a name, also those that stand deeper.
fn parts_of(node: &Node) -> Vec<&Node> {
    let mut parts = Vec::new();
    node.walk(&mut |inner| {
        let is_part = is_part(inner);
        if is_part {
            parts.push(inner);
        }
        !is_part
    });
    parts
}

fn has_words_between(node: &Node) -> bool {
    node.kids.iter().any(|kid| match kid {
        Kid::Text(text) => text.contains(char::is_alphanumeric),
        Kid::Node(node) => !is_part(node) && has_words_between(node),
    })
}

/// All words but those of roles and nicknames, with spaces around the parts.
fn in_order(node: &Node) -> String {
    let mut words = String::new();
    for kid in &node.kids {
        match kid {
            Kid::Text(text) => words.push_str(text),
            Kid::Node(node) if matches!(node.name(), "roleName" | "addName") => words.push(' '),
            Kid::Node(node) if is_part(node) => {
                words.push(' ');
                words.push_str(&node.words());
                words.push(' ');
            }
            Kid::Node(node) => words.push_str(&in_order(node)),
        }
    }
    words
}

/// The words, with a space between names that stand beside each other.
fn spaced(node: &Node) -> String {
    let is_name = |node: &Node| {
        let is_of_place = [
            "settlement",
            "district",
            "region",
            "country",
            "bloc",
            "geogFeat",
        ];
        let name = node.name();
        name.to_lowercase().ends_with("name") || is_part(node) || is_of_place.contains(&name)
    };
    if !node.nodes().any(is_name) {
        return node.words();
    }
    let mut words = String::new();
    for kid in &node.kids {
        match kid {
            Kid::Text(text) => words.push_str(text),
            Kid::Node(node) if is_name(node) => {
                words.push(' ');
                words.push_str(&spaced(node));
                words.push(' ');
            }
            Kid::Node(node) => words.push_str(&node.words()),
        }
    }
    tidy(&words)
}

/// Single spaces, and none before a sign that closes.
fn tidy(words: &str) -> String {
    let mut tidy = String::new();
    for word in words.split_whitespace() {
        if !tidy.is_empty() && !word.starts_with([',', '.', ';', ')']) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_with_spaces_in_their_order() {
        let read = |inner: &str| {
            let xml = format!("<persName>{inner}</persName>");
            name_of(&Node::read(&xml, &"a.xml".into()).unwrap())
        };
        for (inner, wanted) in [
            (
                "<surname>Holm</surname><forename>Ida</forename>",
                "Ida Holm",
            ),
            (
                "<surname>Holm</surname>, <forename>Ida</forename> <forename>Mia</forename>",
                "Ida Mia Holm",
            ),
            (
                "<roleName>Dr.</roleName><forename>Ida</forename><surname>Holm</surname>",
                "Ida Holm",
            ),
            (
                "<surname>Holm</surname><nameLink>van der</nameLink><forename>Ida</forename><genName>III</genName>",
                "Ida van der Holm III",
            ),
            (
                "<forename>Ida</forename> of <surname>Skerrow</surname>",
                "Ida of Skerrow",
            ),
            (
                "<name><surname>Holm</surname><forename>Ida</forename></name>",
                "Ida Holm",
            ),
            (
                "<forename>Ida</forename><surname type='maiden'>Berg</surname><surname>Holm</surname>",
                "Ida Holm",
            ),
            ("<surname>Holm</surname>", "Holm"),
            ("<name>Ida</name><name>Holm</name>", "Ida Holm"),
            (
                "<settlement>Old Quay</settlement>,<country>Skerrow</country>",
                "Old Quay, Skerrow",
            ),
            (
                "<region>North</region><country>Skerrow</country>",
                "North Skerrow",
            ),
            ("I<hi>da</hi> Holm", "Ida Holm"),
            (
                "<roleName>The Harbour Master</roleName>",
                "The Harbour Master",
            ),
        ] {
            assert_eq!(read(inner), wanted, "{inner}");
        }
    }

    #[test]
    fn a_surname_before_a_comma_is_said_last() {
        assert_eq!(turned("Holm, Ida").as_deref(), Some("Ida Holm"));
        assert_eq!(
            turned("van der Holm, Ida Mia").as_deref(),
            Some("Ida Mia van der Holm")
        );
        for name in [
            "Ida Holm",
            "Ida Holm, Countess",
            "Holm, Jr.",
            "Holm, mayor",
            "Holm, Ida (?)",
            "Holm, Ida, Dr.",
        ] {
            assert_eq!(turned(name), None, "{name}");
        }
    }
}
