"""Random maps whose loops are known: how many, which, of what kind, delayed, and seen by whom."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from loopmap.bench.stable_random import StableRandom
from loopmap.bench.strong_component import Arrow, Block, StrongComponent
from loopmap.errors import InvalidOptionError
from loopmap.loops import Loop
from loopmap.model import Claim, Link, SystemMap

__all__ = ["Planted", "planted_map"]


@dataclass(frozen=True)
class Planted:
    """A map and the truth about it.

    Attributes
    ----------
    map : SystemMap
        What a loop finder is given.
    loops : tuple of Loop
        All its loops, shortest first: known from how the map was made, not searched for.
    emergent : tuple of Loop
        Those that no single agency holds all links of: they appear only on merging.
    recipe : dict
        The arguments it was made with.
    """

    map: SystemMap
    loops: tuple[Loop, ...]
    emergent: tuple[Loop, ...]
    recipe: dict[str, object]

    @property
    def views(self) -> dict[str, SystemMap]:
        """What each agency drew: agency to map."""
        return {who: self.map.perspective(who) for who in self.map.perspectives}

    def truth(self) -> dict[str, object]:
        """The truth as plain lists and numbers, for a JSON file."""
        return {
            "recipe": self.recipe,
            "total": len(self.loops),
            "kinds": {kind: sum(loop.kind == kind for loop in self.loops) for kind in "RBU"},
            "delayed": sum(loop.delayed for loop in self.loops),
            "emergent": [list(loop.path) for loop in self.emergent],
            "loops": [
                {"path": list(loop.path), "kind": loop.kind, "delayed": loop.delayed}
                for loop in self.loops
            ],
        }

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Write ``map.loop``, ``truth.json`` and each agency's map into a folder.

        The same recipe writes the same bytes, everywhere.
        """
        from loopmap.formats import write_bytes
        from loopmap.notation import write_text

        here = Path(folder)
        here.mkdir(parents=True, exist_ok=True)
        write_bytes(here / "map.loop", write_text(self.map).encode())
        for who, view in self.views.items():
            write_bytes(here / f"{who}.loop", write_text(view).encode())
        text = json.dumps(self.truth(), indent=1, ensure_ascii=False)
        write_bytes(here / "truth.json", text.encode() + b"\n")
        return here


