"""Merging obeys its laws, keeps who said what, and names both maps when they contradict."""

from __future__ import annotations

import logging
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loopmap as lm
from loopmap.perspectives.merging import merge_named
from loopmap.testing import maps, views


@st.composite
def titled_maps(draw: st.DrawFn) -> lm.SystemMap:
    """Maps that can be merged in a list: whoever drew them has a name."""
    m = draw(maps(max_variables=4, max_links=6))
    joined = st.sampled_from(["Police", "Health", "Health + Police", "+ Police", "a +", "b  + a"])
    return m if m.title else m.replace(title=draw(joined))


def merged(*parts: lm.SystemMap) -> lm.SystemMap | None:
    """The merged map, or None where kinds contradict each other: then they must, in every order."""
    try:
        return lm.merge(parts)
    except lm.InvalidMapError:
        return None


@given(titled_maps(), titled_maps(), titled_maps())
@settings(max_examples=settings().max_examples // 2)
def test_order_and_steps_do_not_matter(a: lm.SystemMap, b: lm.SystemMap, c: lm.SystemMap) -> None:
    whole = merged(a, b, c)
    assert all(merged(*order) == whole for order in permutations((a, b, c)))
    first, last = merged(a, b), merged(b, c)
    assert (merged(first, c) if first else None) == whole
    assert (merged(a, last) if last else None) == whole


@given(titled_maps())
@settings(max_examples=settings().max_examples // 2)
def test_merging_twice_is_merging_once(m: lm.SystemMap) -> None:
    once = lm.merge([m])
    assert lm.merge([m, m]) == once
    assert lm.merge([once]) == once
    assert lm.merge([once, m]) == once


@given(titled_maps(), titled_maps())
@settings(max_examples=settings().max_examples // 2)
def test_nothing_is_lost_and_every_link_has_somebody(a: lm.SystemMap, b: lm.SystemMap) -> None:
    whole = merged(a, b)
    if whole is None:
        return
    for m in (a, b):
        assert set(m.names) <= set(whole.names)
        assert set(m.loops) <= set(whole.loops)
        assert set(m.sources) <= set(whole.sources)
        for link in m.links:
            kept = whole.link(link.source, link.target, kind=link.kind, route=link.route)
            assert {c.order[1:] for c in link.claims} <= {c.order[1:] for c in kept.claims}
            assert link.polarity | kept.polarity == kept.polarity
    assert all(claim.perspective for link in whole.links for claim in link.claims)
    assert set(whole.names) == set(a.names) | set(b.names)


@given(titled_maps())
@settings(max_examples=settings().max_examples // 2)
def test_a_perspective_is_what_they_drew(m: lm.SystemMap) -> None:
    only = m.replace(
        links=[
            link.replace(claims=[lm.Claim(None, c.polarity, c.delayed) for c in link.claims])
            for link in m.links
        ]
    )
    other = lm.SystemMap(title="Other", links=[("x1", "x2", "+")])
    if only.title == "Other" or not only.links:
        return
    seen = lm.merge([only, other]).perspective(only.title)
    assert {(x.key, x.polarity, x.delayed) for x in seen.links} == {
        (x.key, x.polarity, x.delayed) for x in only.links
    }


def test_texts_stay_whole_when_maps_are_laid_together() -> None:
    parents = lm.SystemMap(["A"], title="Mums + dads", about="Men and / or women", date="3/5")
    nurses = lm.SystemMap(["B"], title="Nurses", about="Wards 1 / 2")
    others = lm.SystemMap(["C"], title="Mums", about="women")
    whole = lm.merge([parents, nurses])
    assert whole.title.replace("\u00a0", " ") == "Mums + dads + Nurses"
    assert whole.about.replace("\u00a0", " ") == "Men and / or women / Wards 1 / 2"
    assert whole.date == "3/5"
    three = lm.merge([others, whole])
    assert three == lm.merge([lm.merge([nurses, others]), parents, whole])
    assert three.title.replace("\u00a0", " ") == "Mums + Mums + dads + Nurses"
    assert lm.parse(lm.notation.write_text(three)) == three  # the joint is known again


def test_the_name_given_speaks_before_the_title() -> None:
    m = lm.SystemMap(links=[("A", "B", "+")], title="Workshop of 3 May")
    assert lm.merge({"Police": m}).perspectives == ("Police",)
    assert lm.merge({"Police": m}).title == "Workshop of 3 May"
    assert lm.merge([m]).perspectives == ("Workshop of 3 May",)
    assert lm.merge({"Police": m.replace(title="")}).title == "Police"
    assert lm.merge([m], title="All").title == "All"


def test_claims_that_have_a_name_keep_it() -> None:
    said = [lm.Claim("Ann", "+"), lm.Claim(None, "-", delayed=True, strength=2)]
    m = lm.SystemMap(links=[lm.Link("A", "B", claims=said)])
    assert [c.perspective for c in lm.merge({"Police": m}).links[0].claims] == ["Ann", "Police"]
    assert lm.merge({"Police": m}).links[0].claims[1].strength == 2


def test_a_nameless_map_is_refused_with_its_number_and_the_remedy() -> None:
    named = lm.SystemMap(title="Police", links=[("A", "B", "+")])
    with pytest.raises(lm.InvalidMapError, match=r"map 2 .* no title.*give it a title"):
        lm.merge([named, lm.SystemMap(links=[("A", "B", "+")])])
    assert lm.merge([named, lm.SystemMap(["A"])]) == lm.merge([named])


@pytest.mark.parametrize("kinds", [("stock", "flow"), ("stakeholder", "variable")])
def test_kinds_that_contradict_name_both_maps(kinds: tuple[str, str]) -> None:
    a, b = (lm.SystemMap([lm.Element("Council", kind)]) for kind in kinds)
    with pytest.raises(lm.InvalidMapError, match=r"'Council' is a .* in '(Health|Police)' and a"):
        lm.merge({"Health": a, "Police": b})


def test_a_variable_yields_and_notes_unite() -> None:
    a = lm.SystemMap([lm.Element("Backlog", notes="cases", tags="x", position=(1, 2))])
    b = lm.SystemMap([lm.Element("Backlog", "stock", notes=["calls", "cases"])])
    whole = lm.merge({"a": a, "b": b})
    assert whole.elements == (lm.Element("Backlog", "stock", ["calls", "cases"], "x"),)
    assert whole.elements[0].position == (1, 2)


def test_same_joins_names_in_links_loops_and_focal() -> None:
    police = lm.SystemMap(
        links=[("Trafic volume", "Delay", "+"), ("Delay", "Trafic volume", "-")],
        loops=[lm.NamedLoop("Jam", ["Trafic volume", "Delay"], "B")],
        focal="Trafic volume",
    )
    council = lm.SystemMap(links=[("Traffic volume", "Delay", "+")])
    whole = lm.merge(
        {"Police": police, "Council": council}, same={"Trafic volume": "Traffic volume"}
    )
    assert whole.names == ("Delay", "Traffic volume")
    assert whole.link("Traffic volume", "Delay").perspectives == ("Council", "Police")
    assert whole.loops[0].key == ("Delay", "Traffic volume")
    assert whole.focal == ("Traffic volume",)


def test_same_is_checked() -> None:
    m = lm.SystemMap(["Trafic volume", "B"], title="x")
    with pytest.raises(lm.UnknownNameError, match=r"'Trafic volum'.*did you mean 'Trafic volume'"):
        lm.merge([m], same={"Trafic volum": "B"})
    with pytest.raises(lm.InvalidMapError, match="name the last one for both"):
        lm.merge([m], same={"Trafic volume": "B", "B": "C"})


def test_likely_same_names_are_logged_and_never_applied(
    caplog: pytest.LogCaptureFixture,
) -> None:
    maps = {"a": lm.SystemMap(["Trafic volume"]), "b": lm.SystemMap(["Traffic volume"])}
    with caplog.at_level(logging.WARNING, "loopmap"):
        assert len(lm.merge(maps).names) == 2
    assert "same={'Trafic volume': 'Traffic volume'}" in caplog.text
    caplog.clear()
    with caplog.at_level(logging.WARNING, "loopmap"):
        assert len(lm.merge(maps, same=lm.likely_same(maps.values())).names) == 1
    assert not caplog.text


@pytest.mark.parametrize(
    "maps", [lm.SystemMap(["A"]), ["police.loop"], {"Police": "police.loop"}, 7, None]
)
def test_what_is_no_map_is_refused(maps: object) -> None:
    with pytest.raises(lm.InvalidMapError, match="merge"):
        lm.merge(maps)  # type: ignore[arg-type]


def test_nothing_to_merge_is_an_empty_map() -> None:
    assert lm.merge([]) == lm.SystemMap()


def test_one_title_twice_is_said(caplog: pytest.LogCaptureFixture) -> None:
    a = lm.SystemMap(title="Workshop", links=[("A", "B", "+")])
    b = lm.SystemMap(title="Workshop", links=[("A", "B", "-")])
    with caplog.at_level(logging.WARNING, "loopmap"):
        whole = lm.merge([a, b])
    assert "several maps are called 'Workshop'" in caplog.text
    assert whole.links[0].polarity == lm.Polarity.MIXED


def test_forty_interviews_merge() -> None:
    interviews = {
        f"Interview {who:02}": lm.SystemMap(
            links=[
                (f"Variable {(i + who) % 45}", f"Variable {(i * 7 + 1) % 45}", "+-"[who % 2])
                for i in range(30)
            ]
        )
        for who in range(40)
    }
    whole = lm.merge(interviews)
    assert len(whole.perspectives) == 40
    assert sum(len(link.claims) for link in whole.links) == 40 * 30


def test_the_same_map_twice_under_one_title_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    m = lm.SystemMap(links=[("A", "B", "+")], title="Workshop")
    with caplog.at_level(logging.WARNING, "loopmap"):
        assert lm.merge([m, m]) == lm.merge([m])
    assert not caplog.text


def test_advice_names_both_and_goes_when_somebody_decided(
    caplog: pytest.LogCaptureFixture,
) -> None:
    maps = {"a": lm.SystemMap(["Trafic volume"]), "b": lm.SystemMap(["Traffic volume", "Cars"])}
    with caplog.at_level(logging.WARNING, "loopmap"):
        lm.merge(maps)
    assert "'Trafic volume' and 'Traffic volume' look like one name" in caplog.text
    caplog.clear()
    both = dict.fromkeys(["Trafic volume", "Traffic volume"], "Cars")
    for same in ({"Traffic volume": "Trafic volume"}, both):
        with caplog.at_level(logging.WARNING, "loopmap"):
            lm.merge(maps, same=same)
    assert not caplog.text


@given(views(), st.sampled_from([None, "Together"]))
def test_merging_without_advice_is_merging(
    drawn: dict[str, lm.SystemMap], title: str | None
) -> None:
    names = sorted({name for m in drawn.values() for name in m.variables})
    same = {names[0]: names[-1]} if len(names) > 1 else {}
    assert merge_named(drawn, same=same, title=title) == lm.merge(drawn, same=same, title=title)


def test_merging_without_advice_logs_nothing_and_checks_as_much(
    caplog: pytest.LogCaptureFixture,
) -> None:
    maps = {"a": lm.SystemMap(["Trafic volume"]), "b": lm.SystemMap(["Traffic volume"])}
    with caplog.at_level(logging.WARNING, "loopmap"):
        merge_named(maps, same={})
    assert not caplog.text
    with pytest.raises(lm.UnknownNameError, match="Traffic"):
        merge_named(maps, same={"Traffic": "x"})
