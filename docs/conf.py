"""How the documentation site is built: ``sphinx-build -W docs docs/_build/html``, offline."""

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent / "src"), str(DOCS / "_ext")]

import pages  # noqa: E402  the pages made from the code
from lexer import LoopLexer  # noqa: E402

import loopmap  # noqa: E402

project = "loopmap"
author = "The loopmap authors"
copyright = author
version = release = loopmap.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_ext", "reference/generated/questions.md"]
napoleon_google_docstring = False
napoleon_use_param = False  # parameters described together stay together
napoleon_use_rtype = False
napoleon_attr_annotations = False  # what is taken differs from what is kept; see the signature
napoleon_use_ivar = True
autodoc_typehints = "signature"
autodoc_preserve_defaults = True  # as they are written: style=SCREEN
python_maximum_signature_line_length = 60  # longer ones have a line for each parameter
python_use_unqualified_type_names = True
python_display_short_literal_types = True
add_module_names = False
toc_object_entries = False
autodoc_member_order = "bysource"
highlight_language = "python"

html_theme = "pydata_sphinx_theme"
html_title = "loopmap"
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {
    "navigation_with_keys": False,
    "show_prev_next": True,
    "navbar_align": "left",
    "header_links_before_dropdown": 8,
    "footer_start": [],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "pygments_light_style": "friendly",
}
html_sidebars = {"index": []}


def setup(app: object) -> None:
    """Add the notation's colours, and write the pages made from the code."""
    from pygments.lexers.special import TextLexer

    app.connect("autodoc-process-signature", pages.plain_types)  # type: ignore[attr-defined]
    app.add_lexer("loop", LoopLexer)  # type: ignore[attr-defined]
    app.add_lexer("csv", TextLexer)  # type: ignore[attr-defined]
    pages.write(DOCS / "reference" / "generated")
