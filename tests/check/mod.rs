//! Files of facts: how they are read, whatever they hold, and the findings that reading and
//! checking give.

mod changed_quotes;
mod contradictions;
mod decided;
mod dossier;
mod draft_corpus;
mod every_form;
mod findings;
mod formats;
mod fuzz_targets;
mod hostile;
mod newcomers;
mod planted;
mod properties;
mod silent;
mod slips;
mod tables;

#[path = "../../fuzz/src/lib.rs"]
mod targets;
