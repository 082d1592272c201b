"""The rows of answers, made of the schemas of their JSON. Written by generate.py: do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ._row import Place, Ref, Row

if TYPE_CHECKING:
    from ._dates import Date, Day


class Claim(Row):
    """A claim."""

    __slots__ = ()
    _keys = ("id", "speaker", "to", "about", "stance", "act", "mode", "quote", "content", "said", "reported", "at", "via", "evidence", "through", "certain", "retracted", "source")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def speaker(self) -> tuple[Ref, ...]:
        """Who said it; empty for the narrator of the document."""
        return self._all("speaker", Ref)

    @property
    def to(self) -> tuple[Ref, ...]:
        """To whom."""
        return self._all("to", Ref)

    @property
    def about(self) -> tuple[Ref, ...]:
        """About what."""
        return self._all("about", Ref)

    @property
    def stance(self) -> tuple[ClaimStance, ...]:
        """The speaker's stance."""
        return self._all("stance", ClaimStance)

    @property
    def act(self) -> str | None:
        """What the speaker does by saying it: a word of the vocabulary, or of annals.toml."""
        found: str | None = self._json.get("act")
        return found

    @property
    def mode(self) -> Literal["direct", "indirect", "mixed"] | None:
        """How the statement is reported."""
        found: Literal["direct", "indirect", "mixed"] | None = self._json.get("mode")
        return found

    @property
    def quote(self) -> str | None:
        """The text within quotation marks."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def content(self) -> str | None:
        """What was said, in the annotator's words."""
        found: str | None = self._json.get("content")
        return found

    @property
    def said(self) -> Date | None:
        """When it was said."""
        return self._date("said")

    @property
    def reported(self) -> Day | None:
        """The day of its first publication: an undated claim is not later."""
        return self._day("reported")

    @property
    def at(self) -> Ref | None:
        """The event at which it was said."""
        return self._one("at", Ref)

    @property
    def via(self) -> tuple[Ref, ...]:
        """Who or what passed it on."""
        return self._all("via", Ref)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its evidence."""
        return self._all("evidence", Evidence)

    @property
    def through(self) -> tuple[Through, ...]:
        """The relations through which it is by, to or about the requested actors."""
        return self._all("through", Through)

    @property
    def certain(self) -> bool:
        """Whether it certainly matches, not only possibly."""
        found: bool = self._json["certain"]
        return found

    @property
    def retracted(self) -> Retraction | None:
        """Its retraction (with --retracted)."""
        return self._one("retracted", Retraction)

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found


class ClaimStance(Row):
    """A stance."""

    __slots__ = ()
    _keys = ("toward", "value")

    @property
    def toward(self) -> Ref:
        """Toward what."""
        found = self._one("toward", Ref)
        assert found is not None
        return found

    @property
    def value(self) -> Literal["supports", "opposes", "neutral", "mixed"]:
        """Which stance."""
        found: Literal["supports", "opposes", "neutral", "mixed"] = self._json["value"]
        return found


class Evidence(Row):
    """A passage behind a row."""

    __slots__ = ()
    _keys = ("document", "published", "quote", "page", "spans", "verified")

    @property
    def document(self) -> Ref | None:
        """The document."""
        return self._one("document", Ref)

    @property
    def published(self) -> Date | None:
        """When it was published."""
        return self._date("published")

    @property
    def quote(self) -> str | None:
        """The passage, as quoted."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def page(self) -> str | None:
        """Where in the document it stands, as the document counts its pages; not there where the facts do not say so."""
        found: str | None = self._json.get("page")
        return found

    @property
    def spans(self) -> tuple[tuple[Any, ...], ...]:
        """Its position in the text, as given or as found."""
        return self._lists("spans")

    @property
    def verified(self) -> Literal["exact", "folded", "elided", "ambiguous", "missing"] | None:
        """How it was verified in the text; null if the text is missing."""
        found: Literal["exact", "folded", "elided", "ambiguous", "missing"] | None = self._json.get("verified")
        return found


class Through(Row):
    """A relation through which a row is part of the answer (--rollup, --identity)."""

    __slots__ = ()
    _keys = ("relation", "certain")

    @property
    def relation(self) -> str:
        """The relation."""
        found: str = self._json["relation"]
        return found

    @property
    def certain(self) -> bool:
        """Whether it certainly held on the day."""
        found: bool = self._json["certain"]
        return found


class Retraction(Row):
    """The retraction of a record."""

    __slots__ = ()
    _keys = ("on", "reason")

    @property
    def on(self) -> Date:
        """When."""
        found = self._date("on")
        assert found is not None
        return found

    @property
    def reason(self) -> str | None:
        """Why."""
        found: str | None = self._json.get("reason")
        return found


class Hit(Row):
    """Something that has the words."""

    __slots__ = ()
    _keys = ("kind", "id", "name", "sentence", "marks", "document", "line", "claims", "certain", "retracted")

    @property
    def kind(self) -> Literal["actor", "topic", "place", "event", "document", "claim", "text"]:
        """What it is; a text is a sentence of the text of a document."""
        found: Literal["actor", "topic", "place", "event", "document", "claim", "text"] = self._json["kind"]
        return found

    @property
    def id(self) -> str:
        """Its id; of a text, that of the document."""
        found: str = self._json["id"]
        return found

    @property
    def name(self) -> str:
        """What it is called; a claim by its quote, else its content."""
        found: str = self._json["name"]
        return found

    @property
    def sentence(self) -> str:
        """The name or the sentence in which the words are."""
        found: str = self._json["sentence"]
        return found

    @property
    def marks(self) -> tuple[tuple[Any, ...], ...]:
        """The words in the sentence."""
        return self._lists("marks")

    @property
    def document(self) -> Ref | None:
        """The document in which it stands; of names, null."""
        return self._one("document", Ref)

    @property
    def line(self) -> int | None:
        """The line of the document's text, from 1: of a text, that of the first word; of others, that in which the passage begins. Null where the text is not there."""
        found: int | None = self._json.get("line")
        return found

    @property
    def claims(self) -> tuple[str, ...]:
        """Of a text, the claims with a passage that overlaps the sentence; none if no claim covers it."""
        return self._values("claims")

    @property
    def certain(self) -> bool:
        """Whether it certainly matches."""
        found: bool = self._json["certain"]
        return found

    @property
    def retracted(self) -> Retraction | None:
        """Its retraction."""
        return self._one("retracted", Retraction)


class Entry(Row):
    """A dated thing."""

    __slots__ = ()
    _keys = ("id", "kind", "label", "when", "narrowed", "status", "participants", "place", "reported", "through", "certain", "retracted", "source")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def kind(self) -> Literal["event", "claim", "relation", "document"]:
        """What it is."""
        found: Literal["event", "claim", "relation", "document"] = self._json["kind"]
        return found

    @property
    def label(self) -> str:
        """Its name; for a claim, its text; for a relation, its two actors."""
        found: str = self._json["label"]
        return found

    @property
    def when(self) -> Date | None:
        """When it was, as given."""
        return self._date("when")

    @property
    def narrowed(self) -> Narrowed | None:
        """When it can have been, given all facts."""
        return self._one("narrowed", Narrowed)

    @property
    def status(self) -> Literal["occurred", "ongoing", "scheduled", "anticipated", "alleged", "cancelled"] | None:
        """Whether an event took place."""
        found: Literal["occurred", "ongoing", "scheduled", "anticipated", "alleged", "cancelled"] | None = self._json.get("status")
        return found

    @property
    def participants(self) -> tuple[EntryParticipant, ...]:
        """Who took part, spoke, was addressed or is related."""
        return self._all("participants", EntryParticipant)

    @property
    def place(self) -> Ref | None:
        """Where it took place."""
        return self._one("place", Ref)

    @property
    def reported(self) -> Day | None:
        """The day of its first publication, if it has no date of its own."""
        return self._day("reported")

    @property
    def through(self) -> tuple[Through, ...]:
        """The relations through which a claim is part of the answer."""
        return self._all("through", Through)

    @property
    def certain(self) -> bool:
        """Whether it certainly matches."""
        found: bool = self._json["certain"]
        return found

    @property
    def retracted(self) -> Retraction | None:
        """Its retraction."""
        return self._one("retracted", Retraction)

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found


