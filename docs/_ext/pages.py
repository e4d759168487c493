"""The pages of the reference that are made from the code, so that they cannot disagree with it."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import loopmap as lm
from loopmap.formats import FEATURES
from loopmap.loops import KIND_WORDS
from loopmap.model import ELEMENT_KINDS, EVIDENCE
from loopmap.signs import GRADED, NOTATIONS, PAIRS

#: Heading -> the public names under it, in the order a reader meets them.
API: dict[str, tuple[str, ...]] = {
    "Maps": (
        "SystemMap", "Element", "Link", "Claim", "NamedLoop", "Polarity", "LINK_KINDS",
    ),
    "Reading and writing": (
        "parse", "fmt", "read", "reading", "write", "Reading", "Problem", "FORMATS",
        "from_frame", "from_matrix", "to_frame", "from_networkx", "to_networkx", "example",
        "examples",
    ),
    "Loops": (
        "find_loops", "Loop", "Loops", "count_loops", "LoopCounts", "Kinds", "sample_loops",
        "story_loops", "independent_loops", "ChosenLoops", "participation", "Participation",
        "check_named_loops", "NamedLoopFinding",
    ),
    "Several people's maps": (
        "merge", "compare", "compare_in_words", "consensus", "likely_same", "shared_loops",
        "boundary",
    ),
    "Questions": (
        "check", "check_quotes", "diff", "distance", "most_decisive", "robustness", "on_evidence",
    ),
    "Pictures": (
        "draw", "Drawing", "widget", "Layout", "Style", "SCREEN", "PRINT", "WALL", "MONO", "DARK",
    ),
    "Errors": (),
}  # fmt: skip


def write(folder: Path) -> None:
    """Write every page; files that would not change are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "formats.md": formats(), "words.md": words(), "signs.md": signs(), "errors.md": errors(),
        **api(),
    }.items():  # fmt: skip
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


def formats() -> str:
    """The formats, and what each keeps."""
    rows = [
        (
            row.name,
            " ".join(f"`{suffix}`" for suffix in row.suffixes),
            "both" if row.dump and row.load else "read" if row.load else "written",
            row.about,
        )
        for row in _each(lm.FORMATS)
    ]
    kept = [
        (feature, *("yes" if feature in row.keeps else "–" for row in _each(lm.FORMATS)))
        for feature in sorted(FEATURES)
    ]
    names = [row.name for row in _each(lm.FORMATS)]
    return (
        "# Formats\n\n"
        "`lm.read`, `lm.write` and `loopmap convert` find the format by the file's ending; the "
        "longest that fits wins. A reader reports what it dropped, changed or guessed; `write` "
        "warns of what will be lost.\n\n"
        + _table(("format", "endings", "", "what it is"), rows)
        + "\n## What survives a round trip\n\n"
        + _table(("", *names), kept)
        + "\nA test holds every format to its column.\n"
    )


def words() -> str:
    """The words loopmap uses, from the tables that decide them."""
    kinds = [
        (kind, ", ".join(row.starts), ", ".join(row.ends), "yes" if row.loops else "–", row.about)
        for kind, row in lm.LINK_KINDS.items()
    ]
    signs = [
        (
            str(sign),
            sign.word,
            " ".join(f"`{w}`" for row in NOTATIONS[:3] for w in row.words.get(sign.sign, ())),
        )
        for sign in (
            lm.Polarity.POSITIVE, lm.Polarity.NEGATIVE, lm.Polarity.UNKNOWN, lm.Polarity.MIXED,
        )
    ]  # fmt: skip
    loops = [(letter, word, _LOOPS[letter]) for letter, word in KIND_WORDS.items()]
    nouns = ("SystemMap", "Element", "Link", "Claim", "NamedLoop", "Loop", "Layout", "Style")
    return (
        "# Words\n\nloopmap speaks the field's language. These tables are made from the code.\n\n"
        "## What a map is made of\n\n"
        + _table(("noun", "is"), [(f"`{n}`", _first_line(getattr(lm, n))) for n in nouns])
        + f"\nAn element is a {', '.join(ELEMENT_KINDS[:-1])} or {ELEMENT_KINDS[-1]}.\n"
        "\n## Signs\n\n"
        + _table(("sign", "word", "people may write"), signs)
        + "\nMore words, from every notation, are on [a page of their own](signs.md).\n"
        "\n## Links\n\n"
        + _table(("kind", "from", "to", "in loops", "says"), kinds)
        + "\n## Loops\n\n"
        + _table(("", "kind", "is"), loops)
        + "\n## Evidence\n\n"
        f"How well a claim is supported, strongest first: {', '.join(f'`{e}`' for e in EVIDENCE)}. "
        "Other words are kept as they are.\n"
    )


