//! A page as a file: the command's own answer, sent while it is written.

use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use hyper::{Response, StatusCode};

use super::list::PAGES;

use crate::asking::{Asking, Fault, Found, Twin};
use crate::body::{self, Body, Pieces};
use crate::request::Request;
use crate::respond;
use crate::site::Site;

/// The file; where there is no answer, why in a line of text.
pub(crate) async fn answer(
    site: &Arc<Site>,
    found: Found,
    twin: &'static Twin,
    request: Request,
) -> Response<Body> {
    let (pieces, mut body) = body::written();
    let asked = Arc::clone(site);
    let written =
        tokio::task::spawn_blocking(move || write(&asked, &found, twin, &request, pieces));
    // What fails before the first piece is an answer of its own.
    match tokio::time::timeout(respond::PATIENCE, body.recv()).await {
        Err(_) => respond::line(
            StatusCode::SERVICE_UNAVAILABLE,
            "This question takes longer than 10 seconds. Ask for less, or ask on the command line.",
        ),
        Ok(Some(Ok(first))) => {
            let mut answer =
                respond::response(StatusCode::OK, twin.media, Body::Written(Some(first), body));
            if matches!(twin.ending, "html" | "docx" | "gexf") {
                let file = format!("attachment; filename=\"annals.{}\"", twin.ending);
                respond::set(&mut answer, "content-disposition", &file);
            }
            answer
        }
        Ok(Some(Err(_)) | None) => match written.await {
            Ok(Ok(())) => respond::response(StatusCode::OK, twin.media, Body::whole(Bytes::new())),
            Ok(Err(fault)) => {
                let status = match &fault {
                    Fault::Question(_) => StatusCode::BAD_REQUEST,
                    Fault::Missing(_) => StatusCode::NOT_FOUND,
                    Fault::Facts(_) => StatusCode::SERVICE_UNAVAILABLE,
                    Fault::Elsewhere(address) => return respond::go_to(address),
                };
                respond::line(status, &crate::view::words::shown_lines(fault.words()))
            }
            Err(_) => respond::line(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something in Annals failed.",
            ),
        },
    }
}

/// Has the command write its answer.
fn write(
    site: &Site,
    found: &Found,
    twin: &'static Twin,
    request: &Request,
    pieces: Pieces,
) -> Result<(), Fault> {
    let dossier = site.dossier();
    let asking = Asking::new(&PAGES, site, &dossier, found, request)?;
    let called = asking.page.called.as_ref();
    let words = match called {
        Some(called) => asking.words(called, twin.words.map(|words| words(request)))?,
        None => None,
    };
    let Some(mut words) = words else {
        return Err(Fault::Question(
            "The address does not say what is asked.".to_owned(),
        ));
    };
    // Before the arguments, which stand last.
    let at = words
        .iter()
        .position(|word| word == "--")
        .unwrap_or(words.len());
    words.insert(at, format!("--format={}", twin.ending));
    let out = Shared(Arc::new(Mutex::new(pieces)));
    let answered = site
        .commands
        .answer(&dossier.store, &words, Box::new(out.clone()));
    let mut pieces = out.0.lock().unwrap_or_else(PoisonError::into_inner);
    match answered {
        Ok(()) => {
            // Whoever has gone has seen enough.
            let _ = pieces.flush();
            Ok(())
        }
        Err(refused) => {
            pieces.fail();
            Err(refused.into())
        }
    }
}

/// A writer that is looked after once the command has ended.
#[derive(Clone)]
struct Shared(Arc<Mutex<Pieces>>);

impl io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
    }
}
