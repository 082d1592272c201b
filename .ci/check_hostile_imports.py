"""Gives each format of import sources that are made to hurt: bombs, entities, archives that are cut off
or lead out of their folder, sizes that are only declared, a database that is none. Each must be refused
in words (or read as what it is, where it is harmless), soon, in bounded memory, and without a file left.

    check_hostile_imports.py ANNALS
"""

import gzip
import io
import itertools
import json
import os
import pathlib
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

ANNALS = pathlib.Path(sys.argv[1]).resolve()
# A program of debugging is slow; what grows without a bound takes far more than both.
MOST_SECONDS, MOST_MIB = 60, 400
HUGE = 10 << 30
MAP = """annals-map: 1
records:
  who: {type: actor, key: "{Who}", name: "{Who}", kind: person}
  claim: {type: claim, speaker: $who, content: "{What}"}
"""
# Of each format that is text: its ending, and how a source of it begins.
TEXTS = {
    "table": ("csv", "Who,What\nAda Lind,"),
    "ics": ("ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20230401\r\nSUMMARY:"),
    "webannotation": ("json", '[{"type": "Annotation", "target": "https://a.example/", "body": "'),
    "brat": ("ann", "T1\tPerson 0 3\tAda\n#1\tAnnotatorNotes T1\t"),
    "tei": ("xml", "<TEI><text><p>"),
    "timeml": ("tml", "<TimeML><TEXT>"),
    "bibliography": ("bib", "@book{a, title = {"),
    "timelinejs": ("json", '{"events": [{"start_date": {"year": "2023"}, "text": {"headline": "'),
    "ftm": ("json", '{"id": "a", "schema": "Person", "properties": {"name": ["'),
    "stix": ("json", '{"type": "bundle", "objects": [{"type": "identity", "name": "'),
    "gdelt": ("csv", "1\t20230401\t"),
    "icews": ("tab", "Event ID\tEvent Date\tSource Name\tTarget Name\tEvent Text\tCAMEO Code\n1\t"),
    "wikidata": ("json", '{"id": "Q1", "labels": {"en": {"value": "'),
}
MARKUP = {"tei": "TEI", "timeml": "TimeML"}


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            with archive.open(name, "w") as member:
                for piece in [content] if isinstance(content, bytes) else content:
                    member.write(piece)
    return out.getvalue()


def gzipped(begin):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as file:
        file.write(begin)
        for piece in spaces():
            file.write(piece)
    return out.getvalue()


def spaces():
    """1 GiB that packs to little."""
    piece = b" " * (1 << 20)
    return (piece for _ in range(1 << 10))


def declared(archive, size):
    """The archive with another size in its headers than what is in it."""
    archive = bytearray(archive)
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        start = archive.find(mark)
        while start >= 0:
            archive[start + at:start + at + 4] = struct.pack("<I", min(size, 0xFFFFFFFE))
            start = archive.find(mark, start + 1)
    return bytes(archive)


