//! What questions answer, against brute force, case by case, and whichever way facts are kept
//! ready.

mod adjacency;
mod agree;
mod oracles;
mod receipts;
mod rollup;
mod store;
mod text_order;
mod view;
