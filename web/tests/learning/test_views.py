from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from audit.models import Action, Entry
from learning.models import Export, Lesson
from people.roles import Role
from review.models import Review
from tests.learning.conftest import Ask, judge

Staff = Callable[..., Client]
INDEX = "/staff/learning/"


@pytest.fixture
def reviewer(staff: Staff) -> Client:
    return staff(Role.REVIEWER)


def entries(action: Action) -> list[dict[str, object]]:
    found = Entry.objects.filter(action=action).order_by("number")
    return [json.loads(entry.detail) for entry in found]


def test_from_a_gap_to_a_file(reviewer: Client, ask: Ask) -> None:
    for text in ("where do zebras park", "zebra parking?", "where do zebras park"):
        turn = ask(text, kind="clarify")
    page = reviewer.get(INDEX).content.decode()
    assert re.search(r"3 questions in 1 gap\b", page)
    (link,) = set(re.findall(r'href="(/staff/learning/gaps/[^"]+)"', page))
    link = link.replace("&amp;", "&")
    assert "zebra parking?" in reviewer.get(link).content.decode()
    wordings = re.findall(r'name="wording" value="(\d+)"', reviewer.get(link).content.decode())
    answer = reviewer.post(link, {"wording": wordings, "aim": "not_covered/parking", "choose": ""})
    assert answer.status_code == 302
    assert Lesson.objects.filter(aim="not_covered/parking", state="chosen").count() == 3
    assert "Nothing is open" in reviewer.get(INDEX).content.decode()

    assert "2 of 3 would go" in reviewer.get("/staff/learning/lessons").content.decode()
    assert reviewer.post("/staff/learning/lessons/export").status_code == 302
    made = Export.objects.get()
    file = reviewer.get(reverse("learning:file", args=[made.pk]))
    assert file.headers["Content-Disposition"] == f'attachment; filename="lessons-{made.pk}.yml"'
    (block,) = yaml.safe_load(file.content)["nlu"]
    assert block["metadata"] == {"about": "parking"}
    assert turn.text in block["examples"]
    assert [detail["page"] for detail in entries(Action.EXPORTED)] == ["lessons", "training data"]
    read = next(detail for detail in entries(Action.LISTED) if "gap" in detail)
    assert read["conversations"] == 3
    assert "zebra" not in json.dumps(entries(Action.LISTED))


def test_every_conversation_of_a_wording_can_be_opened(reviewer: Client, ask: Ask) -> None:
    turns = [ask("early signs?", kind="clarify") for _ in range(3)]
    judge(turns[1], Review.Verdict.SHOULD_ANSWER, "symptoms", "symptoms-early")
    page = reviewer.get(reverse("learning:gap", args=["corrected/symptoms-early"])).content.decode()
    for turn in turns:
        assert f"{turn.conversation.reference}?turn=1#turn-1" in page
    assert "judged: Should have answered" in page
    assert "50%" in page
    reviewer.post(INDEX, {"gap": ["corrected/symptoms-early"]})
    lessons = reviewer.get("/staff/learning/lessons").content.decode()
    read = next(detail for detail in entries(Action.LISTED) if detail["page"] == "lessons")
    assert read["references"] == sorted(turn.conversation.reference for turn in turns)
    for turn in turns:
        assert f"{turn.conversation.reference}?turn=1#turn-1" in lessons


def test_the_counts_of_a_gap_and_of_an_export_lead_to_their_conversations(
    reviewer: Client, ask: Ask
) -> None:
    turns = [ask("zebra parking?", kind="clarify") for _ in range(3)]
    page = reviewer.get(INDEX).content.decode()
    (link,) = re.findall(r'<a href="([^"]+)">3<span[^>]*> times', page)
    assert turns[2].conversation.reference in reviewer.get(link.replace("&amp;", "&")).text
    wordings = [turns[0].pk]
    reviewer.post(link.replace("&amp;", "&"), {"wording": wordings, "aim": "not_covered/parking"})
    reviewer.post("/staff/learning/lessons/export")
    other = Export.objects.create(author=Export.objects.get().author)
    page = reviewer.get("/staff/learning/lessons?state=exported").content.decode()
    (link,) = re.findall(r'<a href="([^"]+)">1<span[^>]*> questions', page)
    lessons = "/staff/learning/lessons"
    assert "zebra parking?" in reviewer.get(lessons + link.replace("&amp;", "&")).text
    nothing = reviewer.get(f"{lessons}?state=exported&export={other.pk}")
    assert "zebra parking?" not in nothing.text


def test_an_export_asked_for_twice_leads_to_the_file_of_the_first(
    reviewer: Client, ask: Ask
) -> None:
    judge(ask("zebra one", kind="answer"), Review.Verdict.WRONG_PASSAGE, "", "symptoms-early")
    page = reviewer.get(INDEX).content.decode()
    reviewer.post(INDEX, {"gap": re.findall(r'name="gap" value="([^"]+)"', page)})
    for _ in range(2):
        answer = reviewer.post("/staff/learning/lessons/export", follow=True)
        page = answer.content.decode()
        assert answer.redirect_chain == [("/staff/learning/lessons?state=exported", 302)]
        assert ".yml</a>" in page
        assert "could be exported" not in page
    assert Export.objects.count() == 1


def test_each_list_of_lessons_says_how_something_comes_there(reviewer: Client) -> None:
    for state, said in {
        "chosen": "Open a gap",
        "exported": "Make the export",
        "left_out": "Nothing was left out",
        "set_aside": "Nothing was set aside",
    }.items():
        page = reviewer.get(f"/staff/learning/lessons?state={state}").content.decode()
        assert said in page


