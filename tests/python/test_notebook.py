"""What notebooks show: no script, nothing unescaped, nothing left out silently."""

from __future__ import annotations

import html.parser
import json
import re
from pathlib import Path

import annals
import pytest

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><style>*{display:none}</style>",
    "\u202egnp.exe",
    "{{7*7}} &lt;b&gt; ]]>",
    "javascript:alert(1)",
]


class Elements(html.parser.HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


ALLOWED = {"table", "thead", "tbody", "tr", "th", "td", "div", "code", "details", "summary", "pre", "span"}


def hostile() -> annals.Store:
    actors = [{"id": f"a{nth}", "name": text, "kind": "person"} for nth, text in enumerate(HOSTILE)]
    claims = [
        {
            "id": f"c{nth}",
            "speaker": f"a{nth}",
            "quote": text,
            "content": text * 40,
            "said": "2023-04",
            "evidence": [{"document": "d", "quote": text}],
        }
        for nth, text in enumerate(HOSTILE)
    ]
    documents = [{"id": "d", "title": HOSTILE[1], "published": "2023"}]
    facts = {"annals": 1, "actors": actors, "claims": claims, "documents": documents}
    return annals.loads(json.dumps(facts), "json")


def test_nothing_in_a_repr_is_markup() -> None:
    store = hostile()
    graph = store.subgraph()
    for answer in (store.said(), store.positions(), store.find("alert"), store.check(), graph.nodes, graph.edges):
        shown = answer._repr_html_()
        page = Elements(shown)
        assert page.open == [] and page.names <= ALLOWED, page.names
        assert page.attributes <= {"style", "title"}
        assert "\u202e" not in shown and "<script" not in shown


def test_rows_that_are_not_shown_are_counted(kyiv: annals.Store) -> None:
    claims = kyiv.said()
    shown = claims._repr_html_()
    assert shown.count("<tr") == 21
    assert f"{len(claims) - 20} more of {len(claims)}" in shown
    whole = claims.show(rows=None)._repr_html_()
    assert whole.count("<tr") == len(claims) + 1 and "more of" not in whole
    assert "more of" in repr(claims.show(3))
    few = kyiv.said(limit=2)
    said = "".join(f"annals: {note}\n" for note in few.warnings)
    assert few.warnings and repr(few.show()) + "\n" == few.render("table") + said


def test_what_is_shown_fits_a_page(kyiv: annals.Store, tmp_path: Path) -> None:
    shown = kyiv.said(by="Zelensky")._repr_html_()
    assert re.findall("<th [^>]*>([^<]*)</th>", shown) == ["when", "who", "how", "what", "source", "id"]
    claim = next(one for one in kyiv.said(by="Zelensky") if one.to)
    assert f"Volodymyr Zelensky\n→ {claim.to[0]}" in shown and f"kyiv.yaml:{claim.source.line}" in shown
    # Two that contradict each other: who, when and where, of both.
    pairs = kyiv.contradictions()
    shown = pairs._repr_html_()
    assert re.findall("<th [^>]*>([^<]*)</th>", shown) == ["kind", "toward", "first", "second"]
    for pair in pairs[:3]:
        for one in pair.claims:
            assert f"{one.speaker[0]}, " in shown and f"kyiv.yaml:{one.source.line}" in shown
    assert str(pairs[0].claims[0]).startswith("Russia, undated: Ukraine in NATO")
    # A finding: its places, and what is said of each.
    file = tmp_path / "facts.yaml"
    file.write_text("annals: 1\nclaims:\n  - {id: c, speaker: nobody, content: x}\n")
    with pytest.warns(annals.FactsWarning):
        store = annals.open(file)
    assert "facts.yaml:3" in store.check()._repr_html_()
    facts = annals.Facts()
    facts.claim(speaker="nobody", content="x")
    assert facts.check().command is None and "test_notebook.py:" in facts.check()._repr_html_()
    # Numbers are as short as people write them, and what is exact is one.
    weights = re.findall(r"<td [^>]*>([\d. to]+)</td>", kyiv.network().edges._repr_html_())
    assert weights and all(len(one) <= 5 for one in weights)


def test_possibly_is_a_word() -> None:
    store = annals.loads(
        "annals: 1\nactors: [{id: a, name: A, kind: person}]\n"
        "claims:\n  - {id: c, speaker: a, content: x, said: 2023}\n"
    )
    shown = store.said(from_="2023-04-20", until="2023-04-20")._repr_html_()
    assert "possibly" in shown and "dashed" in shown


def test_a_repr_that_fails_shows_its_text_and_why(kyiv: annals.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from annals import _html

    def fails(*_: object) -> None:
        raise RuntimeError("<b>broken</b>")

    monkeypatch.setattr(_html, "_parts", fails)
    shown = kyiv.said()._repr_html_()
    assert "annals said data/kyiv" in shown and "&lt;b&gt;broken" in shown


def test_pictures_are_a_mime_bundle(kyiv: annals.Store) -> None:
    bundle = kyiv.draw("claims", by="Putin")._repr_mimebundle_()
    assert "<svg" in bundle["image/svg+xml"] and "<script" not in bundle["image/svg+xml"]


def ids_of(svg: str) -> tuple[set[str], set[str]]:
    """The ids of a picture, and those that it refers to."""
    ids = set(re.findall(r'\sid="([^"]+)"', svg))
    return ids, set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))


