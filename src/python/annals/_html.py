"""Answers in notebooks: one string of HTML without script, link or style sheet, every text escaped; and
the same for terminals."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._row import claim_words
from ._sheets import rows_of_csv

if TYPE_CHECKING:
    from ._answers import Table

_LINE = "border-bottom:1px solid #8884;padding:2px 8px;vertical-align:top;text-align:left;white-space:pre-line"
_DIM = "opacity:.7"
_POSSIBLY = "border-bottom:1px dashed currentColor"
#: What is so short, as a day is, stays on one line.
_SHORT = 12
#: So many characters of a cell stand in the row; all of it can be opened.
_CELL = 240


def _more(table: Table[Any], rows: int | None) -> tuple[int, str]:
    """How many rows are shown, and what is said of the others."""
    count = len(table)
    shown = count if rows is None else max(0, min(rows, count))
    if shown == count:
        return shown, ""
    return shown, f"… {count - shown:,} more of {count:,}: .show(rows=None)"


def _parts(table: Table[Any], shown: int) -> tuple[list[str], list[list[str]], list[dict[str, Any]]]:
    """The columns of the first rows, their cells, and the rows."""
    rows = table[:shown].to_dicts()
    for is_such, cells in ((_is_claim, _claim), (_is_pair, _pair), (_is_finding, _finding)):
        if rows and all(map(is_such, rows)):
            made = [cells(row) for row in rows]
            heads = list(made[0])
            return *_told(heads, [[one[head] for head in heads] for one in made]), rows
    if table._has_sheet and table._asked is not None and table._at is None and len(table) <= 10_000:
        heads, *sheet = rows_of_csv(io.StringIO(table.render("csv"), newline=""))
        if len(sheet) == len(table):
            return *_told(heads, sheet[:shown]), rows
    heads = list(dict.fromkeys(key for row in rows for key in row))
    return *_told(heads, [[_text(row.get(head)) for head in heads] for row in rows]), rows


def _is_claim(row: Mapping[str, Any]) -> bool:
    return bool(claim_words(row)) and "evidence" in row


def _is_pair(row: Mapping[str, Any]) -> bool:
    claims = row.get("claims")
    return isinstance(claims, list) and all(isinstance(one, dict) and _is_claim(one) for one in claims)


def _is_finding(row: Mapping[str, Any]) -> bool:
    return {"code", "severity", "message", "places", "fixes"} <= row.keys()


def _claim(row: dict[str, Any]) -> dict[str, str]:
    """A claim under the columns of the command's table."""
    to = ", ".join(one["name"] for one in row["to"])
    return {
        "when": _when(row),
        "who": "\n".join(filter(None, [_who(row), to and f"→ {to}"])),
        "how": _how(row),
        "what": _what(row),
        "source": _stands(row),
        "id": row["id"],
        "certain": "" if row["certain"] else "false",
    }


def _when(row: dict[str, Any]) -> str:
    if row["said"]:
        return str(row["said"]["written"])
    return f"undated, not after {row['reported']}" if row["reported"] else "undated"


def _who(row: dict[str, Any]) -> str:
    return ", ".join(one["name"] for one in row["speaker"]) or "(no named speaker)"


def _how(row: dict[str, Any]) -> str:
    stances = [f"{one['value']} {one['toward']['name']}" for one in row["stance"]]
    toward = {one["toward"]["id"] for one in row["stance"]}
    about = ", ".join(one["name"] for one in row["about"] if one["id"] not in toward)
    lines = [row["act"], *stances, f"on {about}" if about else "", "RETRACTED" if row["retracted"] else ""]
    return "\n".join(line for line in lines if line)


def _what(row: dict[str, Any]) -> str:
    return "\n".join(filter(None, [row["quote"] and f"“{row['quote']}”", row["content"]]))


def _stands(row: dict[str, Any]) -> str:
    """Where it stands: file and line, the relations through which it was selected, documents."""
    through = [one["relation"] + ("" if one["certain"] else " (possibly)") for one in row["through"]]
    documents = [
        f"{(one['document'] or {}).get('id', '?')} {one['verified'] or ''}".rstrip() for one in row["evidence"]
    ]
    lines = [_place(row["source"]), "through " + ", ".join(through) if through else "", *dict.fromkeys(documents)]
    return "\n".join(filter(None, lines))


def _pair(row: dict[str, Any]) -> dict[str, str]:
    """Two claims that contradict each other, side by side."""
    toward = row["toward"]

    def side(claim: dict[str, Any]) -> str:
        stances = [one["value"] for one in claim["stance"] if toward and one["toward"]["id"] == toward["id"]]
        return "\n".join([f"{_who(claim)}, {_when(claim)}", *stances, _what(claim), _stands(claim)])

    return {
        "kind": row["kind"],
        "toward": _text(toward),
        **{name: side(claim) for name, claim in zip(("first", "second"), row["claims"], strict=True)},
        "certain": "" if row["certain"] else "false",
    }


def _finding(row: dict[str, Any]) -> dict[str, str]:
    """A finding, with its places and what is said of each."""
    places = [": ".join(filter(None, [_place(one), one.get("label")])) for one in row["places"]]
    return {
        "code": row["code"],
        "severity": row["severity"],
        "message": row["message"],
        "places": "\n".join(places),
        "help": "\n".join(one["message"] for one in row["fixes"]),
    }


