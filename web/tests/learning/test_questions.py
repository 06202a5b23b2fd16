from __future__ import annotations

from learning import aims
from learning.models import Lesson
from learning.questions import gaps, open_questions
from review.models import Review
from tests.learning.conftest import Ask, judge

KNOWN_DECLINE = next(words for words, name in aims.declines().items() if name == "heredity")


def test_thirty_wordings_of_a_correction_are_one_row(ask: Ask) -> None:
    for number in range(30):
        turn = ask(f"wording {number} {'abcdefghij'[number % 10] * 6}", kind="answer")
        judge(turn, Review.Verdict.WRONG_PASSAGE, "symptoms", "symptoms-early")
    (gap,) = gaps(open_questions(30)[0])
    assert (len(gap.questions), len(gap.wordings), gap.aim) == (30, 30, "symptoms-early")


def test_the_same_words_that_nobody_judged_stand_with_the_correction(ask: Ask) -> None:
    judge(ask("Early signs?", kind="clarify"), Review.Verdict.SHOULD_ANSWER, "", "symptoms-early")
    ask("early  signs", kind="clarify")
    ask("early signs", reply={"kind": "not_covered", "text": KNOWN_DECLINE})
    ask("late signs", kind="clarify")
    corrected, other = gaps(open_questions(30)[0])
    assert (corrected.aim, len(corrected.questions)) == ("symptoms-early", 3)
    assert [question.text for question in other.questions] == ["late signs"]


def test_words_that_were_corrected_in_two_ways_stay_by_themselves(ask: Ask) -> None:
    for passage in ("symptoms-early", "symptoms-list"):
        judge(ask("signs?", kind="clarify"), Review.Verdict.SHOULD_ANSWER, "", passage)
    ask("signs", kind="clarify")
    assert sorted(len(gap.questions) for gap in gaps(open_questions(30)[0])) == [1, 1, 1]


def test_declines_that_name_one_matter_are_one_row(ask: Ask) -> None:
    for text in ("is it genetic", "will my kids get this", "does it run in families"):
        ask(text, reply={"kind": "not_covered", "text": KNOWN_DECLINE})
    (gap,) = gaps(open_questions(30)[0])
    assert (gap.why, gap.key, len(gap.questions)) == ("matter", "matter/not_covered/heredity", 3)
    assert gap.title == "Not covered: heredity"


def test_others_are_held_together_by_their_words(ask: Ask) -> None:
    first = ask("where is parking", kind="clarify", days_ago=3)
    ask("is there parking", days_ago=2)
    ask("do you take my insurance")
    assert gaps(open_questions(30)[0])[0].key == f"words/{first.pk}"


def test_what_was_right_decided_on_or_too_long_ago_is_not_open(ask: Ask) -> None:
    judge(ask("rightly declined"), Review.Verdict.RIGHT)
    ask("an answer", kind="answer")
    ask("long ago", days_ago=40)
    ask("")
    decided = ask("decided on")
    author = judge(ask("wrong", kind="answer"), Review.Verdict.UNSAFE, "emergency").author
    Lesson.objects.create(turn=decided, state=Lesson.State.SET_ASIDE, author=author)
    questions, is_cut = open_questions(30)
    assert [question.text for question in questions] == ["wrong"]
    assert questions[0].corrected == "emergency"
    assert not is_cut


def test_either_sort_can_be_looked_at_alone(ask: Ask) -> None:
    ask("unanswered")
    judge(ask("corrected", kind="answer"), Review.Verdict.SHOULD_DECLINE, "not_covered")
    assert [q.text for q in open_questions(30, "unanswered")[0]] == ["unanswered"]
    (question,) = open_questions(30, "corrected")[0]
    assert (question.text, question.corrected) == ("corrected", "not_covered/other")


def test_every_aim_of_the_training_data_can_be_chosen() -> None:
    assert aims.aims()["symptoms-list"].metadata == ("passage", "symptoms-list")
    assert aims.aims()["not_covered/heredity"].metadata == ("about", "heredity")
    assert aims.aims()["symptoms"].metadata is None
    assert aims.find(aims.aims()["greet"].label) == aims.find("greet")
    assert aims.find("followup") is None
    assert "not_covered" not in aims.aims()
