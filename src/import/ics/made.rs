//! The records of one event of a calendar: the event, who takes part, where.

use super::CalendarImport;
use super::event::{Component, When};
use super::lines::Line;
use super::moment::Moment;
use crate::dates::Dated;
use crate::{Evidence, Record};
use annals_model::RecordKind;
use annals_source::{At, SourceError};
use annals_time::Day;

impl CalendarImport<'_, '_> {
    /// One event at one time.
    pub(super) fn one(
        &mut self,
        event: &Component,
        when: &When,
        of_several: Option<Day>,
    ) -> Result<(), SourceError> {
        let label = event
            .text("SUMMARY")
            .filter(|label| !label.trim().is_empty());
        let label = label.unwrap_or_else(|| "Event without a name".to_owned());
        let words = match of_several {
            Some(day) => format!("{label} {day}"),
            None => label.clone(),
        };
        let id = self.out.id(RecordKind::Event, &words);
        let mut record = Record::new(RecordKind::Event, id);
        record.set("label", label);
        let exported = event.line("X-ANNALS-EDTF").filter(|_| of_several.is_none());
        let own = exported.and_then(|line| Dated::edtf_of(line.text().trim()).ok());
        let categories: Vec<String> = (event.lines.iter())
            .filter(|line| line.name == "CATEGORIES")
            .flat_map(Line::texts)
            .collect();
        if own.is_some() && categories.len() == 1 {
            record.set("kind", categories.concat());
        } else {
            record.set("tags", categories);
        }
        record.date("when", own.as_ref().unwrap_or(&when.date));
        match event
            .text("STATUS")
            .unwrap_or_default()
            .to_ascii_uppercase()
            .as_str()
        {
            _ if self.cancelling.contains(&event.calendar) => record.set("status", "cancelled"),
            "CANCELLED" => record.set("status", "cancelled"),
            "TENTATIVE" => record.set("status", "anticipated"),
            _ => &mut record,
        };
        self.participants(event, &mut record)?;
        if let Some(place) = self.place(event)? {
            record.set("place", place);
        }
        record.evidence(&Evidence {
            document: self.documents[event.document].clone(),
            ..Evidence::default()
        });
        record.set("note", event.text("DESCRIPTION").unwrap_or_default());
        let created = event.line("CREATED");
        if let Some((created, _)) = created.and_then(|line| Moment::of(&line.value)) {
            record.date("recorded", &Dated::day(created.day));
        }
        if own.is_none() {
            record.extra("start", when.start.clone());
            record.extra("end", when.end.clone());
            record.extra("end_tzid", when.end_zone.clone());
        }
        record.extra("tzid", when.zone.clone());
        record.extra("uid", event.text("UID").unwrap_or_default());
        record.extra(
            "url",
            event.line("URL").map_or("", |line| line.value.trim()),
        );
        self.out.add(record)
    }

    fn participants(&mut self, event: &Component, record: &mut Record) -> Result<(), SourceError> {
        for line in &event.lines {
            let role = match (line.name.as_str(), line.parameter("PARTSTAT")) {
                ("ORGANIZER", _) => "organizer",
                ("ATTENDEE", Some("ACCEPTED")) => "attendee",
                ("ATTENDEE", Some("DECLINED")) => {
                    let at = At::line(&event.at.file, line.number);
                    self.out
                        .left_out(&at, &line.value, "declined to take part")?;
                    continue;
                }
                ("ATTENDEE", _) => "invited",
                _ => continue,
            };
            let address = line.value.trim();
            let plain = address
                .get(..7)
                .filter(|head| head.eq_ignore_ascii_case("mailto:"));
            let address = plain.map_or(address, |head| &address[head.len()..]);
            let name = line
                .parameter("CN")
                .map(str::trim)
                .filter(|name| !name.is_empty());
            let name = name.unwrap_or(address).to_owned();
            if name.is_empty() {
                continue;
            }
            let key = if address.is_empty() { &name } else { address };
            let (id, new) = self
                .out
                .id_of(RecordKind::Actor, &key.to_lowercase(), &name);
            if new {
                let mut actor = Record::new(RecordKind::Actor, id.clone());
                let kind = match line.parameter("CUTYPE") {
                    Some("GROUP" | "ROOM" | "RESOURCE") => "group",
                    _ => "person",
                };
                actor.set("name", name).set("kind", kind);
                self.out.add(actor)?;
            }
            record.push(
                "participants",
                serde_json::json!({"actor": id, "role": role}),
            );
        }
        Ok(())
    }

    fn place(&mut self, event: &Component) -> Result<Option<String>, SourceError> {
        let Some(name) = event
            .text("LOCATION")
            .filter(|name| !name.trim().is_empty())
        else {
            return Ok(None);
        };
        let name = name.trim().to_owned();
        let geo = event.line("GEO").map_or("", |line| line.value.trim());
        let key = format!("{name}\n{geo}");
        let (id, new) = self.out.id_of(RecordKind::Place, &key, &name);
        if new {
            let mut place = Record::new(RecordKind::Place, id.clone());
            place.set("name", name);
            let number =
                |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|n| n.abs() <= most);
            let both = geo.split_once(';');
            if let Some((lat, lon)) =
                both.and_then(|(lat, lon)| Some((number(lat, 90.0)?, number(lon, 180.0)?)))
            {
                place.set("lat", lat).set("lon", lon);
            }
            self.out.add(place)?;
        }

        Ok(Some(id))
    }
}
