//! Places in random YAML, written in random styles, compared with those noted while writing it.

use std::ops::Range;

use proptest::prelude::*;

use super::super::{Form, Found, in_tree};
use super::{OwnedStep, check_inside, steps};
use crate::yaml::{Limits, NodeRef, parse};

#[derive(Clone, Debug)]
enum Tree {
    Null,
    Text(String),
    List(Vec<Tree>),
    Mapping(Vec<(String, Tree)>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        1 => Just(Tree::Null),
        6 => prop_oneof!["[a-z]{1,4}( [a-zя]{1,4}){0,4}", "[a-zя日😀:#'\"\\\\,\\[{&*!%@?| -]{0,8}", "[a-zя日😀]{1,4}\n[a-z]{1,4}"]
            .prop_map(Tree::Text),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let key = prop_oneof!["[abя]", "[a-z]{1,3}", "[a-z日:#'\" ]{1,4}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Tree::List),
            prop::collection::vec((key, inner), 0..5).prop_map(Tree::Mapping),
        ]
    })
}

/// Writes a tree and notes where each value went.
struct Writer {
    text: String,
    line_break: &'static str,
    choices: Vec<u8>,
    turn: usize,
    path: Vec<OwnedStep>,
    notes: Vec<(Vec<OwnedStep>, Found, Option<String>)>,
}

impl Writer {
    fn choose(&mut self, among: u8) -> u8 {
        self.turn += 1;
        self.choices[self.turn % self.choices.len()].wrapping_add(self.turn as u8 / 7) % among
    }

    fn spaces(&mut self, least: usize) {
        let spaces = least + usize::from(self.choose(3));
        self.text.push_str(&" ".repeat(spaces));
    }

    fn end_line(&mut self) {
        if self.choose(4) == 0 {
            self.text.push_str(" # a: - \"b");
        }
        self.text.push_str(self.line_break);
        if self.choose(6) == 0 {
            self.text.push_str("   # [c");
            self.text.push_str(self.line_break);
        }
    }

    fn note(
        &mut self,
        key: Option<Range<usize>>,
        value: Range<usize>,
        form: Form,
        text: Option<&str>,
    ) {
        let found = Found { key, value, form };
        self.notes
            .push((self.path.clone(), found, text.map(str::to_owned)));
    }

    /// A text on one line, or folded over several where `fold` gives an indentation.
    fn scalar(&mut self, text: &str, fold: Option<usize>) -> (Range<usize>, Form) {
        let word = |c: char| c.is_ascii_lowercase() || matches!(c, 'я' | '日' | '😀');
        let plain = text
            .split(' ')
            .all(|part| !part.is_empty() && part.chars().all(word));
        let start = self.text.len();
        let form = match self.choose(3) {
            0 if plain && text != "null" => Form::Plain,
            1 if !text.contains('\n') => Form::SingleQuoted,
            _ => Form::DoubleQuoted,
        };
        let quote = match form {
            Form::SingleQuoted => "'",
            Form::DoubleQuoted => "\"",
            _ => "",
        };
        self.text.push_str(quote);
        let may_fold = plain && text.contains(' ');
        for character in text.chars() {
            match (character, form) {
                (' ', _) if may_fold && fold.is_some() && self.choose(3) == 0 => {
                    let line = format!("{}{}", self.line_break, " ".repeat(fold.unwrap_or(0)));
                    self.text.push_str(&line);
                }
                ('\'', Form::SingleQuoted) => self.text.push_str("''"),
                ('"' | '\\', Form::DoubleQuoted) => self.text.extend(['\\', character]),
                ('\n', Form::DoubleQuoted) => self.text.push_str("\\n"),
                (_, Form::DoubleQuoted) if self.choose(5) == 0 => {
                    let escape = format!("\\U{:08x}", character as u32);
                    self.text.push_str(&escape);
                }
                _ => self.text.push(character),
            }
        }
        self.text.push_str(quote);
        (start..self.text.len(), form)
    }

