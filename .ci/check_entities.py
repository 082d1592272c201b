"""Holds imports of references and entities against sources that the libraries of their formats write:
bibtexparser, rispy, followthemoney, stix2. Each source is made here, imported, checked, and its facts
compared with what was put in.

    check_entities.py ANNALS
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import bibtexparser
import rispy
import stix2
from bibtexparser.model import Entry, Field
from followthemoney import model

ANNALS = pathlib.Path(sys.argv[1]).resolve()
NAMES = ["Ada Lind", "Žofie Müller", "李 小龙", "O'Neil & <Sons>", "Анна Лінд"]


def imported(folder, name, path):
    facts = folder / "facts.jsonl"
    done = subprocess.run([ANNALS, "import", name, path, "-o", facts], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    # Warnings are the source's own; an error is ours.
    checked = subprocess.run([ANNALS, "check", facts, "-q"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    records = [json.loads(line) for line in facts.read_text().splitlines()]
    print(f"{name}: {done.stderr.strip()}")
    return records


def of(records, kind):
    return [record for record in records if record["type"] == kind]


def references(folder):
    library = bibtexparser.Library()
    for nth, name in enumerate(NAMES):
        fields = {"author": f"{name} and Berg, Jon", "title": f"Paper {nth} of {{NATO}}", "year": str(1990 + nth),
                  "month": "4", "journal": "Journal of Mud"}
        library.add(Entry("article", f"key{nth}", [Field(key, value) for key, value in fields.items()]))
    path = folder / "written.bib"
    path.write_text(bibtexparser.write_string(library))
    documents = imported(folder, "bibliography", path)
    assert [one["author"] for one in documents] == [[name, "Jon Berg"] for name in NAMES], documents
    assert [one["published"] for one in documents] == [f"{1990 + nth}-04" for nth in range(5)], documents
    assert all(one["publisher"] == "Journal of Mud" for one in documents)

    entries = [{"type_of_reference": "RPRT", "title": f"Report {nth}", "authors": [name], "publisher": "Town",
                "date": f"2021/09/{10 + nth}/", "urls": [f"https://a.example/{nth}?x=1&y=2"]}
               for nth, name in enumerate(NAMES)]
    path = folder / "written.ris"
    path.write_text(rispy.dumps(entries))
    documents = imported(folder, "bibliography", path)
    assert [one["author"] for one in documents] == [[name] for name in NAMES], documents
    assert [one["published"] for one in documents] == [f"2021-09-{10 + nth}" for nth in range(5)], documents


def entities(folder):
    made = []

    def entity(schema, key, **properties):
        proxy = model.make_entity(schema)
        proxy.id = key
        for name, value in properties.items():
            proxy.add(name, value)
        made.append(proxy.to_dict())

    for nth, name in enumerate(NAMES):
        entity("Ownership", f"own-{nth}", owner=f"p-{nth}", asset="c", startDate=f"{2000 + nth}-05", percentage="20")
        entity("Person", f"p-{nth}", name=name, birthDate=f"19{60 + nth}")
    entity("Company", "c", name="Quay Works", incorporationDate="1999-06-01")
    entity("Family", "f", person="p-0", relative="p-1", relationship="mother")
    entity("Directorship", "d", director="p-2", organization="c", role="chair", endDate="2020")
    entity("Event", "e", name="Signing", date="2016-05-04", involved="p-0")
    entity("Article", "a", title="A paper", publishedAt="2016-05-05")
    entity("Mention", "m", document="a", name="Ada Lind", resolved="p-0")
    path = folder / "entities.ftm.json"
    path.write_text("".join(json.dumps(one) + "\n" for one in made))
    records = imported(folder, "ftm", path)
    actors = {one["x_ftm_id"]: one for one in of(records, "actor")}
    assert [actors[f"p-{nth}"]["name"] for nth in range(5)] == NAMES, actors
    ties = of(records, "relation")
    owned = [one["when"] for one in ties if one["kind"] == "owns"]
    assert owned == [f"{2000 + nth}-05/" for nth in range(5)], owned
    mother = next(one for one in ties if one["kind"] == "parent_of")
    assert (mother["from"], mother["to"]) == (actors["p-1"]["id"], actors["p-0"]["id"]), mother
    assert next(one for one in ties if one["kind"] == "holds_office")["role"] == "chair"
    assert of(records, "event")[0]["when"] == "2016-05-04"


def bundle(folder):
    office = stix2.Identity(name="Office", identity_class="organization")
    people = [stix2.Identity(name=name, identity_class="individual") for name in NAMES]
    actor = stix2.ThreatActor(name="Grey Gull", aliases=["Gull"], confidence=40)
    group = stix2.IntrusionSet(name="Silt")
    tie = stix2.Relationship(group, "attributed-to", actor, start_time="2020-01-01T00:00:00Z",
                             stop_time="2021-02-03T00:00:00Z")
    campaign = stix2.Campaign(name="Low Tide", first_seen="2020-03-01T00:00:00Z")
    note = stix2.Note(content="Seen at the gate", authors=[NAMES[1]], object_refs=[campaign])
    opinion = stix2.Opinion(opinion="disagree", object_refs=[note], created_by_ref=office)
    sighting = stix2.Sighting(sighting_of_ref=actor, where_sighted_refs=[office], count=2,
                              first_seen="2020-04-01T00:00:00Z", last_seen="2020-04-02T00:00:00Z")
    report = stix2.Report(name="What we know", published="2021-03-01T12:00:00Z", object_refs=[campaign, tie],
                          report_types=["campaign"], created_by_ref=office)
    older = stix2.Tool(name="Rake")
    revoked = older.revoke()
    all = [office, *people, actor, group, tie, campaign, note, opinion, sighting, report, older, revoked]
    path = folder / "bundle.json"
    path.write_text(stix2.Bundle(all).serialize(pretty=True))
    records = imported(folder, "stix", path)
    assert sorted(one["name"] for one in of(records, "actor")) == sorted([*NAMES, "Office", "Grey Gull", "Silt"])
    assert of(records, "relation")[0]["when"] == "2020-01-01/2021-02-03"
    claims = of(records, "claim")
    speaker = {one["id"]: one["name"] for one in of(records, "actor")}
    assert [[speaker[who] for who in one["speaker"]] for one in claims] == [[NAMES[1]], ["Office"]], claims
    assert claims[1]["stance"] == [{"toward": claims[0]["id"], "value": "opposes"}], claims
    assert of(records, "document")[0]["author"] == ["Office"]
    [tool] = of(records, "topic")
    assert tool["retracted"]["reason"] == "revoked", tool


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        references(folder)
        entities(folder)
        bundle(folder)


if __name__ == "__main__":
    main()