class Narrowed(Row):
    """The narrowed days, given all facts."""

    __slots__ = ()
    _keys = ("first", "last")

    @property
    def first(self) -> Day | None:
        """The first."""
        return self._day("first")

    @property
    def last(self) -> Day | None:
        """The last."""
        return self._day("last")


class EntryParticipant(Row):
    """A participant."""

    __slots__ = ()
    _keys = ("actor", "role")

    @property
    def actor(self) -> Ref:
        """Who."""
        found = self._one("actor", Ref)
        assert found is not None
        return found

    @property
    def role(self) -> str | None:
        """The role."""
        found: str | None = self._json.get("role")
        return found


class Position(Row):
    """Where one speaker stood on one thing."""

    __slots__ = ()
    _keys = ("speaker", "toward", "history", "changes", "contradictions", "more_contradictions", "opposed_by", "more_opposed_by")

    @property
    def speaker(self) -> Ref:
        """Who."""
        found = self._one("speaker", Ref)
        assert found is not None
        return found

    @property
    def toward(self) -> Ref:
        """On what."""
        found = self._one("toward", Ref)
        assert found is not None
        return found

    @property
    def history(self) -> tuple[PositionHistory, ...]:
        """The stances, oldest first."""
        return self._all("history", PositionHistory)

    @property
    def changes(self) -> tuple[PositionChange, ...]:
        """Certain changes from one stance to another."""
        return self._all("changes", PositionChange)

    @property
    def contradictions(self) -> tuple[PositionContradiction, ...]:
        """Opposite stances that can have been held at the same time."""
        return self._all("contradictions", PositionContradiction)

    @property
    def more_contradictions(self) -> bool | None:
        """True if there can be more contradictions than these; else left out."""
        found: bool | None = self._json.get("more_contradictions")
        return found

    @property
    def opposed_by(self) -> tuple[Ref, ...]:
        """Who held the opposite stance while this speaker can have held theirs."""
        return self._all("opposed_by", Ref)

    @property
    def more_opposed_by(self) -> bool | None:
        """True if there can be more such speakers than these; else left out."""
        found: bool | None = self._json.get("more_opposed_by")
        return found


