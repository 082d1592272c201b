//! Cells that no record has: each is told.

use super::apply::{Apply, Here};
use super::map::{Part, Template};
use super::rows::{NO_HEADING, Remark};
use super::words;
use annals_source::{At, SourceError, Spot};

/// Said of a value of a record that has no name, and of one that lacks something else.
const NO_NAME: &str = "a value of a record that was not made, as it has no name";
const NOT_MADE: &str = "a value of a record that was not made";
/// Said of a value that is part of a text of which another part is empty, and the like.
const NOT_TAKEN: &str =
    "a value that no record of the row has, as another column of its text is empty";
const DROPPED: &str = "in a column that the mapping drops";
const NOT_NAMED: &str = "in a column that the mapping does not name";

impl Here<'_> {
    /// Notes that the part of the mapping that is being made has this cell.
    pub(super) fn take(&self, column: usize) {
        let width = self.row.cells.len();
        let mut used = self.used.borrow_mut();
        let place = (column < width).then_some(self.plan.get() * width + column);
        if let Some(used) = place.and_then(|place| used.get_mut(place)) {
            *used = true;
        }
    }

    /// Whether some record that was made has this cell.
    fn is_taken(&self, column: usize) -> bool {
        let width = self.row.cells.len();
        let used = self.used.borrow();
        let mut plans = self.instances.iter().enumerate();
        plans.any(|(nth, made)| !made.is_empty() && used.get(nth * width + column) == Some(&true))
    }
}

impl Apply<'_, '_> {
    /// Notes that the part of the mapping that is being made has the cells of a template.
    pub(super) fn take(&self, template: &Template, here: &Here<'_>) {
        for part in &template.parts {
            if let Part::Column(name) = part
                && let Some(column) = self.columns.get(name)
            {
                here.take(*column);
            }
        }
    }

    /// Tells each cell that no record of the row has; `absent` are the parts of the mapping that lack
    /// a name.
    pub(super) fn tell_unused(
        &mut self,
        absent: &[usize],
        here: &Here<'_>,
    ) -> Result<(), SourceError> {
        for (column, cell) in here.row.cells.iter().enumerate() {
            let text = &*cell.text;
            if text.is_empty() || here.is_taken(column) {
                continue;
            }
            let mut of = (0..self.of_plan.len()).filter(|nth| self.of_plan[*nth].contains(&column));
            let made = |nth: &usize| !here.instances[*nth].is_empty();
            let first = of.next();
            let (what, why) = match first {
                _ if self.dropped.contains(&column) => (text.to_owned(), DROPPED),
                None => (text.to_owned(), NOT_NAMED),
                Some(nth) if made(&nth) || of.any(|nth| made(&nth)) => (text.to_owned(), NOT_TAKEN),
                Some(nth) => {
                    let kind = self.map.plans[nth].kind;
                    let article = annals_model::RecordKind::with_article(kind);
                    if absent.contains(&nth) && words::is_named(kind) {
                        // Nobody, which is told already.
                        if words::is_unknown(text) {
                            continue;
                        }
                        let called = words::called_by(kind);
                        (format!("{text} ({article} without {called})"), NO_NAME)
                    } else {
                        (format!("{text} ({article})"), NOT_MADE)
                    }
                }
            };
            let at = here.head.at(here.row.number, column);
            self.out.left_out(&at, &what, why)?;
        }
        Ok(())
    }
}

/// The cells that have no heading.
#[derive(Debug, Default)]
pub(super) struct Beyond {
    rows: usize,
    cells: usize,
    /// The first of the rows, and the last.
    first: Vec<At>,
    last: Option<At>,
    separated: bool,
}

impl Beyond {
    /// How many rows are named.
    const NAMED: usize = 5;

    /// Counts a cell that has no heading.
    pub(super) fn add(&mut self, (at, _, why): &Remark) {
        if *why != NO_HEADING {
            return;
        }
        let row = match &at.spot {
            Spot::Field { line, .. } => {
                self.separated = true;
                At::line(&at.file, *line)
            }
            Spot::Cell { sheet, row, .. } => {
                let sheet = sheet.as_deref().unwrap_or_default();
                At::item(&at.file, format!("sheet {sheet}, row {row}"))
            }
            // A field of JSON that comes late.
            _ => return,
        };
        self.cells += 1;
        if self.last.as_ref() != Some(&row) {
            self.rows += 1;
            if self.first.len() < Self::NAMED {
                self.first.push(row.clone());
            }
            self.last = Some(row);
        }
    }

    /// What is said of them after the import.
    pub(super) fn notice(&self) -> Option<String> {
        if self.rows == 0 {
            return None;
        }
        let named: Vec<String> = self.first.iter().map(At::to_string).collect();
        let more = match self.rows - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let rows = match self.rows {
            1 => "1 row has".to_owned(),
            rows => format!("{rows} rows have"),
        };
        let cells = match self.cells {
            1 => "1 cell was".to_owned(),
            cells => format!("{cells} cells were"),
        };
        let hint = if self.separated {
            "is a text with a comma (or other separator) not in quotation marks?"
        } else {
            "a heading for each column keeps them"
        };
        Some(format!(
            "{rows} more cells than headings, and {cells} left out: {}{more}; {hint}",
            named.join(", ")
        ))
    }
}
