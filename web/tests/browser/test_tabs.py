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


def test_a_reload_keeps_its_talk_however_late_the_page_it_left_lets_go(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.ask("what is staging?")
    slow = visitor.context.new_page()
    slow.goto(visitor.address + "/healthz")
    # Next in line for the lock, and silent, as a page is that takes its time to go.
    slow.evaluate(
        """tab => { navigator.locks.request(`net-guide-${tab}`,
        () => new Promise(done => setTimeout(done, 3500))); }""",
        visitor.page.evaluate("JSON.parse(sessionStorage['net-guide']).tab"),
    )
    visitor.page.reload()
    expect(visitor.answers).to_have_count(1)
    assert Conversation.objects.count() == 1


def test_a_copy_begins_its_own_talk_though_the_first_tab_is_slow_to_answer(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.page.evaluate(
        """() => { const stop = Date.now() + 2000;
        setTimeout(() => { while (Date.now() < stop); }); }"""
    )
    copy = _duplicate(visitor)
    assert copy.locator("net-guide li.theirs").count() == 0
    assert visitor.answers.count() == 1
    assert Conversation.objects.count() == 2
