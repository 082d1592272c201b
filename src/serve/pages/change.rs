//! What forms change. The door has let them in: from a page of this server, with the session's token.

use std::sync::{Arc, PoisonError};

use hyper::{Response, StatusCode};

use super::list::{self, PAGES};
use crate::asking::{Asking, Posted};
use crate::body::Body;
use crate::door::lock::Secret;
use crate::forms::{self, Said};
use crate::request::{self, Request};
use crate::respond;
use crate::site::Site;
use crate::view::frame;
use annals_store::{Plan, Refusal};

/// Does what a form asks for.
pub(crate) async fn change(site: &Arc<Site>, session: &Secret, request: Request) -> Response<Body> {
    if request.path == ["leave"] {
        site.lock.leave(session);
        let mut response = respond::go_to("/");
        let name = site.cookie_name();
        let cookie = format!("{name}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
        respond::set(&mut response, "set-cookie", &cookie);
        return response;
    }
    if !site.may_write() {
        let words = "Nothing is changed here: the server was started to read only.";
        return respond::line(StatusCode::FORBIDDEN, words);
    }
    let asked = Arc::clone(site);
    // What has begun to be written is written to its end, whoever waits for it.
    let done = tokio::task::spawn_blocking(move || done(&asked, &request)).await;
    done.unwrap_or_else(|_| {
        site.commands.say("a form failed");
        let words =
            "Something in Annals failed; that is an error of the program: please report it.";
        respond::line(StatusCode::INTERNAL_SERVER_ERROR, words)
    })
}

/// What becomes of a form: one at a time, on the files as they are now.
fn done(site: &Site, request: &Request) -> Response<Body> {
    let _alone = site.writing.lock().unwrap_or_else(PoisonError::into_inner);
    site.look_again();
    match request.path.as_slice() {
        [word] if word == "undo" => return reversed(site, request, "undone"),
        [word] if word == "redo" => return reversed(site, request, "redone"),
        _ => {}
    }
    let found = list::find(request).filter(|found| found.twin.is_none());
    let Some((found, post)) = found.and_then(|found| Some((found.clone(), found.page.post?)))
    else {
        return respond::line(StatusCode::NOT_FOUND, "No page takes this form.");
    };
    let dossier = site.dossier();
    let asking = match Asking::new(&PAGES, site, &dossier, &found, request) {
        Ok(asking) => asking,
        Err(fault) => return super::failed(site, &dossier, &fault),
    };
    match post(&asking) {
        Ok(Posted::Go(address)) => respond::go_to(&address),
        Ok(Posted::Again(status, shown)) => respond::page(status, frame::page(&asking, &shown)),
        Err(fault) => super::failed(site, &dossier, &fault),
    }
}

/// Undoes what was written last, or makes it again; then goes back to the page.
fn reversed(site: &Site, request: &Request, done: &str) -> Response<Body> {
    let made = |store: &annals_store::Store| -> Result<Option<Plan>, Refusal> {
        if done == "undone" {
            store.undo()
        } else {
            store.redo()
        }
    };
    let store = site.dossier().store.clone();
    let written = made(&store).and_then(|plan| match plan {
        Some(plan) => store.apply(&plan).map(Some),
        None => Ok(None),
    });
    match written {
        Ok(Some(_)) => {
            site.look_again();
            super::review::was_undone(site);
            respond::go_to(&back(request, done))
        }
        Ok(None) => respond::page(
            StatusCode::CONFLICT,
            frame::bare(&PAGES, site, "There is nothing to undo", &way_back(request)),
        ),
        Err(refusal) => {
            let words = maud::html! { p.fault { (forms::refused(&refusal)) } (way_back(request)) };
            let page = frame::bare(&PAGES, site, "That cannot be undone", &words);
            respond::page(StatusCode::CONFLICT, page)
        }
    }
}

fn way_back(request: &Request) -> maud::Markup {
    maud::html! { p { a.link href=(back(request, "")) { "Back to the page" } } }
}

/// The page a form was on, if it is one of ours; else the overview.
fn back(request: &Request, done: &str) -> String {
    let address = Said(&request.form).one("back");
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let read = Request::read(path, Some(query))
        .filter(|read| list::find(read).is_some_and(|found| found.twin.is_none()));
    let Some(read) = read else {
        return "/".to_owned();
    };
    // The record that was chosen may be gone.
    let own = ["done", "choose", "draft"];
    let kept = read
        .options
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()));
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    let takes_it = matches!(
        read.path.first().map(String::as_str),
        Some("texts" | "review" | "record" | "new" | "findings")
    );
    let done = (takes_it && !done.is_empty()).then_some(("done", done));
    let encoded = read
        .path
        .iter()
        .map(|part| request::encoded(part))
        .collect::<Vec<_>>()
        .join("/");
    request::address(&format!("/{encoded}"), kept.chain(done))
}
