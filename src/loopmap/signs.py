"""One table of what people write for a sign: the word, what it means, and in which notation.

Every reader asks it: ``.loop``, tables, graphs, and :meth:`loopmap.Polarity.of`. What is not in it
is an unknown sign, and told; verbs that need judgement (*drains*, *relieves*) stay out on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "DEGREES",
    "GRADED",
    "NOTATIONS",
    "PAIRS",
    "PLAIN_WORDS",
    "Notation",
    "plain_sign",
    "sign_of",
    "sign_of_degree",
]


class Notation(NamedTuple):
    """A way to write signs that people share.

    Parameters
    ----------
    name
        What to call it.
    words
        Sign, as it is typed in files (``+``, ``-``, ``?``, ``+/-``) -> the words for it.
    about
        Where it is seen.
    in_texts
        Whether ``.loop`` reads it after the colon; numbers it does not: ``Phase: 1`` is a name.
    certain
        Whether one such word is enough to say that a column called ``type`` holds signs.
    """

    name: str
    words: dict[str, tuple[str, ...]]
    about: str
    in_texts: bool = True
    certain: bool = True


def _notation(
    name: str, about: str, *, in_texts: bool = True, certain: bool = True, **words: str
) -> Notation:
    signs = {"plus": "+", "minus": "-", "unknown": "?", "either": "+/-"}
    split = {signs[key]: tuple(value.split("|")) for key, value in words.items()}
    return Notation(name, split, about, in_texts, certain)


#: Every notation; a word stands in one of them. Capitals, brackets, quotation marks and the kind
#: of dash do not matter: ``（＋）`` is ``+``, ``–`` and ``—`` are ``-`` (see :func:`plain_sign`).
NOTATIONS: tuple[Notation, ...] = (
    _notation(
        "signs", "on every map; ± is a sign that may be either",
        plus="+", minus="-", unknown="?", either="+/-|±|∓|-/+|+-|+ -|-+|- +",
    ),
    _notation(
        "words for signs", "loopmap's own files, and most people's",
        plus="positive|plus|pos|+ve|positive sign", minus="negative|minus|neg|-ve|negative sign",
        unknown="unknown", either="mixed|disputed|plus/minus|plus or minus",
    ),
    _notation(
        "same and opposite", "textbooks of systems thinking (s, o) and Kumu",
        plus="same|s|same way|same direction|in the same direction",
        minus="opposite|o|opposite way|opposite direction|in the opposite direction",
    ),
    _notation(
        "what it does", "tables typed by hand, CauseMap and pathway files",
        plus="increases|increase|increased|increasing|raises|raise|raised|promotes|promote"
        "|strengthens|strengthen|activates|activate|stimulates|stimulate|up|goes up|more|higher",
        minus="decreases|decrease|decreased|decreasing|lowers|lower|lowered|reduces|reduce|reduced"
        "|inhibits|inhibit|weakens|weaken|suppresses|suppress|down|goes down|less|fewer",
    ),
    _notation(
        "arrows and emoji", "sticky notes and chats",
        plus="➕|↑|⬆|▲|🔺|🔼", minus="➖|↓|⬇|▼|🔻|🔽", unknown="❓|❔|⁇", either="↕|⬍",
    ),
    _notation(
        "either", "tables typed by hand, Mental Modeler",
        either="both|both ways|either|ambiguous|contested|+ and -|- and +|+ or -|- or +|+ & -|+,-"
        "|+, -|-, +|+;-|positive and negative|positive or negative|positive/negative"
        "|increases and decreases|increases or decreases|up and down|reciprocal influence",
    ),
    _notation(
        "not known", "tables typed by hand and spreadsheets; no effect is told",
        unknown="none|neutral|no effect|no influence|no impact|no change|no sign|unsigned|n/a|na"
        "|n.a|#n/a|null|unclear|not known|not sure|unsure|uncertain|undefined|don't know"
        "|dont know|do not know|tbc|tbd|??|???",
        certain=False,
    ),
    _notation(
        "direct and inverse", "statistics", plus="direct|direct relationship|proportional",
        minus="inverse|indirect relationship|inversely proportional", certain=False,
    ),
    _notation(
        "numbers", "matrices and programs; other numbers count by what is before them",
        plus="1|+1", minus="-1", unknown="0", in_texts=False,
    ),
)  # fmt: skip

#: Kumu's pairs, what the cause does and what the effect does then: the sign is their product.
#: Only a whole column can say that these are meant, for elsewhere ``--`` is a strong minus.
PAIRS: dict[str, str] = {"++": "+", "--": "+", "+-": "-", "-+": "-"}

#: Sign -> what a table means by it where it grades its signs: ``++`` is a strong plus.
GRADED: dict[str, str] = {"++": "+", "+++": "+", "--": "-", "---": "-"}

#: How strongly, in words beside a sign ("strongly increases", "weak +", "reduces a lot"). The sign
#: is certain; the words are no number of anybody's scale, so readers keep them as they stand.
DEGREES: tuple[str, ...] = (
    "strong", "strongly", "heavily", "greatly", "highly", "high", "large", "big", "much", "a lot",
    "significant", "significantly", "substantially", "considerably", "markedly", "sharply",
    "dramatically", "drastically", "medium", "moderate", "moderately",
    "somewhat", "partly", "partially", "rather", "fairly", "weak", "weakly", "slight", "slightly",
    "small", "low", "little", "a little", "a bit", "mild", "mildly", "marginally", "minor",
)  # fmt: skip

_WORDS = {
    word: (sign, notation)
    for notation in NOTATIONS
    for sign, words in notation.words.items()
    for word in words
}

#: What may follow a colon that is glued to a name: words that are no part of one. ``Trend: up``
#: is a name.
PLAIN_WORDS = (
    "positive", "negative", "same", "opposite", "unknown", "mixed", "disputed",
    "increases", "raises", "promotes", "strengthens",
    "decreases", "lowers", "reduces", "inhibits", "weakens",
)  # fmt: skip

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－˗"), "-")
_DROPPED = dict.fromkeys(map(ord, "\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff"))
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "|": "|"}
_QUOTES = "\"'`“”‘’„«»"
# What sign a link has, said at more length: "positive influence", "negative effect".
_NOUN = re.compile(
    r"(?<=\w)\s+(?:causal\s+)?"
    r"(?:influence|effect|impact|link|relation|relationship|correlation|polarity|connection|sign)$"
)
_EXPLAINED = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]")
_DEGREE = rf"(?:(?:very|quite|rather|so|too)\s+)?(?:{'|'.join(sorted(DEGREES, key=len)[::-1])})"
_DEGREE_FIRST = re.compile(rf"\(?{_DEGREE}\)?(?:\s*[,:/]\s*|\s+|(?=[+-]))(?P<sign>.+)")
_DEGREE_LAST = re.compile(rf"(?P<sign>.+?)(?:\s*[,:/(\[]\s*|\s+)(?:and\s+)?{_DEGREE}[)\]]?")
_LONGEST = 60


def plain_sign(text: str) -> str:
    """Take off what does not matter to a sign: capitals, brackets, kinds of dash, wide letters.

    Examples
    --------
    >>> plain_sign("（＋）"), plain_sign("[ – ]"), plain_sign("“Increases”.")
    ('+', '-', 'increases')
    """
    return text if len(text) > _LONGEST else _plain(text)


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    """Keep what was found: a column is looked at several times, to tell what it holds."""
    text = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    text = " ".join(text.translate(_DROPPED).casefold().split())
    if text[:1] in _QUOTES and text[-1:] in ".!:,":
        text = text[:-1]  # “Increases”.
    text = text.strip(_QUOTES).strip()
    while len(text) > 2 and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    return text.rstrip(".!:,").rstrip() if len(text) > 1 else text


def sign_of(text: str, *, in_texts: bool = False, certain: bool = False) -> str | None:
    """Give the sign somebody means, ``+``, ``-``, ``?`` or ``+/-``; ``None`` if it is no sign.

    Parameters
    ----------
    text
        What they wrote; nothing is ``?``.
    in_texts
        Whether only what ``.loop`` reads counts.
    certain
        Whether only words count that are used for nothing else.

    Examples
    --------
    >>> [sign_of(text) for text in ("Increases", "(–)", "＋", "Both", "positive (+)", "drains")]
    ['+', '-', '+', '+/-', '+', None]
    """
    plain = plain_sign(text)
    if not plain:
        return None if certain or text.strip() else "?"
    found = _WORDS.get(plain) or _WORDS.get(_NOUN.sub("", plain))
    if found is not None:
        sign, notation = found
        allowed = (notation.in_texts or not in_texts) and (notation.certain or not certain)
        return sign if allowed else None
    explained = _EXPLAINED.fullmatch(plain)
    if explained is None:
        return None
    said = {sign_of(part, in_texts=in_texts, certain=certain) for part in explained.groups()}
    return said.pop() if len(said) == 1 else None


def sign_of_degree(text: str) -> str | None:
    """Give the sign of words that also say how strongly; ``None`` for all others.

    Examples
    --------
    >>> texts = ("Strongly increases", "reduces slightly", "weak +", "- (strong)", "strong", "+")
    >>> [sign_of_degree(text) for text in texts]
    ['+', '-', '+', '-', None, None]
    """
    plain = plain_sign(text)
    return (
        None if len(plain) > _LONGEST or (" " not in plain and plain.isalnum()) else _degree(plain)
    )


@lru_cache(maxsize=1 << 16)
def _degree(plain: str) -> str | None:
    if sign_of(plain) is not None:
        return None
    for pattern in (_DEGREE_FIRST, _DEGREE_LAST):
        found = pattern.fullmatch(plain)
        if found and (len(plain_sign(found["sign"])) > 1 or not found["sign"].isalpha()):
            sign = sign_of(found["sign"], in_texts=True, certain=True)
            if sign is not None:
                return sign
    return None