def bombs():
    """Of every format that is text, packed: (format, file, bytes, words of the refusal)."""
    for name, (ending, begin) in TEXTS.items():
        key = begin.encode()
        yield name, f"bomb.{ending}.gz", gzipped(key), "error[AN032]"
        yield name, f"cut.{ending}.gz", gzip.compress(os.urandom(4000) + key)[:3000], "cannot be read"
        whole = zipped({f"a.{ending}": key + b"x" * 5000})
        yield name, "cut.zip", whole[:len(whole) // 2], "zip archive cannot be read"
        yield name, "out.zip", zipped({f"../../out.{ending}": key}), "error[AN033]"
        yield name, "absolute.zip", zipped({f"/absent/out.{ending}": key}), "error[AN033]"
        yield name, "declared.zip", declared(whole, HUGE), None
        yield name, "zeros." + ending, b"\0" * 100_000, None
        yield name, "empty." + ending, b"", None
    ending, begin = TEXTS["gdelt"]
    yield "gdelt", "bomb.zip", zipped({"a.csv": spaces()}), "error[AN032]"
    # As many files as an archive can name.
    yield "brat", "many.zip", zipped({f"{n}.ann": b"" for n in range(20_000)}), "error[AN032]"


def markup():
    for name, root in MARKUP.items():
        ending = TEXTS[name][0]
        for what, inner in {
            "bomb": "".join(f'<!ENTITY a{n} "{"&a%d;" % (n - 1) * 10 if n else "ha"}">' for n in range(12)),
            "file": '<!ENTITY a11 SYSTEM "file:///etc/passwd">',
            "net": '<!ENTITY a11 SYSTEM "http://127.0.0.1:9/x">',
            "parameter": '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;',
        }.items():
            text = f"<?xml version='1.0'?><!DOCTYPE {root} [{inner}]><{root}>&a11;</{root}>"
            yield name, f"{what}.{ending}", text.encode(), "error[AN033]"
        yield name, f"deep.{ending}", (f"<{root}>" + "<p>" * 1_000_000).encode(), "deep"
        attributes = " ".join(f'a{n}="1"' for n in range(100_000))
        yield name, f"wide.{ending}", f"<{root} {attributes}/>".encode(), None


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
WORKBOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
Target="{}"/></Relationships>"""


def xlsx(sheet, more=None, target="worksheets/sheet1.xml", packed=None):
    members = {"xl/workbook.xml": WORKBOOK.encode(), "xl/_rels/workbook.xml.rels": RELATIONS.format(target).encode()}
    members["xl/worksheets/sheet1.xml"] = packed or SHEET.format(sheet).encode()
    return zipped(members | (more or {}))


def ods(content):
    head = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>')
    end = "</office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                   "content.xml": (head + content + end).encode()})


def row(number, *texts):
    cells = "".join(f'<c r="{"ABC"[n]}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
                    for n, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


def workbooks():
    rows = row(1, "Who", "What") + row(2, "Ada Lind", "Yes")
    data = f"<sheetData>{rows}</sheetData>"
    whole = xlsx(data)
    yield "table", "whole.xlsx", whole, 1
    yield "table", "dimension.xlsx", xlsx('<dimension ref="A1:XFD1048576"/>' + data), 1
    far = f'<sheetData>{rows}<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    yield "table", "far.xlsx", xlsx(far), None
    strings = {"xl/sharedStrings.xml": b'<sst count="10737418240" uniqueCount="10737418240"><si><t>Who</t></si></sst>'}
    yield "table", "strings.xlsx", xlsx(data, strings), 1
    merged = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(2, 2000))
    yield "table", "merged.xlsx", xlsx(data + f"<mergeCells>{merged}</mergeCells>"), None
    yield "table", "declared.xlsx", declared(whole, HUGE), None
    yield "table", "cut.xlsx", whole[:len(whole) // 2], "zip archive cannot be read"
    yield "table", "out.xlsx", xlsx(data, target="../../../../etc/passwd"), None
    yield "table", "member.xlsx", xlsx(data, {"../../out.xml": b"x"}), "error[AN033]"
    yield "table", "bomb.xlsx", xlsx("", packed=spaces()), "error[AN032]"
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SHEET.format(data).encode()
    yield "table", "entity.xlsx", xlsx("", packed=entity), "error[AN033]"
    formula = '<c r="B3"><f>HYPERLINK("http://127.0.0.1:9/","x")</f></c>'
    formula = f'<sheetData>{rows}<row r="3"><c r="A3" t="inlineStr"><is><t>Jon</t></is></c>{formula}</row></sheetData>'
    yield "table", "formula.xlsx", xlsx(formula), 1
    cell = '<table:table-cell table:number-columns-repeated="{}"><text:p>Who</text:p></table:table-cell>'
    many = "10737418240"
    head = ('<table:table-row><table:table-cell><text:p>Who</text:p></table:table-cell>'
            '<table:table-cell><text:p>What</text:p></table:table-cell></table:table-row>')
    value = '<table:table-cell><text:p>x</text:p></table:table-cell>'
    table = '<table:table table:name="S">{}</table:table>'
    yield "table", "columns.ods", ods(table.format(f"<table:table-row>{cell.format(many)}</table:table-row>")), None
    repeated = f'<table:table-row table:number-rows-repeated="{many}">{value}{value}</table:table-row>'
    yield "table", "rows.ods", ods(table.format(head + repeated)), None
    repeated = f'<table:table-row table:number-rows-repeated="1048000">{value}</table:table-row>'
    yield "table", "rows-of-two.ods", ods(table.format(head + repeated * 200)), None


def databases(folder):
    make = pathlib.Path(__file__).parent / "make_dna.py"
    path = folder / "good.dna"
    subprocess.run([sys.executable, make, path], check=True)
    good = path.read_bytes()
    yield "dna", "good.dna", good, 5
    yield "dna", "prose.dna", b"This is no database.\n" * 1000, "not an SQLite database"
    yield "dna", "cut.dna", good[:len(good) // 3], "cannot be read"
    yield "dna", "bomb.dna.gz", gzipped(good), None
    # The number of pages in the header: far more than there are.
    yield "dna", "declared.dna", good[:28] + struct.pack(">I", 0xFFFFFFFE) + good[32:], None
    # A text of 10 GB by the length of its record, within a page of 512 bytes.
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT)")
    database.executemany("INSERT INTO SETTINGS VALUES (?, ?)", [("version", "3.0.7"), ("big", "x" * 300)])
    database.execute("CREATE VIEW DOCUMENTS AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                     "SELECT i AS ID, zeroblob(1000000000) AS Text FROM n")
    database.commit()
    database.close()
    yield "dna", "view.dna", path.read_bytes(), None
    path.unlink()
    for at in range(100, len(good), max(1, len(good) // 40)):
        yield "dna", f"changed-{at}.dna", good[:at] + b"\x8f\xff\xff\xff\x7f" + good[at + 5:], None


def others():
    """What a name, a number or a line can do: (format, file, bytes, claims and events or words)."""
    ftm = {"id": "../../../x", "schema": "Document", "properties": {"title": ["../../../x"], "bodyText": ["text"]}}
    yield "ftm", "path.json", json.dumps(ftm).encode(), 0
    yield "tei", "path.xml", b'<TEI xml:id="../../x"><teiHeader><fileDesc><titleStmt><title>../../../x</title>' \
        b'</titleStmt></fileDesc></teiHeader><text><p>A <said who="#a">word</said>.</p></text></TEI>', 1
    yield "table", "formula.csv", b'Who,What\n"=cmd|\' /C calc\'!A0","=HYPERLINK(""http://x/"")"\n', 1
    yield "table", "long.csv", b"Who,What\nAda," + b"x" * 20_000_000 + b"\n", "error[AN032]"
    yield "table", "quote.csv", b'Who,What\nAda,"' + b"x\n" * 10_000_000, "error["
    yield "ics", "endless.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:00010101T000000\r\n" \
        b"RRULE:FREQ=SECONDLY;INTERVAL=1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", None
    yield "bibliography", "deep.bib", b"@book{a, title = {" + b"{" * 2_000_000, None
    yield "brat", "spans.ann", b"T1\tPerson 0 99999999999999999999\tAda\nT2\tPerson " + b"0 1;" * 1_000_000 + b"\tx\n", None


def judged(folder, name, file, content, wanted):
    source, out = folder / "in" / file, folder / "out"
    source.parent.mkdir(exist_ok=True)
    out.mkdir(exist_ok=True)
    source.write_bytes(content)
    words = [ANNALS, "import", name, source, "-o", out / "facts.yaml", "--report", out / "report.txt"]
    if name == "table":
        (folder / "map.yaml").write_text(MAP)
        words += ["--map", folder / "map.yaml", "--merged", "repeat"]
    begun = time.monotonic()
    with open(folder / "said", "w+b") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    code, spent, memory = os.waitstatus_to_exitcode(status), time.monotonic() - begun, usage.ru_maxrss / 1024
    shown = f"{name} {file}: exit {code}, {spent:.1f} s, {memory:.0f} MiB: {text[:400]}"
    assert "panicked" not in text and code in (0, 1, 3), shown
    assert spent < MOST_SECONDS and memory < MOST_MIB, shown
    left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    expected = {f"in/{file}", "said", "map.yaml"}
    if code:
        assert "nothing was written" in text, shown
        assert set(left) <= expected, f"{shown}\n{left}"
        assert isinstance(wanted, str) or wanted is None, f"{shown}\nis wanted to be read"
        assert wanted is None or wanted in text, f"{shown}\n{wanted} is wanted"
    else:
        assert not isinstance(wanted, str), f"{shown}\nis wanted to be refused: {wanted}"
        beyond = [path for path in left if path not in expected
                  and not path.startswith(("out/facts.yaml", "out/report.txt", "out/facts-texts/"))]
        assert not beyond, f"{shown}\n{beyond}"
        checked = subprocess.run([ANNALS, "check", out / "facts.yaml", "-f", "json"], capture_output=True, text=True)
        findings = json.loads(checked.stdout)["data"]
        wrong = [one for one in findings if one["severity"] == "error" and one["code"] < "AN2"]
        assert not wrong, f"{shown}\n{wrong[:3]}"
        for path in out.rglob("*"):
            if path.is_file():
                path.unlink()
    source.unlink()
    return code, spent, memory


def main():
    outside = pathlib.Path("/absent")
    assert not outside.exists()
    refused = read = 0
    worst = (0, 0)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "a" / "b"
        folder.mkdir(parents=True)
        databases_of = pathlib.Path(name) / "databases"
        databases_of.mkdir()
        # One after the other: the peak of a child counts what its parent held.
        for case in itertools.chain(bombs(), markup(), workbooks(), databases(databases_of), others()):
            code, spent, memory = judged(folder, *case)
            refused, read = refused + (code != 0), read + (code == 0)
            worst = max(worst[0], spent), max(worst[1], memory)
        beyond = [path for path in pathlib.Path(name).rglob("*") if path.is_file() and folder not in path.parents]
        assert not beyond, beyond
    assert not outside.exists() and refused > 100
    print(f"hostile imports: {refused} refused, {read} read as what they are; at most {worst[0]:.1f} s, "
          f"{worst[1]:.0f} MiB")


if __name__ == "__main__":
    main()
