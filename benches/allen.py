#!/usr/bin/env python3
"""Times `check` on random networks of lists of Allen's relations, A(n, d, l).

    allen.py ANNALS [--from 10] [--to 15] [--relations 6] [--count 20] [--seed 1] [--limit 30]

Every two of n events have a list in which each of the thirteen relations stands with the same chance,
so that a list has so many relations on average (B. Nebel, Solving Hard Qualitative Temporal Reasoning
Problems, 1997). Prints for each n how many networks can be true, cannot, and were not decided, and the
median and the largest of the seconds of the whole process."""

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import time

RELATIONS = ("before meets overlaps starts during finishes equals after met_by overlapped_by started_by "
             "contains finished_by").split()


def network(dice, count, length):
    events = [{"id": f"e{n}", "label": f"Event {n}"} for n in range(count)]
    orders = []
    for one in range(count):
        for other in range(one + 1, count):
            listed = [name for name in RELATIONS if dice.random() < length / 13]
            if listed and len(listed) < 13:
                orders.append({"id": f"o{len(orders)}", "first": f"e{one}", "relation": listed, "second": f"e{other}"})
    return {"annals": 1, "events": events, "orders": orders}


def verdict(findings):
    of_lists = [one for one in findings if one["code"].startswith("AN2") and one["code"] != "AN210"]
    if any(one["severity"] == "error" for one in of_lists):
        return "cannot"
    return "undecided" if of_lists else "can"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("annals")
    parser.add_argument("--from", dest="least", type=int, default=10)
    parser.add_argument("--to", dest="most", type=int, default=15)
    parser.add_argument("--relations", type=float, default=6)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=30)
    args = parser.parse_args()
    print("| n | can be true | cannot | not decided | stopped | median | largest |")
    print("|---|---|---|---|---|---|---|")
    dice = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "network.json")
        for count in range(args.least, args.most + 1):
            seen = {"can": 0, "cannot": 0, "undecided": 0, "stopped": 0}
            seconds = []
            for _ in range(args.count):
                with open(path, "w", encoding="utf-8") as out:
                    json.dump(network(dice, count, args.relations), out)
                begun = time.monotonic()
                try:
                    run = subprocess.run([args.annals, "check", path, "-q", "-f", "json"], capture_output=True,
                                         check=False, timeout=args.limit)
                    seen[verdict(json.loads(run.stdout)["data"])] += 1
                except subprocess.TimeoutExpired:
                    seen["stopped"] += 1
                seconds.append(time.monotonic() - begun)
            print(f"| {count} | {seen['can']} | {seen['cannot']} | {seen['undecided']} | {seen['stopped']}"
                  f" | {statistics.median(seconds):.2f} s | {max(seconds):.2f} s |", flush=True)


if __name__ == "__main__":
    main()
