"""When something is missing: the assistant, the line, the session, JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from chat.models import Conversation, Turn
from tests.browser.conftest import Site
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser


def test_without_javascript_there_are_links(site: Site) -> None:
    visitor = site.visitor(java_script_enabled=False).visit()
    expect(visitor.page.locator('.plain-help a[href="tel:911"]')).to_be_visible()
    visitor.page.locator(".plain-help").get_by_text("request a call back").click()
    expect(visitor.page.get_by_role("heading", name="Request a call back")).to_be_visible()


def test_when_the_files_cannot_be_had_the_links_come_back(site: Site) -> None:
    visitor = site.visitor().visit()
    visitor.page.route("**/panel.js", lambda route: route.abort())
    visitor.launcher.click()
    expect(visitor.page.locator('.plain-help a[href="tel:911"]')).to_be_visible()
    expect(visitor.launcher).to_contain_text("911")


def test_when_the_service_is_down_the_panel_says_so_and_keeps_the_lines(site: Site) -> None:
    visitor = site.visitor().visit()
    visitor.page.route("**/api/**", lambda route: route.abort())
    visitor.launcher.click()
    expect(visitor.panel.locator(".notice")).to_contain_text("cannot be reached")
    expect(visitor.panel.locator('.lifeline a[href="tel:911"]')).to_be_visible()
    visitor.page.unroute("**/api/**")
    visitor.panel.get_by_role("button", name="Try again").click()
    visitor.ask("what is staging?")


def test_a_failed_message_is_retried_once_and_shown_once(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = site.visitor().visit().open()
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        # The server gets the message, the visitor does not get the answer.
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    visitor.page.route("**/api/chat/messages", lose_the_answer)
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    retry = visitor.panel.get_by_role("button", name="Retry")
    retry.wait_for(timeout=10000)
    visitor.page.unroute("**/api/chat/messages")
    retry.click()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator("li.mine")).to_have_count(1)
    assert len(lost) == 3
    assert assistant.texts == ["what is staging?"]


def test_offline_messages_wait_and_are_sent_in_order(site: Site, assistant: FakeAssistant) -> None:
    visitor = site.visitor().visit().open()
    visitor.context.set_offline(True)
    for text in ("one", "two"):
        visitor.input.fill(text)
        visitor.input.press("Enter")
    expect(visitor.panel.locator(".notice")).to_contain_text("offline")
    visitor.context.set_offline(False)
    expect(visitor.answers).to_have_count(2)
    assert assistant.texts == ["one", "two"]


def test_who_is_offline_is_told_of_a_message_only_when_one_waits(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.context.set_offline(True)
    notice = visitor.panel.locator(".notice")
    expect(notice).to_contain_text("You are offline")
    expect(notice).not_to_contain_text("Your message")
    visitor.input.fill("and why?")
    visitor.input.press("Enter")
    expect(visitor.panel.locator("li.mine").last).to_contain_text("Your message will be sent")


def test_a_reload_before_the_answer_loses_and_doubles_nothing(
    site: Site, assistant: FakeAssistant
) -> None:
    assistant.released.clear()
    visitor = site.visitor().visit().open()
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    # Playwright must go on working meanwhile, or the message is never sent.
    while not assistant.asked:
        visitor.page.wait_for_timeout(20)
    visitor.page.reload()
    assistant.released.set()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator("li.mine")).to_have_count(1)
    assert assistant.texts == ["what is staging?"]


def test_a_silent_assistant_leaves_the_visitor_with_a_route_within_five_seconds(
    site: Site, assistant: FakeAssistant
) -> None:
    assistant.delay = 8
    visitor = site.visitor().visit().open()
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    expect(visitor.panel.locator(".typing")).to_be_visible()
    expect(visitor.answers).to_have_count(1, timeout=5000)
    expect(visitor.answers.locator('a[href="tel:911"]')).to_be_visible()


def test_an_expired_session_begins_anew_with_the_message(site: Site, settings: Any) -> None:
    visitor = site.visitor().visit().open()
    Conversation.objects.all().delete()
    visitor.ask("what is staging?")
    expect(visitor.panel.locator(".notice")).to_contain_text("new one has begun")
    assert Turn.objects.filter(number=1).count() == 1


def test_too_many_messages_wait_their_turn(site: Site) -> None:
    visitor = site.visitor().visit().open()

    def refuse(route: Route) -> None:
        route.fulfill(
            status=429,
            headers={"Retry-After": "1"},
            content_type="application/problem+json",
            body='{"title": "Too many requests", "status": 429}',
        )

    visitor.page.route("**/api/chat/messages", refuse, times=1)
    visitor.ask("what is staging?")


def test_a_text_that_is_too_long_stays_in_the_field(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.input.fill("x" * 1001)
    visitor.input.press("Enter")
    expect(visitor.panel.locator("#left")).to_contain_text("1,000")
    assert len(visitor.input.input_value()) == 1001


def test_an_idle_chat_is_cleared_after_a_warning_that_can_be_put_off(
    site: Site, settings: Any
) -> None:
    settings.IDLE_SECONDS = 900
    visitor = site.visitor().with_a_clock().visit().open()
    visitor.ask("what is staging?")
    visitor.pass_time(790)
    visitor.panel.get_by_role("button", name="Keep the chat").click()
    expect(visitor.panel.locator(".notice")).not_to_be_visible()
    visitor.pass_time(700)
    expect(visitor.answers).to_have_count(1)
    visitor.pass_time(90)
    expect(visitor.panel.locator(".notice")).to_contain_text("Are you still there")
    visitor.pass_time(120)
    expect(visitor.panel.locator(".notice")).to_contain_text("was cleared")
    expect(visitor.answers).to_have_count(0)
    assert 'session":' not in visitor.page.evaluate("JSON.stringify(sessionStorage)")


def test_an_idle_chat_is_cleared_by_the_clock_on_the_wall(site: Site, settings: Any) -> None:
    settings.IDLE_SECONDS = 6
    visitor = site.visitor().visit().open()
    answer = visitor.ask("what is staging?")
    for _ in range(4):
        visitor.page.wait_for_timeout(1800)
        answer.get_by_text("Read the whole section").click()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator(".notice")).not_to_be_visible()
    visitor.panel.get_by_role("button", name="Keep the chat").click()
    expect(visitor.panel.locator(".notice")).not_to_be_visible()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator(".notice")).to_contain_text("was cleared", timeout=9000)
    expect(visitor.answers).to_have_count(0)
    assert 'session":' not in visitor.page.evaluate("JSON.stringify(sessionStorage)")


def test_a_chat_opened_offline_begins_when_the_line_is_back(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.page.reload()
    visitor.panel.get_by_role("button", name="Close").click()
    visitor.page.reload()
    visitor.page.route("**/api/**", lambda route: route.abort())
    visitor.launcher.click()
    expect(visitor.panel.locator(".notice")).to_contain_text("cannot be reached")
    visitor.context.set_offline(True)
    visitor.page.unroute("**/api/**")
    visitor.context.set_offline(False)
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator(".notice")).not_to_be_visible()


def test_the_line_coming_back_does_not_take_a_question_away(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.panel.get_by_role("button", name="Options").click()
    visitor.panel.get_by_role("button", name="Clear chat").click()
    visitor.page.evaluate("dispatchEvent(new Event('online'))")
    expect(visitor.panel.get_by_role("button", name="Yes, delete it")).to_be_visible()


def test_using_the_panel_in_any_way_puts_the_clearing_off(site: Site, settings: Any) -> None:
    settings.IDLE_SECONDS = 900
    visitor = site.visitor().with_a_clock().visit().open()
    answer = visitor.ask("what is staging?")
    for _ in range(3):
        visitor.pass_time(700)
        answer.get_by_text("Read the whole section").click()
    visitor.pass_time(2)
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator(".notice")).not_to_be_visible()


def test_a_section_that_could_not_be_read_is_read_when_it_is_opened_again(site: Site) -> None:
    visitor = site.visitor().visit().open()
    answer = visitor.ask("what is staging?")
    visitor.page.route("**/api/guide/sections/**", lambda route: route.abort())
    answer.get_by_text("Read the whole section").click()
    expect(answer.locator(".section")).to_contain_text("Please try again")
    visitor.page.unroute("**/api/guide/sections/**")
    for _ in ("closed", "opened again"):
        answer.get_by_text("Read the whole section").click()
    expect(answer.locator(".section h4").first).to_be_visible()
