"""A fresh, untrusted notebook in a real JupyterLab shows the map that is stored in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import loopmap as lm

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("jupyterlab")

MAP = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")], title="The hub")


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """A JupyterLab that knows no notebook of ours, so trusts none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = {"HOME": str(tmp_path), "JUPYTER_DATA_DIR": str(tmp_path / "data")}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={tmp_path}",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, env={**os.environ, **home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{url}/api", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        yield url
    finally:
        server.kill()  # nothing of it is kept
        server.wait()


@pytest.mark.browser
@pytest.mark.slow
def test_an_untrusted_notebook_shows_the_map(lab: str, tmp_path: Path, browser: Any) -> None:
    data = MAP._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    cell = nbformat.v4.new_code_cell("m", outputs=[output], execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "hub.ipynb")
    page = browser.new_page()
    page.goto(f"{lab}/lab/tree/hub.ipynb")
    image = page.locator(".jp-OutputArea img").first
    image.wait_for(timeout=90_000)
    assert "Causal-loop map: 2 variables, 2 links" in (image.get_attribute("alt") or "")
    assert image.evaluate("e => e.complete && e.naturalWidth") > 100
    page.close()
