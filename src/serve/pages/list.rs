//! The list of pages.

use super::{
    annotate, changes, claims, document, edit, findings, graph, keys, network, new, order,
    overview, path, positions, record, review, search, text, texts, timeline,
};
use crate::asking::{Asking, Called, Found, Made, Page, Takes, Twin};
use crate::request::Request;

const JSON: Twin = Twin {
    ending: "json",
    name: "JSON",
    media: "application/json",
    words: None,
};
const CSV: Twin = Twin {
    ending: "csv",
    name: "CSV",
    media: "text/csv; charset=utf-8",
    words: None,
};
const MARKDOWN: Twin = Twin {
    ending: "md",
    name: "Markdown",
    media: "text/markdown; charset=utf-8",
    words: None,
};
/// A page of its own, whose style is in it: it is kept as a file.
const HTML: Twin = Twin {
    ending: "html",
    name: "HTML",
    media: "text/html; charset=utf-8",
    words: None,
};
const DOCX: Twin = Twin {
    ending: "docx",
    name: "Word",
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    words: None,
};

const GEXF: Twin = Twin {
    ending: "gexf",
    name: "GEXF",
    media: "application/gexf+xml",
    words: None,
};

const ROWS: &[Twin] = &[JSON, CSV, MARKDOWN];

/// A picture, drawn by a command.
const fn svg(words: fn(&Request) -> &'static [&'static str]) -> Twin {
    Twin {
        ending: "svg",
        name: "SVG",
        media: "image/svg+xml",
        words: Some(words),
    }
}

const fn command(words: fn(&Request) -> &'static [&'static str]) -> Called {
    Called {
        words,
        arguments: &[],
        takes_options: true,
        twins: ROWS,
    }
}

