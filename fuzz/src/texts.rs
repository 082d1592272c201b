//! Texts that are drafted, and documents that are turned into plain text.

use annals::draft::{KnownActor, Options, Proposals, Source, draft as drafted};
use annals::evidence::{AtSpans, Level, Span, Text};
use annals::time::Day;

/// The bytes as a text, drafted with all that can be asked for: every passage that is proposed stands in it, word for
/// word.
pub fn draft(data: &[u8]) {
    let Ok(words) = std::str::from_utf8(data) else {
        return;
    };
    let options = Options {
        article: Day::from_ymd(2023, 4, 20),
        all: true,
        events: true,
        actors: vec![KnownActor {
            id: "ana".to_owned(),
            name: "Ana Ruiz".to_owned(),
            ..KnownActor::default()
        }],
        ..Options::default()
    };
    let found = drafted(words, &options);
    let text = Text::new(words.to_owned());
    let source = Source {
        id: "text".to_owned(),
        ..Source::default()
    };
    let proposals = Proposals::new(&found, &text, &source, &[]);
    let page_of = |bytes: std::ops::Range<usize>| {
        assert!(words.get(bytes).is_some());
        None
    };
    for record in proposals.records(&page_of) {
        let evidence = record.get("evidence").and_then(|list| list.as_array());
        for evidence in evidence.into_iter().flatten() {
            let spans = evidence["spans"].as_array().into_iter().flatten();
            let spans: Vec<Span> = spans
                .filter_map(|span| {
                    let end = |at: usize| span[at].as_u64().and_then(|end| u32::try_from(end).ok());
                    Some(Span::new(end(0)?, end(1)?))
                })
                .collect();
            assert!(!spans.is_empty(), "{record:?}");
            assert!(
                spans.iter().all(|span| text.slice(*span).is_some()),
                "{record:?}"
            );
            if let Some(quote) = evidence["quote"].as_str() {
                let stands = text.at(quote, &spans);
                let exact = matches!(
                    stands,
                    AtSpans::Stands {
                        level: Level::Exact,
                        ..
                    }
                );
                assert!(exact, "{record:?}: {stands:?}");
            }
        }
    }
}

/// The bytes as a document of any format: a text with its pages, or an error with words.
pub fn plain_text(data: &[u8]) {
    match annals::plain_text::read("fuzz", data) {
        Ok(read) => {
            assert!(
                read.pages
                    .windows(2)
                    .all(|two| two[0].start <= two[1].start)
            );
            for page in &read.pages {
                assert!(read.text.is_char_boundary(page.start));
            }
        }
        Err(error) => assert!(!error.message.is_empty()),
    }
}
