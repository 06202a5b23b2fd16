from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.assistant import Said, Weighed
from tests.nlu import failures, judge
from tests.offline import ModelError, newest_model, read_actions
from tests.robustness import SETS
from tests.run import KEPT, Row, Run, as_kept, kept_said, read_kept
from tests.unit.desk.hand_made import row


def test_without_a_model_there_is_a_hint_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model .*make train"):
        newest_model(tmp_path)


def test_each_intent_has_the_action_of_its_rule() -> None:
    actions = read_actions()
    assert actions["emergency"] == "action_alarm"
    assert actions["surgery"] == "action_answer"


def test_a_failure_shows_expected_and_got_and_where_it_stands() -> None:
    (failure,) = failures([row("can it be cut out", "answer:surgery", "not_covered")])
    shown = [line.split() for line in str(failure).splitlines()]
    assert shown[0] == ["file:can", "it", "be", "cut", "out:", "inscope,", "plain"]
    assert shown[3] == ["outcome", "answer:surgery", "not_covered", "(not_covered", "0.50)"]


def test_the_right_section_without_the_passage_is_shown_too() -> None:
    good = row("a", "answer:surgery", "answer:surgery", passages=("surgery-first",))
    other = Row(good.question, Said("answer", "x", None, ("surgery",), ("surgery-partial",)))
    assert failures([good]) == []
    assert failures([other])[0].rows == (("passage", "surgery-first", "surgery-partial"),)


def test_a_run_is_not_open_before_one_was_accepted() -> None:
    groups = ("inscope", "not_covered", "emergency", "crisis", "emergency_negative")
    rows = [row(g, "answer:surgery", "answer:surgery", g, passages=("surgery-first",)) for g in groups]
    turns = [row(f"t{n}", "answer:surgery", "answer:surgery", "dialogue") for n in range(2)]
    turns = [Row(replace(t.question, style="followup", words=("about",)), t.said) for t in turns]
    run = Run((*rows, *turns), {name: tuple(rows) for name in SETS})
    assert any("make accept" in line for line in judge(run, None).missed)


def test_a_reply_is_kept_whole() -> None:
    said = Said("answer", "x", None, ("a", "b"), ("p",), "a", 0.5, "b", 0.0, Weighed(0.4, ("c",), ("d",)))
    assert kept_said(as_kept(said)) == said


@pytest.mark.parametrize(
    "content", ["", "{}", '{"key": "other", "replies": []}', '{"key": "k", "replies": [[{"x": 1}]]}']
)
def test_a_kept_run_of_something_else_is_not_used(tmp_path: Path, content: str) -> None:
    (tmp_path / KEPT.name).write_text(content)
    assert read_kept(tmp_path / KEPT.name, "k") is None
