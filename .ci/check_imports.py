"""Holds imports against sources that are written by the libraries of their formats: openpyxl, odfpy,
icalendar, SQLite. Each source is made here, imported, and its facts compared with what was put in.

    check_imports.py ANNALS
"""

import datetime
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import icalendar
import odf.opendocument
import odf.table
import odf.text
import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

ANNALS = pathlib.Path(sys.argv[1]).resolve()
MAP = """annals-map: 1
records:
  speaker: {type: actor, key: "{Who}", name: "{Who}", kind: person}
  claim: {type: claim, speaker: $speaker, said: "{Date}", content: "{What}"}
"""
ROWS = [
    (datetime.date(2023, 4, 20), "Ada Lind", "Yes"),
    (datetime.date(1950, 1, 1), "Jon Berg", "No, “never” & <no>"),
    (datetime.datetime(2023, 4, 20, 14, 30), "Žofie Müller", "Line 1\nLine 2"),
    ("spring 1943", "Ada Lind", "=not a formula"),
]
SAID = ["2023-04-20", "1950-01-01", "2023-04-20T14:30:00", "1943-21"]


def run(*words, code=0):
    done = subprocess.run([ANNALS, *map(str, words)], capture_output=True, text=True)
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stderr}"
    return done.stderr


def imported(folder, *words):
    """The records of an import, by kind."""
    facts = folder / "facts.jsonl"
    said = run("import", *words, "-o", facts, "--report", folder / "report.txt")
    run("check", facts, "-q")
    lines = [json.loads(line) for line in facts.read_text().splitlines()]
    return {kind: [one for one in lines if one["type"] == kind] for kind in ("actor", "claim", "event")}, said


def compared(name, records):
    claims = records["claim"]
    assert [one["said"] for one in claims] == SAID, (name, claims)
    assert [one["content"] for one in claims] == [what for _, _, what in ROWS], (name, claims)
    assert len(records["actor"]) == 3, name
    print(f"{name}: {len(ROWS)} rows in, {len(claims)} claims and {len(records['actor'])} actors out")


def workbooks(folder, mapping):
    for epoch in ("1900", "1904"):
        book = openpyxl.Workbook()
        if epoch == "1904":
            book.epoch = CALENDAR_MAC_1904
        sheet = book.active
        sheet.append(["Date", "Who", "What"])
        for day, who, what in ROWS:
            sheet.append([day, who, None])
            cell = sheet.cell(sheet.max_row, 3)
            cell.value = what
            cell.data_type = "s"
        path = folder / f"{epoch}.xlsx"
        book.save(path)
        compared(f"openpyxl, days from {epoch}", imported(folder, "table", path, "--map", mapping)[0])

    sheet["A9"], sheet["B9"], sheet["C9"] = datetime.date(2023, 5, 1), "Ada Lind", "One"
    sheet["A10"], sheet["B10"], sheet["C10"] = datetime.date(2023, 5, 2), None, "Two"
    sheet.merge_cells("B9:B10")
    sheet.row_dimensions[9].hidden = True
    sheet["C11"] = "=1+1"
    book.save(folder / "merged.xlsx")
    said = run("import", "table", folder / "merged.xlsx", "--map", mapping, "-o", folder / "no.yaml", code=1)
    assert "cell B9" in said and "--merged repeat" in said, said
    assert not (folder / "no.yaml").exists()
    records, said = imported(folder, "table", folder / "merged.xlsx", "--map", mapping, "--merged", "repeat")
    assert len(records["claim"]) == len(ROWS) + 2, records["claim"]
    assert "a hidden row, which was kept (1)" in said, said
    # openpyxl writes formulas without their results.
    report = (folder / "report.txt").read_text()
    assert "cell C11 (What): left out: a formula without a stored value" in report, report
    records, said = imported(
        folder, "table", folder / "merged.xlsx", "--map", mapping, "--merged", "once", "--hidden", "skip")
    assert len(records["claim"]) == len(ROWS), records["claim"]
    print("openpyxl, merged cells, hidden rows: asked, kept, skipped")


