from __future__ import annotations

import pytest

from console.words import number_of


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 entries"), (1, "1 entry"), (1_200, "1,200 entries")],
)
def test_a_count_has_its_noun(count: int, said: str) -> None:
    assert number_of(count, "entry", "entries") == said


def test_most_nouns_need_an_s() -> None:
    assert number_of(2, "question") == "2 questions"
