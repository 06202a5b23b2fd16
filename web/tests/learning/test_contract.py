"""What is written here is read there: the root's tests open these files with Rasa's own readers."""

from __future__ import annotations

from pathlib import Path

from chat.models import Conversation
from learning.exporting import export, nlu_yaml
from learning.models import Lesson
from learning.talks import scenario, steps_of, story
from people.roles import Role
from review.models import Review
from tests.conftest import make_account
from tests.learning.conftest import Ask, judge

FOLDER = Path(__file__).parent / "contract"


def test_an_export_is_as_agreed(ask: Ask) -> None:
    author = make_account("rita", Role.REVIEWER)
    for text, aim in (
        ('why do "zebras": have # stripes\non mondays', "not_covered/other"),
        ("- zebra hello & 'good' day: 50%", "greet"),
        ("do rosy zebra cheeks mean something early", "symptoms-early"),
        ("zebra naïve café 🦓 | > ! * @ ` yes", "not_covered/diet"),
        ("tell the zebra all of the signs", "symptoms"),
    ):
        Lesson.objects.create(turn=ask(text), aim=aim, author=author, state=Lesson.State.CHOSEN)
    made = export(author)
    assert made is not None
    assert nlu_yaml(made) == (FOLDER / "lessons.yml").read_text(encoding="utf-8")


def test_a_talk_is_as_agreed(ask: Ask) -> None:
    first = ask(
        'why: do "zebras" # have stripes \\ / 50%',
        kind="answer",
        intent="overview",
        topics=["overview"],
        passages=["overview-what"],
    )
    talk = first.conversation
    Conversation.objects.filter(pk=talk.pk).update(reference="NET-AAAA-AAAA")
    talk.refresh_from_db()
    ask("/restart", conversation=talk)
    ask("hello zebra", kind="chitchat", intent="greet", reply={"name": "greet"}, conversation=talk)
    wrong = ask("early zebra signs", kind="clarify", intent="", conversation=talk)
    judge(wrong, Review.Verdict.SHOULD_ANSWER, "symptoms", "symptoms-early")
    steps = steps_of(talk)
    assert story(talk, steps) == (FOLDER / "test_story.yml").read_text(encoding="utf-8")
    assert scenario(talk, steps) == (FOLDER / "scenario.yml").read_text(encoding="utf-8")