def _place(place: Mapping[str, Any]) -> str:
    """File and line, as short as a table has room for."""
    file, line = str(place["file"]), place.get("line")
    if line is None:
        return file
    if file.startswith("notebook cell"):
        return f"{file}, line {line}"
    name = re.split(r"[/\\]", file)[-1]
    return f"{name}:{line}"


def _told(heads: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Without the columns that are for programs, and those that say nothing."""
    programs = ("_ids", "_id", "_first", "_last", "_precision")
    kept = [
        nth
        for nth, head in enumerate(heads)
        if not head.endswith(programs)
        and head not in ("line", "column", "end_line", "end_column")
        and any(row[nth] for row in rows)
    ]
    return [heads[nth] for nth in kept], [[row[nth] for nth in kept] for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 else f"{value:.3g}"
    if isinstance(value, dict):
        if words := claim_words(value):
            return words
        if isinstance(value.get("file"), str):
            return _place(value)
        for key in ("name", "written", "id"):
            if isinstance(value.get(key), str):
                return str(value[key])
        return " ".join(filter(None, (_part(key, one) for key, one in value.items())))
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(one, (int, float)) for one in value):
            least, most = map(_text, value)
            return least if least == most else f"{least} to {most}"
        # Claims have semicolons in them.
        between = "\n" if any(isinstance(one, dict) and claim_words(one) for one in value) else "; "
        return between.join(_text(one) for one in value)
    return str(value)


def _part(key: str, value: Any) -> str:
    """What a part of a value says; that something is certain goes without saying."""
    if isinstance(value, bool):
        unsure = key == "certain" and not value
        return "possibly" if unsure else key if value and key != "certain" else ""
    return _text(value)


def table(table: Table[Any], rows: int | None) -> str:
    """A table of HTML; if that fails, the text form and why."""
    try:
        return _table(table, rows)
    except Exception as error:  # A notebook would show nothing at all.
        words = f"{table!r}\n{type(error).__name__}: {error}"
        return f"<pre>{escaped(words)}</pre>"


def _table(table: Table[Any], rows: int | None) -> str:
    shown, more = _more(table, rows)
    heads, cells, dicts = _parts(table, shown)
    head = "".join(f'<th style="{_LINE}">{escaped(one)}</th>' for one in heads)
    lines = [
        f"<tr{_hover(row)}>{''.join(_cell(h, c, row) for h, c in zip(heads, line, strict=True))}</tr>"
        for line, row in zip(cells, dicts, strict=True)
    ]
    notes = "".join(f'<div style="{_DIM}">{escaped(note)}</div>' for note in table.warnings)
    said = f"<div>{escaped(more)}</div>" if more else ""
    command = f'<div style="{_DIM}"><code>{escaped(table.command or repr(table))}</code></div>'
    return (
        f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>{said}{notes}{command}"
    )


def _hover(row: dict[str, Any]) -> str:
    """The passage behind a row, its document and how it stands there."""
    parts = []
    for one in row.get("evidence") or ():
        if isinstance(one, dict):
            document = (one.get("document") or {}).get("name", "")
            stands = one.get("verified") or "not verified"
            parts.append(f"“{one.get('quote') or ''}” — {document} ({stands})")
    if not parts:
        return ""
    return f' title="{escaped(chr(10).join(parts))}"'


def _cell(head: str, text: str, row: dict[str, Any]) -> str:
    style = _LINE
    if head == "certain" and text == "false":
        text, style = "possibly", f"{_LINE};{_POSSIBLY}"
    elif head == "certain" and text:
        text = "certainly"
    if len(text) <= _SHORT and "\n" not in text:
        style += ";white-space:nowrap"
    if len(text) <= _CELL:
        return f'<td style="{style}">{escaped(text)}</td>'
    return (
        f'<td style="{style}"><details><summary>{escaped(text[:_CELL])}…</summary>'
        f"{escaped(text[_CELL:])}</details></td>"
    )


def escaped(text: str) -> str:
    """A text in HTML, within elements and attributes. What would steer the page is written out."""
    shown = "".join(c if _is_harmless(c) else f"\\u{{{ord(c):x}}}" for c in text)
    return html.escape(shown, quote=True)


def _is_harmless(c: str) -> bool:
    if c in "\n\t":
        return True
    steers = "\u061c\u200e\u200f\u2028\u2029\ufeff"
    return not (
        c < " "
        or "\x7f" <= c <= "\x9f"
        or c in steers
        or "\u202a" <= c <= "\u202e"
        or "\u2060" <= c <= "\u206f"
        or "\ud800" <= c <= "\udfff"
    )


def plain(table: Table[Any], rows: int | None) -> str:
    """A table of text."""
    shown, more = _more(table, rows)
    if shown == len(table) and table._asked is not None and table._at is None and table._has_sheet:
        return str(table)
    heads, cells, _ = _parts(table, shown)
    flat = [[" ".join(cell.split())[:60] for cell in line] for line in [heads, *cells]]
    widths = [max(len(line[nth]) for line in flat) for nth in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in flat
    ]
    return "\n".join([*lines, *([more] if more else [])])


def document(words: str) -> str:
    """A text as it is."""
    return f"<pre>{escaped(words)}</pre>"


_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ID = re.compile(r"""(\sid="|url\(#|href="#)""")


def with_own_ids(svg: str) -> str:
    """A picture whose ids begin with eight characters of its SHA-256, so that two of them on one page do
    not spoil each other."""
    import hashlib

    own = "a" + hashlib.sha256(svg.encode()).hexdigest()[:8]
    return _TAG.sub(lambda tag: _ID.sub(rf"\g<1>{own}-", tag[0]), svg)
