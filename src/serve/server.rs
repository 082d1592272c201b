//! A server from its start to its end.

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use annals_store::Store;
use tokio::sync::Notify;

use super::door;
use super::settings::PORT;
use super::site::Site;
use super::{Commands, ServeError, Settings};

/// How many ports are tried where none was asked for.
const PORTS: u16 = 20;

/// How long a key may wait to be used.
const KEY: Duration = Duration::from_secs(120);

/// How often files are looked at.
const WATCH: Duration = Duration::from_secs(1);

/// How long answers on their way are waited for in the end.
const GRACE: Duration = Duration::from_secs(1);

/// How many questions are answered at once.
const QUESTIONS: usize = 4;

/// The stack of a thread that answers: facts can be nested.
const STACK: usize = 8 << 20;

/// A server that listens, and answers once it runs.
#[derive(Debug)]
pub struct Server {
    site: Arc<Site>,
    sockets: Vec<TcpListener>,
    handle: Handle,
}

/// What ends a server and invites to it, from any thread.
#[derive(Debug, Clone)]
pub struct Handle {
    ended: Arc<Notify>,
    asked: Arc<Notify>,
}

impl Handle {
    /// Ends the server within two seconds.
    pub fn end(&self) {
        self.ended.notify_one();
    }

    /// Prints another address at which it is entered; one that was not used no longer works.
    pub fn invite(&self) {
        self.asked.notify_one();
    }
}

impl Server {
    /// Listens.
    ///
    /// # Errors
    /// If it was asked for what would let others in, or there is no free port.
    pub fn listen(
        store: Store,
        settings: Settings,
        commands: impl Commands,
    ) -> Result<Server, ServeError> {
        settings.check()?;
        let (sockets, port) = listening(&settings)?;
        let site = Arc::new(Site::new(store, settings, port, Box::new(commands)));
        let handle = Handle {
            ended: Arc::default(),
            asked: Arc::default(),
        };
        Ok(Server {
            site,
            sockets,
            handle,
        })
    }

    /// What ends it.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// The port on which it listens.
    pub fn port(&self) -> u16 {
        self.site.port
    }

    /// Answers until it is ended.
    ///
    /// # Errors
    /// If the system gives no threads, no sockets or no randomness.
    pub fn run(self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(QUESTIONS + 1)
            .thread_stack_size(STACK)
            .build();
        let failed = |what: &'static str| move |error| ServeError::Io(what.to_owned(), error);
        let runtime = runtime.map_err(failed("threads"))?;
        let Server {
            site,
            sockets,
            handle,
        } = self;
        let ended = runtime.block_on(async {
            let sockets = sockets.into_iter().map(|socket| {
                socket.set_nonblocking(true)?;
                tokio::net::TcpListener::from_std(socket)
            });
            let sockets = sockets.collect::<io::Result<Vec<_>>>();
            let sockets = sockets.map_err(failed("the socket"))?;
            if !site.settings.is_local() {
                site.commands.say(
                    "other machines can reach this server, and the connection is not encrypted: whoever listens on the way can read the dossier and the key",
                );
            }
            invite(&site)?;
            tokio::spawn(watch(Arc::clone(&site)));
            let invitations = async {
                loop {
                    handle.asked.notified().await;
                    if let Err(error) = invite(&site) {
                        return error;
                    }
                }
            };
            let mut serving = pin!(door::serve(Arc::clone(&site), sockets));
            let mut invitations = pin!(invitations);
            let mut ended = pin!(handle.ended.notified());
            poll_fn(|context| {
                if ended.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Ok(()));
                }
                if let Poll::Ready(error) = invitations.as_mut().poll(context) {
                    return Poll::Ready(Err(error));
                }
                serving.as_mut().poll(context).map(Ok)
            })
            .await
        });
        runtime.shutdown_timeout(GRACE);
        ended
    }
}

/// Prints an address with a new key, which expires.
fn invite(site: &Arc<Site>) -> Result<(), ServeError> {
    let (key, nth) = site.lock.new_key().ok_or_else(|| {
        let error = io::Error::other("the system gives no random numbers");
        ServeError::Io("the key".to_owned(), error)
    })?;
    let address = format!("http://{}/enter?key={}", site.names.first(), key.as_str());
    site.commands.invite(&address);
    let site = Arc::clone(site);
    tokio::spawn(async move {
        tokio::time::sleep(KEY).await;
        site.lock.expire(nth);
    });
    Ok(())
}

/// Looks at the files again and again; a changed dossier takes the place of the one before.
async fn watch(site: Arc<Site>) {
    let first = Arc::clone(&site);
    let _ = tokio::task::spawn_blocking(move || first.begin()).await;
    loop {
        tokio::time::sleep(WATCH).await;
        let again = Arc::clone(&site);
        let _ = tokio::task::spawn_blocking(move || again.watch()).await;
    }
}

/// The sockets, and the port they share.
fn listening(settings: &Settings) -> Result<(Vec<TcpListener>, u16), ServeError> {
    let first = settings.port.unwrap_or(PORT);
    let tries = if settings.port.is_some() { 1 } else { PORTS };
    let mut last = None;
    for port in (first..=u16::MAX).take(usize::from(tries)) {
        match on_port(settings, port) {
            Ok(found) => return Ok(found),
            Err(error) => last = Some((port, error)),
        }
    }
    let (port, error) = last.unwrap_or_else(|| (first, io::ErrorKind::AddrInUse.into()));
    if error.kind() == io::ErrorKind::AddrInUse {
        let words = format!("port {port} is taken; give another with --port");
        return Err(ServeError::Usage(words));
    }
    Err(ServeError::Io(format!("port {port}"), error))
}

fn on_port(settings: &Settings, port: u16) -> io::Result<(Vec<TcpListener>, u16)> {
    let own = TcpListener::bind(SocketAddr::new(settings.address, port))?;
    // Port 0 is any that is free.
    let port = own.local_addr()?.port();
    let mut sockets = vec![own];
    if settings.address == IpAddr::V4(Ipv4Addr::LOCALHOST) {
        match TcpListener::bind(SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), port)) {
            Ok(other) => sockets.push(other),
            // Somebody else there would be taken for this server.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // This machine has no IPv6.
            Err(_) => {}
        }
    }
    Ok((sockets, port))
}
