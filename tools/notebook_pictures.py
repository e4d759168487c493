"""Run in a notebook's kernel before its first cell, when it is executed to be committed.

A code host shows PNG and nothing else that can be relied on: it strips scripts and SVG, and runs no
widget. So pictures are stored as PNG alone, in few colours, which is also smaller than our SVG.
"""

import base64
import io

from IPython import get_ipython
from PIL import Image

import loopmap as lm
from loopmap.render import render

WIDTH = 1000  # pixels; a notebook's column is narrower


def picture(drawing):
    dpi = min(144.0, 96 * WIDTH / drawing.scene.width)
    image = Image.open(io.BytesIO(render(drawing.scene, ".png", dpi=dpi))).convert("RGB")
    small = io.BytesIO()
    image.quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return base64.b64encode(small.getvalue()).decode("ascii")


def bundle(drawing_of):
    def show(thing, include=None, exclude=None):
        return {"image/png": picture(drawing_of(thing)), "text/plain": repr(thing)}

    return show


formatter = get_ipython().display_formatter.mimebundle_formatter
formatter.for_type(lm.SystemMap, bundle(lm.draw))
formatter.for_type(lm.Drawing, bundle(lambda drawing: drawing))
formatter.for_type_by_name(
    "loopmap.notebook.live", "LoopWidget", bundle(lambda widget: widget.drawing)
)
