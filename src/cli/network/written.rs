//! A network in its forms.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter as _, PrettyFormatter};

use super::super::Failure;
use super::super::output::{Sheet, Target};
use super::super::run_notes;
use super::super::table::Style;
use super::super::terminal::Escapes;
use super::asked::Form;
use super::table;
use annals_export::networks::NetworkFile;
use annals_store::Network;
use annals_store::networks::{Asked, Duplicates, Measure, Normalise, Over, Scale, Sign};
use annals_store::rows::{NetworkEdgeRow, NetworkWindowRow};

/// A network, and the notes of its answer.
pub(super) struct Writer<'n> {
    network: &'n Network,
    notes: &'n [String],
    heaviest: f64,
}

/// Words of the question, as an answer repeats them.
#[derive(Serialize)]
struct Head {
    of: &'static str,
    over: &'static str,
    measure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign: Option<&'static str>,
    normalise: &'static str,
    duplicates: &'static str,
    scale: &'static str,
}

impl Head {
    fn of(network: &Network) -> Head {
        let asked = network.asked();
        let Asked {
            measure,
            normalise,
            duplicates,
            scale,
        } = asked.weighed;
        let (measure, sign) = match measure {
            Measure::Congruence => ("congruence", None),
            Measure::Conflict => ("conflict", None),
            Measure::Subtract => ("subtract", None),
            Measure::Ignore => ("ignore", None),
            Measure::Affiliation(Sign::Net) => ("affiliation", Some("net")),
            Measure::Affiliation(Sign::Any) => ("affiliation", Some("any")),
            Measure::Affiliation(Sign::Kinds) => ("affiliation", Some("kinds")),
        };
        Head {
            of: asked.of.word(),
            over: match asked.over {
                Over::Things => "things",
                Over::Topics => "topics",
                Over::Actors => "actors",
                Over::Events => "events",
            },
            measure,
            sign,
            normalise: match normalise {
                Normalise::No => "no",
                Normalise::Average => "average",
                Normalise::Jaccard => "jaccard",
                Normalise::Cosine => "cosine",
                Normalise::Activity => "activity",
                Normalise::Prominence => "prominence",
            },
            duplicates: match duplicates {
                Duplicates::Keep => "keep",
                Duplicates::Document => "document",
                Duplicates::Week => "week",
                Duplicates::Month => "month",
                Duplicates::Year => "year",
                Duplicates::Range => "range",
                Duplicates::DnaWeek => "dna-week",
                Duplicates::DnaMonth => "dna-month",
            },
            scale: match scale {
                Scale::Two => "two",
                Scale::Three => "three",
            },
        }
    }
}

impl<'n> Writer<'n> {
    pub(super) fn new(network: &'n Network, notes: &'n [String]) -> Self {
        Writer {
            network,
            notes,
            heaviest: 0.0,
        }
    }

    /// Writes it; returns what is to be said of it.
    pub(super) fn write(
        mut self,
        target: &Target,
        form: Form,
        (width, style): (usize, Style),
    ) -> Result<Vec<String>, Failure> {
        match form {
            Form::Table => {
                let (printed, heaviest) = table::network(self.network, width, style);
                self.heaviest = heaviest;
                target.show(Escapes::text(style.colour), |out| {
                    out.write_all(printed.as_bytes())
                })?;
            }
            Form::Json => target.show(Escapes::Json, |out| self.json(out))?,
            Form::Jsonl => target.show(Escapes::Json, |out| self.jsonl(out))?,
            Form::Csv => target.show(Escapes::Text, |out| self.csv(out, b','))?,
            Form::Tsv => target.show(Escapes::Text, |out| self.csv(out, b'\t'))?,
            Form::Md => target.show(Escapes::Text, |out| self.markdown(out))?,
            Form::Matrix | Form::Graphml | Form::Gexf | Form::Dot | Form::Net | Form::Cyjs => {
                return self.whole(target, form);
            }
        }
        Ok(self.said())
    }

    /// What there is to say once all weights are known.
    fn said(&self) -> Vec<String> {
        let normalise = self.network.asked().weighed.normalise;
        let is_divided = !matches!(normalise, Normalise::No);
        let beyond = is_divided && self.heaviest > 1.0;
        let words = "some weights are above 1: they are divided by how much is said, not by how much could be shared (--why A B shows by what)";
        beyond.then(|| words.to_owned()).into_iter().collect()
    }

