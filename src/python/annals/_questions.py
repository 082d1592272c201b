"""The questions, each a command of the command line. Written by generate.py: do not edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, overload

from . import _annals
from ._answers import Document, Findings, Graph, Large, Picture, Record, Table
from ._arguments import Option, PathLike, Thing, Things, When
from ._asking import (
    PROGRAM,
    Drafted,
    Written,
    named,
    program_json,
    program_line,
    program_text,
    written,
)
from ._rows import (
    Agreement,
    Change,
    Claim,
    Contradiction,
    Count,
    Dated,
    Difference,
    Entry,
    Finding,
    Hit,
    NetworkWhy,
    Order,
    Overview,
    Position,
    Promise,
    Shown,
    Voice,
    Why,
)

#: The options of each command, by the name of their argument.
COMMANDS: Final[dict[str, dict[str, Option]]] = {
    "check": {
        "statistics": Option("--statistics", "flag"),
        "deep": Option("--deep", "flag"),
    },
    "explain": {
        "code": Option("", "text"),
    },
    "overview": {
        "as_of": Option("--as-of", "date"),
        "strict": Option("--strict", "flag"),
    },
    "said": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "find": {
        "words": Option("", "text"),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "timeline": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "positions": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "contradictions": Option("--contradictions", "flag"),
        "changes": Option("--changes", "flag"),
        "strict": Option("--strict", "flag"),
    },
    "count": {
        "per": Option("--per", "word", is_repeatable=True),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "network": {
        "of": Option("--of", "word"),
        "over": Option("--over", "word"),
        "measure": Option("--measure", "word"),
        "normalise": Option("--normalise", "word"),
        "duplicates": Option("--duplicates", "word"),
        "sign": Option("--sign", "word"),
        "into": Option("--into", "thing", is_repeatable=True),
        "date": Option("--date", "word"),
        "window": Option("--window", "text"),
        "step": Option("--step", "text"),
        "every": Option("--every", "text"),
        "nth": Option("--nth", "number"),
        "isolates": Option("--isolates", "flag"),
        "at_least": Option("--at-least", "number"),
        "things_at_least": Option("--things-at-least", "number"),
        "above": Option("--above", "number"),
        "top": Option("--top", "number"),
        "why": Option("--why", "thing", is_repeatable=True, values=2),
        "scale": Option("--scale", "word"),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "contradictions": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "changes": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "promises": {
        "on": Option("--on", "date"),
        "state": Option("--state", "word", is_repeatable=True),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "voices": {
        "of": Option("--of", "word"),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "show": {
        "thing": Option("", "thing"),
        "as_of": Option("--as-of", "date"),
        "strict": Option("--strict", "flag"),
    },
    "dates": {
        "why": Option("--why", "thing"),
        "changed": Option("--changed", "flag"),
        "strict": Option("--strict", "flag"),
    },
    "order": {
        "a": Option("", "thing"),
        "b": Option("", "thing"),
        "strict": Option("--strict", "flag"),
    },
    "agree": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "subgraph": {
        "around": Option("--around", "thing", is_repeatable=True),
        "hops": Option("--hops", "number"),
        "nodes": Option("--nodes", "word", is_repeatable=True),
        "edges": Option("--edges", "text", is_repeatable=True),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "path": {
        "a": Option("", "thing"),
        "b": Option("", "thing"),
        "in_time": Option("--in-time", "flag"),
        "nodes": Option("--nodes", "word", is_repeatable=True),
        "edges": Option("--edges", "text", is_repeatable=True),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "brief": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "strict": Option("--strict", "flag"),
    },
    "verify": {
        "receipt": Option("", "path"),
        "strict": Option("--strict", "flag"),
    },
    "export": {
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "merge_edges": Option("--merge-edges", "flag"),
        "excel": Option("--excel", "flag"),
        "diagram": Option("--diagram", "word"),
        "base": Option("--base", "text"),
        "anonymise": Option("--anonymise", "flag"),
        "strict": Option("--strict", "flag"),
    },
    "import": {
        "format": Option("", "text"),
        "sources": Option("", "path", is_repeatable=True),
        "report": Option("--report", "path"),
        "drafts": Option("--drafts", "path"),
        "century": Option("--century", "word"),
        "dates": Option("--dates", "word"),
        "delimiter": Option("--delimiter", "text"),
        "during": Option("--during", "word"),
        "encoding": Option("--encoding", "text"),
        "from_": Option("--from", "date"),
        "heading": Option("--heading", "text"),
        "hidden": Option("--hidden", "word"),
        "map": Option("--map", "path"),
        "merged": Option("--merged", "word"),
        "sheet": Option("--sheet", "text"),
        "suggest": Option("--suggest", "flag"),
        "types": Option("--types", "text"),
        "until": Option("--until", "date"),
        "year": Option("--year", "text"),
    },
    "draft": {
        "texts_or_ids": Option("", "text", is_repeatable=True),
        "date": Option("--date", "date"),
        "language": Option("--language", "text"),
        "all": Option("--all", "flag"),
        "events": Option("--events", "flag"),
        "actors": Option("--actors", "path", is_repeatable=True),
    },
    "draw": {
        "kind": Option("", "word"),
        "by": Option("--by", "thing", is_repeatable=True),
        "to": Option("--to", "thing", is_repeatable=True),
        "about": Option("--about", "thing", is_repeatable=True),
        "via": Option("--via", "thing", is_repeatable=True),
        "at": Option("--at", "thing", is_repeatable=True),
        "in_": Option("--in", "thing", is_repeatable=True),
        "stance": Option("--stance", "word", is_repeatable=True),
        "act": Option("--act", "text", is_repeatable=True),
        "mode": Option("--mode", "word", is_repeatable=True),
        "tag": Option("--tag", "text", is_repeatable=True),
        "text": Option("--text", "text", is_repeatable=True),
        "verified": Option("--verified", "word", is_repeatable=True),
        "from_": Option("--from", "date"),
        "until": Option("--until", "date"),
        "before": Option("--before", "thing", is_repeatable=True),
        "after": Option("--after", "thing", is_repeatable=True),
        "surely": Option("--surely", "flag"),
        "retracted": Option("--retracted", "flag"),
        "as_of": Option("--as-of", "date"),
        "rollup": Option("--rollup", "text", is_bare=True),
        "identity": Option("--identity", "text"),
        "limit": Option("--limit", "number"),
        "around": Option("--around", "thing", is_repeatable=True),
        "hops": Option("--hops", "number"),
        "nodes": Option("--nodes", "word", is_repeatable=True),
        "edges": Option("--edges", "text", is_repeatable=True),
        "of": Option("--of", "word"),
        "over": Option("--over", "word"),
        "measure": Option("--measure", "word"),
        "normalise": Option("--normalise", "word"),
        "duplicates": Option("--duplicates", "word"),
        "sign": Option("--sign", "word"),
        "into": Option("--into", "thing", is_repeatable=True),
        "date": Option("--date", "word"),
        "window": Option("--window", "text"),
        "step": Option("--step", "text"),
        "every": Option("--every", "text"),
        "nth": Option("--nth", "number"),
        "isolates": Option("--isolates", "flag"),
        "at_least": Option("--at-least", "number"),
        "things_at_least": Option("--things-at-least", "number"),
        "above": Option("--above", "number"),
        "top": Option("--top", "number"),
        "why": Option("--why", "thing", is_repeatable=True, values=2),
        "theme": Option("--theme", "word"),
        "width": Option("--width", "number"),
        "title": Option("--title", "text"),
        "link": Option("--link", "text"),
        "scale": Option("--scale", "text", is_repeatable=True),
        "id_prefix": Option("--id-prefix", "text"),
        "lanes": Option("--lanes", "word"),
        "pages": Option("--pages", "number", is_bare=True),
        "strict": Option("--strict", "flag"),
    },
    "build": {
        "add": Option("--add", "flag"),
        "for_cluster": Option("--for-cluster", "flag"),
        "strict": Option("--strict", "flag"),
    },
    "schema": {
        "name": Option("", "word"),
    },
}

#: What people try as an argument, and what they mean.
SYNONYMS: Final[dict[str, str]] = {
    "action": "act",
    "actor": "by",
    "addressed_to": "to",
    "addressee": "to",
    "ansi": "color",
    "as_": "format",
    "as_of_date": "as_of",
    "asof": "as_of",
    "at_date": "as_of",
    "at_event": "at",
    "attitude": "stance",
    "audience": "to",
    "author": "by",
    "begin": "from_",
    "begins": "from_",
    "by_whom": "by",
    "category": "tag",
    "center": "around",
    "centre": "around",
    "certain": "surely",
    "certainly": "surely",
    "colors": "color",
    "colour": "color",
    "colours": "color",
    "concept": "about",
    "concerning": "about",
    "contains": "text",
    "corpus": "texts",
    "count": "limit",
    "csv": "format",
    "dark": "theme",
    "date_from": "from_",
    "date_to": "until",
    "definitely": "surely",
    "degree": "hops",
    "deleted": "retracted",
    "depth": "hops",
    "dest": "output",
    "destination": "output",
    "distance": "hops",
    "doc": "in_",
    "document": "in_",
    "documents": "in_",
    "end": "until",
    "end_date": "until",
    "ending": "until",
    "event": "at",
    "exact": "surely",
    "file": "in_",
    "find": "text",
    "first": "limit",
    "fmt": "format",
    "form": "format",
    "from_date": "from_",
    "github": "format",
    "grep": "text",
    "head": "limit",
    "identities": "identity",
    "in_document": "in_",
    "include_retracted": "retracted",
    "json": "format",
    "jsonl": "format",
    "keyword": "text",
    "keyword_tag": "tag",
    "keywords": "text",
    "kind": "act",
    "known": "as_of",
    "known_on": "as_of",
    "label": "tag",
    "labels": "tag",
    "levels": "hops",
    "light": "theme",
    "limit_to": "limit",
    "listener": "to",
    "location": "about",
    "markdown": "format",
    "match": "text",
    "max": "limit",
    "max_date": "until",
    "max_rows": "limit",
    "md": "format",
    "members": "rollup",
    "merge": "identity",
    "merge_actors": "identity",
    "min_date": "from_",
    "n": "limit",
    "name": "by",
    "near": "around",
    "no_color": "color",
    "no_colour": "color",
    "no_warnings": "quiet",
    "node": "around",
    "occasion": "at",
    "of": "around",
    "opinion": "stance",
    "out": "output",
    "outfile": "output",
    "output_file": "output",
    "output_format": "format",
    "palette": "theme",
    "passed_on_by": "via",
    "person": "by",
    "phrase": "text",
    "place": "about",
    "position": "stance",
    "pseudonyms": "identity",
    "publication": "in_",
    "query": "text",
    "radius": "hops",
    "recipient": "to",
    "regarding": "about",
    "relayed_by": "via",
    "report": "in_",
    "represented": "rollup",
    "results": "limit",
    "roll_up": "rollup",
    "root": "around",
    "rows": "limit",
    "said_by": "by",
    "same": "identity",
    "same_as": "identity",
    "sarif": "format",
    "save": "output",
    "save_as": "output",
    "search": "text",
    "sentiment": "stance",
    "silent": "quiet",
    "since": "from_",
    "source": "in_",
    "sources": "in_",
    "speaker": "by",
    "speaker_id": "by",
    "speakers": "by",
    "speech_act": "act",
    "start": "from_",
    "start_date": "from_",
    "starting": "from_",
    "steps": "hops",
    "style": "theme",
    "subject": "about",
    "sure": "surely",
    "table": "format",
    "tags": "tag",
    "text_dir": "texts",
    "text_folder": "texts",
    "text_path": "texts",
    "texts_dir": "texts",
    "texts_folder": "texts",
    "thing": "about",
    "through": "via",
    "till": "until",
    "to_date": "until",
    "to_file": "output",
    "to_whom": "to",
    "top": "limit",
    "topic": "about",
    "topics": "about",
    "toward": "about",
    "towards": "about",
    "tsv": "format",
    "type": "act",
    "until_date": "until",
    "up_to": "until",
    "verb": "act",
    "where": "about",
    "who": "by",
    "whom": "by",
    "with_representatives": "rollup",
    "with_retracted": "retracted",
    "word": "text",
    "words": "text",
    "write": "output",
    "yaml": "format",
}


class Questions:
    """Every question to a store."""

    __slots__ = ()

    def _line(self, command: str, given: Mapping[str, Any]) -> list[str]:
        raise NotImplementedError

    def _ask(self, argv: list[str], large: Large | None = None) -> _annals.Answer:
        raise NotImplementedError

    #: Whether it answers in every form of a command.
    _has_forms = True

    @property
    def _is_of_files(self) -> bool:
        raise NotImplementedError

    @named
    def check(
        self,
        *,
        statistics: bool | None = None,
        deep: bool | None = None,
    ) -> Findings[Finding]:
        """Report every problem in files, references, evidence and chronology.

        Exits with 1 if one of them is an error.

        :param statistics: Count findings by code instead of listing them (default false).
        :param deep: Also read the whole snapshot and verify its checksums (default false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.check().summary.errors
        0
        """
        given: dict[str, Any] = {
            "statistics": statistics,
            "deep": deep,
        }
        return Findings(self, self._line("check", given), Finding, "check")

    @named
    def overview(
        self,
        *,
        as_of: When | None = None,
        strict: bool | None = None,
    ) -> Record[Overview]:
        """What is in a dossier: how much, from when to when, who speaks, about what.

        Of the records in force. The first thing to run on a folder that you do not know.

        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.overview().counts.claims > 0
        True
        """
        given: dict[str, Any] = {
            "as_of": as_of,
            "strict": strict,
        }
        return Record(self, self._line("overview", given), Overview)

    @named
    def said(
        self,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Claim]:
        """Who said what to whom about whom, when, and in which source.

        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> for claim in store.said(by="Zelensky", about="NATO", limit=1):
        ...     print(claim.speaker[0])
        Volodymyr Zelensky
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("said", given), Claim, "said")

    @named
    def find(
        self,
        words: str,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Hit]:
        """Where words occur: in names, claims, events and the texts themselves.

        All words must occur, in one name, one claim, or one sentence of a text; case and accents do not
        count, and a word also counts within a longer one. Names come first, then claims, events and
        sentences in the order of the texts. A sentence that no claim is based on is marked.

        :param words: The words, in one argument.
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.find("NATO")[0].name
        'NATO'
        """
        given: dict[str, Any] = {
            "words": words,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("find", given), Hit, "find")

    @named
    def timeline(
        self,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Entry]:
        """What happened, what was said and which relations held, oldest first.

        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.timeline(from_="2023-04")) > 0
        True
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("timeline", given), Entry, "timeline")

    @named
    def positions(
        self,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        contradictions: bool | None = None,
        changes: bool | None = None,
        strict: bool | None = None,
    ) -> Table[Position]:
        """Where each speaker stood on each thing, when that changed, and who stands opposite.

        Opposite stances whose times can overlap are a contradiction; otherwise they are a change. A claim
        that retracts ends the stance of those claims of the same speaker that it responds to. With by= and
        rollup=True, what spokespeople said counts for those they spoke for.

        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param contradictions: Only where somebody can have held opposite stances at the same time, with
        both claims side by side (default false).
        :param changes: Only where somebody changed their stance, with both claims side by side (default
        false).
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> str(store.positions(by="Putin")[0].speaker)
        'Vladimir Putin'
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "contradictions": contradictions,
            "changes": changes,
            "strict": strict,
        }
        return Table(self, self._line("positions", given), Position, "positions")

    @named
    def count(
        self,
        *,
        per: Literal["speaker", "to", "about", "stance", "act", "mode", "document", "publisher", "tag", "through", "day", "week", "month", "year"] | Iterable[Literal["speaker", "to", "about", "stance", "act", "mode", "document", "publisher", "tag", "through", "day", "week", "month", "year"]],
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Count]:
        """How many claims there are for each speaker, stance, month, ….

        A count is a least and a most where dates, or the relations of a roll-up, are uncertain: 2–5 is at
        least 2 and at most 5. A claim with two values is counted under each, one with none under none.

        :param per: What the claims are counted by; several separated by commas.
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.count(per=["speaker", "stance"])[0].count[0] > 0
        True
        """
        given: dict[str, Any] = {
            "per": per,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("count", given), Count, "count")

    @overload
    def network(
        self,
        *,
        of: Literal["actors", "things"] | None = None,
        over: Literal["topics", "actors", "events", "things"] | None = None,
        measure: Literal["congruence", "conflict", "subtract", "ignore", "affiliation"] | None = None,
        normalise: Literal["no", "average", "jaccard", "cosine", "activity", "prominence"] | None = None,
        duplicates: Literal["keep", "document", "week", "month", "year", "range", "dna-week", "dna-month"] | None = None,
        sign: Literal["net", "any", "kinds"] | None = None,
        into: Things | None = None,
        date: Literal["said", "published"] | None = None,
        window: str | None = None,
        step: str | None = None,
        every: str | None = None,
        nth: int | None = None,
        isolates: bool | None = None,
        at_least: int | None = None,
        things_at_least: int | None = None,
        above: float | None = None,
        top: int | None = None,
        why: None = None,
        scale: Literal["two", "three"] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Graph: ...
    @overload
    def network(
        self,
        *,
        of: Literal["actors", "things"] | None = None,
        over: Literal["topics", "actors", "events", "things"] | None = None,
        measure: Literal["congruence", "conflict", "subtract", "ignore", "affiliation"] | None = None,
        normalise: Literal["no", "average", "jaccard", "cosine", "activity", "prominence"] | None = None,
        duplicates: Literal["keep", "document", "week", "month", "year", "range", "dna-week", "dna-month"] | None = None,
        sign: Literal["net", "any", "kinds"] | None = None,
        into: Things | None = None,
        date: Literal["said", "published"] | None = None,
        window: str | None = None,
        step: str | None = None,
        every: str | None = None,
        nth: int | None = None,
        isolates: bool | None = None,
        at_least: int | None = None,
        things_at_least: int | None = None,
        above: float | None = None,
        top: int | None = None,
        why: tuple[Thing, Thing],
        scale: Literal["two", "three"] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Record[NetworkWhy]: ...
    @named
    def network(
        self,
        *,
        of: Literal["actors", "things"] | None = None,
        over: Literal["topics", "actors", "events", "things"] | None = None,
        measure: Literal["congruence", "conflict", "subtract", "ignore", "affiliation"] | None = None,
        normalise: Literal["no", "average", "jaccard", "cosine", "activity", "prominence"] | None = None,
        duplicates: Literal["keep", "document", "week", "month", "year", "range", "dna-week", "dna-month"] | None = None,
        sign: Literal["net", "any", "kinds"] | None = None,
        into: Things | None = None,
        date: Literal["said", "published"] | None = None,
        window: str | None = None,
        step: str | None = None,
        every: str | None = None,
        nth: int | None = None,
        isolates: bool | None = None,
        at_least: int | None = None,
        things_at_least: int | None = None,
        above: float | None = None,
        top: int | None = None,
        why: tuple[Thing, Thing] | None = None,
        scale: Literal["two", "three"] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Graph | Record[NetworkWhy]:
        """Who agrees with whom, by what they say about the same things.

        Actors are linked by things toward which they take the same stance (or, with measure=, opposite
        ones, or any). Weights are those of Discourse Network Analyzer; where dates or relations are
        uncertain, a weight is the least and the most that it can be. why= shows every statement behind one.

        Only congruence divided by jaccard, and the like, stays within 0 and 1. By default a weight is
        divided by the mean number of statements of both actors; who often says the same thing weighs more
        than 1.

        :param of: What the nodes are (default actors).
        :param over: Which things link actors (default things).
        :param measure: What makes a tie (default congruence).
        :param normalise: By what a weight is divided (default: average; of an affiliation no).
        :param duplicates: Which statements of an actor about the same thing, with the same stance, count
        once (default keep).
        :param sign: Of an affiliation: what is counted (default: net).
        :param into: Count claims for these actors, or all of a kind, for whom their speakers spoke
        (repeatable).
        :param date: Which date of a claim counts in from_=, until= and windows (default said).
        :param window: Windows of time: days:30 as in DNA (around each day), or P30D (from each day on).
        :param step: The step from one window to the next (with window="P30D"; default: its length).
        :param every: A window for each unit of the calendar: day, week, month, year.
        :param nth: Only the Nth window, counted and drawn as if with the others; with why=, in which
        window.
        :param isolates: Show nodes without a statement in a window, too (default false).
        :param at_least: Leave out nodes with fewer than N statements in all (default 0).
        :param things_at_least: Leave out things about which there are fewer than N statements in all
        (default 0).
        :param above: Only ties that can weigh W or more; with surely=True, that weigh W or more in any
        case.
        :param top: Only the N heaviest ties of each window, heaviest first.
        :param why: What one weight is made of: two nodes, or an actor and a thing.
        :param scale: Whether neutral and mixed are a level between for and against (default two).
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.network(of="actors").nodes[0].id != ''
        True
        """
        given: dict[str, Any] = {
            "of": of,
            "over": over,
            "measure": measure,
            "normalise": normalise,
            "duplicates": duplicates,
            "sign": sign,
            "into": into,
            "date": date,
            "window": window,
            "step": step,
            "every": every,
            "nth": nth,
            "isolates": isolates,
            "at_least": at_least,
            "things_at_least": things_at_least,
            "above": above,
            "top": top,
            "why": why,
            "scale": scale,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        if why is not None:
            return Record(self, self._line("network", given), NetworkWhy)
        return Graph(self, self._line("network", given), "network")

    @named
    def contradictions(
        self,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Contradiction]:
        """What contradicts what: stated, within one speaker, between speakers.

        Within one speaker: opposite stances whose times can overlap, as in `annals positions
        --contradictions`. Between speakers: for each thing and each two who can have stood opposite at the
        same time, one pair of claims: the last with which they certainly did, or else the last with which
        they can have. A contradiction is shown if one of its claims is selected and both lie in the window.

        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.contradictions()) >= 0
        True
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("contradictions", given), Contradiction, "contradictions")

    @named
    def changes(
        self,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Change]:
        """What came to be known between two days.

        What is known at the end of until=, or as far as the facts reach, and was not on the day before
        from_=: documents and claims, positions that changed by them, contradictions that arose, what was
        retracted, and dates that grew narrower. A record is known from the day on which it was recorded, or
        else first published. before= and after= are about when something was said or happened.

        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.changes(from_="2023-04-20")) > 0
        True
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("changes", given), Change, "changes")

    @named
    def promises(
        self,
        *,
        on: When | None = None,
        state: Literal["kept", "broken", "overdue", "answered", "open"] | Iterable[Literal["kept", "broken", "overdue", "answered", "open"]] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Promise]:
        """What was promised or asked, and what became of it by a day.

        Promises, offers, threats and questions. Of a promise, an offer or a threat the first that holds:
        kept (something fulfils it), broken (something breaks it), overdue (its due date has surely passed),
        answered (a claim responds to it, or an event that it is about took place after it), open. Of a
        question, or another act asked for with act=: answered, overdue, open. Where dates leave several
        states, each is a row.

        :param on: At the end of this date (EDTF); without it, as far as the facts reach.
        :param state: Only those in this state (repeatable).
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.promises()) >= 0
        True
        """
        given: dict[str, Any] = {
            "on": on,
            "state": state,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("promises", given), Promise, "promises")

    @named
    def voices(
        self,
        *,
        of: Literal["claims", "positions"] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Table[Voice]:
        """On how many independent origins a claim or a position rests.

        A claim rests on the claims that it repeats or was passed on by; else on whoever passed it on; else
        on an unnamed speaker; else on its documents, and these on those they are based on. What rests on
        nothing else that is given is an origin: three papers that are based on one agency are one voice.
        Where nothing says on what documents rest, they may rest on the same, so that a least and a most
        number are given.

        :param of: What to count the origins of (default claims).
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.voices()) > 0
        True
        """
        given: dict[str, Any] = {
            "of": of,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Table(self, self._line("voices", given), Voice, "voices")

    @named
    def show(
        self,
        thing: Thing,
        *,
        as_of: When | None = None,
        strict: bool | None = None,
    ) -> Record[Shown]:
        """Show everything about one record.

        Its fields, the edges in and out, its dates as given and as narrowed, and the sentence it rests on.

        :param thing: An id, a name or an alias.
        :param as_of: As known at the end of this date: edges from later facts are left out.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.show("putin").kind
        'actor'
        """
        given: dict[str, Any] = {
            "thing": thing,
            "as_of": as_of,
            "strict": strict,
        }
        return Record(self, self._line("show", given), Shown)

    @overload
    def dates(
        self,
        *,
        why: None = None,
        changed: bool | None = None,
        strict: bool | None = None,
    ) -> Table[Dated]: ...
    @overload
    def dates(
        self,
        *,
        why: Thing,
        changed: bool | None = None,
        strict: bool | None = None,
    ) -> Record[Why]: ...
    @named
    def dates(
        self,
        *,
        why: Thing | None = None,
        changed: bool | None = None,
        strict: bool | None = None,
    ) -> Table[Dated] | Record[Why]:
        """The narrowest dates that all facts allow, and the facts behind each.

        For every event, claim, publication and relation: the first and last day on which it can have begun
        and ended, given its own date and everything else the facts say: orders, distances, parts, causes,
        replies, publications. Facts in conflict are left out; `annals check` shows them.

        :param why: The chain of facts behind each bound of this record.
        :param changed: Only records whose dates all facts together narrow (default false).
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.dates()) > 0
        True
        """
        given: dict[str, Any] = {
            "why": why,
            "changed": changed,
            "strict": strict,
        }
        if why is not None:
            return Record(self, self._line("dates", given), Why)
        return Table(self, self._line("dates", given), Dated, "dates")

    @named
    def order(
        self,
        a: Thing,
        b: Thing,
        *,
        strict: bool | None = None,
    ) -> Record[Order]:
        """Must A come before B? The relations that can hold, and the facts that decide it.

        Given all facts, which of Allen's thirteen relations can hold between two events, claims,
        publications or relations.

        :param a: The first thing: an id, a name or an alias.
        :param b: The second thing.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.order("visit", "putin-no-option").first.id
        'visit'
        """
        given: dict[str, Any] = {
            "a": a,
            "b": b,
            "strict": strict,
        }
        return Record(self, self._line("order", given), Order)

    @named
    def subgraph(
        self,
        *,
        around: Things | None = None,
        hops: int | None = None,
        nodes: Literal["actor", "topic", "event", "place", "document", "claim"] | Iterable[Literal["actor", "topic", "event", "place", "document", "claim"]] | None = None,
        edges: str | Iterable[str] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Graph:
        """The typed graph around some things, or of selected claims.

        Around things: all nodes within hops= edges of them, in either direction, and all edges between
        these nodes. Claims are limited to the selected ones, events and relations to those that can lie in
        the window.

        :param around: A thing to start from: an id, a name or an alias (repeatable).
        :param hops: Include nodes up to N edges away (default 1).
        :param nodes: Only nodes of this kind (repeatable).
        :param edges: Only edges of this kind, or relations of this kind (repeatable).
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> len(store.subgraph(around="Putin").nodes) > 1
        True
        """
        given: dict[str, Any] = {
            "around": around,
            "hops": hops,
            "nodes": nodes,
            "edges": edges,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Graph(self, self._line("subgraph", given), "graph")

    @named
    def path(
        self,
        a: Thing,
        b: Thing,
        *,
        in_time: bool | None = None,
        nodes: Literal["actor", "topic", "event", "place", "document", "claim"] | Iterable[Literal["actor", "topic", "event", "place", "document", "claim"]] | None = None,
        edges: str | Iterable[str] | None = None,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Graph | None:
        """The shortest path of dated edges from one thing to another.

        Edges are followed in both directions. Of several paths with the fewest edges, the one with the
        earliest edges is shown.

        :param a: The start: an id, a name or an alias.
        :param b: The end.
        :param in_time: No edge may be earlier than the one before it (with surely=True: certainly not
        earlier) (default false).
        :param nodes: Only nodes of this kind (repeatable).
        :param edges: Only edges of this kind, or relations of this kind (repeatable).
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.path("putin", "zelensky") is not None
        True
        """
        given: dict[str, Any] = {
            "a": a,
            "b": b,
            "in_time": in_time,
            "nodes": nodes,
            "edges": edges,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        found = Graph(self, self._line("path", given), "path")
        return None if found._is_null() else found

    @named
    def brief(
        self,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        strict: bool | None = None,
    ) -> Document:
        """A document for an editor or a lawyer: claims, passages, sources, open questions.

        Numbered claims, oldest first, each with day, speaker and office, words, the passage in its sentence
        and where it stands, how it stands there, what it contradicts, and whether it was taken back. Then
        the sources and what they rest on, what is not verified, the open findings about these records, and
        the SHA-256 of every file.

        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param strict: Exit with 1 and no document if `annals check` would show errors or warnings (default
        false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.brief(by="Putin").render("md").startswith("#")
        True
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "strict": strict,
        }
        return Document(self, self._line("brief", given))

    @named
    def export(
        self,
        path: PathLike,
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        merge_edges: bool | None = None,
        excel: bool | None = None,
        diagram: Literal["flowchart", "timeline"] | None = None,
        base: str | None = None,
        anonymise: bool | None = None,
        strict: bool | None = None,
        format: str | None = None,
        overwrite: bool = False,
    ) -> Path:
        """Write the graph, or part of it, for other programs.

        A selection limits it to the selected claims, events, relations and documents, and everything linked
        to them.

        :param path: the file or folder to write.
        :param format: the format, where the ending of the file does not give it.
        :param overwrite: replace what is there.
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param merge_edges: Merge parallel edges that say the same into one, with their number as its weight
        (default false).
        :param excel: For csv: add a byte order mark, and let no cell be read as a formula (default false).
        :param diagram: What a Mermaid diagram shows: the graph as a flowchart, or dated records as a
        timeline.
        :param base: The IRI prefix of records in linked data, instead of urn:annals:.
        :param anonymise: Replace all names with pseudonyms and leave out quotes, notes, texts and URLs, to
        share structure only (default false).
        :param strict: Exit with 1 and write no file if `annals check` would show errors or warnings
        (default false).
        """
        given: dict[str, Any] = {
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "merge_edges": merge_edges,
            "excel": excel,
            "diagram": diagram,
            "base": base,
            "anonymise": anonymise,
            "strict": strict,
        }
        return written(self, self._line("export", given), path, format, overwrite)

    @named
    def draw(
        self,
        kind: Literal["claims", "timeline", "ladder", "graph", "network"],
        *,
        by: Things | None = None,
        to: Things | None = None,
        about: Things | None = None,
        via: Things | None = None,
        at: Things | None = None,
        in_: Things | None = None,
        stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
        act: str | Iterable[str] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
        tag: str | Iterable[str] | None = None,
        text: str | Iterable[str] | None = None,
        verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
        from_: When | None = None,
        until: When | None = None,
        before: Things | None = None,
        after: Things | None = None,
        surely: bool | None = None,
        retracted: bool | None = None,
        as_of: When | None = None,
        rollup: bool | str | None = None,
        identity: str | None = None,
        limit: int | None = None,
        around: Things | None = None,
        hops: int | None = None,
        nodes: Literal["actor", "topic", "event", "place", "document", "claim"] | Iterable[Literal["actor", "topic", "event", "place", "document", "claim"]] | None = None,
        edges: str | Iterable[str] | None = None,
        of: Literal["actors", "things"] | None = None,
        over: Literal["topics", "actors", "events", "things"] | None = None,
        measure: Literal["congruence", "conflict", "subtract", "ignore", "affiliation"] | None = None,
        normalise: Literal["no", "average", "jaccard", "cosine", "activity", "prominence"] | None = None,
        duplicates: Literal["keep", "document", "week", "month", "year", "range", "dna-week", "dna-month"] | None = None,
        sign: Literal["net", "any", "kinds"] | None = None,
        into: Things | None = None,
        date: Literal["said", "published"] | None = None,
        window: str | None = None,
        step: str | None = None,
        every: str | None = None,
        nth: int | None = None,
        isolates: bool | None = None,
        at_least: int | None = None,
        things_at_least: int | None = None,
        above: float | None = None,
        top: int | None = None,
        why: tuple[Thing, Thing] | None = None,
        theme: Literal["light", "dark", "print"] | None = None,
        width: int | None = None,
        title: str | None = None,
        link: str | None = None,
        scale: str | float | Iterable[str | float] | None = None,
        id_prefix: str | None = None,
        lanes: Literal["actor", "side", "document", "place"] | None = None,
        pages: bool | int | None = None,
        strict: bool | None = None,
    ) -> Picture:
        """Draw who said what about whom, a chronology, or a graph.

        No other program is needed. A selection limits the picture to the selected facts. A picture shows at
        most about 300 boxes, a graph 150, and says what it leaves out. A timeline has a lane for each
        actor, side, document or place, and a scale that is true within each of its parts.

        :param kind: The kind of picture.
        :param by: Who said it (an id, a name or an alias).
        :param to: To whom.
        :param about: About whom or what.
        :param via: Who or what passed it on.
        :param at: At which event.
        :param in_: Reported in which document.
        :param stance: The stance of the speaker (with about=: toward that).
        :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
        promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
        :param mode: How the statement is reported.
        :param tag: A tag given by the annotator.
        :param text: Words that must all occur in its quote, content or a passage.
        :param verified: How one of its passages stands in its text (null: not verified).
        :param from_: What can be on or after the first day of this date (EDTF).
        :param until: What can be on or before the last day of this date (EDTF).
        :param before: What can end before this event starts (on its own day: possibly).
        :param after: What can start after this event ends (on its own day: possibly).
        :param surely: Only what certainly matches, not what possibly does (default false).
        :param retracted: Include retracted records, marked (default false).
        :param as_of: As known at the end of this date: what was recorded (or else published) by then, and
        not yet retracted.
        :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
        :param identity: Treat actors as one for this question, as relations of identity say: none, stated,
        all, by=ACTOR (default none).
        :param limit: Show at most N rows.
        :param around: For a graph: a thing to start from, by id, name or alias (repeatable).
        :param hops: For a graph: include nodes up to N edges away (default 1).
        :param nodes: Only nodes of this kind (repeatable).
        :param edges: Only edges of this kind, or relations of this kind (repeatable).
        :param of: What the nodes are (default actors).
        :param over: Which things link actors (default things).
        :param measure: What makes a tie (default congruence).
        :param normalise: By what a weight is divided (default: average; of an affiliation no).
        :param duplicates: Which statements of an actor about the same thing, with the same stance, count
        once (default keep).
        :param sign: Of an affiliation: what is counted (default: net).
        :param into: Count claims for these actors, or all of a kind, for whom their speakers spoke
        (repeatable).
        :param date: Which date of a claim counts in from_=, until= and windows (default said).
        :param window: Windows of time: days:30 as in DNA (around each day), or P30D (from each day on).
        :param step: The step from one window to the next (with window="P30D"; default: its length).
        :param every: A window for each unit of the calendar: day, week, month, year.
        :param nth: Only the Nth window, counted and drawn as if with the others; with why=, in which
        window.
        :param isolates: Show nodes without a statement in a window, too (default false).
        :param at_least: Leave out nodes with fewer than N statements in all (default 0).
        :param things_at_least: Leave out things about which there are fewer than N statements in all
        (default 0).
        :param above: Only ties that can weigh W or more; with surely=True, that weigh W or more in any
        case.
        :param top: Only the N heaviest ties of each window, heaviest first.
        :param why: What one weight is made of: two nodes, or an actor and a thing.
        :param theme: The colours (default light).
        :param width: The width in pixels; each kind of picture has its own default.
        :param title: The title above the picture, instead of the default.
        :param link: The link of boxes and lines: a URL with {id}, {kind}, {file} or {line} in it.
        :param scale: Pixels per unit of the picture in a PNG, 0.25 to 8 (default 2); for a network also two
        or three: whether neutral and mixed are a level between for and against.
        :param id_prefix: Begin each id of an SVG with this, so that several pictures on one page have no id
        in common.
        :param lanes: What the lanes of a timeline show.
        :param pages: Split a timeline into pages of at most N things (100), or a network into pages of at
        most N windows, in files NAME-1.svg, NAME-2.svg and so on.
        :param strict: Exit with 1 and write no file if `annals check` would show errors or warnings
        (default false).

        >>> import annals
        >>> store = annals.open("data/kyiv")
        >>> store.draw("claims", by="Putin").svg.startswith("<?xml")
        True
        """
        given: dict[str, Any] = {
            "kind": kind,
            "by": by,
            "to": to,
            "about": about,
            "via": via,
            "at": at,
            "in_": in_,
            "stance": stance,
            "act": act,
            "mode": mode,
            "tag": tag,
            "text": text,
            "verified": verified,
            "from_": from_,
            "until": until,
            "before": before,
            "after": after,
            "surely": surely,
            "retracted": retracted,
            "as_of": as_of,
            "rollup": rollup,
            "identity": identity,
            "limit": limit,
            "around": around,
            "hops": hops,
            "nodes": nodes,
            "edges": edges,
            "of": of,
            "over": over,
            "measure": measure,
            "normalise": normalise,
            "duplicates": duplicates,
            "sign": sign,
            "into": into,
            "date": date,
            "window": window,
            "step": step,
            "every": every,
            "nth": nth,
            "isolates": isolates,
            "at_least": at_least,
            "things_at_least": things_at_least,
            "above": above,
            "top": top,
            "why": why,
            "theme": theme,
            "width": width,
            "title": title,
            "link": link,
            "scale": scale,
            "id_prefix": id_prefix,
            "lanes": lanes,
            "pages": pages,
            "strict": strict,
        }
        return Picture(self, self._line("draw", given))

    @named
    def build(
        self,
        path: PathLike,
        *,
        add: bool | None = None,
        for_cluster: bool | None = None,
        strict: bool | None = None,
        overwrite: bool = False,
    ) -> Path:
        """A snapshot: a folder of Parquet files that every command reads in place of the facts.

        Much that is spread over several machines can be built in parts, each where its files are (--shard),
        and joined afterwards (--join).

        :param path: the file or folder to write.
        :param overwrite: replace what is there.
        :param add: Add the facts to the existing snapshot (default false).
        :param for_cluster: Also write the two large tables that only other engines read: stances, and texts
        of claims (default false).
        :param strict: Exit with 1 and write nothing if `annals check` would show errors or warnings
        (default false).
        """
        given: dict[str, Any] = {
            "add": add,
            "for_cluster": for_cluster,
            "strict": strict,
        }
        return written(self, self._line("build", given), path, None, overwrite)


@named
def agree(
    first: PathLike,
    second: PathLike,
    *,
    by: Things | None = None,
    to: Things | None = None,
    about: Things | None = None,
    via: Things | None = None,
    at: Things | None = None,
    in_: Things | None = None,
    stance: Literal["supports", "opposes", "neutral", "mixed"] | Iterable[Literal["supports", "opposes", "neutral", "mixed"]] | None = None,
    act: str | Iterable[str] | None = None,
    mode: Literal["direct", "indirect", "mixed"] | Iterable[Literal["direct", "indirect", "mixed"]] | None = None,
    tag: str | Iterable[str] | None = None,
    text: str | Iterable[str] | None = None,
    verified: Literal["exact", "folded", "elided", "ambiguous", "missing", "null"] | Iterable[Literal["exact", "folded", "elided", "ambiguous", "missing", "null"]] | None = None,
    from_: When | None = None,
    until: When | None = None,
    before: Things | None = None,
    after: Things | None = None,
    surely: bool | None = None,
    retracted: bool | None = None,
    as_of: When | None = None,
    rollup: bool | str | None = None,
    identity: str | None = None,
    limit: int | None = None,
    strict: bool | None = None,
    texts: PathLike | Iterable[PathLike] = (),
    config: PathLike | None = None,
) -> Record[Agreement]:
    """Compare the claims of two annotators of the same texts.

    Claims are matched one to one by how far their passages overlap in the same text (the same id of the
    document, or the same SHA-256); without the text, by the words of their passages. Actors and other
    things are the same by id, else by name.

    Agreement is Krippendorff's alpha: 1 is full agreement, 0 what chance would give. For the passages it is
    the alpha for unitizing (1995, corrected in 2004), for each field of the claims that both have it is the
    nominal alpha. A field that a claim does not have is a missing value. A dash stands where alpha is
    undefined: nothing to compare, or always the same value.

    :param first: the facts of one annotator.
    :param second: those of another.
    :param by: Who said it (an id, a name or an alias).
    :param to: To whom.
    :param about: About whom or what.
    :param via: Who or what passed it on.
    :param at: At which event.
    :param in_: Reported in which document.
    :param stance: The stance of the speaker (with about=: toward that).
    :param act: What the speaker does: asserts, denies, confirms, retracts, demands, requests, offers,
    promises, predicts, threatens, questions, declines, expresses, or a word defined in annals.toml.
    :param mode: How the statement is reported.
    :param tag: A tag given by the annotator.
    :param text: Words that must all occur in its quote, content or a passage.
    :param verified: How one of its passages stands in its text (null: not verified).
    :param from_: What can be on or after the first day of this date (EDTF).
    :param until: What can be on or before the last day of this date (EDTF).
    :param before: What can end before this event starts (on its own day: possibly).
    :param after: What can start after this event ends (on its own day: possibly).
    :param surely: Only what certainly matches, not what possibly does (default false).
    :param retracted: Include retracted records, marked (default false).
    :param as_of: As known at the end of this date: what was recorded (or else published) by then, and not
    yet retracted.
    :param rollup: With by=, to=, about=: include those who stood for the actor on the day of the claim.
    :param identity: Treat actors as one for this question, as relations of identity say: none, stated, all,
    by=ACTOR (default none).
    :param limit: Show at most N rows.
    :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
    false).
    """
    given: dict[str, Any] = {
        "by": by,
        "to": to,
        "about": about,
        "via": via,
        "at": at,
        "in_": in_,
        "stance": stance,
        "act": act,
        "mode": mode,
        "tag": tag,
        "text": text,
        "verified": verified,
        "from_": from_,
        "until": until,
        "before": before,
        "after": after,
        "surely": surely,
        "retracted": retracted,
        "as_of": as_of,
        "rollup": rollup,
        "identity": identity,
        "limit": limit,
        "strict": strict,
    }
    return Record(PROGRAM, program_line("agree", [first, second], given, texts, config), Agreement)


@named
def verify(
    receipt: PathLike,
    *facts: PathLike,
    strict: bool | None = None,
    texts: PathLike | Iterable[PathLike] = (),
    config: PathLike | None = None,
) -> Table[Difference]:
    """Does a receipt still stand? Compares files and passages with it, byte by byte.

    Shows what differs: files whose bytes are others, and passages that stand elsewhere in their text or do
    not stand there any more. Exits with 0 if everything stands, with 1 if something differs, and with 3 if
    the receipt or a file cannot be read.

    :param receipt: a receipt.
    :param facts: compare with these facts, not with the files that it names.
    :param strict: Exit with 1 and no answer if `annals check` would show errors or warnings (default
    false).
    """
    given: dict[str, Any] = {
        "strict": strict,
    }
    line = program_line("verify", [receipt, *facts], given, texts, config)
    return Table(PROGRAM, line, Difference, "verify")


@named
def explain(
    code: str,
) -> str:
    """Explain what a finding means, with an example and how to fix it.

    Without CODE: the list of all findings.

    """
    given: dict[str, Any] = {
    }
    return program_text("explain", [code])


@named
def schema(
    name: str,
) -> dict[str, Any]:
    """Print the JSON Schema of facts, or of a command's answer.

    Editors can use `facts` too: with the YAML language server, begin a fact file with the line `# yaml-
    language-server: $schema=.annals/facts.schema.json`.

    """
    given: dict[str, Any] = {
    }
    return program_json("schema", [name])


@named
def import_(
    *sources: PathLike,
    report: PathLike | None = None,
    drafts: PathLike | None = None,
    century: Literal["15", "16", "17", "18", "19", "20"] | None = None,
    dates: Literal["dmy", "mdy"] | None = None,
    delimiter: str | None = None,
    during: Literal["simultaneous", "allen"] | None = None,
    encoding: str | None = None,
    from_: When | None = None,
    heading: str | None = None,
    hidden: Literal["keep", "skip"] | None = None,
    map: PathLike | None = None,
    merged: Literal["repeat", "once"] | None = None,
    sheet: str | None = None,
    suggest: bool | None = None,
    types: str | None = None,
    until: When | None = None,
    year: str | None = None,
    format: str | None = None,
) -> Written:
    """Convert data you already have into facts: calendars, tables, annotations.

    Writes fact files with readable ids, dates in the precision of the source, and evidence. Data without a
    field is kept under x_…; the last line counts what was imported, what was left out and why. If a source
    can be read in several ways, the import stops and asks.

    :param report: List everything that was left out or changed, with its place (.jsonl for programs).
    :param drafts: Put the records into the drafts of this dossier, where they count for nothing until
    somebody accepts them.
    :param century: The first digits of years written with two: 19 makes 1999 of 99 (table, webannotation,
    brat, bibliography).
    :param dates: Whether the day or the month comes first in 03/04/2021 (table, webannotation, brat,
    bibliography).
    :param delimiter: The separator between values in a text file: one character, or tab (table).
    :param during: The meaning of DURING between two events: one lasts as long as the other, or lies within
    it (timeml).
    :param encoding: The encoding of the source, if it is not UTF-8, UTF-16 or Windows-1252 (table, ics,
    webannotation, brat, tei, timeml, bibliography, timelinejs, ftm, stix, gdelt, icews, wikidata).
    :param from_: Expand recurring events from this day on, such as 2023-01-01 (ics).
    :param heading: The number of the row with the headings (table).
    :param hidden: Whether to read hidden rows; by default they are read and counted (table).
    :param map: A YAML mapping that says which column is which field (table).
    :param merged: Whether the value of merged cells applies to all their rows or only to the first (table).
    :param sheet: The sheet of the workbook to read (table).
    :param suggest: Write a first mapping with reasons, instead of facts (table) (default false).
    :param types: The meaning of types, such as Victim=person,Vow=claim: a kind of actor, or place, topic,
    date, event, claim, nothing (brat).
    :param until: Expand recurring events up to this day, such as 2023-12-31 (ics).
    :param year: The year of dates without one, such as 3–5 May (table).
    """
    given: dict[str, Any] = {
        "format": format,
        "sources": sources,
        "report": report,
        "drafts": drafts,
        "century": century,
        "dates": dates,
        "delimiter": delimiter,
        "during": during,
        "encoding": encoding,
        "from_": from_,
        "heading": heading,
        "hidden": hidden,
        "map": map,
        "merged": merged,
        "sheet": sheet,
        "suggest": suggest,
        "types": types,
        "until": until,
        "year": year,
    }
    return Written(PROGRAM, program_line("import", [], given))


@named
def draft(
    *texts_or_ids: PathLike,
    date: When | None = None,
    language: str | None = None,
    all: bool | None = None,
    events: bool | None = None,
    actors: PathLike | Iterable[PathLike] | None = None,
    texts: PathLike | Iterable[PathLike] = (),
) -> Written:
    """Propose facts from a text: who said what, with the exact passages.

    Claims with speaker, words, act and date; the actors with their offices. Proposals count for nothing
    until you accept them: they say how sure they are (`x_confidence`) and why (`x_reason`). What is not
    known is left empty. Nothing is sent anywhere, and the same text gives the same proposals.

    :param date: The day of the article, for dates such as "Friday"; default: that of the document record.
    :param language: The language: en, de, fr, uk or ru; of another one, direct quotations only.
    :param all: Also attitudes: what somebody wants, plans, supports or fears without saying so (default
    false).
    :param events: Also events with their dates, and distances such as "two days after the ballot" (default
    false).
    :param actors: Look names up in these facts first, and propose only what they do not have (repeatable).
    """
    given: dict[str, Any] = {
        "texts_or_ids": texts_or_ids,
        "date": date,
        "language": language,
        "all": all,
        "events": events,
        "actors": actors,
    }
    line = program_line("draft", [], given, texts)
    return Drafted(PROGRAM, line)
