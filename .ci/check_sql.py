#!/usr/bin/env python3
"""Asks random questions of a snapshot through `annals sql`, in another engine, and holds the rows, in their order,
against those of the command: check_sql.py ANNALS SNAPSHOT COUNT [duckdb | sail | sc://HOST:PORT [SEED]]."""
import datetime
import json
import random
import subprocess
import sys
import time

program, snapshot, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
engine_name = sys.argv[4] if len(sys.argv) > 4 else "duckdb"
dice = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 7)


#: What SQL cannot tell of questions that are asked here, in words of the refusal.
REFUSED = ("whose day is not known", "under which a claim is made")
refused = 0


def annals(*words):
    """What the program prints; None where it refuses."""
    global refused
    run = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    assert run.returncode in (0, 2), (words, run.stderr)
    refused += any(reason in run.stderr for reason in REFUSED)
    return run.stdout if run.returncode == 0 else None


def statements(text):
    return [one for one in text.split(";\n") if one.strip()]


class DuckDB:
    def __init__(self):
        import duckdb

        self.engine = duckdb.connect()
        self.engine.execute(annals("sql", "--views", snapshot))

    def rows(self, query):
        return self.engine.execute(query).fetchall()


class Connect:
    """Spark or Sail, through Spark Connect."""

    def __init__(self, where):
        from pyspark.sql import SparkSession

        if where == "sail":
            from pysail.spark import SparkConnectServer

            self.server = SparkConnectServer(ip="127.0.0.1", port=0)
            self.server.start(background=True)
            where = "sc://{}:{}".format(*self.server.listening_address)
        self.session = SparkSession.builder.remote(where).getOrCreate()
        for statement in statements(annals("sql", "--views", snapshot, "--dialect", "spark")):
            self.session.sql(statement)

    def rows(self, query):
        table = self.session.sql(query).toArrow()
        return list(zip(*(column.to_pylist() for column in table.columns))) if table.num_rows else []


engine = DuckDB() if engine_name == "duckdb" else Connect(engine_name)


def every(table, column):
    rows = engine.rows(f"select distinct {column} from {table} where {column} is not null order by 1")
    return [row[0] for row in rows]


actors, addressees = every("claim_speaker", "actor"), every("claim_to", "actor")
things = every("claim_stance", "toward") + every("claim_about", "thing")
documents, tags = every("claim_evidence", "document"), every("claim_tag", "tag")
represented = every("relations", "to_id")
words = sorted({word for text in every("claims", "content")[:500] for word in text.split()})
PER = ["speaker", "to", "about", "stance", "act", "mode", "document", "publisher", "tag", "day", "week", "month", "year"]
RECORDS = {"speaker", "to", "about", "document"}


def some(chance, option, values):
    return [option, str(dice.choice(values))] if values and dice.random() < chance else []


def of_days(table, field):
    """The days on which something of a table begins."""
    column = f"{field}_earliest_start"
    days = every(table, f"CASE WHEN {column} > -500000 AND {column} < 500000 THEN {column} END")
    return [datetime.date(1970, 1, 1) + datetime.timedelta(days=day) for day in days]


days = of_days("claims", "said") + of_days("documents", "published") + of_days("documents", "recorded") + of_days("claims", "retracted")


def date():
    """A day on which something begins, or a time around it; so that some of the facts lie on either side."""
    day = dice.choice(days)
    return dice.choice([day.isoformat(), day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], f"[{day.year}, {day.year + 3}]"])


def window(chance):
    return some(chance, "--from", [date()]) + some(chance, "--until", [date()])


def in_force():
    return dice.choice([[], [], [], ["--surely"], ["--retracted"], ["--as-of", date()]])


def selection():
    return (
        some(0.4, "--by", actors) + some(0.1, "--by", actors) + some(0.3, "--about", things)
        + some(0.15, "--to", addressees) + some(0.1, "--in", documents) + some(0.1, "--tag", tags)
        + some(0.2, "--stance", ["supports", "opposes"]) + some(0.2, "--act", ["asserts", "denies", "promises"])
        + some(0.2, "--text", words) + window(0.4) + some(0.3, "--as-of", [date()])
        + some(0.1, "--limit", [1, 3, 20]) + dice.choice([[], [], [], ["--surely"], ["--retracted"]])
    )


def of_few():
    """A selection that a position or a contradiction is asked of."""
    return (
        some(0.4, "--by", actors) + some(0.4, "--about", things) + some(0.1, "--stance", ["supports", "opposes"])
        + window(0.3) + some(0.2, "--limit", [1, 3]) + in_force()
    )


#: Of many claims, contradictions between speakers fill gigabytes of JSON, and SQL looks for none of these.
are_few = engine.rows("select count(*) from claims")[0][0] <= 10_000
torn = [] if are_few else sorted({row[0] for row in engine.rows(annals("sql", "positions", snapshot, "--contradictions"))})


def of_one():
    return of_few() if are_few else ["--by", dice.choice(torn or actors), *of_few()]


def rolled():
    options = some(0.6, "--by", represented) + some(0.3, "--to", represented) + some(0.4, "--about", represented)
    return (options or ["--by", dice.choice(represented)]) + ["--rollup"] + some(0.2, "--stance", ["supports"]) + window(0.5)


def day_number(text):
    """The number of a day that JSON gives; Python's own days end at year 1."""
    sign = -1 if text.startswith("-") else 1
    year, month, day = (int(part) for part in text.lstrip("+-").split("-"))
    year = sign * year - (month <= 2)
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


