use proptest::prelude::*;

use super::layout::Sheet;
use super::mark::{Kind, Mark, Side};
use super::model::{self, Plan, Thing};
use super::scale::Scale;
use super::*;
use crate::scene::{Role, Shape};
use crate::tests::{dossier, facts, read_xml, written};
use crate::theme::{DARK, LIGHT, PRINT};
use crate::{Lanes, Look};
use annals_chronology::premises::Chronicle;
use annals_load::LoadResult;
use annals_query::chronicle::SolvedChronology;
use annals_query::{Dossier, Query};
use annals_time::Date;

/// Runs a closure on the canvas for some facts.
fn on<T>(loaded: &LoadResult, look: &Look, of: impl FnOnce(&Canvas<'_, '_>) -> T) -> T {
    let selection = Query::default().resolve(&loaded.facts).unwrap();
    let dossier = Dossier::with(loaded, &selection.validity);
    let chronicle = Chronicle::new(&loaded.facts, 1);
    let solved = SolvedChronology::new(&dossier, &chronicle);
    of(&Canvas {
        dossier: &dossier,
        selection: &selection,
        chronology: Some(&solved),
        around: None,
        look,
    })
}

/// Events with these dates, the first named `e0`.
fn events(dates: &[&str]) -> LoadResult {
    let each = dates.iter().enumerate().map(|(nth, date)| {
        format!("{{\"id\": \"e{nth}\", \"label\": \"Event {nth}\", \"when\": \"{date}\"}}")
    });
    let each: Vec<String> = each.collect();
    facts(&format!(
        "{{\"annals\": 1, \"events\": [{}]}}",
        each.join(",")
    ))
}

fn marks(loaded: &LoadResult, look: &Look) -> Vec<(Thing, Mark)> {
    on(loaded, look, |canvas| {
        let sheet = Sheet::new(canvas, &Plan::new(canvas, model::things(canvas)));
        let placed = sheet.placed();
        let marks = placed.filter_map(|one| Some((one.thing, one.mark.clone()?)));
        marks.collect()
    })
}

fn mark_of(loaded: &LoadResult, id: &str) -> Mark {
    let record = loaded.facts.find(id).unwrap();
    let all = marks(loaded, &Look::default());
    all.into_iter()
        .find(|(thing, _)| thing.record == record)
        .unwrap()
        .1
}

#[test]
fn precision_is_width() {
    let loaded = events(&[
        "2023-01-01",
        "2023-03",
        "2023-03-05/2023-03-06",
        "2023-12-31",
    ]);
    let (day, month) = (mark_of(&loaded, "e0"), mark_of(&loaded, "e1"));
    assert!(day.is_day && day.core.is_some() && !month.is_day);
    assert_eq!(month.core, None);
    let two_days = mark_of(&loaded, "e2");
    let ratio = (month.to - month.from) / (two_days.to - two_days.from);
    assert!((ratio - 15.5).abs() < 0.5, "{ratio}");
    assert!(month.from < two_days.from && two_days.to < month.to);
}

#[test]
fn solid_is_certain_and_open_ends_are_arrows() {
    let loaded = events(&[
        "2022-08/2023-05",
        "2022-02-24/..",
        "2022-05/",
        "/2022-03-01",
        "../2022-03-01",
    ]);
    let battle = mark_of(&loaded, "e0");
    let (from, to) = battle.core.unwrap();
    assert!(battle.from < from && from < to && to < battle.to);
    let war = mark_of(&loaded, "e1");
    assert_eq!(war.sides, (Side::Closed, Side::Arrow));
    assert_eq!(war.core, Some((war.from, war.to)));
    assert_eq!(mark_of(&loaded, "e2").sides, (Side::Closed, Side::Fading));
    assert_eq!(mark_of(&loaded, "e3").sides, (Side::Fading, Side::Closed));
    assert_eq!(mark_of(&loaded, "e4").sides, (Side::Arrow, Side::Closed));
}

#[test]
fn what_is_expected_is_dashed_and_what_is_narrowed_is_narrower() {
    let loaded = dossier("kyiv");
    let scene = on(&loaded, &Look::default(), super::scene);
    let dashed = |id: &str| {
        let part = scene.parts.iter().find(|part| part.id == id).unwrap();
        part.shapes.iter().any(|shape| match shape {
            Shape::Area(area) => area
                .stroke
                .is_some_and(|one| one.pattern == crate::scene::Pattern::Dashed),
            _ => false,
        })
    };
    assert!(dashed("event-vilnius-summit") && dashed("event-counteroffensive"));
    assert!(!dashed("event-visit") && !dashed("event-battle-of-bakhmut"));
    // "This month" ends with the report.
    let law = mark_of(&loaded, "mobilisation-law");
    let summit = mark_of(&loaded, "vilnius-summit");
    assert!((law.to - law.from) < 0.75 * (summit.to - summit.from));
    // The battle has no date, and was going on while they met.
    assert!(mark_of(&loaded, "battle-of-bakhmut").core.is_some());
}

