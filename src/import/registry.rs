//! The list of all formats.

use std::collections::BTreeMap;

use super::dna;
use super::options::Opt;
use super::{
    Importer, bibliography, brat, event_table, ftm, ics, stix, table, tei, timelinejs, timeml,
    webannotation, wikidata,
};

/// Every format, in the order in which help shows them.
pub static IMPORTERS: &[&dyn Importer] = &[
    &table::Table,
    &ics::Ics,
    &webannotation::WebAnnotation,
    &brat::Brat,
    &dna::Dna,
    &tei::Tei,
    &timeml::TimeMl,
    &bibliography::Bibliography,
    &timelinejs::TimelineJs,
    &ftm::Ftm,
    &stix::Stix,
    &event_table::Gdelt,
    &event_table::Icews,
    &wikidata::Wikidata,
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Importer> {
    let mut each = IMPORTERS.iter().copied();
    each.find(|importer| importer.name() == name)
}

/// Every option that a format has, by name, with the formats that take it.
pub fn all_options() -> BTreeMap<&'static str, (&'static Opt, Vec<&'static str>)> {
    let mut all: BTreeMap<&'static str, (&'static Opt, Vec<&'static str>)> = BTreeMap::new();
    for importer in IMPORTERS {
        for option in importer.options() {
            let (_, formats) = all.entry(option.name).or_insert((option, Vec::new()));
            formats.push(importer.name());
        }
    }
    all
}
