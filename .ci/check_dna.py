"""From a database of Discourse Network Analyzer to the same figures: a debate of our own making, imported and weighed.

    check_dna.py ANNALS         ANNALS is built with the feature sqlite

The figures are computed from the rows of the database by the formulas of DNA. Of what is coded with an organization, ours
must be the same; of persons who are also coded without one, DNA's figure is the least of ours.
"""

import collections
import itertools
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

import check_networks
import make_dna

PERSONS, ORGANIZATIONS = [f"Person {n}" for n in range(8)], [f"Organization {n}" for n in range(4)]
CONCEPTS = [f"Concept {n}" for n in range(5)]
BEGINS, DAY = 1609459200, 86400


def debate(path, without):
    """Makes a database; `without` is how many statements of a hundred have no organization. Returns its statements."""
    dice = random.Random(11)
    db = sqlite3.connect(path)
    db.executescript(make_dna.TABLES)
    many = db.executemany
    many("INSERT INTO SETTINGS VALUES (?, ?)", [("version", "3.0.7"), ("date", "2022-06-10")])
    many("INSERT INTO CODERS VALUES (?, ?, 255, 255, 0, 'x')", [(1, "Admin")])
    many("INSERT INTO STATEMENTTYPES VALUES (?, ?, ?, ?, ?)", [(1, "DNA Statement", 239, 208, 51)])
    many("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", make_dna.VARIABLES[:4])
    names = [(1, ""), (2, ""), (3, "")] + [(1, one) for one in PERSONS] + [(2, one) for one in ORGANIZATIONS] + [(3, one) for one in CONCEPTS]
    number = {name: nth for nth, name in enumerate(names, 1)}
    many("INSERT INTO ENTITIES VALUES (?, ?, ?, 0, 0, 0, NULL)", [(nth, *name) for name, nth in number.items()])
    days = [dice.randrange(0, 400) for _ in range(14)]
    many("INSERT INTO DOCUMENTS VALUES (?, ?, ?, 1, '', '', '', '', '', ?)",
         [(nth, f"Document {nth}", "So it was said. " * 20, BEGINS + day * DAY + 43200) for nth, day in enumerate(days, 1)])
    statements = []
    for nth in range(1, 121):
        person = dice.choice(PERSONS)
        organization = "" if dice.randrange(100) < without else ORGANIZATIONS[PERSONS.index(person) % 4 if dice.random() < 0.8 else dice.randrange(4)]
        row = {"document": dice.randrange(1, 15), "person": person, "organization": organization, "concept": dice.choice(CONCEPTS), "level": dice.randrange(2)}
        row["day"] = days[row["document"] - 1]
        statements.append(row)
        many("INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)", [(nth, row["document"], nth * 2, nth * 2 + 10)])
        many("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, ?)",
             [(nth, variable, number[variable, row[of]]) for variable, of in ((1, "person"), (2, "organization"), (3, "concept"))])
        many("INSERT INTO DATABOOLEAN VALUES (NULL, ?, 4, ?)", [(nth, row["level"])])
    db.commit()
    db.close()
    return statements


def dna(statements, of, measure, normalise, duplicates):
    """The figures of DNA, by its formulas."""
    counts, seen = collections.defaultdict(collections.Counter), set()
    for row in sorted(statements, key=lambda row: row["day"]):
        if not row[of]:
            continue
        level = 0 if measure == "ignore" and duplicates != "keep" else row["level"]
        group = {"document": row["document"], "range": 0}.get(duplicates)
        key = (row[of], row["concept"], level, group)
        if duplicates != "keep" and key in seen:
            continue
        seen.add(key)
        counts[row[of]][row["concept"], level] += 1
    weights = {}
    for one, other in itertools.combinations(sorted(counts), 2):
        value = check_networks.weight(counts[one], counts[other], {}, measure, normalise, 1)
        if value:
            weights[one, other] = value
    return weights


def main():
    annals = check_networks.ANNALS
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for without in (0, 20):
            database, facts = pathlib.Path(folder, f"debate{without}.dna"), str(pathlib.Path(folder, f"debate{without}.jsonl"))
            statements = debate(database, without)
            subprocess.run([annals, "import", "dna", str(database), "-o", facts, "-q"], check=True)
            for of, into in (("organization", ["--into", "organization"]), ("person", [])):
                for measure in ("congruence", "conflict", "subtract", "ignore"):
                    for normalise, duplicates in (("average", "keep"), ("no", "document"), ("jaccard", "range"), ("cosine", "keep")):
                        if measure == "ignore" and normalise == "jaccard":
                            continue
                        options = ["--over", "topics", "--date", "published", "--measure", measure, "--normalise", normalise, "--duplicates", duplicates]
                        answer = check_networks.network(facts, *options, *into)["windows"][0]
                        ours = {tuple(sorted((edge["a"]["name"], edge["b"]["name"]))): edge for edge in answer["edges"]}
                        theirs = dna(statements, of, measure, normalise, duplicates)
                        for pair in ours.keys() | theirs.keys():
                            edge = ours.get(pair, {"weight": [0.0, 0.0], "exact": True})
                            least, most = edge["weight"]
                            value = theirs.get(pair, 0.0)
                            case = (without, of, options, pair, (least, most), value)
                            if without and of == "organization":
                                assert least - 1e-9 <= value <= most + 1e-9, case
                                # What is coded without an organization can only add, where nothing is divided.
                                adds = measure != "subtract" and normalise == "no" and edge["exact"]
                                assert not adds or check_networks.close(least, value), case
                            else:
                                assert check_networks.close(least, value) and check_networks.close(most, value), case
                            compared += 1
    assert compared > 500, compared
    print(f"{compared} weights of imported debates are those of DNA's formulas")


if __name__ == "__main__":
    main()
