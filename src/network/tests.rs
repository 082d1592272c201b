//! Weights against DNA's own, and bounds against every reading.

mod brute;
mod gold;
mod laws;
