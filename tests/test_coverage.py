"""What the tests must reach, and what must not stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import yaml
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from guide.model import TOPICS
from guide.reader import read_guide
from nlu.training_questions import TRAINING_DATA
from nlu.training_questions import read_questions as read_lessons
from replies.reply import Kind
from replies.texts import FixedText, read_texts
from service.likeness import ALIKE, MANY_WORDS, plain
from tests.heldout import Dialogue, Question, read_dialogues, read_questions
from tests.scenarios import Scenario, read_scenarios
from tests.stories import FOLDER, Story, read_stories

# Shorter ones, like "thank you" or "what is radiation", are what everybody writes.
TELLING_WORDS = 4
BLOCK = 100  # texts compared at once: 10 MB
TEXTS = read_texts()


@cache
def questions() -> list[Question]:
    return read_questions()


@cache
def dialogues() -> list[Dialogue]:
    return read_dialogues()


@cache
def scenarios() -> list[Scenario]:
    return read_scenarios()


@cache
def stories() -> list[Story]:
    return read_stories()


@cache
def domain() -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
    return values


def wanted(check: str) -> set[str]:
    """All values that scenarios expect of this check."""
    return {
        value
        for scenario in scenarios()
        for exchange in scenario.exchanges
        if exchange.wanted
        for value in exchange.wanted.checks.get(check, ())
    }


def expected_outcomes() -> set[str]:
    of_questions = {outcome for question in questions() for outcome in question.expect}
    turns = [turn for dialogue in dialogues() for turn in dialogue.turns]
    return of_questions | {outcome for turn in turns for outcome in turn.expect}


def visitor_texts() -> Iterator[tuple[str, str]]:
    """Where each text of a visitor's in the tests stands, and the text."""
    for question in questions():
        yield question.place, question.text
    for dialogue in dialogues():
        for turn in dialogue.turns:
            yield turn.place, turn.text
    for scenario in scenarios():
        for exchange in scenario.exchanges:
            yield exchange.wanted.place if exchange.wanted else scenario.place, exchange.visitor
    for story in stories():
        for said in story.turns:
            yield said.place, said.text


def training_questions() -> dict[str, str]:
    """Where each training question stands, by the question in plain words."""
    return {
        plain(text): str(path)
        for path in sorted(TRAINING_DATA.rglob("*.yml"))
        for texts in read_lessons(path).values()
        for text in texts
    }


def test_the_held_out_set_is_large_enough() -> None:
    assert len(questions()) >= 600
    assert len(dialogues()) >= 40


def test_every_passage_is_reached_by_a_held_out_question_and_by_a_scenario() -> None:
    passages = set(read_guide().passages)
    assert passages - {question.passage for question in questions()} == set()
    assert passages - wanted("passages") == set()


def test_the_tests_name_only_passages_and_topics_that_there_are() -> None:
    passages = {question.passage for question in questions() if question.passage}
    assert (passages | wanted("passages")) - set(read_guide().passages) == set()
    assert wanted("topic") - set(TOPICS) == set()


def test_every_topic_is_expected_in_the_held_out_set_and_in_a_scenario() -> None:
    assert {f"answer:{topic}" for topic in TOPICS} - expected_outcomes() == set()
    assert set(TOPICS) - wanted("topic") == set()


def test_every_kind_of_reply_is_expected_in_a_scenario() -> None:
    # The error text comes only when the action server is gone: tests/unit/server/test_channel.py.
    assert set(get_args(Kind)) - wanted("kind") == {"error"}


def test_every_name_of_chitchat_is_expected_in_a_scenario() -> None:
    names = {TEXTS[name].name for name in TEXTS.names() if TEXTS[name].name}
    assert wanted("name") == names


def test_the_held_out_set_expects_only_outcomes_that_there_are() -> None:
    kinds = {kind for kind in get_args(Kind) if kind not in ("answer", "chitchat")}
    answers = {f"answer:{topic}" for topic in TOPICS}
    chitchat = {f"chitchat:{TEXTS[name].name}" for name in TEXTS.names() if TEXTS[name].name}
    assert expected_outcomes() - kinds - answers - chitchat - {"chitchat"} == set()


def test_every_intent_is_in_a_story() -> None:
    told = {turn.intent for story in stories() for turn in story.turns}
    assert set(domain()["intents"]) == told


def test_every_action_is_in_a_story_but_the_one_for_what_is_not_understood() -> None:
    # What is not understood has no intent that a story could name: tests/scenarios/smalltalk.yml.
    told = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("test_*.yml"))
    silent = {name for name in domain()["actions"] if f"- action: {name}\n" not in f"{told}\n"}
    assert silent == {"action_clarify"}


@pytest.mark.parametrize("name", TEXTS.names())
def test_every_fixed_text_is_read_in_a_scenario_or_a_unit_test(name: str) -> None:
    others = [plain(TEXTS[other].text) for other in TEXTS.names() if other != name]
    phrases = {plain(words) for words in wanted("contains") | wanted("contains_any")}
    own = {words for words in phrases if not any(words in other for other in others)}
    gapless = plain(_without_gaps(TEXTS[name]))
    unit_tests = Path("tests/unit").rglob("test_*.py")
    assert any(words and words in gapless for words in own) or any(
        f'TEXTS["{name}"]' in path.read_text(encoding="utf-8") for path in unit_tests
    ), f"no test reads the words of utter_{name}: add a scenario that `contains` some of them"


def test_no_training_question_stands_in_the_tests() -> None:
    trained = training_questions()
    offenders = [
        f"{place}: {text!r} stands in {trained[plain(text)]}"
        for place, text in visitor_texts()
        if len(plain(text).split()) >= TELLING_WORDS and plain(text) in trained
    ]
    assert not offenders, "reword these in the tests:\n" + "\n".join(dict.fromkeys(offenders))


def nearest(texts: list[str], trained: list[str]) -> list[tuple[float, str]]:
    """How much each text is like the training question it is most like, 0 to 1, and that question."""
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(3, 3), binary=True, dtype=np.float32)
    pieces = normalize(counter.fit_transform(trained)).T.tocsr()
    asked = normalize(counter.transform(texts))
    found = []
    for first in range(0, len(texts), BLOCK):
        likeness = (asked[first : first + BLOCK] @ pieces).toarray()
        found += [(float(row.max()), trained[row.argmax()]) for row in likeness]
    return found


def test_no_test_is_a_training_question_with_a_word_changed() -> None:
    trained = training_questions()
    texts = {plain(text): place for place, text in visitor_texts()}
    asked = {text: place for text, place in texts.items() if len(set(text.split())) >= MANY_WORDS}
    told = [question for question in trained if len(question.split()) >= TELLING_WORDS]
    offenders = [
        f"{place}: {text!r} is much like {near!r} in {trained[near]}"
        for (text, place), (likeness, near) in zip(asked.items(), nearest(list(asked), told), strict=True)
        if likeness >= ALIKE
    ]
    assert not offenders, "reword these in the tests:\n" + "\n".join(offenders)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("what kinds of scans find a tumor", True),
        ("what kinds of scan will find a tumor", True),
        ("how do doctors see where it sits", False),
    ],
)
def test_a_word_changed_is_noticed(text: str, alike: bool) -> None:
    ((likeness, _),) = nearest([text], ["what kinds of scan find a tumor", "how long is the surgery"])
    assert (likeness >= ALIKE) == alike


def test_no_question_is_held_out_twice() -> None:
    texts = [plain(question.text) for question in questions()]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def _without_gaps(text: FixedText) -> str:
    return re.sub(r"\$\w+", " ", text.text.replace("$practice", read_guide().practice))
