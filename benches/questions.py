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
    "retracted": 'STRUCT("on" VARCHAR, reason VARCHAR)',
}

# What is loaded, from `raw`, which has all records, numbered by `n`. Tables are stored in the order of what is
# looked up in them.
TABLES = [
    "create table actor as select n, id, name, aliases from raw where type = 'actor' order by id",
    "create table topic as select n, id, label from raw where type = 'topic' order by id",
    """create table document as select n, id, title, published,
         (case length(published) when 10 then published when 7 then published || '-01' end)::date as first,
         (case length(published) when 10 then published::date when 7 then last_day((published || '-01')::date) end) as last
       from raw where type = 'document' order by id""",
    "create table event as select n, id, label from raw where type = 'event' and retracted is null order by id",
    """create table claim as select n, id, content, act, said, retracted is not null as is_retracted
       from raw where type = 'claim' order by n""",
    """create table evidence as select n, nth, evidence[nth].document as document, evidence[nth].quote as quote
       from (select n, evidence, unnest(range(1, len(evidence) + 1)) as nth from raw
             where type in ('claim', 'event') and retracted is null) order by n, nth""",
    "create table claim_speaker as select n as claim, unnest(speaker) as actor from raw where type = 'claim' order by actor",
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


# name: the words of the command, the SQL, what of a row is compared, the limit of the ratio.
QUESTIONS = {
    f"find {RARE} (rare)": (["find", RARE], find(RARE), told_of_find, 0.5),
    f"find {FREQUENT} (frequent)": (["find", FREQUENT], find(FREQUENT), told_of_find, 0.5),
}


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
                seconds, _ = timed(args.annals, *words, snapshot, "-f", "json", "-o", ours, "-q")
                times["ours"].append(seconds)
                _, out = timed(sys.executable, __file__, "--duck-ask", base, name, theirs)
                out = json.loads(out)
                times["theirs"].append(out["seconds"])
            with open(ours, encoding="utf-8") as one, open(theirs, encoding="utf-8") as two:
                answer = [told(row) for row in json.load(one)["data"]]
                expected = [list(row.values()) for row in json.load(two)]
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
