use super::*;
use crate::passage;
use annals_load::{Request, Source, load};

fn dossier(name: &str) -> LoadResult {
    let path = format!("{}/../../data/{name}", env!("CARGO_MANIFEST_DIR"));
    load(&Request {
        facts: vec![Source::Path(path.into())],
        texts: Vec::new(),
    })
}

/// What words of a text propose, a field a line, with its reason.
fn of(loaded: &LoadResult, document: &str, words: &str) -> Vec<String> {
    let passage = passage(loaded, document, Some(words), &[]).unwrap();
    let proposal = propose(loaded, document, &passage.spans, None).unwrap();
    let fields = proposal.fields.iter();
    let fields = fields.map(|one| {
        let value = one
            .value
            .as_str()
            .map_or_else(|| one.value.to_string(), str::to_owned);
        format!("{} {value}: {}", one.field, one.why)
    });
    fields.chain(proposal.notes).collect()
}

#[test]
fn a_transcript_says_who_spoke_in_which_office_and_when() {
    let loaded = dossier("harbour");
    let said = |words| of(&loaded, "council-transcript", words);
    assert_eq!(
        said("We have moved four hundred thousand cubic metres of clay"),
        [
            "speaker kallis: \"MS KALLIS:\" stands before the words",
            "as kallis-director: the only office held on 30 Sep 2021: managing director",
            "said 2021-09-30: 23 of the 27 claims of this text have it",
            "at council-session: 23 of the 27 claims of this text have it",
        ]
    );
    // Two paragraphs after the name.
    assert!(said("I have the photographs")[0].starts_with("speaker lin-meihua: \"DR LIN:\""));
    assert!(
        said("Who pays if the mole goes?")[0]
            .starts_with("speaker ferreira: \"COUNCILLOR FERREIRA:\"")
    );
}

#[test]
fn a_report_says_who_spoke_by_a_name_with_a_verb() {
    let yaml = "annals: 1
documents:
  - {id: d, title: D, published: 2021-10-05, text: d.txt}
actors:
  - {id: kallis, name: Dimitra Kallis, kind: person, aliases: Kallis}
  - {id: hrynko, name: Oleksandr Hrynko, kind: person}
  - {id: board, name: The Board, kind: organization}
relations:
  - {id: director, from: kallis, kind: holds_office, to: board, role: director, when: 2020/2022}
  - {id: clerk, from: hrynko, kind: holds_office, to: board, when: 2020/2021-10}
  - {id: head, from: hrynko, kind: holds_office, to: board, when: 2019/2022}
claims:
  - {id: c1, speaker: hrynko, content: x, evidence: {document: d, quote: no idea}}
";
    let text = "Dimitra Kallis denied on Friday that the trench comes near the mole. \
        Hrynko said: “The cranes will stand still”. Kallis said that the basin closes on Monday. \
        It was raining. Hrynko, Kallis and others said so on \
        Tuesday. He had no idea. Later he promised more.\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("f.yaml"), yaml).unwrap();
    std::fs::write(folder.path().join("d.txt"), text).unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(folder.path().to_owned())],
        texts: Vec::new(),
    });
    assert_eq!(
        of(&loaded, "d", "the trench comes near the mole"),
        [
            "speaker kallis: the sentence names \"Dimitra Kallis\", with \"denied\"",
            "as director: the only office held on 1 Oct 2021: director",
            "act denies: the sentence says \"denied\"",
            "said 2021-10-01: the sentence says \"Friday\", and the text was published on 5 Oct 2021",
            "weekday Friday: the sentence says \"Friday\", and the text was published on 5 Oct 2021",
        ]
    );
    // Two offices possibly held are none; a family name alone is no alias.
    let quoted = of(&loaded, "d", "The cranes will stand still");
    assert_eq!(
        quoted,
        ["mode direct: the words stand within quotation marks"]
    );
    // No verb: the speaker before; the publication's own weekday names two days.
    let later = of(&loaded, "d", "Later he promised more");
    assert_eq!(
        later,
        [
            "speaker hrynko: the speaker of c1, the claim before it in the text",
            "act promises: the sentence says \"promised\"",
        ]
    );
    // The day is part of what was said.
    let closes = of(&loaded, "d", "the basin closes on Monday");
    assert!(
        !closes.iter().any(|one| one.starts_with("said ")),
        "{closes:?}"
    );
    assert!(
        !of(&loaded, "d", "said so on Tuesday")
            .iter()
            .any(|one| one.starts_with("said "))
    );
}

#[test]
fn a_stance_is_never_proposed_and_an_unknown_name_is_said() {
    let loaded = dossier("kyiv");
    let text = loaded.facts.documents.handles().next().unwrap();
    let (_, text) = loaded
        .texts
        .get(text)
        .map_or_else(|| (0, ""), |(_, text)| (1, text.as_str()));
    assert!(!text.contains("stance: "));
    let yaml = "annals: 1\ndocuments:\n  - {id: d, title: D, text: d.txt}\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("f.yaml"), yaml).unwrap();
    std::fs::write(
        folder.path().join("d.txt"),
        "ROSA LINDT: I am against it.\n\nTHE CHAIR: Thank you.\n",
    )
    .unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(folder.path().to_owned())],
        texts: Vec::new(),
    });
    assert_eq!(
        of(&loaded, "d", "I am against it"),
        ["\"ROSA LINDT:\" stands before the words, and no actor is called so"]
    );
}

#[test]
fn of_minutes_no_day_is_taken_from_what_was_said() {
    let yaml = "\
annals: 1
documents: [{id: d, title: Minutes, published: 2021-05-05, text: d.txt}]
actors: [{id: kallis, name: Eva Kallis, kind: person, aliases: Kallis}]
";
    let text = "MS KALLIS: The cranes will stand still from Monday on. We waited since Friday.\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("f.yaml"), yaml).unwrap();
    std::fs::write(folder.path().join("d.txt"), text).unwrap();
    let loaded = load(&Request {
        facts: vec![Source::Path(folder.path().to_owned())],
        texts: Vec::new(),
    });
    for words in ["The cranes will stand still", "We waited"] {
        let all = of(&loaded, "d", words);
        assert!(
            all.iter().any(|one| one.starts_with("speaker kallis")),
            "{all:?}"
        );
        assert!(!all.iter().any(|one| one.starts_with("said ")), "{all:?}");
    }
}
