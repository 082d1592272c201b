//! What stands in for the server where it is not built in.

use annals_store::Store;

use super::{Commands, ServeError, Settings};

/// The server: see the feature `server`.
#[derive(Debug)]
pub struct Server(());

/// What ends a server and invites to it, from any thread.
#[derive(Debug, Clone)]
pub struct Handle(());

impl Server {
    /// Says that it is not built in.
    ///
    /// # Errors
    /// Always.
    pub fn listen(_: Store, _: Settings, _: impl Commands) -> Result<Server, ServeError> {
        Err(ServeError::Usage(
            "this annals was built without the explorer; `cargo build --release --features serve` adds it"
                .to_owned(),
        ))
    }

    /// What ends it.
    pub fn handle(&self) -> Handle {
        Handle(())
    }

    /// Nothing to run.
    ///
    /// # Errors
    /// Never.
    pub fn run(self) -> Result<(), ServeError> {
        Ok(())
    }
}

impl Handle {
    /// Nothing to end.
    pub fn end(&self) {}

    /// Nothing to invite to.
    pub fn invite(&self) {}
}
