"""Reads exported fact files with a program that is not ours: what YAML says is what JSON Lines say.

check_facts.py NAME...   NAME.yaml and NAME.jsonl of the same selection
"""

import json
import re
import sys

import yaml


class Plain(yaml.SafeLoader):
    """YAML 1.2 where it matters here: dates, yes and no are texts."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def alike(yaml_value, json_value, name):
    """A list of one may stand without its brackets; a date may look like a number."""
    if name == "stance" and isinstance(yaml_value, str):
        return all(stance["value"] == yaml_value for stance in json_value)
    if isinstance(json_value, list) and not isinstance(yaml_value, list):
        yaml_value = [yaml_value]
    if isinstance(json_value, list):
        return len(yaml_value) == len(json_value) and all(
            alike(one, other, name and "item") for one, other in zip(yaml_value, json_value))
    if isinstance(json_value, dict):
        return list(yaml_value) == list(json_value) and all(
            alike(yaml_value[key], json_value[key], key) for key in json_value)
    if isinstance(json_value, str) and isinstance(yaml_value, int):
        return str(yaml_value) == json_value and name in ("when", "said", "published", "lifespan", "edtf")
    return yaml_value == json_value


def check(name):
    with open(name + ".yaml", encoding="utf-8") as file:
        facts = yaml.load(file, Plain)
    assert facts.pop("annals") == 1, name
    told = [dict(type=plural[:-1], **record) for plural, records in facts.items() for record in records]
    with open(name + ".jsonl", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file.read().split("\n") if line]
    assert len(told) == len(lines) > 0, f"{name}: {len(told)} of {len(lines)} records"
    for record, line in zip(told, lines):
        assert alike(record, line, ""), f"{name}: {record}\n{line}"
    print(f"{name}.yaml: {len(told)} records, the same as in JSON Lines, read by PyYAML {yaml.__version__}")


for path in sys.argv[1:]:
    check(path)
