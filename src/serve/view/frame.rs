//! The frame around every page: the bar, the question, the answer, the panel.

use maud::{DOCTYPE, Markup, html};

use super::question;
use super::words::{number, shown};
use crate::asking::{Asking, Page, Shown, Takes};
use crate::assets;
use crate::site::Site;

fn head(site: &Site, title: &str, turn: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (shown(title)) " · " (shown(&site.settings.title)) }
            link rel="icon" href="data:,";
            link rel="stylesheet" href=(assets::STYLE.path());
            script src=(assets::THEME.path()) {}
            script src=(assets::SCRIPT.path()) defer data-version=(turn) data-keys=[(!site.settings.keys).then_some("off")] data-writes=[site.may_write().then_some("yes")] {}
        }
    }
}

/// How many drafts wait for a person.
fn waiting(site: &Site) -> usize {
    if !site.may_write() {
        return 0;
    }
    let drafts = site.dossier().store.drafts();
    drafts.map_or(0, |drafts| drafts.all.len())
}

fn bar(pages: &'static [Page], site: &Site, current: &str, findings: Option<usize>) -> Markup {
    // Of a page without a dossier nothing is counted.
    let drafts = findings.map_or(0, |_| waiting(site));
    html! {
        a.skip href="#main" { "To the answer" }
        header.top {
            a.mark href="/" { "Annals" span { (super::words::name(&site.settings.title)) } }
            nav.nav aria-label="Pages" {
                @for page in pages.iter().filter(|page| page.in_bar && (page.path != "review" || site.may_write())) {
                    a.wide[matches!(page.path, "positions" | "graph" | "network")] href={ "/" (page.path) }
                        aria-current=[(page.path == current).then_some("page")]
                        data-key=[page.key] {
                        (page.name)
                        @if let Some(count) = findings.filter(|count| page.path == "findings" && *count > 0) {
                            " " b { (number(count)) }
                        }
                        @if page.path == "review" && drafts > 0 { " " b { (number(drafts)) } }
                    }
                }
            }
            form.find role="search" action="/search" method="get" {
                svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" {
                    circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.5" {}
                    path d="M9.2 9.2 13 13" stroke="currentColor" stroke-width="1.5" {}
                }
                input id="find" name="words" data-kinds="actor-topic-event-place-document" aria-label="Search words, names, dates" placeholder="Words, names, dates" autocomplete="off" maxlength="400" type="search" spellcheck="false";
                kbd aria-hidden="true" { "/" }
            }
            a.icon.help href="/keys" { span aria-hidden="true" { "?" } span.hidden { "Keys and help" } }
            button.icon.theme type="button" hidden { svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" { circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" {} path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" {} } span.hidden { "Light or dark" } }
        }
    }
}

/// A page.
pub(crate) fn page(asking: &Asking<'_>, page: &Shown) -> Markup {
    let size = asking.dossier.size();
    let findings = size.map(|size| size.errors + size.warnings);
    let errors = size.map_or(0, |size| size.errors);
    let turn = asking.dossier.version.to_string();
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(asking.site, &page.title, &turn))
            body.noask[page.lead.is_none()] {
                (crate::forms::assets(asking))
                (bar(asking.pages, asking.site, asking.page.path, findings))
                @if let Some(lead) = page.lead { (question::line(asking, lead, page.chips.as_ref())) }
                @if let Some(why) = &asking.dossier.stale {
                    p.warn role="status" { b { "The files have changed and cannot be read." } " This is what they said before. " (shown(why)) }
                } @else if errors > 0 && asking.page.path != "findings" {
                    section.warn aria-label="Errors in the facts" { b { (super::words::counted(errors, "error", "errors")) } "; answers leave out what they touch. " a.link href="/findings" { "Findings" } }
                }
                div class={ "columns " (page.layout) } {
                    @if let Some(rail) = &page.rail { aside.rail id="narrow" aria-label="Narrow the question" { (rail) } }
                    main.main id="main" tabindex="-1" { (page.main) }
                    @if let Some(side) = &page.side { aside.side id="side" aria-label="What is chosen" { (side) } }
                }
                p.hidden id="status" role="status" {}
            }
        }
    }
}

/// A page without a question and without an answer.
pub(crate) fn bare(pages: &'static [Page], site: &Site, title: &str, words: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(site, title, ""))
            body.noask {
                (bar(pages, site, "-", None))
                div.columns.wide { main.main id="main" tabindex="-1" { h1 { (title) } (words) } }
            }
        }
    }
}

/// The heading of an answer: what it is, how much of it there is, how else it can be seen.
pub(crate) fn heading(title: &Markup, count: &str, views: &[(&str, String, bool)]) -> Markup {
    html! {
        div.head {
            h1 { (title) }
            p.muted { (count) }
            @if !views.is_empty() {
                nav.views aria-label="Shown as" {
                    @for (name, address, is_current) in views {
                        a href=(address) aria-current=[is_current.then_some("true")] { (name) }
                    }
                }
            }
        }
    }
}

/// The command that gives the same answer, and the files it can be had as.
pub(crate) fn command(asking: &Asking<'_>) -> Markup {
    let twins = asking
        .page
        .called
        .as_ref()
        .map_or(&[][..], |called| called.twins);
    let Some(line) = asking.command_line() else {
        return html! {};
    };
    html! {
        div.cmdline {
            code.cmd { (shown(&line)) }
            @if !twins.is_empty() {
                span.small.muted.twins {
                    @for twin in twins { a.link href=(asking.twin(twin.ending)) { (twin.name) } " " }
                }
            }
        }
    }
}

/// The notes on an answer.
pub(crate) fn notes(notes: &annals_store::Notes) -> Markup {
    let all: Vec<&String> = notes.in_part.iter().chain(&notes.others).collect();
    html! {
        @if !all.is_empty() {
            div.notes role="status" { ul { @for note in all { li { (shown(note)) } } } }
        }
    }
}

/// The ways to the rows before and after those that are shown.
pub(crate) fn pager(asking: &Asking<'_>, paged: &Paged) -> Markup {
    html! {
        @if paged.all > paged.first + paged.shown || paged.first > 0 {
            nav.pager aria-label="More of the list" {
                @if paged.first > 0 { a.btn href=(asking.with(&["start", "choose"], &[])) { "From the first" } }
                span.muted.small { (number(paged.first + 1)) "–" (number(paged.first + paged.shown)) " of " (number(paged.all)) }
                @if let Some(next) = &paged.next { a.btn rel="next" href=(asking.with(&["start", "choose"], &[("start", next)])) { "The next ones" } }
            }
        }
    }
}

/// How many rows a page shows.
pub(crate) const ROWS: usize = 32;

/// The most rows of a page of claims, of which as many are shown as fit into 80 KB. Of a large snapshot each
/// row has to be looked for, and a page has [`ROWS`].
pub(crate) const MOST_ROWS: usize = 100;

/// Which rows of a list are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paged {
    /// How many come before.
    pub(crate) first: usize,
    /// How many are shown.
    pub(crate) shown: usize,
    /// How many there are.
    pub(crate) all: usize,
    /// The cursor of the next: the row that they follow.
    pub(crate) next: Option<String>,
}

/// The pages that have no argument, for the overview and the keys.
pub(crate) fn plain_pages(pages: &'static [Page]) -> impl Iterator<Item = &'static Page> {
    pages.iter().filter(|page| page.takes == Takes::Nothing)
}