def planted_map(
    *,
    variables: int = 30,
    reinforcing: int = 6,
    balancing: int = 4,
    links_per_variable: float = 1.5,
    parts: int = 2,
    tangle: int = 6,
    unknown: float = 0.0,
    delayed: float = 0.15,
    agencies: Sequence[str] = (),
    emergent: float = 0.5,
    overlap: float = 0.2,
    seed: int = 0,
) -> Planted:
    """Make a random map with known loops.

    Parameters
    ----------
    variables
        How many variables; those the loops do not need drive things, follow, or lengthen loops.
    reinforcing, balancing
        Exactly how many loops of each kind are planted, before ``unknown`` takes signs away.
    links_per_variable
        How many links there are for each variable, if the loops need no more; those added
        between the parts close no loop.
    parts
        How many strongly connected parts the loops lie in.
    tangle
        How many loops share variables and links at most, before the next one only touches them.
    unknown, delayed
        Shares of the links that have no sign, or are delayed.
    agencies
        Who draws the map; nobody means the author.
    emergent
        Share of the tangles whose links are dealt out so that no agency holds all of any loop.
    overlap
        Share of the links that one more agency draws too, where that gives no loop away.
    seed
        Another seed, another map; the same seed, the same bytes.

    Raises
    ------
    InvalidOptionError
        If that many variables cannot hold that many loops; the message says how many can.

    Examples
    --------
    >>> from loopmap.bench import planted_map
    >>> planted = planted_map(variables=12, reinforcing=3, balancing=2, seed=1)
    >>> len(planted.map.variables), len(planted.loops)
    (12, 5)
    >>> planted.loops == tuple(lm.find_loops(planted.map))
    True
    """
    recipe = {name: value for name, value in sorted(locals().items())}
    recipe["agencies"] = list(agencies)
    _check(variables, reinforcing, balancing, parts, tangle, agencies)
    random = StableRandom("planted", *sorted((k, repr(v)) for k, v in recipe.items()))
    components, dealt = _components(
        random, reinforcing, balancing, parts, tangle, emergent, bool(agencies)
    )
    used = sum(len(component.variables) for component in components)
    if used > variables:
        raise InvalidOptionError(
            f"{variables} variables cannot hold these loops in this tangle; they need {used}: "
            "ask for more variables, fewer loops or a larger tangle="
        )
    for _ in range((variables - used) // 3):
        random.one_of(components).lengthen()
    arrows, names = _joined_up(random, components, variables, links_per_variable)
    who = _holders(random, components, arrows, dealt, agencies, overlap) if agencies else {}
    links = _links(random, arrows, names, who, unknown, delayed)
    loops = tuple(sorted(_loops(components, links), key=lambda loop: (len(loop), loop.path)))
    m = SystemMap(
        names,
        links.values(),
        title=f"Planted loops, seed {seed}",
        about="Made by chance for testing; it is about nothing.",
    )
    hidden = tuple(loop for loop in loops if agencies and not _held_by_one(loop))
    return Planted(m, loops, hidden, recipe)


def _check(
    variables: int, reinforcing: int, balancing: int, parts: int, tangle: int, agencies: object
) -> None:
    total = reinforcing + balancing
    if min(variables, parts, tangle) < 1 or min(reinforcing, balancing) < 0 or total < parts:
        raise InvalidOptionError(
            f"{total} loops cannot fill {parts} parts of {variables} variables; "
            "each part needs a loop, and tangle= at least 1"
        )


def _components(
    random: StableRandom, r: int, b: int, parts: int, tangle: int, emergent: float, agencies: bool
) -> tuple[list[StrongComponent], list[Block]]:
    """The parts with their loops, and the blocks that are to be dealt out among agencies."""
    kinds = random.shuffled("R" * r + "B" * b)
    hands = [kinds[part::parts] for part in range(parts)]
    components: list[StrongComponent] = []
    dealt: list[Block] = []
    first = 0
    for hand in hands:
        component = StrongComponent(random, first)
        while hand:
            size = 1 + random.below(min(tangle, len(hand)))
            chunk, hand = hand[:size], hand[size:]
            deal = agencies and random.chance(emergent)
            block = component.grow(chunk.count("R"), chunk.count("B"), long_way_back=deal)
            if deal:
                dealt.append(block)
        components.append(component)
        first = component.variables[-1] + 10**6  # numbers are given out anew below
    return components, dealt


def _joined_up(
    random: StableRandom,
    components: list[StrongComponent],
    variables: int,
    links_per_variable: float,
) -> tuple[list[Arrow], list[str]]:
    """All arrows, numbered by names in any order, with links between parts that close no loop."""
    inside = [number for component in components for number in component.variables]
    width = len(str(variables - 1))
    names = random.shuffled([f"v{i:0{width}d}" for i in range(variables)])
    place = {number: i for i, number in enumerate(inside)}
    arrows = [
        arrow for component in components for block in component.blocks for arrow in block.arrows
    ]
    for arrow in arrows:
        arrow.source, arrow.target = place[arrow.source], place[arrow.target]
    units = [[place[number] for number in component.variables] for component in components]
    units = random.shuffled(units + [[i] for i in range(len(inside), variables)])
    taken: set[tuple[int, int]] = set()
    wanted, tries = round(links_per_variable * variables) - len(arrows), 0
    while len(units) > 1 and len(taken) < wanted and tries < 20 * wanted:
        tries += 1
        early, late = sorted((random.below(len(units)), random.below(len(units))))
        if early != late:
            ends = random.one_of(units[early]), random.one_of(units[late])
            if ends not in taken:
                taken.add(ends)
                arrows.append(Arrow(*ends, flips=random.chance(0.4)))
    return arrows, names


def _links(
    random: StableRandom,
    arrows: list[Arrow],
    names: list[str],
    who: dict[int, list[str | None]],
    unknown: float,
    delayed: float,
) -> dict[int, Link]:
    """The arrows as links, with signs, delays and claims.

    Signs taken from ups and downs of the variables leave every loop positive, so that a loop's
    kind is how many of its arrows flip, and no single link gives it away.
    """
    up = [random.chance(0.5) for _ in names]
    unsigned = {id(arrow) for arrow in random.some(arrows, unknown)}
    late = {id(arrow) for arrow in random.some(arrows, delayed)}
    found = {}
    for arrow in arrows:
        minus = (up[arrow.source] != up[arrow.target]) != arrow.flips
        sign = "?" if id(arrow) in unsigned else "-" if minus else "+"
        said = [Claim(by, sign, id(arrow) in late) for by in who.get(id(arrow), [None])]
        found[id(arrow)] = Link(names[arrow.source], names[arrow.target], claims=said)
    return found


def _holders(
    random: StableRandom,
    components: list[StrongComponent],
    arrows: list[Arrow],
    dealt: list[Block],
    agencies: Sequence[str],
    overlap: float,
) -> dict[int, list[str | None]]:
    who: dict[int, list[str | None]] = {}
    guarded: set[int] = set()
    for block in (block for component in components for block in component.blocks):
        home = random.one_of(agencies)
        for arrow in block.arrows:
            who[id(arrow)] = [home]
        if block in dealt and len(agencies) > 1:
            back = next(block.loops())[-2:]  # every loop of the block runs through these
            other = random.one_of([agency for agency in agencies if agency != home])
            for arrow, holder in zip(back, (home, other), strict=True):
                who[id(arrow)] = [holder]
                guarded.add(id(arrow))
    for arrow in arrows:
        held = who.setdefault(id(arrow), [random.one_of(agencies)])
        rest = [agency for agency in agencies if agency not in held]
        if rest and id(arrow) not in guarded and random.chance(overlap):
            held.append(random.one_of(rest))
    return who


def _loops(components: list[StrongComponent], links: dict[int, Link]) -> list[Loop]:
    found = []
    for block in (block for component in components for block in component.blocks):
        for arrows in block.loops():
            walk = [links[id(arrow)] for arrow in arrows]
            first = min(range(len(walk)), key=lambda i: walk[i].source)
            found.append(Loop(tuple(walk[first:] + walk[:first])))
    return found


def _held_by_one(loop: Loop) -> bool:
    return bool(reduce(set.intersection, (set(link.perspectives) for link in loop.links)))
