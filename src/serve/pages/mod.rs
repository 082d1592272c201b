//! The pages: one list, one file each. Routes, keys, navigation and tests walk the list.

mod annotate;
pub(crate) mod change;
mod changes;
mod claims;
mod conflict;
mod document;
mod edit;
mod findings;
mod graph;
mod keys;
mod list;
pub(crate) mod locked;
mod moving;
mod names;
mod network;
mod new;
mod order;
mod overview;
mod path;
mod positions;
mod record;
mod review;
mod search;
mod text;
mod texts;
mod timeline;
mod twin;

use std::sync::Arc;

use hyper::{Response, StatusCode};
use maud::{Markup, html};

use super::asking::{Asking, Fault, Found};
use super::body::Body;
use super::patience::Late;
use super::request::Request;
use super::respond;
use super::site::Site;
use super::view::frame;

pub(crate) use change::change;
use list::PAGES;

/// The page, or the file, that a request asks for; or why there is none.
pub(crate) async fn answer(site: &Arc<Site>, request: Request) -> Response<Body> {
    // Which of all dossiers of this server it is: an open page asks whether files have changed.
    if request.path == ["now"] {
        return respond::line(StatusCode::OK, &site.dossier().version.to_string());
    }
    if request.path == ["names"] {
        let asked = Arc::clone(site);
        let made = tokio::task::spawn_blocking(move || names::answer(&asked, &request)).await;
        let failed = |_| respond::line(StatusCode::INTERNAL_SERVER_ERROR, "No names.");
        return made.unwrap_or_else(failed);
    }
    let Some(found) = list::find(&request) else {
        return respond::page(
            StatusCode::NOT_FOUND,
            frame::bare(
                &PAGES,
                site,
                "There is no such page",
                &html! { p { "There is no page at this address. " a.link href="/" { "The overview" } " leads to all of them." } },
            ),
        );
    };
    if let Some(twin) = found.twin {
        return twin::answer(site, found, twin, request).await;
    }
    let name = found.page.path;
    let asked = Arc::clone(site);
    let made = move || made(&asked, &found, &request);
    match site.patience.answer(made).await {
        Ok(response) => response,
        Err(Late::Failed) => {
            site.commands.say(&format!("the page /{name} failed"));
            let words = html! { p { "Something in Annals failed. That is an error of the program, not of the facts: please report it, with the address of this page." } };
            respond::page(
                StatusCode::INTERNAL_SERVER_ERROR,
                frame::bare(&PAGES, site, "This page failed", &words),
            )
        }
        Err(late) => {
            site.commands
                .say(&format!("the page /{name} took longer than 10 s"));
            let words = html! {
                p { "This question takes longer than 10 seconds. Ask for less, by an option more; or on the command line, which takes its time." }
                p { @if late == Late::GoesOn { "Annals is still working on it: ask again in a while." } @else { "It was stopped, since another such question is still being answered." } }
            };
            respond::page(
                StatusCode::SERVICE_UNAVAILABLE,
                frame::bare(&PAGES, site, "That takes too long", &words),
            )
        }
    }
}

/// The page of a request, made on a thread of its own.
fn made(site: &Site, found: &Found, request: &Request) -> Response<Body> {
    let dossier = site.dossier();
    let asking = match Asking::new(&PAGES, site, &dossier, found, request) {
        Ok(asking) => asking,
        Err(fault) => return failed(site, &dossier, &fault),
    };
    match (found.page.show)(&asking) {
        Ok(shown) => respond::page(StatusCode::OK, frame::page(&asking, &shown)),
        Err(fault) => failed(site, &dossier, &fault),
    }
}

/// A page that says why there is no answer.
fn failed(site: &Site, dossier: &super::site::Dossier, fault: &Fault) -> Response<Body> {
    let (status, title) = match fault {
        Fault::Question(_) => (StatusCode::BAD_REQUEST, "This cannot be answered"),
        Fault::Missing(_) => (StatusCode::NOT_FOUND, "There is nothing of this name"),
        Fault::Facts(_) => (StatusCode::SERVICE_UNAVAILABLE, "The facts cannot be read"),
        Fault::Elsewhere(address) => return respond::go_to(address),
    };
    let words: Markup = html! {
        pre.message { (crate::view::words::shown_lines(fault.words())) }
        @if let Some(why) = &dossier.stale { p { "The files have changed since, and cannot be read: " (crate::view::words::shown(why)) } }
        p { a.link href="/" { "To the overview" } }
    };
    respond::page(status, frame::bare(&PAGES, site, title, &words))
}
