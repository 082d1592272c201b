#!/usr/bin/env python3
"""Questions to a snapshot, with the answer written out, beside SQL for the same rows; prints a table.

    cargo build --release
    python3 benches/questions.py FACTS.jsonl [--runs 5] [--only find] [--annals PROGRAM] [--scratch FOLDER]

FACTS.jsonl is a file of bulk facts with acts, answers and uncertain dates. A rare word is planted in the
contents of ten claims first. Needs `pip install duckdb`. Each run is a process of its own: Annals writes its
answer as JSON to a file (the time is that of the whole process), DuckDB does so with `copy … to` (the time is
its own, from opening its file, without the start of Python). The two run in turn; medians are compared, and the
rows of both must be equal.

To add a question, add an entry to QUESTIONS: the words of the command, the SQL, and what of a row of the answer
is compared with a row of the SQL. What the SQL needs besides the tables here, add to TABLES.

Exits with 1 if rows differ, or if a ratio is beyond its limit."""
import argparse
import contextlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RARE, FREQUENT = "zeppelin", "summit"

COLUMNS = {
    "type": "VARCHAR", "id": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "aliases": "VARCHAR[]",
    "label": "VARCHAR", "title": "VARCHAR", "published": "VARCHAR", "when": "VARCHAR", "speaker": "VARCHAR[]",
    "to": "JSON", "about": "VARCHAR[]", "said": "VARCHAR", "content": "VARCHAR", "act": "VARCHAR",
    "stance": 'STRUCT(toward VARCHAR, "value" VARCHAR)[]', "tags": "VARCHAR[]", "responds_to": "VARCHAR[]",
    "evidence": "STRUCT(document VARCHAR, quote VARCHAR)[]", "recorded": "VARCHAR", "from": "VARCHAR",
    "quote": "VARCHAR",
    "retracted": 'STRUCT("on" VARCHAR, reason VARCHAR)',
}

# The first and the last day of a date as these facts write them: a day, a month, a year, or two of these with
# a slash between. Null where it is open or unknown.
MACROS = [
    """create macro first_of(x) as (case length(x) when 10 then x when 7 then x || '-01' when 4 then x || '-01-01' end)::date""",
    """create macro last_of(x) as case length(x) when 10 then x::date when 7 then last_day((x || '-01')::date)
         when 4 then (x || '-12-31')::date end""",
    "create macro first_day(x) as first_of(split_part(x, '/', 1))",
    "create macro last_day_of(x) as last_of(case when contains(x, '/') then split_part(x, '/', 2) else x end)",
]

# What is loaded, from `raw`, which has all records, numbered by `n`. Tables are stored in the order of what is
# looked up in them.
TABLES = MACROS + [
    "create table actor as select n, id, name, aliases from raw where type = 'actor' order by id",
    "create table topic as select n, id, label from raw where type = 'topic' order by id",
    """create table document as select n, id, title, published, first_day(published) as first,
         last_day_of(published) as last, recorded, retracted."on" as retracted
       from raw where type = 'document' order by id""",
    """create table event as select n, id, label, "when", first_day("when") as first, last_day_of("when") as last
       from raw where type = 'event' and retracted is null order by id""",
    """create table claim as select n, id, content, act, said, first_day(said) as first, last_day_of(said) as last,
         retracted is not null as is_retracted, retracted."on" as retracted, recorded
       from raw where type = 'claim' order by n""",
    """create table evidence as select n, nth, evidence[nth].document as document, evidence[nth].quote as quote
       from (select n, evidence, unnest(range(1, len(evidence) + 1)) as nth from raw
             where type in ('claim', 'event') and retracted is null) order by n, nth""",
    "create table claim_speaker as select n as claim, unnest(speaker) as actor from raw where type = 'claim' order by actor",
    """create table speaker as select n, nth, speaker[nth] as actor
       from (select n, speaker, unnest(range(1, len(speaker) + 1)) as nth from raw where type = 'claim') order by n, nth""",
    """create table addressee as select n, nth, x[nth] as actor from (select n, "to"::varchar[] as x,
         unnest(range(1, len("to"::varchar[]) + 1)) as nth from raw where type = 'claim') order by n, nth""",
    """create table about as select n, nth, about[nth] as thing
       from (select n, about, unnest(range(1, len(about) + 1)) as nth from raw where type = 'claim') order by n, nth""",
    """create table stance as select n, nth, stance[nth].toward as thing, stance[nth]."value" as side
       from (select n, stance, unnest(range(1, len(stance) + 1)) as nth from raw where type = 'claim') order by n, nth""",
    "create table response as select n, unnest(responds_to) as claim from raw where type = 'claim' order by claim",
    """create table thing as select id, name from actor union all select id, label from topic
       union all select id, label from event union all select id, title from document order by id""",
    """create table counts as select type, count(*) as records, max(last_of(recorded)) as recorded,
         max(last_of(retracted."on")) as retracted from raw group by type""",
    "create table relation as select n, id from raw where type = 'relation' and retracted is null",
]


