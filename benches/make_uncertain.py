#!/usr/bin/env python3
"""Facts with whatever makes answers uncertain or lists hard to order: make_uncertain.py CLAIMS OUT.jsonl [SEED]

Dates of every sort (to the day, month, year; open, unknown, one of several, times of day, years of five digits),
relations of uncertain length, documents known later than they were published, claims in several passages, by several
speakers or in a capacity, retractions, ids and words with marks that engines read differently. The same numbers give
the same file. Few claims share few days; of many, a few actors make most."""
import datetime
import json
import random
import sys

claims = int(sys.argv[1])
dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
out = open(sys.argv[2], "w", encoding="utf-8")
#: So many days lie between the first and the last.
DAYS = min(3650, max(12, claims // 20))
FIRST = datetime.date(2014, 1, 20)
WORDS = "summit visit aid treaty election budget grain border Élysée naïve ΣΊΣΥΦΟΣ Київ 50% under_way don't back\\slash wait!".split()
TIMES = ["T09:30:00", "T09:30:00Z", "T11:00:00+02:00", "T23:30:00-03:00", "T00:00:05"]
PAGES = ["iv", "9", "10", "11-12", "A2"]


def some(chance, value):
    """A value that is called for only by chance."""
    return value() if dice.random() < chance else None


def low(count):
    """A number below a count; low ones come most often."""
    return min(count - 1, int(count * dice.random() ** (3 if claims > 2000 else 1)))


def put(**record):
    record = {key.rstrip("_"): value for key, value in record.items() if value not in (None, [])}
    out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def day():
    return FIRST + datetime.timedelta(days=dice.randrange(DAYS))


def date():
    """A date as a source has it; None where it has none."""
    first = day()
    last = first + datetime.timedelta(days=dice.randrange(1, 1 + DAYS // 4))
    return dice.choices(
        [
            first.isoformat(), f"{first:%Y-%m}", f"{first:%Y}", f"{first}/{last}", f"{first:%Y-%m}/{last:%Y-%m}",
            f"{first}/..", f"../{first}", f"{first}/", f"/{first}", first.isoformat() + dice.choice(TIMES),
            f"[{first}, {last}]", f"[{first:%Y}, {first.year + 2}]", f"{first}?", f"{first:%Y}~",
            f"{first:%Y}"[:3] + "X", f"{first.year}-{dice.randrange(21, 25)}", "Y12024", "-0044-03", None,
        ],
        [60, 12, 6, 6, 3, 2, 1, 1, 1, 6, 2, 1, 2, 1, 1, 1, 0.2, 0.2, 4],
    )[0]


def span():
    """How long something held."""
    first = day()
    last = first + datetime.timedelta(days=dice.randrange(1, DAYS))
    return dice.choices(
        [f"{first}/{last}", f"{first:%Y-%m}/{last:%Y-%m}", f"{first:%Y}/{last:%Y}", f"{first}/..", f"{first}/",
         f"[{first}, {last}]/..", None],
        [50, 15, 8, 8, 8, 1, 10],
    )[0]


def retraction():
    return {"on": date() or day().isoformat(), "reason": "it's a mistake"}


def named(letter, nth):
    """Ids, some with marks, some with several numbers."""
    if nth % 11 == 5:
        return f"{letter}{nth}'s"
    return f"{letter}{nth // 10}-{nth % 10}" if nth % 7 == 3 else f"{letter}{nth}"


def ids(letter, least, share):
    return [named(letter, nth) for nth in range(max(least, int(claims * share)))]


actors, topics, documents = ids("a", 8, 0.02), ids("t", 4, 0.01), ids("d", 6, 0.05)
events, relations = ids("e", 6, 0.1), ids("r", 12, 0.04)


def any_of(all_ids):
    return all_ids[low(len(all_ids))]


for nth, one in enumerate(actors):
    put(type="actor", id=one, kind=dice.choice(["person", "organization", "state", "group"]),
        name=f"Actor {nth}" if nth % 9 else f"Actéur {nth} \\ O'{nth}")
for nth, one in enumerate(topics):
    put(type="topic", id=one, label=f"{dice.choice(WORDS)} {nth}")
for nth, one in enumerate(documents):
    put(type="document", id=one, title=f"Report {nth}", published=date(), recorded=some(0.2, date), publisher=some(0.5, lambda: dice.choice(["A's", "B"])))
for nth, one in enumerate(events):
    put(type="event", id=one, kind=dice.choice(["summit", "visit"]), label=f"{dice.choice(WORDS)} {nth}", when=date(),
        participants=[{"actor": any_of(actors), "role": role} for role in ("agent", "patient")],
        evidence=some(0.4, lambda: [{"document": any_of(documents)}]), retracted=some(0.02, retraction))
holders = {}
for one in relations:
    # Mostly from a later to an earlier actor: few circles.
    low_, high = sorted((low(len(actors)), low(len(actors))))
    if low_ == high:
        continue
    if dice.random() < 0.03:
        low_, high = high, low_
    holders[one] = actors[high]
    put(type="relation", id=one, from_=actors[high], to=actors[low_], when=span(), retracted=some(0.03, retraction),
        kind=dice.choice(["represents", "holds_office", "part_of", "part_of", "member_of", "allied_with"]))


def passage():
    found = {"document": any_of(documents)}
    chance = dice.random()
    if chance < 0.25:
        found["page"] = dice.choice(PAGES)
    elif chance < 0.4:
        start = dice.randrange(40)
        found["spans"] = [start, start + 9]
    if dice.random() < 0.3:
        found["quote"] = " ".join(dice.choices(WORDS, k=3))
    return found


def thing():
    return any_of(dice.choice([actors, topics, topics, events]))


earlier = []
for nth in range(claims):
    capacity = some(0.08, lambda: dice.choice(list(holders)))
    speaker = [holders[capacity]] if capacity else list(dict.fromkeys(any_of(actors) for _ in range(dice.choice([1] * 9 + [2]))))
    act = dice.choice(["asserts", "asserts", "demands", "denies", "promises"] + ["retracts"] * (nth % 40 == 7))
    answers = [any_of(earlier)] if earlier and (act == "retracts" or dice.random() < 0.03) else None
    one = named("c", nth)
    put(type="claim", id=one, speaker=speaker, as_=capacity, to=some(0.6, lambda: [any_of(actors)]), about=some(0.5, lambda: [thing()]),
        stance=[{"toward": thing(), "value": dice.choice(["supports", "supports", "opposes", "neutral", "mixed"])} for _ in range(dice.choice([0, 1, 1, 1, 2]))],
        act=act, said=date(), content=" ".join(dice.choices(WORDS, k=5)), tags=some(0.2, lambda: [dice.choice(["irony", "key's"])]),
        evidence=[passage() for _ in range(dice.choice([0, 1, 1, 1, 2, 3]))], responds_to=answers,
        contradicts=some(0.02, lambda: [any_of(earlier)]) if earlier else None, recorded=some(0.1, date), retracted=some(0.03, retraction))
    earlier.append(one)
out.close()
