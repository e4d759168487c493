"""Hypothesis strategies for text that means mischief, in every place where a map can hold text."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from loopmap.model import Claim, Element, Link, NamedLoop, SystemMap
from loopmap.model.text import one_line
from loopmap.polarity import Polarity
from loopmap.testing.strategies import texts

__all__ = ["hostile_maps", "hostile_texts"]

#: What breaks out of a string, or means something, in one of the languages we write.
PIECES = (
    '"', "'", "\\", '\\"', "&", "&amp;", "&lt;", "&#60;", "&quot;", ";", ",", "|", "{", "}", "<",
    ">", "]", "]]>", "<!--", "-->", "<b>", "</b>", "<script>alert(1)</script>", "</text>",
    "</title>", "</desc>", '" onload="alert(1)', "' onload='alert(1)", "javascript:alert(1)",
    '", URL="javascript:alert(1)', '"]; evil [URL="javascript:alert(1)"', "\\N", "\\n", "\\l",
    "\\G", "\\E", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1", "$\\frac{1}", "$",
    "$x^2$", "{title}", "{0}", "%s", "%d", "#", "//", "/*", "*/", "`", "**b**", "[a](javascript:b)",
    "R&amp;D", "R&D", "\u202eevil", "\u2066", "\u2069", "\u200b", "\ufeff", "\u200f", "سلام", "é",
    "\U0001f469\u200d\U0001f467", " ", "a", "B2", "[31m", "\\x1b[31m", "\u00a0", "element 1",
)  # fmt: skip


@cache
def hostile_texts(min_size: int = 1) -> st.SearchStrategy[str]:
    """One line of text that a map can hold, made of pieces that other languages trip over."""
    pieces = st.lists(st.sampled_from(PIECES), min_size=min_size, max_size=4).map("".join)
    text = st.one_of(pieces, pieces, texts(min_size)).map(one_line)
    return text.filter(lambda t: len(t) >= min_size)


@st.composite
def hostile_maps(draw: st.DrawFn) -> SystemMap:
    """Small maps with such text everywhere: no name, quote, note or header line is harmless.

    Each has a stock, variables and a stakeholder, a loop that somebody named, a disputed link,
    a link with a route, and all that a claim can say.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=10)
    ... @given(hostile_maps())
    ... def test_every_map_has_two_voices(map):
    ...     assert len(map.perspectives) == 2
    >>> test_every_map_has_two_voices()
    """
    text = hostile_texts()
    a, b, c, holder = draw(st.lists(text, min_size=4, max_size=4, unique=True))
    one, other = draw(st.lists(text, min_size=2, max_size=2, unique=True))
    sign = st.sampled_from([Polarity.POSITIVE, Polarity.NEGATIVE])

    def said(who: str | None, *, signed: bool = True) -> Claim:
        return Claim(
            who,
            draw(sign) if signed else "?",
            delayed=draw(st.booleans()),
            strength=draw(st.sampled_from([None, 0.5])),
            evidence="stated",
            basis=draw(text),
            quote=draw(text),
            source=draw(text),
            note=draw(text),
        )

    return SystemMap(
        [
            Element(a, "stock", notes=draw(text), tags=draw(text)),
            *(Element(name, notes=draw(text), tags=draw(text)) for name in (b, c)),
            Element(holder, "stakeholder", notes=draw(text), tags=draw(text)),
        ],
        [
            Link(a, b, claims=[Claim(one, "+"), said(other)]),
            Link(b, a, claims=[said(one)], route=draw(text)),
            Link(b, a, claims=[said(None)], route=draw(text) + " 2"),
            Link(b, c, claims=[said(other)]),
            Link(holder, b, kind="holds", claims=[said(one, signed=False)]),
        ],
        [NamedLoop(draw(text), [a, b], draw(st.sampled_from(["R", "B", ""])), draw(text))],
        title=draw(text), subtitle=draw(text), author=draw(text), date=draw(text),
        about=draw(text), sources=draw(text), focal=b,
    )  # fmt: skip
