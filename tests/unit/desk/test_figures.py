from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures import (
    MEASURES,
    Figure,
    Gate,
    Result,
    all_figures,
    below_gates,
    read_gates,
    show,
    tables,
)
from tests.heldout import Question
from tests.robustness import SETS
from tests.run import ROBUST


def result(group: str, expect: str, *outcomes: str, passage: str | None = None) -> Result:
    question = Question("text", tuple(expect.split()), group, "plain", "file:1", passage)
    return Result(question, outcomes, ("surgery-first",))


RESULTS = [
    result("inscope", "answer:surgery", "answer:radiation", "answer:surgery", passage="surgery-first"),
    result("inscope", "answer:surgery", "answer:types", passage="surgery-partial"),
    result("inscope", "answer:surgery", "not_covered"),
    result("inscope", "answer:surgery", "clarify"),
    result("not_covered", "not_covered out_of_scope", "out_of_scope"),
    result("not_covered", "not_covered out_of_scope", "answer:diagnosis"),
    result("not_covered", "not_covered answer:diagnosis", "answer:diagnosis"),
    result("emergency", "emergency", "emergency"),
    result("emergency", "emergency", "crisis"),
    result("crisis", "crisis emergency", "emergency"),
    result("emergency_negative", "answer:symptoms", "emergency"),
    result("chitchat", "chitchat:greet", "chitchat:greet"),
]


def turn(style: str, outcome: str, text: str) -> Result:
    question = Question("text", ("answer:surgery",), "dialogue", style, "file:1", None, ("Scalpel", "knife"))
    return Result(question, (outcome,), (), text)


TURNS = [
    turn("question", "answer:surgery", "A scalpel."),
    turn("followup", "answer:surgery", "A spoon."),
    turn("followup", "clarify", "A knife?"),
    turn("correction", "not_covered", ""),
]


@pytest.mark.parametrize(
    ("name", "hits", "of"),
    [
        ("accuracy", 6, 12),
        ("right section", 1, 4),
        ("wrong section", 1, 4),
        ("wrongly declined", 1, 4),
        ("asked to clarify", 1, 4),
        ("wrongly answered", 1, 3),
        ("emergency recall", 1, 2),
        ("crisis recall", 1, 1),
        ("false alarms", 1, 9),
        ("false alarms on look-alikes", 1, 1),
        ("fact shown", 1, 2),
    ],
)
def test_a_figure_counts_what_its_name_says(name: str, hits: int, of: int) -> None:
    assert all_figures([*RESULTS, *TURNS])[name] == Figure(hits, of)


@pytest.mark.parametrize(
    ("name", "hits", "of"),
    [("dialogue turns right", 2, 4), ("follow-ups right", 1, 3), ("wanted words shown", 1, 2)],
)
def test_turns_of_dialogues_are_counted_apart(name: str, hits: int, of: int) -> None:
    assert all_figures([*RESULTS, *TURNS])[name] == Figure(hits, of)


def test_groups_and_styles_are_counted_apart() -> None:
    parts = tables(RESULTS)
    assert parts["group"]["not_covered"] == Figure(2, 3)
    assert parts["style"] == {"plain": Figure(1, 4)}
    assert parts["topic"] == {"surgery": Figure(1, 4)}


def test_a_figure_no_row_counts_for_is_left_out() -> None:
    assert "crisis recall" not in all_figures(RESULTS[:1])


def test_a_figure_of_nothing_is_zero() -> None:
    assert Figure(0, 0).percent == 0


def test_a_table_has_a_line_a_figure() -> None:
    assert show("Figures", {"a": Figure(1, 2)}) == "Figures\n  a   50.0%  (1 of 2)"


def test_a_figure_on_the_wrong_side_of_its_gate_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gates.yml"
    path.write_text(
        "figures:\n  a: {at_least: 50.0, aim: 60}\n  b: {at_least: 90}\n"
        "  c: {at_most: 3.0}\n  d: {at_most: 0}\n"
    )
    gates = read_gates(path)["figures"]
    assert gates["a"] == Gate(at_least=50.0, aim=60)
    assert below_gates({"a": 50.0, "b": 80.0, "c": 10.0, "d": 0.0}, gates) == [
        "b: 80.0%, at least 90% wanted",
        "c: 10.0%, at most 3.0% wanted",
    ]


def test_every_gate_is_of_a_figure_that_there_is() -> None:
    gates = read_gates()
    assert set(gates["figures"]) <= set(MEASURES)
    assert set(gates["losses"]) <= {f"{name}: {figure} lost" for name in SETS for figure in ROBUST}
    assert {name for name in SETS if f"{name}: emergency recall lost" not in gates["losses"]} == set()
