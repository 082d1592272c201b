//! Pictures of networks: no label on another, no node on another or under a sign; the same bytes each time.

use super::{NetworkLinks, NetworkPicture, Signs, network};
use crate::scene::{Role, Scene, Shape};
use crate::tests::{facts, looks, written};
use annals_model::NodeRef;
use annals_query::Ref;
use annals_query::network::{EdgeRow, NodeRow, WindowRow};
use annals_time::Day;

/// A generator of random numbers: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }
}

const NAMES: [&str; 8] = [
    "Ada",
    "The Ministry of Roads, Bridges and Inland Navigation",
    "Київська міська рада",
    "x",
    "",
    "漢字委員会",
    "Dr. Maximilian-Friedrich Oberhuber-Schwarzenbach von der Au",
    "City Council",
];
const KINDS: [&str; 5] = ["person", "organization", "state", "group", "media"];

type Windows = Vec<(WindowRow, Vec<EdgeRow>)>;

fn windows(random: &mut Random, count: usize, nodes: usize, ties: usize, signed: bool) -> Windows {
    let day = |number: i64| Day::from_number(18_000 + number);
    // Nothing is drawn of the record itself.
    let loaded = facts("{\"annals\": 1, \"actors\": [{\"id\": \"a\", \"name\": \"A\"}]}");
    let record = NodeRef::from(loaded.facts.actors.handles().next().unwrap());
    let each = (0..count).map(|nth| {
        let rows = (0..nodes).map(|node| NodeRow {
            id: format!("n{node:03}"),
            name: NAMES[random.below(NAMES.len())].to_owned(),
            kind: KINDS[random.below(KINDS.len())].to_owned(),
            statements: [1, 2],
            record,
            is_thing: false,
        });
        let rows: Vec<NodeRow> = rows.collect();
        let end = |node: usize| Ref {
            id: rows[node].id.clone(),
            name: rows[node].name.clone(),
        };
        let mut edges = Vec::new();
        for one in 0..nodes {
            for other in one + 1..nodes {
                if random.below(nodes * nodes / 2 + 1) >= ties {
                    continue;
                }
                let least = random.below(10) as f64 / 10.0 - if signed { 0.5 } else { 0.0 };
                edges.push(EdgeRow {
                    a: end(one),
                    b: end(other),
                    weight: [least, least + random.below(3) as f64 / 5.0],
                    exact: true,
                    things: Some(1),
                    kinds: None,
                });
            }
        }
        let row = WindowRow {
            from: day(nth as i64 * 30),
            until: day(nth as i64 * 30 + 29),
            statements: [1, 2],
            nodes: rows,
        };
        (row, edges)
    });
    each.collect()
}

/// What is wrong with a picture; ties may pass behind nodes that are not their ends.
fn faults(scene: &Scene) -> Vec<String> {
    let faults = scene.faults().into_iter();
    faults
        .filter(|fault| !fault.contains(" runs through "))
        .collect()
}

/// Signs that lie on a node or on each other.
fn covered(scene: &Scene) -> usize {
    let signs = scene
        .parts
        .iter()
        .filter(|part| part.class.contains("sign"));
    let rects: Vec<_> = signs
        .filter_map(|part| {
            part.shapes.iter().find_map(|shape| match shape {
                Shape::Area(area) => Some(area.rect),
                _ => None,
            })
        })
        .collect();
    let nodes = scene.parts.iter().filter_map(|part| match part.role {
        Role::Node(bounds) => Some(bounds),
        _ => None,
    });
    let on_nodes = nodes
        .map(|node| rects.iter().filter(|sign| sign.overlaps(node)).count())
        .sum::<usize>();
    let on_signs = (0..rects.len())
        .map(|nth| {
            rects[nth + 1..]
                .iter()
                .filter(|other| rects[nth].overlaps(**other))
                .count()
        })
        .sum::<usize>();
    on_nodes + on_signs
}

#[test]
fn nothing_lies_on_anything_else() {
    let mut random = Random(0x9E6C_63D0_676A_9A99);
    let many = std::env::var_os("ANNALS_THOROUGH").is_some();
    for trial in 0..if many { 120 } else { 6 } {
        let panels = [1, 1, 3, 14][trial % 4];
        let nodes = [2, 9, 24, 60][random.below(4)];
        let signed = trial % 2 == 1;
        let windows = windows(&mut random, panels, nodes, 2 * nodes, signed);
        for look in looks() {
            let picture = NetworkPicture {
                windows: &windows,
                is_affiliation: false,
                signs: if signed { Signs::Both } else { Signs::None },
                shows: "Who says the same".to_owned(),
                look: &look,
                only: None,
                panels_on_page: (trial % 4 == 3).then_some(4),
                links: NetworkLinks::default(),
            };
            let scenes = network(&picture);
            assert_eq!(scenes.len(), if panels > 12 { 4 } else { 1 });
            for scene in &scenes {
                assert_eq!(
                    faults(scene),
                    [""; 0],
                    "{panels} of {nodes}, {:?}",
                    look.width
                );
                assert_eq!(covered(scene), 0, "{panels} of {nodes}, {:?}", look.width);
            }
            let again = network(&picture);
            assert_eq!(written(&scenes[0], "svg"), written(&again[0], "svg"));
        }
    }
}

#[test]
fn nodes_lie_at_the_same_place_in_every_window() {
    let mut random = Random(3);
    let windows = windows(&mut random, 4, 12, 20, false);
    let look = &looks()[0];
    let of_edge = |window: &WindowRow, edge: &EdgeRow| {
        format!(
            "why?{}&{}&{}",
            edge.a.id,
            edge.b.id,
            window.from.map_or(0, Day::number)
        )
    };
    let of_node = |row: &NodeRow| format!("#{}", row.id);
    let scenes = network(&NetworkPicture {
        windows: &windows,
        is_affiliation: false,
        signs: Signs::None,
        shows: String::new(),
        look,
        only: None,
        panels_on_page: Some(1),
        links: NetworkLinks {
            node: Some(&of_node),
            edge: Some(&of_edge),
        },
    });
    assert_eq!(scenes.len(), 4);
    let places = |scene: &Scene| -> Vec<_> {
        let nodes = scene.parts.iter().filter_map(|part| match part.role {
            Role::Node(bounds) => Some((bounds, part.link.clone())),
            _ => None,
        });
        nodes.collect()
    };
    let first = places(&scenes[0]);
    assert_eq!(first.len(), 12);
    assert_eq!(first[0].1.as_deref(), Some("#n000"));
    for (scene, (_, edges)) in scenes.iter().zip(&windows) {
        assert_eq!(places(scene), first);
        let ties = scene
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Edge { .. }));
        assert_eq!(ties.clone().count(), edges.len());
        assert!(ties.into_iter().all(|part| {
            part.link
                .as_ref()
                .is_some_and(|link| link.starts_with("why?n0"))
        }));
    }
}