def signs() -> str:
    """Every word for a sign, what it means, and in which notation."""
    columns = ("+", "-", "?", "+/-")
    rows = [
        (
            row.name,
            *(", ".join(map(_code, row.words.get(sign, ()))) or "–" for sign in columns),
            "yes" if row.in_texts else "–",
            row.about,
        )
        for row in NOTATIONS
    ]
    pairs = [(_code(pair), _code(sign), _code(GRADED.get(pair, "+/-"))) for pair, sign in
             PAIRS.items()]  # fmt: skip
    return (
        "# Words for signs\n\nWhat people write for a sign, and what loopmap takes it to mean. "
        "Every reader asks this one table. Capitals, brackets, quotation marks, wide letters and "
        "the kind of dash do not matter, nor does a noun behind it (*positive influence*). What "
        "is not here is read as `?`, and you are told.\n\n"
        + _table(("notation", *map(_code, columns), "in `.loop`", "seen"), rows)
        + "\nIn tables a number counts by the sign before it, `H+` or `-VH` by its sign, and pairs "
        "by what else stands in their column:\n\n"
        + _table(("pair", "Kumu's: the product", "a graded sign"), pairs)
        + "\nWhere a column does not show which of the two is meant, the pair is read as `?`, and "
        "you are asked.\n"
    )


def _code(word: str) -> str:
    return f"`{word}`"


_LOOPS = {
    "R": "the signs round it multiply to +: a change feeds on itself",
    "B": "the signs multiply to −: a change meets resistance",
    "U": "a sign round it is not known, or people disagree about it",
}


def errors() -> str:
    """Every error and warning, and what to do about it."""
    found = [
        value
        for value in (getattr(lm, name) for name in lm.__all__)
        if isinstance(value, type) and issubclass(value, (lm.LoopmapError, Warning))
    ]
    rows = [
        (f"`{e.__name__}`", ", ".join(f"`{b.__name__}`" for b in e.__bases__), _first_line(e))
        for e in found
    ]
    return (
        "# Errors\n\n"
        "Every error is a `LoopmapError` and says four things: what, with the value in quotes; "
        "where; what was expected, or the nearest match; what to do. There is one class for each "
        "thing you would do differently.\n\n"
        + _table(("error", "also a", "means"), rows)
        + "\n```python\n"
        ">>> import loopmap as lm\n"
        ">>> lm.example('mash').element('Botlenecks')\n"
        "Traceback (most recent call last):\n"
        "  ...\n"
        "loopmap.errors.UnknownNameError: no element is called 'Botlenecks'; did you mean "
        "'Bottlenecks'?\n"
        "```\n"
    )


def api() -> dict[str, str]:
    """One page for each heading of :data:`API`."""
    errors = tuple(
        name
        for name in lm.__all__
        if isinstance(getattr(lm, name), type)
        and issubclass(getattr(lm, name), (lm.LoopmapError, Warning))
    )
    listed = {**API, "Errors": errors}
    names = [name for group in listed.values() for name in group]
    missing = sorted(set(lm.__all__) - set(names) - {"__version__"})
    if missing:  # a new public name still gets its page; pages.API says where it belongs
        listed["More"] = tuple(missing)
    pages = {}
    for heading, group in listed.items():
        entries = [_entry(name) for name in group if name in lm.__all__]
        if entries:
            slug = "api-" + heading.lower().replace("'", "").replace(" ", "-")
            pages[f"{slug}.md"] = f"# {heading}\n\n" + "\n".join(entries)
    return pages


def _entry(name: str) -> str:
    value = getattr(lm, name)
    if inspect.isfunction(value):
        directive = f".. autofunction:: loopmap.{name}"
    elif isinstance(value, type):
        what = "exception" if issubclass(value, BaseException) else "class"
        directive = f".. auto{what}:: loopmap.{name}\n   :members:"
    else:
        about = {"LINK_KINDS": "Which link may join what; see [Words](words.md).",
                 "FORMATS": "Every format by name; see [Formats](formats.md)."}  # fmt: skip
        text = about.get(name, f"The preset style `lm.{name}`: a `Style` value.")
        return f"## {name}\n\n{text}\n"
    return f"## {name}\n\n```{{eval-rst}}\n{directive}\n```\n"


def _each(formats: Any) -> list[Any]:
    return list(formats.values()) if hasattr(formats, "values") else list(formats)


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0].replace("|", r"\|")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
