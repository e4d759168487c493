"""What people paste: read where its meaning is certain, and told; else one error that shows how."""

from __future__ import annotations

import warnings
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loopmap as lm
from loopmap.notation import fmt, read_text, write_text
from loopmap.notation.plain_english import as_link


def links(text: str) -> dict[str, str]:
    """Cause -> Effect (with // for a delay) -> its sign."""
    return {
        f"{k.source} -{'//' if k.delayed else ''}> {k.target}": k.polarity.sign
        for k in read_text(text).map.links
    }


def told(text: str) -> list[str]:
    return [p.what for p in read_text(text).problems if p.rule == "pasted"]


LISTS = {
    "- Rent -> Debt : +\n- Debt -> Rent : +": 2,
    "* Rent -> Debt : +\n+ Debt -> Rent : +": 2,
    "• Rent -> Debt : +\n‣ Debt -> Rent : +": 2,
    "1. Rent -> Debt : +\n2. Debt -> Rent : +": 2,
    "1) Rent -> Debt : +\n(2) Debt -> Rent : +": 2,
    "a) Rent -> Debt : +\nb) Debt -> Rent : +": 2,
    "- [ ] Rent -> Debt : +\n- [x] Debt -> Rent : +": 2,
    "Rent -> Debt : +; Debt -> Rent : +": 2,
    "Rent –> Debt : +\nDebt —> Rent : +": 2,
    "Rent ==> Debt : +\nDebt ➜ Rent : +": 2,
    "Rent →(+) Debt\nDebt ->(+) Rent": 2,
    "Rent -> (+) Debt\nDebt -> [+] Rent": 2,
    "Rent -+-> Debt\nDebt +> Rent": 2,
    "Rent -(+)-> Debt\nDebt --(+)--> Rent": 2,
    "Rent -->|+| Debt\nDebt -->|increases| Rent": 2,
    "Rent -- increases --> Debt\nDebt -- + --> Rent": 2,
    "Rent (+) -> Debt\nDebt -> Rent (+)": 2,
    "Rent ->+ Debt\nDebt -> Rent +": 2,
}


@pytest.mark.parametrize("text", list(LISTS))
def test_lists_and_signs_at_the_arrow(text: str) -> None:
    assert links(text) == {"Rent -> Debt": "+", "Debt -> Rent": "+"}
    assert len(told(text)) == LISTS[text]
    [loop] = lm.find_loops(read_text(text).map)
    assert loop.kind == "R"


def test_minus_signs_at_the_arrow() -> None:
    text = "A →(−) B\nB -> (-) C\nC -(–)-> D\nD -->|decreases| A"
    assert set(links(text).values()) == {"-"}


def test_a_chain_keeps_each_sign_and_delay() -> None:
    assert links("A -> (+) B -//> (−) C") == {"A -> B": "+", "B -//> C": "-"}
    assert links("A -//> B : - [strength=2]") == {"A -//> B": "-"}


def test_numbers_that_belong_to_names_stay() -> None:
    assert links("1. Rent -> 2. Debt : +") == {"1. Rent -> 2. Debt": "+"}
    assert links("24 hour care -> Cost : +") == {"24 hour care -> Cost": "+"}


def test_dashes_and_brackets_inside_names_stay() -> None:
    assert links("Beds – available -> Crowding : –") == {"Beds – available -> Crowding": "-"}
    assert links("Budget (lab) -> Morale (staff) : +") == {"Budget (lab) -> Morale (staff)": "+"}
    assert links("1,000 homes -> Rent : -") == {"1,000 homes -> Rent": "-"}


@pytest.mark.parametrize("mark", [",", " |"])
def test_several_effects_where_the_names_are_known(mark: str) -> None:
    text = f"Cuts -> Youth clubs{mark} Street lights : -\nYouth clubs -> Trouble : -"
    assert links(text) == {
        "Cuts -> Youth clubs": "-", "Cuts -> Street lights": "-", "Youth clubs -> Trouble": "-",
    }  # fmt: skip
    assert len(told(text)) == 2


