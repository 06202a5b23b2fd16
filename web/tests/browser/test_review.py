"""A reviewer in a real browser: fifty turns with the keyboard alone, and every page looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from chat.models import Feedback, Turn
from people.models import Account
from people.roles import Role
from review.models import Review, SavedFilter
from review.verdicts import judge
from tests.browser.conftest import DESKTOP, PHONE, Site, Visitor
from tests.browser.staff import LOOKS, colleague, is_wider, violations
from tests.conftest import make_account
from tests.review.talks import Said, make_talk

TALKS, REVIEW = "/staff/conversations", "/staff/review"


def _rita(site: Site, **options: Any) -> Visitor:
    rita = Account.objects.filter(username="rita").first()
    return colleague(site, rita or make_account("rita", Role.REVIEWER), **options)


def _focused_when_drawn(visitor: Visitor) -> str:
    """What has the focus; `autofocus` gives it with the page's first drawing, after its load."""
    visitor.page.screenshot(clip={"x": 0, "y": 0, "width": 1, "height": 1})
    return visitor.focused()


def _fill() -> None:
    rita = make_account("rita", Role.REVIEWER)
    SavedFilter.objects.create(owner=rita, name="Alarms", query="kind=emergency")
    kinds = ("answer", "not_covered", "clarify", "emergency", "error", "medical_advice")
    said = [Said(f"What about {kind}?", "staging", 0.4, kind=kind) for kind in kinds]
    make_talk("NET-AAAA-AAA3", *said, *[Said(f"more {n}") for n in range(30)])
    make_talk("NET-CCCC-CCC3", Said("word " * 160), at=timezone.now() - timedelta(hours=1))
    Feedback.objects.create(turn=Turn.objects.get(text="What about answer?"), helpful=False)


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_a_reviewer_passes_axe_and_fits(site: Site, look: str) -> None:
    _fill()
    visitor = _rita(site, **LOOKS[look])
    turn = Turn.objects.get(text="What about answer?")
    pages = (
        TALKS,
        f"{TALKS}?kind=emergency&topic=staging",
        f"{TALKS}?low=90&high=10",
        f"{TALKS}/NET-AAAA-AAA3?turn=3",
        f"{TALKS}/NET-CCCC-CCC3",
        f"{TALKS}/NET-AAAA-AAA3?print=1",
        REVIEW,
        f"{REVIEW}/declined",
        f"{REVIEW}/turns/{turn.pk}?queue=thumbs-down",
    )
    for page in pages:
        visitor.visit(page)
        assert violations(visitor) == [], page
        assert not is_wider(visitor, LOOKS[look]["viewport"]["width"]), page
    visitor.page.get_by_label("What should have come instead").fill("embolization")
    visitor.page.get_by_label("Wrong passage").check()
    visitor.page.get_by_role("button", name="Save and next").click()
    visitor.page.get_by_role("group", name="Which of these?").wait_for()
    assert violations(visitor) == []


@pytest.mark.browser
def test_fifty_turns_are_reviewed_with_the_keyboard_alone(site: Site) -> None:
    at = timezone.localtime().replace(hour=0, minute=50) - timedelta(hours=2)
    said = [Said(f"question {number}", kind="not_covered") for number in range(50)]
    make_talk("NET-AAAA-AAA3", *said, at=at)
    visitor = _rita(site).visit(REVIEW)
    keyboard = visitor.page.keyboard
    for _ in range(40):
        keyboard.press("Tab")
        if visitor.focused().replace("\n", "") == "Begin: Declined or clarified":
            break
    keyboard.press("Enter")
    for number in range(50):
        visitor.page.get_by_text(f"question {number}", exact=True).wait_for()
        assert _focused_when_drawn(visitor) == "review-verdict_0"
        visitor.page.wait_for_load_state()  # its script hears the digits
        if number % 10 == 3:  # should have been answered, with the passage and a note
            keyboard.press("4")
            keyboard.press("Tab")
            keyboard.type("what is octreotide")
            keyboard.press("Tab")
            keyboard.type("asked often")
            keyboard.press("Tab")
            assert visitor.focused() == "Save and next"
        elif number % 10 == 5:
            keyboard.press("ArrowDown")
            keyboard.press("ArrowDown")
        else:
            keyboard.press("1")
        keyboard.press("Enter")
    visitor.page.get_by_text("That was the last one").wait_for()
    verdicts = list(Review.objects.order_by("turn__number").values_list("verdict", flat=True))
    assert len(verdicts) == 50
    assert (verdicts[3], verdicts[5], verdicts[0]) == ("should_answer", "should_decline", "right")
    assert Review.objects.filter(right_passage="ssa-octreotide", note="asked often").count() == 5
    keyboard.press("Tab")
    visitor.page.get_by_role("button", name="Undo").focus()
    keyboard.press("Enter")
    visitor.page.get_by_text("Undone: NET-AAAA-AAA3").wait_for()
    assert Review.objects.count() == 49


