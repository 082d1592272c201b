//! What newcomers write, what they are told, and that whoever obeys is not led astray.

use annals::check::{Policy, check};
use annals::finding::fix::{Change, fixed};
use annals::finding::{Finding, Locate as _, Severity};
use annals::load::{LoadResult, Places, Request, Source, load};

const HEAD: &str = "\
annals: 1
documents:
  - {id: post, title: Harbour Post, published: 2024-03-05}
actors:
  - {id: lind, name: Ada Lind, kind: person, aliases: [the mayor, Lind]}
  - {id: berg, name: Bo Berg, kind: person, aliases: [Lind]}
  - {id: russia, name: Russia, kind: state, aliases: Moscow}
places:
  - {id: moscow, name: Moscow}
  - {id: quayside, name: Quayside}
topics:
  - {id: quay, label: The new quay}
";

fn loaded(text: &str, name: &str) -> LoadResult {
    load(&Request {
        facts: vec![Source::Memory {
            name: name.to_owned(),
            bytes: text.into(),
        }],
        texts: Vec::new(),
    })
}

/// The facts with one more record.
fn with(list: &str, line: &str) -> String {
    let heading = format!("\n{list}:\n");
    match HEAD.split_once(&heading) {
        Some((before, after)) => format!("{before}{heading}  - {line}\n{after}"),
        None => format!("{HEAD}{list}:\n  - {line}\n"),
    }
}

/// Errors and warnings, and remarks of one code.
fn told(loaded: &LoadResult) -> Vec<Finding> {
    let mut all = check(loaded, &Policy::default());
    all.retain(|one| one.severity > Severity::Info || one.code.code == "AN020");
    all
}

/// All that a finding says.
fn words(finding: &Finding) -> String {
    let labels = finding.labels.iter().map(|label| label.text.as_str());
    let fixes = finding.fixes.iter().map(|fix| fix.message.as_str());
    let notes = finding.notes.iter().map(String::as_str);
    let rest: Vec<&str> = labels.chain(fixes).chain(notes).collect();
    format!(
        "{} {} {}",
        finding.code.code,
        finding.message,
        rest.join(" | ")
    )
}

/// The text once the first change that each finding proposes is made.
fn obeyed(text: &str, loaded: &LoadResult, findings: &[Finding]) -> String {
    let places = Places::new(loaded);
    let fixes = findings.iter().filter_map(|finding| {
        let mut fixes = finding.fixes.iter();
        fixes.find(|fix| !fix.edits.is_empty())
    });
    let mut changes: Vec<Change> = fixes
        .flat_map(|fix| &fix.edits)
        .map(|edit| {
            let (located, text) = places.spell(edit);
            let bytes = located.bytes.unwrap();
            let (start, end) = (bytes.start, bytes.end);
            Change { start, end, text }
        })
        .collect();
    changes.sort();
    fixed(text, &changes)
}

/// One record is told `wanted`; once this is obeyed, it is written as `mended`, and nothing is left to
/// say.
fn obeying(list: &str, line: &str, wanted: &str, mended: &str) {
    let text = with(list, line);
    let before = loaded(&text, "facts.yaml");
    let findings = told(&before);
    assert_eq!(findings.len(), 1, "{line}: {findings:#?}");
    let words = words(&findings[0]);
    assert!(words.contains(wanted), "{line}: {words}");
    let text = obeyed(&text, &before, &findings);
    assert!(text.contains(mended), "{line}: {text}");
    let after = told(&loaded(&text, "facts.yaml"));
    assert!(after.is_empty(), "{text}: {after:#?}");
}

/// One record is told something.
fn saying(list: &str, line: &str, wanted: &[&str]) -> String {
    let text = with(list, line);
    let findings = told(&loaded(&text, "facts.yaml"));
    let words: Vec<String> = findings.iter().map(words).collect();
    let words = words.join("\n");
    for wanted in wanted {
        assert!(words.contains(wanted), "{line}: {words}");
    }
    words
}