def find(word):
    """What `find` gives for one word: all names, claims and events, with the document in which they stand."""
    def has(text):
        return f"contains(lower(strip_accents({text})), '{word}')"

    def names(rank, kind, label):
        return f"""select {rank} as k, {label} as o, null::date as first, null::date as last, null as d, n,
            '{kind}' as kind, id, {label} as name, {label} as sentence, null as document, null as title
            from {kind} where {has(label)}"""

    return f"""
with quoted as (
  select n, min(nth) as nth from evidence where quote is not null and {has('quote')} group by n),
reported as (
  select n, min(nth) as nth from evidence where document is not null group by n),
hits as (
  select c.n, 'claim' as kind, c.id, c.content as name, c.content as sentence, r.nth as nth
    from claim c left join reported r using (n) where not is_retracted and {has('content')}
  union all
  select c.n, 'claim', c.id, c.content, e.quote, q.nth
    from quoted q join claim c using (n) join evidence e on e.n = q.n and e.nth = q.nth
    where not is_retracted and not {has('content')}
  union all
  select v.n, 'event', v.id, v.label, e.quote, q.nth
    from quoted q join event v using (n) join evidence e on e.n = q.n and e.nth = q.nth where not {has('label')})
select kind, id, name, sentence, document, title from (
  select 0 as k, name as o, null::date as first, null::date as last, null as d, n, 'actor' as kind, id, name,
    case when {has('name')} then name else list_filter(aliases, lambda x: {has('x')})[1] end as sentence,
    null as document, null as title
    from actor where {has('name')} or len(list_filter(aliases, lambda x: {has('x')})) > 0
  union all {names(1, 'topic', 'label')}
  union all {names(2, 'event', 'label')}
  union all {names(3, 'document', 'title')}
  union all
  select 4, null, d.first, d.last, d.n, h.n, h.kind, h.id, h.name, h.sentence, d.id, d.title
    from hits h left join evidence e on e.n = h.n and e.nth = h.nth left join document d on d.id = e.document)
order by k, o, first nulls last, last, d nulls last, n"""


def told_of_find(row):
    document = row["document"] or {"id": None, "name": None}
    return [row["kind"], row["id"], row["name"], row["sentence"], document["id"], document["name"]]


OVERVIEW = """
with live as (select n, first, last from claim where not is_retracted),
speakers as (
  select actor as id, name, claims from (
    select actor, count(*) as claims from (select distinct n, actor from speaker semi join live using (n)) group by actor)
  join actor a on a.id = actor),
topics as (
  select t.id, t.label as name, coalesce(claims, 0) as claims from topic t left join (
    select thing, count(*) as claims from (
      select n, thing from about semi join live using (n) union select n, thing from stance semi join live using (n))
    group by thing) on thing = t.id),
documents as (
  select d.id, d.title as name, coalesce(claims, 0) as claims from document d left join (
    select document, count(*) as claims from (
      select distinct n, document from evidence semi join live using (n)) group by document) on document = d.id
  where d.retracted is null),
days as (select first, last from live union all select first, last from event union all select first, last from document)
select (select count(*) from documents) as documents, (select count(*) from actor) as actors,
  (select count(*) from topic) as topics, (select count(*) from event) as events, (select count(*) from live) as claims,
  (select count(*) from relation) as relations, (select min(first) from days) as first, (select max(last) from days) as last,
  (select list([id, name, claims::varchar] order by claims desc, name, id) from speakers) as speakers,
  (select list([id, name, claims::varchar] order by claims desc, name, id) from topics) as topics,
  (select list([id, name, claims::varchar] order by claims desc, name, id) from documents) as documents,
  (select count(*) from evidence where quote is not null and document is not null) as unverified"""


def told_of_overview(row):
    def of(name, key):
        return [[one[key]["id"], one[key]["name"], str(one["claims"])] for one in row[name]]

    counts = row["counts"]
    return [*(counts[kind] for kind in ("documents", "actors", "topics", "events", "claims", "relations")),
            row["span"]["first"], row["span"]["last"], of("speakers", "actor"), of("topics", "topic"),
            of("documents", "document"), row["unverified"]]


