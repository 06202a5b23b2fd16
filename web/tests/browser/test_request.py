"""The form in the panel for those who want to be called back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from chat.models import Conversation
from tests.browser.conftest import PHONE, Site, Visitor
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser


def _with_form(site: Site, assistant: FakeAssistant, **options: Any) -> Visitor:
    """A visitor who asked for a person and opened the form."""
    assistant.answer = lambda _: [{"custom": {"kind": "handoff", "text": "Call us."}}]
    visitor = site.visitor(**options).visit().open()
    visitor.ask("a person").get_by_role("button", name="Request a call back").click()
    return visitor


def _fill_and_send(visitor: Visitor) -> None:
    """Fills the call-back form in the widget and sends it."""
    form = visitor.panel.get_by_role("form", name="Request a call back")
    form.get_by_label("Your name").fill("Jo Doe")
    form.get_by_label("E-mail address").fill("jo@example.com")
    for field in ("best_time", "patient", "region", "reason"):
        form.locator(f"#field-{field}").select_option(index=1)
    form.get_by_label("The practice may contact me").check()
    form.get_by_role("button", name="Send the request").click()


def test_a_call_back_can_be_requested_after_the_session_has_ended(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = _with_form(site, assistant)
    Conversation.objects.all().delete()
    _fill_and_send(visitor)
    expect(visitor.answers.last).to_contain_text("Your reference is REQ-")


def test_a_request_that_could_not_be_sent_is_told_where_it_was_sent(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = _with_form(site, assistant, viewport=PHONE)
    visitor.page.route("**/api/appointments", lambda route: route.abort())
    _fill_and_send(visitor)
    trouble = visitor.panel.locator(".form").get_by_role("alert")
    expect(trouble).to_contain_text("could not be sent")
    expect(trouble).to_be_in_viewport()
    visitor.page.unroute("**/api/appointments")
    visitor.panel.get_by_role("button", name="Send the request").click()
    expect(visitor.answers.last).to_contain_text("Your reference is REQ-")


def test_what_was_mended_in_a_request_is_not_complained_of_any_more(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = _with_form(site, assistant, viewport=PHONE)
    form = visitor.panel.get_by_role("form", name="Request a call back")
    form.get_by_role("button", name="Send the request").click()
    expect(form.locator("#problem-region")).not_to_be_empty()
    form.locator("#field-region").select_option(index=1)
    expect(form.locator("#problem-region")).to_be_empty()
    expect(form.locator("#field-region")).to_have_attribute("aria-invalid", "false")
    expect(form.locator("#problem-reason")).not_to_be_empty()
    expect(form.locator("#problem-phone")).not_to_be_empty()
    form.get_by_label("E-mail address").fill("jo@example.com")
    expect(form.locator("#problem-phone")).to_be_empty()


def test_the_reference_of_a_request_is_still_there_after_a_reload(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = _with_form(site, assistant)
    _fill_and_send(visitor)
    told = visitor.answers.last
    expect(told).to_contain_text("Your reference is REQ-")
    words = told.inner_text()
    visitor.page.reload()
    expect(visitor.answers).to_have_count(2)
    assert visitor.answers.last.inner_text() == words
    visitor.panel.get_by_role("button", name="Options").click()
    visitor.panel.get_by_role("button", name="Clear chat").click()
    visitor.panel.get_by_role("button", name="Yes, delete it").click()
    expect(visitor.panel.locator(".notice")).to_contain_text("deleted")
    assert "REQ-" not in visitor.page.evaluate("JSON.stringify(sessionStorage)")
    assert "REQ-" not in visitor.panel.inner_text()
