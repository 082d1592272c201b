//! The explorer: a dossier read in the browser, from the folder on disk, on one's own machine.
//!
//! A page is a question. Its address has the options of a command, the page shows that command, and the
//! same address with `.json`, `.csv`, `.md` or `.svg` after the name of the page gives the command's own
//! answer, byte for byte: the [`Commands`] of the program write it. The server decides nothing about
//! facts; it asks the `Store`.
//!
//! - `door/` lets in who has the key, from this machine, and nobody else. Only it touches sockets.
//! - `pages/` has one file a page, and the one list of pages: routes, keys, navigation and tests are made
//!   of it. A page is a function from a request and the dossier to HTML.
//! - `view/` has what pages share: the frame, rows of claims, facets, the strip of days.
//! - `assets/` is the style sheet and the scripts, which are built in.
//!
//! Without the feature `server`, [`Server::listen`] says that it is not built in.

mod commands;
mod settings;

#[cfg(feature = "server")]
mod asking;
#[cfg(feature = "server")]
mod assets;
#[cfg(feature = "server")]
mod body;
#[cfg(feature = "server")]
mod door;
#[cfg(feature = "server")]
mod forms;
#[cfg(feature = "server")]
mod pages;
#[cfg(feature = "server")]
mod patience;
#[cfg(feature = "server")]
mod request;
#[cfg(feature = "server")]
mod respond;
#[cfg(feature = "server")]
mod site;
#[cfg(feature = "server")]
mod view;

#[cfg(feature = "server")]
mod server;
#[cfg(not(feature = "server"))]
#[path = "not_built.rs"]
mod server;

pub use commands::{Asked, AskedNetwork, CommandOption, Commands, Refused};
pub use server::{Handle, Server};
pub use settings::{ServeError, Settings};