const fn page(path: &'static str, name: &'static str, show: fn(&Asking<'_>) -> Made) -> Page {
    Page {
        path,
        takes: Takes::Nothing,
        name,
        in_bar: true,
        key: None,
        called: None,
        own: &[],
        show,
        post: None,
    }
}

/// All pages, in the order of the bar.
pub(crate) static PAGES: [Page; 20] = [
    Page {
        in_bar: false,
        key: Some('o'),
        called: Some(command(|_| &["overview"])),
        ..page("", "Overview", overview::show)
    },
    Page {
        key: Some('c'),
        called: Some(Called {
            twins: &[JSON, CSV, MARKDOWN, svg(|_| &["draw", "claims"])],
            ..command(claims::words)
        }),
        own: &["view", "start", "choose", "all", "counts", "all-of-it"],
        ..page("claims", "Claims", claims::show)
    },
    Page {
        key: Some('t'),
        called: Some(Called {
            twins: &[
                JSON.of(timeline::list),
                CSV.of(timeline::list),
                MARKDOWN.of(timeline::list),
                svg(timeline::picture),
            ],
            ..command(timeline::words)
        }),
        own: &["view", "start", "choose", "all-of-it"],
        ..page("timeline", "Timeline", timeline::show)
    },
    Page {
        key: Some('p'),
        called: Some(command(positions::words)),
        own: &["view", "start", "choose", "thing"],
        ..page("positions", "Positions", positions::show)
    },
    Page {
        key: Some('g'),
        called: Some(Called {
            twins: &[
                JSON.of(|_| &["subgraph"]),
                CSV.of(|_| &["subgraph"]),
                MARKDOWN.of(|_| &["subgraph"]),
                svg(|_| &["draw", "graph"]),
                GEXF.of(|_| &["subgraph"]),
            ],
            ..command(|_| &["draw", "graph"])
        }),
        own: &["choose"],
        ..page("graph", "Graph", graph::show)
    },
    Page {
        key: Some('w'),
        called: Some(Called {
            twins: &[JSON, CSV, MARKDOWN, svg(|_| &["draw", "network"])],
            ..command(|_| &["network"])
        }),
        own: &["tie"],
        ..page("network", "Network", network::show)
    },
    Page {
        key: Some('x'),
        own: &["as-of", "all-of-it"],
        ..page("texts", "Texts", texts::show)
    },
    Page {
        takes: Takes::Record,
        in_bar: false,
        own: &[
            "as-of", "choose", "part", "from", "to", "words", "make", "of", "done",
        ],
        post: Some(annotate::post),
        ..page("texts", "Text", text::show)
    },
    Page {
        key: Some('f'),
        called: Some(Called {
            takes_options: false,
            ..command(|_| &["check"])
        }),
        own: &["start", "code", "done"],
        ..page("findings", "Findings", findings::show)
    },
    Page {
        takes: Takes::Finding,
        in_bar: false,
        own: &["fact", "without", "value", "done"],
        post: Some(findings::post),
        ..page("findings", "Finding", findings::one)
    },
    Page {
        takes: Takes::Record,
        in_bar: false,
        called: Some(Called {
            arguments: &[""],
            twins: ROWS,
            ..command(|_| &["show"])
        }),
        own: &["whole"],
        ..page("record", "Record", record::show)
    },
    Page {
        in_bar: false,
        called: Some(Called {
            arguments: &["words"],
            ..command(|_| &["find"])
        }),
        own: &["start"],
        ..page("search", "Search", search::show)
    },
    Page {
        in_bar: false,
        key: Some('n'),
        called: Some(command(|_| &["changes"])),
        own: &["start"],
        ..page("changes", "Changes", changes::show)
    },
    Page {
        in_bar: false,
        key: Some('d'),
        called: Some(Called {
            twins: &[MARKDOWN, HTML, DOCX],
            ..command(|_| &["brief"])
        }),
        own: &["only"],
        ..page("document", "Document", document::show)
    },
    Page {
        in_bar: false,
        called: Some(Called {
            arguments: &["first", "second"],
            ..command(|_| &["path"])
        }),
        ..page("path", "Path", path::show)
    },
    Page {
        in_bar: false,
        called: Some(Called {
            arguments: &["first", "second"],
            ..command(|_| &["order"])
        }),
        ..page("order", "Order", order::show)
    },
    Page {
        key: Some('r'),
        own: &["draft", "edit", "in", "by", "state", "done"],
        post: Some(review::post),
        ..page("review", "Review", review::show)
    },
    Page {
        takes: Takes::Record,
        in_bar: false,
        own: &["done"],
        post: Some(new::post),
        ..page("new", "New record", new::show)
    },
    Page {
        takes: Takes::Edit,
        in_bar: false,
        own: &["done"],
        post: Some(edit::post),
        ..page("record", "Edit", edit::show)
    },
    Page {
        in_bar: false,
        key: Some('k'),
        ..page("keys", "Keys", keys::show)
    },
];

/// The page of a request.
pub(crate) fn find(request: &Request) -> Option<Found> {
    let (first, rest) = request.path.split_first()?;
    let takes = match rest {
        [] => Takes::Nothing,
        [_] => Takes::Record,
        [_, last] if last == "edit" => Takes::Edit,
        [_, _] => Takes::Finding,
        _ => return None,
    };
    let mut of_kind = PAGES.iter().filter(|page| page.takes == takes);
    if let Some((before, ending)) = &request.ending {
        let twin = of_kind.clone().find_map(|page| {
            let name = if page.path.is_empty() {
                "overview"
            } else {
                page.path
            };
            let called = if takes == Takes::Nothing {
                before
            } else {
                first
            };
            let twins = page.called.as_ref().filter(|_| called == name)?.twins;
            let twin = twins.iter().find(|twin| twin.ending == ending)?;
            Some((page, twin))
        });
        if let Some((page, twin)) = twin {
            let is_named = takes == Takes::Record;
            return Some(Found {
                page,
                rest: is_named.then(|| before.clone()).into_iter().collect(),
                twin: Some(twin),
            });
        }
    }
    let page = of_kind.find(|page| page.path == first)?;
    Some(Found {
        page,
        rest: rest.to_vec(),
        twin: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_pages_have_an_address_or_a_key() {
        let addresses: BTreeSet<(&str, bool, bool)> = (PAGES.iter())
            .map(|page| {
                (
                    page.path,
                    page.takes == Takes::Record,
                    page.takes == Takes::Finding,
                )
            })
            .collect();
        assert_eq!(addresses.len(), PAGES.len());
        let keys: Vec<char> = PAGES.iter().filter_map(|page| page.key).collect();
        let different: BTreeSet<char> = keys.iter().copied().collect();
        assert_eq!(different.len(), keys.len());
        // As on the page of keys.
        let review = PAGES.iter().find(|page| page.key == Some('r'));
        assert!(review.is_some_and(|page| page.path.contains("review")));
    }

    #[test]
    fn a_name_with_a_dot_is_no_file() {
        let found = |path: &str| {
            let request = Request::read(path, None).unwrap();
            find(&request).map(|found| {
                (
                    found.page.name,
                    found.rest,
                    found.twin.map(|twin| twin.ending),
                )
            })
        };
        let record = |id: &str, twin| Some(("Record", vec![id.to_owned()], twin));
        assert_eq!(found("/record/a%2Ejson"), record("a.json", None));
        assert_eq!(
            found("/record/a%2Ejson.json"),
            record("a.json", Some("json"))
        );
        assert_eq!(found("/record/a.json"), record("a", Some("json")));
        assert_eq!(found("/record/a.b"), record("a.b", None));
        assert_eq!(found("/claims.svg"), Some(("Claims", vec![], Some("svg"))));
        assert_eq!(
            found("/overview.json"),
            Some(("Overview", vec![], Some("json")))
        );
        assert_eq!(found("/"), Some(("Overview", vec![], None)));
        assert_eq!(
            found("/texts/a.json"),
            Some(("Text", vec!["a.json".to_owned()], None))
        );
        assert_eq!(found("/nothing"), None);
        assert_eq!(found("/claims/a/b/c"), None);
    }
}