    fn each(
        &mut self,
        nth: usize,
        made: &(dyn Fn(&NetworkEdgeRow) -> io::Result<Vec<u8>> + Sync),
        take: &mut dyn FnMut(Vec<u8>) -> io::Result<()>,
    ) -> io::Result<NetworkWindowRow> {
        let window = self.network.window(self.network.windows()[nth]);
        let mut heaviest = self.heaviest;
        window.each(&|row| (row.weight[1], made(&row)), &mut |(most, bytes)| {
            heaviest = heaviest.max(most);
            take(bytes?)
        })?;
        self.heaviest = heaviest;
        Ok(window.row())
    }

    fn json(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let head = serde_json::to_string_pretty(&Head::of(self.network))?;
        let head = head.trim_end_matches(['\n', '}']).replace('\n', "\n  ");
        write!(
            out,
            "{{\n  \"schema\": \"annals.network/1\",\n  \"data\": {},\n    \"windows\": [",
            head.trim_end()
        )?;
        for nth in 0..self.network.windows().len() {
            let window = self.network.window(self.network.windows()[nth]).row();
            let words = serde_json::to_string_pretty(&window)?;
            let words = words
                .trim_end_matches(['\n', '}'])
                .trim_end()
                .replace('\n', "\n      ");
            write!(
                out,
                "{}\n      {words},\n        \"edges\": [",
                if nth > 0 { "," } else { "" }
            )?;
            let mut between = "";
            let pretty = |row: &NetworkEdgeRow| {
                let mut bytes = b"\n          ".to_vec();
                let mut indented = PrettyFormatter::new();
                for _ in 0..5 {
                    indented.begin_array(&mut io::sink())?;
                }
                row.serialize(&mut serde_json::Serializer::with_formatter(
                    &mut bytes, indented,
                ))?;
                Ok(bytes)
            };
            self.each(nth, &pretty, &mut |bytes| {
                out.write_all(between.as_bytes())?;
                between = ",";
                out.write_all(&bytes)
            })?;
            let end = if between.is_empty() {
                "]"
            } else {
                "\n        ]"
            };
            write!(out, "{end}\n      }}")?;
        }
        let end = if self.network.windows().is_empty() {
            "]"
        } else {
            "\n    ]"
        };
        let all: Vec<String> = self.notes.iter().cloned().chain(self.said()).collect();
        let warnings = serde_json::to_string_pretty(&all)?.replace('\n', "\n  ");
        writeln!(out, "{end}\n  }},\n  \"warnings\": {warnings}\n}}")
    }