rows = dict.fromkeys(("said", "timeline", "subgraph", "count", "overview", "positions", "contradictions", "network"), 0)
seconds = dict.fromkeys(rows, 0.0)


def of_command(question, options, answer):
    """The rows of the command in the form of those of the query."""
    if question == "overview":
        return [(what, *rest) for what, *rest in overview(answer)]
    if question == "network":
        window = answer["windows"][0]
        nodes = [(one["id"], None, one["name"], None, one["kind"], one["statements"][0], None, None) for one in window["nodes"]]
        return nodes + [
            (one["a"]["id"], one["b"]["id"], one["a"]["name"], one["b"]["name"], None, None, one["weight"][0], one["things"])
            for one in window["edges"]
        ]
    if question == "subgraph":
        # The list has an edge for each passage and stance; the query has each once, in another order.
        return sorted({(one["source"]["id"], one["target"]["id"], one["kind"]) for one in answer})
    if question == "count":
        return [tuple(cell for key in one["by"] for cell in cells(one["by"][key], key)) + tuple(one["count"]) for one in answer]
    if question == "positions":
        return list(positions(options, answer))
    if question == "contradictions":
        known = [one for one in answer if one["kind"] != "between"]
        return [
            (one["kind"], one["claims"][0]["id"], one["claims"][1]["id"], *cells(one["toward"], "about"), one["certain"])
            for one in known
        ]
    return [(one["id"], one["certain"]) for one in answer]


def cells(value, key):
    if key in RECORDS:
        return (value["id"], value["name"]) if value else (None, None)
    return (value,)


def overview(answer):
    for what, number in answer["counts"].items():
        yield what, None, None, number
    for what, day in answer["span"].items():
        yield what, None, None, None if day is None else day_number(day)
    for what in ("speaker", "topic", "document"):
        for one in answer[what + "s"]:
            record = one["actor" if what == "speaker" else what]
            yield what, record["id"], record["name"], one["claims"]


def positions(options, answer):
    for one in answer:
        who = (one["speaker"]["id"], one["toward"]["id"], one["speaker"]["name"], one["toward"]["name"])
        if "--contradictions" in options:
            for pair in one["contradictions"]:
                yield (*who, *pair["claims"])
        elif "--changes" in options:
            for change in one["changes"]:
                yield (*who, *change["claims"], change["from"], change["to"], *(change["days"] or (None, None)))
        else:
            for nth, stance in enumerate(one["history"], 1):
                yield (*who, nth, stance["claim"], stance["value"], stance["certain"])


def compare(question, options):
    before = refused
    query = annals("sql", question, snapshot, *options)
    form = "jsonl" if question == "subgraph" else "json"
    answer = annals(question, snapshot, *options, "-f", form, "-q")
    if refused > before:
        return
    assert (query is None) == (answer is None), (question, options)
    if query is None:
        return
    began = time.monotonic()
    theirs = [tuple(row) for row in engine.rows(query)]
    seconds[question] += time.monotonic() - began
    answer = [json.loads(line) for line in answer.splitlines()] if form == "jsonl" else json.loads(answer)["data"]
    ours = of_command(question, options, answer)
    if question == "subgraph":
        theirs = sorted(theirs)
    elif question in ("said", "timeline"):
        theirs = [row[:2] for row in theirs]
    elif question == "network":
        assert all(row[8] for row in theirs), (question, options)
        theirs = [row[:8] for row in theirs]
    if ours != theirs:
        differing = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:3]
        known = [set(map(repr, some)) for some in (ours, theirs)]
        alone = [[row for row in some if repr(row) not in other][:3] for some, other in zip((ours, theirs), reversed(known))]
        sys.exit(f"{question} {options}: {len(ours)} and {len(theirs)} rows; {differing}; ours and theirs alone: {alone}")
    rows[question] += len(ours)


for nth in range(count):
    compare("said", selection())
    per = dice.sample(PER, dice.choice([1, 1, 2, 3]))
    compare("count", ["--per", ",".join(per), *selection()])
    if nth % 3 == 0:
        compare("timeline", window(0.8) + dice.choice([[], ["--surely"], ["--retracted"]]))
        compare("positions", of_few())
        compare("network", some(0.3, "--over", ["topics", "actors"]) + some(0.3, "--of", ["things"])
                + some(0.3, "--measure", ["conflict"]) + some(0.3, "--normalise", ["no", "cosine"])
                + some(0.2, "--top", [5]) + some(0.2, "--by", actors) + window(0.2))
    if nth % 3 == 1:
        compare("contradictions", of_one())
        if represented:
            compare("said", rolled())
            compare("count", ["--per", dice.choice(["speaker", "about,stance"]), *rolled()])
    if nth % 3 == 2:
        compare("subgraph", ["--around", dice.choice(actors), "--hops", dice.choice("12")])
        compare("positions", [dice.choice(["--contradictions", "--changes"]), *of_few()])
# Whatever was chosen by chance, each question has rows.
compare("said", [])
compare("overview", [])
for kept in ("--contradictions", "--changes"):
    compare("positions", [kept])
compare("contradictions", [] if are_few else ["--by", (torn or actors)[0]])
before = refused
compare("network", [] if are_few else ["--top", "50"])
# One of claims that match only possibly is refused.
is_refused = refused > before
assert all(found or question == "network" and is_refused for question, found in rows.items()), rows
assert before <= count, refused
print(f"{count} random selections in {engine_name}: " + ", ".join(f"{rows[one]} rows of {one} ({seconds[one]:.1f} s)" for one in rows), f"; {refused} refused")
