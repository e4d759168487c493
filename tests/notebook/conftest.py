"""A browser, and a page that shows one live map with a real Python widget behind a fake model."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

import loopmap as lm

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SYNCED = ("facts", "picture", "selected", "hovered", "theme", "height")

#: The ten lines of anywidget's model that live.js uses; messages and changes go to Python.
FAKE = """
async ([state, wid]) => {
  const esm = await import(URL.createObjectURL(new Blob([state.esm], {type: 'text/javascript'})));
  const heard = {};
  const fire = (event, value) => (heard[event] ?? []).slice().forEach((f) => f(value));
  const take = async (changes) => {
    for (const [name, value] of Object.entries(changes.traits)) {
      state[name] = value;
      fire(`change:${name}`);
    }
    changes.sent.forEach((message) => fire('msg:custom', message));
  };
  let dirty = {};
  window.underway ??= 0;
  const ask = async (what) => {
    window.underway += 1;
    await take(await window.toPython(wid, what));
    window.underway -= 1;
  };
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      if (state[name] === value) return;
      state[name] = dirty[name] = value;
      fire(`change:${name}`);
    },
    save_changes: () => { const now = dirty; dirty = {}; ask({set: now}); },
    send: (message) => ask({message}),
    on: (event, f) => { (heard[event] ??= []).push(f); },
    off: (event, f) => { heard[event] = (heard[event] ?? []).filter((g) => g !== f); },
  };
  const style = document.createElement('style');
  style.textContent = state.css;
  document.head.append(style);
  const el = document.createElement('div');
  el.id = wid;
  document.body.append(el);
  window.live = window.live ?? {};
  window.live[wid] = {model, state, heard, take, quit: esm.default.render({model, el})};
}
"""


SPOT = """g => {
  const line = g.matches('.link') && g.querySelector('.lm-reach');
  for (const share of line ? [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8] : []) {
    const p = line.getPointAtLength(line.getTotalLength() * share).matrixTransform(line.getScreenCTM());
    if (document.elementFromPoint(p.x, p.y)?.closest('g.link') === g) return [p.x, p.y];
  }
  const b = g.getBoundingClientRect();
  return [b.x + b.width / 2, b.y + b.height / 2];
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1100, "height": 800})
    opened.set_default_timeout(15_000)
    wrong: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: wrong.append(str(e)))
    opened.on("request", lambda r: asked.append(r.url))
    yield opened
    opened.close()
    assert not wrong, wrong
    outside = [url for url in asked if not url.startswith(("data:", "blob:", "about:", "file:"))]
    assert not outside, f"the widget asked the network for {outside}"


class Live:
    """One live map on a page: the page's part by selectors, Python's part as ``widget``."""

    def __init__(self, page: Any, widget: Any, wid: str) -> None:
        self.page, self.widget, self.wid = page, widget, wid
        self.root = page.locator(f"#{wid} .lm-widget")
        self.status = self.root.locator(".lm-status")

    def variable(self, name: str) -> Any:
        return self.root.locator(f'g.variable[data-name="{name}"]')

    def group(self, thing: Any) -> Any:
        from loopmap.notebook.payload import key

        return self.root.locator(f'.lm-map g[data-key="{key(thing)}"]')

    def link(self, source: str, target: str) -> Any:
        return self.group(self.widget.map.link(source, target))

    def lit(self) -> set[str]:
        """The names of the variables that stand out; all of them when nothing fades."""
        script = """root => [...root.querySelectorAll('g.variable')]
          .filter((g) => !g.closest('.lm-dim') || g.matches('.lm-on')).map((g) => g.dataset.name)"""
        return set(self.root.evaluate(script))

    def settle(self) -> None:
        """Wait until nothing is on its way to Python or back."""
        self.page.wait_for_function("!window.underway")

    def spot(self, what: Any) -> tuple[float, float]:
        """A point of the page where this is: on the line of a link, else the middle."""
        return tuple(what.evaluate(SPOT))

    def hover(self, what: Any) -> None:
        self.page.mouse.move(*self.spot(what))

    def click(self, what: Any) -> None:
        self.page.mouse.click(*self.spot(what))
        self.settle()

    def drag(self, what: Any, dx: float, dy: float, *, drop: bool = True) -> None:
        x, y = self.spot(what)
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + dx / 2, y + dy / 2, steps=3)
        mouse.move(x + dx, y + dy, steps=3)
        if drop:
            mouse.up()
            self.settle()

    def set_from_python(self, change: Callable[[Any], object]) -> None:
        """Change the widget in Python and let the page hear of it."""
        with heard_by_page(self.widget) as changes:
            change(self.widget)
        self.page.evaluate(
            "([wid, changes]) => window.live[wid].take(changes)", [self.wid, changes]
        )
        self.settle()


class heard_by_page:  # noqa: N801
    """What a widget would send to its page while it runs."""

    def __init__(self, widget: Any) -> None:
        self.widget = widget
        self.changes: dict[str, Any] = {"traits": {}, "sent": []}

    def __enter__(self) -> dict[str, Any]:
        self.widget.observe(self._changed, SYNCED)
        self.widget.send = self.changes["sent"].append
        return self.changes

    def __exit__(self, *_: object) -> None:
        self.widget.unobserve(self._changed, SYNCED)

    def _changed(self, change: Any) -> None:
        self.changes["traits"][change["name"]] = json.loads(json.dumps(change["new"]))


@pytest.fixture
def live(page: Any) -> Callable[..., Live]:
    """A function that puts a live map on the page."""
    page.set_content("<!doctype html><title>live map</title><body style='margin:8px'></body>")
    widgets: dict[str, Any] = {}

    def answer(wid: str, what: dict[str, Any]) -> dict[str, Any]:
        widget = widgets[wid]
        with heard_by_page(widget) as changes:
            for name, value in what.get("set", {}).items():
                setattr(widget, name, value)
            if "message" in what:
                widget._heard(widget, what["message"], [])
        for name, value in what.get("set", {}).items():
            if changes["traits"].get(name) == value:
                del changes["traits"][name]
        return changes

    page.expose_function("toPython", answer)

    def show(m: lm.SystemMap, **options: Any) -> Live:
        wid = f"w{len(widgets)}"
        widgets[wid] = widget = lm.widget(m, **options)
        state = {name: getattr(widget, name) for name in SYNCED}
        for part in ("esm", "css"):
            name = {"esm": "live.js", "css": "live.css"}[part]
            state[part] = files("loopmap.notebook").joinpath(name).read_text("utf-8")
        page.evaluate(FAKE, [state, wid])
        return Live(page, widget, wid)

    return show
