#!/usr/bin/env python3
"""Questions to the explorer over a large dossier, as a browser asks them; prints a table.

    cargo build --release
    python3 benches/serve.py SNAPSHOT [--annals PROGRAM] [--questions 200]

SNAPSHOT is a snapshot or a file of bulk facts (`benches/make_facts.py`, or any with actors, topics, documents and
dated claims). Each row of the table is so many questions of one sort, asked one after another of a warm server on
this machine: the 95th percentile of the time to the first byte and to the last, the largest answer, and the highest
memory of the process so far.

    python3 benches/serve.py --save FOLDER [--records 100000] [--sound]

makes a dossier of so many records in files of 5,000 in a new FOLDER, with a text of 300 KB, and prints what it takes
from choosing words of the text to the page that says how they stand there, and from saving a record to the page that
shows it; FOLDER is removed. In the dossier as it is made four of ten claims are dated after their report, which is an
error each; with --sound none is.

Exits with 1 if a limit of `LIMITS` is broken."""
import argparse
import atexit
import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from itertools import islice
from urllib.parse import quote, urlencode

# Milliseconds to the first and the last byte, bytes of a page, bytes of memory.
LIMITS = {"first": 30, "last": 100, "page": 80 * 1024, "memory": 600 << 20, "ready": 300, "verified": 30, "saved": 300}


class Client:
    def __init__(self, program, facts):
        began = time.perf_counter()
        self.process = subprocess.Popen([program, "serve", facts, "--port", "0"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        # Whatever ends this program ends the server.
        atexit.register(self.process.kill)
        for line in self.process.stderr:
            found = re.search(r"http://([^/]+):(\d+)/enter\?key=(\w+)", line)
            if found:
                break
        else:
            sys.exit("the server ended")
        self.ready = time.perf_counter() - began
        self.host, self.port, key = found[1], int(found[2]), found[3]
        self.cookie = ""
        self.cookie = self.get(f"/enter?key={key}")[3].getheader("set-cookie").split(";")[0]
        self.entered = time.perf_counter() - began

    def get(self, path):
        """Milliseconds to the first byte of the answer and to the last, its body, and the answer."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        first = time.perf_counter() - began
        body = answer.read()
        last = time.perf_counter() - began
        connection.close()
        return first * 1000, last * 1000, body, answer

    def post(self, path, fields):
        """Sends a form as a page of the server does; the address that it leads to."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        own = f"http://{self.host}:{self.port}"
        heads = {"Cookie": self.cookie, "Origin": own, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode(fields), heads)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 303:
            sys.exit(f"{path}: {answer.status} {body[:400]}")
        return answer.getheader("location")

    def warm(self):
        """Waits until the server is done with what it begins with: of a large snapshot it counts all claims."""
        def used():
            try:
                with open(f"/proc/{self.process.pid}/stat") as stat:
                    return sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))
            except OSError:
                return 0
        for _ in range(60):
            before = used()
            time.sleep(1)
            if used() - before <= 1:
                return

    def memory(self):
        """The highest memory of the process so far, in bytes."""
        try:
            with open(f"/proc/{self.process.pid}/status") as status:
                return int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1]) * 1024
        except OSError:
            return 0

    def end(self):
        self.process.terminate()
        return self.process.wait(timeout=5)


def questions(client, count, rng):
    """Sorts of questions, each with addresses made of what is in the dossier."""
    overview = json.loads(client.get("/overview.json")[2])["data"]
    pick = lambda rows, name: [row[name]["id"] for row in rows[:5000]]
    actors, topics, documents = (pick(overview["speakers"], "actor"), pick(overview["topics"], "topic"),
                                 pick(overview["documents"], "document"))
    page = client.get("/claims?from=" + str(overview["span"]["first"])[:7] + "&until=" + str(overview["span"]["first"])[:7])
    claims = re.findall(rb'<a class="choose" href="[^"]*choose=([^"#&]+)', page[2])
    claims = [claim.decode() for claim in claims]
    first, last = (int(str(overview["span"][end])[:4]) for end in ("first", "last"))
    month = lambda: f"{rng.randint(first, max(first, last - 1))}-{rng.randint(1, 12):02}"
    words = ["treaty", "grain", "summit", "artillery", "timetable"]
    sorts = {
        "claims by a speaker": lambda: "/claims?by=" + quote(rng.choice(actors), safe=""),
        "claims about a topic": lambda: "/claims?about=" + quote(rng.choice(topics), safe=""),
        "claims in a document": lambda: "/claims?in=" + quote(rng.choice(documents), safe=""),
        "claims of a month": lambda: (lambda m: f"/claims?from={m}&until={m}")(month()),
        "claims by two, against": lambda: "/claims?stance=opposes&by={}&by={}".format(
            *(quote(one, safe="") for one in rng.sample(actors, 2))),
        "a claim chosen": lambda: "/claims?by={}&choose={}".format(quote(rng.choice(actors), safe=""), rng.choice(claims or ["x"])),
        "record of an actor": lambda: "/record/" + quote(rng.choice(actors), safe=""),
        "record of a topic": lambda: "/record/" + quote(rng.choice(topics), safe=""),
        "record of a claim": lambda: "/record/" + (rng.choice(claims) if claims else "x"),
        "timeline of a month": lambda: (lambda m: f"/timeline?view=list&from={m}&until={m}")(month()),
        "positions of an actor": lambda: "/positions?by=" + quote(rng.choice(actors), safe=""),
        "search of a word": lambda: "/search?words=" + rng.choice(words) + "+" + rng.choice(words),
        "overview": lambda: "/",
    }
    for name, make in sorts.items():
        yield name, [make() for _ in range(count if name != "overview" else min(count, 20))]


