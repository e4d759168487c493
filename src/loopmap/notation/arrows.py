"""Arrows as people type them, with a sign or a delay in them or beside them.

``A →(+) B``, ``A -+-> B``, ``A -->|+| B``, ``A -- increases --> B``, ``A -//> (−) B``, ``A –> B``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loopmap.notation.quoting import quoted
from loopmap.notation.scanning import Trouble
from loopmap.signs import PLAIN_WORDS, plain_sign, sign_of, sign_of_degree

__all__ = ["HEADS", "Chain", "read_chain"]

#: Arrows of one character; the last is what Word's symbol font has for ``-->``.
HEADS = "→⟶⇒⟹➔➜➝➞➙➛➟➠➡⇨↦⇢⇾⟼⤳⭢⮕🡒🡢►▶\uf0e0"
_ARROW = re.compile(
    rf"""
    (?P<before>(?<!\S)\([ ]?[+−–±?-][ ]?\)[ ]?)?       # A (+) -> B
    (?<![-–—−=~])                                        # a run of dashes is looked at once
    (?:
      -{{2,3}}\ ?(?P<among>[^-<>|\[\]]{{1,30}}?|\([^()]{{1,30}}\))\ ?-{{2,3}}>   # -- more -->
    | [-–—─]\ ?[(\[](?P<inside>[^()\[\]]{{1,20}})[)\]]\ ?[-–—─]*+(?:>|[{HEADS}])   # -(+)->
    | [-–—─]*+(?P<plus>[+±])[-–—─]*+(?:>|[{HEADS}])       # -+->  +>
    | (?P<delay>-*+//-*+>)                                # -//>
    | (?P<plain><?[-–—−]++>|<?[=~]++>|-\.++-*+>|[–—─━]*+[{HEADS}])
    )
    (?: [ ]?\((?P<routed>[+−–±?])\ via\ (?P<route>"(?:[^"\\]|\\.)*+"|[^()\[\]|"]+)\)
      | [ ]?(?P<beside>\([^()]{{1,20}}\)|\[[^\[\]]{{1,20}}\]|\|[^|]{{1,30}}\|)
      | (?P<after>[+−–±](?=\s)))?
    """,
    re.VERBOSE,
)
#: What the grammar reads by itself.
_PLAIN = re.compile(r"<?-{1,3}>|=>|[→⟶⇒]")
#: What follows the names: a sign after a colon, brackets (but not a sign in them), a comment.
_TAIL = re.compile(
    r"(?:(?<!\S):|:(?=\s*[^\s\[\]\#]{1,12}\s*(?:\[|\#|$))|(?<!\S)\[(?!\s*[+−–±?-]\s*\])"
    r"|(?<!\S)\#(?!\S)).*+",
    re.DOTALL,
)
_TRAILING = re.compile(r"(?:[(\[] ?([^()\[\]]{1,20}?) ?[)\]]|(?<=\s)([+−–±➕➖-]))$")
_SAID = {*PLAIN_WORDS, "increase", "decrease", "pos", "neg"} - {"unknown", "mixed", "disputed"}
_SYMBOLS = frozenset("+-−–—±?➕➖＋－")


@dataclass(frozen=True, slots=True)
class Chain:
    """A line of arrows: its names, what each arrow says, what follows, and what is not usual."""

    names: list[str]
    signs: list[str]
    delays: list[bool]
    routes: list[str]
    tail: str
    told: str

    def lines(self) -> list[str]:
        """The links, each on a line of its own where their arrows differ."""
        if all(len({*said}) < 2 for said in (self.signs, self.delays, self.routes)):
            return [self.line(self.names)]
        return [self.line(self.names[k : k + 2], k) for k in range(len(self.signs))]

    def line(self, names: list[str], at: int = 0) -> str:
        """Names in a row, with what the arrow at this place says, and what else follows."""
        tail, sign = self.tail, self.signs[at]
        route = self.routes[at]
        more = ["delay"] * self.delays[at] + ([f"route={_as_value(route)}"] if route else [])
        if more:
            place = tail.find("[")
            said = "; ".join(more)
            tail = (
                f"{tail} [{said}]" if place < 0 else f"{tail[:place]}[{said}; {tail[place + 1 :]}"
            )
        joined = " -> ".join(name.strip() for name in names)
        return f"{joined}{f' : {sign}' if sign else ''}{f' {tail.strip()}' if tail.strip() else ''}"


def _as_value(route: str) -> str:
    hidden = "\ue000" <= route[0] <= "\ue01f"  # a text in quotes: see quoting.mask
    return route if route[0] == '"' or hidden else quoted(route)


def read_chain(plain: str) -> Chain | None:
    """The arrows of a line without quoted texts; ``None`` for a line that holds none."""
    names: list[str] = []
    signs: list[str] = []
    delays: list[bool] = []
    routes: list[str] = []
    told: dict[str, None] = {}
    position = 0
    body = plain
    tail = _TAIL.search(plain)
    rest = ""
    if tail:
        body, rest = plain[: tail.start()].rstrip(), tail[0].strip()
    for match in _ARROW.finditer(body):
        sign, end, odd = _read_arrow(match)
        if sign is None:
            continue
        names.append(body[position : match.start()])
        signs.append(sign)
        delays.append(match["delay"] is not None)
        routes.append((match["route"] or "").strip())
        if odd:
            told[odd] = None
        position = end
    if not names:
        return None
    names.append(body[position:])
    if any((match[0].startswith("<")) for match in _ARROW.finditer(body)):
        return None  # the grammar says what is wrong with it
    _take_trailing_sign(names, signs, rest, told)
    if rest.startswith(":"):
        if any(signs) and not _same(rest, signs):
            raise Trouble(
                plain.find(rest), "this link has a sign at its arrow and another after the colon",
                "keep one of them", "sign",
            )  # fmt: skip
        if any(signs):
            rest = re.sub(r"^:\s*[^\s\[#]*\s*", "", rest)
    return Chain(names, signs, delays, routes, rest, "; ".join(told))


def _read_arrow(match: re.Match[str]) -> tuple[str | None, int, str]:
    """The sign of an arrow (empty for none), where it ends, and what is not usual about it."""
    end = match.end()
    for part in ("among", "inside"):
        if match[part] is not None:
            sign = _sign(match[part])
            return (sign, end, "the sign in the arrow is the link's") if sign else (None, end, "")
    if match["plus"]:
        return ("+" if match["plus"] == "+" else "+/-"), end, "the sign in the arrow is the link's"
    if match["routed"]:
        return _sign(match["routed"]), end, "the sign and the route beside the arrow are the link's"
    beside = match["beside"] or match["after"] or match["before"]
    if beside:
        sign = _sign(beside.strip("|").strip())
        if sign:
            return sign, end, "the sign beside the arrow is the link's"
        if match["beside"]:
            end = match.start("beside")  # a name in brackets, or a label that is no sign
            if match["beside"].startswith("|"):
                return None, end, ""
    odd = "// in an arrow is a delay" if match["delay"] else ""
    if match["plain"] and not _PLAIN.fullmatch(match["plain"]):
        odd = f"{match['plain']} is an arrow"
    return "", end, odd


def _sign(text: str) -> str | None:
    """The sign a text means, or the text itself if it also says how strong the link is."""
    return sign_of(text.strip(), in_texts=True) or (
        text.strip("()[]| ") if sign_of_degree(text) else None
    )


def _take_trailing_sign(
    names: list[str], signs: list[str], rest: str, told: dict[str, None]
) -> None:
    """``A -> B (+)`` and ``A -> B +``: a sign after the last name, where no other stands."""
    names[-1] = names[-1].rstrip()
    match = _TRAILING.search(names[-1][-30:])
    if not match or any(signs) or rest.startswith(":"):
        return
    mark = match[1] or match[2]
    in_words = plain_sign(mark) in _SAID or sign_of_degree(mark)
    if not (set(mark) <= _SYMBOLS or in_words) or not names[-1][: -len(match[0])].strip():
        return
    sign = _sign(mark)
    if sign:
        names[-1] = names[-1][: -len(match[0])]
        signs[:] = [sign] * len(signs)
        told["the sign after the name is the link's"] = None


def _same(rest: str, signs: list[str]) -> bool:
    said = re.match(r":\s*([^\s\[#]*)", rest)
    return bool(said) and {_sign(said[1]) if said else None} == set(signs)
