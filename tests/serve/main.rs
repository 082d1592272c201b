//! `annals serve`, from outside: the program runs, and is spoken to through its socket.

mod attacks;
mod client;
mod pages;
mod twins;