    /// A value within brackets.
    fn flow(&mut self, tree: &Tree, key: Option<Range<usize>>) {
        let start = self.text.len();
        match tree {
            Tree::Null => {
                let null = if self.choose(2) == 0 { "null" } else { "~" };
                self.text.push_str(null);
                self.note(key, start..self.text.len(), Form::Plain, None);
            }
            Tree::Text(text) => {
                let (range, form) = self.scalar(text, None);
                self.note(key, range, form, Some(text));
            }
            Tree::List(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.spaces(0);
                    self.path.push(OwnedStep::Index(index));
                    self.flow(item, None);
                    self.path.pop();
                    self.text.push_str(", ");
                }
                self.text.push(']');
                self.note(key, start..self.text.len(), Form::Other, None);
            }
            Tree::Mapping(entries) => {
                self.text.push('{');
                for (number, (name, value)) in entries.iter().enumerate() {
                    self.spaces(0);
                    let (key, _) = self.scalar(name, None);
                    self.text.push(':');
                    self.spaces(1);
                    self.path.push(step(entries, number));
                    self.flow(value, Some(key));
                    self.path.pop();
                    self.text.push_str(" ,");
                }
                self.text.push('}');
                self.note(key, start..self.text.len(), Form::Other, None);
            }
        }
    }

    /// A value after a key or a dash, to the end of its line or lines. What it is part of stands at
    /// column `outer`. Answers where the value ends.
    fn block(&mut self, tree: &Tree, key: Option<Range<usize>>, outer: usize) -> usize {
        let collection = match tree {
            Tree::List(items) => !items.is_empty(),
            Tree::Mapping(entries) => !entries.is_empty(),
            _ => false,
        };
        if collection && self.choose(3) > 0 {
            return self.block_collection(tree, key, outer);
        }
        if matches!(tree, Tree::Null) && self.choose(2) == 0 {
            let at = self.text.len();
            self.note(key, at..at, Form::Plain, None);
            self.end_line();
            return at;
        }
        self.spaces(1);
        match tree {
            Tree::Text(text) if text.contains('\n') && self.choose(2) == 0 => {
                return self.literal(text, key, outer);
            }
            Tree::Text(text) => {
                let (range, form) = self.scalar(text, Some(outer + 2));
                self.note(key, range, form, Some(text));
            }
            _ => self.flow(tree, key),
        }
        let end = self.text.len();
        self.end_line();
        end
    }

    fn literal(&mut self, text: &str, key: Option<Range<usize>>, outer: usize) -> usize {
        self.text.push_str("|-");
        self.text.push_str(self.line_break);
        let indent = " ".repeat(outer + 1 + usize::from(self.choose(3)));
        let start = self.text.len() + indent.len();
        for line in text.split('\n') {
            let line = format!("{indent}{line}{}", self.line_break);
            self.text.push_str(&line);
        }
        let end = self.text.len() - self.line_break.len();
        self.note(key, start..end, Form::Other, None);
        end
    }

    fn block_collection(&mut self, tree: &Tree, key: Option<Range<usize>>, outer: usize) -> usize {
        let column = if key.is_none() && self.choose(2) == 0 && !self.text.is_empty() {
            // On the line of its dash.
            let before = self.text.len();
            self.spaces(1);
            outer + 1 + self.text.len() - before
        } else {
            let least = usize::from(key.is_none() || matches!(tree, Tree::Mapping(_)));
            self.end_line();
            let column = outer + least + usize::from(self.choose(3));
            self.text.push_str(&" ".repeat(column));
            column
        };
        self.lines(tree, key, column)
    }

    /// The lines of a collection, the first of which is indented already.
    fn lines(&mut self, tree: &Tree, key: Option<Range<usize>>, column: usize) -> usize {
        let start = self.text.len();
        let mut end = start;
        let indent = " ".repeat(column);
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.text.push_str(if index == 0 { "" } else { &indent });
                    self.text.push('-');
                    self.path.push(OwnedStep::Index(index));
                    end = self.block(item, None, column);
                    self.path.pop();
                }
            }
            Tree::Mapping(entries) => {
                for (number, (name, value)) in entries.iter().enumerate() {
                    self.text.push_str(if number == 0 { "" } else { &indent });
                    let (key, _) = self.scalar(name, None);
                    self.text.push(':');
                    self.path.push(step(entries, number));
                    end = self.block(value, Some(key), column);
                    self.path.pop();
                }
            }
            _ => {}
        }
        self.note(key, start..end, Form::Other, None);
        end
    }
}

fn step(entries: &[(String, Tree)], number: usize) -> OwnedStep {
    let name = &entries[number].0;
    let nth = entries[..number]
        .iter()
        .filter(|(other, _)| other == name)
        .count();
    OwnedStep::Key(name.clone(), nth)
}

/// Whether the tree read is the tree written.
fn same(node: NodeRef<'_>, tree: &Tree) -> bool {
    use crate::yaml::Kind;
    match tree {
        Tree::Null => node.kind() == Kind::Null,
        Tree::Text(text) => node.kind() == Kind::Text && node.text() == Some(text),
        Tree::List(items) => {
            node.kind() == Kind::Sequence
                && node.items().len() == items.len()
                && node.items().zip(items).all(|(node, tree)| same(node, tree))
        }
        Tree::Mapping(entries) => {
            node.kind() == Kind::Mapping
                && node.entries().len() == entries.len()
                && node
                    .entries()
                    .zip(entries)
                    .all(|((key, node), (name, tree))| key.text() == Some(name) && same(node, tree))
        }
    }
}

proptest! {
    #[test]
    fn every_place_is_where_it_was_written(
        tree in tree(),
        choices in prop::collection::vec(any::<u8>(), 1..40),
        windows in any::<bool>(),
        bom in any::<bool>(),
    ) {
        let mut writer = Writer {
            text: if bom { "\u{feff}".to_owned() } else { String::new() },
            line_break: if windows { "\r\n" } else { "\n" },
            choices,
            turn: 0,
            path: Vec::new(),
            notes: Vec::new(),
        };
        let start = writer.text.len();
        match &tree {
            Tree::List(items) if !items.is_empty() => drop(writer.lines(&tree, None, 0)),
            Tree::Mapping(entries) if !entries.is_empty() => drop(writer.lines(&tree, None, 0)),
            _ => writer.flow(&tree, None),
        }
        let text = &writer.text;
        let parsed = parse(text, &Limits::default());
        prop_assert_eq!(parsed.faults(), &[], "{}", text);
        let root = parsed.documents().next().expect("a document");
        prop_assert!(same(root, &tree), "{}", text);
        for (path, expected, decoded) in &writer.notes {
            let found = in_tree(&parsed, start, &steps(path));
            prop_assert_eq!(found.as_ref(), Some(expected), "{:?} in\n{}", path, text);
            if let Some(decoded) = decoded {
                check_inside(text, expected, decoded);
            }
        }
    }
}
