"""A scene through matplotlib, never through pyplot: PDF, PNG, or any Axes of yours.

Matplotlib is imported when something is drawn. Names are set in the DejaVu Sans that comes with
matplotlib, whatever the machine has, so PDF and PNG agree with the SVG.
"""

from __future__ import annotations

import io
import os
import sys
import unicodedata
import warnings
from importlib import import_module
from pathlib import Path as FilePath
from types import ModuleType
from typing import TYPE_CHECKING, Any

from loopmap.fonts import has_glyph
from loopmap.scene.marks import Path, Scene, Text, walk
from loopmap.scene.shapes import rectangle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_on", "figure", "pdf_bytes", "png_bytes"]

_PX_PER_INCH = 96.0  # CSS pixels, which map units are at scale 1
_MM_PER_INCH = 25.4

#: What must not depend on the user's settings: type 42 keeps text as text in a PDF.
_SETTINGS: Any = {
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "text.usetex": False,
    "text.hinting": "none",
    "text.antialiased": True,
    "lines.scale_dashes": True,
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
    "savefig.bbox": None,
    "savefig.transparent": False,
    "axes.unicode_minus": False,
}

#: Tried in this order for letters that DejaVu Sans lacks.
_OTHER_FONTS = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans", "WenQuanYi Zen Hei", "Noto Sans Arabic",
    "Noto Sans Devanagari", "Nirmala UI", "Arial Unicode MS", "Noto Emoji", "Segoe UI Emoji",
)  # fmt: skip


def pdf_bytes(scene: Scene) -> bytes:
    """The scene as one PDF page: vector shapes, text as text in embedded fonts, no date."""
    matplotlib = _matplotlib()
    with matplotlib.rc_context(_SETTINGS):
        file = io.BytesIO()
        about = {
            "Title": scene.title,
            "Subject": scene.description,
            "Creator": "loopmap",
            "Producer": None,
            "CreationDate": None,
        }
        figure(scene).savefig(file, format="pdf", metadata=about)
        return file.getvalue()


def png_bytes(scene: Scene, *, dpi: float = 192) -> bytes:
    """The scene as a PNG; ``dpi`` 96 gives one pixel per map unit where there is no paper."""
    matplotlib = _matplotlib()
    with matplotlib.rc_context(_SETTINGS):
        file = io.BytesIO()
        about = {"Software": None, "Title": scene.title}
        figure(scene, dpi=dpi).savefig(file, format="png", dpi=dpi, metadata=about)
        return file.getvalue()


def _matplotlib() -> ModuleType:
    """The package, also where ``MPLBACKEND`` asks for a backend that there is not: none is used."""
    try:
        return import_module("matplotlib")
    except ValueError:
        if os.environ.pop("MPLBACKEND", None) is None:
            raise
        for name in [name for name in sys.modules if name.startswith("matplotlib.")]:
            del sys.modules[name]  # what the failed import left half done
        return import_module("matplotlib")


def figure(scene: Scene, *, dpi: float = 96) -> Figure:
    """A matplotlib figure of the scene's size that holds nothing else."""
    from matplotlib.figure import Figure

    if scene.page is None:
        size = scene.width / _PX_PER_INCH, scene.height / _PX_PER_INCH
    else:
        size = scene.page[0] / _MM_PER_INCH, scene.page[1] / _MM_PER_INCH
    found = Figure(figsize=size, dpi=dpi, facecolor=scene.paper)
    draw_on(scene, found.add_axes((0.0, 0.0, 1.0, 1.0)))
    return found


def draw_on(scene: Scene, ax: Axes) -> None:
    """Put the scene into an Axes: fitted, equal scales, no axes drawn.

    Line widths and type follow the size of the Axes, also when it changes later.
    """
    left, top, right, bottom = scene.box
    ax.set_aspect("equal", adjustable="datalim" if _fills(ax) else "box")
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    ax.axis("off")
    ax.add_artist(_picture(scene, ax))


def _fills(ax: Axes) -> bool:
    """Whether the Axes is all of its figure: then nothing may shrink it."""
    return tuple(ax.get_position().bounds) == (0.0, 0.0, 1.0, 1.0)