#[test]
fn a_text_that_ends_at_a_comma_is_no_quote() {
    for (line, mended) in [
        (
            "{id: c1, speaker: lind, quote: It costs 1, 400 people said so}",
            "quote: \"It costs 1, 400 people said so\"}",
        ),
        (
            "{id: c1, quote: It costs 1,400 in all, speaker: lind}",
            "quote: \"It costs 1,400 in all\", speaker",
        ),
        (
            "{id: c1, speaker: lind, content: Nobody came, nobody paid, content, about: quay}",
            "content: \"Nobody came, nobody paid, content\", about",
        ),
        (
            "{id: c1, speaker: lind, content: Yes, sir}",
            "content: \"Yes, sir\"",
        ),
        (
            "{id: c1, speaker: lind, content: \"Yes\", she said}",
            r#"content: "\"Yes\", she said""#,
        ),
        (
            "{id: c1, speaker: lind, content: She came, and I mean it: twice}",
            "content: \"She came, and I mean it: twice\"",
        ),
        (
            "{id: c1, speaker: lind, content: x,\n     note: She came,\n     then went}",
            "note: \"She came, then went\"",
        ),
        (
            "{id: c1, speaker: lind, x_of: no, never}",
            "x_of: \"no, never\"",
        ),
        (
            "{id: c1, speaker: lind, content: x, evidence: {document: post, quote: No, x_a}}",
            "quote: \"No, x_a\"",
        ),
        (
            "{id: c1, speaker: lind, berg, content: x}",
            "speaker: [lind, berg]",
        ),
        (
            "{id: c1, speaker: lind, content: x, tags: a, b, c}",
            "tags: [a, b, c]",
        ),
    ] {
        obeying("claims", line, "ends at the comma", mended);
    }
    // What is left of the text is not taken for the quote.
    let text = format!("{HEAD}claims:\n  - {{id: c1, speaker: lind, quote: Half, a quote}}\n");
    let loaded = loaded(&text, "facts.yaml");
    let claim = loaded.facts.claims.handles().next().unwrap();
    assert!(loaded.facts[claim].quote.is_none());
    // What takes one value is no text.
    for line in [
        "{id: c1, speaker: lind, said: 2024-03-04, Monday}",
        "{id: c1, speaker: lind, act: denies, strongly}",
        "{id: c1, 13, speaker: lind}",
    ] {
        let words = saying(
            "claims",
            line,
            &["AN020", "the value of", "belongs to no field"],
        );
        assert_eq!(words.lines().count(), 1, "{words}");
    }
}

#[test]
fn what_is_no_cut_text_is_left_as_it_is() {
    for line in [
        "{id: c1, speaker: lind, content: x, about: [quay, post]}",
        "{id: c1, speaker: lind, content: x, about}",
        "{id: c1, speaker: lind, content: a b, x_fact: true}",
        "{id: c1, speaker: lind, content: 'He said, and went', note: \"a, b\"}",
        "{id: c1, speaker: lind, content: x, said: 2024-03-04} # seen",
        "{id: c1, speaker: lind, content: x, said: 2024-03-04  # seen\n    }",
        "id: c1 # the first\n    speaker: lind # she\n    content: He said, and went  # a comment",
    ] {
        let words = saying("claims", line, &[]);
        assert!(words.is_empty(), "{line}: {words}");
    }
    let words = saying(
        "claims",
        "{id: c1, speaker: lind, content: a b, verdict: no}",
        &["unknown field \"verdict\"", "x_verdict"],
    );
    assert!(!words.contains("AN020"), "{words}");
}

#[test]
fn a_tail_after_a_hash_is_told_of() {
    for (line, mended) in [
        (
            "id: c1\n    speaker: lind\n    quote: We are #1 here",
            "quote: \"We are #1 here\"",
        ),
        (
            "id: c1\n    speaker: lind\n    note: see #MeToo\n    about: quay",
            "note: \"see #MeToo\"",
        ),
        (
            "{id: c1, speaker: lind, content: We are #1,\n     about: quay}",
            "",
        ),
        (
            "id: c1\n    speaker: lind\n    x_tag: the #quay",
            "x_tag: \"the #quay\"",
        ),
        (
            "id: c1\n    speaker: lind\n    note: one # of two",
            "note: \"one # of two\"",
        ),
        (
            "id: c1\n    speaker: lind\n    evidence:\n      document: post\n      quote: No  #1",
            "quote: \"No  #1\"",
        ),
    ] {
        if mended.is_empty() {
            saying(
                "claims",
                line,
                &["AN003 a # after a space begins a comment"],
            );
        } else {
            obeying("claims", line, "ends at \" #\"", mended);
        }
    }
    obeying(
        "actors",
        "{id: x, kind: group, name: Gang #2\n    }",
        "taken for a comment",
        "\"Gang #2\"",
    );
    saying(
        "actors",
        "{id: x, name: Gang #2, kind: group}",
        &["AN003 a # after a space"],
    );
}

#[test]
fn fields_of_ones_own_do_not_lead_round_in_a_circle() {
    for line in [
        "{id: c1, speaker: lind, content: x, evidence: {document: post, x_a: b}}",
        "{id: c1, speaker: lind, content: x, evidence: {document: post, verdict: b}}",
        "{id: c1, speaker: lind, content: x, stance: {toward: quay, value: supports, x_b: c}}",
        "{id: c1, speaker: lind, content: x, retracted: {on: 2024, x_b: c}}",
    ] {
        let words = saying("claims", line, &["stands in the record itself"]);
        assert!(!words.contains("x_x_"), "{words}");
    }
}

