#!/usr/bin/env python3
"""Runs the SQL of docs/reference/snapshot.md in DuckDB over a snapshot, and holds each answer against the
command that its page names: check_snapshot.py ANNALS FOLDER. FOLDER holds facts.annals."""
import glob
import json
import os
import re
import shlex
import subprocess
import sys

import duckdb
import pyarrow.parquet as parquet

program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
page = open("docs/reference/snapshot.md", encoding="utf-8").read()
examples = re.findall(r"```sql\n(.*?)```\s*<!-- (.*?): (\S+) -->", page, re.S)
assert len(examples) == page.count("```sql") == 10, len(examples)
os.chdir(folder)


def values(row, path):
    """All values at a path such as speaker[].id."""
    found = [row]
    for step in path.split("."):
        found = [one.get(step.removesuffix("[]")) for one in found if one is not None]
        if step.endswith("[]"):
            found = [item for one in found for item in one or []]
    return found


def order(rows):
    return sorted(rows, key=lambda one: (one is not None, one))


for sql, command, path in examples:
    words = shlex.split(command)
    asked = subprocess.run([program, *words, "facts.annals", "-f", "jsonl", "-q"], capture_output=True, check=True)
    ours = [one for line in asked.stdout.decode().splitlines() for one in values(json.loads(line), path)]
    theirs = [row[0] for row in duckdb.sql(sql).fetchall()]
    assert ours, command
    assert order(ours) == order(theirs), (command, ours, theirs)

tables = 0
for table in sorted(os.listdir("facts.annals")):
    for part in glob.glob(f"facts.annals/{table}/part=*/0.parquet"):
        read = parquet.ParquetFile(part)
        assert read.schema_arrow.metadata[b"annals.format"] == b"annals.snapshot/3"
        # No column is called like a word of SQL.
        columns = ", ".join(read.schema_arrow.names)
        found = duckdb.sql(f"select {columns} from '{part}'").fetchall()
        assert len(found) == read.metadata.num_rows
        tables += 1
assert tables > 50, tables
print(f"{len(examples)} questions in SQL, {tables} tables read by DuckDB and Arrow")
