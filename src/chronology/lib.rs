//! The chronology implied by the facts: [`premises`] turns facts into constraints for the solver
//! (`annals-solver`, whose types this crate re-exports).

pub mod premises;

pub use annals_solver::*;
