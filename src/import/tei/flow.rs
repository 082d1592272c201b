//! The running text of a document, with the places of its elements.

use crate::xml_tree::{Kid, Node};

impl Node {
    /// Its words, with single spaces.
    pub(super) fn words(&self) -> String {
        let mut flow = Flow::default();
        flow.inside(self);
        flow.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A running text, and where in it the elements stand.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    /// By the number of an element, in code points.
    spans: Vec<Option<(usize, usize)>>,
    length: usize,
    /// What stands before the next word.
    before: Before,
    /// Elements that have begun, and have no word yet.
    waiting: Vec<usize>,
    /// How many speeches are open, and how many of them are utterances.
    speeches: usize,
    utterances: usize,
    /// Whether the space before the next word is none of the source's.
    is_added: bool,
    /// Whether no space stands before the next word.
    joined: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Before {
    #[default]
    Nothing,
    Space,
    Line,
}

impl Flow {
    pub(super) fn of(node: &Node) -> Flow {
        let mut flow = Flow::default();
        flow.node(node);
        if !flow.text.is_empty() {
            flow.text.push('\n');
        }
        flow
    }

    /// Where an element stands; nothing where it has no word.
    pub(super) fn span(&self, node: &Node) -> Option<(usize, usize)> {
        *self.spans.get(node.number)?
    }

    fn node(&mut self, node: &Node) {
        let name = node.name();
        if is_apart(name) {
            return;
        }
        if is_block(name) {
            self.before = self.before.max(Before::Line);
        }
        if name == "lb" && node.get("break") != Some("no") {
            self.before = self.before.max(Before::Space);
        }
        let is_apart = self.utterances > 0 && is_apart_in_speech(name);
        if is_apart {
            self.set_apart();
        }
        let is_token = matches!(name, "w" | "pc");
        let joins = |side| {
            is_token && matches!(node.get("join"), Some(one) if one == side || one == "both")
        };
        if joins("left") {
            self.joined = true;
        }
        self.waiting.push(node.number);
        let is_speech = matches!(name, "u" | "said" | "q" | "quote");
        self.speeches += usize::from(is_speech);
        self.utterances += usize::from(name == "u");
        let length = self.length;
        self.inside(node);
        if name == "gap" && self.speeches > 0 && self.length == length {
            // Where words are missing, the text says so.
            self.words("…");
        }
        self.speeches -= usize::from(is_speech);
        self.utterances -= usize::from(name == "u");
        if joins("right") {
            self.joined = true;
        }
        if self.waiting.last() == Some(&node.number) {
            self.waiting.pop();
        } else if let Some(Some(span)) = self.spans.get_mut(node.number) {
            span.1 = self.length;
        }
        if is_block(name) {
            self.before = self.before.max(Before::Line);
        } else if is_apart {
            self.set_apart();
        }
    }

    /// Puts a space before the next word, unless the source has one.
    fn set_apart(&mut self) {
        self.is_added |= self.before == Before::Nothing;
        self.before = self.before.max(Before::Space);
    }

    fn inside(&mut self, node: &Node) {
        let chosen = ["corr", "reg", "expan"];
        let choice =
            node.name() == "choice" && node.nodes().any(|node| chosen.contains(&node.name()));
        for kid in &node.kids {
            match kid {
                Kid::Text(text) if !choice => self.words(text),
                Kid::Text(_) => {}
                Kid::Node(node) if choice && !chosen.contains(&node.name()) => {}
                Kid::Node(node) => self.node(node),
            }
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.before = self.before.max(Before::Space);
                self.is_added = false;
                continue;
            }
            let closes = matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')');
            let closes = std::mem::take(&mut self.is_added) && closes;
            let joined = std::mem::take(&mut self.joined) || closes;
            let joined = joined && self.before != Before::Line;
            if self.length > 0 && self.before != Before::Nothing && !joined {
                let gap = if self.before == Before::Line {
                    '\n'
                } else {
                    ' '
                };
                self.text.push(gap);
                self.length += 1;
            }
            self.before = Before::Nothing;
            for number in self.waiting.drain(..) {
                if self.spans.len() <= number {
                    self.spans.resize(number + 1, None);
                }
                self.spans[number] = Some((self.length, self.length));
            }
            self.text.push(c);
            self.length += 1;
        }
    }
}

/// Whether an element is no part of the running text.
fn is_apart(name: &str) -> bool {
    name.starts_with("list") && name != "list"
        || matches!(
            name,
            "teiHeader"
                | "standOff"
                | "del"
                | "fw"
                | "figDesc"
                | "facsimile"
                | "sourceDoc"
                | "spanGrp"
        )
}

/// Whether an element of a speech is a piece of its own, so that its words are not run together with
/// those beside it.
fn is_apart_in_speech(name: &str) -> bool {
    matches!(
        name,
        "seg" | "s" | "note" | "vocal" | "kinesic" | "incident" | "desc" | "gap" | "time" | "pause"
    )
}

fn is_block(name: &str) -> bool {
    name.starts_with("div")
        || matches!(
            name,
            "p" | "head"
                | "l"
                | "lg"
                | "ab"
                | "list"
                | "item"
                | "sp"
                | "speaker"
                | "stage"
                | "u"
                | "body"
                | "front"
                | "back"
                | "group"
                | "text"
                | "opener"
                | "closer"
                | "salute"
                | "dateline"
                | "signed"
                | "byline"
                | "titlePage"
                | "docTitle"
                | "titlePart"
                | "table"
                | "row"
                | "trailer"
                | "epigraph"
                | "argument"
                | "postscript"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_running_text() {
        let xml = "<text><body><head>News</head><p>She <said>said  <hi>no\n more</hi></said> to <choice>\
                   <sic>teh</sic><corr>the</corr></choice> <pb/> 🚢.</p><listPerson><p>x</p></listPerson></body></text>";
        let root = Node::read(xml, &"a.xml".into()).unwrap();
        let flow = Flow::of(&root);
        assert_eq!(flow.text, "News\nShe said no more to the 🚢.\n");
        let chars: Vec<char> = flow.text.chars().collect();
        let mut seen = Vec::new();
        root.walk(&mut |node| {
            if let Some((start, end)) = flow.span(node) {
                seen.push(format!(
                    "{}: {}",
                    node.name(),
                    chars[start..end].iter().collect::<String>()
                ));
            }
            true
        });
        assert_eq!(
            seen[2..5],
            [
                "p: She said no more to the 🚢.",
                "said: said no more",
                "hi: no more"
            ]
        );
        assert!(
            seen.iter()
                .all(|one| !one.starts_with("pb") && !one.starts_with("listPerson"))
        );
    }

    #[test]
    fn pieces_of_a_speech_are_apart_and_tokens_joined() {
        let xml = "<text><body><u><seg>It is open.</seg><note>(Noise.)</note><seg>We <gap reason='inaudible'/> go.</seg>\
                   <s><w join='right'>Yes</w> <pc>,</pc> <w>Mia</w> <pc join='left'>.</pc></s></u>\
                   <p>A <gap/>b <said>c <gap/>, d</said></p><u>At <time>ten</time>, yes<note>1</note>.</u></body></text>";
        let root = Node::read(xml, &"a.xml".into()).unwrap();
        assert_eq!(
            Flow::of(&root).text,
            "It is open. (Noise.) We … go. Yes, Mia.\nA b c …, d\nAt ten, yes 1.\n"
        );
    }
}
