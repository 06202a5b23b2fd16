"""What a visitor says of an answer: asked for where it can help, and kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
