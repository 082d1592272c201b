//! The calendars of a file: their events, and the time zones that these name.

use super::CalendarImport;
use super::event::Component;
use super::lines::{self, Line};
use super::zone::{Definition, Zones};
use crate::Record;
use annals_model::RecordKind;
use annals_source::{At, SourceError};

/// What is open while lines are read.
#[derive(Default)]
struct Open {
    /// The names of components, and the lines on which they begin.
    names: Vec<(String, usize)>,
    event: Option<Component>,
    zone: Option<OpenZone>,
    /// The zones that calendars name as their own: calendar, name, line. They may be defined later.
    own_zones: Vec<(usize, String, usize)>,
}

/// The definition of a time zone, as far as it is read.
struct OpenZone {
    depth: usize,
    name: Option<String>,
    definition: Definition,
    part: Vec<Line>,
}

impl CalendarImport<'_, '_> {
    /// The events of a file; its document is made.
    pub(super) fn read(
        &mut self,
        text: &str,
        at: &At,
        own_name: &str,
    ) -> Result<Vec<Component>, SourceError> {
        let (lines, faulty) = lines::lines(text);
        for number in faulty {
            self.out
                .left_out(&At::line(&at.file, number), "", "not a calendar property")?;
        }
        if !lines.iter().any(|line| is(line, "BEGIN", "VCALENDAR")) {
            let line = At::line(&at.file, 1);
            return Err(SourceError::syntax(
                line,
                "this is not a calendar: there is no BEGIN:VCALENDAR",
            ));
        }
        let name = lines
            .iter()
            .find(|line| line.name == "X-WR-CALNAME")
            .map(Line::text);
        let title = name.filter(|name| !name.trim().is_empty());
        let title = title.unwrap_or_else(|| own_name.to_owned());
        let events = self.components(lines, at)?;
        let id = self.out.id(RecordKind::Document, &title);
        let mut document = Record::new(RecordKind::Document, id.clone());
        document.set("title", title).set("kind", "calendar");
        self.out.add(document)?;
        self.documents.push(id);
        Ok(events)
    }

    /// The events of a file, what is in none passed over.
    fn components(&mut self, lines: Vec<Line>, at: &At) -> Result<Vec<Component>, SourceError> {
        let mut events = Vec::new();
        let mut open = Open::default();
        // What stands before the first calendar has zones too.
        self.calendars.push(Zones::default());
        for line in lines {
            match line.name.as_str() {
                "BEGIN" => self.begin(&line, at, &mut open)?,
                "END" => {
                    match open.names.pop() {
                        Some((name, _)) if name.eq_ignore_ascii_case(line.value.trim()) => {}
                        _ => {
                            let at = At::line(&at.file, line.number);
                            let name = annals_finding::shown(line.value.trim());
                            let message = format!("{name} ends here, but never began");
                            return Err(SourceError::syntax(at, message));
                        }
                    }
                    self.end(&mut open, &mut events);
                }
                _ => self.property(line, &mut open),
            }
        }
        for (calendar, name, line) in open.own_zones {
            if !self.calendars[calendar].set_own(&name) {
                let at = At::line(&at.file, line);
                let why = "a time zone of a calendar (X-WR-TIMEZONE) that is not known";
                self.out.left_out(&at, &name, why)?;
            }
        }
        match open.names.last() {
            None => Ok(events),
            Some((name, number)) => {
                let at = At::line(&at.file, *number);
                let name = annals_finding::shown(name);
                Err(
                    SourceError::syntax(at, format!("the file ends inside this {name}"))
                        .label("starts here")
                        .note("an incomplete download ends like this"),
                )
            }
        }
    }

    fn begin(&mut self, line: &Line, at: &At, open: &mut Open) -> Result<(), SourceError> {
        let value = line.value.trim();
        open.names.push((value.to_owned(), line.number));
        let depth = open.names.len();
        let at = At::line(&at.file, line.number);
        let name = value.to_ascii_uppercase();
        match name.as_str() {
            "VCALENDAR" => self.calendars.push(Zones::default()),
            "VTIMEZONE" if open.zone.is_none() => {
                open.zone = Some(OpenZone {
                    depth,
                    name: None,
                    definition: Definition::new(&self.zone_budget),
                    part: Vec::new(),
                });
            }
            "VEVENT" if open.event.is_none() => {
                open.event = Some(Component {
                    at,
                    depth,
                    lines: Vec::new(),
                    document: self.documents.len(),
                    calendar: self.calendars.len() - 1,
                });
            }
            _ if name.starts_with('V') && name != "VTIMEZONE" => {
                let why = "to-do, journal, alarm or similar";
                self.out.left_out(&at, value, why)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, open: &mut Open, events: &mut Vec<Component>) {
        let depth = open.names.len();
        if open.event.as_ref().is_some_and(|event| event.depth > depth) {
            events.extend(open.event.take());
        }
        let Some(zone) = &mut open.zone else {
            return;
        };
        if zone.depth == depth {
            zone.definition.add(&std::mem::take(&mut zone.part));
        }
        if zone.depth <= depth {
            return;
        }
        if let (Some(zone), Some(zones)) = (open.zone.take(), self.calendars.last_mut())
            && let Some(name) = zone.name
        {
            zones.define(&name, zone.definition);
        }
    }

    fn property(&mut self, line: Line, open: &mut Open) {
        let depth = open.names.len();
        if let Some(event) = &mut open.event {
            if event.depth == depth {
                event.lines.push(line);
            }
            return;
        }
        if let Some(zone) = &mut open.zone {
            if zone.depth == depth && line.name == "TZID" {
                zone.name = Some(line.value.trim().to_owned());
            } else if zone.depth + 1 == depth {
                zone.part.push(line);
            }
            return;
        }
        let calendar = self.calendars.len() - 1;
        if depth == 1 && line.name == "METHOD" && line.value.trim().eq_ignore_ascii_case("CANCEL") {
            self.cancelling.insert(calendar);
        } else if depth == 1 && line.name == "X-WR-TIMEZONE" && !line.value.trim().is_empty() {
            open.own_zones.push((calendar, line.text(), line.number));
        }
    }
}

fn is(line: &Line, name: &str, value: &str) -> bool {
    line.name == name && line.value.trim().eq_ignore_ascii_case(value)
}
