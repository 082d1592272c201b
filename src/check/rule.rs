//! What a rule is.

use annals_finding::{Code, Finding};

use super::context::Context;

/// One check of what lies between records. Its file holds its explanation, its words and itself.
pub trait Rule: Sync {
    /// What it finds. No finding is worse than this says.
    fn code(&self) -> &'static Code;

    /// Adds what it finds.
    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>);
}
