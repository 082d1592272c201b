//! The rules, one file each, and what several of them share: `link` (which record refers to which),
//! `actor_activity` (what is checked against a lifespan) and `collected` (the findings of
//! a rule, or only their number).

mod about_nothing;
mod actor_activity;
mod after_death;
mod age;
mod before_birth;
mod by_elsewhere;
pub(super) mod chronology;
mod circle;
mod collected;
mod fulfilled_early;
mod isolated_event;
mod likely_same_actor;
mod link;
mod lookalike_ids;
mod not_in_office;
mod probable_duplicate;
mod reported_before;
mod retracted_early;
mod said_after_report;
mod self_contradiction;
mod self_reference;
mod two_holders;
mod two_places;
pub(super) mod unused_ignore;
mod unusual_word;
mod weekday;
mod without_evidence;

#[cfg(test)]
mod tests;

pub(super) use about_nothing::AboutNothing;
pub(super) use after_death::AfterDeath;
pub(super) use age::Age;
pub(super) use before_birth::BeforeBirth;
pub(super) use by_elsewhere::ByElsewhere;
pub(super) use circle::Circle;
pub(super) use fulfilled_early::FulfilledEarly;
pub(super) use isolated_event::IsolatedEvent;
pub(super) use likely_same_actor::LikelySameActor;
pub(super) use lookalike_ids::LookalikeIds;
pub(super) use not_in_office::NotInOffice;
pub(super) use probable_duplicate::ProbableDuplicate;
pub(super) use reported_before::ReportedBefore;
pub(super) use retracted_early::RetractedEarly;
pub(super) use said_after_report::SaidAfterReport;
pub(super) use self_contradiction::SelfContradiction;
pub(super) use self_reference::SelfReference;
pub(super) use two_holders::TwoHolders;
pub(super) use two_places::TwoPlaces;
pub(super) use unused_ignore::UnusedIgnore;
pub(super) use unusual_word::UnusualWord;
pub(super) use weekday::Weekday;
pub use weekday::day_named;
pub(super) use without_evidence::WithoutEvidence;
