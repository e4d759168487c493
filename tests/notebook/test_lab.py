"""One real JupyterLab: the live map from end to end, and saved cells without a kernel."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
QUIET = '{"fetchNews": "false", "checkForUpdates": false}'
MAP = 'lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")], title="Hub")'


def notebook(*cells: str) -> Any:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    made.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return made


class Lab:
    """A JupyterLab server of its own: its folder, its address, its settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = secrets.token_hex(16)
        places = ["CONFIG", "DATA", "RUNTIME"]
        self.env = {
            **os.environ,
            **{f"JUPYTER_{place}_DIR": str(folder / f".{place.lower()}") for place in places},
            "IPYTHONDIR": str(folder / ".ipython"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / ".settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".workspaces"),
            "PYTHONPATH": str(ROOT / "src"),
        }
        silent = folder / ".settings" / "@jupyterlab" / "apputils-extension"
        silent.mkdir(parents=True)
        (silent / "notification.jupyterlab-settings").write_text(QUIET)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = {
            "ip": "127.0.0.1",
            "port": self.port,
            "ServerApp.port_retries": 0,
            "IdentityProvider.token": self.token,
            "ServerApp.root_dir": self.folder,
            "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "LabApp.extension_manager": "readonly",
        }
        self.log = (self.folder / "lab.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
            + [f"--{name}={value}" for name, value in options.items()],
            env=self.env, stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(
                    f"{self.url}/api/status?token={self.token}", timeout=1
                ).read()
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "lab.log").read_text()
                time.sleep(0.2)
        raise TimeoutError((self.folder / "lab.log").read_text())

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.log.close()

    def run(self, name: str, *cells: str) -> Path:
        """A notebook executed without any front end, as for a commit."""
        file = self.folder / name
        done = notebook(*cells)
        before = dict(os.environ)
        os.environ.update(self.env)
        try:
            NotebookClient(done, timeout=120, store_widget_state=False).execute()
        finally:
            os.environ.clear()
            os.environ.update(before)
        nbformat.write(done, file)
        return file

    def trust(self, file: Path) -> None:
        subprocess.run(
            [sys.executable, "-m", "jupyter", "trust", str(file)], env=self.env, check=True
        )

    def open(self, page: Any, name: str) -> None:
        from playwright.sync_api import expect

        page.set_default_timeout(60_000)
        page.goto(f"{self.url}/doc/tree/{name}?reset&token={self.token}")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        # the indicator on the notebook says idle before there is a kernel; the status bar does not
        idle = page.locator("#jp-main-statusbar").get_by_text(re.compile(r"\| Idle$"))
        expect(idle).to_be_visible(timeout=90_000)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    server = Lab(tmp_path_factory.mktemp("lab"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(browser: Any, lab: Lab) -> Iterator[Any]:
    """A page that may ask the lab, and nothing else."""
    opened = browser.new_page(viewport={"width": 1360, "height": 950})
    opened.set_default_timeout(30_000)
    outside: list[str] = []
    ours = (lab.url, lab.url.replace("http", "ws"), "data:", "blob:", "file:")
    opened.on("request", lambda r: None if r.url.startswith(ours) else outside.append(r.url))
    yield opened
    opened.close()
    assert not outside


def cell(page: Any, number: int) -> Any:
    return page.locator(".jp-CodeCell").nth(number)


def run_cell(page: Any, number: int) -> None:
    cell(page, number).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def told(page: Any, number: int) -> Any:
    """What a cell that prints JSON prints when it is run now."""
    page.evaluate("n => document.querySelectorAll('.jp-CodeCell')[n].dataset.old = 1", number)
    output = cell(page, number).locator(".jp-OutputArea-output pre")
    before = output.last.inner_text() if output.count() else ""
    run_cell(page, number)
    for _ in range(300):
        text = output.last.inner_text() if output.count() else ""
        if text != before and text.startswith("{"):
            return json.loads(text)
        page.wait_for_timeout(100)
    raise TimeoutError(f"cell {number} printed nothing new: {text!r}")


def until(page: Any, holds: Callable[[Any], bool]) -> Any:
    """What Python tells, once it tells what is expected; a message takes its time to arrive."""
    for _ in range(10):
        state = told(page, 1)
        if holds(state):
            return state
    raise AssertionError(f"Python still says {state}")


def test_hover_drag_edit_arrive_in_python(lab: Lab, page: Any) -> None:
    nbformat.write(
        notebook(
            'import json, time\nimport loopmap as lm\nw = lm.widget(lm.example("mash"))\n'
            'seen = []\nw.observe(lambda c: seen.append(c["new"]), "hovered")\nw',
            "def tell():\n"
            "    chosen = w.selection and getattr(w.selection, 'name', str(w.selection))\n"
            "    at = {e.name: e.position for e in w.map.elements if e.position}\n"
            "    print(json.dumps(dict(time=time.time(), chosen=chosen, at=at, seen=len(seen),\n"
            "          names=w.map.names, links=len(w.map.causal_links), loops=len(w.loops))))\n"
            "tell()",
        ),
        lab.folder / "live.ipynb",
    )
    lab.open(page, "live.ipynb")
    run_cell(page, 0)
    widget = page.locator(".lm-widget")
    widget.wait_for()
    variable = "Blame between agencies"
    blame = widget.locator(f'g.variable[data-name="{variable}"]')
    before = told(page, 1)
    assert (before["loops"], before["links"]) == (22, 38)

    blame.hover()
    assert variable in widget.locator(".lm-status").inner_text()
    blame.click()
    until(page, lambda now: now["chosen"] == variable and now["seen"] > before["seen"])

    blame.hover()  # brings it into view again
    box = blame.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 12, steps=4)
    page.mouse.move(x + 40, y + 24, steps=4)
    page.mouse.up()
    dragged = until(page, lambda now: now["at"][variable] != before["at"][variable])
    others = {name: at for name, at in dragged["at"].items() if name != variable}
    assert others == {name: at for name, at in before["at"].items() if name != variable}

    blame.dblclick()
    name = widget.locator(".lm-name")
    name.fill("Blame")
    name.press("Enter")
    widget.locator('g.variable[data-name="Blame"]').wait_for()
    until(page, lambda now: "Blame" in now["names"] and variable not in now["names"])

    # keys that mean something to the notebook must not reach it: x would cut the cell
    widget.locator('g.variable[data-name="Blame"]').focus()
    for key in ["x", "d", "d", "b", "m", "Delete"]:
        page.keyboard.press(key)
    widget.locator('g.variable[data-name="Blame"]').wait_for(state="detached")
    assert page.locator(".jp-CodeCell").count() == 2
    until(page, lambda now: "Blame" not in now["names"] and now["loops"] < 22)
    widget.get_by_role("button", name="Undo").click()
    widget.locator('g.variable[data-name="Blame"]').wait_for()
    until(page, lambda now: now["loops"] == 22)
    if folder := os.environ.get("LOOPMAP_SCREENSHOTS"):
        cell(page, 0).scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / "lab.png")


def widest(page: Any, output: Any) -> float:
    """How wide the widest picture in an output came out, as loaded and shown; 0 for none."""
    script = """root => Math.max(0, ...[...root.querySelectorAll('img, svg')].map((p) =>
        p.tagName === 'IMG' && !p.naturalWidth ? 0 : p.getBoundingClientRect().width))"""
    for _ in range(50):
        width = output.evaluate(script)
        if width > 100:
            return float(width)
        page.wait_for_timeout(100)
    return float(width)


CELLS = {
    "map": f"import loopmap as lm\n{MAP}",
    "drawing": f"import loopmap as lm\nlm.draw({MAP})",
    "widget": f"import loopmap as lm\nlm.widget({MAP})",
}


@pytest.mark.parametrize("what", CELLS)
@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "untrusted"])
def test_a_saved_cell_shows_in_jupyterlab(lab: Lab, page: Any, what: str, trusted: bool) -> None:
    file = lab.run(f"{what}-{trusted}.ipynb", CELLS[what])
    if trusted:
        lab.trust(file)
    if what == "widget" and trusted:
        pytest.skip("JupyterLab wants the state of a widget it trusts; see the guide")
    lab.open(page, file.name)
    output = cell(page, 0).locator(".jp-OutputArea-output").last
    assert "not found" not in output.inner_text()
    assert widest(page, output) > 100


