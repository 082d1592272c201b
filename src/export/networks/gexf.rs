//! A network in GEXF 1.3: with several windows, it goes through time.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{NetworkFile, cells, columns, text};
use crate::xml;
use annals_time::Day;

impl NetworkFile<'_> {
    /// GEXF: nodes and edges exist while their windows last, and edges have the weight of each. Windows
    /// that overlap last from the middle of each to that of the next.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn gexf(&self, out: &mut dyn Write) -> io::Result<()> {
        let (nodes, twice) = (self.nodes(), self.twice());
        let columns = columns(&nodes);
        let kind = if self.is_affiliation {
            "directed"
        } else {
            "undirected"
        };
        let mode = if self.has_windows() {
            "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\""
        } else {
            "mode=\"static\""
        };
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
             <meta><creator>Annals</creator></meta>\n\
             <graph {mode} defaultedgetype=\"{kind}\" idtype=\"string\">\n\
             <attributes class=\"node\" mode=\"static\">\n"
        )?;
        for (name, holds) in [("part", "string"), ("statements", "integer")] {
            writeln!(
                out,
                "<attribute id=\"annals_{name}\" title=\"{name}\" type=\"{holds}\"/>"
            )?;
        }
        for (name, holds) in &columns {
            out.write_all(b"<attribute")?;
            xml::attribute(out, "id", name)?;
            xml::attribute(out, "title", name)?;
            writeln!(out, " type=\"{}\"/>", holds.word())?;
        }
        self.declare_edges(out)?;
        out.write_all(b"<nodes>\n")?;
        let lasting = self.lasting();
        for node in &nodes {
            out.write_all(b"<node")?;
            xml::attribute(
                out,
                "id",
                &Self::node_id(&node.row.id, node.row.is_thing, &twice),
            )?;
            xml::attribute(out, "label", &node.row.name)?;
            out.write_all(b">")?;
            out.write_all(b"<attvalues>")?;
            attvalue(out, "annals_part", node.part(), None)?;
            attvalue(out, "annals_statements", &node.most().to_string(), None)?;
            for (name, _) in &columns {
                if let Some(value) = node.fields.get(name) {
                    attvalue(out, name, &text(value), None)?;
                }
            }
            out.write_all(b"</attvalues>")?;
            self.spells(out, &lasting, node.windows.iter().map(|(nth, _)| *nth))?;
            out.write_all(b"</node>\n")?;
        }
        out.write_all(b"</nodes>\n<edges>\n")?;
        self.edges(out, &lasting)?;
        out.write_all(b"</edges>\n</graph>\n</gexf>\n")
    }

    fn declare_edges(&self, out: &mut dyn Write) -> io::Result<()> {
        let mode = if self.has_windows() {
            "dynamic"
        } else {
            "static"
        };
        writeln!(
            out,
            "</attributes>\n<attributes class=\"edge\" mode=\"{mode}\">"
        )?;
        // Gephi knows the weight of an edge through time by this name.
        let weight: &[(&str, &str)] = if self.has_windows() {
            &[("weight", "double")]
        } else {
            &[]
        };
        let others = [
            ("least", "double"),
            ("most", "double"),
            ("exact", "boolean"),
            ("things", "integer"),
            ("kinds", "string"),
        ];
        for (name, holds) in weight.iter().chain(&others) {
            writeln!(
                out,
                "<attribute id=\"{name}\" title=\"{name}\" type=\"{holds}\"/>"
            )?;
        }
        out.write_all(b"</attributes>\n")
    }

    /// All edges, each once, with its values in each window.
    fn edges(&self, out: &mut dyn Write, lasting: &[[Option<Day>; 2]]) -> io::Result<()> {
        let twice = self.twice();
        let mut all: BTreeMap<[&str; 2], Vec<(usize, usize)>> = BTreeMap::new();
        for (nth, (_, edges)) in self.windows.iter().enumerate() {
            for (at, edge) in edges.iter().enumerate() {
                all.entry([&edge.a.id, &edge.b.id])
                    .or_default()
                    .push((nth, at));
            }
        }
        for (number, places) in all.values().enumerate() {
            let edge = |(nth, at): (usize, usize)| &self.windows[nth].1[at];
            let [source, target] = self.ends(edge(places[0]), &twice);
            write!(out, "<edge id=\"e{number}\"")?;
            xml::attribute(out, "source", &source)?;
            xml::attribute(out, "target", &target)?;
            let most = places
                .iter()
                .map(|place| edge(*place).weight[1])
                .fold(f64::NEG_INFINITY, f64::max);
            writeln!(out, " weight=\"{most}\"><attvalues>")?;
            for place in places {
                let lasts = self.has_windows().then(|| lasting[place.0]);
                for (name, value) in cells(&self.windows[place.0].0, edge(*place)) {
                    let is_own =
                        matches!(name, "from" | "until") || name == "weight" && lasts.is_none();
                    if !is_own {
                        attvalue(out, name, &value, lasts)?;
                    }
                }
            }
            out.write_all(b"</attvalues>")?;
            self.spells(out, lasting, places.iter().map(|(nth, _)| *nth))?;
            out.write_all(b"</edge>\n")?;
        }
        Ok(())
    }

    /// From which day on each window is shown, and until the day before which.
    fn lasting(&self) -> Vec<[Option<Day>; 2]> {
        let days: Vec<[Option<Day>; 2]> = self
            .windows
            .iter()
            .map(|(window, _)| [window.from, window.until])
            .collect();
        let overlap = days.windows(2).any(|pair| pair[0][1] >= pair[1][0]);
        let after = |day: Option<Day>| day.and_then(|day| day.checked_add_days(1));
        if !overlap {
            return days
                .into_iter()
                .map(|[from, until]| [from, after(until)])
                .collect();
        }
        let middle = |[from, until]: &[Option<Day>; 2]| {
            let (from, until) = from.zip(*until)?;
            Day::from_number((i64::from(from.number()) + i64::from(until.number())).div_euclid(2))
        };
        let middles: Vec<Option<Day>> = days.iter().map(middle).collect();
        let next = middles.iter().skip(1).copied().chain([middles
            .last()
            .copied()
            .flatten()
            .and_then(|day| day.checked_add_days(1))]);
        middles
            .iter()
            .copied()
            .zip(next)
            .map(|(from, until)| [from, until])
            .collect()
    }

    fn spells(
        &self,
        out: &mut dyn Write,
        lasting: &[[Option<Day>; 2]],
        windows: impl Iterator<Item = usize>,
    ) -> io::Result<()> {
        if !self.has_windows() {
            return Ok(());
        }
        // Those that follow one another are one.
        let mut spells: Vec<[Option<Day>; 2]> = Vec::new();
        for [from, until] in windows.map(|nth| lasting[nth]) {
            match spells.last_mut() {
                Some(last) if last[1] == from => last[1] = until,
                _ => spells.push([from, until]),
            }
        }
        out.write_all(b"<spells>")?;
        for spell in spells {
            out.write_all(b"<spell")?;
            bounds(out, spell)?;
            out.write_all(b"/>")?;
        }
        out.write_all(b"</spells>")
    }
}

/// The bounds of a spell, as far as Gephi can read them.
fn bounds(out: &mut dyn Write, spell: [Option<Day>; 2]) -> io::Result<()> {
    for (name, day) in ["start", "end"].into_iter().zip(spell) {
        let day = day.filter(|day| (1..=9999).contains(&day.ymd().0));
        if let Some(day) = day {
            write!(out, " {name}=\"{day}\"")?;
        }
    }
    Ok(())
}

fn attvalue(
    out: &mut dyn Write,
    name: &str,
    value: &str,
    lasts: Option<[Option<Day>; 2]>,
) -> io::Result<()> {
    out.write_all(b"<attvalue")?;
    xml::attribute(out, "for", name)?;
    xml::attribute(out, "value", value)?;
    if let Some(lasts) = lasts {
        bounds(out, lasts)?;
    }
    out.write_all(b"/>")
}
