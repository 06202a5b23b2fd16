from __future__ import annotations

import numpy as np
import pytest

from nlu.encoder import Vectors
from nlu.question_bank import QuestionBank


def unit(*angles: float) -> Vectors:
    """Unit vectors at these angles, in degrees."""
    radians = np.radians(angles)
    return np.array([np.cos(radians), np.sin(radians)], np.float32).T


BANK = QuestionBank.of(unit(0, 10, 20, 80, 90), [True, True, False, False, False])


@pytest.mark.parametrize(
    ("angle", "nearest", "share"), [(0, 2, 1.0), (0, 3, 2 / 3), (90, 2, 0.0), (15, 2, 0.5)]
)
def test_the_share_of_alarms_is_that_of_the_nearest_questions(
    angle: float, nearest: int, share: float
) -> None:
    assert BANK.nearness(unit(angle)[0], nearest).share == pytest.approx(share)


def test_the_lead_is_how_much_nearer_an_alarm_lies_than_anything_else() -> None:
    assert BANK.nearness(unit(0)[0], 2).lead == pytest.approx(1 - np.cos(np.radians(20)), abs=0.02)
    assert BANK.nearness(unit(90)[0], 2).lead == pytest.approx(np.cos(np.radians(80)) - 1, abs=0.02)


def test_a_bank_smaller_than_the_number_of_nearest_is_taken_whole() -> None:
    assert BANK.nearness(unit(0)[0], 50).share == pytest.approx(0.4)


def test_a_bank_without_alarms_has_none_near() -> None:
    nearness = QuestionBank.of(unit(0, 10), [False, False]).nearness(unit(0)[0], 1)
    assert (nearness.share, nearness.lead < -1) == (0, True)


def test_a_bank_gives_the_same_after_it_was_stored() -> None:
    vector = unit(33)[0]
    assert QuestionBank(**BANK.arrays).nearness(vector, 3) == BANK.nearness(vector, 3)


def test_a_large_bank_is_searched_to_its_end() -> None:
    bank = QuestionBank.of(np.tile(unit(90), (9000, 1)), [False] * 8999 + [True])
    assert bank.nearness(unit(90)[0], 5).lead == pytest.approx(0, abs=1e-6)
