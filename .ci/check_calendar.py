"""Reads exported calendars with a program that is not ours, and holds them against the graph.

check_calendar.py NAME...   NAME.ics and NAME.json (node-link) of the same facts
"""

import re
import datetime
import json
import sys

import icalendar


# What turns the direction of the text after it or breaks its line.
TURNS = re.compile("[\u061c\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")


def signs(text):
    """Characters that are not shown as they are, as the calendar shows them."""
    def sign(c):
        code = ord(c)
        if c in "\n\t" or not (code < 0x20 or 0x7F <= code < 0xA0):
            return c
        return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
    text = TURNS.sub("\ufffd", text.replace("\u200e", "").replace("\u200f", ""))
    return "".join(map(sign, text))


def check(name):
    with open(name + ".ics", "rb") as file:
        raw = file.read()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b""), f"{name}: line ends"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), f"{name}: a line is too long"
    calendar = icalendar.Calendar.from_ical(raw)
    found = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        found[str(event["UID"])] = event
    with open(name + ".json", encoding="utf-8") as file:
        nodes = [node for node in json.load(file)["nodes"] if node["kind"] == "event"]
    held = 0
    for node in nodes:
        first = node["first"]
        if first is None or first[0] in "+-" or first[:4] == "0000" or (node["last"] or "0")[0] == "+":
            continue
        if node["last"] == "9999-12-31" and node["precision"] != "second":
            # An end is the day after the last, and past 9999 a calendar has none.
            continue
        held += 1
        uid = icalendar_uid(node["id"])
        event = found[uid]
        assert str(event["SUMMARY"]) == signs(node["label"]), (event["SUMMARY"], node["label"])
        start = event["DTSTART"].dt
        if node["precision"] == "second":
            assert isinstance(start, datetime.datetime) and "DTEND" not in event
            continue
        assert start == datetime.date.fromisoformat(first), uid
        if node["last"] is None:
            assert "DTEND" not in event, uid
        else:
            last = event["DTEND"].dt - datetime.timedelta(days=1)
            assert last == datetime.date.fromisoformat(node["last"]), uid
        wanted = {"anticipated": "TENTATIVE", "alleged": "TENTATIVE", "cancelled": "CANCELLED"}
        assert str(event["STATUS"]) == wanted.get(node.get("status"), "CONFIRMED"), uid
        assert str(event["X-ANNALS-EDTF"]).replace("\\,", ",") == node["written"], uid
    assert held == len(found), f"{name}: {held} events in the graph, {len(found)} in the calendar"
    assert held > 0, f"{name}: no event"
    print(f"{name}.ics: {held} of {len(nodes)} events, read by icalendar {icalendar.__version__}")


def icalendar_uid(record):
    from urllib.parse import quote
    return quote(record, safe="-._~") + "@annals"


for path in sys.argv[1:]:
    check(path)
