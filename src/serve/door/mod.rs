//! The door: sockets, and who is let in through them. Nothing else of the server touches a socket.

pub(crate) mod checks;
pub(crate) mod lock;
mod patient;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body as _, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request as Received, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::body::{Body, Never};
use super::pages;
use super::request::{self, Request};
use super::respond::{self, PATIENCE};
use super::site::Site;
use lock::Secret;
use patient::Patient;

/// How many connections are served at once; more wait.
const CONNECTIONS: usize = 64;

/// How much of a request's head is read, in bytes, and how many headers.
const HEAD: usize = 16 * 1024;
const HEADERS: usize = 64;

/// How much of a request's body is read, in bytes.
const BODY: usize = 1 << 20;

/// Serves what comes to some sockets, for as long as it is awaited.
pub(crate) async fn serve(site: Arc<Site>, sockets: Vec<TcpListener>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut tasks = Vec::new();
    for socket in sockets {
        let (site, places) = (Arc::clone(&site), Arc::clone(&places));
        tasks.push(tokio::spawn(async move {
            loop {
                // The semaphore is never closed.
                let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                    return;
                };
                match socket.accept().await {
                    Ok((stream, _)) => {
                        let site = Arc::clone(&site);
                        tokio::spawn(async move {
                            connection(site, stream).await;
                            drop(place);
                        });
                    }
                    // Too many open files, say: it may pass.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                }
            }
        }));
    }
    for task in tasks {
        let _ = task.await;
    }
}

async fn connection(site: Arc<Site>, stream: TcpStream) {
    // Answers are written whole; waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Patient::new(stream, PATIENCE));
    let answers = service_fn(move |received| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Never>(answer(&site, received).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD)
        .max_headers(HEADERS);
    // What is malformed or too slow ends its own connection alone.
    let _ = http.serve_connection(io, answers).await;
}

/// What a request is answered: nothing of the dossier before it was let in.
async fn answer(site: &Arc<Site>, received: Received<Incoming>) -> Response<Body> {
    let (head, body) = received.into_parts();
    let (method, headers) = (&head.method, &head.headers);
    if let Some(status) = checks::refused(&site.names, method, &head.uri, headers) {
        return refusal(status);
    }
    let path = head.uri.path();
    let Some(mut asked) = Request::read(path, head.uri.query()) else {
        return refusal(StatusCode::BAD_REQUEST);
    };
    if *method != Method::POST
        && let [folder, file] = asked.path.as_slice()
        && folder == "assets"
    {
        return super::assets::asset(file).unwrap_or_else(|| refusal(StatusCode::NOT_FOUND));
    }
    if path == "/enter" {
        return enter(site, method, &asked);
    }
    let name = site.cookie_name();
    let session = checks::cookies(headers, &name).find_map(|cookie| site.lock.session(cookie));
    let Some(session) = session else {
        let again = checks::was_led_here(method, headers);
        return respond::page(StatusCode::UNAUTHORIZED, pages::locked::page(again));
    };
    session.token().as_str().clone_into(&mut asked.token);
    if *method == Method::POST {
        if !site.names.sent(headers) {
            return refusal(StatusCode::FORBIDDEN);
        }
        let is_form = headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            // Scripts add the character set.
            .and_then(|kind| kind.split(';').next())
            .is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded");
        if !is_form {
            return refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        return match posted(body).await {
            Ok(form) => change(site, &session, asked, form).await,
            Err(status) => refusal(status),
        };
    }
    pages::answer(site, asked).await
}

/// Lets in whoever has the key.
fn enter(site: &Site, method: &Method, asked: &Request) -> Response<Body> {
    if *method != Method::GET {
        return refusal(StatusCode::METHOD_NOT_ALLOWED);
    }
    let key = asked.one("key").unwrap_or_default();
    let Some(session) = site.lock.enter(key) else {
        return respond::page(StatusCode::UNAUTHORIZED, pages::locked::page(false));
    };
    let mut response = respond::go_to("/");
    let name = site.cookie_name();
    let cookie = format!(
        "{name}={}; HttpOnly; SameSite=Strict; Path=/",
        session.as_str()
    );
    respond::set(&mut response, "set-cookie", &cookie);
    response
}

/// What a form asks to change. Its token is that of the session.
async fn change(
    site: &Arc<Site>,
    session: &Secret,
    mut asked: Request,
    form: Vec<(String, String)>,
) -> Response<Body> {
    let token = form.iter().find(|(name, _)| name == "token");
    if !token.is_some_and(|(_, token)| session.token().is(token)) {
        return refusal(StatusCode::FORBIDDEN);
    }
    asked.form = form;
    pages::change(site, session, asked).await
}

/// The pairs of a form.
async fn posted(mut body: Incoming) -> Result<Vec<(String, String)>, StatusCode> {
    let read = async {
        let mut bytes = Vec::new();
        loop {
            let frame =
                std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
            let Some(frame) = frame else {
                return Ok(bytes);
            };
            let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
            if let Some(data) = frame.data_ref() {
                if bytes.len() + data.len() > BODY {
                    return Err(StatusCode::PAYLOAD_TOO_LARGE);
                }
                bytes.extend_from_slice(data);
            }
        }
    };
    let bytes = tokio::time::timeout(PATIENCE, read).await;
    let bytes = bytes.map_err(|_| StatusCode::REQUEST_TIMEOUT)??;
    let text = String::from_utf8(bytes).ok();
    let form = text.and_then(|text| request::pairs(&text));
    form.ok_or(StatusCode::BAD_REQUEST)
}

/// A request that no page is asked about.
fn refusal(status: StatusCode) -> Response<Body> {
    let words = match status {
        StatusCode::MISDIRECTED_REQUEST => "This server is not called so.",
        StatusCode::METHOD_NOT_ALLOWED => "Pages are got, and forms are posted.",
        StatusCode::URI_TOO_LONG => "The address is too long.",
        StatusCode::FORBIDDEN => "This did not come from a page of this server.",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "Only forms are posted here.",
        StatusCode::PAYLOAD_TOO_LARGE => "That is more than 1 MiB.",
        StatusCode::REQUEST_TIMEOUT => "That took too long to arrive.",
        StatusCode::NOT_FOUND => "There is nothing of this name.",
        _ => "The request is malformed.",
    };
    let mut response = respond::line(status, words);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        respond::set(&mut response, "allow", "GET, HEAD, POST");
    }
    // What is left of a body is not read.
    if status != StatusCode::NOT_FOUND {
        respond::set(&mut response, "connection", "close");
    }
    response
}
