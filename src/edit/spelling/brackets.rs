//! Items between brackets, in JSON and in the flow style of YAML.

use std::ops::Range;

use crate::lines;
use crate::pieces::Replacement;

/// A list or mapping between brackets.
pub(super) struct Brackets<'t> {
    pub(super) text: &'t str,
    /// It, brackets included.
    pub(super) whole: Range<usize>,
    /// Its items or entries.
    pub(super) items: Vec<Range<usize>>,
    /// What stands after a comma where nothing shows it: a space, or nothing.
    pub(super) gap: &'t str,
    /// The end of the document's comments sign: `#` in YAML; JSON has none.
    pub(super) has_comments: bool,
}

impl Brackets<'_> {
    /// The white space between the comma after an item and the next one, as the items around have it.
    pub(super) fn separator(&self, after: usize) -> String {
        let between = |nth: usize| {
            let (one, next) = (self.items.get(nth)?, self.items.get(nth + 1)?);
            self.blank(&self.text[one.end..next.start])
        };
        let around = between(after).or_else(|| between(after.checked_sub(1)?));
        around.unwrap_or_else(|| {
            let first = self
                .items
                .first()
                .map_or(self.whole.end - 1, |one| one.start);
            let before = self.blank(&self.text[self.whole.start + 1..first]);
            match before {
                Some(lines) if lines.contains(['\n', '\r']) => lines,
                _ => self.gap.to_owned(),
            }
        })
    }

    /// The white space after the last comma of what stands between two items; comments are left out.
    fn blank(&self, between: &str) -> Option<String> {
        let mut kept = String::new();
        let mut rest = between.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '#' if self.has_comments => {
                    while rest.next_if(|c| !matches!(c, '\n' | '\r')).is_some() {}
                }
                ',' => kept.clear(),
                c if c.is_whitespace() => kept.push(c),
                _ => return None,
            }
        }
        // Blank lines between items are theirs, not the new one's; the last line says the indentation.
        let Some(last) = kept.rfind(['\n', '\r']) else {
            return Some(kept);
        };
        let is_pair = kept[..=last].ends_with("\r\n");
        let begin = if is_pair { last - 1 } else { last };
        Some(kept[begin..].to_owned())
    }

    /// Puts an item in after another, or as the only one.
    pub(super) fn insert(&self, after: Option<usize>, item: &str) -> Vec<Replacement> {
        let Some((nth, before)) = after.and_then(|nth| Some((nth, self.items.get(nth)?))) else {
            // Nothing is in it yet: what stands there is white space, perhaps with comments.
            return vec![Replacement::insertion(self.whole.start + 1, item)];
        };
        let separator = self.separator(nth);
        if self.has_comments {
            let rest = &self.text[before.end..self.whole.end - 1];
            let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let comma = rest[blank..].starts_with(',');
            let behind = before.end + blank + usize::from(comma);
            let line = &self.text[behind..lines::end(self.text, behind)];
            if line.trim_start().starts_with('#') {
                // The comment is the neighbour's: the new item stands on the next line.
                let at = behind + line.len();
                let is_last = nth + 1 == self.items.len();
                let own_comma = if is_last && !comma { "" } else { "," };
                let mut all = Vec::new();
                if !comma {
                    all.push(Replacement::insertion(before.end, ","));
                }
                all.push(Replacement::insertion(
                    at,
                    format!("{separator}{item}{own_comma}"),
                ));
                return all;
            }
        }
        vec![Replacement::insertion(
            before.end,
            format!(",{separator}{item}"),
        )]
    }

    /// Takes an item out, with one comma.
    pub(super) fn remove(&self, nth: usize) -> Vec<Replacement> {
        let Some(item) = self.items.get(nth) else {
            return Vec::new();
        };
        let range = match (nth.checked_sub(1), self.items.get(nth + 1)) {
            (_, Some(next)) => item.start..next.start,
            (Some(before), None) => self.items[before].end..item.end,
            (None, None) => {
                let rest = &self.text[item.end..self.whole.end - 1];
                // YAML allows a comma after the last item.
                let comma = rest.find(',').map_or(0, |at| at + 1);
                item.start..item.end + comma
            }
        };
        vec![Replacement::new(range, "")]
    }
}
