"""Example maps of places that people recognise, each a reconstruction that says so.

The facts come from one report, *The Revolution will be Improvised Part II* (Leadership Centre,
November 2015), which prints no map. Every link carries how well its words support it
(``stated``, ``ends``, ``inferred``) and, where there are any, the words.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from loopmap.errors import UnknownNameError, did_you_mean, listed
from loopmap.example_maps.places import EXAMPLE_PLACES, WHY_NO_EXAMPLE
from loopmap.model import EVIDENCE, SystemMap

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EXAMPLES", "example", "example_text", "examples"]

#: The names of the examples: the full stories first, then the small maps by name.
EXAMPLES = tuple(EXAMPLE_PLACES)


def example(name: str) -> SystemMap:
    """Return one of the example maps.

    Parameters
    ----------
    name
        ``"mash"``, ``"plymouth"`` or another name that :func:`examples` lists.

    Returns
    -------
    SystemMap
        A reconstruction: its ``about`` says what the report gives and what is ours.

    Raises
    ------
    UnknownNameError
        If there is no such example; the message says which there are, or why a place of the
        report has none.

    References
    ----------
    *The Revolution will be Improvised Part II* (Leadership Centre, November 2015): "the report".

    Examples
    --------
    >>> m = lm.example("mash")
    >>> len(m.variables), len(m.causal_links), len(m.stakeholders)
    (25, 38, 13)
    >>> lm.find_loops(m)
    <Loops: 22 loops, 16 R, 6 B, complete>
    """
    return _parsed(_known(name))


def example_text(name: str) -> str:
    """Return the text of an example as its file has it: comments, sections, stories.

    Examples
    --------
    >>> from loopmap.example_maps import example_text
    >>> print(example_text("mash").splitlines()[0])
    # The Nottinghamshire Multi-Agency Safeguarding Hub
    """
    folder = files("loopmap.example_maps") / "maps"
    return (folder / f"{_known(name)}.loop").read_text(encoding="utf-8")


def examples() -> pd.DataFrame:
    """Return a table of the example maps.

    Returns
    -------
    pandas.DataFrame
        One row per example: ``name`` (for :func:`example`), ``place`` (as the report numbers it),
        ``title``, and the numbers (int64) of ``variables``, causal ``links``, ``stakeholders``
        and ``loops``, of reinforcing (``R``), balancing (``B``) and undetermined (``U``) loops,
        and of links that are ``stated``, whose ``ends`` are quoted, or that are ``inferred``.

    References
    ----------
    *The Revolution will be Improvised Part II* (Leadership Centre, November 2015): "the report".

    Examples
    --------
    >>> lm.examples()[["name", "variables", "links", "R", "B", "stated", "inferred"]].head(2)
           name  variables  links   R  B  stated  inferred
    0      mash         25     38  16  6      14        13
    1  plymouth         16     23   9  2      11         9
    """
    import pandas as pd

    return pd.DataFrame([_row(name) for name in EXAMPLES])


def _row(name: str) -> dict[str, object]:
    from loopmap.loops import find_loops

    m = example(name)
    loops = find_loops(m)
    return {
        "name": name,
        "place": " and ".join(EXAMPLE_PLACES[name]) or "(across places)",
        "title": m.title,
        "variables": len(m.variables),
        "links": len(m.causal_links),
        "stakeholders": len(m.stakeholders),
        "loops": len(loops),
        **{str(kind): number for kind, number in loops.by_kind().items()},
        **{grade: sum(link.evidence == grade for link in m.causal_links) for grade in EVIDENCE},
    }


@cache
def _parsed(name: str) -> SystemMap:
    from loopmap.notation import parse

    return parse(example_text(name), source=f"{name}.loop")


def _known(name: str) -> str:
    """The name as the file is called, however the caller spells it."""
    asked = str(name).strip().casefold()
    spelled = asked.removesuffix(".loop").replace(" ", "_").replace("-", "_")
    if spelled in EXAMPLE_PLACES:
        return spelled
    for place, why in WHY_NO_EXAMPLE.items():
        if asked in (place.casefold(), place.casefold().split(",")[0]):
            raise UnknownNameError(
                f"there is no example {name!r}: the report is too thin for a map of {place} "
                f"({why}); the examples are {_all()}"
            )
    raise UnknownNameError(
        f"there is no example {name!r}{did_you_mean(spelled, EXAMPLES)}; the examples are {_all()}"
    )


def _all() -> str:
    return listed(EXAMPLES, at_most=len(EXAMPLES))
