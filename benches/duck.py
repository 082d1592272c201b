#!/usr/bin/env python3
"""What one would take instead: DuckDB over the same bulk facts. Needs `pip install duckdb`.

    duck.py memory FACTS.jsonl ID…            tables in memory, then who said what for each speaker
    duck.py warm   OUT.duckdb ID…             the same questions of a file, each asked a second time
    duck.py build  FACTS.jsonl OUT.duckdb     the same tables on disk, sorted
    duck.py ask    OUT.duckdb QUESTION ARG…   a fresh process opens the file and asks one question

Questions: by ID, about ID, text WORDS, contradictions, subgraph ID, path A B, timeline FROM UNTIL.
Each gives the rows that Annals gives, each with all that stands in it, as one who writes the query
for these facts would write it: dates of claims are days, and nothing has been retracted.

Prints one JSON object: seconds (the start of Python and the import of duckdb left out), of which
loading and each query, the peak of resident memory, and what each row is told by. Times are DuckDB's
own, all cores of the machine."""
import json
import resource
import sys
import time

import duckdb

COLUMNS = {
    "type": "VARCHAR", "id": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "label": "VARCHAR",
    "title": "VARCHAR", "published": "VARCHAR", "when": "VARCHAR",
    "participants": "STRUCT(actor VARCHAR, role VARCHAR)[]", "speaker": "VARCHAR[]",
    "to": "VARCHAR[]", "about": "VARCHAR[]", "said": "DATE",
    "stance": 'STRUCT(toward VARCHAR, "value" VARCHAR)[]', "content": "VARCHAR",
    "evidence": "STRUCT(document VARCHAR)[]",
}


def load(c, facts, is_sorted):
    """Tables of records, and tables of what claims refer to."""
    def order(key):
        return f" order by {key}" if is_sorted else ""

    columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in COLUMNS.items())
    c.execute(f"create temp table raw as select * from read_ndjson('{facts}', columns={{{columns}}})")
    for table, fields in (("actor", "id, name, kind"), ("topic", "id, label"),
                          ("document", "id, title, published"), ("event", 'id, kind, label, "when"')):
        c.execute(f"create table {table} as select {fields} from raw where type = '{table}'" + order("id"))

    def links(table, of, fields, key):
        c.execute(f"create table {table} as select * from (select {fields} from raw where type = '{of}')" + order(key))

    links("participant", "event", "id as event, unnest(participants, recursive := true)", "event")
    c.execute("create table claim as select id, said, content from raw where type = 'claim'" + order("id"))
    links("claim_speaker", "claim", "id as claim, said, unnest(speaker) as actor", "actor, said")
    links("claim_to", "claim", 'id as claim, said, unnest("to") as actor', "actor, said")
    links("claim_about", "claim", "id as claim, said, unnest(about) as thing", "thing, said")
    links("claim_stance", "claim", "id as claim, said, unnest(stance, recursive := true)", "toward, said")
    links("claim_evidence", "claim", "id as claim, unnest(evidence, recursive := true)", "document")
    c.execute("drop table raw")


# Who said what for each claim of `wanted (claim)`: a plain join, the fastest of four ways that were tried.
CLAIMS = """
select c.id, c.said, c.content, list(a.thing), list(x."value")
from wanted w join claim c on c.id = w.claim
left join claim_about a on a.claim = w.claim left join claim_stance x on x.claim = w.claim
group by all order by c.said, c.id"""

BY = "with wanted as (select claim from claim_speaker where actor = ?)" + CLAIMS

# All edges, from, to, kind and fact, of claims in `claims` and events in `events`.
EDGES = """
select actor as a, claim as b, 'said' as kind, claim as fact, said as day from claim_speaker
union all select claim, actor, 'addressed_to', claim, said from claim_to
union all select claim, toward, 'about', claim, said from claim_stance
union all select a.claim, a.thing, 'about', a.claim, a.said from claim_about a
  anti join claim_stance s on s.claim = a.claim and s.toward = a.thing
union all select e.claim, e.document, 'reported_in', e.claim, d.published::date
  from claim_evidence e join document d on d.id = e.document
union all select actor, event, 'participates', event, null from participant"""


