//! The command line, as the explorer uses it: what an address asks is read by the program's own options,
//! and what a page gives as a file is a command's own answer.

use std::io::Write;

use annals_store::networks::{Filter, NetworkAsked};
use annals_store::{Kinds, Query, Store};

/// The program's commands. The command line implements it: so nothing of an option is described twice,
/// and no page can answer what its command answers otherwise.
///
/// Words are a command with its options, as they would be typed: `said`, `--by=hrynko`.
pub trait Commands: Send + Sync + 'static {
    /// Reads the words of a command.
    ///
    /// # Errors
    /// If they are no command, in words for people.
    fn read(&self, store: &Store, words: &[String]) -> Result<Asked, Refused>;

    /// Writes the answer of a command, the same bytes that it prints.
    ///
    /// # Errors
    /// If there is no answer, or it cannot be written.
    fn answer(
        &self,
        store: &Store,
        words: &[String],
        out: Box<dyn Write + Send>,
    ) -> Result<(), Refused>;

    /// The options of a command that ask something, in the order of its help.
    fn options(&self, command: &str) -> Vec<CommandOption>;

    /// Prints a line for whoever started the server, at once.
    fn say(&self, line: &str);

    /// Prints the address at which the explorer is entered, at once.
    fn invite(&self, address: &str);
}

/// A command that was read.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Its selection, if it has one.
    pub query: Query,
    /// Which kinds of nodes and edges it walks, if it walks.
    pub kinds: Kinds,
    /// What it asks of a network, if it is about one.
    pub network: Option<AskedNetwork>,
}

/// A question about a network.
#[derive(Debug, Clone, Default)]
pub struct AskedNetwork {
    /// What is weighed.
    pub asked: NetworkAsked,
    /// Which ties are kept.
    pub filter: Filter,
    /// The ends of the weight that is to be explained.
    pub why: Option<[String; 2]>,
}

/// Why a command gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why, in words for people.
    pub message: String,
    /// Whether the question is at fault, not the facts.
    pub is_question: bool,
}

/// An option of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOption {
    /// Its name, without dashes.
    pub name: String,
    /// What it means, in a line.
    pub help: String,
    /// What its value is called; `None` if it takes none.
    pub value: Option<String>,
    /// The values it can have, if these are given words.
    pub values: Vec<String>,
    /// The value that it has where it is not given.
    pub default: Option<String>,
    /// How many values it takes at once.
    pub takes: usize,
}
