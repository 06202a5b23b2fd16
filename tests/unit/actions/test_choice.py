from __future__ import annotations

import pytest

from actions.choice import Choice, Chooser
from actions.memory import Memory
from guide.reader import read_guide
from tests.unit.actions.hand_made import SETTINGS, message, term

GUIDE = read_guide()
CHOOSER = Chooser(GUIDE, SETTINGS)
NOTHING = Memory()
AFTER_RADIATION = Memory("radiation", ("radiation-when",))
AFTER_THE_KINDS = Memory("liver_directed", ("liver-kinds",))


def shown(choice: Choice) -> list[str]:
    return [passage.id for passage in choice.passages]


def test_a_sure_question_gets_the_likeliest_passage_of_its_section() -> None:
    aims = {"surgery-partial": 0.8, "surgery-first": 0.1}
    choice = CHOOSER.choose(message({"surgery": 0.9}, aims), NOTHING)
    assert (choice.intent, shown(choice)) == ("surgery", ["surgery-partial"])


def test_a_question_about_a_whole_section_gets_its_first_passages() -> None:
    choice = CHOOSER.choose(message({"surgery": 0.9}, {"surgery": 0.9}), NOTHING)
    assert shown(choice) == ["surgery-first", "surgery-possible"]


def test_a_second_passage_that_is_likely_enough_is_shown_too() -> None:
    aims = {"surgery-partial": 0.5, "surgery-first": 0.4}
    choice = CHOOSER.choose(message({"surgery": 0.9}, aims), NOTHING)
    assert shown(choice) == ["surgery-partial", "surgery-first"]


def test_a_second_section_that_is_likely_enough_is_answered_too() -> None:
    aims = {"surgery-first": 0.5, "chemo-how": 0.4}
    choice = CHOOSER.choose(message({"surgery": 0.5, "chemotherapy": 0.4}, aims), NOTHING)
    assert (choice.intent, shown(choice)) == ("surgery", ["surgery-first", "chemo-how"])


def test_a_second_section_that_is_unlikely_is_left_out() -> None:
    aims = {"surgery-first": 0.7, "chemo-how": 0.1}
    choice = CHOOSER.choose(message({"surgery": 0.8, "chemotherapy": 0.1}, aims), NOTHING)
    assert shown(choice) == ["surgery-first"]


@pytest.mark.parametrize("intent", ["greet", "emergency", "handoff", "unsupported_language"])
def test_an_intent_that_is_no_question_is_passed_on(intent: str) -> None:
    assert CHOOSER.choose(message({intent: 0.9}), AFTER_RADIATION) == Choice(intent)


def test_a_decline_knows_its_matter_and_what_comes_nearest() -> None:
    question = message({"not_covered": 0.8, "radiation": 0.1}, {"not_covered/cost": 0.7})
    choice = CHOOSER.choose(question, NOTHING)
    assert (choice.intent, choice.matter, choice.near[0]) == ("not_covered", "cost", "radiation")
    assert choice.passages == ()


@pytest.mark.parametrize(
    ("intent", "share", "passage"),
    [
        ("medical_advice", 0.3, "chemo-return"),
        ("medical_advice", 0.2, None),
        ("not_covered", 0.3, None),
    ],
)
def test_only_a_decline_of_advice_that_nearly_asks_for_a_passage_takes_it_along(
    intent: str, share: float, passage: str | None
) -> None:
    question = message({intent: 0.6, "chemotherapy": 0.2}, {f"{intent}/decision": 0.5, "chemo-return": share})
    in_general = CHOOSER.choose(question, NOTHING).in_general
    assert (in_general.id if in_general else None) == passage


def test_a_decline_of_an_unsure_matter_does_not_name_it() -> None:
    question = message({"not_covered": 0.8}, {"not_covered/cost": 0.2, "not_covered/diet": 0.2})
    assert CHOOSER.choose(question, NOTHING).matter is None