def sound(lines):
    """Lines of facts in which no claim is dated after the document that reports it, as `annals check` wants it."""
    published = {}
    for line in lines:
        record = json.loads(line)
        if record["type"] == "document":
            published[record["id"]] = record["published"]
        days = [published[one["document"]] for one in record.get("evidence", []) if one["document"] in published]
        if record["type"] == "claim" and days and record.get("said", "") > min(days):
            record["said"] = min(days)
            line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        yield line


def make_folder(folder, records, rng, is_sound=False):
    """Facts in files of 5,000 records, and a text of 300 KB."""
    os.makedirs(os.path.join(folder, "texts"))
    bulk = os.path.join(folder, "bulk.tmp")
    maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_facts.py")
    subprocess.run([sys.executable, maker, str(records * 100 // 118), bulk], check=True)
    with open(bulk, encoding="utf-8") as lines:
        lines = sound(lines) if is_sound else lines
        for nth in range(records):
            part = list(islice(lines, 5000))
            if not part:
                break
            with open(os.path.join(folder, f"facts-{nth:03}.jsonl"), "w", encoding="utf-8") as file:
                file.writelines(part)
    os.remove(bulk)
    words = "the harbour basin night shift crane strike council letter minister answer question".split()
    sentence = lambda: " ".join(rng.choice(words) for _ in range(14)).capitalize() + f" {rng.randint(0, 10**9)}."
    with open(os.path.join(folder, "texts", "long.txt"), "w", encoding="utf-8") as file:
        file.writelines(sentence() + "\n\n" for _ in range(3000))
    with open(os.path.join(folder, "texts.yaml"), "w", encoding="utf-8") as file:
        file.write("annals: 1\ndocuments:\n  - {id: long, title: A long text, published: 2024-01-01, text: texts/long.txt}\n")


def saving(given):
    """What choosing words and saving a record take in a dossier of files."""
    rng = random.Random(given.seed)
    make_folder(given.save, given.records, rng, given.sound)
    broken = []
    try:
        client = Client(given.annals, given.save)
        client.get("/texts/long")
        size = os.path.getsize(os.path.join(given.save, "texts", "long.txt"))
        verified, saved = [], []
        for nth in range(given.questions // 4):
            start = rng.randint(0, size - 200)
            verified.append(client.get(f"/texts/long?from={start}&to={start + 60}")[1])
        form = client.get("/new/topic")[2].decode()
        token = re.search(r'name="token" value="([^"]+)"', form)[1]
        for nth in range(12):
            began = time.perf_counter()
            to = client.post("/new/topic", {"token": token, "label": f"a matter {nth}", "save": "yes"})
            body = client.get(to)[2]
            saved.append((time.perf_counter() - began) * 1000)
            if f"a matter {nth}".encode() not in body:
                sys.exit(f"the page after saving does not show what was saved: {to} {body[:300]}")
        print(f"| what, {given.records:,} records in files | p95 | median | memory |\n|---|---|---|---|")
        for what, times in (("verified", verified), ("saved", saved)):
            name = "words chosen to verified" if what == "verified" else "save to page"
            late = percentile(times, .95)
            print(f"| {name} | {late:.0f} ms | {statistics.median(times):.0f} ms | {client.memory() >> 20} MB |")
            if late > LIMITS[what]:
                broken.append(f"{name}: {late:.0f} ms > {LIMITS[what]} ms")
        client.end()
    finally:
        shutil.rmtree(given.save)
    return broken


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("facts", nargs="?")
    options.add_argument("--save", metavar="FOLDER")
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--sound", action="store_true")
    options.add_argument("--annals", default=os.path.join(os.path.dirname(__file__), "../target/release/annals"))
    options.add_argument("--questions", type=int, default=200)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    if given.save:
        broken = saving(given)
        for line in broken:
            print(line, file=sys.stderr)
        return 1 if broken else 0
    client = Client(given.annals, given.facts)
    print(f"ready after {client.ready * 1000:.0f} ms\n")
    client.warm()
    print("| questions | first byte, p95 | last byte, p95 | median | largest page | memory |\n|---|---|---|---|---|---|")
    broken = [] if client.ready * 1000 <= LIMITS["ready"] else [f"ready after {client.ready * 1000:.0f} ms"]
    for name, addresses in questions(client, given.questions, random.Random(given.seed)):
        firsts, lasts, sizes = [], [], []
        client.get(addresses[0])
        for address in addresses:
            first, last, body, answer = client.get(address)
            if answer.status != 200:
                sys.exit(f"{address}: {answer.status} {body[:300]}")
            firsts.append(first)
            lasts.append(last)
            sizes.append(len(body))
        memory = client.memory()
        first, last, size = percentile(firsts, .95), percentile(lasts, .95), max(sizes)
        print(f"| {name} | {first:.0f} ms | {last:.0f} ms | {statistics.median(lasts):.0f} ms | {size / 1024:.0f} KB | {memory >> 20} MB |", flush=True)
        for what, value in (("first", first), ("last", last), ("page", size), ("memory", memory)):
            if value > LIMITS[what]:
                broken.append(f"{name}: {what} {value:.0f} > {LIMITS[what]}")
    if client.end() != 0:
        broken.append("the server did not end as it should")
    for line in broken:
        print(line, file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
