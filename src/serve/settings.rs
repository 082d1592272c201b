//! How a server is started, and why it cannot be.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr};

/// The port, unless another is asked for.
#[cfg(feature = "server")]
pub(crate) const PORT: u16 = 7117;

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How the dossier is named on the command line: the arguments of each command that a page shows.
    pub called: Vec<String>,
    /// What the dossier is called.
    pub title: String,
    /// The port; without one 7117, or the next that is free.
    pub port: Option<u16>,
    /// Where it listens: on loopback, both 127.0.0.1 and `[::1]`.
    pub address: IpAddr,
    /// Whether others than loopback may be listened on.
    pub network: bool,
    /// Names by which it is called beside those of loopback.
    pub hosts: Vec<String>,
    /// Whether no page changes anything.
    pub read_only: bool,
    /// Whether keys of one letter work until the reader says otherwise.
    pub keys: bool,
}

impl Settings {
    /// The usual: loopback, for a dossier that is called so on the command line.
    pub fn new(called: Vec<String>) -> Settings {
        let first = called.first().cloned().unwrap_or_default();
        let path = std::path::absolute(&first).unwrap_or_default();
        let folder = path.components().filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        let title = folder.last().unwrap_or_else(|| "facts".to_owned());
        Settings {
            called,
            title,
            port: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            network: false,
            hosts: Vec::new(),
            read_only: false,
            keys: true,
        }
    }

    /// Whether it is reached from this machine alone.
    pub fn is_local(&self) -> bool {
        self.address.is_loopback()
    }

    /// Whether it may be started so.
    ///
    /// # Errors
    /// If it would let others in unasked, or nobody.
    pub fn check(&self) -> Result<(), ServeError> {
        let usage = |words: &str| Err(ServeError::Usage(words.to_owned()));
        if !self.is_local() && !self.network {
            return usage(
                "anyone who reaches that address could try to get in, and the connection is not encrypted: add --network if that is meant",
            );
        }
        if !self.is_local() && self.hosts.is_empty() {
            return usage(
                "say by which name others call this machine: --host NAME, for each name or address",
            );
        }
        let is_name = |name: &String| {
            let plain =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
            !name.is_empty() && name.chars().all(plain)
        };
        if let Some(name) = self.hosts.iter().find(|name| !is_name(name)) {
            let name = annals_finding::shown(name);
            return Err(ServeError::Usage(format!(
                "{name} is not the name of a host"
            )));
        }
        Ok(())
    }
}

/// Why a server cannot be started.
#[derive(Debug)]
pub enum ServeError {
    /// It was asked for what it cannot do.
    Usage(String),
    /// What could not be used, and why.
    Io(String, io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Usage(words) => f.write_str(words),
            ServeError::Io(what, error) => write!(f, "{what}: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}
