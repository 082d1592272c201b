"""Writes the parts of the package that follow from the command line: its questions, its rows and its records.

    python src/python/generate.py            writes annals/_questions.py, _records.py and _rows.py
    python src/python/generate.py --check    fails if they would change

The commands, their options and the schemas of their answers come from the built module, which has them
from the definitions that the command line itself uses. A command or option without a counterpart here
is an error.
"""

from __future__ import annotations

import json
import keyword
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "annals"
WIDTH = 108

# Commands without a method, each with the reason.
LEFT_OUT = {
    "init": "makes a folder to begin in",
    "completions": "is for shells",
    "serve": "runs until it is stopped",
    "sql": "is text for other engines",
    "add": "changes files: facts from Python do not",
    "retract": "changes files: facts from Python do not",
    "help": "is help()",
}

# Options that say where and how an answer is shown: methods of the answer do that. Those of check that
# mend files are left to the command.
NO_ARGUMENT = {"help", "version", "color", "quiet", "verbose", "texts", "config", "receipt", "format", "output"}

# What functions take in place of --texts and --config; a store has its own.
FOLDERS_AND_SETTINGS = ["texts: PathLike | Iterable[PathLike] = ()", "config: PathLike | None = None"]
NO_HEADING = {"Fixing"}
# Parts are built and joined by annals.ingest.
NOT_OF = {"import": {"list"}, "build": {"shard", "join"}}

# How an argument by place is called.
PLACED = {
    ("find", "words"): "words",
    ("show", "id"): "thing",
    ("order", "a"): "a",
    ("order", "b"): "b",
    ("path", "a"): "a",
    ("path", "b"): "b",
    ("draw", "picture"): "kind",
    ("explain", "code"): "code",
    ("schema", "name"): "name",
    ("verify", "file"): "receipt",
    ("import", "format"): "format",
    ("import", "sources"): "sources",
    ("draft", "texts"): "texts_or_ids",
}

# What a value is, by its name in the help.
TAKES = {
    "thing": {"ACTOR", "THING", "THINGS", "EVENT", "DOCUMENT", "ACTOR|CLAIM", "ID", "A", "B", "KIND|ACTOR"},
    "date": {"DATE", "DAY"},
    "number": {"N", "W"},
    "path": {"FILE", "DIR", "RECEIPT", "SOURCE", "FACTS"},
    "list": {"PROPERTIES"},
}

# The rows of tables: command, class, schema.
TABLES = {
    "said": ("Claim", "said"),
    "find": ("Hit", "find"),
    "timeline": ("Entry", "timeline"),
    "positions": ("Position", "positions"),
    "count": ("Count", "count"),
    "contradictions": ("Contradiction", "contradictions"),
    "changes": ("Change", "changes"),
    "promises": ("Promise", "promises"),
    "voices": ("Voice", "voices"),
    "dates": ("Dated", "dates"),
    "check": ("Finding", "check"),
    "verify": ("Difference", "verify"),
}
RECORDS = {
    "overview": ("Overview", "overview"),
    "show": ("Shown", "show"),
    "order": ("Order", "order"),
    "agree": ("Agreement", "agree"),
}
MORE_ROWS = [("Why", "why"), ("NetworkWhy", "network-why"), ("Network", "network")]
GRAPHS = {"subgraph", "network", "path"}

EXAMPLES = {
    "said": 'for claim in store.said(by="Zelensky", about="NATO", limit=1):\n...     print(claim.speaker[0])\nVolodymyr Zelensky',
    "find": 'store.find("NATO")[0].name\n\'NATO\'',
    "timeline": "len(store.timeline(from_=\"2023-04\")) > 0\nTrue",
    "positions": 'str(store.positions(by="Putin")[0].speaker)\n\'Vladimir Putin\'',
    "count": 'store.count(per=["speaker", "stance"])[0].count[0] > 0\nTrue',
    "network": "store.network(of=\"actors\").nodes[0].id != ''\nTrue",
    "contradictions": "len(store.contradictions()) >= 0\nTrue",
    "changes": 'len(store.changes(from_="2023-04-20")) > 0\nTrue',
    "promises": "len(store.promises()) >= 0\nTrue",
    "voices": "len(store.voices()) > 0\nTrue",
    "show": 'store.show("putin").kind\n\'actor\'',
    "dates": "len(store.dates()) > 0\nTrue",
    "order": 'store.order("visit", "putin-no-option").first.id\n\'visit\'',
    "subgraph": 'len(store.subgraph(around="Putin").nodes) > 1\nTrue',
    "path": 'store.path("putin", "zelensky") is not None\nTrue',
    "brief": 'store.brief(by="Putin").render("md").startswith("#")\nTrue',
    "draw": 'store.draw("claims", by="Putin").svg.startswith("<?xml")\nTrue',
    "check": "store.check().summary.errors\n0",
    "overview": "store.overview().counts.claims > 0\nTrue",
}


