"""What the notation promises: each sign, dash and mark on the picture, and nothing else."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.layout.model import Badge, Bars, Box, Layout, Route
from loopmap.scene import Group, Path, Scene, Text, build_scene, emphasise, walk
from loopmap.scene.emphasis import Emphasis
from loopmap.testing import maps


def ring_layout(m: lm.SystemMap, *, stakeholders: bool = False) -> Layout:
    """Everything on a circle, straight links: all that drawing needs to know of a layout."""
    names = [e.name for e in m.elements if e.is_quantity or stakeholders]
    step = math.tau / max(len(names), 1)
    boxes = {
        name: Box(400 * math.cos(i * step), 400 * math.sin(i * step), 100, 30, (name,))
        for i, name in enumerate(names)
    }
    routes = []
    for link in m.links:
        drawn = link.kind == "causal" or (stakeholders and link.kind == "influences")
        if not drawn or link.source not in boxes or link.target not in boxes:
            continue
        a, b = boxes[link.source], boxes[link.target]
        bx, by = (b.x, b.y) if a != b else (b.x + 60, b.y + 60)
        line = [(a.x + (bx - a.x) * t, a.y + (by - a.y) * t) for t in (0.15, 0.4, 0.6, 0.85)]
        x, y = line[-1]
        middle = ((line[0][0] + x) / 2, (line[0][1] + y) / 2)
        bars = Bars(*middle, math.atan2(by - a.y, bx - a.x)) if link.delayed else None
        routes.append(Route(link.key, tuple(line), (x + 12, y), bars))
    badges = tuple(
        Badge(loop.id, 40.0 * i, 0.0, 15, i % 2 == 0)
        for i, loop in enumerate(lm.find_loops(m, at_most=8))
    )
    return Layout(boxes, tuple(routes), badges, (-500, -450, 500, 450), 14, "ring", 0)


def scene_of(m: lm.SystemMap, **options: object) -> Scene:
    people = bool(options.pop("stakeholders", False))
    layout = ring_layout(m, stakeholders=people)
    return build_scene(m, layout, loops=tuple(lm.find_loops(m)), **options)  # type: ignore[arg-type]


def groups(scene: Scene, role: str) -> list[Group]:
    return [mark for mark in walk(scene.marks) if isinstance(mark, Group) and mark.role == role]


def words(group: Group) -> list[str]:
    return [mark.text for mark in walk(group.marks) if isinstance(mark, Text)]


def paths(group: Group) -> list[Path]:
    return [mark for mark in walk(group.marks) if isinstance(mark, Path)]


def one_link(*claims: lm.Claim, **more: object) -> Group:
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=claims)])
    (found,) = groups(scene_of(m, **more), "link")
    return found


SAID = lm.Claim


@pytest.mark.parametrize(
    ("claims", "sign", "sentence"),
    [
        ([SAID(None, "+")], "+", "A increases B"),
        ([SAID(None, "-")], "−", "A reduces B"),
        ([SAID(None, "?")], "?", "A changes (nobody said which way) B"),
        ([SAID("Ann", "+"), SAID("Bo", "-")], "±", "A changes (people disagree which way) B"),
    ],
)
def test_every_link_says_its_sign(claims: list[lm.Claim], sign: str, sentence: str) -> None:
    link = one_link(*claims)
    assert words(link) == [sign]
    assert link.label == sentence


def test_signs_can_be_letters() -> None:
    from dataclasses import replace

    letters = replace(lm.SCREEN, letters=True)
    assert words(one_link(SAID(None, "+"), style=letters)) == ["s"]
    assert words(one_link(SAID(None, "-"), style=letters)) == ["o"]
    assert words(one_link(SAID(None, "?"), style=letters)) == ["?"]


def test_unknown_disputed_and_inferred_lines_differ_without_colour() -> None:
    certain = paths(one_link(SAID(None, "+")))[0]
    unknown = paths(one_link(SAID(None, "?")))[0]
    disputed = paths(one_link(SAID("Ann", "+"), SAID("Bo", "-")))[0]
    inferred = paths(one_link(SAID(None, "+", evidence="inferred")))[0]
    dashes = {path.dash for path in (certain, unknown, disputed, inferred)}
    assert certain.dash == ()
    assert len(dashes) == 4
    assert unknown.stroke == lm.SCREEN.unknown


def test_a_delay_is_two_strokes() -> None:
    plain, slow = one_link(SAID(None, "+")), one_link(SAID(None, "+", delayed=True))
    assert len(paths(slow)) - len(paths(plain)) == 3  # two strokes on a gap
    assert slow.label.endswith("after a delay")


@pytest.mark.parametrize("style", [lm.PRINT, lm.MONO])
def test_without_colour_the_head_tells_the_sign(style: lm.Style) -> None:
    plus, minus = (paths(one_link(SAID(None, s), style=style))[1] for s in "+-")
    assert plus.fill != style.paper
    assert minus.fill == style.paper
    assert minus.stroke


def test_the_head_ends_where_the_route_ends() -> None:
    m = lm.SystemMap(links=[("A", "B", "+")])
    layout = ring_layout(m)
    (link,) = groups(scene_of(m), "link")
    shift = _shift(m, layout)
    tip = layout.routes[0].points[-1]
    head = paths(link)[1].points[0]
    assert head == pytest.approx((tip[0] + shift[0], tip[1] + shift[1]))


def _shift(m: lm.SystemMap, layout: Layout) -> tuple[float, float]:
    """How far the page moved the map."""
    (label,) = (g for g in groups(scene_of(m), "variable") if g.data[0] == ("name", "A"))
    text = next(mark for mark in label.marks if isinstance(mark, Text))
    box = layout.boxes["A"]
    return text.x - box.x, text.y - (box.y + 0.345 * 14)


def test_shapes_of_elements() -> None:
    kinds = [
        lm.Element("Plain"),
        lm.Element("Box", "stock"),
        lm.Element("Pipe", "flow"),
        lm.Element("Outside", tags="driver"),
        lm.Element("Aim", tags="outcome"),
    ]
    found = {words(g)[0]: g for g in groups(scene_of(lm.SystemMap(kinds)), "variable")}
    strokes = {name: sum(bool(p.stroke) for p in paths(g)) for name, g in found.items()}
    assert strokes == {"Plain": 0, "Box": 1, "Pipe": 3, "Outside": 0, "Aim": 1}
    (outside,) = (mark for mark in found["Outside"].marks if isinstance(mark, Text))
    assert outside.italic
    assert outside.colour == lm.SCREEN.quiet


def test_strength_by_width_only_on_request() -> None:
    m = lm.SystemMap(
        links=[
            lm.Link("A", "B", "+", strength=0.1),
            lm.Link("B", "C", "-", strength=-5),
            lm.Link("C", "A", "+", strength=1),
        ]
    )
    from loopmap.scene import Options

    def widths(by: bool) -> list[float]:
        scene = scene_of(m, options=Options(by_strength=by))
        return [paths(group)[0].width for group in groups(scene, "link")]

    assert len(set(widths(False))) == 1
    weak, strong, medium = widths(True)
    assert weak < medium < strong


# -- badges ----------------------------------------------------------------------------------


@pytest.mark.parametrize("clockwise", [True, False])
def test_a_badge_turns_the_way_its_loop_runs(clockwise: bool) -> None:
    from loopmap.scene.parts.badges import badge_marks

    _, ring, head, _ = badge_marks("R1", 0, 0, 15, 14, lm.SCREEN, "#000000", clockwise=clockwise)
    assert isinstance(ring, Path)
    assert isinstance(head, Path)
    area = sum(
        a[0] * b[1] - a[1] * b[0] for a, b in zip(ring.points, ring.points[1:], strict=False)
    )
    assert (area > 0) == clockwise  # y runs down
    tip, end = head.points[0], ring.points[-1]
    turn = end[0] * tip[1] - end[1] * tip[0]
    assert (turn > 0) == clockwise


def test_badges_say_their_loop() -> None:
    m = lm.SystemMap(
        links=[("A", "B", "+"), ("B", "A", "-"), ("B", "C", "?"), ("C", "B", "+")],
        loops=[lm.NamedLoop("Braking", ["A", "B"], "B")],
    )
    found = groups(scene_of(m), "loop")
    assert sorted(words(g)[0] for g in found) == ["B1", "U1"]
    braking = next(g for g in found if words(g)[0] == "B1")
    assert braking.label == "B1 Braking, balancing: A increases B, which reduces A"
    assert "Braking" in words(groups(scene_of(m), "loop-list")[0])


# -- legend ----------------------------------------------------------------------------------


def test_the_key_holds_only_what_is_on_the_map() -> None:
    (key,) = groups(scene_of(lm.SystemMap(links=[("A", "B", "+")])), "legend")
    assert words(key) == ["+", "both move the same way"]
    full = lm.SystemMap(
        [lm.Element("A", "stock"), lm.Element("C", tags="driver")],
        [
            lm.Link("A", "B", "-", delayed=True),
            lm.Link("B", "A", "?"),
            lm.Link(
                "C",
                "A",
                claims=[
                    SAID(who, sign, evidence="inferred")
                    for who, sign in (("Ann", "+"), ("Bo", "-"))
                ],
            ),
        ],
    )
    (key,) = groups(scene_of(full), "legend")
    told = " ".join(words(key))
    for part in ("opposite", "nobody has said", "disagree", "takes time", "inferred", "outside"):
        assert part in told
    assert "same way" not in told
    assert "outcome" not in told


def test_no_key_on_a_map_without_links() -> None:
    assert not groups(scene_of(lm.SystemMap(["A"])), "legend")


# -- stakeholders ----------------------------------------------------------------------------

PEOPLE = lm.SystemMap(
    links=[
        lm.Link("A", "B", "+"),
        lm.Link("Council", "A", "+", kind="influences"),
        lm.Link("Parents", "B", "+", kind="wants"),
        lm.Link("Treasury", "B", "-", kind="wants"),
        lm.Link("Police", "A", kind="holds"),
        lm.Link("Health", "B", kind="holds"),
    ]
)


def test_stakeholders_only_when_asked() -> None:
    assert not groups(scene_of(PEOPLE), "stakeholder")
    assert not groups(scene_of(PEOPLE), "wants")
    scene = scene_of(PEOPLE, stakeholders=True)
    chips = groups(scene, "stakeholder")
    assert sorted(words(g)[0] for g in chips) == [
        "Council",
        "Health",
        "Parents",
        "Police",
        "Treasury",
    ]
    (wants,) = groups(scene, "wants")
    assert wants.label == "Parents wants B up; Treasury wants B down"
    up, down = paths(wants)
    assert up.points[0][1] < up.points[1][1]
    assert down.points[0][1] > down.points[1][1]


def test_the_key_tells_people_and_regions() -> None:
    from loopmap.scene import Options

    (key,) = groups(scene_of(PEOPLE, stakeholders=True, options=Options(regions=True)), "legend")
    told = " ".join(words(key))
    for part in ("who can move what", "wants it up", "wants it down", "a stakeholder", "held by"):
        assert part in told
    (plain,) = groups(scene_of(PEOPLE, options=Options(regions=False)), "legend")
    assert words(plain) == ["+", "both move the same way"]


def test_regions() -> None:
    from loopmap.scene import Options

    off = scene_of(PEOPLE, options=Options(regions=False))
    assert not groups(off, "region")
    found = groups(scene_of(PEOPLE, options=Options(regions=True)), "region")
    assert sorted(g.label for g in found) == ["Health holds B", "Police holds A"]
    (police,) = groups(scene_of(PEOPLE, options=Options(regions="Police")), "region")
    assert words(police) == ["Police"]
    with pytest.raises(lm.UnknownNameError, match="did you mean 'Police'"):
        scene_of(PEOPLE, options=Options(regions=["Polic"]))


def test_a_region_holds_its_names_and_no_others() -> None:
    from loopmap.scene.parts.regions import draw_regions

    m = lm.SystemMap(
        ["Left", "Middle", "Right"],
        [lm.Link("Police", name, kind="holds") for name in ("Left", "Right")],
    )
    boxes = {
        name: Box(x, 0, 80, 30, (name,))
        for name, x in (("Left", 0), ("Middle", 95), ("Right", 190))
    }
    layout = Layout(boxes, (), (), (-50, -20, 240, 20), 14, "row", 0)
    (region,) = draw_regions(m, layout, ["Police"], lm.SCREEN)

    def covers(x: float, y: float) -> bool:
        """Whether some outline winds round the point."""
        return any(
            abs(_winding(outline, x, y)) > 0.5
            for path in paths(region)
            for outline in _outlines(path)
        )

    assert covers(0, 0)
    assert covers(190, 0)
    assert not covers(95, 0)


def _outlines(path: Path) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = []
    at = 0
    for code in path.codes:
        if code == "M":
            found.append([path.points[at]])
            at += 1
        elif code == "C":
            found[-1].append(path.points[at + 2])
            at += 3
    return found


def _winding(outline: list[tuple[float, float]], x: float, y: float) -> float:
    angles = [math.atan2(b - y, a - x) for a, b in outline]
    turns = (b - a for a, b in zip(angles, [*angles[1:], angles[0]], strict=True))
    return sum((turn + math.pi) % math.tau - math.pi for turn in turns) / math.tau


# -- highlight -------------------------------------------------------------------------------

TWO = lm.SystemMap(
    links=[
        lm.Link("A", "B", claims=[SAID("Ann", "+"), SAID("Bo", "+")]),
        lm.Link("B", "A", claims=[SAID("Ann", "+")]),
        lm.Link("B", "C", claims=[SAID("Bo", "-")]),
        lm.Link("C", "B", claims=[SAID("Bo", "+")]),
    ]
)


@pytest.mark.parametrize(
    ("highlight", "links", "variables"),
    [
        ("R1", {"AB", "BA"}, "AB"),
        (["R1", "C"], {"AB", "BA", "BC", "CB"}, "ABC"),
        (("B", "C"), {"BC"}, "BC"),
        ("C", {"BC", "CB"}, "BC"),
        ("Ann", {"AB", "BA"}, "AB"),
        (TWO.link("C", "B"), {"CB"}, "BC"),
    ],
)
def test_what_a_highlight_means(highlight: object, links: set[str], variables: str) -> None:
    found = emphasise(TWO, lm.find_loops(TWO), highlight)  # type: ignore[arg-type]
    assert {key.source + key.target for key in found.links} == links
    assert found.variables == set(variables)


def test_what_is_not_highlighted_fades_and_lies_behind() -> None:
    loops = lm.find_loops(TWO)
    scene = scene_of(TWO, emphasis=emphasise(TWO, loops, "R1"))
    found = groups(scene, "link")
    colours = {g.label: paths(g)[0].stroke for g in found}
    assert colours["A increases B"] == lm.SCREEN.positive
    assert colours["C increases B"] != lm.SCREEN.positive
    order = [g.label for g in found]
    assert set(order[:2]) == {"C increases B", "B reduces C"}
    assert {g.label for g in groups(scene, "variable")} == set("ABC")


@settings(max_examples=20)
@given(maps(max_variables=5, max_links=8), st.data())
def test_every_scene_shows_every_name_and_link_once(m: lm.SystemMap, data: st.DataObject) -> None:
    lit = data.draw(st.sets(st.sampled_from(m.variables))) if m.variables else set()
    emphasis = Emphasis(variables=frozenset(lit))
    layout = ring_layout(m)
    scene = build_scene(m, layout, emphasis=emphasis)
    assert sorted(dict(g.data)["name"] for g in groups(scene, "variable")) == sorted(m.variables)
    assert len(groups(scene, "link")) == len(layout.routes)
    keys = [mark.key for mark in walk(scene.marks) if isinstance(mark, Group) and mark.key]
    assert len(keys) == len(set(keys))
    left, top, right, bottom = scene.box
    for mark in walk(scene.marks):
        if isinstance(mark, Path):
            assert all(left <= x <= right and top <= y <= bottom for x, y in mark.points)
