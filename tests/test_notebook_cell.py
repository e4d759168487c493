"""A cell that ends in ``m`` shows the picture: executed for real, and in nbconvert's page."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import loopmap as lm

SOURCE = """\
import loopmap as lm
m = lm.SystemMap(links=[("Backlog", "Stress", "+"), ("Stress", "Backlog", "+")], title="The hub")
m"""


@pytest.mark.slow
def test_a_real_notebook_shows_the_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    nbconvert = pytest.importorskip("nbconvert")
    monkeypatch.setenv("PYTHONPATH", str(Path(lm.__file__).parents[1]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    cells = [nbformat.v4.new_code_cell(text) for text in (SOURCE, "lm.draw(m, style='dark')")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    for cell in notebook.cells:
        (output,) = cell.outputs
        assert output.output_type == "execute_result"
        assert set(output.data) == {"text/html", "image/svg+xml", "text/plain"}
        coded = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', output.data["text/html"])
        assert coded
        root = ET.fromstring(base64.b64decode(coded[1]))
        assert root.findtext("{http://www.w3.org/2000/svg}title") == "The hub"
    page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    assert len(re.findall(r"<img[^>]* src=\"data:image/svg\+xml;base64,[^>]*>", page)) == 2
    assert "Causal-loop map: 2 variables, 2 links, 1 feedback loop." in page
