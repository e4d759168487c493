"""A loop somebody named: a claim to be checked, never trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from loopmap.errors import InvalidMapError, shown
from loopmap.model.text import checked_name, checked_text
from loopmap.options import ClaimedKind

__all__ = ["NamedLoop", "rotated"]

T = TypeVar("T")


def rotated(loop: tuple[T, ...], by: Sequence[Any] | None = None) -> tuple[T, ...]:
    """A loop rotated so that it starts where it, or ``by``, is smallest: same for every rotation.

    Examples
    --------
    >>> rotated(("C", "A", "B"))
    ('A', 'B', 'C')
    """
    values = loop if by is None else by
    first = values.index(min(values))
    return loop[first:] + loop[:first]


@dataclass(frozen=True, slots=True)
class NamedLoop:
    """A loop somebody named, with the kind they say it has and its story.

    Parameters
    ----------
    name
        What they call it, such as ``"The blame spiral"``.
    path
        The names it runs through, in order, each once; the last leads back to the first.
    kind
        The kind they claim: ``"R"`` reinforcing, ``"B"`` balancing, or ``""`` for none.
    story
        What happens round the loop, in words.

    Raises
    ------
    InvalidMapError
        If the path is empty or meets a name twice, or the kind is another letter.

    Examples
    --------
    >>> lm.NamedLoop("Step in", ["C", "A", "B"], kind="B").key
    ('A', 'B', 'C')
    """

    name: str
    path: tuple[str, ...]
    kind: ClaimedKind = ""
    story: str = ""

    def __init__(
        self, name: str, path: Iterable[str], kind: ClaimedKind = "", story: str = ""
    ) -> None:
        put = object.__setattr__
        put(self, "name", checked_name(name, "the name of a loop"))
        if isinstance(path, str | Mapping) or not isinstance(path, Iterable):
            raise InvalidMapError(
                f"the path of loop {name!r} is a list of names, not {shown(path)}"
            )
        names = tuple(checked_name(step, f"a step of loop {name!r}") for step in path)
        if not names:
            raise InvalidMapError(f"the loop {name!r} is empty; list the names it runs through")
        twice = sorted(step for step, times in Counter(names).items() if times > 1)
        if twice:
            raise InvalidMapError(
                f"the loop {name!r} meets {twice[0]!r} twice; a loop meets each name once "
                "(do not repeat the first name at the end)"
            )
        put(self, "path", names)
        if kind not in ("R", "B", ""):
            raise InvalidMapError(
                f"the loop {name!r} is claimed as 'R', 'B' or '', not {shown(kind)}"
            )
        put(self, "kind", kind)
        put(self, "story", checked_text(story, f"the story of loop {name!r}").strip())

    @property
    def key(self) -> tuple[str, ...]:
        """The path rotated so that its smallest name comes first: the same for every rotation."""
        return rotated(self.path)

    @property
    def order(self) -> tuple[object, ...]:
        """What named loops are sorted by: path, then name and the rest."""
        return (self.key, self.name, self.path, self.kind, self.story)
