//! Checks: every rule over the facts, and the list of all codes.
//!
//! Reading finds what is wrong with single fields and references; a [`Rule`] finds what is wrong
//! between records. [`check`] gives both, [`codes`] names everything that can be found.
//!
//! ```
//! use annals::check;
//! use annals::load::{Request, Source, load};
//!
//! let yaml = "annals: 1\nevents:\n  - {id: war, label: The war, part_of: war}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//!
//! let findings = check::check(&loaded);
//! assert_eq!(findings[0].code.code, "AN104");
//! assert!(check::codes().any(|code| code.name == "self-reference"));
//! ```

mod rules;

use crate::finding::{self, Code, Finding};
use crate::load::{Loaded, faults};

/// One check of what lies between records. Its file holds its explanation, its words and itself.
pub trait Rule: Sync {
    /// What it finds.
    fn code(&self) -> &'static Code;

    /// Adds what it finds.
    fn check(&self, loaded: &Loaded, findings: &mut Vec<Finding>);
}

/// Every rule, by the number of its code.
pub static RULES: &[&dyn Rule] = &[&rules::SelfReference, &rules::Circle];

/// Every code that there is, of reading and of rules, by number.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let rules = RULES.iter().map(|rule| rule.code());
    let mut all: Vec<&'static Code> = faults::CODES.iter().copied().chain(rules).collect();
    all.sort_by_key(|code| code.code);
    all.into_iter()
}

/// Everything that is wrong with the facts: what reading found and what the rules find, in the
/// order in which it is shown.
pub fn check(loaded: &Loaded) -> Vec<Finding> {
    let mut findings = loaded.findings.clone();
    for rule in RULES {
        rule.check(loaded, &mut findings);
    }
    finding::sort(&mut findings);
    findings
}
