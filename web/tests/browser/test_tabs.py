"""What tabs of one browser share: nothing, even when one is a copy of the other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from chat.models import Conversation, Turn
from tests.browser.conftest import Site, Visitor
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser


def _duplicate(visitor: Visitor) -> Page:
    """The tab again, with a copy of what it kept, as a browser's "duplicate" makes one."""
    kept = visitor.page.evaluate("JSON.stringify(sessionStorage)")
    copy = visitor.context.new_page()
    copy.goto(visitor.address + "/healthz")
    copy.evaluate("kept => Object.assign(sessionStorage, JSON.parse(kept))", kept)
    copy.goto(visitor.address)
    copy.locator("net-guide .quick button").first.wait_for()
    return copy


def test_a_copy_made_after_the_chat_was_cleared_has_a_talk_of_its_own(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.panel.get_by_role("button", name="Options").click()
    visitor.panel.get_by_role("button", name="Clear chat").click()
    visitor.panel.get_by_role("button", name="Yes, delete it").click()
    expect(visitor.panel.locator(".notice")).to_contain_text("deleted")
    visitor.ask("what is staging?")
    copy = _duplicate(visitor)
    assert copy.locator("net-guide li.theirs").count() == 0
    assert Conversation.objects.count() == 2


def test_what_waits_in_one_tab_is_not_sent_by_its_copy(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.route("**/api/chat/messages", lambda route: route.abort())
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    visitor.panel.get_by_role("button", name="Retry").wait_for(timeout=10000)
    copy = _duplicate(visitor)
    copy.wait_for_timeout(1000)
    assert copy.locator("net-guide li.mine").count() == 0
    assert assistant.texts == []
    visitor.page.unroute("**/api/chat/messages")
    visitor.panel.get_by_role("button", name="Retry").click()
    expect(visitor.answers).to_have_count(1)
    assert Turn.objects.filter(number__gt=0).count() == 1