def test_pictures_on_one_page_have_ids_of_their_own(kyiv: annals.Store, harbour: annals.Store) -> None:
    shown = [
        picture._repr_mimebundle_()["image/svg+xml"]
        for picture in (kyiv.draw("claims"), kyiv.draw("claims", by="Putin"), harbour.draw("ladder"))
    ]
    every = [ids_of(svg) for svg in shown]
    for ids, meant in every:
        assert ids and meant <= ids
    assert not every[0][0] & every[1][0] and not every[0][0] & every[2][0]
    hostile = harbour.draw("claims", title='a id="b" url(#c) <d>')
    words = hostile._repr_mimebundle_()["image/svg+xml"]
    assert "url(#c)" in words


def test_graphs_and_stores_show_themselves(kyiv: annals.Store, harbour: annals.Store) -> None:
    small = kyiv.subgraph(around="Putin")._repr_mimebundle_()
    assert "<svg" in small["image/svg+xml"] and "nodes" in small["text/plain"]
    large = harbour.subgraph()._repr_mimebundle_()
    assert "image/svg+xml" not in large and "<pre>" in large["text/html"]
    assert kyiv.path("putin", "zelensky")._repr_mimebundle_()["text/html"]  # type: ignore[union-attr]
    assert "claims" in kyiv._repr_html_()
    Elements(kyiv._repr_html_())


def test_ids_of_a_picture_begin_as_asked(kyiv: annals.Store) -> None:
    plain, own = kyiv.draw("claims").render("svg"), kyiv.draw("claims", id_prefix="first-").render("svg")
    ids = [set(re.findall(r'<\w+[^<>]*? id="([^"]*)"', svg)) for svg in (plain, own)]
    assert len(ids[0]) > 10 and ids[1] == {f"first-{one}" for one in ids[0]}
    # Whatever refers to an id refers to it with the prefix.
    for svg, known in zip((plain, own), ids, strict=True):
        uses = re.findall(r'url\(#([^)]*)\)|aria-(?:labelledby|describedby)="([^"]*)"', svg)
        assert {one or other for one, other in uses} <= known
    for wrong in ("", "1a", "a b", 'a"'):
        with pytest.raises(annals.UsageError, match="begins with a letter"):
            kyiv.draw("claims", id_prefix=wrong)
    with pytest.raises(annals.UsageError, match="no ids"):
        kyiv.draw("claims", id_prefix="a").render("dot")
