"""The example maps as people see them: nothing written over anything else."""

from __future__ import annotations

import pytest

import loopmap as lm
from loopmap.scene import Scene, Text, walk

NAMES = tuple(lm.examples()["name"])


def letters(text: Text) -> tuple[float, float, float, float]:
    """The box round the letters of a line, without the air above and below them."""
    left = {"start": 0.0, "middle": text.width / 2, "end": text.width}[text.anchor]
    x = text.x - left
    return x, text.y - 0.76 * text.size, x + text.width, text.y + 0.2 * text.size


def collisions(scene: Scene) -> list[tuple[str, str]]:
    texts = [mark for mark in walk(scene.marks) if isinstance(mark, Text)]
    boxes = [(letters(text), text.text) for text in texts]
    found = []
    for i, (a, one) in enumerate(boxes):
        for b, other in boxes[:i]:
            wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            if wide > 0.5 and high > 0.5:
                found.append((other, one))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_text_lies_on_another(name: str) -> None:
    drawing = lm.draw(lm.example(name))
    assert collisions(drawing.scene) == []
    assert collisions(drawing.on_paper("A3")) == []


@pytest.mark.parametrize("where", ["below", "right"])
def test_the_key_keeps_clear_wherever_it_stands(where: str) -> None:
    assert collisions(lm.draw(lm.example("plymouth"), legend=where).scene) == []


def test_everything_is_on_the_page() -> None:
    for paper, landscape in (("A3", True), ("A3", False), ("A1", True)):
        scene = lm.draw(lm.example("mash"), style="wall").on_paper(paper, landscape=landscape)
        for mark in walk(scene.marks):
            if isinstance(mark, Text):
                left, top, right, bottom = letters(mark)
                assert scene.box[0] < left < right < scene.box[2]
                assert scene.box[1] < top < bottom < scene.box[3]


def test_the_mash_map_says_that_it_is_a_reconstruction() -> None:
    texts = [m.text for m in walk(lm.draw(lm.example("mash")).scene.marks) if isinstance(m, Text)]
    assert any("reconstruction" in text.casefold() for text in texts)
    assert any(text.startswith("Source: ") for text in texts)
