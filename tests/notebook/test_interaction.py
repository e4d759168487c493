"""The live map in Chromium: every interaction, with the real Python side behind a fake model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import loopmap as lm

pytestmark = pytest.mark.browser

HUB = lm.SystemMap(
    elements=[lm.Element("Backlog", notes="Cases waiting")],
    links=[
        lm.Link("Backlog", "Stress", "+"),
        lm.Link("Stress", "Sick leave", claims=[lm.Claim("Police", "+"), lm.Claim("Health", "+", delayed=True, quote="we see it in March")]),
        lm.Link("Sick leave", "Backlog", claims=[lm.Claim("Police", "+")]),
        lm.Link("Backlog", "Overtime", "+"),
        lm.Link("Overtime", "Backlog", "-"),
        lm.Link("Overtime", "Stress", claims=[lm.Claim("Health", "+")]),
        lm.Link("Weather", "Sick leave", "?"),
        lm.Link("Police", "Backlog", kind="holds"),
    ],
    loops=[lm.NamedLoop("Burning out", ["Backlog", "Stress", "Sick leave"], "R")],
    title="The hub",
)  # fmt: skip
Show = Callable[..., Any]


def test_hover_lights_loops_and_reads_them_out(live: Show) -> None:
    w = live(HUB)
    assert w.lit() == set(HUB.variables)
    w.hover(w.link("Overtime", "Backlog"))
    # two loops run along it: Backlog-Overtime, and the one through Stress does not
    assert w.lit() == {"Backlog", "Overtime"}
    assert "Overtime reduces Backlog" in w.status.inner_text()
    w.hover(w.variable("Weather"))
    assert w.lit() == {"Weather", "Sick leave"}
    assert "In no loop" in w.status.inner_text()
    w.hover(w.group(w.widget.loops["Burning out"]))
    assert w.lit() == {"Backlog", "Stress", "Sick leave"}
    assert w.status.inner_text() == (
        "R1 Burning out, reinforcing: Backlog increases Stress, which increases Sick leave "
        "after a delay, which increases Backlog."
    )
    w.settle()
    assert w.widget.hovered == f"loop-{w.widget.loops['Burning out'].id}"
    w.page.mouse.move(5, 780)
    assert w.lit() == set(HUB.variables)


def test_click_pins_and_python_knows(live: Show) -> None:
    w = live(HUB)
    w.click(w.variable("Stress"))
    w.settle()
    assert w.widget.selection == HUB.element("Stress")
    w.page.mouse.move(5, 780)
    assert "Weather" not in w.lit()
    w.click(w.link("Backlog", "Overtime"))
    w.settle()
    assert w.widget.selection == HUB.link("Backlog", "Overtime")
    w.click(w.link("Backlog", "Overtime"))
    w.settle()
    assert w.widget.selection is None


def test_python_pins_and_the_page_shows_it(live: Show) -> None:
    w = live(HUB)
    w.set_from_python(lambda widget: setattr(widget, "selection", "Burning out"))
    assert w.lit() == {"Backlog", "Stress", "Sick leave"}
    row = w.root.locator('.lm-loops li[aria-selected="true"]')
    assert row.count() == 1
    assert "Burning out" in row.inner_text()


def test_drag_moves_links_along_and_syncs_every_position(live: Show) -> None:
    w = live(HUB)
    before = dict(w.widget._layout.boxes)
    arrow = "g => g.querySelectorAll('path:not(.lm-reach)')[1].getBoundingClientRect().x"
    arrow_before = w.link("Backlog", "Overtime").evaluate(arrow)
    w.drag(w.variable("Overtime"), 90, 50, drop=False)
    assert w.link("Backlog", "Overtime").evaluate(arrow) > arrow_before + 20
    w.page.mouse.up()
    w.settle()
    scale = w.root.locator(".lm-map").evaluate("svg => svg.getScreenCTM().a")
    after = w.widget.map
    assert after == HUB  # positions are no part of what a map says
    x, y = after.element("Overtime").position
    box = before["Overtime"]
    assert x == pytest.approx(box.x + 90 / scale, abs=1.5)
    assert y == pytest.approx(box.y + 50 / scale, abs=1.5)
    for name in set(HUB.variables) - {"Overtime"}:
        assert after.element(name).position == pytest.approx(
            (before[name].x, before[name].y), abs=0.01
        )
    assert w.widget.selection is None  # a drag is no click


def test_add_rename_link_sign_delay_delete_undo_redo(live: Show) -> None:
    w = live(HUB)
    w.root.get_by_role("button", name="New variable").click()
    name = w.root.locator(".lm-name")
    name.wait_for()
    w.page.keyboard.type("Agency staff")
    w.page.keyboard.press("Enter")
    w.settle()
    assert "Agency staff" in w.widget.map.names
    assert w.widget.selection.name == "Agency staff"

    w.root.get_by_role("button", name="Draw a link from here").click()
    w.click(w.variable("Backlog"))
    w.settle()
    drawn = w.widget.map.link("Agency staff", "Backlog")
    assert str(drawn.polarity) == "?"  # nobody has said which way yet
    assert w.widget.selection == drawn

    w.root.locator(".lm-inspector").get_by_role("button", name="negative sign").click()
    w.settle()
    w.root.locator(".lm-inspector input[type=checkbox]").check()
    w.settle()
    drawn = w.widget.map.link("Agency staff", "Backlog")
    assert (str(drawn.polarity), drawn.delayed) == ("−", True)

    w.variable("Stress").dblclick()
    name.fill("Pressure")
    name.press("Enter")
    w.settle()
    assert w.widget.map.link("Backlog", "Pressure")
    assert "Stress" not in w.widget.map.names

    w.page.keyboard.press("Escape")
    w.click(w.link("Backlog", "Overtime"))
    w.root.get_by_role("button", name="Delete this link").click()
    w.settle()
    assert len(w.widget.loops) == 2 - 1
    edited = w.widget.map

    for _ in range(7):
        w.root.get_by_role("button", name="Undo").click()
        w.settle()
    assert w.widget.map == HUB
    assert w.root.get_by_role("button", name="Undo").is_disabled()
    for _ in range(7):
        w.root.get_by_role("button", name="Redo").click()
        w.settle()
    assert w.widget.map == edited
    assert w.root.get_by_role("button", name="Redo").is_disabled()


def test_each_claim_keeps_its_own_sign(live: Show) -> None:
    w = live(HUB)
    w.click(w.link("Stress", "Sick leave"))
    claims = w.root.locator(".lm-claim")
    assert [claims.nth(i).locator("b").inner_text() for i in range(2)] == ["Health", "Police"]
    assert "we see it in March" in claims.first.inner_text()
    claims.nth(1).get_by_role("button", name="negative sign").click()
    w.settle()
    link = w.widget.map.link("Stress", "Sick leave")
    assert {c.perspective: str(c.polarity) for c in link.claims} == {"Health": "+", "Police": "−"}
    assert str(link.polarity) == "±"


def test_what_cannot_be_done_is_said(live: Show) -> None:
    w = live(HUB)
    w.click(w.variable("Stress"))
    w.root.locator(".lm-name").fill("Backlog")
    w.root.locator(".lm-name").press("Enter")
    w.settle()
    assert "already something called 'Backlog'" in w.status.inner_text()
    assert w.widget.map == HUB


def test_loop_list_filters_sorts_and_searches(live: Show) -> None:
    w = live(HUB)
    rows = w.root.locator(".lm-loops li b")

    def labels() -> list[str]:
        return rows.all_inner_texts()

    everything = labels()
    assert everything[0] == w.widget.loops["Burning out"].label  # named loops first
    assert len(everything) == len(w.widget.loops) == 3
    w.root.get_by_role("button", name="show reinforcing loops").click()
    assert {label[0] for label in labels()} == {"B"}
    w.root.get_by_role("button", name="show reinforcing loops").click()
    w.root.get_by_label("Order of the loops").select_option("length")
    assert labels()[0] == "B1"
    w.root.get_by_label("Only loops through").select_option(label="through Overtime")
    assert len(labels()) == 2
    w.root.get_by_label("Only loops through").select_option(label="through anything")
    agency = w.root.get_by_label("Only loops an agency is part of")
    agency.select_option(label="Health")
    assert len(labels()) == 2
    agency.select_option(label="seen whole by nobody")
    assert len(labels()) == 3
    agency.select_option(label="any agency")
    w.root.get_by_label("Search the loops").fill("burning")
    assert len(labels()) == 1
    assert "1 of 3 loops" in w.root.locator(".lm-count").inner_text()
    rows.first.hover()
    assert w.lit() == {"Backlog", "Stress", "Sick leave"}


def test_stepping_through_the_loops(live: Show) -> None:
    w = live(HUB)
    following = w.root.get_by_role("button", name="Next loop")
    told = []
    for _ in range(3):
        following.click()
        w.settle()
        told.append(w.widget.selection.id)
    assert told[0] == w.widget.loops["Burning out"].id
    assert len(set(told)) == 3
    w.root.get_by_role("button", name="Previous loop").click()
    w.settle()
    assert w.widget.selection.id == told[1]


def test_all_of_it_by_keyboard(live: Show) -> None:
    w = live(HUB)
    w.root.locator(".lm-menu summary").focus()
    keys = w.page.keyboard
    keys.press("Tab")
    focused = "document.activeElement.dataset.name ?? document.activeElement.dataset.key"
    first = w.page.evaluate(focused)
    assert first in HUB.variables
    seen = {first}
    for arrow in ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]:
        keys.press(arrow)
        seen.add(w.page.evaluate(focused))
    assert len(seen) > 1
    for _ in HUB.variables:
        keys.press(">")
        seen.add(w.page.evaluate(focused))
    assert seen == set(HUB.variables)

    w.variable("Overtime").focus()
    keys.press(".")
    assert w.page.evaluate(focused).startswith("link-")
    keys.press("-")
    keys.press("Enter")
    w.settle()
    link = w.widget.selection
    assert "Overtime" in (link.source, link.target)
    assert str(link.claims[0].polarity) == "−"
    keys.press("d")
    w.settle()
    assert w.widget.map.link(link.source, link.target).claims[0].delayed
    keys.press("Escape")
    w.settle()
    assert w.widget.selection is None

    w.variable("Overtime").focus()
    x = w.widget.map.element("Overtime").position[0]
    keys.press("Shift+ArrowRight")
    w.settle()
    assert w.widget.map.element("Overtime").position[0] == pytest.approx(x + 12, abs=0.01)
    assert w.page.evaluate(focused) == "Overtime"  # the focus survives the redrawing

    keys.press("l")
    w.variable("Weather").focus()
    keys.press("Enter")
    w.settle()
    assert w.widget.map.link("Overtime", "Weather")
    w.variable("Weather").focus()
    keys.press("Delete")
    w.settle()
    assert "Weather" not in w.widget.map.names
    keys.press("Control+z")
    w.settle()
    assert "Weather" in w.widget.map.names
    keys.press("]")
    w.variable("Overtime").focus()
    keys.press("]")
    w.settle()
    assert isinstance(w.widget.selection, lm.Loop)


def test_every_thing_has_a_label_and_a_role(live: Show) -> None:
    w = live(HUB)
    things = w.root.locator(".lm-map g[data-key]").evaluate_all(
        "gs => gs.map((g) => [g.getAttribute('role'), g.getAttribute('aria-label')])"
    )
    assert len(things) == 5 + 7 + 3
    assert all(role == "button" and label for role, label in things)
    assert w.root.locator(".lm-map [tabindex='0']").count() == 1
    unnamed = "es => es.filter((e) => !(e.getAttribute('aria-label') || e.closest('label'))).length"
    assert w.root.locator("button, select, input, summary").evaluate_all(unnamed) == 0


def test_zoom_pan_fit(live: Show) -> None:
    w = live(HUB)
    svg = w.root.locator(".lm-map")
    fitted = svg.get_attribute("viewBox")
    w.root.get_by_role("button", name="Zoom in").click()
    assert float(svg.get_attribute("viewBox").split()[2]) < float(fitted.split()[2])
    inside = svg.bounding_box()
    w.page.mouse.move(inside["x"] + 4, inside["y"] + 4)
    w.page.mouse.down()
    w.page.mouse.move(inside["x"] + 64, inside["y"] + 44, steps=4)
    w.page.mouse.up()
    panned = svg.get_attribute("viewBox")
    w.page.keyboard.down("Control")
    w.page.mouse.wheel(0, -120)
    w.page.keyboard.up("Control")
    assert svg.get_attribute("viewBox") != panned
    w.root.get_by_role("button", name="Fit the map").click()
    assert svg.get_attribute("viewBox") == fitted


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_export(live: Show, ending: str, tmp_path: Path) -> None:
    w = live(HUB)
    w.root.locator("summary").click()
    with w.page.expect_download() as got:
        w.root.get_by_role("button", name=f"as {ending.upper()}").click()
    assert got.value.suggested_filename == f"the-hub.{ending}"
    got.value.save_as(tmp_path / "x")
    content = (tmp_path / "x").read_bytes()
    assert content.startswith({"svg": b"<svg", "png": b"\x89PNG"}[ending])
    assert len(content) > 3_000


def test_dark_and_light(live: Show) -> None:
    w = live(HUB, theme="dark")
    paper = "r => getComputedStyle(r).backgroundColor"
    assert w.root.evaluate(paper) == "rgb(18, 24, 31)"
    text = w.root.locator("g.variable text").first
    assert text.get_attribute("fill") == "#e6ebf0"
    w.set_from_python(lambda widget: setattr(widget, "theme", "auto"))
    assert w.root.evaluate(paper) == "rgb(255, 255, 255)"
    w.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    w.settle()
    assert w.root.evaluate(paper) == "rgb(18, 24, 31)"


def test_two_widgets_do_not_disturb_each_other(live: Show) -> None:
    one, two = live(HUB, height=380), live(HUB.rename({"Weather": "Rain"}), height=380)
    two.root.scroll_into_view_if_needed()
    two.click(two.variable("Stress"))
    two.settle()
    assert one.widget.selection is None
    assert one.lit() == set(HUB.variables)
    two.drag(two.variable("Rain"), 40, 30)
    assert "Rain" in two.widget.map.names
    assert one.widget.map.element("Weather").position != two.widget.map.element("Rain").position
    assert "Weather" in one.lit()


def test_names_are_text_and_nothing_else(live: Show) -> None:
    odd = '"><script>window.hurt = 1</script><img src=x onerror="window.hurt = 1">'
    m = lm.SystemMap(
        elements=[lm.Element(odd, notes=odd)],
        links=[lm.Link(odd, "B", claims=[lm.Claim("Ann", "+", quote=odd)]), lm.Link("B", odd, "+")],
        loops=[lm.NamedLoop(odd, [odd, "B"])],
    )
    w = live(m)
    w.set_from_python(lambda widget: setattr(widget, "selection", m.link(odd, "B")))
    w.set_from_python(lambda widget: setattr(widget, "selection", odd))
    assert w.page.evaluate("window.hurt") is None
    assert w.root.locator("script, img").count() == 0


def test_quitting_leaves_nothing_listening(live: Show) -> None:
    w = live(HUB)
    w.page.evaluate("window.live.w0.quit()")
    left = "Object.values(window.live.w0.heard).flat().length"
    assert w.page.evaluate(left) == 0


def test_an_empty_map_can_be_filled(live: Show) -> None:
    w = live(lm.SystemMap())
    w.root.locator(".lm-stage").dblclick(position={"x": 200, "y": 200})
    w.settle()
    w.page.keyboard.type("Demand")
    w.page.keyboard.press("Enter")
    w.settle()
    assert w.widget.map.names == ("Demand",)