def _picture(scene: Scene, ax: Axes) -> Any:
    """One artist that draws every mark at the scale its Axes has at that moment."""
    import matplotlib
    from matplotlib.artist import Artist
    from matplotlib.transforms import Bbox, TransformedBbox

    class Picture(Artist):
        """A scene inside an Axes."""

        def __init__(self) -> None:
            super().__init__()
            self.set_transform(ax.transData)
            with matplotlib.rc_context(_SETTINGS):
                others = _other_fonts(scene)
                paper = Path(*rectangle(scene.box), fill=scene.paper)
                self.parts = [
                    (mark, _text(mark, others) if isinstance(mark, Text) else _patch(mark))
                    for mark in (paper, *walk(scene.marks))
                    if isinstance(mark, Text | Path)
                ]

        def get_window_extent(self, renderer: Any = None) -> Bbox:
            """The box the scene takes, in pixels."""
            left, top, right, bottom = scene.box
            box = TransformedBbox(Bbox([(left, bottom), (right, top)]), self.get_transform())
            return Bbox(box.get_points())

        def get_tightbbox(self, renderer: Any = None) -> Bbox:
            """The same: margins belong to the picture."""
            return self.get_window_extent(renderer)

        def draw(self, renderer: Any) -> None:
            """Draw every mark, sized for the renderer at hand."""
            if not self.get_visible():
                return
            transform, own = self.get_transform(), ax.figure
            a, b = transform.transform([(0.0, 0.0), (1.0, 0.0)])
            points = abs(float(b[0] - a[0])) * 72.0 / own.dpi  # per map unit
            with matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Glyph .* missing")  # said already
                for mark, part in self.parts:
                    part.set_figure(own)
                    part.set_transform(transform)
                    if isinstance(mark, Text):
                        part.set_fontsize(mark.size * points)
                    else:
                        part.set_linewidth(mark.width * points)
                    part.set_zorder(self.get_zorder())
                    part.draw(renderer)
            self.stale = False

    found = Picture()
    found.set_clip_on(False)
    return found


def _patch(mark: Path) -> Any:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Curve

    kinds = {"M": [Curve.MOVETO], "L": [Curve.LINETO], "C": [Curve.CURVE4] * 3}
    codes: list[Any] = []
    points: list[tuple[float, float]] = []
    for code in mark.codes:
        if code == "Z":
            codes.append(Curve.CLOSEPOLY)
            points.append(points[-1])
        else:
            start = len(points) - codes.count(Curve.CLOSEPOLY)
            points += mark.points[start : start + len(kinds[code])]
            codes += kinds[code]
    found = PathPatch(
        Curve(points, codes),
        facecolor=to_rgba(mark.fill, mark.opacity) if mark.fill else "none",
        edgecolor=mark.stroke or "none",
        capstyle="round" if mark.round_ends else "butt",
        joinstyle="round",
    )
    if mark.dash:  # matplotlib counts dashes in line widths
        found.set_linestyle((0, [length / mark.width for length in mark.dash]))
    found.set_snap(False)
    return found


def _text(mark: Text, others: list[str]) -> Any:
    from matplotlib.text import Text as Label

    return Label(
        mark.x,
        mark.y,
        mark.text.replace("\ufeff", ""),  # no width, no ink, and an IndexError in a PDF
        color=mark.colour,
        fontproperties=_font(mark, others),
        ha={"start": "left", "middle": "center", "end": "right"}[mark.anchor],
        va="baseline",
        parse_math=False,
        usetex=False,
        clip_on=False,
    )


def _font(mark: Text, others: list[str]) -> Any:
    """The bundled DejaVu Sans; with others behind it for letters it lacks."""
    import matplotlib
    from matplotlib.font_manager import FontProperties

    file = {
        (False, False): "DejaVuSans.ttf",
        (True, False): "DejaVuSans-Bold.ttf",
        (False, True): "DejaVuSans-Oblique.ttf",
        (True, True): "DejaVuSans-BoldOblique.ttf",
    }[mark.bold, mark.italic]
    if not others or not missing_letters(mark.text):
        return FontProperties(fname=FilePath(matplotlib.get_data_path()) / "fonts" / "ttf" / file)
    return FontProperties(family=["DejaVu Sans", *others], weight="bold" if mark.bold else None)


def _other_fonts(scene: Scene) -> list[str]:
    """Fonts to try after DejaVu Sans, where a text needs one; warns where there is none."""
    texts = [mark.text for mark in walk(scene.marks) if isinstance(mark, Text)]
    missing = "".join(sorted({char for text in texts for char in missing_letters(text)}))
    if not missing:
        return []
    from matplotlib import font_manager

    have = {font.name for font in font_manager.fontManager.ttflist}
    others = [name for name in _OTHER_FONTS if name in have]
    if not others:
        shown = missing if len(missing) <= 12 else missing[:12] + "…"
        warnings.warn(
            f"this machine has no font known to have the letters {shown!r}, so PDF and PNG show "
            "boxes for them; save an SVG, which uses the fonts of whoever looks at it",
            UserWarning,
            stacklevel=2,
        )
    return others


def missing_letters(text: str) -> str:
    """The letters of a text that DejaVu Sans lacks."""
    return "".join(
        char for char in text if not has_glyph(char) and unicodedata.category(char) != "Cf"
    )