def test_a_list_that_could_be_one_name_is_asked_about() -> None:
    with pytest.raises(lm.MapSyntaxError) as caught:
        read_text("Cuts -> Youth clubs, Street lights : -")
    [problem] = caught.value.problems
    assert "'Cuts -> Youth clubs : -' and 'Cuts -> Street lights : -'" in problem.suggestion
    assert "'Cuts -> \"Youth clubs, Street lights\" : -'" in problem.suggestion
    for text in ("Youth clubs, lights", "A | B", "| Cause | Effect |", "A -> B, C -> D"):
        with pytest.raises(lm.MapSyntaxError):
            read_text(text)


def test_claims_do_not_stand_under_a_list() -> None:
    text = "Cuts -> Clubs, Lights : -\n    by Police: -\nClubs -> Trouble : -"
    with pytest.raises(lm.MapSyntaxError, match="does not say which link"):
        read_text(text)


SENTENCES = {
    "Stress causes Sickness": "Stress -> Sickness : +",
    "Sickness leads to stress": "Sickness -> Stress : +",
    "Stress increases Sickness": "Stress -> Sickness : +",
    "Overtime reduces the backlog": "Overtime -> The backlog : -",
    "More stress means more sickness": "Stress -> Sickness : +",
    "More stress means less sleep": "Stress -> Sleep : -",
    "Less sleep means fewer ideas": "Sleep -> Ideas : +",
    "Weather affects mood": "Weather -> Mood : ?",
}


@pytest.mark.parametrize("sentence", list(SENTENCES))
def test_a_sentence_is_asked_about(sentence: str) -> None:
    assert as_link(sentence) == SENTENCES[sentence]
    with pytest.raises(lm.MapSyntaxError) as caught:
        read_text(f"{sentence}\n{sentence}")
    assert len(caught.value.problems) == 2
    assert f"did you mean: {SENTENCES[sentence]}" in caught.value.problems[0].suggestion


def test_a_name_that_reads_like_a_sentence() -> None:
    assert read_text('"Stress causes sickness"').map.names == ("Stress causes sickness",)
    linked = read_text("What drives cost -> Cost : +\nWhat drives cost").map
    assert linked.names == ("Cost", "What drives cost")


def test_smart_quotes_quote() -> None:
    m = read_text("title: “Stuck”\nA -> B : +\n   by Police: + “we’re stuck”").map
    assert m.title == "Stuck"
    assert [claim.quote for claim in m.link("A", "B").claims if claim.quote] == ["we’re stuck"]


FLOWCHART = """\
```mermaid
flowchart LR
  %% from the workshop
  A[Stress] -->|+| B["Sickness, absence"]
  B -->|adds to| C(Workload) & A
  C -- reduces --> D{{Morale}}:::soft
  classDef soft fill:#eee
  E((Alone))
```
"""


def test_a_mermaid_flowchart() -> None:
    assert links(FLOWCHART) == {
        "Stress -> Sickness, absence": "+",
        "Sickness, absence -> Workload": "?",
        "Sickness, absence -> Stress": "?",
        "Workload -> Morale": "-",
    }
    m = read_text(FLOWCHART).map
    assert "Alone" in m.names
    assert [c.note for c in m.link("Sickness, absence", "Workload").claims] == ["adds to"]
    assert told(FLOWCHART)
    with pytest.raises(lm.MapSyntaxError, match="cannot be read"):
        read_text("graph TD\nA ~~ B")


@pytest.mark.parametrize("name", ["mash", "plymouth", "hurdles"])
def test_loops_as_they_are_printed_read_back(name: str) -> None:
    from click.testing import CliRunner

    from loopmap.cli.loops import command

    m = lm.example(name)
    printed = CliRunner().invoke(command, [name]).output
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        back = lm.parse(printed)
    loops, again = lm.find_loops(m), lm.find_loops(back)
    assert [loop.path for loop in again] == [loop.path for loop in loops]
    assert [loop.kind for loop in again] == [loop.kind for loop in loops]
    assert [loop.delayed for loop in again] == [loop.delayed for loop in loops]
    assert {n.name for n in back.loops} == {loop.name for loop in loops if loop.name}
    assert back.title == m.title


