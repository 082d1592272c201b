//! What every request is asked before a page is: by which name, with which cookie, from which page.

use hyper::header::{COOKIE, HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, StatusCode, Uri};

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// The names by which the server may be called.
#[derive(Debug, Clone)]
pub(crate) struct Names(Vec<String>);

impl Names {
    /// Those of loopback on a port, and others: with a port, or else on this one.
    pub(crate) fn new(port: u16, is_local: bool, others: &[String]) -> Names {
        let own: &[&str] = if is_local {
            &["127.0.0.1", "localhost", "[::1]"]
        } else {
            &[]
        };
        let own = own.iter().map(|name| format!("{name}:{port}"));
        let others = others.iter().map(|name| {
            let name = name.to_ascii_lowercase();
            let after = name.rsplit(']').next().unwrap_or(&name);
            if after.contains(':') {
                name
            } else {
                format!("{name}:{port}")
            }
        });
        Names(own.chain(others).collect())
    }

    fn have(&self, name: &str) -> bool {
        self.0.iter().any(|one| one.eq_ignore_ascii_case(name))
    }

    /// The first, for the address that is printed.
    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("localhost", String::as_str)
    }

    /// Whether a request is for this server: its `Host`, of which there is one, and the address, where it
    /// names a host too. This is what stops a page whose name was turned to this machine.
    pub(crate) fn are_those_of(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let authority = uri.authority().map(hyper::http::uri::Authority::as_str);
        is_one(headers, &HOST).is_some_and(|host| self.have(host))
            && authority.is_none_or(|name| self.have(name))
    }

    /// Whether what changes something comes from a page of this server.
    pub(crate) fn sent(&self, headers: &HeaderMap) -> bool {
        let host = is_one(headers, &HOST).unwrap_or_default();
        let origin = is_one(headers, &ORIGIN);
        let same = origin.and_then(|origin| origin.strip_prefix("http://"));
        let fetched = headers.get(HeaderName::from_static("sec-fetch-site"));
        same.is_some_and(|origin| origin.eq_ignore_ascii_case(host) && self.have(origin))
            && fetched.is_none_or(|site| site == "same-origin")
    }
}

/// The value of a header that stands there exactly once.
fn is_one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// The status of a request that no page is asked about; `None` if it may go on.
pub(crate) fn refused(
    names: &Names,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<StatusCode> {
    if !names.are_those_of(headers, uri) {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    if !matches!(*method, Method::GET | Method::HEAD | Method::POST) {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    let length = uri.path_and_query().map_or(0, |one| one.as_str().len());
    (length > LONGEST_ADDRESS).then_some(StatusCode::URI_TOO_LONG)
}

/// The values of a cookie.
pub(crate) fn cookies<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h str> {
    let all = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|one| one.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).map(str::trim);
    pairs.filter_map(move |pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Whether a browser came here from a page of another, to see the page itself: then its cookie was held
/// back, and it may ask again on its own.
pub(crate) fn was_led_here(method: &Method, headers: &HeaderMap) -> bool {
    let is = |name: &'static str, word: &str| {
        let value = headers.get(HeaderName::from_static(name));
        value.is_some_and(|value| value == word)
    };
    *method == Method::GET
        && is("sec-fetch-dest", "document")
        && (is("sec-fetch-site", "cross-site") || is("sec-fetch-site", "same-site"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn status(method: &Method, uri: &str, pairs: &[(&'static str, &str)]) -> Option<u16> {
        let names = Names::new(7117, true, &["desk.example".to_owned()]);
        let status = refused(&names, method, &uri.parse().unwrap(), &headers(pairs));
        status.map(|status| status.as_u16())
    }

    #[test]
    fn a_request_is_for_this_server() {
        for host in [
            "127.0.0.1:7117",
            "localhost:7117",
            "LOCALHOST:7117",
            "[::1]:7117",
            "desk.example:7117",
        ] {
            assert_eq!(status(&Method::GET, "/", &[("host", host)]), None, "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1",
            "localhost:80",
            "127.0.0.1:71170",
            "127.0.0.1:7117.evil.example",
            "",
            "localhost:7117@evil.example",
            "localhost.:7117",
        ] {
            for method in [
                Method::GET,
                Method::HEAD,
                Method::POST,
                Method::OPTIONS,
                Method::DELETE,
            ] {
                assert_eq!(
                    status(&method, "/", &[("host", host)]),
                    Some(421),
                    "{method} {host}"
                );
            }
        }
        assert_eq!(status(&Method::GET, "/", &[]), Some(421), "no name");
        let twice = [("host", "localhost:7117"), ("host", "evil.example")];
        assert_eq!(status(&Method::GET, "/", &twice), Some(421));
        let absolute = "http://evil.example/claims";
        assert_eq!(
            status(&Method::GET, absolute, &[("host", "localhost:7117")]),
            Some(421)
        );
    }

    #[test]
    fn only_three_methods_and_short_addresses() {
        let host = [("host", "localhost:7117")];
        for method in [
            Method::PUT,
            Method::DELETE,
            Method::OPTIONS,
            Method::TRACE,
            Method::CONNECT,
        ] {
            assert_eq!(status(&method, "/", &host), Some(405), "{method}");
        }
        assert_eq!(
            status(&Method::GET, &format!("/?{}", "a".repeat(9000)), &host),
            Some(414)
        );
    }

    #[test]
    fn what_changes_something_comes_from_a_page_of_ours() {
        let names = Names::new(7117, true, &[]);
        let sent = |pairs: &[(&'static str, &str)]| {
            let mut all = vec![("host", "localhost:7117")];
            all.extend(pairs);
            names.sent(&headers(&all))
        };
        assert!(sent(&[("origin", "http://localhost:7117")]));
        assert!(sent(&[
            ("origin", "http://localhost:7117"),
            ("sec-fetch-site", "same-origin")
        ]));
        for origin in [
            "http://evil.example",
            "null",
            "https://localhost:7117",
            "http://127.0.0.1:7117",
            "http://localhost:7118",
            "http://localhost",
        ] {
            assert!(!sent(&[("origin", origin)]), "{origin}");
        }
        assert!(!sent(&[]), "no origin at all");
        for site in ["cross-site", "same-site", "none"] {
            assert!(
                !sent(&[
                    ("origin", "http://localhost:7117"),
                    ("sec-fetch-site", site)
                ]),
                "{site}"
            );
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = headers(&[
            ("cookie", "a=1; annals-7117=abc;annals-71170=no"),
            ("cookie", "annals-7117=def"),
        ]);
        let found: Vec<&str> = cookies(&headers, "annals-7117").collect();
        assert_eq!(found, ["abc", "def"]);
    }
}
