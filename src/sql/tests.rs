//! What engines would read in a text differently never stands in it.

use super::literal::{anywhere, text};
use super::{
    Dialect, around, contradictions, count, network, overview, positions, said, timeline, views,
};
use annals_query::count::Dimension;
use annals_query::network::{Filter, NetworkAsked, WindowUnit, Windows};
use annals_query::positions::PositionFilter;
use annals_query::selection::{Conditions, Stood, StoodFor};
use proptest::prelude::*;

/// What a literal of ours means: the only forms that there are.
fn meant(literal: &str) -> Option<String> {
    let one = |part: &str| {
        if let Some(quoted) = part.strip_prefix('\'') {
            let quoted = quoted.strip_suffix('\'')?;
            return (!quoted.contains(['\'', '\\'])).then(|| quoted.to_owned());
        }
        let code = part.strip_prefix("chr(")?.strip_suffix(')')?;
        char::from_u32(code.parse().ok()?).map(String::from)
    };
    match literal
        .strip_prefix("concat(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        None => one(literal),
        Some(parts) => {
            // No part has an apostrophe within, so a comma between two parts follows the end of one.
            let (mut all, mut rest) = (String::new(), parts);
            while !rest.is_empty() {
                let end = match rest.strip_prefix('\'') {
                    Some(text) => text.find('\'')? + 2,
                    None => rest.find(')')? + 1,
                };
                all.push_str(&one(&rest[..end])?);
                rest = rest[end..].strip_prefix(", ").unwrap_or(&rest[end..]);
            }
            Some(all)
        }
    }
}

proptest! {
    #[test]
    fn a_literal_means_its_text(word in r"([a-zé'\\%_!,()\n\u{0}-]|--|chr\(1\)|/\*){0,12}") {
        let literal = text(&word);
        prop_assert_eq!(meant(&literal), Some(word.clone()), "{}", literal);
        prop_assert!(!literal.contains('\\') && !literal.contains('\n') && !literal.contains('\0'));
    }
}

#[test]
fn patterns_hold_no_wildcard_of_a_word() {
    assert_eq!(anywhere("a_b%c!d"), "'%a!_b!%c!!d%'");
    assert_eq!(anywhere("l'a"), "concat('%l', chr(39), 'a%')");
}

#[test]
fn paths_are_one_text_to_each_engine() {
    let duck = views(Dialect::DuckDb, "a'b*/", false);
    assert!(duck.contains("read_parquet('a''b[*]/claims/*/*.parquet', hive_partitioning = true)"));
    let spark = views(Dialect::Spark, "s3://x/a`b", false);
    assert!(spark.contains("VIEW claims\nUSING parquet OPTIONS (path 's3://x/a`b/claims');"));
    let quoted = views(Dialect::Spark, r"s3://o'x\a`b", false);
    assert!(quoted.contains(r"parquet.`s3://o'x\a``b/claims`"));
    // Nothing else differs.
    let rest = |views: &str| {
        let statements = views.split(";\n").filter(|one| !one.contains("parquet"));
        statements.map(str::to_owned).collect::<Vec<_>>()
    };
    let duck_rest = rest(&duck);
    assert!(duck_rest.len() > 5);
    assert_eq!(duck_rest, rest(&spark));
    assert_eq!(duck_rest, rest(&quoted));
    assert!(
        !duck.contains("claim_text") && views(Dialect::Spark, "x", true).contains("claim_text")
    );
}

