"""The widget with a keyboard alone and with assistive technology."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chat.models import Conversation
from tests.browser.conftest import PHONE, Site, Visitor
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
ALARM = {
    "kind": "emergency",
    "blocks": [
        {
            "type": "alert",
            "text": "Call 911 now.",
            "actions": [{"label": "Call 911", "href": "tel:911"}],
        }
    ],
}


def _violations(visitor: Visitor) -> list[str]:
    """What axe finds on the whole page, the widget and all around it."""
    found = Axe().run(visitor.page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_any_state(
    site: Site, assistant: FakeAssistant, scheme: Any, width: int
) -> None:
    visitor = site.visitor(viewport={"width": width, "height": 800}, color_scheme=scheme).visit()
    assert _violations(visitor) == [], "closed"
    visitor.open()
    assert _violations(visitor) == [], "first screen"
    answer = visitor.ask("what is staging?")
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_text("Read the whole section").click()
    expect(answer.locator(".section h4").first).to_be_visible()
    visitor.panel.get_by_role("button", name="Options").click()
    assert _violations(visitor) == [], "answer, comment, section, options"
    visitor.panel.get_by_role("button", name="Clear chat").click()
    assert _violations(visitor) == [], "clear chat"
    visitor.panel.get_by_role("button", name="No, keep it").click()
    assistant.answer = lambda _: [{"custom": ALARM}]
    visitor.ask("help")
    assert _violations(visitor) == [], "alert"
    assistant.answer = lambda _: [{"custom": {"kind": "handoff", "text": "Call us."}}]
    visitor.ask("a person").get_by_role("button", name="Request a call back").click()
    visitor.panel.get_by_role("button", name="Send the request").click()
    expect(visitor.panel.locator("#problem-name")).not_to_be_empty()
    assert _violations(visitor) == [], "form with problems"
    visitor.context.set_offline(True)
    visitor.input.fill("one")
    visitor.input.press("Enter")
    expect(visitor.panel.get_by_role("button", name="Retry")).to_be_visible()
    assert _violations(visitor) == [], "not sent"


def test_axe_would_find_a_violation_inside_the_widget(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.evaluate(
        """() => { const panel = document.querySelector('net-guide').shadowRoot.querySelector('dialog');
        panel.append(document.createElement('input'), document.createElement('button')); }"""
    )
    found = " ".join(_violations(visitor))
    assert "label" in found
    assert "button-name" in found


def test_axe_would_find_a_violation_around_the_open_widget(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.evaluate("() => document.querySelector('main').append(new Image(9, 9))")
    assert "image-alt" in " ".join(_violations(visitor))


def test_the_plain_pages_have_no_violation_either(site: Site) -> None:
    visitor = site.visitor().visit("/appointments/")
    assert _violations(visitor) == []
    visitor.page.get_by_role("button", name="Send the request").click()
    visitor.page.get_by_role("alert").wait_for()
    assert _violations(visitor) == []


def _tab_to(visitor: Visitor, name: str, most: int = 60) -> None:
    for _ in range(most):
        if visitor.focused().startswith(name):
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError(f"`{name}` cannot be reached; the focus is on `{visitor.focused()}`")


def test_everything_can_be_done_with_the_keyboard_alone(
    site: Site, assistant: FakeAssistant
) -> None:
    assistant.answer = lambda _: [{"custom": {"kind": "handoff", "text": "Call us."}}]
    visitor = site.visitor().visit()
    keys = visitor.page.keyboard
    _tab_to(visitor, "Skip to questions and answers")
    keys.press("Enter")
    _tab_to(visitor, "Ask about NETs")
    keys.press("Enter")
    visitor.panel.locator(".quick button").first.wait_for()
    assert visitor.focused() == "input"
    keys.type("a person please")
    keys.press("Enter")
    expect(visitor.answers).to_have_count(1)
    assert visitor.focused() == "input"
    for _ in range(30):
        if visitor.focused().startswith("Request a call back"):
            break
        keys.press("Shift+Tab")
    keys.press("Enter")
    assert visitor.focused().startswith("Request a call back")
    for value in ("Jo Doe", "7575550123", "jo@example.com", "I", "I", "N", "S"):
        keys.press("Tab")
        keys.type(value)
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Enter")
    expect(visitor.answers.last).to_contain_text("Your reference is REQ-")
    assert visitor.focused() == "input"
    keys.press("Escape")
    expect(visitor.panel).not_to_be_visible()
    assert visitor.focused().startswith("Ask about NETs")


def test_the_skip_link_leads_to_the_question(site: Site) -> None:
    visitor = site.visitor().visit().open()
    skip = visitor.panel.locator(".skip")
    skip.focus()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    assert visitor.focused() == "input"


def test_escape_closes_the_options_first(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.panel.get_by_role("button", name="Options").press("Enter")
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel.locator("#menu")).not_to_be_visible()
    assert visitor.focused().startswith("Options")
    expect(visitor.panel).to_be_visible()


def test_on_a_phone_it_is_modal_and_back_closes_it(site: Site) -> None:
    visitor = site.visitor(viewport=PHONE, has_touch=True, is_mobile=True).visit().open()
    assert visitor.panel.evaluate("node => node.matches(':modal')")
    box = visitor.panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    size = visitor.input.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 16
    address = visitor.page.url
    visitor.page.go_back()
    expect(visitor.panel).not_to_be_visible()
    assert visitor.page.url == address


def test_beside_the_page_it_is_not_modal_and_the_page_stays_in_use(site: Site) -> None:
    visitor = site.visitor().visit().open()
    assert not visitor.panel.evaluate("node => node.matches(':modal')")
    expect(visitor.page.get_by_role("dialog", name="NET Guide")).to_have_attribute(
        "aria-modal", "false"
    )
    visitor.page.get_by_role("link", name="Types of NETs").focus()
    assert visitor.focused() == "Types of NETs"


def test_each_turn_is_spoken_once_and_history_never_again(
    site: Site, assistant: FakeAssistant
) -> None:
    visitor = site.visitor().visit()
    visitor.page.add_init_script(
        """addEventListener('DOMContentLoaded', () => { window.spoken = [];
        const look = () => { const root = document.querySelector('net-guide')?.shadowRoot;
          const found = root?.querySelectorAll('.unseen') ?? [];
          if (found.length < 2) { requestAnimationFrame(look); return; }
          for (const region of found) { if (region.textContent) spoken.push('not empty at first');
            new MutationObserver(() => region.textContent && spoken.push(region.textContent))
              .observe(region, { childList: true }); } };
        look(); });"""
    )
    visitor.page.reload()
    visitor.open()
    visitor.ask("what is staging?")
    visitor.page.wait_for_timeout(600)
    spoken = visitor.page.evaluate("spoken")
    assert spoken == ["Guide: Staging tells how far it has spread."]
    visitor.page.reload()
    expect(visitor.answers).to_have_count(1)
    visitor.page.wait_for_timeout(600)
    assert visitor.page.evaluate("spoken") == []
    visible = visitor.panel.locator(".log").evaluate(
        "node => node.closest('[aria-live],[role=log]')"
    )
    assert visible is None


def test_what_comes_at_once_is_spoken_together(site: Site) -> None:
    visitor = site.visitor().visit().open()
    Conversation.objects.all().delete()
    visitor.ask("what is staging?")
    spoken = visitor.panel.locator(".unseen", has_text="Guide: Staging tells")
    expect(spoken).to_contain_text("A new one has begun")


def test_what_is_told_in_two_places_at_once_is_spoken_once(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.route("**/api/chat/messages", lambda route: None)
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    expect(visitor.panel.locator(".typing")).to_be_visible()
    visitor.page.evaluate("() => { for (const _ of [1, 2]) dispatchEvent(new Event('offline')); }")
    spoken = visitor.panel.locator(".unseen", has_text="You are offline")
    expect(spoken).to_have_text("You are offline. Your message will be sent when you are back.")


def test_each_list_of_questions_has_the_name_that_is_seen_above_it(site: Site) -> None:
    visitor = site.visitor().visit().open()
    expect(visitor.panel.get_by_role("list", name="Questions to start with")).to_be_visible()
    answer = visitor.ask("what is staging?")
    expect(answer.get_by_role("list", name="Questions you can ask next")).to_be_visible()


def test_a_slow_answer_is_announced_once(site: Site, assistant: FakeAssistant) -> None:
    assistant.delay = 2.5
    visitor = site.visitor().visit().open()
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    expect(visitor.panel.locator(".unseen", has_text="looking it up")).to_have_count(1)
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.locator(".unseen", has_text="looking it up")).to_have_count(0)


def test_after_closing_back_leads_where_it_led_before(site: Site) -> None:
    visitor = site.visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    visitor.visit("/appointments/").visit().open()
    visitor.panel.get_by_role("button", name="Close").click()
    expect(visitor.panel).not_to_be_visible()
    visitor.page.go_back()
    expect(visitor.page).to_have_url(f"{site.address}/appointments/")
    visitor.page.go_forward()
    visitor.open()
    visitor.page.go_back()
    expect(visitor.panel).not_to_be_visible()
    visitor.open()
    expect(visitor.panel).to_be_visible()
