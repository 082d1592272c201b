//! The repository itself: its layers, its pages, its schemas.

mod codes;
mod docs;
mod floors;
mod reference;
mod schemas;
mod settings;
