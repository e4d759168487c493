"""The pages of the reference that are made from the code, so that they cannot disagree with it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from questions import QUESTIONS
from sphinx.util.typing import stringify_annotation
from told import TOLD

import loopmap as lm
from loopmap import options
from loopmap.formats import FEATURES
from loopmap.formats.files import PathLike
from loopmap.layout.model import Point
from loopmap.loops import KIND_WORDS
from loopmap.loops.filters import Through
from loopmap.model import ELEMENT_KINDS, EVIDENCE
from loopmap.scene import Highlight
from loopmap.scene.parts.regions import Regions
from loopmap.signs import DEGREES, GRADED, NOTATIONS, PAIRS


def write(folder: Path) -> None:
    """Write every page; files that would not change are left alone, those of old names go."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "formats.md": formats(), "words.md": words(), "signs.md": signs(), "errors.md": errors(),
        "questions.md": index(), **api(),
    }  # fmt: skip
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
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
        + "\nOne vocabulary everywhere: programs get letters and plain values, people words.\n\n"
        + _table(("", "Python", "frames, CSV, JSON", "asked for by", "people read"), TOLD)
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
        "\nWords that say how strongly (*strongly increases*, *reduces slightly*, *weak +*) leave "
        "the sign certain. What was typed is kept as the claim's note, for such words are no "
        "number on anybody's scale; write `[strength=2]` or a column *strength* to count with it. "
        "Known are " + ", ".join(map(_code, DEGREES)) + ".\n"
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
    (names,) = (page.split() for page in QUESTIONS["What went wrong?"].pages)
    found = [getattr(lm, name) for name in names]
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
        "```\n\n" + "\n".join(_entry(name) for name in names)
    )


def index() -> str:
    """What the reference starts with: every public name under the question it answers."""
    return "\n".join(_question(question) for question in QUESTIONS)


def _question(question: str) -> str:
    about, pages = QUESTIONS[question]
    rows = [
        (f"[`{name}`]({_file(page)}#{name.lower()})", _first_line(getattr(lm, name)))
        if inspect.isroutine(getattr(lm, name)) or isinstance(getattr(lm, name), type)
        else (f"[`{name}`]({_file(page)})", CONSTANTS[name])
        for page in pages
        for name in page.split()
        if name in lm._PUBLIC
    ]
    files = "\n".join(_file(page).removesuffix(".md") for page in pages)
    return (
        f"## {question}\n\n{about}\n\n"
        + _table(("", ""), rows)
        + f"\n```{{toctree}}\n:hidden:\n:caption: {question}\n\n{files}\n```\n"
    )


def api() -> dict[str, str]:
    """One page for each page of each question."""
    return {
        _file(page).removeprefix("generated/"): _page(page.split())
        for about, pages in QUESTIONS.values()
        for page in pages
        if _file(page) != "generated/errors.md"
    }


def _file(page: str) -> str:
    name = page.split()[0]
    return "generated/errors.md" if name == "LoopmapError" else f"generated/api-{name}.md"


def _page(names: list[str]) -> str:
    return f"# {names[0]}\n\n" + "\n".join(_entry(name, title=names[0]) for name in names)


#: What to say of the public names that are values.
CONSTANTS = {
    "FORMATS": "Every format by its name.",
    "LINK_KINDS": "Every kind of link by its name: what it may join, whether it can loop.",
    "SCREEN": "The preset for screens, which is the default.",
    "PRINT": "The preset for office printers and black-and-white copies.",
    "WALL": "The preset for posters read from a few metres.",
    "MONO": "The preset in one ink: everything by shape, dash and sign.",
    "DARK": "The preset for dark screens.",
}


def _entry(name: str, title: str = "") -> str:
    value, path = thing(name), f"loopmap.{name}"
    if inspect.isfunction(value):
        directive = f".. autofunction:: {path}"
    elif isinstance(value, type):
        what = "exception" if issubclass(value, BaseException) else "class"
        directive = f".. auto{what}:: {path}\n   :members:"
    else:
        keys = ", ".join(f"``{key}``" for key in value) if isinstance(value, Mapping) else ""
        about = f"{CONSTANTS[name]}\n\n   {keys}" if keys else CONSTANTS[name]
        directive = f".. py:data:: {path}\n\n   {about}"
    heading = "" if name == title else f"## {name.rpartition('.')[2]}\n\n"
    return f"{heading}```{{eval-rst}}\n{directive}\n```\n"


def thing(name: str) -> Any:
    """What a word of a page stands for: a public name, or a path inside loopmap."""
    module, _, last = f"loopmap.{name}".rpartition(".")
    return getattr(import_module(module), last)


def described() -> Iterator[str]:
    """Every word of every page, in order."""
    for _, pages in QUESTIONS.values():
        for page in pages:
            yield from page.split()


#: Names for types that are shorter in the code than they are clear to a reader.
_ALIASES = {
    "Highlight": Highlight, "PathLike": PathLike, "Point": Point, "Regions": Regions,
    "Through": Through,
}  # fmt: skip
_ALIASES |= {
    name: getattr(options, name) for name in options.__all__ if get_args(getattr(options, name))
}
#: A quote round a type; those in a ``Literal`` stay, for they are what one writes.
_QUOTE = re.compile(r"(?P<names>Literal\[[^]]*\])|'")


def plain_types(
    app: Any, what: str, name: str, value: Any, options: Any, signature: str | None, returns: str
) -> tuple[str | None, str] | None:
    """Write out the types that have a name of their own in the code (a hook of autodoc)."""
    if signature is None:
        return None
    for alias, meant in _ALIASES.items():
        text = stringify_annotation(meant, "smart").replace("~", "")
        text = _QUOTE.sub(lambda found: found["names"] or "", text)
        text = re.sub(r"[\w.]+\.(\w+)", r"\1", text)
        signature = re.sub(rf"\b{alias}\b(?!\()", text, signature)
    return signature, returns


def _each(formats: Any) -> list[Any]:
    return list(formats.values()) if hasattr(formats, "values") else list(formats)


def _first_line(thing: Any) -> str:
    line = (inspect.getdoc(thing) or "").partition("\n")[0].replace("|", r"\|")
    return re.sub(r":\w+:(`[^`]+`)", r"\1", line)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
