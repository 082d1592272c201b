//! Checks: every rule over the facts, and the list of all codes.
//!
//! Loading finds problems in single fields and references; a [`Rule`] finds problems between
//! records. [`check`] returns both, [`codes`] lists all codes.
//!
//! ```
//! use annals_check as check;
//! use annals_load::{Request, Source, load};
//!
//! let yaml = "annals: 1\nevents:\n  - {id: war, label: The war, part_of: war}\n";
//! let source = Source::Memory { name: "facts.yaml".into(), bytes: yaml.into() };
//! let loaded = load(&Request { facts: vec![source], texts: vec![] });
//!
//! let findings = check::check(&loaded, &check::Policy::default());
//! assert_eq!(findings[0].code.code, "AN104");
//! assert!(check::codes().any(|code| code.name == "self-reference"));
//! ```

mod context;
mod policy;
mod rule;
mod rules;

use std::convert::Infallible;
use std::sync::OnceLock;

use annals_chronology::premises::Chronicle;
use annals_finding::write::Counts;
use annals_finding::{self as finding, Code, Finding, Severity};
use annals_load::{LoadResult, faults};
use annals_model::Facts;
use annals_ordered_parallel::{for_each_ordered, threads};
use annals_query::Dossier;
use annals_query::chronicle::SolvedChronology;

pub use context::Context;
pub use policy::{Policy, Thresholds};
pub use rule::Rule;
pub use rules::chronology::{
    ConflictFact, ConflictOfDates, ThingInTime, Tried, conflict_of, with_other_facts, without_fact,
};
pub use rules::day_named;

/// Up to this many records, nothing runs in parallel.
const FEW: usize = 10_000;

/// Every rule, by the number of its code.
pub static RULES: &[&dyn Rule] = &[
    &rules::UnusualWord,
    &rules::SelfReference,
    &rules::Circle,
    &rules::UnusedIgnore,
    &rules::LookalikeIds,
    &rules::ByElsewhere,
    &rules::chronology::CircleInTime,
    &rules::chronology::ExclusiveOrders,
    &rules::chronology::DateAgainstOrder,
    &rules::chronology::DistanceAgainstDates,
    &rules::chronology::PartOutsideWhole,
    &rules::chronology::EffectBeforeCause,
    &rules::chronology::AnswerBeforeQuestion,
    &rules::chronology::ClaimOutsideEvent,
    &rules::chronology::Chronological,
    &rules::chronology::AssertedEarly,
    &rules::RetractedEarly,
    &rules::FulfilledEarly,
    &rules::BeforeBirth,
    &rules::AfterDeath,
    &rules::Age,
    &rules::TwoHolders,
    &rules::NotInOffice,
    &rules::TwoPlaces,
    &rules::Weekday,
    &rules::SaidAfterReport,
    &rules::ReportedBefore,
    &rules::chronology::FirstSince,
    &rules::AboutNothing,
    &rules::IsolatedEvent,
    &rules::WithoutEvidence,
    &rules::ProbableDuplicate,
    &rules::SelfContradiction,
    &rules::LikelySameActor,
];

/// All codes, of loading and of rules, by number.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let rules = RULES.iter().map(|rule| rule.code());
    let mut all: Vec<&'static Code> = faults::CODES.iter().copied().chain(rules).collect();
    all.sort_by_key(|code| code.code);
    all.into_iter()
}

/// Everything that is wrong with the facts: the findings of loading and of the rules, without those
/// that records and the user's policy suppress, in display order.
pub fn check(loaded: &LoadResult, policy: &Policy) -> Vec<Finding> {
    check_at_least(loaded, policy, Severity::Info)
}

/// Findings of at least some severity: rules that cannot find any are skipped.
pub fn check_at_least(loaded: &LoadResult, policy: &Policy, least: Severity) -> Vec<Finding> {
    let dossier = Dossier::new(loaded);
    let context = Context::new(loaded, policy, false);
    let chronicle = OnceLock::new();
    let (found, _) = found_by_rules(&context, least, || of_check(&dossier, policy, &chronicle));
    listed(&context, policy, least, found)
}

/// Also returns the chronology of everything with all bounds, for further use; it is stored in
/// `chronicle`, which must be empty.
pub fn check_with_chronology<'d, 'l>(
    dossier: &'d Dossier<'l>,
    policy: &Policy,
    least: Severity,
    chronicle: &'d OnceLock<Chronicle>,
) -> (Vec<Finding>, SolvedChronology<'d, 'l>) {
    let context = Context::new(dossier.loaded, policy, false);
    let (found, chronology) = found_by_rules(&context, least, || {
        let slack = policy.thresholds.slack;
        let chronicle = chronicle.get_or_init(|| Chronicle::new(dossier.facts(), slack));
        (chronicle, SolvedChronology::with_bounds(dossier, chronicle))
    });
    (listed(&context, policy, least, found), chronology)
}

/// What reading and the rules have found, without what is suppressed, in display order.
fn listed(
    context: &Context<'_>,
    policy: &Policy,
    least: Severity,
    found: Vec<Finding>,
) -> Vec<Finding> {
    let mut findings = context.loaded.findings.clone();
    findings.extend(found);
    findings.retain(|finding| !is_silenced(context, finding));
    rules::unused_ignore::add(context, &mut findings);
    findings.retain(|finding| !policy.leaves_out(finding.code));
    for finding in &mut findings {
        policy.judge(finding);
    }
    findings.retain(|finding| finding.severity >= least);
    finding::sort(&mut findings);
    findings
}

/// How many findings of at least some severity [`check_at_least`] gives.
pub fn count_at_least(loaded: &LoadResult, policy: &Policy, least: Severity) -> Counts {
    let (dossier, chronicle) = (Dossier::new(loaded), OnceLock::new());
    let (counts, _) = counted(&dossier, policy, least, || {
        of_check(&dossier, policy, &chronicle)
    });
    counts
}

