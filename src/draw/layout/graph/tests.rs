//! The graph around a node: all of its edges, without overlap, with their labels.

use crate::geometry::Point;
use crate::scene::Role;
use crate::tests::{dossier, facts, looks, written};
use crate::{Around, Canvas, Look, picture_by_name};
use annals_query::{Dossier, Query};

#[test]
fn the_graph_around_something_has_every_edge_and_its_words() {
    let loaded = dossier("kyiv");
    let selection = Query::default().resolve(&loaded.facts).unwrap();
    let facts = Dossier::new(&loaded);
    let putin = annals_query::look_up(&loaded.facts, "Putin", &[annals_model::RecordKind::Actor]);
    let around = Around {
        centres: putin.unwrap().node().into_iter().collect(),
        hops: 2,
        kinds: annals_query::subgraph::Kinds::default(),
    };
    let graph =
        annals_query::subgraph::subgraph(&facts, &selection, &around.kinds, &around.centres, 2);
    for look in looks() {
        let scene = picture_by_name("graph").unwrap().work.scene(&Canvas {
            dossier: &facts,
            selection: &selection,
            chronology: None,
            around: Some(&around),
            look: &look,
        });
        assert_eq!(scene.faults(), [""; 0], "{:?}", look.width);
        let edges = scene
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Edge { .. }));
        assert_eq!(edges.clone().count(), graph.net.edge_count());
        assert!(edges.clone().all(|part| part.labels().count() == 1));
        assert_eq!(scene.title, "Around Vladimir Putin");
        let svg = written(&scene, "svg");
        assert!(svg.contains("holds office"), "{:?}", look.width);
        let dot = written(&scene, "dot");
        assert!(dot.contains("lp=\""), "the words on edges are in DOT too");
    }
}

#[test]
fn parallel_edges_and_loops_lie_apart() {
    let tie = "{\"from\": \"a\", \"kind\": \"member_of\", \"to\": \"b\", \"when\": \"2001\"}";
    let loops = "{\"from\": \"a\", \"kind\": \"related_to\", \"to\": \"a\"}";
    let back = "{\"from\": \"b\", \"kind\": \"leads\", \"to\": \"a\"}";
    let loaded = facts(&format!(
        "{{\"annals\": 1, \"actors\": [{{\"id\": \"a\", \"name\": \"A\", \"kind\": \"person\"}}, \
         {{\"id\": \"b\", \"name\": \"B\", \"kind\": \"group\"}}], \"relations\": [{tie}, {tie}, {tie}, {loops}, {loops}, {back}]}}"
    ));
    let selection = Query::default().resolve(&loaded.facts).unwrap();
    let dossier = Dossier::new(&loaded);
    let a = annals_query::look_up(&loaded.facts, "a", &[annals_model::RecordKind::Actor]);
    let around = Around {
        centres: a.unwrap().node().into_iter().collect(),
        hops: 1,
        kinds: annals_query::subgraph::Kinds::default(),
    };
    for width in [None, Some(900.0), Some(2000.0)] {
        let look = Look {
            width,
            ..Look::default()
        };
        let scene = picture_by_name("graph").unwrap().work.scene(&Canvas {
            dossier: &dossier,
            selection: &selection,
            chronology: None,
            around: Some(&around),
            look: &look,
        });
        assert_eq!(scene.faults(), [""; 0]);
        let lines: Vec<_> = scene
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Edge { .. }))
            .collect();
        assert_eq!(lines.len(), 6);
        for (nth, one) in lines.iter().enumerate() {
            for other in &lines[nth + 1..] {
                let (one, other) = (one.lines().next().unwrap(), other.lines().next().unwrap());
                let (one, other) = (one.path.points(), other.path.points());
                let far = one.iter().flat_map(|a| {
                    let away = |b: &Point| (a.x - b.x).hypot(a.y - b.y);
                    other.iter().map(away)
                });
                assert!(
                    far.fold(f64::INFINITY, f64::min) > 3.0,
                    "two lines meet at {width:?}"
                );
            }
        }
    }
}

/// Claims of a few speakers among as many others as requested.
fn of_few(claims: usize) -> annals_load::LoadResult {
    let mut text = String::from("{\"annals\": 1, \"actors\": [");
    for n in 0..400 {
        text.push_str(&format!(
            "{{\"id\": \"a{n}\", \"name\": \"A {n}\", \"kind\": \"person\"}},"
        ));
    }
    text.pop();
    text.push_str("], \"claims\": [");
    for n in 0..claims {
        let about = if n % 50 == 0 { n % 7 } else { 7 + n % 393 };
        text.push_str(&format!(
            "{{\"id\": \"c{n}\", \"speaker\": [\"a{}\"], \"about\": [\"a{about}\"], \"content\": \"x\"}},",
            n % 5
        ));
    }
    text.pop();
    text.push_str("]}");
    facts(&text)
}

#[test]
fn of_too_much_what_is_tied_is_shown() {
    // The second is more than is built into a graph.
    for claims in [3_000, 20_100] {
        let loaded = of_few(claims);
        let scene =
            crate::tests::drawn(picture_by_name("graph").unwrap(), &loaded, &Look::default());
        let count = |is: fn(&Role) -> bool| scene.parts.iter().filter(|one| is(&one.role)).count();
        let nodes = count(|role| matches!(role, Role::Node(_)));
        let edges = count(|role| matches!(role, Role::Edge { .. }));
        assert!((100..=150).contains(&nodes), "{nodes}");
        assert!(
            (nodes..=500).contains(&edges),
            "{nodes} nodes, {edges} edges"
        );
        let left_out = |all: usize, shown: usize, what: &str| {
            let count = annals_format::grouped(all - shown);
            let words = format!("{count} {what}");
            assert!(scene.summary.contains(&words), "{words}: {}", scene.summary);
        };
        left_out(claims + 400, nodes, "nodes and ");
        left_out(2 * claims, edges, "edges are left out");
        assert!(scene.faults().is_empty());
    }
}
