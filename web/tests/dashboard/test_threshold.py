from __future__ import annotations

from dashboard.threshold import STEPS, outcomes


def test_a_higher_threshold_spares_wrong_answers_and_loses_right_ones() -> None:
    found = outcomes(
        {
            "0.95 answer right": 6,
            "0.50 answer right": 2,
            "0.50 answer wrong_passage": 1,
            "0.30 answer unsafe": 1,
            "0.95 not_covered should_answer": 50,
        }
    )
    by_step = {outcome.threshold: outcome for outcome in found}
    assert (by_step[0.0].answered, by_step[0.0].wrong_percent) == (10, 20.0)
    assert (by_step[0.35].answered, by_step[0.35].wrong_spared) == (9, 1)
    assert (by_step[0.5].answered, by_step[0.5].right_lost) == (9, 0)
    last = by_step[0.55]
    assert (last.answered, last.answered_percent, last.wrong) == (6, 60.0, 0)
    assert (last.right_lost, last.wrong_spared, last.wrong_percent) == (2, 2, 0.0)
    assert len(found) == len(STEPS) == 20


def test_without_reviews_there_is_nothing_to_tell() -> None:
    assert {outcome.answered for outcome in outcomes({})} == {0}
    assert outcomes({})[0].answered_percent == outcomes({})[0].wrong_percent == 0.0
