//! `network`: who agrees with whom. Nodes lie close to those with whom they are tied; positions are the
//! same in the panels of all windows.

#![allow(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "counts are small, and ends of a weight are compared where they are the same number"
)]

mod legend;
mod panel;
mod stress;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::counted;
use super::frame::{Frame, title};
use crate::Look;
use crate::scene::{Form, Scene};
use annals_query::network::{EdgeRow, NodeRow, WindowRow};
use legend::legend;
use panel::{Panel, Placed};

/// The most nodes of a picture.
pub const MOST_NETWORK_NODES: usize = 150;
/// The most panels of a picture.
pub const MOST_PANELS: usize = 12;
/// The width of the widest line, in units.
const WIDEST: f64 = 9.0;

/// What the sign of a weight means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// Every tie is one of agreement, or only of attention.
    None,
    /// Every tie is one of conflict.
    Against,
    /// What is above 0 is for, what is below against.
    Both,
    /// What an actor is of a thing: for, against, both.
    Kinds,
}

/// Gives a node an address.
pub type NodeLink<'p> = dyn Fn(&NodeRow) -> String + 'p;
/// Gives a tie of a window an address.
pub type EdgeLink<'p> = dyn Fn(&WindowRow, &EdgeRow) -> String + 'p;

/// Where nodes and ties lead.
#[derive(Clone, Copy, Default)]
pub struct NetworkLinks<'p> {
    /// Where a node does.
    pub node: Option<&'p NodeLink<'p>>,
    /// Where a tie of a window does.
    pub edge: Option<&'p EdgeLink<'p>>,
}

impl std::fmt::Debug for NetworkLinks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkLinks")
            .field("node", &self.node.is_some())
            .field("edge", &self.edge.is_some())
            .finish()
    }
}

/// A network to be drawn.
#[derive(Debug)]
pub struct NetworkPicture<'p> {
    /// Its windows, a panel each.
    pub windows: &'p [(WindowRow, Vec<EdgeRow>)],
    /// Whether edges lead from actors to things.
    pub is_affiliation: bool,
    /// What signs mean.
    pub signs: Signs,
    /// What it shows, for its title: "Congruence of actors".
    pub shows: String,
    /// How it is to look.
    pub look: &'p Look,
    /// How many panels there are on a page, if it is cut into pages.
    pub panels_on_page: Option<usize>,
    /// Which window alone is drawn; the others say where its nodes lie and how wide its ties are.
    pub only: Option<usize>,
    /// Where its parts lead.
    pub links: NetworkLinks<'p>,
}

/// A node: whether it is a thing, and its id.
type Key<'p> = (bool, &'p str);

/// Lays a network out: one scene, or one for each page.
pub fn network(picture: &NetworkPicture<'_>) -> Vec<Scene> {
    let (nodes, left_out) = chosen(picture);
    let links = links(picture, &nodes);
    let sizes: Vec<(f64, f64)> = nodes.iter().map(|node| panel::size(node.1)).collect();
    let places = stress::places(&sizes, &links);
    let placed: Vec<Placed<'_>> = nodes
        .iter()
        .zip(places)
        .zip(&sizes)
        .map(|(((key, row), at), size)| Placed {
            key: *key,
            row,
            at,
            size: *size,
        })
        .collect();
    let on_page = picture
        .panels_on_page
        .unwrap_or(MOST_PANELS)
        .clamp(1, MOST_PANELS);
    let only = picture.only.and_then(|nth| picture.windows.get(nth..=nth));
    let drawn = only.unwrap_or(picture.windows);
    let mut pages: Vec<&[(WindowRow, Vec<EdgeRow>)]> = drawn.chunks(on_page).collect();
    let mut more = 0;
    if picture.panels_on_page.is_none() {
        more = drawn.len().saturating_sub(on_page);
        pages.truncate(1);
    }
    if pages.is_empty() {
        pages.push(&[]);
    }
    let notes = not_shown(left_out, more);
    let page =
        |windows: &&[(WindowRow, Vec<EdgeRow>)]| page(picture, &placed, windows, notes.as_ref());
    pages.iter().map(page).collect()
}