#[test]
fn a_stance_is_not_toward_whoever_speaks() {
    for (about, stance) in [
        ("about: quay, ", "{lind: supports}"),
        ("about: [quay, post], ", "{lind: supports}"),
        ("about: quay, ", "{supports: lind}"),
        ("about: quay, ", "[{lind: supports}]"),
    ] {
        let line = format!("{{id: c1, speaker: lind, content: x, {about}stance: {stance}}}");
        let mended = if stance.starts_with('[') {
            "stance: [supports]"
        } else {
            "stance: supports"
        };
        obeying("claims", &line, "this is who speaks", mended);
    }
    let line = "{id: c1, speaker: [berg, lind], content: x, stance: {lind: opposes}}";
    saying("claims", line, &["say what it is toward"]);
    let line = "{id: c1, speaker: lind, about: [lind, quay], content: x, stance: {lind: opposes}}";
    saying(
        "claims",
        line,
        &["who speaks", "{toward: quay, value: opposes}"],
    );
    // Whoever speaks of nothing but himself may well mean himself.
    let line = "{id: c1, speaker: lind, about: lind, content: x, stance: {lind: opposes}}";
    saying("claims", line, &["{toward: lind, value: opposes}"]);
    let line = "{id: c1, speaker: lind, about: quay, content: x, stance: {quay: opposes}}";
    saying("claims", line, &["{toward: quay, value: opposes}"]);
}

#[test]
fn names_lead_to_ids() {
    for (line, mended) in [
        ("{id: c1, speaker: the mayor, content: x}", "speaker: lind,"),
        ("{id: c1, speaker: Mayor, content: x}", "speaker: lind,"),
        (
            "{id: c1, speaker: [berg, Ada Lind], content: x}",
            "[berg, lind]",
        ),
        (
            "{id: c1, speaker: lind, content: x, about: The New Quay}",
            "about: quay",
        ),
        (
            "{id: c1, speaker: lind, content: x, evidence: {document: Harbour Post}}",
            "document: post",
        ),
        ("{id: c1, speaker: moscow, content: x}", "speaker: russia"),
        (
            "{id: c1, speaker: lind, content: x, stance: {toward: new quay, value: supports}}",
            "toward: quay",
        ),
        // The nearest id is one of a kind that may stand there.
        ("{id: c1, speaker: lindt, content: x}", "speaker: lind,"),
    ] {
        obeying("claims", line, "", mended);
    }
    saying(
        "claims",
        "{id: c1, speaker: Lind A, content: x}",
        &["AN102"],
    );
    saying(
        "claims",
        "{id: c1, speaker: quaysid, content: x}",
        &["unknown | add the record"],
    );
    saying(
        "claims",
        "{id: c1, speaker: Quay-Side, content: x}",
        &["AN102"],
    );
    saying(
        "claims",
        "{id: c1, speaker: lind, content: x, at: The new quay}",
        &["a name of topic quay, but \"at\" needs an event"],
    );
    saying(
        "relations",
        "{from: Moscow, kind: leads, to: Ada Lind}",
        &["a name of actor russia", "a name of actor lind"],
    );
    saying(
        "events",
        "{id: e, label: E, participants: [LIND-]}",
        &["AN102"],
    );
}

#[test]
fn a_name_of_several_is_no_guess() {
    let text = format!(
        "{HEAD}claims:\n  - {{id: c1, speaker: harbour master, content: x}}\n  - {{id: c2, speaker: harbour master, content: x}}\n"
    );
    let with = text.replace("aliases: [Lind]", "aliases: [Harbour Master]");
    let before = loaded(&with, "facts.yaml");
    let findings = told(&before);
    // All its places are changed at once.
    let after = told(&loaded(&obeyed(&with, &before, &findings), "facts.yaml"));
    assert!(after.is_empty(), "{after:#?}");
    let with = with.replace("the mayor", "Harbour Master");
    let findings = told(&loaded(&with, "facts.yaml"));
    let words = words(&findings[0]);
    assert!(
        words.contains("a name of actor lind, actor berg"),
        "{words}"
    );
    assert!(findings[0].fixes.iter().all(|fix| fix.edits.is_empty()));
}