def rows(cursor, width=1):
    return [list(row[:width]) for row in cursor.fetchall()]


def by(c, actor):
    return rows(c.execute(BY, [actor]))


def about(c, thing):
    wanted = "with wanted as (select claim from claim_about where thing = $1 union select claim from claim_stance where toward = $1)"
    return rows(c.execute(wanted + CLAIMS, [thing]))


def text(c, words):
    """Whatever case and accents; all words."""
    tests = " and ".join("contains(folded, lower(strip_accents(?)))" for _ in words.split())
    wanted = f"""with wanted as (select id as claim from
        (select id, lower(strip_accents(content)) as folded from claim) where {tests})"""
    return rows(c.execute(wanted + CLAIMS, words.split()))


# A stance stands until the day of the next of another value. Who holds an opposed one meanwhile is
# opposite.
CONTRADICTIONS = """
with stance as (
  select s.actor, x.toward, x."value" as v, x.claim, x.said
  from claim_stance x join claim_speaker s on s.claim = x.claim),
pairs as (
  select a.actor, a.toward, list((a.claim, b.claim)) as pairs
  from stance a join stance b
    on a.actor = b.actor and a.toward = b.toward and a.said = b.said and a.v = 'supports' and b.v = 'opposes'
  group by all),
stood as (
  select actor, toward, v, said, least(
    case when v <> 'supports' then min(said) filter (where v = 'supports') over later end,
    case when v <> 'opposes' then min(said) filter (where v = 'opposes') over later end,
    case when v <> 'neutral' then min(said) filter (where v = 'neutral') over later end) as until
  from stance window later as (partition by actor, toward order by said
    groups between 1 following and unbounded following)),
spans as (
  select actor, toward, v, said, coalesce(until, date '9999-12-31') as until from stood where v <> 'neutral'),
opposed as (
  select actor, toward, list(distinct other order by other) as by from (
    select distinct a.actor, a.toward, b.actor as other
    from spans a semi join pairs p on p.actor = a.actor and p.toward = a.toward
    join spans b on b.toward = a.toward and b.v <> a.v and b.actor <> a.actor
      and a.said <= b.until and b.said <= a.until)
  group by all),
history as (
  select actor, toward, list((claim, v, said) order by said, claim) as history,
    list((lag_claim, claim)) filter (where lag_v <> v and lag_said < said) as changes
  from (select *, lag(v) over o as lag_v, lag(claim) over o as lag_claim, lag(said) over o as lag_said
        from stance semi join pairs using (actor, toward)
        window o as (partition by actor, toward order by said, claim))
  group by all)
select p.actor, p.toward, len(p.pairs), len(o.by), p.pairs, o.by, h.history, h.changes
from pairs p join history h using (actor, toward) left join opposed o using (actor, toward)
order by 1, 2"""


def contradictions(c):
    return [[*row[:3], row[3] or 0] for row in c.execute(CONTRADICTIONS).fetchall()]


def subgraph(c, centre):
    query = f"""with edges as materialized ({EDGES}),
      one as (select b as n from edges where a = $1 union select a from edges where b = $1 union select $1),
      two as (select b as n from edges semi join one on one.n = edges.a
              union select a from edges semi join one on one.n = edges.b union select n from one)
      select a, b, kind, fact, day from edges semi join two x on x.n = edges.a semi join two y on y.n = edges.b
      order by day, fact"""
    return rows(c.execute(query, [centre]), 3)


