//! `annals serve`, from outside: the program runs, and is spoken to through its socket.

mod annotating;
mod attacks;
mod client;
mod pages;
mod reviewing;
mod twins;