#[test]
fn one_picture_has_a_day_and_a_thousand_years() {
    let dates = [
        "-0499",
        "0000",
        "0999",
        "1000/1999",
        "2023-04-20",
        "2023-04-21",
        "2023-04-22",
        "2023-05",
        "Y12000",
    ];
    let loaded = events(&dates);
    let scene = on(&loaded, &Look::default(), super::scene);
    assert_eq!(scene.faults(), [""; 0]);
    assert!(
        scene.summary.contains("the scale is broken at"),
        "{}",
        scene.summary
    );
    let svg = written(&scene, "svg").replace('\u{A0}', " ");
    for words in ["500 BCE", "1 BCE", "999 CE", "12000"] {
        assert!(svg.contains(words), "{words}");
    }
    let (one, other) = (mark_of(&loaded, "e4"), mark_of(&loaded, "e6"));
    assert!(other.at.unwrap() - one.at.unwrap() > 10.0);
}

#[test]
fn sides_are_those_of_the_ties() {
    let look = Look {
        lanes: Lanes::Side,
        ..Look::default()
    };
    let scene = on(&dossier("kyiv"), &look, super::scene);
    let heads = scene
        .parts
        .iter()
        .filter(|part| part.class.starts_with("lane "));
    let heads: Vec<&str> = heads.map(|part| part.id.as_str()).collect();
    for side in [
        "russia",
        "ukraine",
        "nato",
        "united-states",
        "western-diplomats",
    ] {
        assert!(
            heads.contains(&format!("lane-actor-{side}").as_str()),
            "{heads:?}"
        );
    }
    for stands_with in ["zelensky", "putin", "stoltenberg", "kremlin"] {
        assert!(
            !heads.contains(&format!("lane-actor-{stands_with}").as_str()),
            "{heads:?}"
        );
    }
}

#[test]
fn ties_in_a_circle_have_a_head_too() {
    let text = "{\"annals\": 1, \"actors\": [{\"id\": \"a\", \"name\": \"A\", \"kind\": \"person\"}, \
        {\"id\": \"b\", \"name\": \"B\", \"kind\": \"group\"}], \"relations\": [\
        {\"from\": \"a\", \"kind\": \"represents\", \"to\": \"b\", \"when\": \"2020\"}, \
        {\"from\": \"b\", \"kind\": \"represents\", \"to\": \"a\", \"when\": \"2021\"}]}";
    let look = Look {
        lanes: Lanes::Side,
        ..Look::default()
    };
    let lanes = on(&facts(text), &look, |canvas| {
        Plan::new(canvas, model::things(canvas)).lanes.len()
    });
    assert_eq!(lanes, 1);
}

#[test]
fn every_lane_option_and_theme_is_without_a_fault() {
    for name in ["kyiv", "harbour"] {
        let loaded = dossier(name);
        for (lanes, ..) in Lanes::ALL {
            for (theme, width) in [(&LIGHT, 1240.0), (&DARK, 480.0), (&PRINT, 2400.0)] {
                let look = Look {
                    theme,
                    lanes,
                    width: Some(width),
                    ..Look::default()
                };
                let scene = on(&loaded, &look, super::scene);
                assert_eq!(scene.faults(), [""; 0], "{name} {lanes:?} {width}");
            }
        }
    }
}

#[test]
fn pages_have_everything_once() {
    let loaded = dossier("harbour");
    let whole = on(&loaded, &Look::default(), |canvas| {
        model::things(canvas).len()
    });
    let pages = on(&loaded, &Look::default(), |canvas| super::pages(canvas, 40));
    assert_eq!(pages.len(), whole.div_ceil(40));
    let mut ids = Vec::new();
    for (nth, page) in pages.iter().enumerate() {
        assert_eq!(page.faults(), [""; 0]);
        let words = format!("page {} of {}", nth + 1, pages.len());
        assert!(page.summary.starts_with(&words), "{}", page.summary);
        let things = page
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Node(_)) && !part.class.starts_with("lane "));
        ids.extend(things.map(|part| part.id.clone()));
    }
    assert_eq!(ids.len(), whole);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), whole);
}

