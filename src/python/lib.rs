//! The native half of the Python package `annals`.
//!
//! It decides nothing: a question is a command of the command line (`annals_cli::embedded`), and an
//! answer is what that command prints. What is added here is what Python lacks: dates that compare with
//! three values, and columns.

mod answer;
mod call;
mod columns;
mod dates;
mod definitions;
mod engine;
mod refusal;
mod store;

/// What `import annals` uses; the classes that users see are written in Python.
#[pyo3::pymodule]
mod _annals {
    #[pymodule_export]
    use super::answer::{Answer, Rows};
    #[pymodule_export]
    use super::call::main;
    #[pymodule_export]
    use super::dates::{Date, chronological, day_number, day_text, slug};
    #[pymodule_export]
    use super::definitions::definitions;
    #[pymodule_export]
    use super::engine::{EngineQuestion, views};
    #[pymodule_export]
    use super::store::{Store, ask};
}
