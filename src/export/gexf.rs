//! `gexf`: GEXF 1.3, which Gephi plays through time.

use std::io::{self, Write};

use super::columns::{Columns, Holds};
use super::intervals::{Spell, spells, spells_of_edges};
use super::{Choice, Export, Exporter, Options, date_of, edge_prefix, xml};
use annals_graph::{Bundle, Parallel, View};
use annals_model::NodeRef;
use annals_query::Dossier;
use annals_time::Day;

/// GEXF 1.3.
pub(super) static FORMAT: Exporter = Exporter {
    name: "gexf",
    title: "a dynamic graph in GEXF 1.3, for Gephi and NetworkX",
    extensions: &["gexf"],
    loses: "For a date, it has only the days that it can cover, beside the date as written. Passages are on the edges to their documents, and on relations and orders. Lists are JSON in one string, and no bound is in year 0 or after 9999.",
    notes: "A node or edge exists from the first day that its date can cover until the day after the last (`end` is that day, excluded): 20 April 2023 is `start=\"2023-04-20\" \
         end=\"2023-04-21\"`, so that a single day has a length. An open or unknown end has no `start` or no `end`; something without a date has neither and always exists. If one of several dates is meant (`[1667,1672]`), and for merged edges, each interval is a `spell`.\n\n\
         Years before 1 are counted as in ISO 8601 and XML Schema 1.1: −43 is 44 BCE. XML Schema \
         1.0 has no year 0, and Gephi reads no year after 9999: a bound there is left open. The attributes `first`, `last` and `written` still have it.\n\n\
         GEXF needs the `kind` of parallel edges to differ. So `kind` is the kind for the first \
         edge of its kind between two nodes, `about 2` for the second; the edge's `label` and its \
         attribute `kind` are only the kind.\n\n\
         Control characters, which XML cannot hold, are written as `_x0000_` with their code, and `_x005F_` replaces the first `_` of text that looks like such an escape. A schema-aware reader may collapse white space in labels.",
    options: &[Choice::MergeEdges],
    work: Export::stream(write),
};

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut columns = Columns::of(dossier, view, options.parallel);
    // An edge has its weight in `weight`.
    columns.edges.retain(|one| one.holds() != Holds::Count);
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
          <meta><creator>Annals</creator></meta>\n\
          <graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" \
          defaultedgetype=\"directed\" idtype=\"string\">\n",
    )?;
    declare(
        out,
        "node",
        columns.nodes.iter().map(|one| (one.name(), one.holds())),
    )?;
    declare(
        out,
        "edge",
        columns.edges.iter().map(|one| (one.name(), one.holds())),
    )?;
    out.write_all(b"<nodes>\n")?;
    for node in view.nodes() {
        write_node(dossier, &columns, node, out)?;
    }
    out.write_all(b"</nodes>\n<edges>\n")?;
    let prefix = edge_prefix(view);
    view.bundles(options.parallel, &mut |bundle| {
        write_edge(dossier, &columns, bundle, options.parallel, &prefix, out)
    })?;
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")
}

fn declare<'n>(
    out: &mut dyn Write,
    class: &str,
    columns: impl Iterator<Item = (&'n str, Holds)>,
) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
    for (name, holds) in columns {
        let kind = match holds {
            Holds::Text | Holds::Texts | Holds::Day => "string",
            Holds::Number => "double",
            Holds::Count => "integer",
            Holds::Truth => "boolean",
        };
        // Some readers show the id, others the title.
        out.write_all(b"<attribute")?;
        xml::attribute(out, "id", name)?;
        xml::attribute(out, "title", name)?;
        writeln!(out, " type=\"{kind}\"/>")?;
    }
    out.write_all(b"</attributes>\n")
}

fn write_node<'f>(
    dossier: &Dossier<'f>,
    columns: &Columns<'f>,
    node: NodeRef,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    out.write_all(b"<node")?;
    xml::attribute(out, "id", facts.id(node))?;
    xml::attribute(out, "label", facts.label(node))?;
    let spells = spells(facts, date_of(facts, node));
    within(&spells, "node", out, |out| {
        for column in &columns.nodes {
            attvalue(
                out,
                column.name(),
                column.cell(dossier, node).as_text().as_deref(),
            )?;
        }
        Ok(())
    })
}

fn write_edge<'f>(
    dossier: &Dossier<'f>,
    columns: &Columns<'f>,
    bundle: &Bundle<'_>,
    parallel: Parallel,
    prefix: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let facts = dossier.facts();
    let edge = bundle.edge();
    let kind = edge.kind.word(facts);
    write!(out, "<edge id=\"{prefix}{}\"", bundle.index)?;
    xml::attribute(out, "source", facts.id(edge.source))?;
    xml::attribute(out, "target", facts.id(edge.target))?;
    xml::attribute(out, "label", kind)?;
    xml::attribute(out, "kind", &super::kind_of_its_own(kind, bundle))?;
    if parallel == Parallel::Merged {
        write!(out, " weight=\"{}\"", bundle.weight())?;
    }
    let spells = spells_of_edges(facts, bundle);
    within(&spells, "edge", out, |out| {
        for column in &columns.edges {
            attvalue(
                out,
                column.name(),
                column.cell(dossier, bundle).as_text().as_deref(),
            )?;
        }
        Ok(())
    })
}

/// Writes the rest of an element: its stretches of time, what stands in it, its end.
fn within(
    spells: &[Spell],
    element: &str,
    out: &mut dyn Write,
    values: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let spells: Vec<Spell> = (spells.iter().map(in_gexf))
        .filter(|spell| spell.start.is_some() || spell.end.is_some())
        .collect();
    if let [one] = spells.as_slice() {
        bounds(*one, out)?;
    }
    out.write_all(b">")?;
    if spells.len() > 1 {
        out.write_all(b"<spells>")?;
        for spell in &spells {
            out.write_all(b"<spell")?;
            bounds(*spell, out)?;
            out.write_all(b"/>")?;
        }
        out.write_all(b"</spells>")?;
    }
    out.write_all(b"<attvalues>")?;
    values(out)?;
    writeln!(out, "</attvalues></{element}>")
}

/// A stretch with its bounds left open where GEXF or its readers have no day.
fn in_gexf(spell: &Spell) -> Spell {
    let day = |day: Option<Day>| day.filter(|day| !matches!(day.ymd().0, 0 | 10_000..));
    Spell {
        start: day(spell.start),
        end: day(spell.end),
    }
}

fn bounds(spell: Spell, out: &mut dyn Write) -> io::Result<()> {
    if let Some(start) = spell.start {
        write!(out, " start=\"{start}\"")?;
    }
    if let Some(end) = spell.end {
        write!(out, " end=\"{end}\"")?;
    }
    Ok(())
}

fn attvalue(out: &mut dyn Write, name: &str, value: Option<&str>) -> io::Result<()> {
    let Some(value) = value else { return Ok(()) };
    out.write_all(b"<attvalue")?;
    xml::attribute(out, "for", name)?;
    xml::attribute(out, "value", value)?;
    out.write_all(b"/>")
}
