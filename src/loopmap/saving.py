"""A scene on paper and in a file: what every drawing does alike, whatever it shows."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Collection
from pathlib import Path

from loopmap.errors import InvalidOptionError, UnknownFormatError, did_you_mean, listed
from loopmap.formats import write_bytes
from loopmap.options import PaperName
from loopmap.render import RENDERERS, render
from loopmap.scene import Scene, paper_of, warn_if_small

__all__ = ["SceneOn", "save_scene", "scene_on_paper"]

#: Makes the scene for a page of so many map units, or for none.
SceneOn = Callable[[tuple[float, float] | None], Scene]

_MOST_PIXELS = 32_000  # along one side; image viewers and matplotlib give up not far beyond


def scene_on_paper(
    scene_on: SceneOn, paper: PaperName, landscape: bool | None = None, *, stacklevel: int = 3
) -> Scene:
    """The scene set for a sheet, turned the way that shows more if nobody says which way.

    Warns
    -----
    UserWarning
        If the names come out too small to read; the message says what to do.
    """
    sheet = paper_of(paper)
    turns = (True, False) if landscape is None else (landscape,)
    scenes = [scene_on(sheet.size(turned)) for turned in turns]
    best = min(scenes, key=lambda scene: scene.width / (scene.page or (1.0,))[0])
    warn_if_small(best, sheet, stacklevel=stacklevel + 1)
    return best


def save_scene(
    scene_on: SceneOn,
    path: str | os.PathLike[str],
    *,
    paper: PaperName | None,
    landscape: bool | None,
    dpi: float | None,
    overwrite: bool,
    what: str = "a picture",
    endings: Collection[str] = tuple(RENDERERS),
) -> Path:
    """Write a scene to a file of the kind its ending names; called by a ``save`` method.

    Raises
    ------
    UnknownFormatError
        If the ending is not known.
    InvalidOptionError
        If the paper or ``dpi`` is none that it could be.
    FileError
        If the file cannot be written, or is there and not to be overwritten.
    """
    file = Path(path)
    ending = file.suffix.casefold()
    if ending not in endings:
        raise UnknownFormatError(
            f"{what} cannot be saved as {file.name!r}; its ending is "
            f"{listed(tuple(endings), 'or')}" + did_you_mean(ending, endings)
        )
    dpi = _checked(dpi, 192 if paper is None else 150)
    if paper is None:
        scene = scene_on(None)
    else:
        scene = scene_on_paper(scene_on, paper, landscape, stacklevel=4)
    if ending == ".png":
        _check_pixels(scene, dpi)
    write_bytes(file, render(scene, ending, dpi=dpi), overwrite=overwrite)
    return file


def _checked(dpi: float | None, default: float) -> float:
    if dpi is None:
        return default
    if isinstance(dpi, bool) or not isinstance(dpi, int | float) or not 0 < dpi < math.inf:
        raise InvalidOptionError(f"dpi is a number of dots per inch above 0, not {dpi!r}")
    return dpi


def _check_pixels(scene: Scene, dpi: float) -> None:
    inches = max(scene.page) / 25.4 if scene.page else max(scene.width, scene.height) / 96
    most = inches * dpi
    if not 1 <= most <= _MOST_PIXELS:
        fits = _MOST_PIXELS * dpi / most
        raise InvalidOptionError(
            f"at dpi={dpi:g} the picture would be {most:,.0f} pixels long, not 1 to "
            f"{_MOST_PIXELS:,}; dpi={fits:.0f} is the most, and .svg and .pdf need none"
        )
