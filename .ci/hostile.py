"""Facts whose every name is hard on some format, as JSON Lines on standard output: what is exported
of them must come back the same through readers that are not ours."""

import json

NAMES = [
    "plain",
    "\"quotes\" 'single' “curly” `back` ``` three",
    "a & b < c > d ]]> <!-- --> &amp; &#0; #quot; #35; &lt;",
    "line\nbreak\r\nand\ttab",
    "nul \0 bell \a escape \x1b del \x7f nel \x85",
    "عربى \u202eabc\u202c \u2066isolate\u2069 \u200f mark \ufeff",
    "👩‍👩‍👧‍👦 👍🏽 🇺🇦 e\u0301",
    "\\N \\l \\r \\\" \\u0041 \\",
    "=1+1;@x,-y",
    "style a:b #c; classDef d:e #f; %% comment %%{init: {}}%%",
    "1. one\n- two\n* three _four_ **five**",
    "subgraph end --> x --o y |label| [box] (round) {brace} ;",
    "section title timeline : : #hash",
    "http://x/?a=1&b=<2>#c javascript:alert(1) <script>alert(1)</script>",
    "https://youtu.be/x https://imgur.com/y <blockquote>",
    "\u2028 line \u2029 paragraph \ufffe \uffff",
    "漢字かな交じり文" * 1250,
    "word " * 2000 + "end",
    "x" * 10_000,
    "ﬂ°°58¶ß ﬂ° Straße",
]

CLEAN = "abcxyz é漢🙂#/?%&<>\"'{}|^`\\:;,=+*@!~$()[]-_. \u202e"


def record(**fields):
    print(json.dumps(fields, ensure_ascii=False))


for nth, name in enumerate(NAMES):
    # An id may have all but control characters and white space at its ends.
    own = f"{nth}{CLEAN[nth % len(CLEAN):]}{nth}"
    record(type="document", id=f"d{own}", title=name, published="2021-05-06", url=name, author=[name],
           publisher=name, note=name)
    record(type="actor", id=f"a{own}", name=name, kind="person", aliases=[name], same_as=[name])
    record(type="place", id=f"p{own}", name=name, lat=1.5, lon=-2.25)
    record(type="topic", id=f"t{own}", label=name, about=[f"a{own}"])
    record(type="event", id=f"e{own}", label=name, kind=name, when={"edtf": "2021-05", "display": name},
           participants=[{"actor": f"a{own}", "role": name}], place=f"p{own}",
           evidence=[{"document": f"d{own}", "quote": name, "spans": [[0, 3], [5, 9]]}])
    record(type="claim", id=f"c{own}", speaker=[f"a{own}"], about=[f"t{own}"],
           stance=[{"toward": f"t{own}", "value": "supports"}], quote=name, content=name, said="-0043-03-15",
           evidence=[{"document": f"d{own}", "quote": name}], tags=[name], x_own=name)
    record(type="relation", id=f"r{own}", to="a0" + CLEAN + "0", kind="represents", role=name,
           **{"from": f"a{own}"}, when="1999~/2004")
