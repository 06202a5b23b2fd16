from __future__ import annotations

import pytest

from nlu.confidence import Confidence
from tests.assistant import Weighed
from tests.calibration import at_threshold, calibration, confidences, curve, fitted
from tests.unit.desk.hand_made import row


def test_the_error_is_the_distance_of_sureness_and_rightness() -> None:
    pairs = [(0.85, True)] * 60 + [(0.85, False)] * 40
    found = calibration(pairs)
    assert found.error == pytest.approx(25)
    assert found.bias == pytest.approx(25)
    assert [(b.low, b.count) for b in found.bins if b.count] == [(0.8, 100)]


def test_errors_of_two_bins_do_not_cancel() -> None:
    pairs = [(0.25, True)] * 10 + [(0.75, False)] * 10
    assert calibration(pairs).error == pytest.approx(75)


def test_who_is_right_as_often_as_sure_has_the_error_of_chance() -> None:
    pairs = [(0.5, n % 2 == 0) for n in range(100)]
    found = calibration(pairs)
    assert found.error == 0
    assert 0 < found.floor < 10


def test_alarms_of_a_wording_and_turns_of_dialogues_have_no_confidence() -> None:
    rows = [row("a", "crisis", "crisis", confidence=1.0), row("b", "crisis", "crisis", "dialogue")]
    assert confidences([*rows, row("c", "crisis", "clarify", confidence=0.3)]) == [(0.3, False)]


WEIGHED = Weighed(0.6, ("answer:surgery",), ("not_covered",))


@pytest.mark.parametrize(("threshold", "got"), [(0.6, "answer:surgery"), (0.61, "not_covered")])
def test_a_row_is_answered_from_its_threshold_on(threshold: float, got: str) -> None:
    asked = row("a", "answer:surgery", "answer:surgery", weighed=WEIGHED)
    assert at_threshold(asked, threshold).result.outcomes == (got,)


def test_an_alarm_does_not_depend_on_the_threshold() -> None:
    asked = row("a", "crisis", "crisis", "crisis")
    assert at_threshold(asked, 0.99) == asked


def test_the_curve_falls_where_the_rows_are_no_longer_answered() -> None:
    points = curve([row("a", "answer:surgery", "answer:surgery", weighed=WEIGHED)])
    assert {p.right_section for p in points if p.threshold <= 0.6} == {100}
    assert {p.wrongly_declined for p in points if p.threshold > 0.6} == {100}


def test_a_fit_makes_sureness_what_was_right() -> None:
    pairs = [(0.6, n % 10 != 0) for n in range(1000)] + [(0.3, n % 2 == 0) for n in range(1000)]
    fit = fitted(pairs, Confidence())
    assert [fit.of(0.6), fit.of(0.3)] == pytest.approx([0.9, 0.5], abs=0.01)


def test_fitting_what_is_fitted_changes_nothing() -> None:
    pairs = [(0.6, n % 10 != 0) for n in range(1000)] + [(0.3, n % 2 == 0) for n in range(1000)]
    fit = fitted(pairs, Confidence())
    again = fitted([(fit.of(sure), right) for sure, right in pairs], fit)
    assert [again.slope, again.shift] == pytest.approx([fit.slope, fit.shift], abs=0.01)
