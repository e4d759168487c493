"""From a scene to bytes: one function for each kind of file, found by its ending."""

from __future__ import annotations

from collections.abc import Callable

from loopmap.render.dot import dot_bytes
from loopmap.render.html import html_bytes
from loopmap.render.mpl import draw_on, pdf_bytes, png_bytes
from loopmap.render.svg import places_in, svg, svg_bytes
from loopmap.scene.marks import Scene

__all__ = ["RENDERERS", "draw_on", "places_in", "render", "svg"]

#: File ending -> scene to bytes. PNG also takes ``dpi=``. A new kind of file is a new row.
RENDERERS: dict[str, Callable[..., bytes]] = {
    ".svg": svg_bytes,
    ".pdf": pdf_bytes,
    ".png": png_bytes,
    ".html": html_bytes,
    ".dot": dot_bytes,
}


def render(scene: Scene, ending: str, *, dpi: float | None = None) -> bytes:
    """The scene as a file of the kind ``ending`` (``".pdf"``) names."""
    if ending == ".png" and dpi is not None:
        return RENDERERS[ending](scene, dpi=dpi)
    return RENDERERS[ending](scene)
