//! What forms change. The door has let them in: from a page of this server, with the session's token.

use hyper::{Response, StatusCode};

use crate::body::Body;
use crate::door::lock::Secret;
use crate::request::Request;
use crate::respond;
use crate::site::Site;

/// Does what a form asks for. As yet there is one: to leave.
pub(crate) fn change(
    site: &Site,
    session: &Secret,
    request: &Request,
    _form: &[(String, String)],
) -> Response<Body> {
    match request.path.as_slice() {
        [page] if page == "leave" => {
            site.lock.leave(session);
            let mut response = respond::go_to("/");
            let name = site.cookie_name();
            let cookie = format!("{name}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
            respond::set(&mut response, "set-cookie", &cookie);
            response
        }
        _ => respond::line(StatusCode::NOT_FOUND, "No page takes this form."),
    }
}