class PositionHistory(Row):
    """A stance taken by a claim."""

    __slots__ = ()
    _keys = ("claim", "value", "said", "spokesman", "through", "certain")

    @property
    def claim(self) -> str:
        """The claim."""
        found: str = self._json["claim"]
        return found

    @property
    def value(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """The stance; null if it was only withdrawn."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("value")
        return found

    @property
    def said(self) -> Date | None:
        """When it was said."""
        return self._date("said")

    @property
    def spokesman(self) -> Ref | None:
        """Who spoke, if they stood for the speaker of the row."""
        return self._one("spokesman", Ref)

    @property
    def through(self) -> tuple[Through, ...]:
        """The relations through which they did."""
        return self._all("through", Through)

    @property
    def certain(self) -> bool:
        """Whether it certainly matches."""
        found: bool = self._json["certain"]
        return found


class PositionChange(Row):
    """A change."""

    __slots__ = ()
    _keys = ("from", "to", "claims", "days")

    @property
    def from_(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """From this stance."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("from")
        return found

    @property
    def to(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """To this stance; null if it was only withdrawn."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("to")
        return found

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims, the earlier one first."""
        return self._values("claims")

    @property
    def days(self) -> tuple[int, ...] | None:
        """The minimum and maximum number of days between them; null if unknown."""
        return self._values("days")


class PositionContradiction(Row):
    """A contradiction."""

    __slots__ = ()
    _keys = ("claims",)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims."""
        return self._values("claims")


class Count(Row):
    """A group."""

    __slots__ = ()
    _keys = ("by", "count")

    @property
    def by(self) -> CountBy:
        """Its value of each property that was asked for, in that order."""
        found = self._one("by", CountBy)
        assert found is not None
        return found

    @property
    def count(self) -> tuple[int, ...]:
        """How many claims there are: at least and at most."""
        return self._values("count")


class CountBy(Row):
    """Its value of each property that was asked for, in that order."""

    __slots__ = ()
    _keys = ("speaker", "to", "about", "stance", "act", "mode", "document", "publisher", "tag", "through", "day", "week", "month", "year")

    @property
    def speaker(self) -> Ref | None:
        """Who said it; null for the narrator, or where it is unknown."""
        return self._one("speaker", Ref)

    @property
    def to(self) -> Ref | None:
        """To whom."""
        return self._one("to", Ref)

    @property
    def about(self) -> Ref | None:
        """About what."""
        return self._one("about", Ref)

    @property
    def stance(self) -> str | None:
        """Which stance the speaker takes; with `about`, toward that."""
        found: str | None = self._json.get("stance")
        return found

    @property
    def act(self) -> str | None:
        """What the speaker does."""
        found: str | None = self._json.get("act")
        return found

    @property
    def mode(self) -> str | None:
        """How it is reported."""
        found: str | None = self._json.get("mode")
        return found

    @property
    def document(self) -> Ref | None:
        """In which document."""
        return self._one("document", Ref)

    @property
    def publisher(self) -> str | None:
        """Who published it; with `document`, that document."""
        found: str | None = self._json.get("publisher")
        return found

    @property
    def tag(self) -> str | None:
        """With which tag."""
        found: str | None = self._json.get("tag")
        return found

    @property
    def through(self) -> Ref | None:
        """Through which relation of a roll-up it is selected."""
        return self._one("through", Ref)

    @property
    def day(self) -> str | None:
        """On which day: `2021-09-30`."""
        found: str | None = self._json.get("day")
        return found

    @property
    def week(self) -> str | None:
        """In which week of ISO 8601: `2021-W39`."""
        found: str | None = self._json.get("week")
        return found

    @property
    def month(self) -> str | None:
        """In which month: `2021-09`."""
        found: str | None = self._json.get("month")
        return found

    @property
    def year(self) -> str | None:
        """In which year: `2021`; null for undated claims, and dates that are open or touch more than 366 units."""
        found: str | None = self._json.get("year")
        return found


class Contradiction(Row):
    """A contradiction."""

    __slots__ = ()
    _keys = ("kind", "claims", "toward", "certain")

    @property
    def kind(self) -> Literal["stated", "within", "between"]:
        """As somebody stated, within one speaker, or between speakers."""
        found: Literal["stated", "within", "between"] = self._json["kind"]
        return found

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The two claims, the earlier first."""
        return self._all("claims", Claim)

    @property
    def toward(self) -> Ref | None:
        """The subject of the opposite stances; null if the contradiction is stated."""
        return self._one("toward", Ref)

    @property
    def certain(self) -> bool:
        """Whether it certainly is one, and certainly matches."""
        found: bool = self._json["certain"]
        return found


class Change(Row):
    """Something that came to be known."""

    __slots__ = ()
    _keys = ("kind", "id", "day", "because", "before", "after", "certain")

    @property
    def kind(self) -> Literal["document", "claim", "position", "contradiction", "retraction", "date"]:
        """What it is."""
        found: Literal["document", "claim", "position", "contradiction", "retraction", "date"] = self._json["kind"]
        return found

    @property
    def id(self) -> str:
        """The record; of a position its latest claim, of a contradiction the later claim."""
        found: str = self._json["id"]
        return found

    @property
    def day(self) -> Day | None:
        """The last day on which it can have come to be known."""
        return self._day("day")

    @property
    def because(self) -> Ref | None:
        """The document that brought it."""
        return self._one("because", Ref)

    @property
    def before(self) -> Any:
        """What was known before: a position, or a date."""
        found: Any = self._json.get("before")
        return found

    @property
    def after(self) -> Any:
        """What is known now: a position, the claims of a contradiction, or a date."""
        found: Any = self._json.get("after")
        return found

    @property
    def certain(self) -> bool:
        """Whether it certainly came to be known in the period, and certainly matches."""
        found: bool = self._json["certain"]
        return found


class Promise(Row):
    """A claim, and what became of it."""

    __slots__ = ()
    _keys = ("id", "speaker", "to", "about", "stance", "act", "mode", "quote", "content", "said", "reported", "at", "via", "evidence", "through", "certain", "retracted", "source", "state", "by", "due")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def speaker(self) -> tuple[Ref, ...]:
        """Who said it; empty for the narrator of the document."""
        return self._all("speaker", Ref)

    @property
    def to(self) -> tuple[Ref, ...]:
        """To whom."""
        return self._all("to", Ref)

    @property
    def about(self) -> tuple[Ref, ...]:
        """About what."""
        return self._all("about", Ref)

    @property
    def stance(self) -> tuple[PromiseStance, ...]:
        """The speaker's stance."""
        return self._all("stance", PromiseStance)

    @property
    def act(self) -> str | None:
        """What the speaker does by saying it: a word of the vocabulary, or of annals.toml."""
        found: str | None = self._json.get("act")
        return found

    @property
    def mode(self) -> Literal["direct", "indirect", "mixed"] | None:
        """How the statement is reported."""
        found: Literal["direct", "indirect", "mixed"] | None = self._json.get("mode")
        return found

    @property
    def quote(self) -> str | None:
        """The text within quotation marks."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def content(self) -> str | None:
        """What was said, in the annotator's words."""
        found: str | None = self._json.get("content")
        return found

    @property
    def said(self) -> Date | None:
        """When it was said."""
        return self._date("said")

    @property
    def reported(self) -> Day | None:
        """The day of its first publication: an undated claim is not later."""
        return self._day("reported")

    @property
    def at(self) -> Ref | None:
        """The event at which it was said."""
        return self._one("at", Ref)

    @property
    def via(self) -> tuple[Ref, ...]:
        """Who or what passed it on."""
        return self._all("via", Ref)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its evidence."""
        return self._all("evidence", Evidence)

    @property
    def through(self) -> tuple[Through, ...]:
        """The relations through which it is by, to or about the requested actors."""
        return self._all("through", Through)

    @property
    def certain(self) -> bool:
        """Whether it certainly matches, was made by the day, and is in this state."""
        found: bool = self._json["certain"]
        return found

    @property
    def retracted(self) -> Retraction | None:
        """Its retraction (with --retracted)."""
        return self._one("retracted", Retraction)

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found

    @property
    def state(self) -> Literal["kept", "broken", "overdue", "answered", "open"]:
        """What became of it by the day."""
        found: Literal["kept", "broken", "overdue", "answered", "open"] = self._json["state"]
        return found

    @property
    def by(self) -> tuple[Ref, ...]:
        """The claims and events that kept, broke or answered it."""
        return self._all("by", Ref)

    @property
    def due(self) -> Date | None:
        """By when it is due."""
        return self._date("due")


class PromiseStance(Row):
    """A stance."""

    __slots__ = ()
    _keys = ("toward", "value")

    @property
    def toward(self) -> Ref:
        """Toward what."""
        found = self._one("toward", Ref)
        assert found is not None
        return found

    @property
    def value(self) -> Literal["supports", "opposes", "neutral", "mixed"]:
        """Which stance."""
        found: Literal["supports", "opposes", "neutral", "mixed"] = self._json["value"]
        return found


class Voice(Row):
    """The origins of a claim or of a position."""

    __slots__ = ()
    _keys = ("claim", "position", "origins", "documents", "shared", "circles", "certain")

    @property
    def claim(self) -> Ref | None:
        """The claim; null if positions are asked for."""
        return self._one("claim", Ref)

    @property
    def position(self) -> VoicePosition | None:
        """The position; null if claims are asked for."""
        return self._one("position", VoicePosition)

    @property
    def origins(self) -> tuple[int, ...]:
        """The least and the most independent origins."""
        return self._values("origins")

    @property
    def documents(self) -> tuple[Ref, ...]:
        """The documents of the claims, and of those that they repeat or were passed on by."""
        return self._all("documents", Ref)

    @property
    def shared(self) -> tuple[VoiceShared, ...]:
        """Origins on which several of these documents rest."""
        return self._all("shared", VoiceShared)

    @property
    def circles(self) -> tuple[tuple[Any, ...], ...]:
        """Circles of reporting: what rests on itself."""
        return self._lists("circles")

    @property
    def certain(self) -> bool:
        """Whether it certainly matches."""
        found: bool = self._json["certain"]
        return found


class VoicePosition(Row):
    """A stance of a speaker toward a thing."""

    __slots__ = ()
    _keys = ("speaker", "toward", "value")

    @property
    def speaker(self) -> Ref:
        """Who."""
        found = self._one("speaker", Ref)
        assert found is not None
        return found

    @property
    def toward(self) -> Ref:
        """Toward what."""
        found = self._one("toward", Ref)
        assert found is not None
        return found

    @property
    def value(self) -> Literal["supports", "opposes", "neutral", "mixed"]:
        """Which stance."""
        found: Literal["supports", "opposes", "neutral", "mixed"] = self._json["value"]
        return found


class VoiceShared(Row):
    """An origin with its documents."""

    __slots__ = ()
    _keys = ("origin", "documents")

    @property
    def origin(self) -> Ref:
        """A document, or whoever is the source."""
        found = self._one("origin", Ref)
        assert found is not None
        return found

    @property
    def documents(self) -> tuple[Ref, ...]:
        """The documents that rest on it."""
        return self._all("documents", Ref)


class Dated(Row):
    """A dated thing."""

    __slots__ = ()
    _keys = ("id", "kind", "label", "start", "end", "conflict", "source")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def kind(self) -> Literal["event", "claim", "relation", "document"]:
        """What it is."""
        found: Literal["event", "claim", "relation", "document"] = self._json["kind"]
        return found

    @property
    def label(self) -> str:
        """Its name."""
        found: str = self._json["label"]
        return found

    @property
    def start(self) -> End:
        """When it began."""
        found = self._one("start", End)
        assert found is not None
        return found

    @property
    def end(self) -> End:
        """When it ended."""
        found = self._one("end", End)
        assert found is not None
        return found

    @property
    def conflict(self) -> bool:
        """Whether a fact about its time is part of a contradiction."""
        found: bool = self._json["conflict"]
        return found

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found


class End(Row):
    """An end of something."""

    __slots__ = ()
    _keys = ("given", "narrowed")

    @property
    def given(self) -> tuple[Day | None, ...]:
        """By its own date: the first and the last day; null if open or unknown."""
        return self._days("given")

    @property
    def narrowed(self) -> tuple[Day | None, ...]:
        """Given all facts."""
        return self._days("narrowed")


class Finding(Row):
    """A finding."""

    __slots__ = ()
    _keys = ("code", "severity", "message", "records", "places", "fixes")

    @property
    def code(self) -> str:
        """Its code; `annals explain CODE` explains it."""
        found: str = self._json["code"]
        return found

    @property
    def severity(self) -> Literal["error", "warning", "info"]:
        """Its severity."""
        found: Literal["error", "warning", "info"] = self._json["severity"]
        return found

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        found: str = self._json["message"]
        return found

    @property
    def records(self) -> tuple[str, ...]:
        """The records involved."""
        return self._values("records")

    @property
    def places(self) -> tuple[FindingPlace, ...]:
        """The places, each with its label; the first is the finding's main place."""
        return self._all("places", FindingPlace)

    @property
    def fixes(self) -> tuple[FindingFix, ...]:
        """What would fix it."""
        return self._all("fixes", FindingFix)


class FindingPlace(Place):
    """A place with its label."""

    __slots__ = ()
    _keys = ("file", "line", "column", "end_line", "end_column", "label")

    @property
    def label(self) -> str | None:
        """What is there."""
        found: str | None = self._json.get("label")
        return found


class FindingFix(Row):
    """A repair."""

    __slots__ = ()
    _keys = ("message", "edits")

    @property
    def message(self) -> str:
        """What to do."""
        found: str = self._json["message"]
        return found

    @property
    def edits(self) -> tuple[FindingFixEdit, ...]:
        """The change, if it can be expressed as one."""
        return self._all("edits", FindingFixEdit)


class FindingFixEdit(Place):
    """A change of a file."""

    __slots__ = ()
    _keys = ("file", "line", "column", "end_line", "end_column", "text")

    @property
    def text(self) -> str:
        """The replacement text."""
        found: str = self._json["text"]
        return found


class Difference(Row):
    """A file or a passage that differs."""

    __slots__ = ()
    _keys = ("kind", "state", "file", "snapshot", "sha256", "passages", "record", "document", "spans", "words", "now_spans", "now_words")

    @property
    def kind(self) -> Literal["facts", "text", "passage"]:
        """What differs."""
        found: Literal["facts", "text", "passage"] = self._json["kind"]
        return found

    @property
    def state(self) -> Literal["changed", "missing", "unreadable", "moved", "gone"]:
        """How: a file has other bytes (changed), is not there (missing) or cannot be read (unreadable); a passage stands elsewhere in its text (moved) or nowhere in it (gone), or its text is missing or unreadable."""
        found: Literal["changed", "missing", "unreadable", "moved", "gone"] = self._json["state"]
        return found

    @property
    def file(self) -> str | None:
        """The file, as the receipt has it."""
        found: str | None = self._json.get("file")
        return found

    @property
    def snapshot(self) -> str | None:
        """The snapshot that keeps it, as the receipt has it."""
        found: str | None = self._json.get("snapshot")
        return found

    @property
    def sha256(self) -> tuple[Any | None, ...] | None:
        """Of a file: its SHA-256 as the receipt has it, and now (null where there is none); else null."""
        return self._values("sha256")

    @property
    def passages(self) -> tuple[int, ...] | None:
        """Of a text: how many of its passages still stand, stand elsewhere in it, and are gone; else null."""
        return self._values("passages")

    @property
    def record(self) -> str | None:
        """Of a passage: the record that rests on it."""
        found: str | None = self._json.get("record")
        return found

    @property
    def document(self) -> str | None:
        """Of a passage: the document."""
        found: str | None = self._json.get("document")
        return found

    @property
    def spans(self) -> tuple[tuple[Any, ...], ...]:
        """Of a passage: where it stood."""
        return self._lists("spans")

    @property
    def words(self) -> tuple[str, ...]:
        """Of a passage: the words that stood there."""
        return self._values("words")

    @property
    def now_spans(self) -> tuple[tuple[Any, ...], ...]:
        """Of a passage that has moved: where it stands now."""
        return self._lists("now_spans")

    @property
    def now_words(self) -> tuple[str, ...]:
        """Of a passage: the words that stand at its old place now."""
        return self._values("now_words")


class Overview(Row):
    """The records in force."""

    __slots__ = ()
    _keys = ("counts", "span", "speakers", "topics", "documents", "unverified", "findings")

    @property
    def counts(self) -> OverviewCounts:
        """How many records there are of each kind."""
        found = self._one("counts", OverviewCounts)
        assert found is not None
        return found

    @property
    def span(self) -> OverviewSpan:
        """From the first to the last day of its events, claims and publications."""
        found = self._one("span", OverviewSpan)
        assert found is not None
        return found

    @property
    def speakers(self) -> tuple[OverviewSpeaker, ...]:
        """Who speaks, the most claims first, then by name."""
        return self._all("speakers", OverviewSpeaker)

    @property
    def topics(self) -> tuple[OverviewTopic, ...]:
        """The topics, those with the most claims about them first."""
        return self._all("topics", OverviewTopic)

    @property
    def documents(self) -> tuple[OverviewDocument, ...]:
        """The documents, those in which the most claims stand first."""
        return self._all("documents", OverviewDocument)

    @property
    def unverified(self) -> int:
        """How many quotes could not be verified, since the text of their document is missing."""
        found: int = self._json["unverified"]
        return found

    @property
    def findings(self) -> OverviewFindings:
        """What `annals check` finds in all facts."""
        found = self._one("findings", OverviewFindings)
        assert found is not None
        return found


class OverviewCounts(Row):
    """How many records there are of each kind."""

    __slots__ = ()
    _keys = ("documents", "actors", "places", "topics", "events", "claims", "relations", "orders")

    @property
    def documents(self) -> int:
        """Documents."""
        found: int = self._json["documents"]
        return found

    @property
    def actors(self) -> int:
        """Actors."""
        found: int = self._json["actors"]
        return found

    @property
    def places(self) -> int:
        """Places."""
        found: int = self._json["places"]
        return found

    @property
    def topics(self) -> int:
        """Topics."""
        found: int = self._json["topics"]
        return found

    @property
    def events(self) -> int:
        """Events."""
        found: int = self._json["events"]
        return found

    @property
    def claims(self) -> int:
        """Claims."""
        found: int = self._json["claims"]
        return found

    @property
    def relations(self) -> int:
        """Relations."""
        found: int = self._json["relations"]
        return found

    @property
    def orders(self) -> int:
        """Orders."""
        found: int = self._json["orders"]
        return found


class OverviewSpan(Row):
    """From the first to the last day of its events, claims and publications."""

    __slots__ = ()
    _keys = ("first", "last")

    @property
    def first(self) -> Day | None:
        """The first day that a date gives."""
        return self._day("first")

    @property
    def last(self) -> Day | None:
        """The last day that a date gives."""
        return self._day("last")


class OverviewSpeaker(Row):
    """A speaker."""

    __slots__ = ()
    _keys = ("actor", "claims")

    @property
    def actor(self) -> Ref:
        """Who."""
        found = self._one("actor", Ref)
        assert found is not None
        return found

    @property
    def claims(self) -> int:
        """How many claims they make, alone or with others."""
        found: int = self._json["claims"]
        return found


class OverviewTopic(Row):
    """A topic."""

    __slots__ = ()
    _keys = ("topic", "claims")

    @property
    def topic(self) -> Ref:
        """Which."""
        found = self._one("topic", Ref)
        assert found is not None
        return found

    @property
    def claims(self) -> int:
        """How many claims are about it, or take a stance toward it."""
        found: int = self._json["claims"]
        return found


class OverviewDocument(Row):
    """A document."""

    __slots__ = ()
    _keys = ("document", "claims")

    @property
    def document(self) -> Ref:
        """Which."""
        found = self._one("document", Ref)
        assert found is not None
        return found

    @property
    def claims(self) -> int:
        """How many claims have a passage in it."""
        found: int = self._json["claims"]
        return found


class OverviewFindings(Row):
    """What `annals check` finds in all facts."""

    __slots__ = ()
    _keys = ("errors", "warnings")

    @property
    def errors(self) -> int:
        """Errors."""
        found: int = self._json["errors"]
        return found

    @property
    def warnings(self) -> int:
        """Warnings."""
        found: int = self._json["warnings"]
        return found


class Shown(Row):
    """Everything about one record."""

    __slots__ = ()
    _keys = ("id", "kind", "label", "when", "narrowed", "reported", "fields", "retracted", "edges_out", "edges_in", "contradictions", "more_contradictions", "passages", "source")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def kind(self) -> Literal["document", "actor", "place", "topic", "event", "claim", "relation", "order"]:
        """The kind of record."""
        found: Literal["document", "actor", "place", "topic", "event", "claim", "relation", "order"] = self._json["kind"]
        return found

    @property
    def label(self) -> str:
        """Its name."""
        found: str = self._json["label"]
        return found

    @property
    def when(self) -> Date | None:
        """Its date, as given."""
        return self._date("when")

    @property
    def narrowed(self) -> Narrowed | None:
        """Its date, given all facts."""
        return self._one("narrowed", Narrowed)

    @property
    def reported(self) -> Day | None:
        """The day of its first publication."""
        return self._day("reported")

    @property
    def fields(self) -> Any:
        """Its fields, as the fact format writes them."""
        found: Any = self._json.get("fields")
        return found

    @property
    def retracted(self) -> Retraction | None:
        """Its retraction."""
        return self._one("retracted", Retraction)

    @property
    def edges_out(self) -> tuple[Edge, ...]:
        """The edges that start at it; for a relation or an order, its own edge."""
        return self._all("edges_out", Edge)

    @property
    def edges_in(self) -> tuple[Edge, ...]:
        """The edges that end at it."""
        return self._all("edges_in", Edge)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """For a claim, the claims by the same speaker that it contradicts; for an actor, all the claims in which they contradict themselves."""
        return self._values("contradictions")

    @property
    def more_contradictions(self) -> bool | None:
        """True if there can be more contradictions than these; else left out."""
        found: bool | None = self._json.get("more_contradictions")
        return found

    @property
    def passages(self) -> tuple[ShownPassage, ...]:
        """The passages that show it."""
        return self._all("passages", ShownPassage)

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found


class Edge(Row):
    """An edge of the graph."""

    __slots__ = ()
    _keys = ("source", "target", "kind", "when", "stance", "role", "facts")

    @property
    def source(self) -> Ref:
        """From where."""
        found = self._one("source", Ref)
        assert found is not None
        return found

    @property
    def target(self) -> Ref:
        """To where."""
        found = self._one("target", Ref)
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """The kind of edge, or of relation."""
        found: str = self._json["kind"]
        return found

    @property
    def when(self) -> Date | None:
        """When, as given."""
        return self._date("when")

    @property
    def stance(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """For about: the speaker's stance."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("stance")
        return found

    @property
    def role(self) -> str | None:
        """For participates and relations: the role."""
        found: str | None = self._json.get("role")
        return found

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that create it."""
        return self._values("facts")


class ShownPassage(Row):
    """A passage with the sentence around it."""

    __slots__ = ()
    _keys = ("document", "published", "quote", "page", "spans", "verified", "sentence", "marks", "place")

    @property
    def document(self) -> Ref | None:
        """The document."""
        return self._one("document", Ref)

    @property
    def published(self) -> Date | None:
        """When it was published."""
        return self._date("published")

    @property
    def quote(self) -> str | None:
        """The passage, as quoted."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def page(self) -> str | None:
        """Where in the document it stands, as the document counts its pages; not there where the facts do not say so."""
        found: str | None = self._json.get("page")
        return found

    @property
    def spans(self) -> tuple[tuple[Any, ...], ...]:
        """Its position in the text, as given or as found."""
        return self._lists("spans")

    @property
    def verified(self) -> Literal["exact", "folded", "elided", "ambiguous", "missing"] | None:
        """How it was verified in the text; null if the text is missing."""
        found: Literal["exact", "folded", "elided", "ambiguous", "missing"] | None = self._json.get("verified")
        return found

    @property
    def sentence(self) -> str | None:
        """The sentence or sentences that contain it."""
        found: str | None = self._json.get("sentence")
        return found

    @property
    def marks(self) -> tuple[tuple[Any, ...], ...]:
        """Its position in the sentence, in code points."""
        return self._lists("marks")

    @property
    def place(self) -> Place | None:
        """Its position in the text."""
        return self._one("place", Place)


class Order(Row):
    """The relations that can hold."""

    __slots__ = ()
    _keys = ("first", "second", "possible", "because")

    @property
    def first(self) -> Ref:
        """The first thing."""
        found = self._one("first", Ref)
        assert found is not None
        return found

    @property
    def second(self) -> Ref:
        """The second thing."""
        found = self._one("second", Ref)
        assert found is not None
        return found

    @property
    def possible(self) -> tuple[Literal["before", "meets", "overlaps", "starts", "during", "finishes", "equals", "after", "met_by", "overlapped_by", "started_by", "contains", "finished_by"], ...]:
        """The Allen relations that can hold."""
        return self._values("possible")

    @property
    def because(self) -> tuple[Because, ...]:
        """The facts that rule out the others."""
        return self._all("because", Because)


class Because(Row):
    """A fact that is part of an argument."""

    __slots__ = ()
    _keys = ("id", "source", "words")

    @property
    def id(self) -> str:
        """The record that says it."""
        found: str = self._json["id"]
        return found

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found

    @property
    def words(self) -> str:
        """What it says."""
        found: str = self._json["words"]
        return found


class Agreement(Row):
    """The agreement, and where there is none."""

    __slots__ = ()
    _keys = ("alpha", "both", "only_first", "only_second", "differ")

    @property
    def alpha(self) -> AgreementAlpha:
        """Krippendorff's alpha: 1 is full agreement, 0 what chance would give; also where both always have the same value; null where there is nothing to compare."""
        found = self._one("alpha", AgreementAlpha)
        assert found is not None
        return found

    @property
    def both(self) -> int:
        """How many claims both have, matched one to one by the overlap of their passages."""
        found: int = self._json["both"]
        return found

    @property
    def only_first(self) -> tuple[Ref, ...]:
        """The claims that only the first has."""
        return self._all("only_first", Ref)

    @property
    def only_second(self) -> tuple[Ref, ...]:
        """The claims that only the second has."""
        return self._all("only_second", Ref)

    @property
    def differ(self) -> tuple[AgreementDiffer, ...]:
        """Where claims that both have differ."""
        return self._all("differ", AgreementDiffer)


class AgreementAlpha(Row):
    """Krippendorff's alpha: 1 is full agreement, 0 what chance would give; also where both always have the same value; null where there is nothing to compare."""

    __slots__ = ()
    _keys = ("spans", "speaker", "as", "to", "about", "stance", "act", "mode", "said", "due", "at", "via")

    @property
    def spans(self) -> float | None:
        """Of the passages in texts that are there: alpha for unitizing (Krippendorff 1995, corrected in 2004)."""
        found: float | None = self._json.get("spans")
        return found

    @property
    def speaker(self) -> float | None:
        """Of who spoke: nominal alpha, as of every other field, over the claims that both have."""
        found: float | None = self._json.get("speaker")
        return found

    @property
    def as_(self) -> float | None:
        """Of the office or mandate in which they spoke."""
        found: float | None = self._json.get("as")
        return found

    @property
    def to(self) -> float | None:
        """Of the addressees."""
        found: float | None = self._json.get("to")
        return found

    @property
    def about(self) -> float | None:
        """Of the subjects."""
        found: float | None = self._json.get("about")
        return found

    @property
    def stance(self) -> float | None:
        """Of the stances."""
        found: float | None = self._json.get("stance")
        return found

    @property
    def act(self) -> float | None:
        """Of the act."""
        found: float | None = self._json.get("act")
        return found

    @property
    def mode(self) -> float | None:
        """Of how the statement is reported."""
        found: float | None = self._json.get("mode")
        return found

    @property
    def said(self) -> float | None:
        """Of the date."""
        found: float | None = self._json.get("said")
        return found

    @property
    def due(self) -> float | None:
        """Of when it is due."""
        found: float | None = self._json.get("due")
        return found

    @property
    def at(self) -> float | None:
        """Of the event at which it was said."""
        found: float | None = self._json.get("at")
        return found

    @property
    def via(self) -> float | None:
        """Of who passed it on."""
        found: float | None = self._json.get("via")
        return found


class AgreementDiffer(Row):
    """A field in which they differ."""

    __slots__ = ()
    _keys = ("claims", "field", "values")

    @property
    def claims(self) -> tuple[Ref, ...]:
        """The claim of the first, and that of the second."""
        return self._all("claims", Ref)

    @property
    def field(self) -> Literal["spans", "speaker", "as", "to", "about", "stance", "act", "mode", "said", "due", "at", "via"]:
        """The field; spans for their passages."""
        found: Literal["spans", "speaker", "as", "to", "about", "stance", "act", "mode", "said", "due", "at", "via"] = self._json["field"]
        return found

    @property
    def values(self) -> tuple[Any | None, ...]:
        """What the first has, and what the second."""
        return self._values("values")


class Why(Row):
    """Its bounds."""

    __slots__ = ()
    _keys = ("id", "bounds")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def bounds(self) -> tuple[WhyBound, ...]:
        """The bounds that some fact gives."""
        return self._all("bounds", WhyBound)


class WhyBound(Row):
    """A bound."""

    __slots__ = ()
    _keys = ("point", "side", "day", "because")

    @property
    def point(self) -> Literal["start", "end"]:
        """Which end."""
        found: Literal["start", "end"] = self._json["point"]
        return found

    @property
    def side(self) -> Literal["first", "last"]:
        """Not before, or not after."""
        found: Literal["first", "last"] = self._json["side"]
        return found

    @property
    def day(self) -> Day | None:
        """The day."""
        return self._day("day")

    @property
    def because(self) -> tuple[Because, ...]:
        """The chain of facts."""
        return self._all("because", Because)


class NetworkWhy(Row):
    """A weight and what it is made of."""

    __slots__ = ()
    _keys = ("a", "b", "numerator", "denominator", "weight", "exact", "statements", "things")

    @property
    def a(self) -> Ref:
        """The node with the lower id; in an affiliation the actor."""
        found = self._one("a", Ref)
        assert found is not None
        return found

    @property
    def b(self) -> Ref:
        """The other node; in an affiliation the thing."""
        found = self._one("b", Ref)
        assert found is not None
        return found

    @property
    def numerator(self) -> tuple[float, ...]:
        """What all things add, at least and at most."""
        return self._values("numerator")

    @property
    def denominator(self) -> tuple[float, ...]:
        """By what that is divided, at least and at most; 1 where it is not."""
        return self._values("denominator")

    @property
    def weight(self) -> tuple[float, ...]:
        """The weight, at least and at most."""
        return self._values("weight")

    @property
    def exact(self) -> bool:
        """Whether these are the least and the most of all readings of the dates. Else they enclose them."""
        found: bool = self._json["exact"]
        return found

    @property
    def statements(self) -> tuple[tuple[Any, ...], ...]:
        """How many statements either makes in all, at least and at most; in an affiliation of the actor, and about the thing."""
        return self._lists("statements")

    @property
    def things(self) -> tuple[NetworkWhyThing, ...]:
        """The things that can add to it, by id."""
        return self._all("things", NetworkWhyThing)


class NetworkWhyThing(Row):
    """What both say of a thing."""

    __slots__ = ()
    _keys = ("thing", "adds", "a", "b")

    @property
    def thing(self) -> Ref:
        """The thing."""
        found = self._one("thing", Ref)
        assert found is not None
        return found

    @property
    def adds(self) -> tuple[float, ...]:
        """What it adds to the numerator, at least and at most."""
        return self._values("adds")

    @property
    def a(self) -> tuple[NetworkWhyThingA, ...]:
        """The statements of the one that can count."""
        return self._all("a", NetworkWhyThingA)

    @property
    def b(self) -> tuple[NetworkWhyThingB, ...]:
        """Those of the other; none in an affiliation."""
        return self._all("b", NetworkWhyThingB)


class NetworkWhyThingA(Row):
    """A statement."""

    __slots__ = ()
    _keys = ("claim", "level", "certain", "quote", "content", "said", "document", "source")

    @property
    def claim(self) -> str:
        """The id of the claim."""
        found: str = self._json["claim"]
        return found

    @property
    def level(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """The stance; null where the claim only speaks of the thing."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("level")
        return found

    @property
    def certain(self) -> bool:
        """Whether it certainly counts for the node in the window."""
        found: bool = self._json["certain"]
        return found

    @property
    def quote(self) -> str | None:
        """The words."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def content(self) -> str | None:
        """What was said, in the annotator's words."""
        found: str | None = self._json.get("content")
        return found

    @property
    def said(self) -> Date | None:
        """When it was said."""
        return self._date("said")

    @property
    def document(self) -> Ref | None:
        """The document of its first passage."""
        return self._one("document", Ref)

    @property
    def source(self) -> Place:
        """Where it is written."""
        found = self._one("source", Place)
        assert found is not None
        return found


class NetworkWhyThingB(Row):
    """A statement."""

    __slots__ = ()
    _keys = ("claim", "level", "certain", "quote", "content", "said", "document", "source")

    @property
    def claim(self) -> str:
        """The id of the claim."""
        found: str = self._json["claim"]
        return found

    @property
    def level(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """The stance; null where the claim only speaks of the thing."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("level")
        return found

    @property
    def certain(self) -> bool:
        """Whether it certainly counts for the node in the window."""
        found: bool = self._json["certain"]
        return found

    @property
    def quote(self) -> str | None:
        """The words."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def content(self) -> str | None:
        """What was said, in the annotator's words."""
        found: str | None = self._json.get("content")
        return found

    @property
    def said(self) -> Date | None:
        """When it was said."""
        return self._date("said")

    @property
    def document(self) -> Ref | None:
        """The document of its first passage."""
        return self._one("document", Ref)

    @property
    def source(self) -> Place:
        """Where it is written."""
        found = self._one("source", Place)
        assert found is not None
        return found


class Network(Row):
    """The network."""

    __slots__ = ()
    _keys = ("of", "over", "measure", "sign", "normalise", "duplicates", "scale", "windows")

    @property
    def of(self) -> Literal["actors", "things"]:
        """What the nodes are."""
        found: Literal["actors", "things"] = self._json["of"]
        return found

    @property
    def over(self) -> Literal["things", "topics", "actors", "events"]:
        """Which things count."""
        found: Literal["things", "topics", "actors", "events"] = self._json["over"]
        return found

    @property
    def measure(self) -> Literal["congruence", "conflict", "subtract", "ignore", "affiliation"]:
        """What makes a tie."""
        found: Literal["congruence", "conflict", "subtract", "ignore", "affiliation"] = self._json["measure"]
        return found

    @property
    def sign(self) -> Literal["net", "any", "kinds"] | None:
        """What an affiliation counts."""
        found: Literal["net", "any", "kinds"] | None = self._json.get("sign")
        return found

    @property
    def normalise(self) -> Literal["no", "average", "jaccard", "cosine", "activity", "prominence"]:
        """By what a weight is divided."""
        found: Literal["no", "average", "jaccard", "cosine", "activity", "prominence"] = self._json["normalise"]
        return found

    @property
    def duplicates(self) -> Literal["keep", "document", "week", "month", "year", "range", "dna-week", "dna-month"]:
        """Which statements count once."""
        found: Literal["keep", "document", "week", "month", "year", "range", "dna-week", "dna-month"] = self._json["duplicates"]
        return found

    @property
    def scale(self) -> Literal["two", "three"]:
        """The levels of stances."""
        found: Literal["two", "three"] = self._json["scale"]
        return found

    @property
    def windows(self) -> tuple[NetworkWindow, ...]:
        """The windows, in order; one without `--window` and `--every`."""
        return self._all("windows", NetworkWindow)


class NetworkWindow(Row):
    """A window of time."""

    __slots__ = ()
    _keys = ("from", "until", "statements", "nodes", "edges")

    @property
    def from_(self) -> Day | None:
        """Its first day; null where it has no beginning."""
        return self._day("from")

    @property
    def until(self) -> Day | None:
        """Its last day; null where it has no end."""
        return self._day("until")

    @property
    def statements(self) -> tuple[int, ...]:
        """How many statements there are in it, at least and at most."""
        return self._values("statements")

    @property
    def nodes(self) -> tuple[NetworkWindowNode, ...]:
        """The nodes, by id; in an affiliation the actors, then the things."""
        return self._all("nodes", NetworkWindowNode)

    @property
    def edges(self) -> tuple[NetworkWindowEdge, ...]:
        """The ties, by id; with `--top`, heaviest first. Ties whose weight is 0 at least and at most are left out."""
        return self._all("edges", NetworkWindowEdge)


class NetworkWindowNode(Row):
    """A node."""

    __slots__ = ()
    _keys = ("id", "name", "kind", "statements")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def name(self) -> str:
        """Its name."""
        found: str = self._json["name"]
        return found

    @property
    def kind(self) -> str:
        """Of an actor its kind, such as `organization`; else `topic`, `event` and the like."""
        found: str = self._json["kind"]
        return found

    @property
    def statements(self) -> tuple[int, ...]:
        """How many statements of its there are in the window, at least and at most."""
        return self._values("statements")


class NetworkWindowEdge(Row):
    """Two nodes, or an actor and a thing."""

    __slots__ = ()
    _keys = ("a", "b", "weight", "exact", "things", "kinds")

    @property
    def a(self) -> Ref:
        """The node with the lower id; in an affiliation the actor."""
        found = self._one("a", Ref)
        assert found is not None
        return found

    @property
    def b(self) -> Ref:
        """The other node; in an affiliation the thing."""
        found = self._one("b", Ref)
        assert found is not None
        return found

    @property
    def weight(self) -> tuple[float, ...]:
        """The weight, at least and at most. Of kinds, DNA's code: for 1, against 2, both 3."""
        return self._values("weight")

    @property
    def exact(self) -> bool:
        """Whether these are the least and the most of all readings of the dates. Else they enclose them."""
        found: bool = self._json["exact"]
        return found

    @property
    def things(self) -> int | None:
        """How many things can add to the weight; not in an affiliation."""
        found: int | None = self._json.get("things")
        return found

    @property
    def kinds(self) -> tuple[Literal["for", "against", "both", "neutral", "for and neutral", "against and neutral", "both and neutral"], ...]:
        """With `--sign kinds`: which can be all that the actor says of the thing."""
        return self._values("kinds")


class Summary(Row):
    """Counts."""

    __slots__ = ()
    _keys = ("errors", "warnings", "records", "documents_without_text")

    @property
    def errors(self) -> int:
        """Findings that cannot be true or cannot be used."""
        found: int = self._json["errors"]
        return found

    @property
    def warnings(self) -> int:
        """Findings that are unlikely."""
        found: int = self._json["warnings"]
        return found

    @property
    def records(self) -> int:
        """Records that were read."""
        found: int = self._json["records"]
        return found

    @property
    def documents_without_text(self) -> int:
        """Documents whose text is missing."""
        found: int = self._json["documents_without_text"]
        return found


class GraphNode(Row):
    """A node."""

    __slots__ = ()
    _keys = ("id", "kind", "label", "first", "last", "written", "precision", "calendar", "display", "reported", "type", "narrator", "evidence", "source", "note", "tags", "confidence", "recorded", "retracted", "ignore", "title", "author", "publisher", "language", "url", "text", "sha256", "name", "aliases", "unnamed", "same_as", "lat", "lon", "status", "weekday", "as", "act", "mode", "quote", "content")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def kind(self) -> Literal["actor", "event", "claim", "topic", "place", "document"]:
        """The kind of node."""
        found: Literal["actor", "event", "claim", "topic", "place", "document"] = self._json["kind"]
        return found

    @property
    def label(self) -> str:
        """Its name."""
        found: str = self._json["label"]
        return found

    @property
    def first(self) -> Day | None:
        """The first day of its date."""
        return self._day("first")

    @property
    def last(self) -> Day | None:
        """The last day of its date."""
        return self._day("last")

    @property
    def written(self) -> str | None:
        """Its date as written."""
        found: str | None = self._json.get("written")
        return found

    @property
    def precision(self) -> str | None:
        """How precise its date is."""
        found: str | None = self._json.get("precision")
        return found

    @property
    def calendar(self) -> str | None:
        """The calendar of its date."""
        found: str | None = self._json.get("calendar")
        return found

    @property
    def display(self) -> str | None:
        """The source's own wording of its date."""
        found: str | None = self._json.get("display")
        return found

    @property
    def reported(self) -> Day | None:
        """The day of its first publication."""
        return self._day("reported")

    @property
    def type(self) -> str | None:
        """The kind given by its record: person, report, …"""
        found: str | None = self._json.get("type")
        return found

    @property
    def narrator(self) -> bool | None:
        """Whether a claim is the narrator's own."""
        found: bool | None = self._json.get("narrator")
        return found

    @property
    def evidence(self) -> tuple[GraphEvidence, ...]:
        """The passages behind it."""
        return self._all("evidence", GraphEvidence)

    @property
    def source(self) -> Place:
        """Its position."""
        found = self._one("source", Place)
        assert found is not None
        return found

    @property
    def note(self) -> Any:
        """Of its record: the annotator's note."""
        found: Any = self._json.get("note")
        return found

    @property
    def tags(self) -> Any:
        """Of its record: tags to find it by."""
        found: Any = self._json.get("tags")
        return found

    @property
    def confidence(self) -> Any:
        """Of its record: how sure the annotator is, 0 to 1."""
        found: Any = self._json.get("confidence")
        return found

    @property
    def recorded(self) -> Any:
        """Of its record: when it entered the data set."""
        found: Any = self._json.get("recorded")
        return found

    @property
    def retracted(self) -> Any:
        """Of its record: when it was retracted, and why."""
        found: Any = self._json.get("retracted")
        return found

    @property
    def ignore(self) -> Any:
        """Of its record: findings to silence, each with a reason."""
        found: Any = self._json.get("ignore")
        return found

    @property
    def title(self) -> Any:
        """Of a document: its title."""
        found: Any = self._json.get("title")
        return found

    @property
    def author(self) -> Any:
        """Of a document: who wrote it."""
        found: Any = self._json.get("author")
        return found

    @property
    def publisher(self) -> Any:
        """Of a document: who published it."""
        found: Any = self._json.get("publisher")
        return found

    @property
    def language(self) -> Any:
        """Of a document: its language as a BCP 47 tag: en, uk."""
        found: Any = self._json.get("language")
        return found

    @property
    def url(self) -> Any:
        """Of a document: where it can be read."""
        found: Any = self._json.get("url")
        return found

    @property
    def text(self) -> Any:
        """Of a document: path of its plain text, relative to the fact file or a folder for texts."""
        found: Any = self._json.get("text")
        return found

    @property
    def sha256(self) -> Any:
        """Of a document: the SHA-256 of that text, as 64 hexadecimal digits."""
        found: Any = self._json.get("sha256")
        return found

    @property
    def name(self) -> Any:
        """Of an actor: its name."""
        found: Any = self._json.get("name")
        return found

    @property
    def aliases(self) -> Any:
        """Of an actor: other names, in any script."""
        found: Any = self._json.get("aliases")
        return found

    @property
    def unnamed(self) -> Any:
        """Of an actor: whether the source does not name them."""
        found: Any = self._json.get("unnamed")
        return found

    @property
    def same_as(self) -> Any:
        """Of an actor: the same actor elsewhere, as CURIEs: wikidata:Q…"""
        found: Any = self._json.get("same_as")
        return found

    @property
    def lat(self) -> Any:
        """Of a place: latitude in degrees, north positive."""
        found: Any = self._json.get("lat")
        return found

    @property
    def lon(self) -> Any:
        """Of a place: longitude in degrees, east positive."""
        found: Any = self._json.get("lon")
        return found

    @property
    def status(self) -> Any:
        """Of an event: whether it took place."""
        found: Any = self._json.get("status")
        return found

    @property
    def weekday(self) -> Any:
        """Of an event: the day of the week, as worded in the source."""
        found: Any = self._json.get("weekday")
        return found

    @property
    def as_(self) -> Any:
        """Of a claim: the relation in which they speak: an office, a mandate."""
        found: Any = self._json.get("as")
        return found

    @property
    def act(self) -> Any:
        """Of a claim: what the speaker does by saying it."""
        found: Any = self._json.get("act")
        return found

    @property
    def mode(self) -> Any:
        """Of a claim: how the statement is reported."""
        found: Any = self._json.get("mode")
        return found

    @property
    def quote(self) -> Any:
        """Of a claim: the text within quotation marks."""
        found: Any = self._json.get("quote")
        return found

    @property
    def content(self) -> Any:
        """Of a claim: what was said, in the annotator's words."""
        found: Any = self._json.get("content")
        return found


class GraphEvidence(Row):
    """A passage behind a node or edge."""

    __slots__ = ()
    _keys = ("document", "quote", "spans", "verified")

    @property
    def document(self) -> str | None:
        """Id of the document."""
        found: str | None = self._json.get("document")
        return found

    @property
    def quote(self) -> str | None:
        """The passage."""
        found: str | None = self._json.get("quote")
        return found

    @property
    def spans(self) -> tuple[tuple[Any, ...], ...]:
        """Its position."""
        return self._lists("spans")

    @property
    def verified(self) -> Literal["exact", "folded", "elided", "ambiguous", "missing"] | None:
        """How it was verified in the text."""
        found: Literal["exact", "folded", "elided", "ambiguous", "missing"] | None = self._json.get("verified")
        return found


class GraphEdge(Row):
    """An edge of the node-link graph. An edge created by a relation or an order also has the fields of that record."""

    __slots__ = ()
    _keys = ("source", "target", "key", "kind", "first", "last", "weight", "facts", "evidence", "written", "precision", "calendar", "display", "stance", "role", "origin", "relation", "by", "from", "to", "note", "tags", "confidence", "recorded", "retracted", "ignore")

    @property
    def source(self) -> str:
        """Id of the node at which it starts."""
        found: str = self._json["source"]
        return found

    @property
    def target(self) -> str:
        """Id of the node at which it ends."""
        found: str = self._json["target"]
        return found

    @property
    def key(self) -> int:
        """Distinguishes parallel edges."""
        found: int = self._json["key"]
        return found

    @property
    def kind(self) -> str:
        """The kind of edge, or of relation."""
        found: str = self._json["kind"]
        return found

    @property
    def first(self) -> Day | None:
        """The first day of its date."""
        return self._day("first")

    @property
    def last(self) -> Day | None:
        """The last day of its date."""
        return self._day("last")

    @property
    def weight(self) -> int | None:
        """With --merge-edges: how many edges were merged into it. It has the days that they all cover together, all their facts and passages, and of everything else only what they have in common."""
        found: int | None = self._json.get("weight")
        return found

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that create it."""
        return self._values("facts")

    @property
    def evidence(self) -> tuple[GraphEvidence, ...]:
        """The passages behind it."""
        return self._all("evidence", GraphEvidence)

    @property
    def written(self) -> str | None:
        """Its date as written."""
        found: str | None = self._json.get("written")
        return found

    @property
    def precision(self) -> str | None:
        """How precise its date is."""
        found: str | None = self._json.get("precision")
        return found

    @property
    def calendar(self) -> str | None:
        """The calendar of its date."""
        found: str | None = self._json.get("calendar")
        return found

    @property
    def display(self) -> str | None:
        """The source's own wording of its date."""
        found: str | None = self._json.get("display")
        return found

    @property
    def stance(self) -> Literal["supports", "opposes", "neutral", "mixed"] | None:
        """For about: the speaker's stance."""
        found: Literal["supports", "opposes", "neutral", "mixed"] | None = self._json.get("stance")
        return found

    @property
    def role(self) -> str | None:
        """For participates and relations: the role."""
        found: str | None = self._json.get("role")
        return found

    @property
    def origin(self) -> Place | None:
        """The position of the relation or order that creates it."""
        return self._one("origin", Place)

    @property
    def relation(self) -> Any:
        """For order: how the first relates to the second; if there are several, one of them holds."""
        found: Any = self._json.get("relation")
        return found

    @property
    def by(self) -> Any:
        """For order: the distance between them, as written."""
        found: Any = self._json.get("by")
        return found

    @property
    def from_(self) -> Any:
        """For order: the end of the first from which the distance is measured."""
        found: Any = self._json.get("from")
        return found

    @property
    def to(self) -> Any:
        """For order: the end of the second to which it is measured."""
        found: Any = self._json.get("to")
        return found

    @property
    def note(self) -> Any:
        """For relations and orders: the annotator's note."""
        found: Any = self._json.get("note")
        return found

    @property
    def tags(self) -> Any:
        """For relations and orders: tags to find it by."""
        found: Any = self._json.get("tags")
        return found

    @property
    def confidence(self) -> Any:
        """For relations and orders: how sure the annotator is, 0 to 1."""
        found: Any = self._json.get("confidence")
        return found

    @property
    def recorded(self) -> Any:
        """For relations and orders: when it entered the data set."""
        found: Any = self._json.get("recorded")
        return found

    @property
    def retracted(self) -> Any:
        """For relations and orders: when it was retracted, and why."""
        found: Any = self._json.get("retracted")
        return found

    @property
    def ignore(self) -> Any:
        """For relations and orders: findings to silence, each with a reason."""
        found: Any = self._json.get("ignore")
        return found


class Chain(Row):
    """A path of edges."""

    __slots__ = ()
    _keys = ("nodes", "edges", "certain")

    @property
    def nodes(self) -> tuple[ChainNode, ...]:
        """The nodes, including both ends."""
        return self._all("nodes", ChainNode)

    @property
    def edges(self) -> tuple[GraphEdge, ...]:
        """The edges between them; some may be followed against their direction."""
        return self._all("edges", GraphEdge)

    @property
    def certain(self) -> bool:
        """Whether it certainly matches, not only possibly."""
        found: bool = self._json["certain"]
        return found


class ChainNode(Row):
    """A node."""

    __slots__ = ()
    _keys = ("id", "name", "kind")

    @property
    def id(self) -> str:
        """Its id."""
        found: str = self._json["id"]
        return found

    @property
    def name(self) -> str:
        """Its name."""
        found: str = self._json["name"]
        return found

    @property
    def kind(self) -> Literal["actor", "event", "claim", "topic", "place", "document"]:
        """The kind of node."""
        found: Literal["actor", "event", "claim", "topic", "place", "document"] = self._json["kind"]
        return found
