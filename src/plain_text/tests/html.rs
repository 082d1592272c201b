//! Pages.

use super::super::read;
use super::refused;

fn text(html: &str) -> String {
    read("page.html", html.as_bytes()).expect("a page").text
}

#[test]
fn blocks_are_paragraphs() {
    assert_eq!(
        text(
            "<!DOCTYPE html><p>One <b>two</b>\n three<p>four<br>five</p><ul><li>six<li>seven</ul>"
        ),
        "One two three\n\nfour\nfive\n\nsix\n\nseven\n"
    );
    assert_eq!(text("<html><pre>a  b\n   c</pre>d"), "a  b\nc\n\nd\n");
    assert_eq!(
        text("<html><table><tr><td>a<td>b</tr><tr><td>c</table>"),
        "a\tb\n\nc\n"
    );
    assert_eq!(text("<html>a<br><br>b"), "a\n\nb\n");
    assert_eq!(
        text("<html>long<wbr>word co&shy;op a&nbsp;b<my-word>c</my-word>"),
        "longword coop a\u{a0}bc\n"
    );
}

#[test]
fn marks_of_quotations_stand_as_browsers_show_them() {
    assert_eq!(
        text("<html><p><q>He said <q>no</q></q>, she said."),
        "“He said ‘no’”, she said.\n"
    );
    assert_eq!(
        text("<html><p>&ldquo;Na&iuml;ve &CounterClockwiseContourIntegral;&#8221; &unknown; &amp"),
        "“Naïve ∳” &unknown; &\n"
    );
}

#[test]
fn what_is_not_shown_is_left_out_and_what_stands_around_is_counted() {
    let html = "<html><head><style>p{}</style></head><nav>Home News</nav><main><p>Text<script>x<p></script>\
        <span hidden>h</span><span style='display: none'>n</span> goes on</main>\
        <aside>More</aside><footer>Imprint</footer></html>";
    let read = read("page.html", html.as_bytes()).expect("a page");
    assert_eq!(read.text, "Text goes on\n");
    assert_eq!(
        read.notes,
        ["left out: 4 words of navigation, asides and footers"]
    );
    // What is never closed ends with what is around it.
    assert_eq!(text("<html><main><nav>a</main><p>b"), "b\n");
    assert_eq!(
        text("<html><form><p>a<select><option>x</select></form>"),
        "a\n"
    );
}

#[test]
fn a_page_tells_title_date_and_language() {
    let read = read(
        "page.html",
        "<!doctype html><html lang=de-AT><title>A &amp; B \n - Zeitung</title>\
         <meta property='og:title' content='A und B'><meta name=date content='2021-01-01'>\
         <script type='application/ld+json'>{\"@graph\":[{\"datePublished\":\"2021-02-03T10:00:00Z\"}]}</script>\
         <h1>Oben</h1><p>Text"
            .as_bytes(),
    );
    let read = read.expect("a page");
    assert_eq!(read.title.as_deref(), Some("A und B"));
    assert_eq!(read.published.as_deref(), Some("2021-02-03"));
    assert_eq!(read.language.as_deref(), Some("de-AT"));
    assert_eq!(read.text, "Oben\n\nText\n");

    let plain = super::super::read(
        "x.htm",
        b"<h1>Only <i>a</i> heading</h1><time datetime=2020-05-06 pubdate>May</time>",
    );
    let plain = plain.expect("a page");
    assert_eq!(plain.title.as_deref(), Some("Only a heading"));
    assert_eq!(plain.published.as_deref(), Some("2020-05-06"));
}

#[test]
fn encodings_are_those_that_the_page_states() {
    let read = |bytes: &[u8]| read("p.html", bytes).expect("a page").text;
    assert_eq!(
        read(b"<html><meta charset=windows-1251><p>\xCA\xE8\xBF\xE2"),
        "Київ\n"
    );
    assert_eq!(
        read(
            b"<html><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>\xFCber"
        ),
        "über\n"
    );
    // Wrong, and unknown.
    assert_eq!(read(b"<html><meta charset=utf-8>\xFCber"), "über\n");
    assert_eq!(read(b"<html><meta charset=klingon>a"), "a\n");
    let utf16: Vec<u8> = "\u{feff}<html>für"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read(&utf16), "für\n");
    assert_eq!(
        read(b"<?xml version='1.0'?>\n<!-- x --><!DOCTYPE html><p>a"),
        "a\n"
    );
}

#[test]
fn a_page_without_text_is_refused() {
    let words = refused(
        "p.html",
        b"<!doctype html><div id=root></div><script>run()</script>",
    );
    assert_eq!(
        words,
        "p.html: there is no text in it: a page like this is filled by scripts"
    );
}

#[test]
fn deep_and_long_pages_take_their_time_only() {
    let deep = format!("<html>{}a", "<div>".repeat(50_000));
    assert_eq!(text(&deep), "a\n");
    let ends = format!("<html>{}a{}", "<b>".repeat(20_000), "</i>".repeat(20_000));
    assert_eq!(text(&ends), "a\n");
    let hidden = format!("<html>{}a", "<nav>".repeat(20_000));
    refused("p.html", hidden.as_bytes());
}
