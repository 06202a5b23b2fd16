from __future__ import annotations

from pathlib import Path

import pytest

from replies.texts import read_texts
from tests.figures import (
    Figure,
    Result,
    below_gates,
    fact_shown,
    question_figures,
    show,
    tables,
)
from tests.heldout import Question
from tests.nlu import ModelError, Outcomes, newest_model
from tests.variants import VARIANTS, varied


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
        ("asked back at all", 1, 12),
    ],
)
def test_a_figure_counts_what_its_name_says(name: str, hits: int, of: int) -> None:
    assert question_figures(RESULTS)[name] == Figure(hits, of)


def test_the_fact_is_shown_when_its_passage_is_among_those_shown() -> None:
    assert fact_shown(RESULTS) == Figure(1, 2)


def test_groups_and_styles_are_counted_apart() -> None:
    parts = tables(RESULTS)
    assert parts["group"]["not_covered"] == Figure(2, 3)
    assert parts["style"] == {"plain": Figure(1, 4)}


def test_a_figure_of_nothing_is_zero() -> None:
    assert Figure(0, 0).percent == 0


def test_a_table_has_a_line_a_figure() -> None:
    assert show("Figures", {"a": Figure(1, 2)}) == "Figures\n  a   50.0%  (1 of 2)"


def test_a_figure_on_the_wrong_side_of_its_threshold_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gates.yml"
    path.write_text("nlu:\n  at_least: {a: 50.0, b: 90}\n  at_most: {c: 3.0, d: 9.9}\n")
    figures = {"a": Figure(1, 2), "b": Figure(8, 10), "c": Figure(1, 10), "d": Figure(0, 10)}
    assert below_gates(figures, "nlu", path) == [
        "b: 80.0%, at least 90% wanted",
        "c: 10.0%, at most 3.0% wanted",
    ]


@pytest.mark.parametrize(
    ("intent", "aims", "outcome"),
    [
        ("surgery", {}, "answer:surgery"),
        ("followup", {"ssa-short": 0.4, "ssa-long": 0.3, "surgery": 0.2}, "answer:hormonal_therapy"),
        ("followup", {"ssa-short": 0.4, "surgery": 0.3}, "clarify"),
        ("nlu_fallback", {}, "clarify"),
        ("greet", {}, "chitchat:greet"),
        ("other_disease", {}, "out_of_scope"),
        ("not_covered", {}, "not_covered"),
        ("emergency", {}, "emergency"),
        ("distress", {}, "distress"),
    ],
)
def test_an_intent_leads_to_its_outcome(intent: str, aims: dict[str, float], outcome: str) -> None:
    assert Outcomes(read_texts()).of(intent, aims) == outcome


def test_without_a_model_there_is_a_hint_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model .*make train"):
        newest_model(tmp_path)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_is_the_same_every_time_and_keeps_what_is_expected(variant: str) -> None:
    question = Question("Is radiation given daily?", ("answer:radiation",), "inscope", "plain", "f:1")
    (once,), (again,) = varied([question], variant), varied([question], variant)
    assert once == again
    assert once.text != question.text
    assert once.expect == question.expect