def test_a_question_that_leans_on_the_talk_is_answered_from_its_section() -> None:
    aims = {"radiation-schedule": 0.2, "ssa-short": 0.4}
    question = message({"followup": 0.9, "hormonal_therapy": 0.1}, aims, "how often is it given")
    assert shown(CHOOSER.choose(question, AFTER_RADIATION)) == ["radiation-schedule"]


def test_a_question_that_leans_on_nothing_is_answered_from_both_sections_it_may_be_about() -> None:
    aims = {"radiation-schedule": 0.3, "ssa-short": 0.4}
    question = message({"followup": 0.9}, aims, "how often is it given")
    assert shown(CHOOSER.choose(question, NOTHING)) == ["ssa-short", "radiation-schedule"]


def test_a_question_that_leans_on_nothing_and_aims_at_nothing_is_asked_back_about() -> None:
    aims = {"radiation-schedule": 0.2, "ssa-short": 0.2, "not_covered/cost": 0.2, "out_of_scope": 0.1}
    question = message({"followup": 0.9}, aims, "and when")
    choice = CHOOSER.choose(question, NOTHING)
    assert choice.intent == "nlu_fallback"
    assert set(choice.near) == {"hormonal_therapy", "radiation"}


def test_a_question_that_leans_on_nothing_and_may_aim_at_any_section_is_asked_back_about() -> None:
    aims = {"radiation-schedule": 0.2, "ssa-short": 0.2, "trials-where": 0.2, "chemo-how": 0.2}
    assert CHOOSER.choose(message({"followup": 0.9}, aims, "and that"), NOTHING).intent == "nlu_fallback"


def test_a_question_that_leans_on_nothing_and_aims_at_a_decline_is_declined() -> None:
    question = message({"followup": 0.9}, {"not_covered/survival": 0.9}, "survival?")
    choice = CHOOSER.choose(question, NOTHING)
    assert (choice.intent, choice.matter) == ("not_covered", "survival")


def test_of_a_section_asked_for_as_a_whole_a_likely_passage_comes_first() -> None:
    aims = {"clinical_trials": 0.5, "trials-where": 0.3}
    choice = CHOOSER.choose(message({"clinical_trials": 0.9}, aims), NOTHING)
    assert shown(choice) == ["trials-where", "trials-what"]


def test_a_question_that_seems_to_lean_but_aims_clearly_is_answered() -> None:
    question = message({"followup": 0.9}, {"radiation-schedule": 0.9}, "how often, the beam")
    assert shown(CHOOSER.choose(question, NOTHING)) == ["radiation-schedule"]


def test_a_question_that_leans_on_the_talk_may_still_be_declined() -> None:
    question = message({"followup": 0.9}, {"not_covered/cost": 0.95}, "and what does it cost")
    choice = CHOOSER.choose(question, AFTER_RADIATION)
    assert (choice.intent, choice.matter) == ("not_covered", "cost")


def test_a_short_question_that_names_nothing_but_it_leans_on_the_talk() -> None:
    aims = {"ssa-short": 0.6, "radiation-schedule": 0.1}
    intents = {"hormonal_therapy": 0.34, "not_covered": 0.3, "followup": 0.1}
    question = message(intents, aims, "how often is it given")
    assert shown(CHOOSER.choose(question, AFTER_RADIATION)) == ["radiation-schedule"]
    named = message(intents, aims, "how often is it given", {"shot": term("medication", "octreotide")})
    assert shown(CHOOSER.choose(named, AFTER_RADIATION))[0] == "ssa-short"


def test_an_unsure_question_is_read_in_the_light_of_the_talk() -> None:
    aims = {"radiation-bone": 0.4, "surgery-first": 0.3}
    question = message({"surgery": 0.3, "radiation": 0.29, "followup": 0.1}, aims)
    assert shown(CHOOSER.choose(question, AFTER_RADIATION))[0] == "radiation-bone"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("the first one", "liver-bland"),
        ("And the second?", "liver-chemo"),
        ("and the last one", "liver-radio"),
    ],
)
def test_a_place_in_the_list_points_at_its_item(text: str, passage: str) -> None:
    choice = CHOOSER.choose(message({"followup": 0.9}, text=text), AFTER_THE_KINDS)
    assert (choice.intent, shown(choice)) == ("liver_directed", [passage])


