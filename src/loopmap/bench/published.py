"""Small maps with published loop counts, and where those stand."""

from __future__ import annotations

from loopmap.model import Link, SystemMap

__all__ = ["PUBLISHED"]

#: Name -> what it is, where the counts stand, links as ``source target sign``, loops by kind.
PUBLISHED: dict[str, tuple[str, str, str, dict[str, int]]] = {
    "arms-race-3": (
        "three parties arm against each other; two loops have the same three variables",
        "Eberlein and Schoenberg 2020, Finding the Loops that Matter, Independent and Important "
        "Loops: 8 loops",
        "A A -, B B -, C C -, A B +, B A +, A C +, C A +, B C +, C B +",
        {"R": 5, "B": 3},
    ),
    "arms-race-2": (
        "two parties with desired weapons and weapons on order",
        "Stella's loop list for the model armsRace of sd-ai (UB-IAD, commit 5793adf3ce, MIT): "
        "3 loops, 1 + and 2 -",
        "theirs our-goal +, our-goal our-change +, ours their-goal +, their-goal their-change +, "
        "ours our-change -, theirs their-change -, our-change ours +, their-change theirs +",
        {"R": 1, "B": 2},
    ),
    "bass-diffusion": (
        "adoption by word of mouth",
        "Stella's loop list for the model bassDiffusion of sd-ai (UB-IAD, commit 5793adf3ce, "
        "MIT): 2 loops, 1 + and 1 -",
        "potentials chance +, adopters contacts +, contacts meetings +, chance meetings +, "
        "meetings word-of-mouth +, word-of-mouth adopting +, adopting potentials -, "
        "adopting adopters +",
        {"R": 1, "B": 1},
    ),
    "parallel-links": (
        "two links of different sign between one pair, and a link from a variable to itself",
        "StockFlow.jl, test/CausalLoop.jl, 'Cycles': 3 cycles as links, -, + and -",
        "A B +, A B - again, B B -, B A -",
        {"R": 1, "B": 2},
    ),
    "parallel-self-links": (
        "two links of different sign from a variable to itself, and a loop closed twice",
        "StockFlow.jl, test/CausalLoop.jl, 'Count of loops a variable is on'",
        "A B +, B C +, C D -, D A +, D A - again, E E +, E E - again, F F +",
        {"R": 3, "B": 2},
    ),
}


def published_map(name: str) -> SystemMap:
    """The map of one published case."""
    links = []
    for line in PUBLISHED[name][2].split(","):
        source, target, sign, *route = line.split()
        links.append(Link(source, target, sign, route=" ".join(route)))
    return SystemMap(links=links, title=name)
