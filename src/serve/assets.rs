//! The style sheet and the scripts, which are built in. Their names carry their sums, so that a browser
//! can keep them for good.

use std::sync::LazyLock;

use hyper::{Response, StatusCode};
use sha2::{Digest as _, Sha256};

use crate::body::Body;
use crate::door::lock::hexadecimal;
use crate::respond;

/// A file that is built in.
pub(crate) struct Asset {
    name: &'static str,
    ending: &'static str,
    media: &'static str,
    text: String,
    sum: String,
}

impl Asset {
    fn new(name: &'static str, ending: &'static str, text: String) -> Asset {
        let sum = Sha256::digest(text.as_bytes());
        let sum = hexadecimal(&sum[..8]);
        let media = match ending {
            "css" => "text/css; charset=utf-8",
            _ => "text/javascript; charset=utf-8",
        };
        Asset {
            name,
            ending,
            media,
            text,
            sum,
        }
    }

    fn file(&self) -> String {
        format!("{}-{}.{}", self.name, self.sum, self.ending)
    }

    /// Its address.
    pub(crate) fn path(&self) -> String {
        format!("/assets/{}", self.file())
    }
}

/// The style sheet, with the colours of pictures.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let pictures = annals_draw::theme::page_variables();
    let text = squeezed(&format!("{}{pictures}", include_str!("assets/style.css")));
    Asset::new("style", "css", text)
});

/// A style sheet without comments, and without the white space that means nothing.
fn squeezed(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let parts = sheet.split("/*").enumerate();
    let parts = parts.map(|(nth, part)| match (nth, part.split_once("*/")) {
        (0, _) | (_, None) => part,
        (_, Some((_, after))) => after,
    });
    for part in parts {
        for letter in part.chars() {
            let last = out.chars().next_back();
            if letter.is_whitespace() {
                // Before a colon it may mean something: `td :is(a)`.
                if !last.is_none_or(|last| last.is_whitespace() || "{};:,".contains(last)) {
                    out.push(' ');
                }
                continue;
            }
            if last == Some(' ') && "{};,".contains(letter) {
                out.pop();
            }
            if letter == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(letter);
        }
    }
    out
}

/// A script without the comments and the white space at the beginning of its lines. No text in it goes over a
/// line.
fn unindented(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let mut out = String::with_capacity(script.len());
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A script.
fn script(name: &'static str, text: &str) -> Asset {
    Asset::new(name, "js", unindented(text))
}

/// Light or dark, before anything is shown.
pub(crate) static THEME: LazyLock<Asset> =
    LazyLock::new(|| script("theme", include_str!("assets/theme.js")));

/// Keys, the panel, the slider.
pub(crate) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| script("explorer", include_str!("assets/explorer.js")));

/// The style of forms, on the pages that have any.
pub(crate) static FORMS_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "annotate",
        "css",
        squeezed(include_str!("assets/annotate.css")),
    )
});

/// The style of the page of a text.
pub(crate) static READER_STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("reader", "css", squeezed(include_str!("assets/reader.css"))));

/// The style of a conflict of dates.
pub(crate) static CONFLICT_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "conflict",
        "css",
        squeezed(include_str!("assets/conflict.css")),
    )
});

/// The style of networks.
pub(crate) static NETWORK_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "network",
        "css",
        squeezed(include_str!("assets/network.css")),
    )
});

/// The slider over the windows of a network, and its ties.
pub(crate) static NETWORK_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| script("network", include_str!("assets/network.js")));

/// The style of positions over time.
pub(crate) static COURSE_STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("course", "css", squeezed(include_str!("assets/course.css"))));

/// The scripts of forms.
pub(crate) static FORMS_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| script("annotate", include_str!("assets/annotate.js")));

/// All of them.
fn all() -> [&'static Asset; 10] {
    [
        &STYLE,
        &FORMS_STYLE,
        &READER_STYLE,
        &CONFLICT_STYLE,
        &NETWORK_STYLE,
        &COURSE_STYLE,
        &THEME,
        &SCRIPT,
        &FORMS_SCRIPT,
        &NETWORK_SCRIPT,
    ]
}

/// The asset of a file name.
pub(crate) fn asset(file: &str) -> Option<Response<Body>> {
    let all = all();
    let found = all.into_iter().find(|asset| asset.file() == file)?;
    let mut response =
        respond::response(StatusCode::OK, found.media, Body::whole(found.text.clone()));
    respond::set(
        &mut response,
        "cache-control",
        "public, max-age=31536000, immutable",
    );
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_squeezed_and_means_the_same() {
        let sheet =
            "/* a */\na :is(b, c) { d: e;  f: calc(1px - 2px); }\n\n@media (g: h) { i {} }\n";
        assert_eq!(
            squeezed(sheet),
            "a :is(b,c){d:e;f:calc(1px - 2px)}@media (g:h){i{}}"
        );
    }

    #[test]
    fn they_are_small_and_ask_nobody_for_anything() {
        // The colours of pictures, which `draw` gives, come on top.
        let sheet = squeezed(include_str!("assets/style.css"));
        assert!(sheet.len() <= 20 * 1024, "{} bytes of CSS", sheet.len());
        assert!(
            STYLE.text.len() <= 22 * 1024,
            "{} bytes with the colours",
            STYLE.text.len()
        );
        for text in [
            include_str!("assets/explorer.js"),
            include_str!("assets/annotate.js"),
            include_str!("assets/network.js"),
        ] {
            let is_whole = |line: &str| line.matches('`').count().is_multiple_of(2);
            assert!(text.lines().all(is_whole), "a text goes over a line");
        }
        // No page has both that of forms and that of networks.
        let scripts = THEME.text.len() + SCRIPT.text.len() + FORMS_SCRIPT.text.len();
        assert!(scripts <= 30 * 1024, "{scripts} bytes of scripts");
        for asset in all() {
            for elsewhere in ["http:", "https:", "//cdn", "@import", "url("] {
                assert!(
                    !asset.text.contains(elsewhere),
                    "{} has {elsewhere}",
                    asset.name
                );
            }
            for sink in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "eval(",
                "document.write",
                "Function(",
            ] {
                assert!(!asset.text.contains(sink), "{} has {sink}", asset.name);
            }
        }
    }
}
