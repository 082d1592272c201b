//! The picture of a network.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use super::Network;
use crate::answers::Answer;
use crate::{Store, StoreError};
use annals_draw::scene::Scene;
use annals_draw::{MOST_NETWORK_NODES, Signs};
use annals_query::Query;
use annals_query::network::{self, EdgeRow, Filter, Measure, NetworkAsked, NodesOf, WindowRow};

/// Of more ties than this only those are held that the picture shows.
const HELD: usize = 100_000;

/// A picture of a network.
#[derive(Debug, Clone)]
pub struct NetworkLook {
    /// The style of the picture.
    pub look: annals_draw::Look,
    /// The number of windows on a page, if it is cut into pages.
    pub windows_on_page: Option<usize>,
    /// Where ties lead: an address in which `{a}` and `{b}` stand for the ids of their ends, `{from}` and
    /// `{until}` for the first and last day of the window, which are empty where it has none.
    pub edge_link: Option<String>,
}

/// The address of a tie.
fn edge_link(pattern: &str, window: &WindowRow, edge: &EdgeRow) -> String {
    let day = |day: Option<annals_time::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let fields = [
        ("{a}", edge.a.id.clone()),
        ("{b}", edge.b.id.clone()),
        ("{from}", day(window.from)),
        ("{until}", day(window.until)),
    ];
    // What is filled in has no braces.
    fields
        .iter()
        .fold(pattern.to_owned(), |address, (field, value)| {
            address.replace(field, &annals_draw::in_address(value))
        })
}

impl Network {
    /// Draws it: one scene, with a panel for each window, or one for each page.
    pub fn drawn(&self, look: &NetworkLook) -> Vec<Scene> {
        // Where nodes lie and how wide ties are is the same in all windows.
        let windows = self.held();
        let asked = self.asked();
        let (signs, shows) = signs(asked.weighed.measure);
        let dossier = self.data.dossier(&self.validity);
        let of_node = |row: &network::NodeRow| {
            let pattern = look.look.link.as_ref();
            pattern.map_or_else(String::new, |link| link.of(&dossier, row.record.into()))
        };
        let of_edge = |window: &WindowRow, edge: &EdgeRow| {
            let pattern = look.edge_link.as_deref().unwrap_or_default();
            edge_link(pattern, window, edge)
        };
        let links = annals_draw::NetworkLinks {
            node: look.look.link.is_some().then_some(&of_node as _),
            edge: look.edge_link.is_some().then_some(&of_edge as _),
        };
        annals_draw::network(&annals_draw::NetworkPicture {
            windows: &windows,
            is_affiliation: self.is_affiliation(),
            signs,
            shows: match asked.of {
                NodesOf::Actors => shows.to_owned(),
                NodesOf::Things => "What the same actors say the same of".to_owned(),
            },
            look: &look.look,
            only: asked.nth.map(|nth| nth - 1),
            panels_on_page: look.windows_on_page,
            links,
        })
    }

    /// The ties of all windows; of too many, those of the nodes with the heaviest, which are all that a
    /// picture shows.
    fn held(&self) -> Vec<(WindowRow, Vec<EdgeRow>)> {
        let mut sums: [HashMap<String, f64>; 2] = Default::default();
        let is_affiliation = self.is_affiliation();
        let mut held = Vec::new();
        let mut count = 0;
        for days in self.all_windows() {
            let window = self.window(*days);
            let mut edges = Vec::new();
            let Ok::<(), Infallible>(()) = window.each(&|row| row, &mut |row: EdgeRow| {
                let weight = row.weight[0].abs().max(row.weight[1].abs());
                for (is_thing, id) in [(false, &row.a.id), (is_affiliation, &row.b.id)] {
                    let sums = &mut sums[usize::from(is_thing)];
                    match sums.get_mut(id) {
                        Some(sum) => *sum += weight,
                        None => {
                            sums.insert(id.clone(), weight);
                        }
                    }
                }
                count += 1;
                if count <= HELD {
                    edges.push(row);
                }
                Ok(())
            });
            held.push((window.row(), edges));
        }
        if count <= HELD {
            return held;
        }
        let all = sums.into_iter().zip([false, true]);
        let mut heaviest: Vec<(bool, String, f64)> = all
            .flat_map(|(sums, is_thing)| sums.into_iter().map(move |(id, sum)| (is_thing, id, sum)))
            .collect();
        heaviest.sort_by(|(a_thing, a, one), (b_thing, b, other)| {
            (other.total_cmp(one)).then_with(|| (a_thing, a).cmp(&(b_thing, b)))
        });
        heaviest.truncate(MOST_NETWORK_NODES);
        let mut shown: [HashSet<String>; 2] = Default::default();
        for (is_thing, id, _) in heaviest {
            shown[usize::from(is_thing)].insert(id);
        }
        let is_shown = |is_thing: bool, id: &str| shown[usize::from(is_thing)].contains(id);
        for (days, (_, edges)) in self.all_windows().iter().zip(&mut held) {
            edges.clear();
            let of_shown = |row: EdgeRow| {
                let is = is_shown(false, &row.a.id) && is_shown(is_affiliation, &row.b.id);
                is.then_some(row)
            };
            let Ok::<(), Infallible>(()) = self.window(*days).each(&of_shown, &mut |row| {
                edges.extend(row);
                Ok(())
            });
        }
        held
    }
}

/// What the sign of a weight means, and what the picture shows.
fn signs(measure: Measure) -> (Signs, &'static str) {
    match measure {
        Measure::Congruence => (Signs::None, "Who says the same"),
        Measure::Ignore => (Signs::None, "Who speaks of the same things"),
        Measure::Conflict => (Signs::Against, "Who says the opposite"),
        Measure::Subtract => (Signs::Both, "Who agrees and who disagrees"),
        Measure::Affiliation(network::Sign::Net) => (Signs::Both, "Who is for and against what"),
        Measure::Affiliation(network::Sign::Any) => (Signs::None, "Who speaks of what"),
        Measure::Affiliation(network::Sign::Kinds) => (Signs::Kinds, "Who is for and against what"),
    }
}

impl Store {
    /// Draws a network: one scene, with a panel for each window, or one for each page.
    ///
    /// # Errors
    /// As [`Store::network`] says.
    pub fn draw_network(
        &self,
        query: &Query,
        asked: &NetworkAsked,
        filter: Filter,
        look: &NetworkLook,
    ) -> Result<Answer<Vec<Scene>>, StoreError> {
        let answer = self.network(query, asked, filter)?;
        Ok(Answer {
            data: answer.data.drawn(look),
            notes: answer.notes,
            files: answer.files,
        })
    }
}
