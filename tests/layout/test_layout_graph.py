from __future__ import annotations

import numpy as np

from loopmap.layout.layout_graph import rings


def test_rings_are_the_shortest_that_bring_a_new_link() -> None:
    ends = np.array([(0, 1), (1, 2), (2, 0), (2, 3), (3, 0), (1, 0), (3, 3)])
    found = {tuple(ends[i, 0] for i in ring) for ring in rings(ends, range(len(ends)))}
    assert found == {(3,), (0, 1), (0, 1, 2), (0, 1, 2, 3)}
