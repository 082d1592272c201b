//! A network as tables for people.

use std::convert::Infallible;

use super::super::table::{Style, constrain, plain, print, table};
use annals_model::Vocabulary as _;
use annals_store::Network;
use annals_store::rows::{NetworkEdgeRow, WhyEdge, WhyStatement, count_words, weight_words};

/// The network, and its greatest weight.
pub(super) fn network(network: &Network, width: usize, style: Style) -> (String, f64) {
    let mut out = String::new();
    let mut heaviest = 0.0_f64;
    let several = network.windows().len() > 1 || network.asked().windows.is_some();
    for days in network.windows() {
        let window = network.window(*days);
        let row = window.row();
        let mut edges: Vec<NetworkEdgeRow> = Vec::new();
        let Ok::<(), Infallible>(()) = window.each(&|edge| edge, &mut |edge| {
            heaviest = heaviest.max(edge.weight[1]);
            edges.push(edge);
            Ok(())
        });
        if several {
            let day = |day: Option<annals_time::Day>| {
                day.map_or_else(|| "…".to_owned(), annals_time::Day::words)
            };
            let head = format!("{} to {}", day(row.from), day(row.until));
            let statements = count_words(row.statements);
            let words = if statements == "1" {
                "statement"
            } else {
                "statements"
            };
            out.push_str(&format!(
                "{} {}\n",
                style.bold(&head),
                style.dim(&format!("({statements} {words})"))
            ));
        }
        if edges.is_empty() {
            out.push_str(if several { " no ties\n" } else { "No ties.\n" });
        } else {
            out.push_str(&ties(&edges, network.is_affiliation(), width, style));
        }
        if several {
            out.push('\n');
        }
    }
    if network.windows().is_empty() {
        out.push_str("No window lies whole within the range of time.\n");
    }
    (out, heaviest)
}

fn ties(edges: &[NetworkEdgeRow], is_affiliation: bool, width: usize, style: Style) -> String {
    let heads = if is_affiliation {
        ["Actor", "Thing", "Weight", ""]
    } else {
        ["A", "B", "Weight", "Over"]
    };
    let mut table = table(&heads, width, style.colour);
    for edge in edges {
        let mut weight = weight_words(edge.weight);
        if !edge.exact {
            weight.push_str(" or within");
        }
        let over = match (&edge.kinds, edge.things) {
            (Some(kinds), _) => {
                weight.clear();
                kinds.join(" or ")
            }
            (None, Some(1)) => "1 thing".to_owned(),
            (None, Some(things)) => format!("{things} things"),
            (None, None) => String::new(),
        };
        table.add_row([plain(&edge.a.name), plain(&edge.b.name), weight, over]);
    }
    for (column, (least, most)) in [(12, 60), (12, 60), (6, 24), (6, 24)]
        .into_iter()
        .enumerate()
    {
        constrain(&mut table, column, least, most);
    }
    print(&table)
}

/// What a weight is made of.
pub(super) fn why(why: &WhyEdge, width: usize, style: Style) -> String {
    let mut out = format!(
        "{} – {}\n",
        style.bold(&plain(&why.a.name)),
        style.bold(&plain(&why.b.name))
    );
    let divided = why.denominator.iter().any(|end| (end - 1.0).abs() > 0.0);
    let exact = if why.exact {
        ""
    } else {
        " or within: some claims count in several places at once"
    };
    if divided {
        out.push_str(&format!(
            " weight {} = {} divided by {}{exact}\n",
            weight_words(why.weight),
            weight_words(why.numerator),
            weight_words(why.denominator)
        ));
    } else {
        out.push_str(&format!(" weight {}{exact}\n", weight_words(why.weight)));
    }
    let [a, b] = why.statements;
    out.push_str(&format!(
        " statements in all: {} and {}\n",
        count_words(a),
        count_words(b)
    ));
    if why.things.is_empty() {
        out.push_str(" nothing that both say adds to it\n");
    }
    for thing in &why.things {
        out.push_str(&format!(
            "\n{}  adds {}\n",
            style.bold(&plain(&thing.thing.name)),
            weight_words(thing.adds)
        ));
        let mut table = table(&[], width, style.colour);
        for (whose, statements) in [(&why.a, &thing.a), (&why.b, &thing.b)] {
            for statement in statements {
                table.add_row(cells(&plain(&whose.name), statement, style));
            }
        }
        for (column, (least, most)) in [(10, 24), (10, 16), (16, 80), (10, 28)]
            .into_iter()
            .enumerate()
        {
            constrain(&mut table, column, least, most);
        }
        out.push_str(&print(&table));
    }
    out
}

fn cells(whose: &str, statement: &WhyStatement, style: Style) -> [String; 4] {
    let claim = &statement.claim;
    let said = claim
        .said
        .as_ref()
        .map_or_else(|| "undated".to_owned(), annals_time::Date::dated);
    let level = statement.level.map_or("speaks of it", |level| level.word());
    let possibly = if statement.certain { "" } else { " (possibly)" };
    let words = match (&claim.quote, &claim.content) {
        (Some(quote), _) => style.italic(&plain(quote)),
        (None, Some(content)) => plain(content),
        (None, None) => String::new(),
    };
    let document = statement
        .document
        .as_ref()
        .map(|document| plain(&document.id));
    let mut stands = vec![plain(&claim.id)];
    stands.extend(document);
    let source = &claim.source;
    stands.push(format!("{}:{}", plain(&source.file), source.line));
    [
        format!("{whose}\n{said}"),
        format!("{level}{possibly}"),
        words,
        style.dim(&stands.join("\n")),
    ]
}
