"""The kinds of records and their fields, from the schema of facts. Written by generate.py: do not edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from ._arguments import Thing, When
from ._row import Ref

#: The kinds of records, and what their lists are called.
KINDS: Final = {
    "document": "documents",
    "actor": "actors",
    "place": "places",
    "topic": "topics",
    "event": "events",
    "claim": "claims",
    "relation": "relations",
    "order": "orders",
}

#: The fields of each kind.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "document": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "title", "kind", "author", "publisher", "published", "language", "url", "based_on", "corrects", "text", "sha256"),
    "actor": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "name", "kind", "aliases", "unnamed", "lifespan", "same_as"),
    "place": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "name", "within", "lat", "lon"),
    "topic": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "label", "about"),
    "event": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "label", "kind", "when", "status", "participants", "place", "part_of", "causes", "fulfils", "breaks", "weekday", "evidence"),
    "claim": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "speaker", "as", "to", "about", "stance", "act", "mode", "quote", "content", "said", "due", "weekday", "at", "via", "responds_to", "supports", "contradicts", "repeats", "fulfils", "breaks", "evidence"),
    "relation": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "from", "kind", "to", "role", "when", "by", "evidence"),
    "order": ("id", "note", "tags", "confidence", "recorded", "retracted", "ignore", "first", "relation", "second", "by", "from", "to", "evidence"),
}


class Records:
    """A method for each kind of record."""

    def _add(self, kind: str, given: Mapping[str, Any], more: Mapping[str, Any]) -> Ref:
        raise NotImplementedError

    def document(
        self,
        title: str,
        *,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        kind: Thing | int | None = None,
        author: Any | None = None,
        publisher: Thing | int | None = None,
        published: When | Mapping[str, Any] | None = None,
        language: Thing | int | None = None,
        url: Thing | int | None = None,
        based_on: Any | None = None,
        corrects: Any | None = None,
        text: Thing | int | None = None,
        sha256: str | None = None,
        **more: Any,
    ) -> Ref:
        """Where facts come from.

        :param title: Its title.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param kind: What it is: report, agency, transcript, letter, post ….
        :param author: Who wrote it.
        :param publisher: Who published it.
        :param published: When it was published.
        :param language: Its language as a BCP 47 tag: en, uk.
        :param url: Where it can be read.
        :param based_on: Documents it is based on.
        :param corrects: Documents it corrects.
        :param text: Path of its plain text, relative to the fact file or a folder for texts.
        :param sha256: The SHA-256 of that text, as 64 hexadecimal digits.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "title": title,
            "kind": kind,
            "author": author,
            "publisher": publisher,
            "published": published,
            "language": language,
            "url": url,
            "based_on": based_on,
            "corrects": corrects,
            "text": text,
            "sha256": sha256,
        }
        return self._add("document", given, more)

    def actor(
        self,
        name: str,
        *,
        kind: Literal["person", "organization", "state", "group", "media"],
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        aliases: Any | None = None,
        unnamed: bool | None = None,
        lifespan: When | Mapping[str, Any] | None = None,
        same_as: Any | None = None,
        **more: Any,
    ) -> Ref:
        """Who can act or speak.

        :param name: Its name.
        :param kind: What it is.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param aliases: Other names, in any script.
        :param unnamed: Whether the source does not name them.
        :param lifespan: From birth or foundation to death or end.
        :param same_as: The same actor elsewhere, as CURIEs: wikidata:Q….
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "name": name,
            "kind": kind,
            "aliases": aliases,
            "unnamed": unnamed,
            "lifespan": lifespan,
            "same_as": same_as,
        }
        return self._add("actor", given, more)

    def place(
        self,
        name: str,
        *,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        within: Thing | int | None = None,
        lat: float | None = None,
        lon: float | None = None,
        **more: Any,
    ) -> Ref:
        """Where something happened.

        :param name: Its name.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param within: The place that contains it.
        :param lat: Latitude in degrees, north positive.
        :param lon: Longitude in degrees, east positive.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "name": name,
            "within": within,
            "lat": lat,
            "lon": lon,
        }
        return self._add("place", given, more)

    def topic(
        self,
        label: str,
        *,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        about: Any | None = None,
        **more: Any,
    ) -> Ref:
        """What is debated.

        :param label: Its name.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param about: Whom or what it concerns.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "label": label,
            "about": about,
        }
        return self._add("topic", given, more)

    def event(
        self,
        label: str,
        *,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        kind: Thing | int | None = None,
        when: When | Mapping[str, Any] | None = None,
        status: Literal["occurred", "ongoing", "scheduled", "anticipated", "alleged", "cancelled"] | None = None,
        participants: Any | None = None,
        place: Thing | int | None = None,
        part_of: Thing | int | None = None,
        causes: Any | None = None,
        fulfils: Any | None = None,
        breaks: Any | None = None,
        weekday: Thing | int | None = None,
        evidence: Any | None = None,
        **more: Any,
    ) -> Ref:
        """What happened, happens or is expected.

        :param label: Its name.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param kind: The kind of event.
        :param when: When it took place.
        :param status: Whether it took place.
        :param participants: Who took part.
        :param place: Where it took place.
        :param part_of: The event it is part of.
        :param causes: Events it causes.
        :param fulfils: Promises, offers or threats that it fulfils.
        :param breaks: Promises, offers or threats that it breaks.
        :param weekday: The day of the week, as worded in the source.
        :param evidence: The passages that show it.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "label": label,
            "kind": kind,
            "when": when,
            "status": status,
            "participants": participants,
            "place": place,
            "part_of": part_of,
            "causes": causes,
            "fulfils": fulfils,
            "breaks": breaks,
            "weekday": weekday,
            "evidence": evidence,
        }
        return self._add("event", given, more)

    def claim(
        self,
        *,
        speaker: Any,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        as_: Thing | int | None = None,
        to: Any | None = None,
        about: Any | None = None,
        stance: Any | None = None,
        act: Literal["asserts", "denies", "confirms", "retracts", "demands", "requests", "offers", "promises", "predicts", "threatens", "questions", "declines", "expresses"] | None = None,
        mode: Literal["direct", "indirect", "mixed"] | None = None,
        quote: Thing | int | None = None,
        content: Thing | int | None = None,
        said: When | Mapping[str, Any] | None = None,
        due: When | Mapping[str, Any] | None = None,
        weekday: Thing | int | None = None,
        at: Thing | int | None = None,
        via: Any | None = None,
        responds_to: Any | None = None,
        supports: Any | None = None,
        contradicts: Any | None = None,
        repeats: Any | None = None,
        fulfils: Any | None = None,
        breaks: Any | None = None,
        evidence: Any | None = None,
        **more: Any,
    ) -> Ref:
        """What somebody said.

        :param speaker: Who said it; an empty list means the narrator of the document.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param as_: The relation in which they speak: an office, a mandate.
        :param to: To whom.
        :param about: About what.
        :param stance: The speaker's stance.
        :param act: What the speaker does by saying it.
        :param mode: How the statement is reported.
        :param quote: The text within quotation marks.
        :param content: What was said, in the annotator's words.
        :param said: When it was said.
        :param due: By when it is due: what is promised, offered or threatened, or the answer to a question.
        :param weekday: The day of the week, as worded in the source.
        :param at: The event at which it was said.
        :param via: Who or what passed it on: actors or claims.
        :param responds_to: Claims it responds to.
        :param supports: Claims it supports.
        :param contradicts: Claims it contradicts.
        :param repeats: Claims it repeats.
        :param fulfils: Promises, offers or threats that it fulfils: by saying it, the speaker does what was
        promised.
        :param breaks: Promises, offers or threats that it breaks.
        :param evidence: The passages that show it.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "speaker": speaker,
            "as": as_,
            "to": to,
            "about": about,
            "stance": stance,
            "act": act,
            "mode": mode,
            "quote": quote,
            "content": content,
            "said": said,
            "due": due,
            "weekday": weekday,
            "at": at,
            "via": via,
            "responds_to": responds_to,
            "supports": supports,
            "contradicts": contradicts,
            "repeats": repeats,
            "fulfils": fulfils,
            "breaks": breaks,
            "evidence": evidence,
        }
        return self._add("claim", given, more)

    def relation(
        self,
        *,
        from_: Thing | int,
        kind: Thing | int,
        to: Thing | int,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        role: Thing | int | None = None,
        when: When | Mapping[str, Any] | None = None,
        by: Any | None = None,
        evidence: Any | None = None,
        **more: Any,
    ) -> Ref:
        """A dated relation between actors.

        :param from_: The first actor.
        :param kind: The kind of relation: represents, holds_office, member_of, part_of, employed_by,
        allied_with, opposes ….
        :param to: To whom.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param role: The role: president, minister.
        :param when: From when to when; without a date it possibly holds on any day; ../.. is always.
        :param by: Of same_as: whose view it is that the two are one; without it, nobody's in particular.
        :param evidence: The passages that show it.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "from": from_,
            "kind": kind,
            "to": to,
            "role": role,
            "when": when,
            "by": by,
            "evidence": evidence,
        }
        return self._add("relation", given, more)

    def order(
        self,
        *,
        first: Thing | int,
        relation: Any,
        second: Thing | int,
        id: Thing | int | None = None,
        note: Thing | int | None = None,
        tags: Any | None = None,
        confidence: float | None = None,
        recorded: When | Mapping[str, Any] | None = None,
        retracted: Any | None = None,
        ignore: Any | None = None,
        by: Thing | int | None = None,
        from_: Literal["start", "end"] | None = None,
        to: Literal["start", "end"] | None = None,
        evidence: Any | None = None,
        **more: Any,
    ) -> Ref:
        """How two dated things relate in time.

        :param first: The first thing.
        :param relation: How the first relates to the second; if there are several, one of them holds.
        :param second: The second thing.
        :param id: Its id, unique over all files. Records that nothing refers to need none.
        :param note: The annotator's note.
        :param tags: Tags to find it by.
        :param confidence: How sure the annotator is, 0 to 1.
        :param recorded: When it entered the data set.
        :param retracted: When it was retracted, and why.
        :param ignore: Findings to silence, each with a reason.
        :param by: The distance between them: an ISO 8601 duration (P14M), a range (P13M/P15M), or about
        P14M.
        :param from_: The end of the first from which the distance is measured; by default its start.
        :param to: The end of the second to which it is measured; by default its start.
        :param evidence: The passages that show it.
        """
        given: dict[str, Any] = {
            "id": id,
            "note": note,
            "tags": tags,
            "confidence": confidence,
            "recorded": recorded,
            "retracted": retracted,
            "ignore": ignore,
            "first": first,
            "relation": relation,
            "second": second,
            "by": by,
            "from": from_,
            "to": to,
            "evidence": evidence,
        }
        return self._add("order", given, more)
