#!/usr/bin/env python3
"""Makes a spreadsheet of the kind that fact checkers keep: 30 columns, any number of rows, mixed dates,
three languages. Nobody in it exists. The same seed gives the same bytes.

    make.py ROWS [--seed N] > checks.csv
    make.py ROWS --xlsx checks.xlsx        (needs openpyxl)
"""

import argparse
import csv
import datetime
import random
import sys

COLUMNS = [
    "No", "Checked by", "Status", "Priority", "Date said", "Sprecher / Speaker", "Party", "Role", "Language",
    "Claim", "Quote", "Claim in English", "Topic", "Subtopic", "Stance", "Occasion", "Place", "Country",
    "Medium", "Headline", "Date published", "Link", "Archive link", "Views", "Verdict", "Rating (1-5)",
    "Evidence used", "Keywords", "Remarks", "Last change",
]

PEOPLE = [
    ("Ada Lindqvist", "Harbour Party", "en"), ("Jon Berg", "Harbour Party", "en"),
    ("Marta Quill", "Free Quay", "en"), ("Tomas Reed", "Free Quay", "en"),
    ("Jürgen Müller", "Bürgerliste Kai", "de"), ("Änne Weiß", "Bürgerliste Kai", "de"),
    ("Ökan Yıldız", "Grüne Bucht", "de"), ("Élodie Garçon", "Port Libre", "fr"),
    ("Benoît L'Hôte", "Port Libre", "fr"), ("Chloé Dœuff", "Mouvement du Quai", "fr"),
]
TOPICS = {
    "Quay wall": ["costs", "safety"], "Ferry line": ["prices", "timetable"],
    "Fishing quota": ["numbers", "law"], "Wind park": ["jobs", "birds"], "School harbour": ["costs", "opening"],
}
SAYINGS = {
    "en": ["The {t} has cost twice what was planned", "Nobody was asked about the {t}",
           "The {t} brings three hundred jobs", "The {t} was decided behind closed doors"],
    "de": ["Für „{t}“ wurde doppelt so viel ausgegeben wie geplant", "Zu „{t}“ wurde niemand gefragt",
           "„{t}“ bringt dreihundert Arbeitsplätze", "Über „{t}“ wurde hinter verschlossenen Türen entschieden"],
    "fr": ["« {t} » a coûté deux fois plus que prévu", "Personne n'a été consulté sur « {t} »",
           "« {t} » crée trois cents emplois", "« {t} » a été décidé à huis clos"],
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
SEASONS = {"en": "spring summer autumn".split(), "de": "Frühjahr Sommer Herbst".split(),
           "fr": "printemps été automne".split()}


def written(day, language, dice):
    """A day as somebody typed it."""
    month = MONTHS[language][day.month - 1]
    season = SEASONS[language][day.month // 3 - 1] if 3 <= day.month <= 11 else month
    before = MONTHS[language][day.month - 2] if day.month > 1 else month
    three = f"{day.day}–{day.day + 2}" if day.day < 26 else str(day.day)
    kinds = [
        (30, day.isoformat()),
        (18, day.strftime("%d/%m/%Y")),
        (14, day.strftime("%d.%m.%Y")),
        (12, {"en": f"{day.day} {month} {day.year}", "de": f"{day.day}. {month} {day.year}",
              "fr": f"{day.day} {month} {day.year}"}[language]),
        (6, f"{month} {day.year}"),
        (4, {"en": "c. ", "de": "um ", "fr": "vers "}[language] + str(day.year)),
        (4, f"{season} {day.year}"),
        (3, {"en": "after ", "de": "nach ", "fr": "après "}[language] + f"{before} {day.year}"),
        (3, {"en": f"{three} {month} {day.year}", "de": f"{three}. {month} {day.year}",
             "fr": f"{three.replace('–', ' au ')} {month} {day.year}"}[language]),
        (3, str(day.year)),
        (2, {"en": "n.d.", "de": "o. D.", "fr": "s. d."}[language]),
        (1, {"en": "shortly before the vote", "de": "kurz vor der Wahl", "fr": "peu avant le vote"}[language]),
    ]
    return dice.choices([text for _, text in kinds], [weight for weight, _ in kinds])[0]


def rows(count, seed):
    dice = random.Random(seed)
    first = datetime.date(2019, 1, 7)
    for number in range(1, count + 1):
        name, party, language = dice.choice(PEOPLE)
        topic = dice.choice(list(TOPICS))
        day = first + datetime.timedelta(days=dice.randrange(1700))
        said = dice.choice(SAYINGS[language]).format(t=topic)
        english = dice.choice(SAYINGS["en"]).format(t=topic)
        speakers = name
        if dice.random() < 0.06:
            speakers = f"{name}; {dice.choice([other for other, _, _ in PEOPLE if other != name])}"
        link = f"https://news.example/{day.year}/{dice.randrange(count * 2)}"
        published = day + datetime.timedelta(days=dice.randrange(3))
        if number % 500 == 7:
            # Slips of the pen: a report before what it reports.
            published = day - datetime.timedelta(days=365)
        yield [
            str(number), dice.choice(["LK", "MO", "RT"]), dice.choice(["done", "open", "second look"]),
            dice.choice(["", "high", "low"]), written(day, language, dice), speakers, party,
            dice.choice(["", "chair", "council member", "candidate"]), language, said + ".",
            f"“{said}”" if dice.random() < 0.7 else "", english + "." if language != "en" else "", topic,
            dice.choice(TOPICS[topic]), dice.choice(["for", "against", "for", "against", "unclear", ""]),
            dice.choice(["", "Council session", "Radio debate", "Market speech"]),
            dice.choice(["", "Nordhafen", "Port-Clair", "Eastquay"]), dice.choice(["", "DE", "FR", "UK"]),
            dice.choice(["Harbour Post", "Kai-Zeitung", "Le Quai", "Radio Bucht"]),
            f"{topic}: {dice.choice(['the row goes on', 'was gilt', 'ce que l’on sait', 'numbers, please'])}",
            published.isoformat(), link, "" if dice.random() < 0.5 else link.replace("news", "archive"),
            str(dice.randrange(90_000)), dice.choice(["true", "half true", "false", "cannot be said"]),
            str(dice.randrange(1, 6)), dice.choice(["", "budget 2021", "minutes; budget 2021", "interview"]),
            "; ".join(sorted(dice.sample(["harbour", "budget", "jobs", "law", "vote"], dice.randrange(0, 4)))),
            dice.choice(["", "", "ask again", "line 1\nline 2", 'he said "maybe"']),
            (published + datetime.timedelta(days=9)).strftime("%d.%m.%Y"),
        ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--xlsx")
    given = parser.parse_args()
    if given.xlsx:
        import openpyxl
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Checks"
        sheet.append(COLUMNS)
        for row in rows(given.rows, given.seed):
            try:
                row[20] = datetime.date.fromisoformat(row[20])
                row[4] = datetime.date.fromisoformat(row[4])
            except ValueError:
                pass
            row[23] = int(row[23])
            sheet.append(row)
        book.save(given.xlsx)
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    out.writerows(rows(given.rows, given.seed))


if __name__ == "__main__":
    main()