ODD = st.sampled_from(
    ["- A", "1. A", "a) B", "A (+)", "A +", "A | B", "A, B", "R1 C", "A // B", "A –> B", "A causes B",
     "flowchart LR", "A; B", "+ A", "A =>", "2 feedback loops: all", "• x", "(1) y", "x ±", "A -+-> B",
     "More A means less B", "[x] done", "wants", "holds", "influences", "graph", "“q”", "x ->+ y"]
)  # fmt: skip


@given(st.lists(ODD, min_size=1, max_size=4, unique=True), st.booleans())
def test_odd_names_are_written_so_that_they_read_back(names: list[str], linked: bool) -> None:
    ends = pairwise(names) if linked else ()
    m = lm.SystemMap(names, [lm.Link(a, b, "+") for a, b in ends])
    text = write_text(m)
    assert read_text(text).map == m
    assert not [p for p in read_text(text).problems if p.rule == "pasted"]
    assert fmt(text) == text


def test_what_was_pasted_is_set_out_evenly() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert fmt("• Rent →(+) Debt, Stress  # heard\nStress -> Rent : +") == (
            "Rent -> Debt : +  # heard\nRent -> Stress : +  # heard\nStress -> Rent : +\n"
        )


@pytest.mark.parametrize("name", ["hub.txt", "hub.loop.txt"])
def test_a_map_saved_by_a_plain_editor(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("A -> B : +\n", "utf-8")
    assert lm.read(tmp_path / name) == lm.parse("A -> B : +")


EXPECTED = {
    "numbered_lines": (2, 1), "bullets": (2, 1), "pasted_bullets": (5, 2),
    "comma_list_is_one_name": (4, 1), "sign_beside_the_arrow": (4, 1), "word_dashes": (3, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", list(EXPECTED))
def test_the_shared_cases(name: str, shared: Path) -> None:
    reading = lm.reading(shared / "cases" / "notation" / f"{name}.loop")
    assert (len(reading.map.links), len(lm.find_loops(reading.map))) == EXPECTED[name]
    assert any(p.rule == "pasted" for p in reading.problems)


def test_the_shared_sentences(shared: Path) -> None:
    path = shared / "cases" / "notation" / "plain_english_drawn_silently.loop"
    with pytest.raises(lm.MapSyntaxError) as caught:
        lm.read(path)
    assert [p.rule for p in caught.value.problems] == ["sentence"] * 4
    assert lm.read(shared / "cases" / "notation" / "hub.loop.txt").links


def test_what_is_no_text_is_told() -> None:
    for wrong in (None, 3, b"A -> B : +"):
        with pytest.raises(lm.MapSyntaxError, match="the notation is text"):
            lm.parse(wrong)  # type: ignore[arg-type]


def test_a_map_too_large_for_the_notation_is_not_written(tmp_path: Path) -> None:
    m = lm.SystemMap(links=[lm.Link("A", f"v{i}", "+") for i in range(25_001)])
    with pytest.raises(lm.InvalidMapError, match=r"25,00\d lines.*\.loop\.json"):
        lm.write(m, tmp_path / "large.loop")
    assert not list(tmp_path.iterdir())


def test_what_stands_in_brackets_is_left_alone() -> None:
    m = read_text("A -> B : + [note=>,]\nTrust [note=a -> b, c]").map
    assert m.link("A", "B").claims[0].note == ">,"
    assert m.element("Trust").notes == ("a -> b, c",)
    assert links("A -> Cost: total -> B : +") == {"A -> Cost: total": "+", "Cost: total -> B": "+"}