    /// The edges, each with the days of its window.
    fn jsonl(&mut self, out: &mut dyn Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct Line<'r> {
            from: Option<annals_time::Day>,
            until: Option<annals_time::Day>,
            #[serde(flatten)]
            edge: &'r NetworkEdgeRow,
        }
        for nth in 0..self.network.windows().len() {
            let [from, until] = self.days(nth);
            let line = |row: &NetworkEdgeRow| {
                let mut bytes = serde_json::to_vec(&Line {
                    from,
                    until,
                    edge: row,
                })?;
                bytes.push(b'\n');
                Ok(bytes)
            };
            self.each(nth, &line, &mut |bytes| out.write_all(&bytes))?;
        }
        Ok(())
    }

    fn days(&self, nth: usize) -> [Option<annals_time::Day>; 2] {
        let days = self.network.windows()[nth];
        [days.first, days.last].map(annals_time::Day::from_number)
    }

    /// The edges as plain cells, with a heading.
    fn columns(&self) -> [&'static str; 10] {
        let last = if self.network.is_affiliation() {
            "kinds"
        } else {
            "things"
        };
        [
            "from", "until", "a", "a_id", "b", "b_id", "least", "most", "exact", last,
        ]
    }

    fn csv(&mut self, out: &mut dyn Write, delimiter: u8) -> io::Result<()> {
        let line = move |cells: &[String]| {
            let mut writer = csv::WriterBuilder::new()
                .delimiter(delimiter)
                .from_writer(Vec::new());
            writer.write_record(cells).map_err(io::Error::from)?;
            writer
                .into_inner()
                .map_err(|error| io::Error::other(error.to_string()))
        };
        out.write_all(&line(&self.columns().map(str::to_owned))?)?;
        for nth in 0..self.network.windows().len() {
            let days = self.days(nth);
            let row = |row: &NetworkEdgeRow| line(&cells(days, row));
            self.each(nth, &row, &mut |bytes| out.write_all(&bytes))?;
        }
        Ok(())
    }

    fn markdown(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for nth in 0..self.network.windows().len() {
            let days = self.days(nth);
            let window = self.network.window(self.network.windows()[nth]);
            window.each(
                &|row| (row.weight[1], cells(days, &row)),
                &mut |(most, cells)| {
                    self.heaviest = self.heaviest.max(most);
                    rows.push(cells.to_vec());
                    Ok::<(), io::Error>(())
                },
            )?;
        }
        let sheet = Sheet {
            columns: self.columns().to_vec(),
            rows: Box::new(rows.into_iter()),
        };
        sheet.markdown(out)
    }

    /// Forms that need the whole network at once.
    fn whole(mut self, target: &Target, form: Form) -> Result<Vec<String>, Failure> {
        let network = self.network;
        let fields = |node: &annals_store::rows::NetworkNodeRow| network.fields(node.record);
        let file = NetworkFile {
            windows: network.edges(),
            is_affiliation: network.is_affiliation(),
            fields: &fields,
        };
        let one = matches!(form, Form::Matrix | Form::Dot);
        if one && file.windows.len() != 1 {
            return Err(Failure::usage(format!(
                "a {} holds one network, and there are {} windows: leave --window and --every out, or take csv, graphml or gexf",
                if form == Form::Dot {
                    "dot file"
                } else {
                    "matrix"
                },
                file.windows.len()
            )));
        }
        for (_, edges) in &file.windows {
            let most = edges.iter().map(|edge| edge.weight[1]);
            self.heaviest = most.fold(self.heaviest, f64::max);
            run_notes::answered(|| edges);
        }
        match form {
            Form::Cyjs => target.show(Escapes::Json, |out| file.cyjs(out))?,
            _ => target.write(|out| match form {
                Form::Graphml => file.graphml(out),
                Form::Gexf => file.gexf(out),
                Form::Net => file.pajek(out),
                Form::Dot => file.dot(out),
                _ => matrix(&file, out),
            })?,
        }
        let mut said = self.said();
        let mut edges = file.windows.iter().flat_map(|(_, edges)| edges);
        let uncertain = edges.any(|edge| edge.weight[0] < edge.weight[1]);
        let single = matches!(form, Form::Matrix | Form::Net);
        if single && uncertain {
            said.push("some weights are uncertain, and this format has one number for each: the most (csv and json have the least, too)".to_owned());
        }
        Ok(said)
    }
}

/// An edge as plain cells.
fn cells(days: [Option<annals_time::Day>; 2], row: &NetworkEdgeRow) -> [String; 10] {
    let [from, until] = days.map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    let things = row.things.map(|things| things.to_string());
    let kinds = row.kinds.as_ref().map(|kinds| kinds.join(", "));
    [
        from,
        until,
        row.a.name.clone(),
        row.a.id.clone(),
        row.b.name.clone(),
        row.b.id.clone(),
        row.weight[0].to_string(),
        row.weight[1].to_string(),
        row.exact.to_string(),
        things.or(kinds).unwrap_or_default(),
    ]
}

/// The weights as a matrix: what they are at most, 0 where there is no edge.
fn matrix(file: &NetworkFile<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for (window, edges) in &file.windows {
        let (things, actors): (Vec<_>, Vec<_>) = window.nodes.iter().partition(|row| row.is_thing);
        let columns = if file.is_affiliation {
            &things
        } else {
            &actors
        };
        let head = std::iter::once("").chain(columns.iter().map(|row| row.name.as_str()));
        writer.write_record(head).map_err(io::Error::from)?;
        let mut cells: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for edge in edges {
            cells.insert((&edge.a.id, &edge.b.id), edge.weight[1]);
            if !file.is_affiliation {
                cells.insert((&edge.b.id, &edge.a.id), edge.weight[1]);
            }
        }
        for row in &actors {
            let weight = |column: &&annals_store::rows::NetworkNodeRow| {
                let cell = cells.get(&(row.id.as_str(), column.id.as_str()));
                cell.copied().unwrap_or(0.0).to_string()
            };
            let line = std::iter::once(row.name.clone()).chain(columns.iter().map(weight));
            writer.write_record(line).map_err(io::Error::from)?;
        }
    }
    writer.flush()
}
