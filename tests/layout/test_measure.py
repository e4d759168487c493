from __future__ import annotations

import loopmap as lm
from loopmap.layout.measure import measure


def test_stocks_get_more_room_than_variables() -> None:
    m = lm.SystemMap([lm.Element("Backlog", "stock"), "Backlig"])
    labels = measure(m, 14)
    assert labels["Backlog"].width > labels["Backlig"].width
    assert labels["Backlog"].height > labels["Backlig"].height
