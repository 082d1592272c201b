//! Builds the tree from the events of the parser.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::alias::{Anchored, Weight};
use super::tree::{Content, Node, NodeId, NodeRef, Parsed, Style};
use super::{Fault, FaultKind, Limits, syntax_errors};

/// Reads a YAML text into a tree.
///
/// Byte offsets refer to `text` as given, a byte order mark included. A text that is not YAML, or
/// is nested too deeply, has no documents: what came before the fault is dropped, since its end is
/// not known to be what was meant. The time taken grows with the length of the text alone.
///
/// ```
/// use annals_load::yaml::{FaultKind, Limits, parse};
///
/// let parsed = parse("quote: \"never closed\n", &Limits::default());
/// assert_eq!(parsed.faults()[0].kind, FaultKind::Syntax);
/// assert_eq!(parsed.faults()[0].words, "this quotation mark is never closed");
/// assert_eq!(parsed.documents().len(), 0);
/// ```
pub fn parse<'t>(text: &'t str, limits: &Limits) -> Parsed<'t> {
    let mut builder = Builder::new(text, *limits);
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    let mut rounds = annals_watch::Rounds::default();
    for step in Parser::new_from_str_with_options(text, options) {
        rounds.look();
        let result = match step {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => Err(syntax_errors::fault(
                text,
                &error,
                builder.last_scalar.clone(),
                limits,
            )),
        };
        if let Err(fault) = result {
            return Parsed {
                faults: vec![fault],
                ..Parsed::default()
            };
        }
    }
    Parsed {
        expanded: builder.expanded,
        ..builder.parsed
    }
}

/// A collection whose end has not come yet.
pub(super) struct Open {
    pub(super) node: NodeId,
    anchor: usize,
    /// Where its children begin in [`Builder::waiting`].
    pub(super) first: usize,
    weight: Weight,
}

