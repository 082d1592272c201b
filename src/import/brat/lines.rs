//! The lines of an `.ann` file.
//!
//! Source: <https://brat.nlplab.org/standoff.html>.

use indexmap::IndexMap;

/// A passage with a type: `T1 Person 0 4;9 12 Ada Lind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) kind: String,
    /// Code points, the end not included, in their order and apart.
    pub(super) spans: Vec<(usize, usize)>,
    /// The pieces as they are written, whose words are those of the annotation: they may overlap.
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) text: String,
    pub(super) line: usize,
}

/// An event, or a relation: `E1 Attack:T1 Agent:T2`, `R1 Supports Arg1:T1 Arg2:T2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) id: String,
    pub(super) kind: String,
    /// The passage that names an event.
    pub(super) trigger: String,
    /// Roles without their numbers (`Theme2` is `Theme`), and what plays them.
    pub(super) roles: Vec<(String, String)>,
    pub(super) line: usize,
}

/// All that an `.ann` file says.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// In the order of the file.
    pub(super) bounds: IndexMap<String, Bound>,
    pub(super) events: Vec<Tie>,
    pub(super) relations: Vec<Tie>,
    /// Of what, name, value: `A1 Negation E1`.
    pub(super) attributes: Vec<(String, String, String)>,
    /// Of what, the resource and its name there, the words: `N1 Reference T1 Wikidata:Q1 Ada`.
    pub(super) references: Vec<(String, String, String)>,
    /// Of what, and the words.
    pub(super) notes: Vec<(String, String)>,
    /// Passages that are of one thing: `* Equiv T1 T2`.
    pub(super) same: Vec<Vec<String>>,
    /// Lines that are none of these.
    pub(super) faulty: Vec<(usize, String)>,
    /// Whether there is a line at all.
    pub(super) has_lines: bool,
}

impl Annotations {
    pub(super) fn of(text: &str) -> Annotations {
        let mut all = Annotations::default();
        for (nth, line) in text.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.trim().is_empty() {
                continue;
            }
            all.has_lines = true;
            if all.line(line, nth + 1).is_none() {
                let head: String = line.chars().take(60).collect();
                all.faulty.push((nth + 1, head));
            }
        }
        all
    }

    fn line(&mut self, line: &str, number: usize) -> Option<()> {
        let (id, rest) = line.split_once('\t')?;
        let (middle, last) = rest.split_once('\t').unwrap_or((rest, ""));
        let id = id.trim().to_owned();
        let mut words = middle.split_whitespace();
        match id.chars().next()? {
            'T' => {
                let bound = bound(middle, last, number)?;
                if self.bounds.contains_key(&id) {
                    return None;
                }
                self.bounds.insert(id, bound);
            }
            'E' => {
                let (kind, trigger) = words.next()?.split_once(':')?;
                let tie = tie(id, kind, trigger, words, number)?;
                self.events.push(tie);
            }
            'R' => {
                let kind = words.next()?;
                let tie = tie(id, kind, "", words, number)?;
                self.relations.push(tie);
            }
            'A' | 'M' => {
                let (name, of) = (words.next()?.to_owned(), words.next()?.to_owned());
                let value: Vec<&str> = words.collect();
                self.attributes.push((of, name, value.join(" ")));
            }
            'N' => {
                let (_, of, there) = (words.next()?, words.next()?, words.next()?);
                self.references
                    .push((of.to_owned(), there.to_owned(), last.trim().to_owned()));
            }
            '#' => {
                let of = words.nth(1).unwrap_or_default().to_owned();
                self.notes.push((of, last.trim().to_owned()));
            }
            '*' => {
                words.next()?;
                self.same.push(words.map(str::to_owned).collect());
            }
            _ => return None,
        }
        Some(())
    }
}

fn bound(middle: &str, text: &str, line: usize) -> Option<Bound> {
    let (kind, places) = middle.split_once(' ')?;
    let mut spans = Vec::new();
    for place in places.split(';') {
        let (start, end) = place.trim().split_once(' ')?;
        let (start, end): (u32, u32) = (start.parse().ok()?, end.trim().parse().ok()?);
        (start < end).then(|| spans.push((start as usize, end as usize)))?;
    }
    spans.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for span in &spans {
        match apart.last_mut().filter(|last| span.0 < last.1) {
            Some(last) => last.1 = last.1.max(span.1),
            None => apart.push(*span),
        }
    }
    Some(Bound {
        kind: kind.to_owned(),
        spans: apart,
        pieces: spans,
        text: text.trim().to_owned(),
        line,
    })
}

fn tie<'w>(
    id: String,
    kind: &str,
    trigger: &str,
    words: impl Iterator<Item = &'w str>,
    line: usize,
) -> Option<Tie> {
    let mut roles = Vec::new();
    for word in words {
        let (role, of) = word.split_once(':')?;
        let plain = role.trim_end_matches(|c: char| c.is_ascii_digit());
        // Of a relation Arg1 and Arg2 differ; of an event Theme2 is one more Theme.
        let role = if trigger.is_empty() { role } else { plain };
        roles.push((role.to_owned(), of.to_owned()));
    }
    (!kind.is_empty()).then(|| Tie {
        id,
        kind: kind.to_owned(),
        trigger: trigger.to_owned(),
        roles,
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_line_is_read() {
        let text = "T1\tPerson 0 4;9 12\tAda Lind\r\nT2\tSays 5 8\tsay\nE1\tSays:T2 Speaker2:T1\n\
                    R1\tSupports Arg1:T1 Arg2:T2\t\nA1\tNegation E1\nM1\tStance E1 Against it\n\
                    N1\tReference T1 Wikidata:Q1\tAda\n#1\tAnnotatorNotes E1\ta note\n*\tEquiv T1 T2\n\n\
                    T3\tPerson 4 2\tx\nT4 Person\nT1\tPerson 0 1\tA\nX1\ty\nT9\tName 0 9;7 9\tx\n";
        let all = Annotations::of(text);
        assert_eq!(all.bounds["T9"].spans, [(0, 9)]);
        assert_eq!(all.bounds["T1"].spans, [(0, 4), (9, 12)]);
        assert_eq!(
            all.events[0].roles,
            [("Speaker".to_owned(), "T1".to_owned())]
        );
        assert_eq!(all.relations[0].roles[1].0, "Arg2");
        assert_eq!(all.attributes[1].2, "Against it");
        assert_eq!(all.references[0].1, "Wikidata:Q1");
        assert_eq!(all.notes, [("E1".to_owned(), "a note".to_owned())]);
        assert_eq!(all.same[0], ["T1", "T2"]);
        let lines: Vec<usize> = all.faulty.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [11, 12, 13, 14]);
    }
}