def definitions() -> dict[str, Any]:
    sys.path.insert(0, str(HERE.parent))
    from annals import _annals

    found: dict[str, Any] = json.loads(_annals.definitions())
    return found


def name_of(option: dict[str, Any], command: str) -> str:
    if option["is_positional"]:
        return PLACED[(command, option["id"])]
    return python_name(option["long"])


def python_name(option: str) -> str:
    name = option.replace("-", "_")
    return name + "_" if keyword.iskeyword(name) else name


def takes(option: dict[str, Any]) -> str:
    if not option["takes_values"]:
        return "flag"
    if option["values"]:
        return "word"
    for kind, names in TAKES.items():
        if set(option["value_names"]) & names:
            return kind
    return "text"


def literal(words: list[str]) -> str:
    return "Literal[" + ", ".join(json.dumps(word) for word in words) + "]"


def type_of(option: dict[str, Any]) -> str:
    kind = takes(option)
    several = option["is_repeatable"] or (option["is_positional"] and (option["most"] or 1) > 1)
    if kind == "flag":
        return "bool"
    if kind == "thing":
        if (option["most"] or 1) == 2 and not option["is_positional"]:
            return "tuple[Thing, Thing]"
        return "Things" if several else "Thing"
    if kind == "date":
        return "When | Iterable[When]" if several else "When"
    if kind == "list":
        return "str | Iterable[str]"
    one = {"number": "float", "path": "PathLike", "text": "str", "word": ""}[kind]
    if kind == "number" and option["value_names"] == ["N"]:
        one = "int"
    if kind == "word":
        one = literal(option["values"])
    if option["id"] == "scale" and kind == "text":
        one = "str | float"
    if option["least"] == 0:
        one = f"bool | {'int' if option['value_names'] == ['N'] else one}"
    return f"{one} | Iterable[{one}]" if several else one


