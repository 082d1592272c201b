#!/usr/bin/env python3
"""Facts of real shapes, one after the other: is there one on which a figure falls off a cliff?

    cargo build --release
    python3 benches/shapes.py [--scale 1.0] [--annals PROGRAM] [--scratch FOLDER] [--keep]

Makes each shape (seeded, the same every time), checks it, builds a snapshot of it, asks it, and
prints seconds of processor time, the peak of memory, and both by megabyte of facts."""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = ("summit visit aid membership sanctions ceasefire border offensive treaty election budget grain energy "
         "alliance invitation security guarantee timetable artillery ammunition").split()


def actor(n, **more):
    return {"type": "actor", "id": f"a{n}", "kind": "person", "name": f"Actor {n}", **more}


def claim(dice, n, speakers, about, text=None):
    words = text or " ".join(dice.choice(WORDS) for _ in range(12))
    year, month, day = dice.randrange(2014, 2024), dice.randrange(1, 13), dice.randrange(1, 29)
    return {"type": "claim", "id": f"c{n}", "speaker": speakers, "about": [about], "said": f"{year}-{month:02}-{day:02}",
            "stance": [{"toward": about, "value": dice.choice(["supports", "opposes", "neutral"])}], "content": words,
            "evidence": [{"document": f"d{dice.randrange(1000)}"}]}


def documents():
    return ({"type": "document", "id": f"d{n}", "title": f"Report {n}", "published": "2024-01-01"} for n in range(1000))


def plain(dice, size):
    """As the bulk maker: a speaker, a thing, a stance."""
    yield from documents()
    yield from (actor(n) for n in range(20_000))
    for n in range(size(500_000)):
        yield claim(dice, n, [f"a{dice.randrange(20_000)}"], f"a{dice.randrange(20_000)}")


def fifty_speakers(dice, size):
    """Claims with 50 speakers: signatures under open letters."""
    yield from documents()
    yield from (actor(n) for n in range(20_000))
    for n in range(size(100_000)):
        yield claim(dice, n, [f"a{who}" for who in dice.sample(range(20_000), 50)], f"a{dice.randrange(20_000)}")


def one_speaker(dice, size):
    """One speaker of half of all claims."""
    yield from documents()
    yield from (actor(n) for n in range(20_000))
    for n in range(size(1_000_000)):
        yield claim(dice, n, ["a0" if n % 2 else f"a{dice.randrange(20_000)}"], f"a{dice.randrange(20_000)}")


def long_texts(dice, size):
    """Texts of 100 KB."""
    yield from documents()
    yield from (actor(n) for n in range(20_000))
    for n in range(size(3_000)):
        text = " ".join(dice.choice(WORDS) for _ in range(13_000))[:100_000]
        yield claim(dice, n, [f"a{dice.randrange(20_000)}"], f"a{dice.randrange(20_000)}", text)


def many_names(dice, size):
    """Names that all differ, and aliases that many share."""
    count = size(300_000)
    yield from documents()
    for n in range(count):
        name = f"{dice.choice(WORDS).title()} {dice.choice('ÅÉÖŁÑŠ')}{n:x} {dice.choice(WORDS).title()}"
        yield actor(n, aliases=[f"J. {dice.choice(WORDS).title()}", f"alias {n % 1000}"]) | {"name": name}
    for n in range(size(300_000)):
        yield claim(dice, n, [f"a{dice.randrange(count)}"], f"a{dice.randrange(count)}")


def faulty(dice, size):
    """One line of twenty faulty: half of these are no JSON, the others have a fault of five sorts."""
    yield from documents()
    yield from (actor(n) for n in range(20_000))
    for n in range(size(500_000)):
        one = claim(dice, n, [f"a{dice.randrange(20_000)}"], f"a{dice.randrange(20_000)}")
        if n % 20 == 0 and n % 40 == 0:
            FAULTS[n // 40 % len(FAULTS)](one, n)
        elif n % 20 == 0:
            one = json.dumps(one)[:-9]
        yield one


FAULTS = [
    lambda one, n: one.update(said="2023-4-1"),
    lambda one, n: one.update(speaker=[f"nobody{n}"]),
    lambda one, n: one.update(sperker=one.pop("speaker")),
    lambda one, n: one.update(id="c1"),
    lambda one, n: one.update(evidence=[{"document": f"none{n}"}]),
]
SHAPES = [plain, fifty_speakers, one_speaker, long_texts, many_names, faulty]
ASKED = {"one_speaker": [["said", "--by", "a0", "--limit", "10"]]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "target", "release", "annals"))
    parser.add_argument("--scratch")
    parser.add_argument("--only")
    args = parser.parse_args()

    def run(*words):
        process = subprocess.Popen([args.annals, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out = process.stdout.read()
        error = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sys.exit(f"annals {' '.join(words)}: {error}")
        return out, error, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    print("| shape | MB | check | by MB | memory | by MB | `build` | by MB | snapshot | `said --by` | `--about` | `--text` |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for shape in SHAPES:
        if args.only and shape.__name__ != args.only:
            continue
        with tempfile.TemporaryDirectory(dir=args.scratch) as folder:
            facts, snapshot = os.path.join(folder, "f.jsonl"), os.path.join(folder, "f.annals")
            dice = random.Random(7)
            wrong = 0
            with open(facts, "w", encoding="utf-8") as out:
                for record in shape(dice, lambda count: max(1000, int(count * args.scale))):
                    is_text = isinstance(record, str)
                    line = record if is_text else json.dumps(record, ensure_ascii=False, separators=(",", ":"))
                    wrong += is_text
                    out.write(line + "\n")
            size = os.path.getsize(facts) / 1e6
            cells = [shape.__doc__.split(":")[0].strip("."), f"{size:.0f}"]
            out, error, checking, memory = run("check", facts, *([] if shape is faulty else ["-q"]))
            cells += [f"{checking:.1f} s", f"{checking / size * 1000:.0f} ms", f"{memory:.0f} MB", f"{memory / size:.1f}"]
            _, _, building, _ = run("build", facts, "-o", snapshot, "-q")
            kept = sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(snapshot) for name in names)
            cells += [f"{building:.1f} s", f"{building / size * 1000:.0f} ms", f"{kept / 1e6 / size:.2f} of it"]
            for ask in (["said", "--by", "a0"], ["said", "--about", "a1"], ["said", "--text", "grain treaty budget aid energy visit"]):
                found, _, seconds, _ = run(*ask, snapshot, "-f", "jsonl", "-q")
                rows = found.count(b"\n")
                cells.append(f"{rows} in {seconds * 1000:.0f} ms")
            print("| " + " | ".join(cells) + " |", flush=True)
            if shape is faulty:
                shown = len(re.findall(r"^\w+\[AN\d+\]", out.decode(), re.M))
                print(f"{wrong} lines are no JSON; {shown} findings shown; {error.strip().splitlines()[-1]}", file=sys.stderr)


if __name__ == "__main__":
    main()
