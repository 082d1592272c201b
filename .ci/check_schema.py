"""Holds what the program prints, and the shipped facts, against the schemas that it prints, by a library.

Usage: check_schema.py ANNALS FACTS.yaml…

The answers are those of tests/repository/questions.json and `show` of every record; the facts are read as another
program reads YAML; the findings in SARIF have the schema of tests/check.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml


class Plain(yaml.SafeLoader):
    """YAML 1.2: dates, yes and no are texts."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))

annals, *paths = sys.argv[1:]
faults = 0


def printed(*arguments):
    # What was found in facts is an answer too: only the output counts.
    return json.loads(subprocess.run([annals, *arguments], stdout=subprocess.PIPE).stdout)


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


schemas = {}


def hold(schema, value, what):
    global faults
    if schema not in schemas:
        schemas[schema] = validator(printed("schema", schema))
    for error in schemas[schema].iter_errors(value):
        faults += 1
        print(f"{what}: {'/'.join(map(str, error.absolute_path))}: {error.message}")


shown = 0
for path in paths:
    with open(path, encoding="utf-8") as file:
        facts = yaml.load(file, Plain)
    hold("facts", facts, path)
    if path.startswith("data/"):
        for records in facts.values():
            for record in records if isinstance(records, list) else []:
                if "id" in record:
                    arguments = ["show", record["id"], "data", "-q", "-f", "json"]
                    hold("show", printed(*arguments), " ".join(arguments))
                    shown += 1

questions = json.loads(pathlib.Path("tests/repository/questions.json").read_text(encoding="utf-8"))
for schema, *arguments in questions:
    hold(schema, printed(*arguments), " ".join(arguments))

with tempfile.TemporaryDirectory() as folder:
    receipt = f"{folder}/said.receipt.json"
    printed("said", "data", "-q", "-f", "json", "--receipt", receipt)
    hold("receipt", json.loads(pathlib.Path(receipt).read_text(encoding="utf-8")), "a receipt")
    hold("verify", printed("verify", receipt, "-q", "-f", "json"), "verify")

schemas["sarif"] = validator(json.loads(pathlib.Path("tests/check/sarif.schema.json").read_text(encoding="utf-8")))
sarif = printed("check", "tests/fixtures/faulty.yaml", "-f", "sarif")
hold("sarif", sarif, "check -f sarif")

assert shown > 50 and sarif["runs"][0]["results"], "too little was held against the schemas"
print(f"held against their schemas: {len(paths)} files, {shown} records, {len(questions)} answers, a receipt, SARIF")
sys.exit(1 if faults else 0)
