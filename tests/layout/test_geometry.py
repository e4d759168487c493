from __future__ import annotations

import numpy as np

from loopmap.layout.geometry import box_distance, segment_distance


def test_distances() -> None:
    points = np.array([0j, 3 + 4j])
    assert np.allclose(
        segment_distance(points, np.array([1 + 0j]), np.array([9 + 0j]))[:, 0], [1, 4]
    )
    assert np.allclose(
        box_distance(points, np.array([6 + 4j]), np.array([1 + 1j]))[:, 0], [5.831, 2], atol=1e-3
    )