COUNT = """
with dated as (
  select n, date_trunc('month', first) as m, date_trunc('month', last) as until,
    first is null or last is null or date_diff('month', first, last) >= 366 as is_open
  from claim where not is_retracted),
months as (
  select n, case when is_open then null else m end as m, true as sure from dated where is_open or m = until
  union all select n, unnest(generate_series(m, until, interval 1 month)), false from dated where not is_open and m < until)
select a.id, a.name, strftime(m, '%Y-%m') as month, sum(sure::int) as least, count(*) as most
from months join speaker s using (n) join actor a on a.id = s.actor
group by a.id, a.name, m order by m nulls last, most desc, least desc, a.name, a.id"""


def told_of_count(row):
    speaker = row["by"]["speaker"]
    return [speaker["id"], speaker["name"], row["by"]["month"], *row["count"]]


PROMISES = """
with reach as (
  select max(day) as day from (select max(last) as day from document union all select max(last) from claim
    union all select max(recorded) from counts union all select max(retracted) from counts)),
publication as (
  select e.n, min((first, last, d.n)) as known, min(first) as first, min(last) as last
    from evidence e join document d on d.id = e.document where first is not null group by e.n),
-- Whether a claim was certainly made by that day: one that is undated and not published may have been.
made as (
  select c.n, c.id, c.said is not null or p.n is not null as sure
    from claim c left join publication p using (n), reach
    where not is_retracted and (c.first is null or c.first <= reach.day)),
answers as (
  select r.claim as id, list(m.id order by m.n) as ids, bool_or(m.sure) as sure
    from response r join made m on m.n = r.n where r.claim <> m.id group by r.claim),
promise as (
  select c.n, c.id, c.act, c.content, c.said, c.first, c.last, m.sure from claim c join made m using (n)
    where act in ('promises', 'offers', 'threatens', 'questions')),
state as (
  select p.*, 'answered' as state, a.ids as ids, p.sure and a.sure as certain from promise p join answers a using (id)
  union all select p.*, 'open', [], p.sure and a.id is null from promise p left join answers a using (id)
    where not coalesce(a.sure, false)),
speakers as (
  select s.n, list({'id': a.id, 'name': a.name} order by s.nth) as x from speaker s semi join promise using (n)
    join actor a on a.id = s.actor group by s.n),
addressees as (
  select s.n, list({'id': a.id, 'name': a.name} order by s.nth) as x from addressee s semi join promise using (n)
    join actor a on a.id = s.actor group by s.n),
things as (
  select s.n, list({'id': t.id, 'name': t.name} order by s.nth) as x from about s semi join promise using (n)
    join thing t on t.id = s.thing group by s.n),
stances as (
  select s.n, list({'id': t.id, 'name': t.name, 'value': s.side} order by s.nth) as x from stance s
    semi join promise using (n) join thing t on t.id = s.thing group by s.n),
passages as (
  select e.n, list({'id': d.id, 'name': d.title, 'published': d.published, 'quote': e.quote} order by e.nth) as x
    from evidence e semi join promise using (n) join document d on d.id = e.document group by e.n)
select s.id, s.act, s.content, s.said, s.state, s.ids, s.certain, p1.x as speaker, p2.x as "to", p3.x as about,
  p4.x as stance, p5.x as evidence
from state s left join speakers p1 using (n) left join addressees p2 using (n) left join things p3 using (n)
  left join stances p4 using (n) left join passages p5 using (n)
order by s.first nulls last, s.last, s.n, s.state"""


def told_of_promise(row):
    def refs(name):
        return [{"id": one["id"], "name": one["name"]} for one in row[name]] or None

    stance = [{"id": one["toward"]["id"], "name": one["toward"]["name"], "value": one["value"]} for one in row["stance"]]
    passages = [{"id": one["document"]["id"], "name": one["document"]["name"],
                 "published": one["published"] and one["published"]["written"], "quote": one["quote"]}
                for one in row["evidence"]]
    return [row["id"], row["act"], row["content"], row["said"] and row["said"]["written"], row["state"],
            [one["id"] for one in row["by"]], row["certain"], refs("speaker"), refs("to"), refs("about"), stance or None,
            passages or None]


# name: the words of the command, the SQL, what of a row is compared, the limit of the ratio.
QUESTIONS = {
    "overview": (["overview"], OVERVIEW, told_of_overview, 0.5),
    "count --per speaker,month": (["count", "--per", "speaker,month"], COUNT, told_of_count, 0.5),
    f"find {RARE} (rare)": (["find", RARE], find(RARE), told_of_find, 0.5),
    f"find {FREQUENT} (frequent)": (["find", FREQUENT], find(FREQUENT), told_of_find, 0.5),
    "promises": (["promises"], PROMISES, told_of_promise, 0.5),
}
# Rows that one order by the text of a document, the other by their place in the file: compared in order of ids.
IN_ANY_ORDER = {"promises"}