#[test]
fn the_lanes_with_the_least_are_one() {
    let mut text = String::from("{\"annals\": 1, \"actors\": [");
    let actor =
        |n: usize| format!("{{\"id\": \"a{n}\", \"name\": \"Actor {n}\", \"kind\": \"person\"}}");
    text += &(0..40).map(actor).collect::<Vec<_>>().join(",");
    text += "], \"claims\": [";
    let claim = |n: usize| {
        let who = if n < 40 { n } else { n % 10 };
        format!(
            "{{\"id\": \"c{n}\", \"speaker\": [\"a{who}\"], \"content\": \"Words {n}\", \"said\": \"20{n:02}\"}}"
        )
    };
    text += &(0..90).map(claim).collect::<Vec<_>>().join(",");
    text += "]}";
    let loaded = facts(&text);
    let scene = on(&loaded, &Look::default(), super::scene);
    assert!(
        scene.summary.contains("17 lanes with the least are merged"),
        "{}",
        scene.summary
    );
    assert_eq!(scene.faults(), [""; 0]);
    // Within it, each claim names its speaker.
    let svg = written(&scene, "svg").replace('\u{A0}', " ");
    assert!(
        svg.contains("Actor 39:"),
        "who spoke is named in the lane of many"
    );
}

#[test]
fn words_say_whether_it_was_said_or_reported() {
    let scene = on(&dossier("kyiv"), &Look::default(), |canvas| {
        super::scene(canvas)
    });
    let svg = written(&scene, "svg").replace('\u{A0}', " ");
    for words in [
        "said 20 Apr 2023",
        "undated, not after 20 Apr 2023",
        "published 20 Apr 2023",
        "since 24 Feb 2022, ongoing",
        "reported 20 Apr 2023 in Report on",
        "“The time has come to make the proper decision”",
    ] {
        assert!(svg.contains(words), "{words}");
    }
}