@pytest.mark.parametrize("what", CELLS)
def test_a_saved_cell_shows_in_nbconvert_html(lab: Lab, page: Any, what: str) -> None:
    file = lab.run(f"{what}-html.ipynb", CELLS[what])
    page.route("**/*", lambda r: r.continue_() if r.request.url.startswith("file:") else r.abort())
    subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--log-level=ERROR"]
        + [f"--HTMLExporter.{name}_url=" for name in ("mathjax", "require_js", "jquery")]
        + [str(file)],
        env=lab.env, check=True,
    )  # fmt: skip
    html = shutil.copy(file.with_suffix(".html"), lab.folder / "page.html")
    page.unroute("**/*")
    page.goto(Path(html).as_uri())
    output = page.locator(".jp-OutputArea-output").last
    assert "not found" not in output.inner_text()
    assert widest(page, output) > 100


@pytest.mark.parametrize("what", CELLS)
def test_a_saved_cell_shows_where_scripts_and_svg_are_stripped(
    lab: Lab, page: Any, what: str
) -> None:
    """As code hosts do: no script, no inline SVG, no widget; HTML, images and text remain."""
    file = lab.run(f"{what}-host.ipynb", CELLS[what])
    (code,) = nbformat.read(file, 4).cells
    html = code.outputs[-1].data["text/html"]
    stripped = re.sub(r"<(script|svg|style|iframe)\b.*?</\1>", "", html, flags=re.S | re.I)
    page.set_content(f"<!doctype html><div id=out>{stripped}</div>")
    assert widest(page, page.locator("#out")) > 100
    alt = page.locator("#out img").get_attribute("alt")
    assert "2 variables" in alt or "Backlog" in alt
