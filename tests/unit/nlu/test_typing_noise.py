from __future__ import annotations

import random

import pytest

from nlu.typing_noise import LONG_WORD, misspell, retype, slip

TEXT = "Is radiation given every day, or is chemotherapy better for it?"


def test_the_same_seed_makes_the_same_slips() -> None:
    once, again = (retype(TEXT, random.Random(3)) for _ in range(2))
    assert once == again != TEXT


@pytest.mark.parametrize("seed", range(40))
def test_a_slip_changes_one_place_and_never_the_first_letter(seed: int) -> None:
    spoilt = slip("radiation", random.Random(seed))
    assert spoilt[0] == "r"
    assert abs(len(spoilt) - len("radiation")) <= 1


def test_only_long_words_get_slips() -> None:
    for seed in range(20):
        spoilt = misspell(TEXT, 4, random.Random(seed))
        kept = [word for word in TEXT.split() if not LONG_WORD.search(word)]
        assert [word for word in spoilt.split() if word in kept] == kept


def test_as_many_slips_are_made_as_wanted() -> None:
    for seed in range(20):
        spoilt = misspell("radiation, chemotherapy and biopsy", 1, random.Random(seed))
        pairs = zip(spoilt.split(), "radiation, chemotherapy and biopsy".split(), strict=True)
        assert sum(a != b for a, b in pairs) <= 1


@pytest.mark.parametrize("text", ["", "hm ok", "¿qué?"])
def test_a_text_without_long_words_is_left_alone(text: str) -> None:
    assert misspell(text, 2, random.Random(1)) == text