/// Dates of every kind.
fn date() -> impl Strategy<Value = String> {
    let year = || {
        (-1200_i32..2600).prop_map(|year| {
            if year < 0 {
                format!("-{:04}", -year)
            } else {
                format!("{year:04}")
            }
        })
    };
    let day = || {
        (1990_i32..2030, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"))
    };
    prop_oneof![
        year(),
        day(),
        day(),
        (1990_i32..2030, 1_u32..13).prop_map(|(y, m)| format!("{y}-{m:02}")),
        (1990_i32..2000, 2000_i32..2010).prop_map(|(a, b)| format!("{a}/{b}-06")),
        day().prop_map(|day| format!("{day}/..")),
        day().prop_map(|day| format!("../{day}")),
        day().prop_map(|day| format!("{day}/")),
        day().prop_map(|day| format!("/{day}")),
        (190_i32..203).prop_map(|decade| format!("{decade}X")),
        year().prop_map(|year| format!("{year}~")),
        Just("../..".to_owned()),
        Just("Y12000".to_owned()),
        Just("Y-17E7".to_owned()),
        Just("Y170000002".to_owned()),
        Just("[1667,1670..1672]".to_owned()),
        Just("2001-21".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_certain_lies_within_what_may_be_and_order_is_kept(
        dates in prop::collection::vec(date(), 1..30), width in 480_u32..2000
    ) {
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let loaded = events(&dates);
        let look = Look { width: Some(f64::from(width)), ..Look::default() };
        let all = marks(&loaded, &look);
        prop_assert_eq!(all.len(), dates.len());
        for (thing, mark) in &all {
            prop_assert!(mark.from <= mark.to);
            if let Some((from, to)) = mark.core {
                prop_assert!(from <= to && mark.from <= from + 1e-6 && to <= mark.to + 1e-6, "{:?}", mark);
            }
            prop_assert_eq!(mark.kind, Kind::Event);
            prop_assert_eq!(mark.is_day, thing.span.day().is_some());
            prop_assert!(mark.from >= 0.0 && mark.to <= f64::from(width));
        }
        // What ends before another begins is to its left, except for the minimum width of a mark.
        for (one, mark) in &all {
            for (other, beside) in &all {
                if let (End::Day(last), End::Day(first)) = (one.span.last(), other.span.first())
                    && last < first
                {
                    prop_assert!(mark.to <= beside.from + 5.01, "{:?} {:?}", mark, beside);
                }
            }
        }
        let scene = on(&loaded, &look, super::scene);
        prop_assert_eq!(scene.faults(), [""; 0]);
        read_xml(&written(&scene, "svg"));
    }
}

/// The days from the first tick to the last, and the summary, of a window.
fn window(yaml: &LoadResult, from: Option<&str>, until: Option<&str>) -> (Vec<String>, String) {
    let mut query = Query::default();
    query.window.from = from.map(|date| Date::parse(date).unwrap());
    query.window.until = until.map(|date| Date::parse(date).unwrap());
    let selection = query.resolve(&yaml.facts).unwrap();
    let dossier = Dossier::with(yaml, &selection.validity);
    let chronicle = Chronicle::new(&yaml.facts, 1);
    let solved = SolvedChronology::new(&dossier, &chronicle);
    let canvas = Canvas {
        dossier: &dossier,
        selection: &selection,
        chronology: Some(&solved),
        around: None,
        look: &Look::default(),
    };
    let plan = Plan::new(&canvas, model::things(&canvas));
    let scale = Scale::new(&plan.days(), 0.0, 1000.0).of_window(plan.window);
    let words = ticks::ticks(&scale).into_iter();
    let words = words.filter_map(|tick| tick.words);
    let words = words.map(|(_, plain, year)| format!("{plain} {year}").trim().to_owned());
    (words.collect(), page(&canvas, &plan, None).summary)
}

#[test]
fn a_window_that_is_asked_for_is_the_scale() {
    let loaded = facts(
        "{\"annals\": 1, \"actors\": [{\"id\": \"a\", \"name\": \"A\", \"kind\": \"person\"}, {\"id\": \"b\", \"name\": \"B\", \"kind\": \"state\"}], \
         \"events\": [{\"id\": \"long\", \"label\": \"L\", \"when\": \"1890/2021-02\"}, {\"id\": \"day\", \"label\": \"D\", \"when\": \"2021-03-04\"}], \
         \"relations\": [{\"from\": \"a\", \"kind\": \"represents\", \"to\": \"b\", \"when\": \"1950/2021-01\"}, \
         {\"from\": \"a\", \"kind\": \"member_of\", \"to\": \"b\", \"when\": \"1930/..\"}]}",
    );
    let years = |words: &[String]| -> Vec<i32> {
        let last = words.iter().filter_map(|one| one.rsplit(' ').next());
        last.filter_map(|year| year.parse().ok()).collect()
    };
    for (from, until, least, most) in [
        (Some("2021-01"), Some("2021-06"), 2021, 2021),
        (Some("2020"), Some("2022"), 2020, 2022),
        (Some("2000"), None, 2000, 2021),
        (None, Some("2021"), 1890, 2021),
    ] {
        let (words, summary) = window(&loaded, from, until);
        let years = years(&words);
        assert!(!years.is_empty(), "{from:?} {until:?}: {words:?}");
        let within = years.iter().all(|year| (least..=most).contains(year));
        assert!(within, "{from:?} {until:?}: {words:?}");
        let early = ["1950", "1930"].iter().any(|year| summary.contains(year));
        assert!(!early, "{from:?} {until:?}: {summary}");
    }
    // It is the scale even where nothing lies at its ends.
    let (words, _) = window(&loaded, Some("2011"), Some("2031"));
    let years = years(&words);
    assert!(
        years.first() <= Some(&2013) && years.last() >= Some(&2028),
        "{words:?}"
    );
}

#[test]
fn a_birth_does_not_date_what_somebody_said() {
    let born = ["196X/..", "1961/..", "1961-03-04/2020", "19XX/.."];
    for born in born {
        let loaded = facts(&format!(
            "{{\"annals\": 1, \"documents\": [{{\"id\": \"d\", \"title\": \"D\", \"published\": \"2019-05-06\"}}], \
             \"actors\": [{{\"id\": \"a\", \"name\": \"A\", \"kind\": \"person\", \"lifespan\": \"{born}\"}}], \
             \"claims\": [{{\"id\": \"c\", \"speaker\": \"a\", \"content\": \"So.\", \"evidence\": [{{\"document\": \"d\"}}]}}]}}"
        ));
        let claim = loaded.facts.find("c").unwrap();
        on(&loaded, &Look::default(), |canvas| {
            let days = canvas.narrowed(claim).unwrap();
            assert_eq!(days.first, None, "{born}");
            let whole = canvas.chronology.unwrap().narrowed(claim).unwrap();
            assert!(whole.first.is_some(), "{born}: the data keep it");
            let words = words::words(canvas, super::lanes::Key::None, &model::things(canvas)[0]);
            let said = words.node.tooltip.join("; ").replace('\u{a0}', " ");
            assert!(said.contains("not after 6 May 2019"), "{born}: {said}");
            assert!(!said.contains("196"), "{born}: {said}");
        });
    }
}