#[test]
#[allow(clippy::too_many_lines, reason = "a list")]
fn words_that_people_try_lead_to_the_right_ones() {
    for (list, line, mended) in [
        (
            "actors",
            "{id: a, name: A, kind: company}",
            "kind: organization",
        ),
        (
            "actors",
            "{id: a, name: A, kind: Political party}",
            "kind: organization",
        ),
        ("actors", "{id: a, name: A, kind: country}", "kind: state"),
        ("actors", "{id: a, name: A, type: person}", "kind: person"),
        (
            "actors",
            "{id: a, name: A, kind: group, unnamed: yes}",
            "unnamed: true",
        ),
        (
            "actors",
            "{id: a, name: A, kind: group, unnamed: No}",
            "unnamed: false",
        ),
        (
            "events",
            "{id: e, label: E, status: planned}",
            "status: scheduled",
        ),
        (
            "events",
            "{id: e, label: E, status: claimed}",
            "status: alleged",
        ),
        ("events", "{id: e, label: E, type: summit}", "kind: summit"),
        (
            "claims",
            "{speaker: lind, content: x, act: corrects}",
            "act: retracts",
        ),
        (
            "claims",
            "{speaker: lind, content: x, act: said}",
            "act: asserts",
        ),
        (
            "claims",
            "{speaker: lind, content: x, type: denies}",
            "act: denies",
        ),
        (
            "claims",
            "{speaker: lind, content: x, mode: verbatim}",
            "mode: direct",
        ),
        (
            "claims",
            "{speaker: lind, content: x, about: quay, stance: against}",
            "stance: opposes",
        ),
        (
            "claims",
            "{speaker: lind, content: x, confidence: 80%}",
            "confidence: 0.8",
        ),
        (
            "claims",
            "{speaker: lind, content: x, evidence: post}",
            "evidence: {document: post}",
        ),
        (
            "claims",
            "{speaker: lind, content: x, evidence: [post]}",
            "evidence: [{document: post}]",
        ),
        (
            "relations",
            "{from: lind, kind: speaks_for, to: russia}",
            "kind: represents",
        ),
        (
            "relations",
            "{from: lind, kind: works for, to: russia}",
            "kind: employed_by",
        ),
        (
            "relations",
            "{from: lind, kind: father_of, to: berg}",
            "kind: parent_of",
        ),
        (
            "places",
            "{id: p, name: P, lat: \u{31}2\u{2c}5, lon: 2}",
            "",
        ),
    ] {
        if mended.is_empty() {
            saying(list, line, &["AN020"]);
        } else {
            obeying(list, line, "", mended);
        }
    }
    for (list, line, wanted) in [
        (
            "relations",
            "{from: lind, kind: son_of, to: berg}",
            "the other way round",
        ),
        (
            "claims",
            "{speaker: lind, content: x, act: praises}",
            "an attitude is a stance",
        ),
        (
            "claims",
            "{speaker: lind, content: x, confidence: 80}",
            "80 percent is 0.8",
        ),
        (
            "claims",
            "{speaker: lind, content: x, confidence: high}",
            "from 0 to 1",
        ),
        (
            "claims",
            "{speaker: lind, content: x, evidence: \"He said so\"}",
            "quote: …",
        ),
        (
            "claims",
            "{speaker: lind, content: x, evidence: https://e.org/a}",
            "with its url",
        ),
        (
            "claims",
            "{speaker: lind, content: x, said: Monday}",
            "write the day that it was",
        ),
        (
            "claims",
            "{speaker: lind, content: x, said: last week}",
            "from the day of the report",
        ),
        (
            "claims",
            "{speaker: lind, content: x, said: tonight}",
            "a time stands after its day",
        ),
        ("events", "{id: e, label: E, when: ..}", "always is ../.."),
        ("events", "{id: e, label: E, when: ongoing}", "since when"),
        (
            "places",
            "{id: p, name: P, lat: 38 N, lon: 2}",
            "with a minus",
        ),
        ("topics", "{id: t, label: T, type: theme}", "leave it out"),
    ] {
        saying(list, line, &[wanted]);
    }
}

#[test]
fn json_is_told_the_same_without_changes_that_fail() {
    for (record, wanted) in [
        (r#""unnamed":"yes""#, "write true without quotation marks"),
        (r#""unnamed":"true""#, "write true without quotation marks"),
        (r#""confidence":"0.8""#, "without quotation marks"),
        (r#""confidence":"80%""#, "from 0 to 1"),
    ] {
        let text = format!(
            "{{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"group\",{record}}}\n"
        );
        let findings = told(&loaded(&text, "facts.jsonl"));
        assert_eq!(findings.len(), 1, "{findings:#?}");
        let words = words(&findings[0]);
        assert!(words.contains(wanted), "{words}");
        assert!(findings[0].fixes.iter().all(|fix| fix.edits.is_empty()));
    }
    let text = r#"{"type":"claim","speaker":[],"content":"x","evidence":"post"}"#;
    let words = words(&told(&loaded(text, "facts.jsonl"))[0]);
    assert!(words.contains(r#"{"document": "post"}"#), "{words}");
}