#[test]
fn what_is_asked_stands_in_the_text() {
    let endless = Some([super::BEFORE_ALL, super::AFTER_ALL]);
    let all = Conditions {
        window: endless,
        ..Conditions::default()
    };
    let one = said(&all);
    assert!(
        one.starts_with("SELECT c.id AS id, c.certain AS certain,"),
        "{one}"
    );
    assert!(one.contains("c.retracted IS NULL") && !one.contains("LIMIT"));
    let by = Conditions {
        by: Some(vec!["o'neill".to_owned()]),
        limit: Some(3),
        ..all.clone()
    };
    let one = said(&by);
    // What one speaker said stands together, and so do the passages that date it; of several it is found by links.
    assert_eq!(one.matches("FROM by_speaker c").count(), 1);
    assert!(one.contains("e.speaker_1 = concat('o', chr(39), 'neill')"));
    assert!(
        one.contains("c.speaker_1 = concat('o', chr(39), 'neill')") && one.ends_with("LIMIT 3")
    );
    let two = Conditions {
        by: Some(vec!["o'neill".to_owned(), "x".to_owned()]),
        ..all.clone()
    };
    let two = said(&two);
    assert!(two.contains("claim_speaker WHERE actor IN (concat('o', chr(39), 'neill'), 'x')"));
    assert!(!two.contains("by_speaker"));
    let rolled = Conditions {
        stood: Some(StoodFor {
            by: Some(vec![Stood {
                actor: "x".to_owned(),
                days: [1, 2],
                must: true,
            }]),
            ..StoodFor::default()
        }),
        ..by.clone()
    };
    let one = said(&rolled);
    assert!(
        one.contains("('x', CAST(1 AS BIGINT), CAST(2 AS BIGINT), true)"),
        "{one}"
    );
    assert!(timeline(&all).is_ok() && timeline(&by).is_err());
    let far = around(&["a".to_owned()], 4).unwrap_err();
    assert_eq!(far.0, "more than 3 hops");
}

/// What all three engines lack or mean differently.
const NOT_PORTABLE: [&str; 9] = [
    "RECURSIVE",
    "unnest",
    "explode",
    "date_trunc",
    "INTERVAL",
    "regexp",
    "list_",
    "::",
    "QUALIFY",
];

#[test]
fn every_question_is_one_portable_text() {
    let all = Conditions {
        window: Some([super::BEFORE_ALL, super::AFTER_ALL]),
        ..Conditions::default()
    };
    let known = Conditions {
        by: Some(vec!["o'neill".to_owned()]),
        as_of: Some(7),
        limit: Some(3),
        ..all.clone()
    };
    let both = [&all, &known];
    let per = Dimension::ALL
        .into_iter()
        .filter(|one| *one != Dimension::Through);
    let per: Vec<Dimension> = per.collect();
    let filters = [(false, false), (true, false), (false, true)];
    let mut texts = vec![overview(&all).unwrap(), timeline(&all).unwrap()];
    for asked in both {
        texts.push(said(asked));
        texts.push(count(asked, &per).unwrap());
        texts.push(contradictions(asked).unwrap());
        texts.push(network(asked, &NetworkAsked::default(), Filter::default()).unwrap());
        texts.extend(filters.map(|(contradictions, changes)| {
            let kept = PositionFilter {
                contradictions,
                changes,
            };
            positions(asked, kept).unwrap()
        }));
    }
    for text in texts {
        for word in NOT_PORTABLE {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert!(
            !text.contains(['\\', ';']) && text.contains("ORDER BY"),
            "{text}"
        );
        // Every apostrophe begins or ends a literal.
        assert_eq!(text.matches('\'').count() % 2, 0, "{text}");
    }
}

#[test]
fn what_sql_cannot_tell_is_refused() {
    let all = Conditions {
        window: Some([super::BEFORE_ALL, super::AFTER_ALL]),
        ..Conditions::default()
    };
    let rolled = Conditions {
        stood: Some(StoodFor::default()),
        ..all.clone()
    };
    assert!(count(&all, &[Dimension::Through]).is_err());
    assert!(count(&rolled, &[Dimension::Month]).is_err());
    assert!(count(&rolled, &[Dimension::Speaker]).is_ok());
    assert!(positions(&rolled, PositionFilter::default()).is_err());
    assert!(contradictions(&rolled).is_err());
    let windows = NetworkAsked {
        windows: Some(Windows::Every(WindowUnit::Months)),
        ..NetworkAsked::default()
    };
    assert!(network(&all, &windows, Filter::default()).is_err());
    let asked = Conditions {
        by: Some(vec!["x".to_owned()]),
        ..all
    };
    assert!(overview(&asked).is_err());
}