def path(c, a, b):
    """Layers from both ends, the smaller first, until they meet; then the best step from each."""
    c.execute(f"create or replace temp table edges as {EDGES}")
    for end, start in (("a", a), ("b", b)):
        c.execute(f"create or replace temp table from_{end} as select ?::varchar as n, 0 as d", [start])

    def neighbours(of):
        return f"""select b as n from edges semi join ({of}) f on f.n = edges.a
            union select a from edges semi join ({of}) f on f.n = edges.b"""

    depth = {"a": 0, "b": 0}
    while not c.execute("select 1 from from_a join from_b using (n) limit 1").fetchone():
        counts = {end: c.execute(f"select count(*) from from_{end} where d = {depth[end]}").fetchone()[0] for end in "ab"}
        end = min("ab", key=counts.get)
        last = f"select n from from_{end} where d = {depth[end]}"
        depth[end] += 1
        added = c.execute(f"""insert into from_{end} select n, {depth[end]} from ({neighbours(last)})
            anti join from_{end} using (n)""").fetchone()[0]
        if not added:
            return []
    total = depth["a"] + depth["b"]
    c.execute(f"create or replace temp table near as select n, d from from_b where d < {depth['b']}")
    c.execute(f"insert into near select n, d from from_b semi join from_a using (n) where d = {depth['b']}")
    for d in range(depth["b"] + 1, total + 1):
        c.execute(f"""insert into near select n, {d} from from_a
            semi join ({neighbours(f"select n from near where d = {d - 1}")}) using (n) where d = {total - d}""")
    chain, at = [[a]], a
    for left in range(total, 0, -1):
        step = c.execute("""select e.n from (
            select b as n, day, fact, kind from edges where a = $1
            union all select a, day, fact, kind from edges where b = $1) e join near m on m.n = e.n and m.d = $2
            order by day, len(fact), fact, kind limit 1""", [at, left - 1]).fetchone()
        at = step[0]
        chain.append([at])
    return chain


# When an event was: a day, a month, or from a day to a day.
EVENTS = """
select id, kind, label, "when",
  case when length("when") = 7 then ("when" || '-01')::date else left("when", 10)::date end as first,
  case when length("when") = 7 then last_day(("when" || '-01')::date) else right("when", 10)::date end as last
from event"""


def timeline(c, since, until):
    query = f"""with e as (select * from ({EVENTS}) where first <= $2::date and last >= $1::date),
      w as (select id as claim from claim where said between $1::date and $2::date)
      select id, first as day, kind, label, "when",
        (select list((p.actor, a.name, p.role)) from participant p join actor a on a.id = p.actor where p.event = e.id) from e
      union all
      select c.id, c.said, 'claim', c.content, c.said::varchar,
        (select list((s.actor, a.name, 'speaker')) from claim_speaker s join actor a on a.id = s.actor where s.claim = c.id)
        from claim c semi join w on w.claim = c.id
      union all
      select id, published::date, 'document', title, published, null from document
        where published::date between $1::date and $2::date
      order by day, id"""
    return rows(c.execute(query, [since, until]))


QUESTIONS = {f.__name__: f for f in (by, about, text, contradictions, subgraph, path, timeline)}


def main():
    what, source, *rest = sys.argv[1:]
    begun, loaded, queries, answers = time.perf_counter(), 0.0, [], {}

    def asked(name, *arguments):
        start = time.perf_counter()
        found = QUESTIONS[name](c, *arguments)
        queries.append(round(time.perf_counter() - start, 5))
        return found

    if what == "memory":
        c = duckdb.connect()
        load(c, source, False)
        loaded = time.perf_counter() - begun
        answers = {one: asked("by", one) for one in rest}
    elif what == "build":
        c = duckdb.connect(rest[0])
        load(c, source, True)
        c.close()
        loaded = time.perf_counter() - begun
    elif what == "warm":
        c = duckdb.connect(source, read_only=True)
        for one in rest:
            asked("by", one)
        queries.clear()
        answers = {one: asked("by", one) for one in rest}
    elif what == "ask":
        c = duckdb.connect(source, read_only=True)
        answers = {"rows": asked(*rest)}
    elif what == "all":
        # For comparing: one question a line on standard input, each as a list of words.
        c = duckdb.connect(source, read_only=True)
        for line in sys.stdin:
            print(json.dumps(asked(*json.loads(line))), flush=True)
        return
    print(json.dumps({
        "seconds": round(time.perf_counter() - begun, 4), "load": round(loaded, 4), "query": queries,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "duckdb": duckdb.__version__, "answers": answers}))


if __name__ == "__main__":
    main()
