//! What the facts say of time, solved: [`premises`] turns facts into the constraints of the solver
//! (`annals-solver`, whose types this crate re-exports).

pub mod premises;

pub use annals_solver::*;