@pytest.mark.browser
def test_on_a_phone_the_question_is_seen_before_the_verdict(site: Site) -> None:
    _fill()
    visitor = _rita(site, viewport=PHONE, has_touch=True, is_mobile=True)
    turn = Turn.objects.get(text="What about answer?")
    visitor.visit(f"{REVIEW}/turns/{turn.pk}?queue=thumbs-down")
    assert _focused_when_drawn(visitor) == "review-verdict_0"
    expect(visitor.page.get_by_role("heading", name="Thumbs down")).to_be_in_viewport()
    judge(make_account("omar", Role.REVIEWER), turn, 0, {"verdict": "right"})
    visitor.page.get_by_label("Unsafe").check()
    visitor.page.get_by_role("button", name="Save and next").click()
    expect(visitor.page.get_by_role("heading", name="Somebody was faster")).to_be_in_viewport()
    assert _focused_when_drawn(visitor) == "review-verdict_4"
    expect(visitor.page.get_by_role("heading", name="Somebody was faster")).to_be_in_viewport()


@pytest.mark.browser
def test_reviewing_filtering_and_sorting_work_without_javascript(site: Site) -> None:
    _fill()
    visitor = _rita(site, java_script_enabled=False).visit(f"{REVIEW}/safety")
    page = visitor.page
    page.get_by_role("link", name="Begin with the first").click()
    page.get_by_label("Right").check()
    page.get_by_role("button", name="Save and next").click()
    page.get_by_text("That was the last one").wait_for()
    visitor.visit(TALKS)
    page.get_by_label("Outcome").select_option("emergency")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("row", name="NET-AAAA-AAA3").get_by_role("link").click()
    page.get_by_label("Status", exact=True).select_option("done")
    page.get_by_label("Tags, with commas between").fill("seen")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    page.get_by_role("link", name="Turns 26").first.click()
    assert page.locator("#turn-30").is_visible()
    assert "kind=emergency" in page.url


@pytest.mark.browser
def test_one_of_several_passages_is_chosen_with_the_keyboard_and_without_javascript(
    site: Site,
) -> None:
    _fill()
    visitor = _rita(site, java_script_enabled=False).visit(REVIEW)
    visitor.visit(f"{REVIEW}/declined/next")
    page, keyboard = visitor.page, visitor.page.keyboard
    assert _focused_when_drawn(visitor) == "review-verdict_0"
    for number in (1, 2, 3):
        keyboard.press("ArrowDown")
        assert visitor.focused() == f"review-verdict_{number}"
    keyboard.press("Tab")
    keyboard.type("embolization")
    keyboard.press("Enter")
    page.get_by_role("group", name="Which of these?").wait_for()
    assert _focused_when_drawn(visitor) == "candidate-1"
    keyboard.press("ArrowDown")
    assert visitor.focused() == "candidate-2"
    keyboard.press("Enter")
    page.get_by_text("Saved: ").wait_for()
    assert Review.objects.get(verdict="should_answer").right_passage != ""


@pytest.mark.browser
def test_a_deep_link_shows_its_turn(site: Site) -> None:
    _fill()
    visitor = _rita(site).visit(TALKS)
    visitor.visit(f"{TALKS}/NET-AAAA-AAA3?turn=31#turn-31")
    turn = visitor.page.locator("#turn-31")
    assert turn.evaluate("node => node.matches(':target')")
    box = turn.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESKTOP["height"]
