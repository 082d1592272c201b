//! Responses, with the headers that each has.

use std::time::Duration;

use hyper::header::{HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use maud::Markup;

use super::body::Body;

/// How long a request may take to arrive, and to be answered, and how long nobody may take what is sent.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How long a page is made for nobody, so that it is there when it is asked again.
pub(crate) const GOES_ON: Duration = Duration::from_secs(120);

/// What every response says: nothing runs or is loaded but what the server itself gives, in no frame, and
/// nothing is kept.
const HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    // With `no-referrer`, browsers post forms with `Origin: null`, and no form would be let in.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("x-dns-prefetch-control", "off"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()",
    ),
    ("cache-control", "no-store"),
];

/// Sets a header of a known name.
pub(crate) fn set(response: &mut Response<Body>, name: &'static str, value: &str) {
    // A value that no header can have is left out: none is made of facts but file names, which are plain.
    if let Ok(value) = HeaderValue::from_str(value) {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value);
    }
}

/// A response.
pub(crate) fn response(status: StatusCode, content_type: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in HEADERS {
        set(&mut response, name, value);
    }
    set(&mut response, "content-type", content_type);
    response
}

/// A page.
pub(crate) fn page(status: StatusCode, page: Markup) -> Response<Body> {
    response(
        status,
        "text/html; charset=utf-8",
        Body::whole(page.into_string()),
    )
}

/// A line of text.
pub(crate) fn line(status: StatusCode, words: &str) -> Response<Body> {
    response(
        status,
        "text/plain; charset=utf-8",
        Body::whole(format!("{words}\n")),
    )
}

/// The way to another page of this server.
pub(crate) fn go_to(address: &str) -> Response<Body> {
    let mut response = line(StatusCode::SEE_OTHER, "Go on.");
    set(&mut response, "location", address);
    response
}
