//! What texts come to: each test gives several, and the records that they hold.

use super::FORMAT;
use crate::options::Options;
use crate::{Outputs, Texts, import};
use annals_source::Source;
use serde_json::Value;

/// Texts that nobody keeps.
struct Nowhere;

impl Texts for Nowhere {
    fn write(&mut self, name: &str, _: &str) -> std::io::Result<String> {
        Ok(name.to_owned())
    }
}

fn imported(xml: &str) -> Vec<Value> {
    let source = Source::memory("a.xml", xml.as_bytes().to_vec());
    let mut facts = Vec::new();
    let mut texts = Nowhere;
    let outputs = Outputs::to(&mut facts)
        .spelled_as(Some("a.jsonl".as_ref()))
        .with_texts(&mut texts);
    import(&FORMAT, &[source], &Options::default(), outputs).unwrap();
    let facts = String::from_utf8(facts).unwrap();
    facts
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn of_kind<'r>(records: &'r [Value], kind: &'r str) -> impl Iterator<Item = &'r Value> {
    records.iter().filter(move |one| one["type"] == kind)
}

/// A sitting in which Ida Holm is known.
fn sitting(body: &str) -> String {
    format!(
        "<TEI><teiHeader><profileDesc><particDesc><listPerson><person xml:id='ida'>\
         <persName><forename>Ida</forename><surname>Holm</surname></persName></person></listPerson>\
         </particDesc></profileDesc></teiHeader><text><body>{body}</body></text></TEI>"
    )
}

#[test]
fn an_organization_within_another_is_part_of_it() {
    for (list, wanted) in [
        (
            "<org xml:id='a'><orgName>Council</orgName><org xml:id='b' from='2019-05-01' to='2021-04-30'><orgName>Works</orgName></org></org>",
            vec!["works council 2019-05-01/2021-04-30"],
        ),
        (
            "<org xml:id='a'><orgName>Council</orgName><listOrg from='2020'><org><orgName>Works</orgName></org><org when='2021'><orgName>Noise</orgName></org></listOrg></org>",
            vec!["works council 2020/", "noise council 2021"],
        ),
        (
            "<org><orgName>Council</orgName><org><orgName>Works</orgName><org><orgName>Quay</orgName></org></org></org>",
            vec!["works council ", "quay works "],
        ),
        (
            "<org><orgName>Council</orgName></org><org><orgName>Works</orgName></org>",
            vec![],
        ),
        ("<org><orgName>Council</orgName><org/></org>", vec![]),
    ] {
        let records = imported(&format!(
            "<TEI><teiHeader><profileDesc><particDesc><listOrg>{list}</listOrg></particDesc></profileDesc></teiHeader><text><body><p>x</p></body></text></TEI>"
        ));
        let ties: Vec<String> = of_kind(&records, "relation")
            .filter(|tie| tie["kind"] == "part_of")
            .map(|tie| {
                let text = |field: &str| tie[field].as_str().unwrap_or_default().to_owned();
                format!("{} {} {}", text("from"), text("to"), text("when"))
            })
            .collect();
        assert_eq!(ties, wanted, "{list}");
    }
}

#[test]
fn only_what_is_spoken_is_quoted() {
    for (speech, wanted) in [
        (
            "<u who='#ida'>It is <note>(Noise.)</note> open.</u>",
            "It is … open.",
        ),
        (
            "<u who='#ida'><note>(Rings.)</note>It is open.</u>",
            "It is open.",
        ),
        (
            "<u who='#ida'>It is open.<vocal><desc>(Coughs.)</desc></vocal></u>",
            "It is open.",
        ),
        (
            "<u who='#ida'><seg>It is <kinesic><desc>(Nods.)</desc></kinesic></seg> <seg>open.</seg></u>",
            "It is … open.",
        ),
        (
            "<u who='#ida'>It is <incident><desc>(A bang.)</desc></incident><note>(Again.)</note> open.</u>",
            "It is … open.",
        ),
        (
            "<u who='#ida'>It is <gap reason='inaudible'><desc>three words</desc></gap> open.</u>",
            "It is … open.",
        ),
        ("<u who='#ida'>It is <gap/> open.</u>", "It is … open."),
        (
            "<u who='#ida'>It is <time>10:22</time> open.</u>",
            "It is … open.",
        ),
        (
            "<u who='#ida'>At <time><w>ten</w></time> it is open.</u>",
            "At ten it is open.",
        ),
        (
            "<u who='#ida'>It <pb n='2'/>is <unclear>open</unclear>.</u>",
            "It is open.",
        ),
        (
            "<u who='#ida'>It is <u who='#jon'>Never!</u> open.</u>",
            "It is … open.",
        ),
        (
            "<u who='#ida'>It is <vocal/><kinesic/>open.</u>",
            "It is open.",
        ),
        (
            "<said who='#ida' direct='true'>It is<note place='foot'>1</note> open.</said>",
            "It is … open.",
        ),
        ("<q who='#ida'>It is <gap/> open.</q>", "It is … open."),
        (
            "<quote who='#ida'>It is open.<note>So they say</note>.</quote>",
            "It is open.",
        ),
    ] {
        let records = imported(&sitting(speech));
        let first = of_kind(&records, "claim").next().unwrap_or(&Value::Null);
        assert_eq!(first["quote"], wanted, "{speech}");
        assert_eq!(first["speaker"][0], "ida-holm", "{speech}");
    }
}

#[test]
fn a_speech_of_nobody_is_to_be_coded() {
    for (speech, speaker) in [
        ("<u>Never!</u>", ""),
        ("<u who=''>Never!</u>", ""),
        ("<u who='#unknown'><seg>Never!</seg></u>", ""),
        ("<sp><p>Never!</p></sp>", ""),
        ("<sp><speaker>A voice.</speaker><p>Never!</p></sp>", ""),
        (
            "<sp><speaker>Ida Holm:</speaker><p>Never!</p></sp>",
            "ida-holm",
        ),
        ("<u who='#ida'>Never!</u>", "ida-holm"),
    ] {
        let records = imported(&sitting(speech));
        let claims: Vec<&Value> = of_kind(&records, "claim").collect();
        assert_eq!(claims.len(), 1, "{speech}");
        if speaker.is_empty() {
            assert_eq!(claims[0]["speaker"], Value::Array(Vec::new()), "{speech}");
            assert_eq!(claims[0]["tags"][0], "to-code", "{speech}");
        } else {
            assert_eq!(claims[0]["speaker"][0], speaker, "{speech}");
        }
        // Nobody is made up.
        assert_eq!(of_kind(&records, "actor").count(), 1, "{speech}");
    }
}

#[test]
fn what_a_corpus_tells_is_shown_by_the_corpus() {
    let text = "<TEI><teiHeader><fileDesc><titleStmt><title>A grammar</title></titleStmt></fileDesc></teiHeader><text><body><p>x</p></body></text></TEI>";
    let title = "<fileDesc><titleStmt><title>All of it</title></titleStmt></fileDesc>";
    let people = "<listPerson><person xml:id='ida'><persName>Ida</persName>@</person><person xml:id='jon'><persName>Jon</persName></person></listPerson>";
    for (told, kind) in [
        ("<listEvent><event when='1990'><label>First term</label></event></listEvent>".to_owned(), "event"),
        (people.replace('@', "<event when='1990'><label>Elected</label></event>"), "event"),
        (people.replace('@', "<affiliation ref='#quay' from='1990'/>"), "relation"),
        (format!("{}<listRelation><relation name='sibling' mutual='#ida #jon'/></listRelation>", people.replace('@', "")), "relation"),
        ("<correspDesc><correspAction type='sent'><persName>Ida</persName></correspAction></correspDesc>".to_owned(), "event"),
    ] {
        let header = format!("<teiHeader>{title}<profileDesc>{told}</profileDesc></teiHeader>");
        for xml in [
            format!("<teiCorpus>{header}{text}</teiCorpus>"),
            format!("<teiCorpus>{text}<teiCorpus>{header}{text}</teiCorpus>{text}</teiCorpus>"),
            format!("<teiCorpus><teiHeader>{title}</teiHeader><standOff>{told}</standOff>{text}</teiCorpus>"),
        ] {
            let records = imported(&xml);
            let shown = of_kind(&records, kind).next().unwrap_or(&Value::Null);
            assert_eq!(shown["evidence"][0]["document"], "all-of-it", "{xml}");
        }
    }
    // A corpus that tells nothing has no document of its own.
    let records = imported(&format!(
        "<teiCorpus><teiHeader>{title}</teiHeader>{text}</teiCorpus>"
    ));
    assert_eq!(of_kind(&records, "document").count(), 1);
}

#[test]
fn letters_have_senders_addressees_and_a_date() {
    let letter = |inner: &str| {
        let xml = format!(
            "<TEI><teiHeader><profileDesc><correspDesc>{inner}</correspDesc></profileDesc></teiHeader></TEI>"
        );
        let records = imported(&xml);
        let event = of_kind(&records, "event")
            .next()
            .cloned()
            .unwrap_or_default();
        let when = event["when"].as_str().unwrap_or_default().to_owned();
        let label = event["label"].as_str().unwrap_or_default().to_owned();
        format!("{label} {when}").trim().to_owned()
    };
    let sent = |inner: &str| {
        letter(&format!(
            "<correspAction type='sent'>{inner}</correspAction>"
        ))
    };
    for (inner, wanted) in [
        (
            "<persName>Holm, Ida</persName><date when='1810-07'/>",
            "Letter from Ida Holm 1810-07",
        ),
        (
            "<persName><surname>Holm</surname><forename>Ida</forename></persName><date from='1810' to='1811'/>",
            "Letter from Ida Holm 1810/1811",
        ),
        (
            "<orgName>Quay Office</orgName><persName>Jon</persName><date when-iso='1810-07-01Z'/>",
            "Letter from Quay Office and Jon 1810-07-01",
        ),
        (
            "<name>A</name><name>B</name><name>C</name><name>D</name><date notAfter='1810'/>",
            "Letter from A and others [..1810]",
        ),
        (
            "<persName ref='https://people.example/7'/><date when='1810' cert='low'/>",
            "Letter from 7 1810?",
        ),
        ("<date when='1810'/>", "Letter 1810"),
    ] {
        assert_eq!(sent(inner), wanted, "{inner}");
    }
    let received = "<correspAction type='received'><persName>Jon</persName><date when='1812'/></correspAction>";
    assert_eq!(letter(received), "Letter to Jon");
    assert_eq!(letter("<p>Lost.</p>"), "");
}
