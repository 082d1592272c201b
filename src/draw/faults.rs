//! Looking a scene over: what a layout owes and has not given.

use std::collections::BTreeSet;

use super::geometry::{Point, Rect};
use super::scene::{Label, Part, Role, Scene};

impl Scene {
    /// Everything that is wrong with it, in words: text outside of its room, on another text or out
    /// of the picture, nodes upon each other, lines through nodes and through text, ids that occur
    /// twice or lead nowhere. A good scene has none.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        self.faults_of_ids(&mut faults);
        self.faults_of_text(&mut faults);
        self.faults_of_nodes(&mut faults);
        self.faults_of_lines(&mut faults);
        faults
    }

    fn whole(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width, self.height)
    }

    fn nodes(&self) -> impl Iterator<Item = (&Part, Rect)> {
        self.parts.iter().filter_map(|part| match part.role {
            Role::Node(bounds) => Some((part, bounds)),
            _ => None,
        })
    }

    fn faults_of_ids(&self, faults: &mut Vec<String>) {
        let mut seen = BTreeSet::new();
        for part in &self.parts {
            if part.id.is_empty() || part.id.chars().any(char::is_whitespace) {
                faults.push(format!("the id {:?} is none", part.id));
            }
            if !seen.insert(&part.id) {
                faults.push(format!("the id {} occurs twice", part.id));
            }
        }
        let nodes: BTreeSet<&str> = self.nodes().map(|(part, _)| part.id.as_str()).collect();
        for part in &self.parts {
            if let Role::Edge { from, to } = &part.role {
                for end in [from, to]
                    .into_iter()
                    .filter(|end| !nodes.contains(end.as_str()))
                {
                    faults.push(format!("{} ends at {end}, which is no node", part.id));
                }
            }
        }
    }

    fn faults_of_text(&self, faults: &mut Vec<String>) {
        let mut labels: Vec<(&Part, &Label)> = (self.parts.iter())
            .flat_map(|part| part.labels().map(move |label| (part, label)))
            .collect();
        for (part, label) in &labels {
            let text = label.line.text();
            let bounds = label.bounds();
            if !label.room.contains(bounds) {
                faults.push(format!("{}: “{text}” leaves its room", part.id));
            }
            let within = match part.role {
                Role::Node(node) => node,
                _ => self.whole(),
            };
            if !within.contains(label.room) {
                faults.push(format!(
                    "{}: the room of “{text}” is out of its box",
                    part.id
                ));
            }
        }
        // From top to bottom, so that each is held only against those that can reach it.
        labels.sort_by(|a, b| a.1.bounds().y.total_cmp(&b.1.bounds().y));
        for (nth, (part, label)) in labels.iter().enumerate() {
            let bounds = label.bounds();
            let below = labels[nth + 1..].iter();
            for (other, beside) in below.take_while(|(_, one)| one.bounds().y < bounds.bottom()) {
                if bounds.overlaps(beside.bounds()) {
                    faults.push(format!(
                        "{}: “{}” lies on “{}” of {}",
                        part.id,
                        label.line.text(),
                        beside.line.text(),
                        other.id
                    ));
                }
            }
        }
    }

    fn faults_of_nodes(&self, faults: &mut Vec<String>) {
        let nodes: Vec<(&Part, Rect)> = self.nodes().collect();
        for (nth, (part, bounds)) in nodes.iter().enumerate() {
            if !self.whole().contains(*bounds) {
                faults.push(format!("{} is out of the picture", part.id));
            }
            for (other, beside) in &nodes[nth + 1..] {
                if bounds.overlaps(*beside) {
                    faults.push(format!("{} lies on {}", part.id, other.id));
                }
            }
        }
    }

    fn faults_of_lines(&self, faults: &mut Vec<String>) {
        // The sides of a box may be touched, by less than a unit.
        let inner = |bounds: Rect| bounds.inset(1.0, 1.0);
        let nodes: Vec<(&Part, Rect)> = self
            .nodes()
            .map(|(part, bounds)| (part, inner(bounds)))
            .collect();
        let words: Vec<(&Part, Rect)> = (self.parts.iter())
            .flat_map(|part| {
                part.labels()
                    .map(move |label| (part, inner(label.bounds())))
            })
            .collect();
        let edges = self
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Edge { .. }));
        for edge in edges {
            // From left to right, so that a box is held only against those above and below it.
            let mut points: Vec<Point> = edge.lines().flat_map(|line| line.path.points()).collect();
            points.sort_by(|a, b| a.x.total_cmp(&b.x));
            let through = |bounds: &Rect| {
                let from = points.partition_point(|point| point.x <= bounds.x);
                let beside = points[from..].iter();
                beside
                    .take_while(|point| point.x < bounds.right())
                    .any(|point| bounds.has(*point))
            };
            for (node, _) in nodes.iter().filter(|(_, bounds)| through(bounds)) {
                faults.push(format!("{} runs through {}", edge.id, node.id));
            }
            let foreign = words.iter().filter(|(part, _)| part.id != edge.id);
            for (part, _) in foreign.filter(|(_, bounds)| through(bounds)) {
                faults.push(format!("{} runs through words of {}", edge.id, part.id));
            }
        }
    }
}