def test_the_file_stands_before_the_questions_that_are_in_it(reviewer: Client, ask: Ask) -> None:
    judge(ask("zebra one", kind="answer"), Review.Verdict.WRONG_PASSAGE, "", "symptoms-early")
    page = reviewer.get(INDEX).content.decode()
    reviewer.post(INDEX, {"gap": re.findall(r'name="gap" value="([^"]+)"', page)})
    page = reviewer.post("/staff/learning/lessons/export", follow=True).content.decode()
    assert page.index(".yml</a>") < page.index("zebra one")


def test_corrected_gaps_are_chosen_at_once(reviewer: Client, ask: Ask) -> None:
    judge(ask("zebra one", kind="answer"), Review.Verdict.WRONG_PASSAGE, "", "symptoms-early")
    ask("another zebra")
    reviewer.post(INDEX, {"gap": ["corrected/symptoms-early", "words/1", "nonsense"]})
    assert [lesson.aim for lesson in Lesson.objects.all()] == ["symptoms-early"]
    page = reviewer.post(INDEX, {}, follow=True).content.decode()
    assert "Nothing was chosen" in page


def test_what_is_set_aside_can_be_taken_back(reviewer: Client, ask: Ask) -> None:
    turn = ask("zebra", kind="clarify")
    link = reverse("learning:gap", args=[f"words/{turn.pk}"])
    reviewer.post(link, {"wording": [turn.pk], "aside": "", "aim": ""})
    lesson = Lesson.objects.get()
    assert lesson.state == Lesson.State.SET_ASIDE
    reviewer.post("/staff/learning/lessons?state=set_aside", {"lesson": [lesson.pk, "x", "9" * 30]})
    assert "zebra" in reviewer.get(INDEX).content.decode()


def test_what_was_exported_stays_exported(reviewer: Client, ask: Ask) -> None:
    turn = ask("zebra", kind="clarify")
    reviewer.post(
        reverse("learning:gap", args=[f"words/{turn.pk}"]), {"wording": [turn.pk], "aim": "greet"}
    )
    reviewer.post("/staff/learning/lessons/export")
    lesson = Lesson.objects.get()
    reviewer.post("/staff/learning/lessons?state=exported", {"lesson": [lesson.pk]})
    assert Lesson.objects.get().state == Lesson.State.EXPORTED


def test_a_form_says_what_is_missing(reviewer: Client, ask: Ask) -> None:
    turn = ask("zebra", kind="clarify")
    link = reverse("learning:gap", args=[f"words/{turn.pk}"])
    assert "Check at least one" in reviewer.post(link, {"aim": "greet"}).content.decode()
    page = reviewer.post(link, {"wording": [turn.pk], "aim": "no such"}).content.decode()
    assert "Choose one of the list" in page
    assert Lesson.objects.count() == 0


def test_a_gap_that_is_gone_leads_back(reviewer: Client, ask: Ask) -> None:
    for key in ("words/1", "corrected/none", "%00", "words/" + "9" * 50):
        answer = reviewer.get(reverse("learning:gap", args=[key]))
        assert answer.headers["Location"].startswith(f"{INDEX}?")


def test_nonsense_in_the_address_shows_the_usual(reviewer: Client, ask: Ask) -> None:
    ask("zebra")
    for query in ("days=x", "days=99999", "which=no", "page=-7", "page=x"):
        assert "zebra" in reviewer.get(f"{INDEX}?{query}").content.decode()
    assert reviewer.get("/staff/learning/lessons?state=x&page=9").status_code == 200


def test_words_of_a_visitor_are_never_markup(reviewer: Client, ask: Ask) -> None:
    turn = ask("<b>zebra</b>\" onload='x'", kind="clarify")
    pages = [INDEX, reverse("learning:gap", args=[f"words/{turn.pk}"])]
    pages.append(f"/staff/learning/conversation?code={turn.conversation.reference}")
    for page in pages:
        assert "<b>zebra" not in reviewer.get(page).content.decode()


def test_a_conversation_becomes_files(reviewer: Client, ask: Ask) -> None:
    conversation = ask("zebra one").conversation
    page = reviewer.get("/staff/learning/conversation", {"code": conversation.reference.lower()})
    assert "zebra one" in page.content.decode()
    for form, start in (("story", "version:"), ("scenario", "- scenario:")):
        file = reviewer.get(reverse("learning:talk-file", args=[conversation.reference, form]))
        assert file.content.decode().startswith(start)
    assert (
        reviewer.get(f"/staff/learning/conversation/{conversation.reference}/x").status_code == 404
    )
    assert "no conversation" in reviewer.get("/staff/learning/conversation?code=x").content.decode()
    seen = Entry.objects.filter(reference=conversation.reference).values_list("action", flat=True)
    assert sorted(seen) == ["exported", "exported", "viewed"]


def test_somebody_who_was_faster_is_not_overwritten(reviewer: Client, ask: Ask) -> None:
    turn = ask("zebra", kind="clarify")
    author = judge(ask("x"), "right").author
    other = ask("zebra!", kind="clarify")
    Lesson.objects.create(turn=other, state="set_aside", author=author)
    link = reverse("learning:gap", args=[f"words/{turn.pk}"])
    reviewer.post(link, {"wording": [turn.pk, other.pk], "aim": "greet"})
    assert Lesson.objects.get(turn=other).state == "set_aside"
    assert Lesson.objects.get(turn=turn).aim == "greet"
