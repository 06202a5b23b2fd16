from __future__ import annotations

import yaml

from chat.models import Turn
from learning.talks import scenario, steps_of, story
from review.models import Review
from tests.learning.conftest import Ask, judge


def test_a_talk_is_a_story_and_a_scenario(ask: Ask) -> None:
    first = ask(
        'what: is "it" # so',
        kind="answer",
        intent="overview",
        topics=["overview"],
        passages=["overview-what", "overview-where"],
    )
    talk = first.conversation
    ask("and there?", kind="clarify", intent="", conversation=talk)
    ask("hi", kind="chitchat", intent="greet", reply={"name": "greet"}, conversation=talk)
    steps = steps_of(talk)
    (told,) = yaml.safe_load(story(talk, steps))["stories"]
    assert told["steps"] == [
        {"user": 'what: is "it" # so', "intent": "overview"},
        {"action": "action_answer"},
        {"user": "and there?", "intent": "nlu_fallback"},
        {"action": "action_clarify"},
        {"user": "hi", "intent": "greet"},
        {"action": "action_smalltalk"},
    ]
    (played,) = yaml.safe_load(scenario(talk, steps))
    passages = ["overview-what", "overview-where"]
    assert played["steps"] == [
        {"visitor": 'what: is "it" # so'},
        {"bot": {"kind": "answer", "topic": "overview", "passages": passages}},
        {"visitor": "and there?"},
        {"bot": {"kind": "clarify"}},
        {"visitor": "hi"},
        {"bot": {"kind": "chitchat", "name": "greet"}},
    ]


def test_a_corrected_turn_stands_as_corrected(ask: Ask) -> None:
    first = ask("one", kind="answer", intent="types", topics=["types"], passages=["types-list"])
    talk = first.conversation
    judge(first, Review.Verdict.WRONG_PASSAGE, "symptoms", "symptoms-early")
    judge(ask("two", conversation=talk), Review.Verdict.SHOULD_ANSWER, "radiation")
    judge(ask("three", kind="answer", conversation=talk), Review.Verdict.UNSAFE, "emergency")
    judge(ask("four", conversation=talk), Review.Verdict.SHOULD_DECLINE, "not_covered")
    judge(ask("five", conversation=talk), Review.Verdict.SHOULD_DECLINE)
    steps = steps_of(talk)
    assert [(step.intent, step.reply) for step in steps] == [
        ("symptoms", {"kind": "answer", "topic": "symptoms", "passages": "symptoms-early"}),
        ("radiation", {"kind": "answer", "topic": "radiation"}),
        ("emergency", {"kind": "emergency"}),
        ("not_covered", {"kind": "not_covered"}),
        ("not_covered", {}),
    ]
    (played,) = yaml.safe_load(scenario(talk, steps))
    assert played["steps"][-1] == {"visitor": "five"}


def test_nothing_personal_leaves_in_a_test(ask: Ask) -> None:
    first = ask("call [phone]", redacted=["phone"])
    talk = first.conversation
    ask("Dr. Zebra?", conversation=talk)
    failed = ask("hello", kind="error", conversation=talk)
    Turn.objects.filter(pk=failed.pk).update(outcome=Turn.Outcome.TIMEOUT)
    ask("fine", conversation=talk)
    steps = steps_of(talk)
    for text in (story(talk, steps), scenario(talk, steps)):
        assert "phone" not in text
        assert "Zebra" not in text
        assert text.count("left out") == 3
        assert "fine" in text