def test_a_place_after_the_end_of_a_list_points_at_nothing() -> None:
    memory = Memory("hormonal_therapy", ("ssa-kinds",))
    aims = {"ssa-growth": 0.9}
    choice = CHOOSER.choose(message({"followup": 0.9}, aims, "the third one"), memory)
    assert shown(choice) == ["ssa-growth"]


def test_a_place_points_at_nothing_when_no_list_was_shown() -> None:
    aims = {"radiation-schedule": 0.9}
    choice = CHOOSER.choose(message({"followup": 0.9}, aims, "the second one"), AFTER_RADIATION)
    assert shown(choice) == ["radiation-schedule"]


def test_things_that_are_compared_are_all_shown() -> None:
    named = {
        "Sandostatin": term("medication", "octreotide"),
        "lanreotide": term("medication", "lanreotide"),
    }
    question = message({"hormonal_therapy": 0.9}, {"ssa-kinds": 0.9}, "Sandostatin vs. lanreotide?", named)
    assert shown(CHOOSER.choose(question, NOTHING)) == ["ssa-octreotide", "ssa-lanreotide"]


def test_things_that_are_named_but_not_compared_get_the_likeliest_passage() -> None:
    named = {
        "octreotide": term("medication", "octreotide"),
        "lanreotide": term("medication", "lanreotide"),
    }
    question = message({"hormonal_therapy": 0.9}, {"ssa-growth": 0.9}, "octreotide and lanreotide", named)
    assert shown(CHOOSER.choose(question, NOTHING)) == ["ssa-growth"]


def test_a_general_question_in_a_talk_shows_what_was_not_shown_yet() -> None:
    question = message({"followup": 0.9}, {"radiation": 0.9}, "tell me more")
    assert shown(CHOOSER.choose(question, AFTER_RADIATION)) == ["radiation-bone", "radiation-deep"]


def test_two_questions_in_one_message_are_both_answered() -> None:
    parts = (("one part", {"radiation-schedule": 0.9}), ("another part", {"ssa-short": 0.6, "ssa-long": 0.3}))
    question = message({"radiation": 0.7}, {"radiation-schedule": 0.7}, parts=parts)
    choice = CHOOSER.choose(question, NOTHING)
    assert (choice.intent, shown(choice)) == ("radiation", ["radiation-schedule", "ssa-short"])


def test_a_part_that_asks_nothing_clear_does_not_count_as_a_question() -> None:
    parts = (("one part", {"radiation-schedule": 0.9}), ("another part", {"ssa-short": 0.3, "ssa-long": 0.3}))
    question = message({"radiation": 0.7}, {"radiation-schedule": 0.7}, parts=parts)
    assert shown(CHOOSER.choose(question, NOTHING)) == ["radiation-schedule"]


def test_two_parts_that_ask_the_same_are_one_question() -> None:
    parts = (("one part", {"radiation-schedule": 0.9}), ("another part", {"radiation-schedule": 0.8}))
    question = message({"radiation": 0.7}, {"radiation-bone": 0.7}, parts=parts)
    assert shown(CHOOSER.choose(question, NOTHING)) == ["radiation-bone"]


def test_two_questions_that_are_not_covered_are_declined() -> None:
    parts = (("one part", {"not_covered/cost": 0.9}), ("another part", {"radiation-schedule": 0.9}))
    question = message({"not_covered": 0.7}, {"not_covered/cost": 0.7}, parts=parts)
    assert CHOOSER.choose(question, NOTHING).intent == "not_covered"


def test_a_part_that_points_back_is_read_in_the_light_of_the_whole() -> None:
    parts = (
        ("what is Lutathera", {"lutathera-what": 0.9}),
        ("which cancers is it for", {"chemo-who": 0.5, "lutathera-for": 0.4}),
    )
    question = message({"targeted_therapy": 0.7}, {"lutathera-what": 0.7}, parts=parts)
    assert shown(CHOOSER.choose(question, NOTHING)) == ["lutathera-what", "lutathera-for"]
