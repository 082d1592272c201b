#!/usr/bin/env python3
"""A table of events as GDELT 2.0 has them, of invented rows: for benches/import.py.

    make_gdelt.py ROWS FILE [SEED]

61 columns between tabs, no heading. The same seed gives the same bytes. Actors, places and sites are
as many as such tables have: each row draws from some thousands of them, most often from a few.
"""

import random
import sys

rows, path = int(sys.argv[1]), sys.argv[2]
draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TYPES = ["", "", "", "GOV", "MIL", "MED", "BUS", "COP", "LEG", "CVL", "EDU"]
CODES = [
    "010", "012", "013", "016", "020", "0231", "030", "036", "040", "042", "043", "046", "050", "051",
    "057", "060", "071", "080", "090", "100", "110", "111", "112", "120", "130", "138", "141", "150",
    "160", "163", "170", "173", "180", "190", "193", "195", "200",
]


def word(least, most):
    return "".join(draw.choice(LETTERS) for _ in range(draw.randint(least, most)))


def actor():
    country, kind = word(3, 3), draw.choice(TYPES)
    name = word(4, 9) + (" " + word(4, 9) if draw.random() < 0.3 else "")
    return [country + kind, name, country, "", "", "", "", kind, "", ""]


def place():
    name = f"{word(4, 9).title()}, {word(4, 9).title()}, {word(4, 9).title()}"
    country = word(2, 2)
    lat, lon = f"{draw.uniform(-60, 70):.4f}", f"{draw.uniform(-180, 180):.4f}"
    return ["4", name, country, country + "00", str(draw.randint(1, 99999)), lat, lon, str(draw.randint(-3000000, 3000000))]


actors = [actor() for _ in range(4000)] + [[""] * 10]
places = [place() for _ in range(8000)] + [["0"] + [""] * 7]
sites = [word(5, 12).lower() + draw.choice([".com", ".org", ".net", ".co.uk"]) for _ in range(3000)]


def pick(all):
    # A few come often.
    return all[int(len(all) * draw.random() ** 3)]


with open(path, "w", encoding="utf-8", newline="\n") as out:
    for n in range(rows):
        day = f"2023{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
        code = draw.choice(CODES)
        cells = [str(1100000000 + n), day, day[:6], "2023", f"2023.{draw.randint(0, 9999):04}"]
        cells += pick(actors) + pick(actors)
        mentions = str(draw.randint(1, 40))
        cells += ["1", code, code[:3], code[:2], str(draw.randint(1, 4)), f"{draw.uniform(-10, 10):.1f}"]
        cells += [mentions, "1", mentions, f"{draw.uniform(-9, 9):.13f}"]
        for _ in range(3):
            cells += pick(places)
        address = f"https://www.{pick(sites)}/{day}/{word(8, 20).lower()}-{word(8, 20).lower()}.html"
        cells += [day + "101500", address]
        out.write("\t".join(cells) + "\n")
