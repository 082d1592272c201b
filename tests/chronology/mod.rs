//! The chronology: the solver against brute force, what facts mean in time, and the public suites.

mod chronicle;
mod conformance;
mod meaning;
mod narrowing;
mod reasons;
mod small;
mod solver;
mod verdicts;
mod worlds;
