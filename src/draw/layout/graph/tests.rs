//! The graph around something: all of its edges, apart from each other, with their words.

use crate::draw::geometry::Point;
use crate::draw::scene::Role;
use crate::draw::tests::{dossier, facts, looks, written};
use crate::draw::{Around, Canvas, Look, picture_by_name};
use crate::query::{Asked, Dossier};

#[test]
fn the_graph_around_something_has_every_edge_and_its_words() {
    let loaded = dossier("kyiv");
    let selection = Asked::default().resolve(&loaded.facts).unwrap();
    let facts = Dossier::new(&loaded);
    let putin = crate::query::look_up(&loaded.facts, "Putin", &[crate::model::RecordKind::Actor]);
    let around = Around {
        centres: putin.unwrap().node().into_iter().collect(),
        hops: 2,
        kinds: crate::query::part::Kinds::default(),
    };
    let graph = crate::query::part::subgraph(&facts, &selection, &around.kinds, &around.centres, 2);
    for look in looks() {
        let scene = picture_by_name("graph").unwrap().scene(&Canvas {
            dossier: &facts,
            selection: &selection,
            told: None,
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
    let selection = Asked::default().resolve(&loaded.facts).unwrap();
    let dossier = Dossier::new(&loaded);
    let a = crate::query::look_up(&loaded.facts, "a", &[crate::model::RecordKind::Actor]);
    let around = Around {
        centres: a.unwrap().node().into_iter().collect(),
        hops: 1,
        kinds: crate::query::part::Kinds::default(),
    };
    for width in [None, Some(900.0), Some(2000.0)] {
        let look = Look {
            width,
            ..Look::default()
        };
        let scene = picture_by_name("graph").unwrap().scene(&Canvas {
            dossier: &dossier,
            selection: &selection,
            told: None,
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
