"""Words about options as words about arguments: ``from_=`` in place of ``--from``."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import TypeAlias

#: An option, with the value that may follow it.
_OPTION = re.compile(
    r"""
    (?P<mark>'?)                                    # clap sets options in quotation marks
    (?<![\w"-])--(?P<name>[a-z][a-z-]*[a-z])
    (?:
        [ ](?P<shown><[A-Z|_]+>|[A-Z]{2,}|[A-Z](?:[ ][A-Z])*\b)  # what a value is called
      | [ =](?P<value>"[^"]*"|[^\s'")\],;:=]+)      # a value
    )?
    (?P=mark)
    """,
    re.VERBOSE,
)


#: Of each option that is an argument: the argument, what it takes, and the words among which it chooses.
Known: TypeAlias = Mapping[str, tuple[str, str, frozenset[str]]]


def in_python(text: str, known: Known | None = None) -> str:
    """What the command line says, in words of Python. What stands in backquotes is a command, and stays."""
    if "--" not in text:
        return text
    parts = text.split("`")
    argument = functools.partial(_argument, _known() if known is None else known)
    parts[::2] = [_OPTION.sub(argument, part) for part in parts[::2]]
    return "`".join(parts)


def _argument(known: Known, found: re.Match[str]) -> str:
    if found["name"] not in known:
        return found[0]
    name, takes, words = known[found["name"]]
    mark, value = found["mark"], found["value"]
    # What follows in quotation marks ends them.
    begun = mark if found[0].count("'") == 1 else ""
    if takes == "flag" or value is None:
        rest = f" {value}" if value is not None else ""
        return f"{begun}{name}{'=True' if takes == 'flag' else '='}{rest}"
    if takes == "number" and value.isdecimal():
        return f"{begun}{name}={value}"
    if value.startswith(chr(34)) or any(map(str.isdigit, value)) or value in words:
        return f"{begun}{name}={json.dumps(value.strip(chr(34)), ensure_ascii=False)}"
    return f"{begun}{name}= {value}"


@functools.cache
def _known() -> Known:
    from . import _annals
    from ._questions import COMMANDS

    words: dict[str, set[str]] = {}
    for command in json.loads(_annals.definitions())["commands"]:
        for option in command["options"]:
            words.setdefault(option["long"], set()).update(option["values"])
    known = {"texts": ("texts", "path"), "config": ("config", "path")}
    for options in COMMANDS.values():
        for name, option in options.items():
            known[option.flag.removeprefix("--")] = (name, "flag" if option.is_bare else option.takes)
    return {flag: (name, takes, frozenset(words.get(flag, ()))) for flag, (name, takes) in known.items()}
