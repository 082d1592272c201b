//! The shape of a text that is no JSON: by how it begins, and by its ending.

use super::Shape;
use crate::bibliography::ris;

/// How formats begin that are not imported: what each is, and what can be done.
const KNOWN: &[(&str, &str, &str)] = &[
    ("BEGIN:VCARD", "a vCard", ""),
    (
        "0 HEAD",
        "GEDCOM",
        "a program for family trees can write its persons and events as CSV: annals import table",
    ),
    ("#FORMAT=WebAnno", "WebAnno TSV, as of INCEpTION", ""),
    ("%0 ", "EndNote's own format", "export it as RIS or BibTeX"),
    (
        "PMID- ",
        "PubMed's own format",
        "export it as RIS or BibTeX",
    ),
    (
        "FN ",
        "Web of Science's own format",
        "export it as RIS or BibTeX",
    ),
    ("@prefix", "Turtle", ""),
];

/// What a text looks like.
pub(super) fn shape(text: &str, ending: &str) -> Shape {
    let start = text.trim_start();
    if start.starts_with('<') {
        return xml(start);
    }
    let begins = |words: &str| {
        start
            .get(..words.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(words))
    };
    if begins("BEGIN:VCALENDAR") {
        return Shape::Format("ics");
    }
    if let Some((_, what, help)) = KNOWN.iter().find(|(words, ..)| begins(words)) {
        return Shape::Other(what, help);
    }
    if ["annals:", "---\nannals:"]
        .iter()
        .any(|words| begins(words))
    {
        return Shape::Other(
            "a fact file already",
            "it needs no import: annals check FILE",
        );
    }
    if is_brat(text) || ending == "ann" {
        return Shape::Format("brat");
    }
    if ris::is_ris(text) || has_entries(text) {
        return Shape::Format("bibliography");
    }
    table(text, ending)
}

/// What an ending says of a file whose contents say nothing; `None` where it says nothing either.
pub(super) fn by_ending(ending: &str) -> Option<Shape> {
    const REFI: (&str, &str) = (
        "a project of qualitative data analysis",
        "export its codings as a table: annals import table",
    );
    let (what, help) = match ending {
        "qdpx" | "qde" | "nvp" | "nvpx" | "mx20" | "mx22" | "mx24" | "atlproj" => REFI,
        "ged" | "gedcom" | "gedx" => ("GEDCOM", ""),
        "xls" | "xlsb" | "numbers" => (
            "a workbook of another format",
            "save it as .xlsx, .ods or .csv",
        ),
        "docx" | "odt" | "doc" | "rtf" | "pptx" => ("a document of an office program", ""),
        "eml" | "mbox" | "msg" => ("mail", ""),
        "enw" | "nbib" | "ciw" => (
            "a bibliography of another format",
            "export it as RIS or BibTeX",
        ),
        "ttl" | "nt" | "nq" | "rdf" | "owl" => ("RDF", ""),
        "gexf" | "graphml" | "gml" | "net" => ("a graph", ""),
        _ => return None,
    };
    Some(Shape::Other(what, help))
}

/// The shape of XML, by its first element.
fn xml(text: &str) -> Shape {
    let Some(name) = root(text) else {
        return Shape::Unknown;
    };
    let plain = name.rsplit(':').next().unwrap_or(name);
    match plain {
        "TEI" | "TEI.2" | "teiCorpus" | "standOff" | "text" => Shape::Format("tei"),
        "TimeML" => Shape::Format("timeml"),
        "Document" if text.contains("<token") => Shape::Format("timeml"),
        "Project" if text.contains("QDA-XML") => {
            let help = "export its codings as a table: annals import table";
            Shape::Other("a project of qualitative data analysis (REFI-QDA)", help)
        }
        "XMI" => Shape::Other("XMI, as of UIMA and INCEpTION", ""),
        "html" | "HTML" => Shape::Other("a web page", ""),
        "gexf" | "graphml" => Shape::Other("a graph", ""),
        "kml" | "gpx" => Shape::Other("geographic data", ""),
        "RDF" => Shape::Other("RDF", ""),
        "rss" | "feed" => Shape::Other("a news feed", ""),
        "modsCollection" | "mods" | "collection" | "xml" => Shape::Other(
            "XML of another format",
            "a library catalogue can export RIS or BibTeX",
        ),
        name if name.starts_with("list") && name != "list" => Shape::Format("tei"),
        _ => Shape::Other("XML of another format", ""),
    }
}

