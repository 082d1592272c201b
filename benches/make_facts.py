#!/usr/bin/env python3
"""Seeded bulk facts, one JSON object a line: make_facts.py CLAIMS OUT.jsonl [SEED].

As many claims, a tenth as many events, a twentieth as many documents, a fiftieth as many actors, a
hundredth as many topics. Few speak often and many seldom; days run through ten years."""
import datetime
import json
import random
import sys

claims, out = int(sys.argv[1]), sys.argv[2]
dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
actors, topics, documents, events = (max(least, claims // part) for least, part in ((20, 50), (10, 100), (5, 20), (5, 10)))
WORDS = ("summit visit aid membership sanctions ceasefire border offensive treaty election budget grain energy "
         "alliance invitation security guarantee timetable artillery ammunition").split()


def few(count):
    """Low numbers often, high ones seldom."""
    return min(count - 1, int(count * dice.random() ** 3))


def day():
    return datetime.date(2014, 1, 1) + datetime.timedelta(days=dice.randrange(3652))


with open(out, "w", encoding="utf-8") as file:
    def write(record):
        file.write(json.dumps(record, separators=(",", ":")) + "\n")

    for n in range(actors):
        write({"type": "actor", "id": f"a{n}", "kind": ["person", "organization", "state", "group"][n % 4], "name": f"Actor {n}"})
    for n in range(topics):
        write({"type": "topic", "id": f"t{n}", "label": f"{WORDS[n % 20]} {WORDS[n // 20 % 20]} {n}"})
    for n in range(documents):
        write({"type": "document", "id": f"d{n}", "title": f"Report {n}", "published": day().isoformat()})
    for n in range(events):
        first, kind = day(), dice.random()
        when = first.isoformat()
        if kind >= 0.9:
            when += "/" + (first + datetime.timedelta(days=dice.randrange(1, 90))).isoformat()
        elif kind >= 0.7:
            when = when[:7]
        write({"type": "event", "id": f"e{n}", "kind": WORDS[n % 20], "label": f"{WORDS[n % 20].title()} {n}", "when": when,
               "participants": [{"actor": f"a{few(actors)}", "role": role} for role in ("agent", "patient")]})
    for n in range(claims):
        said, about = day().isoformat(), [f"a{few(actors)}"]
        if dice.random() < 0.6:
            about.append(f"t{few(topics)}")
        if dice.random() < 0.3:
            about.append(f"e{dice.randrange(events)}")
        write({"type": "claim", "id": f"c{n}", "speaker": [f"a{few(actors)}"], "to": [f"a{few(actors)}"], "about": about,
               "said": said, "stance": [{"toward": about[0], "value": dice.choice(["supports", "opposes", "neutral"])}],
               "content": " ".join(dice.choice(WORDS) for _ in range(12)),
               "evidence": [{"document": f"d{dice.randrange(documents)}"}]})
