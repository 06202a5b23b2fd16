from __future__ import annotations

import random
import time

from django.conf import settings

from learning.likeness import Rarity, groups
from nlu.training_questions import TRAINING_DATA, training_questions

RARITY = Rarity(text for _, text in training_questions(settings.ROOT / TRAINING_DATA))


def test_wordings_of_one_gap_are_one_group() -> None:
    texts = [
        "can i park my car there",
        "does insurance cover lanreotide",
        "where is parking",
        "parking??",
        "is my insurance accepted",
        "do you take my insurance",
    ]
    assert groups(texts, RARITY) == [[0, 2, 3], [1, 4, 5]]


def test_a_group_keeps_its_first_text_when_more_is_asked() -> None:
    texts = ["where is parking", "is there parking", "do you take insurance"]
    assert [group[0] for group in groups(texts, RARITY)] == [0, 2]
    assert [group[0] for group in groups([*texts, "parking garage", "insurance?"], RARITY)] == [
        0,
        2,
    ]


def test_texts_without_a_telling_word_are_grouped_too() -> None:
    assert groups(["what is it", "", "???", "what is it"], RARITY) == [[0, 3], [1], [2]]
    assert groups([], RARITY) == []


def test_thousands_are_grouped_in_a_moment() -> None:
    draw = random.Random(1)  # noqa: S311 - not for secrets
    words = [f"word{n}" for n in range(2_000)]
    texts = [" ".join(draw.choices(words, k=8)) for _ in range(4_000)]
    begin = time.monotonic()
    found = groups(texts, RARITY)
    assert time.monotonic() - begin < 5
    assert sorted(number for group in found for number in group) == list(range(4_000))
