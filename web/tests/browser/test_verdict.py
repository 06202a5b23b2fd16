"""What a visitor says of an answer: asked for where it can help, and kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chat.models import Feedback
from tests.browser.conftest import PHONE, Site
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("kind", "is_asked"),
    [
        ("answer", True),
        ("not_covered", True),
        ("medical_advice", True),
        ("out_of_scope", True),
        ("emergency", False),
        ("crisis", False),
        ("distress", False),
        ("chitchat", False),
    ],
)
def test_a_verdict_is_asked_for_where_an_answer_may_be_wrong(
    site: Site, assistant: FakeAssistant, kind: str, is_asked: bool
) -> None:
    assistant.answer = lambda _: [{"custom": {"kind": kind, "text": "Some words."}}]
    answer = site.visitor().visit().open().ask("a question")
    assert answer.get_by_role("button", name="Not helpful").count() == int(is_asked)


def test_on_a_phone_the_field_for_a_comment_comes_into_sight(site: Site) -> None:
    visitor = site.visitor(viewport=PHONE).visit().open()
    answer = visitor.ask("what is staging?")
    answer.get_by_role("button", name="Not helpful").click()
    expect(answer.get_by_role("button", name="Send comment")).to_be_in_viewport(ratio=1)


def test_a_verdict_is_still_seen_after_a_reload(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.ask("what is staging?").get_by_role("button", name="Not helpful").click()
    expect(visitor.panel.get_by_text("Thank you.")).to_be_visible()
    visitor.page.reload()
    answer = visitor.answers.first
    expect(answer.get_by_role("button", name="Not helpful")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(answer.get_by_role("button", name="Helpful", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )


def test_a_comment_that_could_not_be_sent_is_still_there_to_be_sent_again(site: Site) -> None:
    visitor = site.visitor().visit().open()
    answer = visitor.ask("what is staging?")
    answer.get_by_role("button", name="Not helpful").click()
    visitor.page.route("**/api/chat/feedback", lambda route: route.abort())
    comment = answer.get_by_label("Tell us more")
    comment.fill("It was about another matter.")
    answer.get_by_role("button", name="Helpful", exact=True).click()
    expect(comment).to_have_value("It was about another matter.")
    answer.get_by_role("button", name="Send comment").click()
    expect(answer.get_by_text("That did not work")).to_be_visible()
    expect(comment).to_have_value("It was about another matter.")
    visitor.page.unroute("**/api/chat/feedback")
    answer.get_by_role("button", name="Send comment").click()
    expect(comment).not_to_be_visible()
    assert Feedback.objects.get().comment == "It was about another matter."
