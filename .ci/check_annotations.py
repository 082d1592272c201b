"""Holds imports of annotations, items and event tables against sources that programs which are not ours
write: bratly (brat), lxml (TEI, TimeML), WikibaseIntegrator (Wikidata), csv (the layouts of GDELT and
ICEWS, counted by DuckDB).

    check_annotations.py ANNALS
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import bratly
import duckdb
from lxml import etree
from wikibaseintegrator import WikibaseIntegrator, datatypes
from wikibaseintegrator.models import Qualifiers, Reference, References
from wikibaseintegrator.wbi_enums import WikibaseRank, WikibaseTimePrecision

ANNALS = pathlib.Path(sys.argv[1]).resolve()
NAMES = ["Ada Lind", "Žofie Müller", "李 小龙", "O'Neil & <Sons>", "Jon 🚢 Berg"]


def imported(folder, name, *words):
    facts = folder / "facts.jsonl"
    done = subprocess.run([ANNALS, "import", name, *map(str, words), "-o", facts], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    # Warnings are the source's own; an error is ours.
    checked = subprocess.run([ANNALS, "check", facts, "-q"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    print(f"{name}: {done.stderr.strip()}")
    return [json.loads(line) for line in facts.read_text().splitlines()]


def of(records, kind):
    return [record for record in records if record["type"] == kind]


def one(record, field):
    value = record[field]
    return value[0] if isinstance(value, list) else value


def brat(folder):
    text, annotations, people = "", [], []

    def entity(number, label, words):
        nonlocal text
        start = len(text)
        text += words
        annotations.append(bratly.EntityAnnotation(
            id=f"T{number}", label=label, fragments=[bratly.Fragment(start=start, end=len(text))], content=words))
        return annotations[-1]

    for nth, name in enumerate(NAMES):
        who = entity(2 * nth + 1, "Person", name)
        text += " "
        said = entity(2 * nth + 2, "Say", f"said {nth}")
        text += ".\n"
        people.append(who)
        annotations.append(bratly.RelationAnnotation(
            id=f"R{nth + 1}", label="Speaker", argument1=("Arg1", said), argument2=("Arg2", who)))
    annotations.append(bratly.RelationAnnotation(
        id="R9", label="Member-Of", argument1=("Arg1", people[0]), argument2=("Arg2", people[1])))
    (folder / "quay.txt").write_text(text)
    (folder / "quay.ann").write_text("".join(f"{annotation}\n" for annotation in annotations))
    records = imported(folder, "brat", folder / "quay.ann")
    assert [actor["name"] for actor in of(records, "actor")] == NAMES, records
    ids = [actor["id"] for actor in of(records, "actor")]
    claims = of(records, "claim")
    assert [one(claim, "speaker") for claim in claims] == ids, claims
    for nth, claim in enumerate(claims):
        evidence = one(claim, "evidence")
        [[start, end]] = evidence["spans"]
        assert text[start:end] == evidence["quote"] == f"said {nth}", claim
    [tie] = of(records, "relation")
    assert (tie["from"], tie["kind"], tie["to"]) == (ids[0], "member_of", ids[1]), tie


def tei(folder):
    space = "http://www.tei-c.org/ns/1.0"
    root = etree.Element(f"{{{space}}}TEI", nsmap={None: space})

    def child(of, name, words=None, **attributes):
        made = etree.SubElement(of, f"{{{space}}}{name}", attributes)
        made.text = words
        return made

    title = child(child(child(root, "teiHeader"), "fileDesc"), "titleStmt")
    child(title, "title", "Talks & walks")
    people = child(child(root, "standOff"), "listPerson")
    body = child(child(root, "text"), "body")
    for nth, name in enumerate(NAMES):
        person = child(people, "person", **{"{http://www.w3.org/XML/1998/namespace}id": f"p{nth}"})
        child(person, "persName", name)
        child(person, "birth", when=f"19{60 + nth}-05")
        child(child(body, "p", "Then: "), "said", etree.CDATA(f"{name} says <{nth}>"), who=f"#p{nth}", direct="true")
    path = folder / "talks.xml"
    etree.ElementTree(root).write(path, encoding="utf-16", xml_declaration=True)
    records = imported(folder, "tei", path)
    actors = of(records, "actor")
    assert [actor["name"] for actor in actors] == NAMES, actors
    assert [actor["lifespan"] for actor in actors] == [f"19{60 + nth}-05/" for nth in range(5)], actors
    claims = of(records, "claim")
    assert [claim["quote"] for claim in claims] == [f"{name} says <{nth}>" for nth, name in enumerate(NAMES)], claims
    assert [one(claim, "speaker") for claim in claims] == [actor["id"] for actor in actors], claims


def timeml(folder):
    root = etree.Element("TimeML")
    etree.SubElement(root, "DOCID").text = "quay"
    dct = etree.SubElement(root, "DCT")
    etree.SubElement(dct, "TIMEX3", tid="t0", type="DATE", value="2023-04-20",
                     functionInDocument="CREATION_TIME").text = "20 April"
    text = etree.SubElement(root, "TEXT")
    words = [f"opened «{nth}» & <closed>" for nth in range(20)]
    for nth, word in enumerate(words):
        event = etree.SubElement(text, "EVENT", eid=f"e{nth}", **{"class": "OCCURRENCE"})
        event.text, event.tail = word, " then\n"
        etree.SubElement(root, "MAKEINSTANCE", eiid=f"ei{nth}", eventID=f"e{nth}", tense="PAST", aspect="NONE")
    for nth in range(19):
        etree.SubElement(root, "TLINK", lid=f"l{nth}", relType="BEFORE", eventInstanceID=f"ei{nth}",
                         relatedToEventInstance=f"ei{nth + 1}")
    etree.SubElement(root, "TLINK", lid="l20", relType="IS_INCLUDED", eventInstanceID="ei3", relatedToTime="t0")
    path = folder / "quay.tml"
    etree.ElementTree(root).write(path, encoding="iso-8859-1", xml_declaration=True)
    records = imported(folder, "timeml", path)
    events = of(records, "event")
    assert [event["label"] for event in events] == words, events
    assert events[3]["when"] == "2023-04-20" and one(events[3], "evidence")["quote"] == words[3], events[3]
    orders = [(order["first"], order["relation"], order["second"]) for order in of(records, "order")]
    ids = [event["id"] for event in events]
    assert orders == [(ids[nth], ["before"], ids[nth + 1]) for nth in range(19)], orders
    assert of(records, "document")[0]["published"] == "2023-04-20"


def wikidata(folder):
    items = []

    def item(number, name, *claims):
        made = WikibaseIntegrator().item.new()
        made.id = f"Q{number}"
        made.labels.set("en", name)
        made.claims.add(list(claims))
        items.append(made.get_json() | {"id": f"Q{number}"})

    def day(text, property, precision=WikibaseTimePrecision.DAY):
        return datatypes.Time(prop_nr=property, time=f"+{text}T00:00:00Z", precision=precision)

    for nth, name in enumerate(NAMES):
        held = Qualifiers()
        held.add(day(f"20{10 + nth}-03-01", "P580"))
        held.add(day(f"20{12 + nth}-00-00", "P582", WikibaseTimePrecision.YEAR))
        source = References()
        source.add(Reference().add(datatypes.URL(prop_nr="P854", value=f"https://a.example/{nth}")))
        item(900 + nth, name, datatypes.Item(prop_nr="P31", value="Q5"), day(f"196{nth}-05-00", "P569",
             WikibaseTimePrecision.MONTH), datatypes.Item(prop_nr="P463", value="Q999", qualifiers=held,
             references=source), datatypes.Item(prop_nr="P463", value="Q998", rank=WikibaseRank.DEPRECATED))
    item(999, "Quay club", datatypes.Item(prop_nr="P31", value="Q43229"))
    path = folder / "items.json"
    path.write_text(json.dumps(items))
    records = imported(folder, "wikidata", path)
    people = [actor for actor in of(records, "actor") if actor["kind"] == "person"]
    assert [actor["name"] for actor in people] == NAMES, people
    assert [actor["lifespan"] for actor in people] == [f"196{nth}-05/" for nth in range(5)], people
    ties = of(records, "relation")
    assert [(tie["kind"], tie["when"]) for tie in ties] == [
        ("member_of", f"20{10 + nth}-03-01/20{12 + nth}") for nth in range(5)], ties
    assert [document["url"] for document in of(records, "document")] == [f"https://a.example/{n}" for n in range(5)]


def events(folder):
    path = folder / "day.csv"
    make = pathlib.Path(__file__).parent.parent / "benches/make_gdelt.py"
    subprocess.run([sys.executable, make, "5000", path], check=True)
    records = imported(folder, "gdelt", path)
    rows = duckdb.sql(f"SELECT * FROM read_csv('{path}', delim='\t', header=false, quote='', all_varchar=true)")
    [(days, count)] = duckdb.sql("SELECT count(DISTINCT column01), count(*) FROM rows").fetchall()
    told = of(records, "claim") + of(records, "event")
    assert len(told) == count == 5000
    assert len({record.get("said") or record.get("when") for record in told}) == days
    fights = duckdb.sql("SELECT count(*) FROM rows WHERE column26 LIKE '19%'").fetchall()[0][0]
    assert sum(event["x_cameo"].startswith("19") for event in of(records, "event")) == fights > 0

    path = folder / "events.tab"
    head = ["Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
            "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
            "City", "District", "Province", "Country", "Latitude", "Longitude"]
    with path.open("w", newline="") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(head)
        for nth, name in enumerate(NAMES):
            for code, words in (("111", "Criticize or denounce"), ("190", "Use conventional military force")):
                rows.writerow([nth, f"2018-06-0{nth + 1}", name, "Government", "Skerrow", words, code, "-2", "Harbour",
                               "", "Skerrow", 7, 2, "News", "Town", "NULL", "", "Skerrow", "53.5", "9.9"])
    records = imported(folder, "icews", path)
    assert [actor["name"] for actor in of(records, "actor") if actor["name"] != "Harbour"] == NAMES
    assert [claim["content"] for claim in of(records, "claim")] == ["Criticize or denounce"] * 5
    assert [event["when"] for event in of(records, "event")] == [f"2018-06-0{n + 1}" for n in range(5)]
    assert [place["name"] for place in of(records, "place")] == ["Town, Skerrow"]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for check in (brat, tei, timeml, wikidata, events):
            check(folder)


if __name__ == "__main__":
    main()