def opendocument(folder, mapping):
    book = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Checks")
    for row in [("Date", "Who", "What"), *ROWS]:
        line = odf.table.TableRow()
        for value in row:
            if isinstance(value, (datetime.date, datetime.datetime)):
                cell = odf.table.TableCell(valuetype="date", datevalue=value.isoformat())
            else:
                cell = odf.table.TableCell(valuetype="string")
                for part in value.split("\n"):
                    cell.addElement(odf.text.P(text=part))
            line.addElement(cell)
        table.addElement(line)
    # What every program writes: the rest of the sheet, declared and empty.
    line = odf.table.TableRow(numberrowsrepeated=1_048_571)
    line.addElement(odf.table.TableCell(numbercolumnsrepeated=16_384))
    table.addElement(line)
    book.spreadsheet.addElement(table)
    path = folder / "checks.ods"
    book.save(path)
    compared("odfpy", imported(folder, "table", path, "--map", mapping)[0])


def calendars(folder):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//annals//check//EN")
    calendar.add("version", "2.0")
    for nth in range(30):
        event = icalendar.Event()
        event.add("uid", f"event-{nth}")
        event.add("summary", f"Meeting {nth}: “ä; b, c\\d” " + "long " * nth)
        event.add("dtstart", datetime.date(2023, 1, 1) + datetime.timedelta(days=nth))
        calendar.add_component(event)
    weekly = icalendar.Event()
    weekly.add("uid", "weekly")
    weekly.add("summary", "Weekly")
    weekly.add("dtstart", datetime.datetime(2023, 1, 2, 10, tzinfo=datetime.timezone.utc))
    weekly.add("rrule", {"freq": "weekly", "count": 10})
    calendar.add_component(weekly)
    path = folder / "meetings.ics"
    path.write_bytes(calendar.to_ical())
    events = imported(folder, "ics", path)[0]["event"]
    assert len(events) == 40, len(events)
    for nth in range(30):
        assert events[nth]["label"] == f"Meeting {nth}: “ä; b, c\\d” " + "long " * nth, events[nth]["label"]
    assert events[7]["when"] == "2023-01-08" and events[-1]["when"] == "2023-03-06T10:00:00Z", events[-1]
    print(f"icalendar: 31 events in, {len(events)} out")


def spreadsheet(folder):
    """2,000 rows, 30 columns, three languages: from a first mapping to an answer."""
    make = pathlib.Path(__file__).parent.parent / "tests/import/cases/table/make.py"
    mapping = folder / "checks-map.yaml"
    for ending in ("csv", "xlsx"):
        path = folder / f"checks.{ending}"
        if ending == "csv":
            path.write_bytes(subprocess.run([sys.executable, make, "2000"], capture_output=True, check=True).stdout)
        else:
            subprocess.run([sys.executable, make, "2000", "--xlsx", path], check=True)
        run("import", "table", path, "--suggest", "--dates", "dmy", "-o", mapping)
        facts = folder / "checks.yaml"
        said = run("import", "table", path, "--map", mapping, "-o", facts)
        assert "imported 2,000 rows" in said and "2,000 claims" in said, said
        run("check", facts, "-q", code=1)
        answer = subprocess.run([ANNALS, "said", facts, "--by", "Ada Lindqvist", "-f", "jsonl", "-q"],
                                capture_output=True, text=True, check=True)
        count = len(answer.stdout.splitlines())
        assert count > 100, count
        print(f"make.py 2000 .{ending}: {said.strip()}; {count} claims of one speaker")


def discourse(folder):
    """A project with the tables of Discourse Network Analyzer 3, held against what SQLite says of it."""
    path = folder / "harbour.dna"
    make = pathlib.Path(__file__).parent / "make_dna.py"
    subprocess.run([sys.executable, make, path, "--many", "1000"], check=True)
    records, said = imported(folder, "dna", path)
    database = sqlite3.connect(path)
    texts = dict(database.execute("SELECT ID, Text FROM DOCUMENTS"))
    passages = {number: texts[document].encode("utf-16-le")[2 * start:2 * stop].decode("utf-16-le", "replace")
                for number, document, start, stop
                in database.execute("SELECT ID, DocumentId, Start, Stop FROM STATEMENTS")}
    database.close()
    # Of the six by hand one begins within a character, and one ends after its text.
    assert len(records["claim"]) == len(passages) - 2, said
    for claim in records["claim"]:
        evidence = claim["evidence"]
        evidence = evidence[0] if isinstance(evidence, list) else evidence
        assert evidence["quote"] == passages[claim["x_statement"]], claim
    print(f"SQLite, {len(passages)} statements in, {len(records['claim'])} claims out, each with its passage")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        mapping = folder / "map.yaml"
        mapping.write_text(MAP)
        workbooks(folder, mapping)
        opendocument(folder, mapping)
        calendars(folder)
        spreadsheet(folder)
        discourse(folder)


if __name__ == "__main__":
    main()
