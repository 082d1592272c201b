"""Opens briefs with programs that are not ours: every claim stands in each, in order, with its words.

check_brief.py FOLDER   NAME.docx, NAME.html, NAME.md, NAME.json (of said), NAME.html.pdf, NAME.pdf
"""

import sys
from html.parser import HTMLParser
from pathlib import Path

from docx import Document


class Text(HTMLParser):
    """The articles of a page, and whether anything in it would run."""

    def __init__(self):
        super().__init__()
        self.articles, self.tags = [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attributes), attributes
        if tag == "article":
            self.articles.append("")

    def handle_data(self, data):
        if self.articles:
            self.articles[-1] += data


def shown(text):
    """The words as a brief writes them: on one line, what is hidden written out."""
    hidden = lambda c: (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u061c\u200e\u200f"
                        or 0x2028 <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x206F
                        or 0xFFF9 <= ord(c) <= 0xFFFB or 0xE0000 <= ord(c) <= 0xE007F)
    line = "".join(" " if c in "\n\r\t\u2028\u2029" else "\ufffd" if c in "\ufffe\uffff" else c for c in text)
    return "".join(f"\\u{{{ord(c):x}}}" if hidden(c) else c for c in line)


def entries(document):
    """The numbered claims of a document of a word processor: the head, and what stands below it."""
    found, here = [], None
    for paragraph in document.paragraphs:
        style = paragraph.style.name.lower()
        text = "".join(node.text or "" for node in paragraph._p.iter() if node.tag.endswith("}t"))
        if style == "heading 1":
            if text == "Sources":
                break
        elif style == "heading 2":
            here = [text]
            found.append(here)
        elif here is not None:
            here.append(text)
    return found


def main(folder):
    import json
    count = 0
    for path in sorted(Path(folder).glob("*.docx")):
        claims = json.loads(path.with_suffix(".json").read_text())["data"]
        written = entries(Document(str(path)))
        page = Text()
        page.feed(path.with_suffix(".html").read_text())
        assert "script" not in page.tags and "img" not in page.tags, page.tags
        assert len(written) == len(claims), (path, len(written), len(claims))
        assert len(page.articles) >= len(claims), path
        for number, (claim, entry, article) in enumerate(zip(claims, written, page.articles), 1):
            assert entry[0].startswith(str(number)), (path, number, entry[0])
            words = "\n".join(entry)
            for name in ("quote", "content"):
                if claim[name]:
                    assert shown(claim[name]) in words, (path, number, claim[name])
                    assert shown(claim[name]) in article, (path, number, claim[name])
            assert shown(claim["id"]) in words and shown(claim["id"]) in article, (path, number)
            count += 1
        for pdf in (path.with_suffix(".pdf"), path.with_suffix(".html.pdf")):
            if pdf.exists():
                assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 5000, pdf
    assert count > 100, count
    print(f"{count} claims stand in their briefs")


main(sys.argv[1])