pub(super) struct Builder<'t> {
    pub(super) text: &'t str,
    pub(super) limits: Limits,
    pub(super) parsed: Parsed<'t>,
    pub(super) open: Vec<Open>,
    /// Children of the open collections, moved to their place when the collection ends.
    pub(super) waiting: Vec<NodeId>,
    /// By the parser's number of the anchor, which counts up over the whole text.
    pub(super) anchored: BTreeMap<usize, Anchored>,
    /// How many values the aliases so far stand for.
    pub(super) expanded: usize,
    /// Where the fault of a cause already met is kept.
    met: BTreeMap<(FaultKind, Cow<'t, str>), usize>,
    last_scalar: Option<Range<usize>>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, limits: Limits) -> Self {
        Self {
            text,
            limits,
            parsed: Parsed::default(),
            open: Vec::new(),
            waiting: Vec::new(),
            anchored: BTreeMap::new(),
            expanded: 0,
            met: BTreeMap::new(),
            last_scalar: None,
        }
    }

    /// Takes one event in; an error is a fatal fault.
    fn take(&mut self, event: Event<'t>, span: &Span) -> Result<(), Fault> {
        let at = self.range(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), span);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.note_tag(tag.as_deref(), span);
                let start = match style {
                    StructureStyle::Block => self.block_sequence_start(at.start),
                    StructureStyle::Flow => at.start,
                };
                self.start(start..at.end.max(start), Content::Sequence(0..0), anchor)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.note_tag(tag.as_deref(), span);
                self.start(at, Content::Mapping(0..0), anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&at),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::UnresolvedAlias(name) => {
                let words = format!("there is no anchor &{name} before this alias");
                let help = format!(
                    "an alias repeats a value marked &{name}; a string that begins with * needs quotes"
                );
                self.repeatable(FaultKind::AliasUndefined, name, at.clone(), words, help);
                self.dead_alias(at);
            }
            Event::StreamEnd => return self.nothing_left(at.start),
            // What remains tells of documents and their marks; the roots say it as well.
            _ => {}
        }
        Ok(())
    }

    /// The parser's byte range, clamped into the text and onto character boundaries.
    fn range(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        syntax_errors::clamp(self.text, range)
    }

    /// Refuses a text whose rest the parser left unread without a word.
    fn nothing_left(&self, end: usize) -> Result<(), Fault> {
        let rest = &self.text[end..];
        if rest.trim().is_empty() {
            return Ok(());
        }
        let start = end + (rest.len() - rest.trim_start().len());
        Err(Fault {
            kind: FaultKind::Syntax,
            span: syntax_errors::to_line_end(self.text, start),
            words: "nothing from here on can be read as YAML".to_owned(),
            help: None,
            times: 1,
        })
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: &Span,
    ) {
        self.note_tag(tag, span);
        let mut at = self.range(span);
        self.last_scalar = Some(at.clone());
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let mut text = text;
        if style == Style::Block {
            let written = self.text[at.clone()].trim_end_matches(['\n', '\r', ' ', '\t']);
            at.end = at.start + written.len();
        } else if style == Style::Plain && at.is_empty() {
            // The parser says `~` for a value that is not there.
            text = Cow::Borrowed("");
            at = self.empty_value(at.start);
        }
        let asks_for_text = tag.is_some_and(|tag| {
            tag.core_suffix() == Some("str") || (tag.handle().is_empty() && tag.suffix() == "!")
        });
        let null = style == Style::Plain
            && !asks_for_text
            && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
        let id = self.node(at, Content::Scalar { text, style, null });
        self.settle(
            id,
            anchor,
            Weight {
                values: 1,
                height: 0,
            },
        );
    }

    /// Whether the next node is a value of a mapping, not a key.
    pub(super) fn is_value(&self) -> bool {
        self.open.last().is_some_and(|open| {
            matches!(self.parsed.nodes[open.node.0].content, Content::Mapping(_))
                && (self.waiting.len() - open.first) % 2 == 1
        })
    }

    fn start(
        &mut self,
        at: Range<usize>,
        content: Content<'t>,
        anchor: usize,
    ) -> Result<(), Fault> {
        if self.open.len() >= self.limits.depth {
            return Err(syntax_errors::too_deep(
                self.text,
                at.start,
                self.limits.depth,
            ));
        }
        let node = self.node(at, content);
        if anchor != 0 {
            self.anchored.insert(anchor, Anchored::Open);
        }
        let first = self.waiting.len();
        self.open.push(Open {
            node,
            anchor,
            first,
            weight: Weight {
                values: 1,
                height: 1,
            },
        });
        Ok(())
    }

    fn end(&mut self, at: &Range<usize>) {
        // Every end event has its start before it: the parser keeps the balance.
        let Some(open) = self.open.pop() else { return };
        let last = self.waiting[open.first..]
            .last()
            .map(|id| self.parsed.nodes[id.0].end);
        let node = &mut self.parsed.nodes[open.node.0];
        // A closing bracket ends its collection; a block ends with its last value.
        let end = if at.is_empty() {
            last.unwrap_or(node.end)
        } else {
            at.end
        };
        node.end = end.max(node.start);
        let is_mapping = matches!(node.content, Content::Mapping(_));
        let from = self.parsed.children.len();
        if is_mapping {
            for pair in open.first..self.waiting.len() {
                if (pair - open.first) % 2 == 0 && pair + 1 < self.waiting.len() {
                    self.entry(self.waiting[pair], self.waiting[pair + 1]);
                }
            }
        } else {
            self.parsed
                .children
                .extend_from_slice(&self.waiting[open.first..]);
        }
        let children = from..self.parsed.children.len();
        self.waiting.truncate(open.first);
        self.parsed.nodes[open.node.0].content = if is_mapping {
            Content::Mapping(children)
        } else {
            Content::Sequence(children)
        };
        self.settle(open.node, open.anchor, open.weight);
    }

    /// Keeps an entry of a mapping if its key is a scalar.
    fn entry(&mut self, key: NodeId, value: NodeId) {
        let node = NodeRef {
            tree: &self.parsed,
            id: key,
        };
        if node.text().is_some() {
            self.parsed.children.extend([key, value]);
            return;
        }
        if matches!(self.parsed.nodes[key.0].content, Content::DeadAlias) {
            return; // The alias has its own fault.
        }
        let span = node.span();
        self.parsed.faults.push(Fault {
            kind: FaultKind::KeyNotText,
            span,
            words: "a key must be a plain word or a string, not a list or a mapping".to_owned(),
            help: Some("this entry is left out".to_owned()),
            times: 1,
        });
    }

    /// A tag of YAML's own schema changes nothing here, since a field knows what it wants, and
    /// `!!timestamp` only says that a date is one. Any other may change what is meant.
    fn note_tag(&mut self, tag: Option<&Tag>, span: &Span) {
        let Some(tag) = tag else { return };
        self.parsed.tagged = true;
        let non_specific = tag.handle().is_empty() && tag.suffix() == "!";
        let timestamp = tag.suffix_in_namespace("tag:yaml.org,2002:");
        if non_specific || tag.core_suffix().is_some() || timestamp.as_deref() == Some("timestamp")
        {
            return;
        }
        let at = span
            .tag_span()
            .map_or_else(|| self.range(span), |tag| self.range(&tag));
        let name = Cow::Borrowed(&self.text[at.clone()]);
        let words = format!("unknown tag {name}");
        let help =
            "the value is read as if the tag were absent; a string that begins with ! needs quotes"
                .to_owned();
        self.repeatable(FaultKind::UnknownTag, name, at, words, help);
    }

    /// Notes a fault, or counts it where the same cause was met before.
    pub(super) fn repeatable(
        &mut self,
        kind: FaultKind,
        cause: Cow<'t, str>,
        span: Range<usize>,
        words: String,
        help: String,
    ) {
        let index = *self
            .met
            .entry((kind, cause))
            .or_insert(self.parsed.faults.len());
        match self.parsed.faults.get_mut(index) {
            Some(fault) => fault.times += 1,
            None => {
                self.parsed.faults.push(Fault {
                    kind,
                    span,
                    words,
                    help: Some(help),
                    times: 1,
                });
            }
        }
    }

    /// Adds a node to its parent, keeping the starts in ascending order.
    pub(super) fn node(&mut self, at: Range<usize>, content: Content<'t>) -> NodeId {
        let id = NodeId(self.parsed.nodes.len());
        let start = self
            .parsed
            .nodes
            .last()
            .map_or(at.start, |last| at.start.max(last.start));
        self.parsed.nodes.push(Node {
            start,
            end: at.end.max(start),
            content,
        });
        if self.open.is_empty() {
            self.parsed.roots.push(id);
        } else {
            self.waiting.push(id);
        }
        id
    }

    /// Accounts for a value that is complete.
    pub(super) fn settle(&mut self, id: NodeId, anchor: usize, weight: Weight) {
        if anchor != 0 {
            self.anchored.insert(anchor, Anchored::Done(id, weight));
        }
        if let Some(parent) = self.open.last_mut() {
            parent.weight.values = parent.weight.values.saturating_add(weight.values);
            parent.weight.height = parent.weight.height.max(weight.height + 1);
        }
    }
}
