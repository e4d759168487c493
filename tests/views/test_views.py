"""Pictures of whose map it is and what changed: told in words too, never by colour alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

import loopmap as lm
from loopmap.scene.overlays.by_perspective import perspective_overrides, short_names
from loopmap.testing import maps

POLICE = lm.SystemMap(
    links=[("Risk", "Referrals", "+"), ("Referrals", "Backlog", "+"), ("Backlog", "Risk", "+")]
)
HEALTH = lm.SystemMap(links=[("Risk", "Referrals", "-"), ("Backlog", "Stress", "+")])
SCHOOLS = lm.SystemMap(links=[("Stress", "Backlog", "+"), ("Risk", "Referrals", "+")])
THREE = lm.merge({"Police": POLICE, "Health": HEALTH, "Schools": SCHOOLS}, title="Three")


def texts(drawing: lm.Drawing) -> list[str]:
    return re.findall(r">([^<>\n]+)</text>", drawing.svg())


def test_by_perspective_names_everybody_and_spells_out_contradictions() -> None:
    drawing = lm.draw(THREE, by="perspective", effort="fast")
    shown = texts(drawing)
    assert "P S+ H−" in shown
    assert "Police: 3 links" in shown
    assert "they contradict each other" in " ".join(shown)
    colours = set(re.findall(r'stroke="(#\w+)"', drawing.svg()))
    assert set(lm.SCREEN.regions[:3]) <= colours
    with pytest.raises(lm.InvalidOptionError, match="'sign' or 'perspective', not 'perspectve'"):
        lm.draw(THREE, by="perspectve")


def test_a_map_of_its_author_alone_has_no_tags() -> None:
    shown = texts(lm.draw(POLICE, by="perspective", effort="fast"))
    assert "Nobody is named for any link" in " ".join(shown)
    assert not [text for text in shown if "author)" in text]
    assert "(author): 3 links" in texts(
        lm.draw(POLICE, by="perspective", author=True, effort="fast")
    )


def test_many_people_and_a_record() -> None:
    many = lm.merge({f"P{i}": POLICE if i else HEALTH for i in range(12)})
    own = lm.Link("Stress", "Sick leave", "+")
    disputed = many.link("Backlog", "Stress")
    noted = disputed.replace(claims=[*disputed.claims, lm.Claim(None, "-")])
    m = many.remove(disputed).add(noted, own)
    overrides = perspective_overrides(m, lm.SCREEN, 16)
    assert overrides.links[own.key].tag == ""
    assert overrides.links[own.key].colours == (lm.SCREEN.quiet,)
    assert overrides.links[noted.key].tag == "(−)"
    assert [text for _, text in overrides.key] == [
        "in brackets: another sign on the facilitator's record",
        "on the facilitator's record only: 1 link",
    ]


def test_one_ink_tells_them_apart_by_dashes_and_letters() -> None:
    overrides = perspective_overrides(THREE, lm.MONO, 16)
    alone = [look for look in overrides.links.values() if len(look.tag) == 1]
    assert len({look.dash for look in alone}) > 1


def test_many_people_are_counted() -> None:
    many = lm.merge({f"P{i}": POLICE if i else HEALTH for i in range(12)})
    shown = texts(lm.draw(many, by="perspective", effort="fast"))
    assert "11+ 1−" in shown
    assert "11" in shown


def test_short_names_are_short_and_all_different() -> None:
    names = ["Police", "Probation", "Planning", "Police Scotland", "P", "漢字", "!"]
    codes = short_names(names)
    assert len(set(codes.values())) == len(names)
    assert codes["Police"] == "P"


def test_the_picture_of_changes_says_new_gone_and_how() -> None:
    after = POLICE.remove("Backlog").add(lm.Link("Risk", "Trust", "-"))
    after = after.remove(after.link("Risk", "Referrals")).add(lm.Link("Risk", "Referrals", "-"))
    drawing = lm.draw_diff(POLICE, after, effort="fast")
    shown = texts(drawing)
    assert {"new", "gone", "+ → −"} <= set(shown)
    assert "Backlog" in shown  # what is gone stays on the picture, struck through
    footer = " ".join(shown)
    assert "Before: 1 loop (1 R); after: 0 loops" in footer


def test_a_renamed_element_says_what_it_was() -> None:
    drawing = lm.draw_diff(POLICE, POLICE.rename({"Referrals": "Calls"}), effort="fast")
    assert "was: Referrals" in texts(drawing)


@given(maps(max_variables=4, max_links=5), maps(max_variables=4, max_links=5))
@settings(max_examples=settings().max_examples // 8)
def test_any_two_maps_can_be_drawn_as_a_change(a: lm.SystemMap, b: lm.SystemMap) -> None:
    assert lm.draw_diff(a, b, effort="fast").svg().startswith("<svg")


def test_panels_show_each_as_they_see_it_and_what_nobody_sees_alone() -> None:
    drawing = lm.draw_panels(THREE, effort="fast")
    assert [panel.heading for panel in drawing.panels] == [
        "Health alone",
        "Police alone",
        "Schools alone",
        "What nobody sees alone",
    ]
    assert [panel.line for panel in drawing.panels] == [
        "2 of 5 links, 0 of 2 loops whole",
        "3 of 5 links, 1 of 2 loops whole",
        "2 of 5 links, 0 of 2 loops whole",
        "1 of 2 loops",
    ]
    police = drawing.panels[1]
    assert police.map.link("Risk", "Referrals").polarity is lm.Polarity.POSITIVE
    assert [loop.label for loop in police.loops] == ["R"]  # the joined map calls it U1
    assert drawing.panels[3].loops[0].label == "R1"


def test_panels_save_on_paper_with_ids_of_their_own(tmp_path: Path) -> None:
    drawing = lm.draw_panels(THREE, who=["Police"], effort="fast")
    assert len(drawing.panels) == 2
    ids = re.findall(r' id="([^"]+)"', drawing.svg())
    assert len(ids) == len(set(ids))
    saved = drawing.save(tmp_path / "p.svg", paper="A3")
    assert b"420mm" in saved.read_bytes()
    with pytest.raises(lm.UnknownNameError, match=r"'Polce'.*did you mean 'Police'"):
        lm.draw_panels(THREE, who=["Polce"])


def test_no_empty_panel() -> None:
    drawing = lm.draw_panels(lm.merge({"Police": POLICE}), effort="fast")
    assert [panel.heading for panel in drawing.panels] == ["Police alone"]
    assert "The only loop is seen whole by somebody." in " ".join(texts(drawing))
