from __future__ import annotations

import random

import pytest

from nlu.typing_noise import slip as training_slip
from tests.heldout import Question
from tests.robustness import LONG_WORD, NEIGHBOURS, SETS, robustness_set, slip, typos

TEXT = "Is radiation given daily, or isn't it?"
QUESTION = Question(TEXT, ("answer:radiation",), "inscope", "plain", "f:1")


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_the_same_every_time_and_changes_only_the_text(name: str) -> None:
    (once,), (again,) = robustness_set([QUESTION], name), robustness_set([QUESTION], name)
    assert once == again
    assert once.text != QUESTION.text
    assert (once.expect, once.place) == (QUESTION.expect, QUESTION.place)


@pytest.mark.parametrize("name", SETS)
def test_a_new_question_changes_no_other(name: str) -> None:
    other = Question("What is a scan?", ("answer:diagnosis",), "inscope", "plain", "f:2")
    assert robustness_set([other, QUESTION], name)[1] == robustness_set([QUESTION], name)[0]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("each", [1, 2])
def test_typos_spoil_every_long_word_and_no_other(seed: int, each: int) -> None:
    before, after = TEXT.split(), typos(TEXT, each, random.Random(seed)).split()
    for was, now in zip(before, after, strict=True):
        assert (was != now) == bool(LONG_WORD.search(was))


def test_a_slip_hits_the_first_letter_seldom_but_does() -> None:
    draw = random.Random(1)
    first = sum(slip("octreotide", draw)[0] != "o" for _ in range(1000))
    assert 20 < first < 150


def test_a_key_has_the_neighbours_it_has_on_a_phone() -> None:
    assert set(NEIGHBOURS["s"]) == set("adwez")
    assert all(key in NEIGHBOURS[near] for key in NEIGHBOURS for near in NEIGHBOURS[key])


def test_the_slips_are_not_those_of_the_training() -> None:
    words = ["radiation", "octreotide", "symptoms", "diarrhea", "flushing"] * 20
    ours, theirs = random.Random(7), random.Random(7)
    same = sum(slip(word, ours) == training_slip(word, theirs) for word in words)
    assert same < 15


def test_punctuation_is_dropped_as_on_a_phone() -> None:
    (bare,) = robustness_set([QUESTION], "no punctuation")
    assert bare.text == "Is radiation given daily or isnt it"
