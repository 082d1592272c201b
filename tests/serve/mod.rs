//! `annals serve`, from outside: the program runs, and is spoken to through its socket.

mod after_saving;
mod annotating;
mod attacks;
mod changing;
mod client;
mod conflicts;
mod dossier;
mod looking;
mod pages;
mod reviewing;
mod twins;