def plant(source, out):
    """A copy of the facts, with a rare word in ten claims that lie far apart."""
    with open(source, encoding="utf-8") as lines:
        claims = sum(line.startswith('{"type":"claim"') for line in lines)
    step, met = max(1, claims // 10), 0
    with open(source, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as to:
        for line in lines:
            if line.startswith('{"type":"claim"'):
                if met % step == step // 2 and met // step < 10:
                    record = json.loads(line)
                    record["content"] += f" {RARE.title()}"
                    record.pop("retracted", None)
                    line = json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n"
                met += 1
            to.write(line)
    return claims


def duck_build(facts, base):
    import duckdb
    c = duckdb.connect(base)
    columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in COLUMNS.items())
    c.execute(f"create temp table raw as select row_number() over () as n, * from read_ndjson('{facts}', columns={{{columns}}})")
    for table in TABLES:
        c.execute(table)
    c.close()


def duck_ask(base, name, out):
    """Asks one question, in a process of its own; prints how long it took."""
    import duckdb
    begun = time.perf_counter()
    c = duckdb.connect(base, read_only=True)
    c.execute(f"copy ({QUESTIONS[name][1]}) to '{out}' (format json, array true)")
    print(json.dumps({"seconds": time.perf_counter() - begun, "version": duckdb.__version__}))


def timed(*words):
    begun = time.perf_counter()
    run = subprocess.run(words, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(words)}: {run.stderr}")
    return time.perf_counter() - begun, run.stdout


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def shown(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("facts")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="only questions with this in their name")
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "target", "release", "annals"))
    parser.add_argument("--scratch")
    args = parser.parse_args()
    rows, wrong = [], False
    with tempfile.TemporaryDirectory(dir=args.scratch) as scratch:
        facts, base, snapshot, ours, theirs = (
            os.path.join(scratch, name) for name in ("facts.jsonl", "facts.duckdb", "facts.annals", "ours.json", "theirs.json"))
        claims = plant(args.facts, facts)
        built, _ = timed(args.annals, "build", facts, "-o", snapshot, "-q")
        begun = time.perf_counter()
        subprocess.run([sys.executable, __file__, "--duck-build", facts, base], check=True)
        print(f"{claims:,} claims; snapshot {shown(built)}, {size(snapshot) / 1e6:.0f} MB; "
              f"DuckDB {shown(time.perf_counter() - begun)}, {size(base) / 1e6:.0f} MB", file=sys.stderr)
        for name, (words, _, told, most) in QUESTIONS.items():
            if args.only not in name:
                continue
            times = {"ours": [], "theirs": []}
            for _ in range(args.runs):
                # Both write a new file: freeing what the last run wrote is no part of an answer.
                for written in (ours, theirs):
                    with contextlib.suppress(FileNotFoundError):
                        os.remove(written)
                seconds, _ = timed(args.annals, *words, snapshot, "-f", "json", "-o", ours, "-q")
                times["ours"].append(seconds)
                _, out = timed(sys.executable, __file__, "--duck-ask", base, name, theirs)
                out = json.loads(out)
                times["theirs"].append(out["seconds"])
            with open(ours, encoding="utf-8") as one, open(theirs, encoding="utf-8") as two:
                data = json.load(one)["data"]
                answer = [told(row) for row in (data if isinstance(data, list) else [data])]
                expected = [list(row.values()) for row in json.load(two)]
            if name in IN_ANY_ORDER:
                answer, expected = (sorted(rows, key=json.dumps) for rows in (answer, expected))
            if answer != expected:
                wrong = True
                first = next((pair for pair in zip(answer, expected) if pair[0] != pair[1]), None)
                print(f"{name}: rows differ: {len(answer)} and {len(expected)}; {first}", file=sys.stderr)
            one, two = (statistics.median(times[who]) for who in ("ours", "theirs"))
            wrong |= one / two > most
            rows.append((name, len(answer), shown(one), shown(two), f"{one / two:.2f}", most,
                         "yes" if one / two <= most else "**no**"))
            print(f"  {rows[-1]}", file=sys.stderr)
    program = subprocess.run([args.annals, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{claims:,} claims; {os.cpu_count()} cores, {platform.system()} {platform.machine()}; {program}, "
          f"DuckDB {out['version']}; {time.strftime('%Y-%m-%d')}; medians of {args.runs} runs.\n")
    print("| question | rows | Annals | DuckDB | ratio | at most | met |\n|---|---|---|---|---|---|---|")
    for cells in rows:
        print("| " + " | ".join(str(cell) for cell in cells) + " |")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--duck-build"]:
        duck_build(*sys.argv[2:])
    elif sys.argv[1:2] == ["--duck-ask"]:
        duck_ask(*sys.argv[2:])
    else:
        main()