/// The name of the first element, after declarations and comments.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")? + 3..];
        } else if rest.starts_with('!') {
            // A declaration of a document type may have more of them in brackets.
            let end = rest.find('>')?;
            rest = match rest.find('[').filter(|open| *open < end) {
                Some(open) => &rest[open + rest[open..].find("]>")? + 2..],
                None => &rest[end + 1..],
            };
        } else if rest.starts_with('?') {
            rest = &rest[rest.find("?>")? + 2..];
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            return Some(&rest[..end]);
        }
    }
}

/// Whether a text has lines of brat: an id, a tab, and what it is of.
fn is_brat(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(5);
    let is_line = |line: &str| {
        let Some((id, rest)) = line.split_once('\t') else {
            return false;
        };
        let (sort, number) = id.split_at_checked(1).unwrap_or_default();
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let mut words = rest.split(['\t', ' ']);
        match sort {
            "T" if is_number => {
                let mut offsets = words.skip(1).take(2);
                let is_offset = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
                offsets.next().is_some_and(is_offset) && offsets.next().is_some_and(is_offset)
            }
            "E" | "R" if is_number => rest.contains(':'),
            "A" | "M" | "N" | "#" if is_number => words.nth(1).is_some(),
            "*" => number.is_empty() && words.nth(1).is_some(),
            _ => false,
        }
    };
    lines.clone().next().is_some() && lines.all(is_line)
}

/// Whether a text has an entry of BibTeX: a line that begins with `@type{`.
fn has_entries(text: &str) -> bool {
    text.lines().any(|line| {
        let Some(rest) = line.trim_start().strip_prefix('@') else {
            return false;
        };
        let end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        end > 0 && rest[end..].trim_start().starts_with(['{', '('])
    })
}

/// The shape of separated values.
fn table(text: &str, ending: &str) -> Shape {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else {
        return Shape::Unknown;
    };
    let cells: Vec<String> = first
        .split(['\t', ',', ';', '|'])
        .map(|cell| cell.trim().trim_matches('"').to_lowercase())
        .collect();
    let has = |name: &str| cells.iter().any(|cell| cell == name);
    let tabs = first.split('\t').count();
    let is_gdelt = first.starts_with(|c: char| c.is_ascii_digit()) || has("globaleventid");
    if matches!(tabs, 57 | 58 | 61) && is_gdelt {
        return Shape::Format("gdelt");
    }
    if tabs > 1 && has("event date") && has("cameo code") {
        return Shape::Format("icews");
    }
    if has("year") && has("headline") {
        let template = ["media", "display date", "end year", "media credit", "group"];
        return if template.iter().any(|name| has(name)) {
            Shape::Format("timelinejs")
        } else {
            Shape::Unsure(&["table", "timelinejs"])
        };
    }
    if matches!(ending, "csv" | "tsv" | "tab") {
        return Shape::Format("table");
    }
    // Columns of the same number in every line, and headings that are no sentences.
    let next: Vec<&str> = lines.take(5).collect();
    let is_table = ['\t', ';', '|', ','].into_iter().any(|delimiter| {
        let columns = first.split(delimiter).count();
        columns > 1
            && !next.is_empty()
            && next
                .iter()
                .all(|line| line.split(delimiter).count() == columns)
            && first.split(delimiter).all(|cell| cell.trim().len() <= 40)
            && !first.trim_end().ends_with('.')
    });
    match ending {
        _ if is_table => Shape::Unsure(&["table"]),
        _ => Shape::Prose,
    }
}
