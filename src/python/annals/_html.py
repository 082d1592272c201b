"""Answers in notebooks: one string of HTML without script, link or style sheet, every text escaped; and
the same for terminals."""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING, Any

from ._row import claim_words
from ._sheets import rows_of_csv

if TYPE_CHECKING:
    from ._answers import Table

_LINE = "border-bottom:1px solid #8884;padding:2px 8px;vertical-align:top;text-align:left;white-space:pre-line"
_DIM = "opacity:.7"
_POSSIBLY = "border-bottom:1px dashed currentColor"
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
    first = table[:shown]
    rows = first.to_dicts()
    if table._has_sheet and table._asked is not None and table._at is None and len(table) <= 10_000:
        heads, *cells = rows_of_csv(io.StringIO(table.render("csv"), newline=""))
        if len(cells) == len(table):
            return *_told(heads, cells[:shown]), rows
    heads = list(dict.fromkeys(key for row in rows for key in row))
    return *_told(heads, [[_text(row.get(head)) for head in heads] for row in rows]), rows


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
    if isinstance(value, dict):
        if words := claim_words(value):
            return words
        for key in ("name", "written", "id", "file"):
            if isinstance(value.get(key), str):
                return str(value[key])
        return " ".join(filter(None, (_part(key, one) for key, one in value.items())))
    if isinstance(value, list):
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
    elif head == "certain":
        text = "certainly"
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
