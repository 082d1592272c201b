use super::*;

fn format(name: &str, text: &str) -> String {
    let named = Named::file(Source::memory(name, text.as_bytes().to_vec()));
    match recognise(&[named], &Options::default()) {
        Ok(importer) => importer.name.to_owned(),
        Err(refusal) => refusal.message.clone(),
    }
}

#[test]
fn a_format_is_told_by_its_shape_whatever_the_file_is_called() {
    for (text, wanted) in [
        ("\u{FEFF}BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ics"),
        (
            "T1\tPerson 0 4;6 8\tAda\n#1\tAnnotatorNotes T1\tx\n",
            "brat",
        ),
        ("R1\tSays Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\n", "brat"),
        ("% notes\n@book{a,\n title = {x}}\n", "bibliography"),
        ("\n1.\nTY  - BOOK\nER  - \n", "bibliography"),
        (
            "\u{FEFF}[{\"id\": 1, \"type\": \"book\", \"title\": \"x\"}]",
            "bibliography",
        ),
        (
            "{\"items\": [{\"type\": \"article-journal\", \"id\": \"a\"}]}",
            "bibliography",
        ),
        (
            "{\"id\": \"a\",\n \"schema\": \"Person\",\n \"properties\": {}}",
            "ftm",
        ),
        (
            "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}\n{\"id\": \"b\", \"schema\": \"Person\", \"properties\": {}}\n",
            "ftm",
        ),
        (
            "{\"results\": [{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}]}",
            "ftm",
        ),
        (
            "[\n{\"id\": \"Q1\", \"type\": \"item\"},\n{\"id\": \"Q2\", \"labels\": {}}\n]",
            "wikidata",
        ),
        ("{\"entities\": {\"Q1\": {\"id\": \"Q1\"}}}", "wikidata"),
        (
            "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": []}",
            "stix",
        ),
        (
            "{\"@context\": \"x\", \"id\": \"y\", \"type\": \"Annotation\", \"target\": \"z\"}",
            "webannotation",
        ),
        (
            "{\"total\": 1, \"rows\": [{\"uri\": \"x\", \"target\": [], \"text\": \"y\"}]}",
            "webannotation",
        ),
        (
            "{\"title\": {}, \"events\": [{\"start_date\": {\"year\": 1}}]}",
            "timelinejs",
        ),
        (
            "<?xml version=\"1.0\"?>\n<!DOCTYPE TEI [<!ENTITY a \"b\">]>\n<!-- <html> -->\n<tei:TEI xmlns:tei=\"x\"/>",
            "tei",
        ),
        ("<listPerson/>", "tei"),
        ("<TimeML>x</TimeML>", "timeml"),
        (
            "[{\"who\": \"Ada\", \"said\": \"no\"}, {\"who\": \"Jon\"}]",
            "table",
        ),
        (
            "{\"text\": \"a\", \"label\": [[0, 1, \"PER\"]]}\n{\"text\": \"b\", \"label\": []}\n",
            "table",
        ),
    ] {
        assert_eq!(format("-", text), wanted, "{text}");
        assert_eq!(format("export.dat", text), wanted, "{text}");
    }
    assert_eq!(format("a.csv", "Who,When\nAda,2021\n"), "table");
    assert_eq!(
        format("a.csv", "Year,Headline,Media\n1,x,y\n"),
        "timelinejs"
    );
    assert_eq!(format("a.ann", ""), "brat");
    // Without a shape, an ending that one format has: its reader says what is wrong.
    assert_eq!(format("a.ris", "TY - JOUR\n"), "bibliography");
    // The ending says something else.
    assert_eq!(
        format("a.bib", "[{\"id\": \"Q1\", \"type\": \"item\"}]"),
        "wikidata"
    );
}

#[test]
fn a_long_file_is_told_by_its_beginning() {
    let item = "{\"id\": \"a\", \"type\": \"book\", \"title\": \"a long, long title\"},\n";
    let text = format!("[\n{}", item.repeat(40_000));
    assert!(text.len() as u64 > HEAD);
    assert_eq!(format("long.json", &text), "bibliography");
}

#[test]
fn what_is_not_imported_is_named_and_what_is_unsure_is_asked() {
    for (name, text, says) in [
        (
            "a.json",
            "[{\"id\": 1, \"data\": {\"text\": \"x\"}, \"annotations\": []}]",
            "this is a Label Studio export, which is not imported",
        ),
        (
            "a.json",
            "[{\"key\": \"X\", \"data\": {\"itemType\": \"book\"}}]",
            "this is Zotero's own JSON, which is not imported",
        ),
        (
            "a.json",
            "{\"%TYPES\": {}, \"%VIEWS\": {}}",
            "this is UIMA CAS JSON, as of INCEpTION, which is not imported",
        ),
        (
            "a.json",
            "{\"annals\": 1, \"events\": []}",
            "this is a fact file already, which is not imported",
        ),
        (
            "a.txt",
            "#FORMAT=WebAnno TSV 3.3\n",
            "this is WebAnno TSV, as of INCEpTION, which is not imported",
        ),
        (
            "a",
            "0 HEAD\n1 GEDC\n",
            "this is GEDCOM, which is not imported",
        ),
        (
            "a.csv",
            "Year,Headline\n1,x\n",
            "which format is this: table or timelinejs?",
        ),
        ("a.txt", "who;when\nAda;2021\n", "is this a table?"),
        (
            "a.json",
            "{\"page\": 1, \"posts\": [{\"by\": \"Ada\"}]}",
            "is this a table?",
        ),
        (
            "a.json",
            "[{\"id\": \"Q1\", \"type\": \"item\"}, {\"id\": \"a\", \"schema\": \"Person\", \"properties\": {}}]",
            "its format cannot be recognised",
        ),
        (
            "a.txt",
            "Dear all,\nI write, as I said, to you.\n",
            "its format cannot be recognised",
        ),
        ("a.json", "{", "its format cannot be recognised"),
        ("a.json", "[1, 2]", "its format cannot be recognised"),
        ("a", "", "its format cannot be recognised"),
    ] {
        assert_eq!(format(name, text), says, "{text}");
    }
}

#[test]
fn several_files_are_of_one_format_or_asked_about() {
    let file = |name: &str, text: &str| Named::file(Source::memory(name, text.as_bytes().to_vec()));
    let ann = || file("a.ann", "T1\tPerson 0 3\tAda\n");
    let both = recognise(
        &[ann(), file("a.txt", "Ada said no.\n")],
        &Options::default(),
    );
    assert_eq!(both.unwrap().name, "brat");
    let asked = recognise(
        &[ann(), file("b.bib", "@book{a, title={x}}")],
        &Options::default(),
    )
    .unwrap_err();
    assert_eq!(
        asked.message,
        "which format? a.ann is brat, b.bib is bibliography"
    );
    assert_eq!(asked.kind, SourceErrorKind::Ambiguous);
    let other = recognise(&[ann(), file("b.ged", "0 HEAD\n")], &Options::default()).unwrap_err();
    assert_eq!(other.message, "this is GEDCOM, which is not imported");
}

#[test]
fn an_option_says_which_of_several_formats_is_meant() {
    let sheet = || Named::file(Source::memory("a.csv", b"Year,Headline\n1,x\n".to_vec()));
    let map = Options::default().with(&crate::options::MAP, "map.yaml");
    assert_eq!(recognise(&[sheet()], &map).unwrap().name, "table");
    // Both take an encoding.
    let encoding = Options::default().with(&crate::options::ENCODING, "utf-8");
    assert!(recognise(&[sheet()], &encoding).is_err());
}