/// The nodes that are shown, by id: of too many, those with the heaviest ties.
fn chosen<'p>(picture: &'p NetworkPicture<'_>) -> (Vec<(Key<'p>, &'p NodeRow)>, usize) {
    let mut all: BTreeMap<Key<'p>, (&'p NodeRow, f64)> = BTreeMap::new();
    for (window, edges) in picture.windows {
        for row in &window.nodes {
            all.entry((row.is_thing, row.id.as_str()))
                .or_insert((row, 0.0));
        }
        for edge in edges {
            let weight = edge.weight[0].abs().max(edge.weight[1].abs());
            for key in ends(picture, edge) {
                if let Some((_, sum)) = all.get_mut(&key) {
                    *sum += weight;
                }
            }
        }
    }
    let mut by_weight: Vec<_> = all.into_iter().collect();
    by_weight.sort_by(|(one, (_, a)), (other, (_, b))| b.total_cmp(a).then(one.cmp(other)));
    let left_out = by_weight.len().saturating_sub(MOST_NETWORK_NODES);
    by_weight.truncate(MOST_NETWORK_NODES);
    let mut nodes: Vec<_> = by_weight
        .into_iter()
        .map(|(key, (row, _))| (key, row))
        .collect();
    nodes.sort_by_key(|(key, _)| *key);
    (nodes, left_out)
}

fn ends<'p>(picture: &NetworkPicture<'_>, edge: &'p EdgeRow) -> [Key<'p>; 2] {
    [(false, &edge.a.id), (picture.is_affiliation, &edge.b.id)]
}

/// Which nodes are tied, in some window, by their numbers.
fn links(picture: &NetworkPicture<'_>, nodes: &[(Key<'_>, &NodeRow)]) -> Vec<(usize, usize)> {
    let number = |key: Key<'_>| nodes.binary_search_by_key(&key, |(key, _)| *key).ok();
    let edges = picture.windows.iter().flat_map(|(_, edges)| edges);
    let mut links: Vec<(usize, usize)> = edges
        .filter_map(|edge| {
            let [a, b] = ends(picture, edge);
            number(a).zip(number(b))
        })
        .collect();
    links.sort_unstable();
    links.dedup();
    links
}

fn not_shown(nodes: usize, windows: usize) -> Option<String> {
    let mut words = Vec::new();
    if nodes > 0 {
        words.push(format!("the picture shows the nodes with the heaviest ties; {} left out: select with --above, --top, --at-least", counted(nodes, "node is", "nodes are")));
    }
    if windows > 0 {
        words.push(format!(
            "{} left out: --pages draws all",
            counted(windows, "window is", "windows are")
        ));
    }
    (!words.is_empty()).then(|| words.join("; "))
}

fn page(
    picture: &NetworkPicture<'_>,
    placed: &[Placed<'_>],
    windows: &[(WindowRow, Vec<EdgeRow>)],
    left_out: Option<&String>,
) -> Scene {
    let theme = picture.look.theme;
    let margin = 28.0;
    let columns = match windows.len() {
        0..=1 => 1,
        2..=4 => 2,
        _ => 3,
    };
    let natural = panel::natural_width(placed, columns);
    let width = picture
        .look
        .width
        .unwrap_or(natural + 2.0 * margin)
        .max(480.0);
    let all = picture.windows.iter().flat_map(|(_, edges)| edges);
    let weights = all.flat_map(|edge| edge.weight).map(f64::abs);
    let heaviest = weights.fold(0.0, f64::max);
    let edges: usize = windows.iter().map(|(_, edges)| edges.len()).sum();
    let shown = windows.iter().flat_map(|(_, edges)| edges);
    let frame = Frame {
        picture: "network",
        title: title(picture.look.title.as_ref(), &picture.shows),
        summary: format!(
            "{}, {}{}",
            counted(placed.len(), "node", "nodes"),
            counted(edges, "tie", "ties"),
            left_out
                .map(|words| format!("; {words}"))
                .unwrap_or_default()
        ),
        left_out: left_out.cloned(),
        margin,
        width,
        gaps: (18.0, 18.0),
        legend: legend(theme, picture, placed, shown),
        columns: Vec::new(),
    };
    frame.around(theme, |top, parts| {
        let mut bottom = top;
        let room = width - 2.0 * margin;
        for (row, of_row) in windows.chunks(columns).enumerate() {
            let (begin, gap) = (bottom, 24.0);
            let wide = (room - gap * (columns as f64 - 1.0)) / columns as f64;
            for (nth, (window, edges)) in of_row.iter().enumerate() {
                let panel = Panel {
                    picture,
                    number: row * columns + nth,
                    window,
                    edges,
                    placed,
                    heaviest,
                    left: margin + nth as f64 * (wide + gap),
                    top: begin,
                    width: wide,
                    has_heading: picture.windows.len() > 1,
                };
                bottom = bottom.max(panel.draw(parts) + gap);
            }
        }
        bottom
    })
}

/// The form of a kind of node.
fn form(row: &NodeRow) -> Form {
    match row.kind.as_str() {
        _ if row.is_thing => Form::Rounded(3.0),
        "person" => Form::Rounded(9.0),
        "organization" => Form::Square,
        "state" => Form::Folded,
        "group" => Form::Pointed(7.0, 7.0),
        "topic" | "event" | "place" | "document" | "claim" => Form::Rounded(3.0),
        _ => Form::Pointed(0.0, 7.0),
    }
}
