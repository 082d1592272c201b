#!/usr/bin/env python3
"""Times questions to a snapshot: Annals itself, DuckDB, Sail, and Spark if it is given. benches/cluster.sh calls this.

    cluster.py ANNALS SNAPSHOT [--engines annals,duckdb,sail,sc://HOST:PORT] [--pids FILE] [--only NAME,…] [--most SECONDS]

Each question runs in a process of its own with a new session: *cold* is its first run there, *warm* the median
of the next three. All rows are fetched, as Arrow, or as JSON from the program, whose every run is a new process. Seconds of
the clock, and in brackets of all processors, of all processes that took part; FILE has those of Spark."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("annals")
parser.add_argument("snapshot")
parser.add_argument("--engines", default="annals,duckdb,sail")
parser.add_argument("--pids", help="a file with the numbers of the processes of Spark")
parser.add_argument("--only")
parser.add_argument("--most", type=float, default=600, help="seconds after which a question is given up")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--one", nargs=2, metavar=("ENGINE", "QUESTION"), help=argparse.SUPPRESS)
args = parser.parse_args()
TICKS = os.sysconf("SC_CLK_TCK")

#: The names of the questions, their words, and what they are called in the table.
QUESTIONS = {
    "said-by": (["said", "--by", "a90"], "`said --by`"),
    "said-about": (["said", "--about", "t5", "--stance", "opposes"], "`said --about --stance`"),
    "text": (["said", "--text", "artillery ceasefire"], "`said --text`, two words"),
    "as-of": (["said", "--by", "a90", "--as-of", "2020-06-01"], "`said --by --as-of`"),
    "rollup": (["said", "--by", "a400", "--rollup"], "`said --by --rollup`"),
    "count": (["count", "--per", "speaker,month", "--from", "2020"], "`count --per speaker,month`"),
    "overview": (["overview"], "`overview`"),
    "timeline": (["timeline", "--from", "2021-03-01", "--until", "2021-03-07", "--surely"], "`timeline` of a week"),
    "positions": (["positions", "--by", "a90"], "`positions --by`"),
    "opposed": (["positions", "--contradictions"], "`positions --contradictions`"),
    "changes": (["positions", "--changes", "--by", "a90"], "`positions --changes --by`"),
    "contradictions": (["contradictions", "--by", "a90"], "`contradictions --by`"),
    "subgraph": (["subgraph", "--around", "t900", "--hops", "1"], "`subgraph`, 1 hop"),
    "network": (["network", "--by", "a90", "--by", "a91", "--by", "a92"], "`network` of three"),
}
#: Which of the program's options makes JSON of each row.
FORMS = {"subgraph": "jsonl"}


def shown(words):
    return subprocess.run([args.annals, *words], capture_output=True, text=True, check=True).stdout


def of_process(pid):
    """Processor seconds of a process and the children that it has waited for."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS


def processors():
    pids = [os.getpid()]
    if args.pids and args.one[0].startswith("sc://"):
        with open(args.pids, encoding="ascii") as numbers:
            pids += numbers.read().split()
    return sum(map(of_process, pids))


class DuckDB:
    def __init__(self):
        import duckdb

        self.session = duckdb.connect()
        self.session.execute(shown(["sql", "--views", args.snapshot]))

    def rows(self, text):
        return self.session.execute(text).to_arrow_table().num_rows


class Connect:
    def __init__(self, where):
        from pyspark.sql.connect.session import SparkSession

        if where == "sail":
            from pysail.spark import SparkConnectServer

            self.server = SparkConnectServer(ip="127.0.0.1", port=0)
            self.server.start(background=True)
            where = "sc://{}:{}".format(*self.server.listening_address)
        self.session = SparkSession.builder.remote(where).create()
        for statement in shown(["sql", "--views", args.snapshot, "--dialect", "spark"]).split(";\n"):
            if statement.strip():
                self.session.sql(statement)

    def rows(self, text):
        return self.session.sql(text).toArrow().num_rows


class Program:
    def __init__(self, question):
        self.line = [*QUESTIONS[question][0], args.snapshot, "-q", "-f", FORMS.get(question, "json")]
        if self.line[0] in ("network", "overview"):
            self.line[self.line.index("-f") + 1] = "json"

    def rows(self, _):
        run = subprocess.run([args.annals, *self.line], stdout=subprocess.PIPE, check=False)
        assert run.returncode == 0, run
        return len(run.stdout)


def one(name, question):
    """Runs a question several times, and prints what each run took."""
    engine = Program(question) if name == "annals" else DuckDB() if name == "duckdb" else Connect(name)
    text = None if name == "annals" else shown(["sql", QUESTIONS[question][0][0], args.snapshot, *QUESTIONS[question][0][1:]])
    for _ in range(1 + args.runs):
        began, used = time.monotonic(), processors()
        rows = engine.rows(text)
        print(json.dumps([time.monotonic() - began, processors() - used, rows]), flush=True)


def cell(runs, note):
    if not runs:
        return [note, note]
    cold, warm = runs[:1], runs[1:]
    medians = [[statistics.median(run[nth] for run in some) for nth in (0, 1)] for some in (cold, warm) if some]
    written = [f"{wall:.2f} ({used:.2f})" for wall, used in medians]
    return [*written, note][:2]


if args.one:
    one(*args.one)
    # Sail's server does not always end with the process that began it.
    os._exit(0)
engines = args.engines.split(",")
wanted = args.only.split(",") if args.only else QUESTIONS
names = ["Annals" if one == "annals" else "DuckDB" if one == "duckdb" else "Sail" if one == "sail" else "Spark" for one in engines]
print("| question | rows |" + "".join(f" {name}, cold | warm |" for name in names))
print("|---|---|" + "---|" * 2 * len(names))
for question in wanted:
    cells, counts = [], set()
    for engine in engines:
        options = ["--one", engine, question, "--runs", str(args.runs)] + (["--pids", args.pids] if args.pids else [])
        line = [sys.executable, __file__, args.annals, args.snapshot, *options]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            out, err = process.communicate(timeout=args.most)
            note = "failed"
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            note = f"over {args.most:.0f}"
        runs = [json.loads(line) for line in out.splitlines() if line.startswith("[")]
        if process.returncode and note == "failed":
            print(err[-2000:], file=sys.stderr)
        if engine != "annals":
            counts.update(run[2] for run in runs)
        cells += cell(runs, note)
    assert len(counts) < 2, (question, counts)
    print(f"| {QUESTIONS[question][1]} | {max(counts, default=0):,} | " + " | ".join(cells) + " |", flush=True)
