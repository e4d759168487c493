"""How a picture looks: every colour, size and dash as a field, and five presets.

Lengths are in em, the size of the variables' names, so that one style fits every layout.
Colours were chosen by measure: text at least 4.5 : 1 against the paper (WCAG 2.2, 1.4.3), and
positive and negative apart for people who see no red, green or blue and on a grey copier; the
tests simulate all four.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from loopmap.options import StyleName, choose

__all__ = ["DARK", "MONO", "PRINT", "SCREEN", "STYLES", "WALL", "Style", "mix", "style_of"]


@dataclass(frozen=True, slots=True)
class Style:
    """Every colour, size, dash and sign of a picture.

    Make your own from a preset: ``dataclasses.replace(lm.SCREEN, negative="#9c1f1f")``. Colours
    are ``"#rrggbb"``, lengths em (the size of variables' names), dashes tuples of stroke and gap.

    Parameters
    ----------
    paper, ink
        The ground, and names and title.
    quiet
        Drivers, subtitle, footer.
    positive, negative, unknown, mixed
        Links by their sign; ``unknown`` where nobody said it, ``mixed`` where people disagree.
    reinforcing, balancing, undetermined
        Badges of loops by their kind.
    stakeholder, chip
        The letters and the ground of a stakeholder's chip.
    rule
        The thin lines above the legend and the footer.
    regions
        The colours holders' regions take in turn.
    region_opacity
        How dense a region is, 0 to 1.
    fade
        How far everything that is not highlighted goes towards the paper, 0 to 1.
    line
        The width of links.
    lines_by_strength
        The widths of weak, medium and strong links, with ``by_strength=True``.
    head, head_width
        The length and the width of arrowheads.
    open_negative_head
        Whether negative links have open arrowheads.
    bar, bar_gap, bar_line
        The strokes of a delay: half their length, the room between them, their width.
    dash_inferred, dash_unknown, dash_mixed, dash_influence
        The dashes of links that are inferred, have no sign or a disputed one, and of those by
        which stakeholders influence.
    frame
        The width of the line round stocks.
    sign
        The size of signs on links.
    letters
        Whether to write ``s`` and ``o`` (same, opposite) for ``+`` and ``−``.
    badge, badge_line
        The size of labels in loops' badges, and the width of the circle round them.
    loop_name
        The size of names of loops beside their badges.
    title, subtitle, legend, small
        Sizes of type; ``small`` is for the footer and for words on links.
    margin
        The empty room round the picture.

    Examples
    --------
    >>> from dataclasses import replace
    >>> replace(lm.SCREEN, letters=True).letters
    True
    """

    # colours
    paper: str = "#ffffff"
    ink: str = "#1d2733"
    quiet: str = "#5f6b76"  # drivers, subtitle, footer
    positive: str = "#0a4f73"
    negative: str = "#c04a17"
    unknown: str = "#5f6b76"  # nobody said which sign
    mixed: str = "#5f6b76"  # they disagree about the sign
    reinforcing: str = "#6b3fa0"
    balancing: str = "#1f6f43"
    undetermined: str = "#5f6b76"
    stakeholder: str = "#3f4d5a"
    chip: str = "#eef1f4"
    rule: str = "#c9d0d7"
    regions: tuple[str, ...] = (
        "#3b7ea1", "#c27c0e", "#6a8f3c", "#a2559b", "#b8533e", "#4c6fb5", "#7d7a2c", "#3f8f86",
    )  # fmt: skip
    region_opacity: float = 0.13
    fade: float = 0.80  # how far towards the paper everything goes that is not highlighted

    # lines, in em
    line: float = 0.115
    lines_by_strength: tuple[float, float, float] = (0.08, 0.15, 0.25)
    head: float = 0.72
    head_width: float = 0.54
    open_negative_head: bool = False
    bar: float = 0.46  # half the length of a delay stroke
    bar_gap: float = 0.30
    bar_line: float = 0.115
    dash_inferred: tuple[float, ...] = (0.02, 0.27)  # round ends make dots of it
    dash_unknown: tuple[float, ...] = (0.55, 0.32)
    dash_mixed: tuple[float, ...] = (0.9, 0.28, 0.14, 0.28)
    dash_influence: tuple[float, ...] = (0.34, 0.26)
    frame: float = 0.1  # round stocks

    # type, in em
    sign: float = 1.12
    letters: bool = False  # s and o in place of + and −
    badge: float = 0.9
    badge_line: float = 0.125
    loop_name: float = 0.78
    title: float = 1.75
    subtitle: float = 1.0
    legend: float = 0.82
    small: float = 0.74
    margin: float = 2.2

    def link_colour(self, polarity: str) -> str:
        """The colour of links of one polarity.

        Parameters
        ----------
        polarity
            Its word: ``"positive"``, ``"negative"``, ``"mixed"`` or ``"unknown"``.

        Returns
        -------
        str
            Such as ``"#0a4f73"``.
        """
        return {
            "positive": self.positive,
            "negative": self.negative,
            "mixed": self.mixed,
        }.get(polarity, self.unknown)

    def loop_colour(self, kind: str) -> str:
        """The colour of loops of one kind.

        Parameters
        ----------
        kind
            ``"R"``, ``"B"`` or ``"U"``.

        Returns
        -------
        str
            Such as ``"#6b3fa0"``.
        """
        return {"R": self.reinforcing, "B": self.balancing}.get(kind, self.undetermined)


SCREEN = Style()

#: For office printers and black-and-white copies: near-black lines told apart by their heads.
PRINT = replace(
    SCREEN,
    ink="#000000",
    quiet="#505050",
    positive="#083f5c",
    negative="#b23f10",
    open_negative_head=True,
    line=0.1,
    rule="#b0b0b0",
)

#: For posters read from a few metres: heavier lines, larger signs and badges.
WALL = replace(
    SCREEN,
    line=0.15,
    lines_by_strength=(0.1, 0.2, 0.32),
    head=0.86,
    head_width=0.66,
    bar_line=0.14,
    bar=0.5,
    sign=1.25,
    badge=0.95,
    badge_line=0.15,
    loop_name=0.84,
    title=2.3,
    subtitle=1.15,
    legend=0.9,
    small=0.8,
    margin=2.6,
)

#: One ink: everything by shape, dash and sign.
MONO = replace(
    SCREEN,
    ink="#000000",
    quiet="#4a4a4a",
    positive="#000000",
    negative="#000000",
    unknown="#4a4a4a",
    mixed="#4a4a4a",
    reinforcing="#000000",
    balancing="#000000",
    undetermined="#4a4a4a",
    stakeholder="#000000",
    chip="#ffffff",
    rule="#9a9a9a",
    regions=("#000000",),
    region_opacity=0.05,
    open_negative_head=True,
)

DARK = replace(
    SCREEN,
    paper="#12181f",
    ink="#e6ebf0",
    quiet="#9aa6b2",
    positive="#6ec1e4",
    negative="#ff9e64",
    unknown="#a9b4bf",
    mixed="#a9b4bf",
    reinforcing="#c3a6f2",
    balancing="#7fd1a0",
    undetermined="#a9b4bf",
    stakeholder="#c3ccd5",
    chip="#232d38",
    rule="#3a4652",
    regions=(
        "#6ec1e4",
        "#e3b04b",
        "#a5c872",
        "#d49bce",
        "#f0917c",
        "#8fb0ef",
        "#cdc96a",
        "#74c9bf",
    ),
    region_opacity=0.14,
)

#: Names of the presets, as the command line knows them.
STYLES: dict[StyleName, Style] = {
    "screen": SCREEN,
    "print": PRINT,
    "wall": WALL,
    "mono": MONO,
    "dark": DARK,
}


def style_of(style: Style | StyleName) -> Style:
    """A style by value or by the name of a preset.

    Raises
    ------
    InvalidOptionError
        If no preset has this name.
    """
    if isinstance(style, Style):
        return style
    return STYLES[choose(str(style).casefold(), STYLES, "style")]


def mix(colour: str, paper: str, share: float) -> str:
    """``colour`` moved towards ``paper``: 0 leaves it, 1 is the paper itself.

    Examples
    --------
    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    if not colour:
        return ""
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
