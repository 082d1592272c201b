//! The list of all formats.

use std::collections::BTreeMap;

use super::dna;
use super::options::Opt;
use super::{
    Importer, bibliography, brat, event_table, ftm, ics, stix, table, tei, timelinejs, timeml,
    webannotation, wikidata,
};

/// Every format, in the order in which help shows them.
pub static IMPORTERS: &[&Importer] = &[
    &table::FORMAT,
    &ics::FORMAT,
    &webannotation::FORMAT,
    &brat::FORMAT,
    &dna::FORMAT,
    &tei::FORMAT,
    &timeml::FORMAT,
    &bibliography::FORMAT,
    &timelinejs::FORMAT,
    &ftm::FORMAT,
    &stix::FORMAT,
    &event_table::gdelt::FORMAT,
    &event_table::icews::FORMAT,
    &wikidata::FORMAT,
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static Importer> {
    annals_format::by_name(IMPORTERS, name)
}

/// Every option that a format has, by name, with the formats that take it.
pub fn all_options() -> BTreeMap<&'static str, (&'static Opt, Vec<&'static str>)> {
    let mut all: BTreeMap<&'static str, (&'static Opt, Vec<&'static str>)> = BTreeMap::new();
    for importer in IMPORTERS {
        for option in importer.options {
            let (_, formats) = all.entry(option.name).or_insert((option, Vec::new()));
            formats.push(importer.name);
        }
    }
    all
}