/// Whether a code is of a rule about records: of these there can be as many findings as records.
pub fn is_of_rule(code: &Code) -> bool {
    RULES.iter().any(|rule| rule.code() == code)
}

/// The chronology that a check needs: without irrelevant claims.
fn of_check<'d, 'l>(
    dossier: &'d Dossier<'l>,
    policy: &Policy,
    chronicle: &'d OnceLock<Chronicle>,
) -> (&'d Chronicle, SolvedChronology<'d, 'l>) {
    let facts = dossier.facts();
    let slack = policy.thresholds.slack;
    let chronicle = chronicle.get_or_init(|| Chronicle::without_irrelevant_claims(facts, slack));
    // Some rules need the bounds of claims and their subjects.
    let chronology = if facts.claims.is_empty() {
        SolvedChronology::new(dossier, chronicle)
    } else {
        SolvedChronology::with_bounds(dossier, chronicle)
    };
    (chronicle, chronology)
}

/// Like [`check_with_chronology`], but the findings are only counted.
pub fn count_with_chronology<'d, 'l>(
    dossier: &'d Dossier<'l>,
    policy: &Policy,
    least: Severity,
    chronicle: &'d OnceLock<Chronicle>,
) -> (Counts, SolvedChronology<'d, 'l>) {
    with_bounds(dossier, policy, least, chronicle, Chronicle::new)
}

/// Like [`count_with_chronology`], for callers that only use the narrowed days of records
/// ([`SolvedChronology::narrowed`]): irrelevant claims are left out of the chronology.
pub fn count_with_narrowed_dates<'d, 'l>(
    dossier: &'d Dossier<'l>,
    policy: &Policy,
    least: Severity,
    chronicle: &'d OnceLock<Chronicle>,
) -> (Counts, SolvedChronology<'d, 'l>) {
    with_bounds(
        dossier,
        policy,
        least,
        chronicle,
        Chronicle::without_irrelevant_claims,
    )
}

/// Counts what all rules find, and solves a chronology with all its bounds.
fn with_bounds<'d, 'l>(
    dossier: &'d Dossier<'l>,
    policy: &Policy,
    least: Severity,
    chronicle: &'d OnceLock<Chronicle>,
    of: impl FnOnce(&Facts, u32) -> Chronicle,
) -> (Counts, SolvedChronology<'d, 'l>) {
    counted(dossier, policy, least, || {
        let chronicle = chronicle.get_or_init(|| of(dossier.facts(), policy.thresholds.slack));
        (chronicle, SolvedChronology::with_bounds(dossier, chronicle))
    })
}

/// How many findings there are, and the chronology from `solve`.
fn counted<'d, 'l>(
    dossier: &'d Dossier<'l>,
    policy: &Policy,
    least: Severity,
    solve: impl FnOnce() -> (&'d Chronicle, SolvedChronology<'d, 'l>),
) -> (Counts, SolvedChronology<'d, 'l>) {
    let context = Context::new(dossier.loaded, policy, true);
    let (found, chronology) = found_by_rules(&context, least, solve);
    let mut counts = Counts::default();
    let mut count = |finding: &Finding| {
        let severity = policy.judged(finding.code).unwrap_or(finding.severity);
        if severity >= least && !policy.leaves_out(finding.code) {
            counts.add(severity, 1 + finding.more);
        }
    };
    let of_reading = dossier.loaded.findings.iter();
    let all = of_reading.chain(&found);
    all.filter(|finding| !is_silenced(&context, finding))
        .for_each(&mut count);
    let mut unused = Vec::new();
    rules::unused_ignore::add(&context, &mut unused);
    unused.iter().for_each(count);
    (counts, chronology)
}

/// Whether one of its records suppresses a finding.
fn is_silenced(context: &Context<'_>, finding: &Finding) -> bool {
    let mut records = finding.records.iter();
    records.any(|record| context.is_silenced(*record, finding.code))
}

/// Runs all rules that can find something of at least some severity, and solves the chronology from
/// `solve`. The chronology and the rules that do not need it run in parallel.
fn found_by_rules<'d, 'l>(
    context: &Context<'_>,
    least: Severity,
    solve: impl FnOnce() -> (&'d Chronicle, SolvedChronology<'d, 'l>),
) -> (Vec<Finding>, SolvedChronology<'d, 'l>) {
    let is_much = context.facts().len() > FEW;
    let (mut findings, (in_time, chronology)) = annals_watch::both(
        is_much,
        || {
            let threads = if is_much { threads(RULES.len()) } else { 1 };
            annals_watch::begin("checking facts", RULES.len() as u64);
            let found = |rule: &&dyn Rule| {
                let mut found = Vec::new();
                if context.is_requested(rule.code(), least) {
                    rule.check(context, &mut found);
                }
                assert!(
                    found.iter().all(|one| one.severity <= one.code.severity),
                    "worse than its code says"
                );
                found
            };
            // The last rules visit the most records, so they start first; otherwise one thread
            // would end up with one of them alone.
            let mut all = Vec::with_capacity(RULES.len());
            let Ok(()) = for_each_ordered(RULES.iter().rev(), threads, found, |found| {
                annals_watch::advance(1);
                all.push(found);
                Ok::<(), Infallible>(())
            });
            all.into_iter().rev().flatten().collect::<Vec<Finding>>()
        },
        || {
            let (chronicle, chronology) = solve();
            let mut findings = Vec::new();
            rules::chronology::find(context, chronicle, &chronology, &mut findings);
            (findings, chronology)
        },
    );
    findings.extend(in_time);
    (findings, chronology)
}
