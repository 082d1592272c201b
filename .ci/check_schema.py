"""Holds the YAML facts, as another program reads them, against the schema that editors use."""

import json
import re
import sys

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

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
faults = 0
for path in sys.argv[2:]:
    facts = yaml.load(open(path, encoding="utf-8"), Plain)
    for error in validator.iter_errors(facts):
        faults += 1
        print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
    print(f"{path}: held against the schema")
sys.exit(1 if faults else 0)
