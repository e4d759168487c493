"""The places of the report: which they are, where they lie, and a map of them."""

from loopmap.gazetteer.picture import PlacesDrawing, draw_places
from loopmap.gazetteer.table import PROGRAMMES, places

__all__ = ["PROGRAMMES", "PlacesDrawing", "draw_places", "places"]
