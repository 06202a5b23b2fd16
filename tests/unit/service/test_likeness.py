from __future__ import annotations

import math
import random
from functools import cache

import pytest

from nlu.training_questions import training_questions
from service.likeness import ALIKE, MANY_WORDS, Questions, plain


def test_plain_words_have_no_signs() -> None:
    assert plain("  Is it a NET?! (G-3)") == "is it a net g 3"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What kinds of scan find a tumor?", True),
        ("what kinds of scan will find a tumor", True),
        ("how do doctors see where it sits", False),
        ("scan find", False),
        ("thank you", True),
        ("thank you so", False),
        ("", False),
    ],
)
def test_the_same_and_nearly_the_same_is_found(text: str, found: bool) -> None:
    known = Questions(["what kinds of scan find a tumor", "Thank you!"])
    assert bool(known.like(text)) == found


def test_what_is_nearly_the_same_is_found_among_the_whole_training_data() -> None:
    known = [text for _, text in training_questions()]
    found = Questions(known)
    draw = random.Random(5)
    long = [text for text in known if len(set(plain(text).split())) > MANY_WORDS]
    others = [plain(text) for text in known if plain(text)]
    for text in draw.sample(long, 12):
        words = plain(text).split()
        place = draw.randrange(len(words))
        before, after = words[:place], words[place + 1 :]
        for changed in ([*before, *after], [*before, f"{words[place]}s", *after]):
            asked = " ".join(changed)
            is_there = asked in others or any(_cosine(asked, other) >= ALIKE for other in others)
            assert bool(found.like(asked)) == is_there, asked


def _cosine(some: str, others: str) -> float:
    """By the definition alone, with nothing left out to save time."""
    first, second = _pieces(some), _pieces(others)
    return len(first & second) / math.sqrt(len(first) * len(second))


@cache
def _pieces(words: str) -> set[str]:
    return {f" {word} "[place : place + 3] for word in words.split() for place in range(len(word))}
