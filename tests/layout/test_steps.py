"""The smaller steps: measure, separate, pack, signs, delays, badges, box, detours, neutral form."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.layout import lay_out
from loopmap.layout.badges import BADGE_RADIUS, place_badges
from loopmap.layout.clear import Clear
from loopmap.layout.detour import detour
from loopmap.layout.geometry import box_distance, outside, segment_distance, trace
from loopmap.layout.keep import Held
from loopmap.layout.measure import measure
from loopmap.layout.neutral import geometry
from loopmap.layout.pack import pack
from loopmap.layout.problem import Problem, drawn_links, problem, rings
from loopmap.layout.router import Router
from loopmap.layout.separate import separate

POINTS = st.tuples(st.floats(-40, 40), st.floats(-40, 40)).map(lambda p: complex(*p))


def test_stocks_get_more_room_than_variables() -> None:
    m = lm.SystemMap([lm.Element("Backlog", "stock"), "Backlig"])
    labels = measure(m, 14)
    assert labels["Backlog"].width > labels["Backlig"].width
    assert labels["Backlog"].height > labels["Backlig"].height


@settings(max_examples=60, deadline=None)
@given(st.lists(POINTS, min_size=2, max_size=12))
def test_separated_boxes_keep_their_gap(at: list[complex]) -> None:
    half = np.full(len(at), 3 + 1j)
    x = separate(np.array(at), half)
    apart = abs(x[:, None] - x)
    np.fill_diagonal(apart, 99)
    across, down = abs((x[:, None] - x).real), abs((x[:, None] - x).imag)
    assert ((across >= 6.999) | (down >= 2.799) | (apart == 99)).all()


def test_fixed_boxes_do_not_move() -> None:
    x = np.array([0j, 0.5 + 0j, 1 + 0j])
    done = separate(x, np.full(3, 3 + 1j), fixed=np.array([True, False, False]))
    assert done[0] == 0
    assert outside(done[1:] - done[0], np.full(2, 6 + 2j)).min() >= 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1, 30), st.floats(1, 20), st.booleans()), min_size=1, max_size=9)
)
def test_packed_parts_do_not_meet(parts: list[tuple[float, float, bool]]) -> None:
    low = np.array([complex(-a, -b) for a, b, _ in parts])
    shift = pack(low, -low, [single for _, _, single in parts])
    for i, (a, b, _) in enumerate(parts):
        for j, (c, d, _) in enumerate(parts[:i]):
            away = shift[i] - shift[j]
            assert abs(away.real) >= a + c or abs(away.imag) >= b + d


def test_rings_are_the_shortest_that_bring_a_new_link() -> None:
    ends = np.array([(0, 1), (1, 2), (2, 0), (2, 3), (3, 0), (1, 0), (3, 3)])
    found = {tuple(ends[i, 0] for i in ring) for ring in rings(ends, range(len(ends)))}
    assert found == {(3,), (0, 1), (0, 1, 2), (0, 1, 2, 3)}


def test_a_badge_sits_inside_its_ring_and_turns_with_it() -> None:
    turn = 12 * np.exp(2j * np.pi * np.arange(5) / 4)
    lines = [turn[k : k + 2] for k in range(4)]
    clear = Clear(turn[:4], np.full(4, 1 + 0.5j), lines)
    ((at, radius, clockwise),) = place_badges([[0, 1, 2, 3]], lines, clear)
    assert abs(at) < 4
    assert radius == BADGE_RADIUS
    assert clockwise  # angles grow clockwise where y points down


def test_a_link_through_text_goes_round_it() -> None:
    m = lm.SystemMap(["M1", "M2", "M3"], [("A", "B", "+")])
    p = problem(measure(m, 10), drawn_links(m), (), 10)
    at = {"A": 0, "B": 60, "M1": 20, "M2": 30, "M3": 40}
    x = np.array([complex(at[name], 0) for name in p.names])
    half = p.half.copy()
    half[2:] = 3 + 20j  # tall walls, which no single arc clears
    half[2] = 3 + 1j
    wall = Problem(p.names, half, p.keys, p.ends, p.loops, p.delayed, p.signed)
    router = Router(wall, x)
    detour(router)
    line = trace(router.curves()[0], 48)
    assert router.detours
    assert outside(line[:, None] - x[2:], half[2:]).min() > 0


def test_distances() -> None:
    points = np.array([0j, 3 + 4j])
    assert np.allclose(
        segment_distance(points, np.array([1 + 0j]), np.array([9 + 0j]))[:, 0], [1, 4]
    )
    assert np.allclose(
        box_distance(points, np.array([6 + 4j]), np.array([1 + 1j]))[:, 0], [5.831, 2], atol=1e-3
    )


def test_nothing_held_is_false() -> None:
    none = np.zeros(3, bool)
    assert not Held(np.zeros(3, complex), none, none)


def test_the_neutral_form_holds_everything_drawn() -> None:
    m = lm.SystemMap(links=[lm.Link("A", "B", "+", delayed=True), ("B", "A", "-"), ("A", "A", "+")])
    layout = lay_out(m)
    form = geometry(layout, [["A", "B"]], name="x")
    assert [node["id"] for node in form["nodes"]] == ["A", "B"]
    assert [(e["source"], e["target"]) for e in form["edges"]] == [("A", "B"), ("B", "A")]
    kinds = [label["kind"] for label in form["labels"]]
    assert (kinds.count("polarity"), kinds.count("delay")) == (2, 1)
    assert kinds.count("loop") == len(layout.badges)
