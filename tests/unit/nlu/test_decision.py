from __future__ import annotations

import pytest

from nlu.decision import FALLBACK, Decision, Thresholds, decide, decide_part, sole_question
from nlu.question_bank import Nearness

THRESHOLDS = Thresholds(
    alarm=0.3,
    alarm_in_part=0.6,
    sure_alarm=0.8,
    topics=0.6,
    topics_beside_disease=0.8,
    topics_of_sentence=0.7,
    asked_beside=0.4,
    intent=0.15,
)


def near() -> Nearness:
    return Nearness(share=0.5, lead=0.1)


def far() -> Nearness:
    return Nearness(share=0.0, lead=-0.3)


def not_asked() -> Nearness:
    raise AssertionError("the nearest questions were asked for")


def intent_of(**intents: float) -> str:
    return decide(intents, THRESHOLDS, near).intent


def test_without_probabilities_it_falls_back() -> None:
    assert decide({}, THRESHOLDS, not_asked) == Decision(FALLBACK, 0.0)


def test_the_likeliest_section_is_chosen_with_its_probability() -> None:
    intents = {"surgery": 0.7, "radiation": 0.2, "not_covered": 0.1}
    assert decide(intents, THRESHOLDS, not_asked) == Decision("surgery", 0.7)


def test_sections_together_are_answered_though_a_decline_is_likelier_than_each() -> None:
    assert intent_of(surgery=0.33, radiation=0.3, not_covered=0.35) == "surgery"


def test_a_section_is_not_answered_when_the_sections_together_are_unlikely() -> None:
    assert intent_of(surgery=0.4, not_covered=0.3, medical_advice=0.2) == "not_covered"


def test_a_follow_up_counts_as_answerable() -> None:
    assert intent_of(followup=0.4, surgery=0.25, not_covered=0.35) == "followup"


def test_an_alarm_is_raised_at_its_threshold_before_likelier_sections() -> None:
    assert intent_of(emergency=0.29, symptoms=0.71) == "symptoms"
    assert intent_of(emergency=0.45, symptoms=0.55) == "emergency"


def test_emergency_and_crisis_raise_an_alarm_together() -> None:
    assert intent_of(emergency=0.15, crisis=0.3, symptoms=0.28, overview=0.27) == "crisis"


def test_an_alarm_too_weak_to_raise_is_not_chosen_instead_of_a_decline() -> None:
    assert intent_of(emergency=0.2, not_covered=0.18, surgery=0.21, distress=0.19) == "distress"


@pytest.mark.parametrize("share", [0.14, 0.12])
def test_an_intent_that_is_too_unlikely_falls_back(share: float) -> None:
    names = ("surgery", "radiation", "types", "staging", "overview", "symptoms")
    assert decide(dict.fromkeys(names, share), THRESHOLDS, not_asked) == Decision(FALLBACK, share)


def test_a_doubtful_alarm_is_raised_only_near_to_known_ones() -> None:
    intents = {"emergency": 0.5, "symptoms": 0.3, "other_disease": 0.2}
    assert decide(intents, THRESHOLDS, near).intent == "emergency"
    assert decide(intents, THRESHOLDS, far).intent == "other_disease"
    assert decide(intents, THRESHOLDS, lambda: Nearness(0.0, 0.0)).intent == "emergency"


def test_a_sure_alarm_is_raised_wherever_it_lies() -> None:
    assert decide({"crisis": 0.5, "emergency": 0.35, "types": 0.15}, THRESHOLDS, not_asked).intent == "crisis"


def test_a_part_raises_an_alarm_at_a_threshold_of_its_own_and_near_to_known_ones() -> None:
    assert decide_part({"emergency": 0.55}, THRESHOLDS, not_asked) is None
    assert decide_part({"emergency": 0.65}, THRESHOLDS, far) is None
    assert decide_part({"emergency": 0.65}, THRESHOLDS, near) == Decision("emergency", 0.65)


def test_beside_another_disease_the_sections_must_be_surer() -> None:
    intents = {"radiation": 0.7, "other_disease": 0.3}
    assert decide(intents, THRESHOLDS, not_asked).intent == "radiation"
    assert decide(intents, THRESHOLDS, not_asked, beside_disease=True).intent == "other_disease"


ASIDE = {"out_of_scope": 0.8, "overview": 0.1}
QUESTION = {"staging": 0.5, "followup": 0.3, "not_covered": 0.1}


@pytest.mark.parametrize(
    ("sentences", "asking"),
    [
        ([ASIDE, QUESTION], 1),
        ([QUESTION, ASIDE, ASIDE], 0),
        ([ASIDE, ASIDE], None),
        ([QUESTION, QUESTION], None),
        ([QUESTION, {"overview": 0.5}], None),
        ([QUESTION, {"medical_advice": 0.5}], None),
        ([QUESTION, {"other_disease": 0.5}], None),
        ([QUESTION, {"crisis": 0.5}], None),
        ([], None),
    ],
)
def test_a_sentence_is_the_question_when_it_alone_asks(
    sentences: list[dict[str, float]], asking: int | None
) -> None:
    assert sole_question(sentences, THRESHOLDS) == asking
