from __future__ import annotations

import pytest

from nlu.confidence import Confidence


def test_without_a_fit_it_is_the_probability_itself() -> None:
    for share in (0.001, 0.3, 0.5, 0.999):
        assert Confidence().of(share) == pytest.approx(share)


def test_a_likelier_intent_is_never_less_sure() -> None:
    confidence = Confidence(slope=1.4, shift=0.8)
    values = [confidence.of(step / 100) for step in range(101)]
    assert values == sorted(values)


def test_a_shift_makes_it_surer() -> None:
    assert Confidence(shift=1.0).of(0.5) == pytest.approx(0.731, abs=0.001)


def test_certainty_and_its_contrary_stay_within_zero_and_one() -> None:
    confidence = Confidence(slope=30, shift=5)
    assert confidence.of(0.0) == 0
    assert 1 - 1e-6 < confidence.of(1.0) <= 1
