from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from chat.models import Conversation, Turn
from learning.aims import aims
from learning.exporting import export, knowledge, nlu_yaml, one_line, own_problem
from learning.models import Export, Lesson
from people.models import Account
from people.roles import Role
from tests.conftest import make_account
from tests.learning.conftest import Ask

HELD_OUT = "What exactly does neuroendocrine mean?"
TRAINED = "is stomach pain a symptom"


@pytest.fixture
def author(db: None) -> Account:
    return make_account("rita", Role.REVIEWER)


def choose(turn: Turn, aim: str, author: Account) -> Lesson:
    return Lesson.objects.create(turn=turn, aim=aim, author=author, state=Lesson.State.CHOSEN)


def left_out() -> dict[str, str]:
    lessons = Lesson.objects.filter(state=Lesson.State.LEFT_OUT)
    return {lesson.turn.text: lesson.reason for lesson in lessons.select_related("turn")}


def test_an_export_is_nlu_yaml_with_its_metadata(ask: Ask, author: Account) -> None:
    for text, aim in {
        'Could "rosy: cheeks" after zebra cheese # mean something': "symptoms-list",
        "my toes tingle\nsince the zebra\u2028 walk": "not_covered/other",
        "- zebra greetings & 'hello'": "greet",
        "zebra café naïve 🦓": "not_covered/other",
    }.items():
        choose(ask(text), aim, author)
    made = export(author)
    assert made is not None
    data = yaml.safe_load(nlu_yaml(made))
    assert data["version"] == "3.1"
    blocks = {(b["intent"], *b.get("metadata", {}).items()): b["examples"] for b in data["nlu"]}
    assert blocks == {
        ("symptoms", ("passage", "symptoms-list")): (
            '- Could "rosy: cheeks" after zebra cheese # mean something\n'
        ),
        ("not_covered", ("about", "other")): (
            "- my toes tingle since the zebra walk\n- zebra café naïve 🦓\n"
        ),
        ("greet",): "- - zebra greetings & 'hello'\n",
    }
    assert nlu_yaml(made) == nlu_yaml(made)


def test_what_may_not_be_taught_is_left_out_with_the_reason(ask: Ask, author: Account) -> None:
    choose(ask("call me [phone] about zebras", redacted=["phone"]), "handoff", author)
    choose(ask("my zebra number is 212-555-0198"), "handoff", author)
    choose(ask("Is Dr. Zebra a good surgeon"), "handoff", author)
    choose(ask("my name is zelda what now"), "handoff", author)
    choose(ask(HELD_OUT), "overview", author)
    choose(ask(f"{TRAINED}?"), "symptoms-list", author)
    choose(ask("what do zebras [eat](food)"), "not_covered/diet", author)
    choose(ask("/restart"), "greet", author)
    choose(ask("?!"), "greet", author)
    choose(ask("when do the zebras of the practice run home"), "not_covered/hours", author)
    choose(ask("When do the zebras of the practice run home?"), "not_covered/hours", author)
    choose(ask("gone"), "no-such-passage", author)
    made = export(author)
    assert made is not None
    assert [lesson.turn.text for lesson in made.lessons.all()] == [
        "when do the zebras of the practice run home"
    ]
    assert left_out() == {
        "call me [phone] about zebras": "something personal was taken out of it",
        "my zebra number is 212-555-0198": "it may name a person",
        "Is Dr. Zebra a good surgeon": "it may name a person",
        "my name is zelda what now": "it may name a person",
        HELD_OUT: "the same or nearly the same stands in the tests",
        f"{TRAINED}?": "known already, as symptoms-list",
        "what do zebras [eat](food)": "it has signs that Rasa would read as marks",
        "/restart": "it has signs that Rasa would read as marks",
        "?!": "it has no words",
        "When do the zebras of the practice run home?": "much like another one of this export",
        "gone": "the assistant no longer knows what it was meant for",
    }


def test_an_export_of_nothing_is_none_and_loses_nothing(ask: Ask, author: Account) -> None:
    assert export(author) is None
    choose(ask(HELD_OUT), "overview", author)
    assert export(author) is None
    assert (Export.objects.count(), Lesson.objects.count()) == (0, 1)


def test_every_text_of_the_tests_is_known(db: None) -> None:
    known = knowledge()
    greet: Any = object()
    for name in ("heldout/questions.yml", "heldout/dialogues.yml", "scenarios/talks.yml"):
        lines = (settings.ROOT / "tests" / name).read_text(encoding="utf-8").splitlines()
        for mark in ("- text: ", "- user: ", "- visitor: "):
            for line in lines:
                text = line.strip().removeprefix(mark).strip("\"'")
                if line.strip().startswith(mark) and own_problem(text) == "" and "\\" not in text:
                    assert "in the tests" in known.problem(text, greet), text


def test_what_make_learn_took_in_is_known_without_a_restart(tmp_path: Path, settings: Any) -> None:
    aim = aims()["greet"]
    for name in ("data/nlu", "tests/heldout", "tests/scenarios", "tests/stories"):
        (tmp_path / name).mkdir(parents=True)
    settings.ROOT = tmp_path
    assert knowledge().problem("zebra parking", aim) == ""
    assert knowledge() is knowledge()
    learned = tmp_path / "data" / "nlu" / "learned.yml"
    learned.write_text("nlu:\n- intent: greet\n  examples: |\n    - zebra parking\n")
    assert knowledge().problem("zebra parking", aim) == "known already, as greet"
    learned.write_text("nlu:\n- intent: greet\n  examples: |\n    - zebra walking\n")
    os.utime(learned, ns=(1, 1))
    assert knowledge().problem("zebra parking", aim) == ""


def test_a_deleted_conversation_takes_its_lesson_along(ask: Ask, author: Account) -> None:
    choose(ask("zebra"), "greet", author)
    made = export(author)
    Conversation.objects.all().delete()
    assert made is not None
    assert "zebra" not in nlu_yaml(made)
    assert Lesson.objects.count() == 0


def test_one_line_holds_only_what_yaml_can() -> None:
    assert one_line(" a\x00b\x1b\n\n\tc\ud800 ") == "ab c"


def test_the_folders_that_are_compared_with_are_there() -> None:
    for name in ("data/nlu", "tests/heldout", "tests/scenarios", "tests/stories"):
        assert any(Path(settings.ROOT, name).rglob("*.yml")), name
