"""A scene as a page of its own that opens anywhere and loads nothing."""

from __future__ import annotations

from loopmap.quoting import markup
from loopmap.render.svg import svg
from loopmap.scene.marks import Scene

__all__ = ["html_bytes"]

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
html, body {{ margin: 0; height: 100%; background: {paper}; }}
figure {{ margin: 0; height: 100%; display: flex; align-items: center; justify-content: center; }}
svg {{ width: 100%; height: 100%; max-width: 100vw; max-height: 100vh; }}
.link:hover > path:first-child {{ stroke-width: 3; }}
@media print {{ figure {{ height: auto; }} }}
</style>
</head>
<body>
<figure>
{svg}</figure>
</body>
</html>
"""


def html_bytes(scene: Scene) -> bytes:
    """The scene as one HTML file without scripts; it fills the window, whatever its size."""
    return _PAGE.format(title=markup(scene.title), paper=scene.paper, svg=svg(scene)).encode()
