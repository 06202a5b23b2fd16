"""The website's own plain rules for emergencies and crises."""

from __future__ import annotations

import pytest

from chat.safety import read_rules
from netguide.practice import texts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I cant breathe", "emergency"),
        ("My husband can\u2019t breathe and his lips are blue", "emergency"),
        ("I have chest pain", "emergency"),
        ("she passed out after the injection", "emergency"),
        ("bleeding that won't stop", "emergency"),
        ("call an ambulance", "emergency"),
        ("throwing up blood", "emergency"),
        ("no puedo respirar", "emergency_spanish"),
        ("I want to kill myself", "crisis"),
        ("thinking about suicide", "crisis"),
        ("i don't want to live", "crisis"),
        ("quiero morir", "crisis_spanish"),
    ],
)
def test_a_plain_alarm_calls_for_its_text(text: str, name: str) -> None:
    assert read_rules().alarm(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "is wheezing a symptom",
        "what are the symptoms",
        "I am dying to know what a NET is",
        "is flushing common",
        "how do I request an appointment",
        "is chest pain a symptom of lung NETs?",
    ],
)
def test_an_ordinary_question_is_no_alarm(text: str) -> None:
    assert read_rules().alarm(text) is None


def test_every_text_it_may_call_for_is_in_the_domain() -> None:
    assert all(name in texts() for name, _ in read_rules().texts)