def arguments(command: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a command that are arguments of its method."""
    kept = []
    for option in command["options"]:
        called = option["id"] if option["long"] is None else option["long"]
        if (not option["is_positional"] and called in NO_ARGUMENT) or option["heading"] in NO_HEADING:
            continue
        if option["id"] in NOT_OF.get(command["name"], ()):
            continue
        if option["is_positional"] and option["value_names"] == ["FACTS"]:
            continue
        kept.append(option | {"name": name_of(option, command["name"]), "takes": takes(option)})
    return kept


def option_line(option: dict[str, Any]) -> str:
    flag = "" if option["is_positional"] else f"--{option['long']}"
    several = option["is_repeatable"] or (option["is_positional"] and (option["most"] or 1) > 1)
    values = (option["most"] or 1) if not option["is_positional"] and option["takes_values"] else 1
    is_bare = option["takes_values"] and option["least"] == 0 and not option["is_positional"]
    more = []
    if several:
        more.append("is_repeatable=True")
    if is_bare:
        more.append("is_bare=True")
    if values > 1:
        more.append(f"values={values}")
    parts = [json.dumps(flag), json.dumps(option["takes"]), *more]
    return f"Option({', '.join(parts)})"


def wrapped(text: str, indent: str, first: str = "") -> list[str]:
    text = " ".join(text.split())
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent + first, subsequent_indent=indent + " " * len(first), break_long_words=False
    )


def in_python(text: str) -> str:
    """Words about options as words about arguments."""
    from annals import _wording

    return _wording.in_python(text, KNOWN)


#: The arguments that options are, for docstrings.
KNOWN: dict[str, tuple[str, str, frozenset[str]]] = {}


def docstring(command: dict[str, Any], given: list[dict[str, Any]], indent: str, first: list[str]) -> list[str]:
    about = in_python(command["about"]).strip().rstrip(".") + "."
    lines = wrapped(about, indent, '"""')
    long = (command["long_about"] or "").strip()
    for paragraph in long.split("\n\n")[1:]:
        lines += ["", *wrapped(in_python(paragraph), indent)]
    lines += ["", *first] if first else [""]
    for option in given:
        help = " ".join(in_python(option["help"] or "").split()) or option["name"]
        default = f" (default {', '.join(option['default'])})" if option["default"] else ""
        lines += wrapped(f":param {option['name']}: {help}{default}.", indent)
    example = EXAMPLES.get(command["name"])
    if example:
        setup = ["import annals", 'store = annals.open("data/kyiv")']
        lines += ["", *(f"{indent}>>> {line}" for line in setup)]
        code, *rest = example.split("\n")
        lines.append(f"{indent}>>> {code}")
        lines += [f"{indent}{line}" for line in rest]
    lines.append(f'{indent}"""')
    return [line.replace("\\", "\\\\") for line in lines]


def signature(name: str, given: list[dict[str, Any]], returns: str, head: list[str], indent: str, tail: list[str] = []) -> list[str]:
    placed = [one for one in given if one["is_positional"]]
    named = [one for one in given if not one["is_positional"]]
    lines = [f"{indent}def {name}("]
    lines += [f"{indent}    {one}," for one in head]
    for one in placed:
        lines.append(f"{indent}    {one['name']}: {type_of(one)},")
    if (named or tail) and not any(one.startswith("*") for one in head):
        lines.append(f"{indent}    *,")
    for one in sorted(named, key=lambda one: not one["is_required"]):
        if one["is_required"]:
            lines.append(f"{indent}    {one['name']}: {type_of(one)},")
        else:
            lines.append(f"{indent}    {one['name']}: {type_of(one)} | None = None,")
    lines += [f"{indent}    {one}," for one in tail]
    lines.append(f"{indent}) -> {returns}:")
    return lines


def given_lines(given: list[dict[str, Any]], indent: str) -> list[str]:
    pairs = [f'"{one["name"]}": {one["name"]},' for one in given]
    return [f"{indent}given: dict[str, Any] = {{", *(f"{indent}    {pair}" for pair in pairs), f"{indent}}}"]


def method(command: dict[str, Any]) -> list[str]:
    name = command["name"]
    given = arguments(command)
    python = name + "_" if keyword.iskeyword(name) else name
    indent = "    "
    body = "        "
    out: list[str] = []
    line = f'self._line("{name}", given)'

    def whole(returns: str, made: list[str], head: list[str] | None = None, tail: list[str] | None = None, doc: list[str] | None = None) -> None:
        out.append(f"{indent}@named")
        out.extend(signature(python, given, returns, ["self", *(head or [])], indent, tail or []))
        out.extend(docstring(command, given, body, doc or []))
        out.extend(given_lines(given, body))
        out.extend(f"{body}{one}" for one in made)

    def overloads(first: str, second: str, key: str) -> None:
        for returns, needs in ((first, False), (second, True)):
            out.append(f"{indent}@overload")
            lines = signature(python, given, returns, ["self"], indent)
            text = "\n".join(lines)
            of = next(one for one in given if one["name"] == key)
            plain = f"{key}: {type_of(of)} | None = None,"
            text = text.replace(plain, f"{key}: {type_of(of)}," if needs else f"{key}: None = None,")
            out.extend([*text.split("\n")[:-1], text.split("\n")[-1] + " ..."])

    if name == "dates":
        overloads("Table[Dated]", "Record[Why]", "why")
        whole(
            "Table[Dated] | Record[Why]",
            ["if why is not None:", f"    return Record(self, {line}, Why)", f'return Table(self, {line}, Dated, "dates")'],
        )
    elif name == "network":
        overloads("Graph", "Record[NetworkWhy]", "why")
        whole(
            "Graph | Record[NetworkWhy]",
            ["if why is not None:", f"    return Record(self, {line}, NetworkWhy)", f'return Graph(self, {line}, "network")'],
        )
    elif name == "path":
        whole("Graph | None", [f'found = Graph(self, {line}, "path")', "return None if found._is_null() else found"])
    elif name == "subgraph":
        whole("Graph", [f'return Graph(self, {line}, "graph")'])
    elif name == "check":
        whole("Findings[Finding]", [f'return Findings(self, {line}, Finding, "check")'])
    elif name in TABLES:
        row, schema = TABLES[name]
        whole(f"Table[{row}]", [f'return Table(self, {line}, {row}, "{schema}")'])
    elif name in RECORDS:
        row, _ = RECORDS[name]
        whole(f"Record[{row}]", [f"return Record(self, {line}, {row})"])
    elif name == "brief":
        whole("Document", [f"return Document(self, {line})"])
    elif name == "draw":
        whole("Picture", [f"return Picture(self, {line})"])
    elif name in ("export", "build"):
        doc = wrapped(":param path: the file or folder to write.", body)
        tail = ["overwrite: bool = False"]
        head = ["path: PathLike"]
        if name == "export":
            head_format = ["format: str | None = None"]
            doc += wrapped(":param format: the format, where the ending of the file does not give it.", body)
        else:
            head_format = []
        doc += wrapped(":param overwrite: replace what is there.", body)
        form = "format" if name == "export" else "None"
        whole("Path", [f"return written(self, {line}, path, {form}, overwrite)"], head, [*head_format, *tail], doc)
    else:
        raise SystemExit(f"`annals {name}` has no method: give it one in {Path(__file__).name}, or leave it out there")
    return [*out, ""]


def function(command: dict[str, Any]) -> list[str]:
    """A question that is put to no store."""
    name = command["name"]
    given = arguments(command)
    out: list[str] = []
    body = "    "
    python = name + "_" if keyword.iskeyword(name) else name

    def whole(returns: str, made: list[str], head: list[str], tail: list[str] | None = None, doc: list[str] | None = None) -> None:
        rest = [one for one in given if not one["is_positional"]]
        out.append("@named")
        out.extend(signature(python, rest, returns, head, "", tail or []))
        shown = [one for one in given if one in rest]
        out.extend(docstring(command, shown, body, doc or []))
        out.extend(given_lines(given if name not in ("agree", "verify", "explain", "schema") else rest, body))
        out.extend(f"{body}{one}" for one in made)

    if name == "agree":
        whole(
            "Record[Agreement]",
            ['return Record(PROGRAM, program_line("agree", [first, second], given, texts, config), Agreement)'],
            ["first: PathLike", "second: PathLike"],
            FOLDERS_AND_SETTINGS,
            wrapped(":param first: the facts of one annotator.", body) + wrapped(":param second: those of another.", body),
        )
    elif name == "verify":
        whole(
            "Table[Difference]",
            ['line = program_line("verify", [receipt, *facts], given, texts, config)', 'return Table(PROGRAM, line, Difference, "verify")'],
            ["receipt: PathLike", "*facts: PathLike"],
            FOLDERS_AND_SETTINGS,
            wrapped(":param receipt: a receipt.", body) + wrapped(":param facts: compare with these facts, not with the files that it names.", body),
        )
    elif name == "explain":
        whole("str", ['return program_text("explain", [code])'], ["code: str"])
    elif name == "schema":
        whole("dict[str, Any]", ['return program_json("schema", [name])'], ["name: str"])
    elif name == "import":
        whole("Written", ['return Written(PROGRAM, program_line("import", [], given))'], ["*sources: PathLike"], ["format: str | None = None"])
    elif name == "draft":
        whole(
            "Written",
            ['line = program_line("draft", [], given, texts)', "return Drafted(PROGRAM, line)"],
            ["*texts_or_ids: PathLike"],
            ["texts: PathLike | Iterable[PathLike] = ()"],
        )
    else:
        raise SystemExit(f"`annals {name}` has no function")
    return [*out, "", ""]


FUNCTIONS = ["agree", "verify", "explain", "schema", "import", "draft"]


def questions(known: dict[str, Any]) -> str:
    commands = [one for one in known["commands"] if one["name"] not in LEFT_OUT]
    for option in (option for command in commands for option in arguments(command) if option["long"]):
        takes_ = "flag" if option["takes_values"] and option["least"] == 0 else option["takes"]
        _, _, words = KNOWN.get(option["long"], ("", "", frozenset()))
        KNOWN[option["long"]] = (option["name"], takes_, words | frozenset(option["values"]))
    for name in LEFT_OUT.keys() - {"help"}:
        assert any(one["name"] == name for one in known["commands"]), f"there is no command {name}"
    rows = {row for row, _ in TABLES.values()} | {row for row, _ in RECORDS.values()} | {"Why", "NetworkWhy"}
    out = [
        '"""The questions, each a command of the command line. Written by generate.py: do not edit."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Iterable, Mapping",
        "from pathlib import Path",
        "from typing import Any, Final, Literal, overload",
        "",
        "from . import _annals",
        "from ._answers import Document, Findings, Graph, Large, Picture, Record, Table",
        "from ._arguments import Option, PathLike, Thing, Things, When",
        "from ._asking import (",
        "    PROGRAM,",
        "    Drafted,",
        "    Written,",
        "    named,",
        "    program_json,",
        "    program_line,",
        "    program_text,",
        "    written,",
        ")",
        "from ._rows import (",
        *(f"    {row}," for row in sorted(rows)),
        ")",
        "",
        "#: The options of each command, by the name of their argument.",
        "COMMANDS: Final[dict[str, dict[str, Option]]] = {",
    ]
    for command in commands:
        out.append(f'    "{command["name"]}": {{')
        out += [f'        "{one["name"]}": {option_line(one)},' for one in arguments(command)]
        out.append("    },")
    out += ["}", ""]
    out += ["#: What people try as an argument, and what they mean.", "SYNONYMS: Final[dict[str, str]] = {"]
    for tried, option in sorted(known["synonyms"].items()):
        out.append(f'    "{python_name(tried)}": "{python_name(option)}",')
    out += ["}", "", ""]
    out += [
        "class Questions:",
        '    """Every question to a store."""',
        "",
        "    __slots__ = ()",
        "",
        "    def _line(self, command: str, given: Mapping[str, Any]) -> list[str]:",
        "        raise NotImplementedError",
        "",
        "    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer:",
        "        raise NotImplementedError",
        "",
        "    #: Whether it answers in every form of a command.",
        "    _has_forms = True",
        "",
        "    @property",
        "    def _is_of_files(self) -> bool:",
        "        raise NotImplementedError",
        "",
    ]
    for command in commands:
        if command["name"] not in FUNCTIONS:
            out += method(command)
    out.append("")
    for name in FUNCTIONS:
        out += function(next(one for one in commands if one["name"] == name))
    return "\n".join(out).rstrip() + "\n"


# Rows.

SHARED = {"ref": "Ref", "place": "Place"}


class Rows:
    """The classes of rows, made of schemas."""

    def __init__(self) -> None:
        self.classes: dict[str, list[str]] = {}
        self.of_defs: dict[str, str] = {}

    def resolve(self, root: dict[str, Any], schema: dict[str, Any]) -> tuple[dict[str, Any], str | None, bool]:
        """What a schema leads to, the definition it comes from, and whether it can be null."""
        null = False
        name = None
        while True:
            if "$ref" in schema:
                name = schema["$ref"].rsplit("/", 1)[1]
                schema = root["$defs"][name]
                continue
            if "anyOf" in schema:
                others = [one for one in schema["anyOf"] if one.get("type") != "null"]
                null = null or len(others) < len(schema["anyOf"])
                if len(others) != 1:
                    return {}, None, null
                schema = others[0]
                continue
            types = schema.get("type")
            if isinstance(types, list) and "null" in types:
                null = True
            if None in schema.get("enum", ()):
                null = True
            return schema, name, null

    def type(self, root: dict[str, Any], schema: dict[str, Any], key: str, owner: str) -> tuple[str, str, bool]:
        """The type of a value, how it is made of the JSON, and whether it can be null."""
        at, name, null = self.resolve(root, schema)
        get = f'self._json.get("{key}")'
        if name == "date":
            return "Date", f'self._date("{key}")', null
        if name == "day":
            return "Day", f'self._day("{key}")', True
        if "enum" in at and all(isinstance(word, str) or word is None for word in at["enum"]):
            words = [word for word in at["enum"] if word is not None]
            return literal(words), get, null
        if "const" in at:
            return "Any", get, null
        types = at.get("type")
        kinds = [types] if isinstance(types, str) else [one for one in types or [] if one != "null"]
        plain = {"string": "str", "boolean": "bool", "integer": "int", "number": "float"}
        if len(kinds) == 1 and kinds[0] in plain:
            return plain[kinds[0]], get, null
        if kinds == ["object"] and at.get("properties"):
            kind = self.row(root, at, name, owner + camel(key))
            return kind, f'self._one("{key}", {kind})', null
        if kinds == ["array"]:
            return self.list_type(root, at, key, owner, null)
        return "Any", get, False

    def list_type(self, root: dict[str, Any], at: dict[str, Any], key: str, owner: str, null: bool) -> tuple[str, str, bool]:
        items = at.get("items")
        if not isinstance(items, dict):
            items = (at.get("prefixItems") or [{}])[0]
        inner, name, inner_null = self.resolve(root, items)
        if name == "date":
            return "tuple[Date, ...]", f'self._dates("{key}")', null
        if name == "day":
            return "tuple[Day | None, ...]", f'self._days("{key}")', null
        types = inner.get("type")
        if types == "object" and inner.get("properties"):
            kind = self.row(root, inner, name, owner + camel(singular(key)))
            return f"tuple[{kind}, ...]", f'self._all("{key}", {kind})', null
        plain = {"string": "str", "boolean": "bool", "integer": "int", "number": "float"}
        if "enum" in inner and all(isinstance(word, str) for word in inner["enum"]):
            one = literal(inner["enum"])
        elif types == "array":
            one = "tuple[Any, ...]"
            return f"tuple[{one}, ...]", f'self._lists("{key}")', null
        else:
            one = plain.get(str(types), "Any")
        if inner_null:
            one += " | None"
        return f"tuple[{one}, ...]", f'self._values("{key}")', null

    def row(self, root: dict[str, Any], schema: dict[str, Any], name: str | None, called: str) -> str:
        """The class of an object."""
        if name in SHARED:
            return SHARED[name]
        place = {"file", "line", "column", "end_line", "end_column"}
        base = "Place" if place <= schema["properties"].keys() else "Row"
        if name is not None:
            if name in self.of_defs:
                return self.of_defs[name]
            called = TOP.get(name, camel(name))
            self.of_defs[name] = called
        elif called in self.classes and self.classes[called] is not None:
            return called
        self.classes[called] = []
        lines = [
            f"class {called}({base}):",
            f'    """{described(schema)}"""',
            "",
            "    __slots__ = ()",
        ]
        keys = list(schema["properties"])
        own = [key for key in keys if base == "Row" or key not in place]
        shown = ", ".join(json.dumps(key) for key in keys)
        lines.append(f"    _keys = ({shown}{',' if len(keys) == 1 else ''})")
        required = set(schema.get("required", ()))
        for key in own:
            field = schema["properties"][key]
            kind, made, null = self.type(root, field, key, called)
            null = null or (key not in required and not kind.startswith("tuple"))
            attribute = key + "_" if keyword.iskeyword(key) else key
            returns = f"{kind} | None" if null and kind != "Any" else kind
            lines += [
                "",
                "    @property",
                f"    def {attribute}(self) -> {returns}:",
                f'        """{described(field)}"""',
                *body(made, kind, returns),
            ]
        self.classes[called] = lines
        return called


def body(made: str, kind: str, returns: str) -> list[str]:
    if made.startswith(("self._one(", "self._date(", "self._day(")):
        if returns.endswith("| None"):
            return [f"        return {made}"]
        return [f"        found = {made}", "        assert found is not None", "        return found"]
    if made.startswith("self._json.get("):
        if not returns.endswith("| None") and kind != "Any":
            made = made.replace(".get(", "[").removesuffix(")") + "]"
        return [f"        found: {returns} = {made}", "        return found"]
    return [f"        return {made}"]


TOP = {"said": "Claim"}


def described(schema: dict[str, Any]) -> str:
    return str(schema.get("description", "A part of an answer.")).replace("\\", "\\\\")


def camel(name: str) -> str:
    return "".join(word.capitalize() for word in re.split(r"[_\-]", name))


def singular(name: str) -> str:
    if name.endswith("ies"):
        return name[:-3] + "y"
    if name.endswith("xes"):
        return name[:-2]
    if name.endswith("s") and not name.endswith("ss"):
        return name[:-1]
    return name


def rows(known: dict[str, Any]) -> str:
    made = Rows()
    every = [*TABLES.values(), *RECORDS.values(), *MORE_ROWS]
    for called, name in every:
        root = known["schemas"][name]
        data = root["properties"]["data"]
        at, _, _ = made.resolve(root, data)
        if at.get("type") == "array":
            at, of, _ = made.resolve(root, at["items"])
        else:
            of = None
        got = made.row(root, at, of, called)
        assert got == called, (got, called)
    summary = known["schemas"]["check"]["properties"]["summary"]
    at, of, _ = made.resolve(known["schemas"]["check"], summary)
    made.row(known["schemas"]["check"], at, None, "Summary")
    graph = known["schemas"]["graph"]
    for key, called in (("nodes", "GraphNode"), ("edges", "GraphEdge")):
        at, of, _ = made.resolve(graph, graph["properties"][key]["items"])
        made.row(graph, at, of, called)
    path = known["schemas"]["path"]
    at, of, _ = made.resolve(path, path["properties"]["data"])
    made.row(path, at, of, "Chain")
    out = [
        '"""The rows of answers, made of the schemas of their JSON. Written by generate.py: do not edit."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING, Any, Literal",
        "",
        "from ._row import Place, Ref, Row",
        "",
        "if TYPE_CHECKING:",
        "    from ._dates import Date, Day",
    ]
    for lines in made.classes.values():
        out += ["", "", *lines]
    return "\n".join(out) + "\n"


# Records of facts.


def field_type(schema: dict[str, Any]) -> str:
    """The type of a field: what can be told; whatever else is wrong, check() tells."""
    if schema.get("$ref") == "#/$defs/date":
        return "When | Mapping[str, Any]"
    if "enum" in schema:
        return literal([word for word in schema["enum"] if isinstance(word, str)])
    kinds = schema.get("type")
    plain = {"boolean": "bool", "integer": "int", "number": "float", "string": "str"}
    if isinstance(kinds, str) and kinds in plain:
        return plain[kinds]
    if isinstance(kinds, list) and "string" in kinds:
        return "Thing | int"
    return "Any"


def records(known: dict[str, Any]) -> str:
    """A method for each kind of record."""
    facts = known["schemas"]["facts"]
    kinds = {}
    for plural, schema in facts["properties"].items():
        if plural != "annals":
            # Orders can also be written short.
            items = schema["items"].get("anyOf", [schema["items"]])[0]
            kinds[items["$ref"].rsplit("/", 1)[1]] = (plural, schema["description"])
    out = [
        '"""The kinds of records and their fields, from the schema of facts. Written by generate.py: do not edit."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
        "from typing import Any, Final, Literal",
        "",
        "from ._arguments import Thing, When",
        "from ._row import Ref",
        "",
        "#: The kinds of records, and what their lists are called.",
        "KINDS: Final = {",
        *(f'    "{kind}": "{plural}",' for kind, (plural, _) in kinds.items()),
        "}",
        "",
        "#: The fields of each kind.",
        "FIELDS: Final[dict[str, tuple[str, ...]]] = {",
    ]
    for kind in kinds:
        names = ", ".join(json.dumps(name) for name in facts["$defs"][kind]["properties"])
        out.append(f'    "{kind}": ({names}),')
    out += ["}", "", "", "class Records:", '    """A method for each kind of record."""', ""]
    out += [
        "    def _add(self, kind: str, given: Mapping[str, Any], more: Mapping[str, Any]) -> Ref:",
        "        raise NotImplementedError",
    ]
    for kind in kinds:
        schema = facts["$defs"][kind]
        fields = schema["properties"]
        first = [name for name in ("name", "label", "title") if name in schema["required"]]
        safe = {name: name + "_" if keyword.iskeyword(name) else name for name in fields}
        needed = [name for name in schema["required"] if name not in first]
        rest = [name for name in fields if name not in first and name not in needed]
        out += ["", f"    def {kind}(", "        self,"]
        out += [f"        {safe[name]}: str," for name in first]
        out.append("        *,")
        out += [f"        {safe[name]}: {field_type(fields[name])}," for name in needed]
        out += [f"        {safe[name]}: {field_type(fields[name])} | None = None," for name in rest]
        out += ["        **more: Any,", "    ) -> Ref:"]
        out += wrapped(schema["description"].rstrip(".") + ".", "        ", '"""')
        out.append("")
        for name in [*first, *needed, *rest]:
            text = described(fields[name]).rstrip(".")
            out += wrapped(f":param {safe[name]}: {text}.", "        ")
        out.append('        """')
        out.append("        given: dict[str, Any] = {")
        order = [name for name in fields if name != "id"]
        out += [f'            "{name}": {safe[name]},' for name in ["id", *order]]
        out += ["        }", f'        return self._add("{kind}", given, more)']
    return "\n".join(out) + "\n"


def main() -> None:
    known = definitions()
    stale = []
    made = {
        "_questions.py": questions(known),
        "_records.py": records(known),
        "_rows.py": rows(known),
    }
    for name, text in made.items():
        path = HERE / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text() != text:
                stale.append(name)
        else:
            path.write_text(text)
    if stale:
        raise SystemExit(f"stale: {', '.join(stale)}: python src/python/generate.py renews them")


if __name__ == "__main__":
    main()
