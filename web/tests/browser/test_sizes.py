"""The widget with larger text, in small windows and under a finger."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Site, Visitor
from tests.browser.test_access import ALARM
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser


def _set_text_size(visitor: Visitor, percent: int) -> None:
    options = visitor.panel.get_by_role("button", name="Options")
    options.click()
    size = visitor.panel.get_by_role("button", name="Text size")
    while str(percent) not in size.inner_text():
        size.click()
    options.click()


@pytest.mark.parametrize("percent", [150, 200])
def test_larger_text_still_fits_and_can_be_used(site: Site, percent: int) -> None:
    visitor = site.visitor(viewport={"width": 320, "height": 640}).visit().open()
    _set_text_size(visitor, percent)
    assert visitor.panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    visitor.ask("what is staging?")
    visitor.input.scroll_into_view_if_needed()
    expect(visitor.input).to_be_in_viewport()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_heading_of_an_alert_is_not_broken_within_its_word(
    site: Site, assistant: FakeAssistant, percent: int
) -> None:
    assistant.answer = lambda _: [{"custom": ALARM}]
    visitor = site.visitor(viewport={"width": 320, "height": 640}).visit().open()
    _set_text_size(visitor, percent)
    title = visitor.ask("help").locator(".alert-title")
    height, line = title.evaluate(
        "node => [node.clientHeight, parseFloat(getComputedStyle(node).lineHeight)]"
    )
    assert height < 1.5 * line
    assert title.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_with_large_text_a_phone_has_more_room_for_what_is_read(site: Site) -> None:
    visitor = site.visitor(viewport={"width": 360, "height": 740}).visit().open()
    _set_text_size(visitor, 200)
    foot = visitor.panel.locator(".foot").bounding_box()
    assert foot
    assert foot["height"] < 740 / 2
    visitor.input.fill("a question of some length, which takes more than one line to write")
    assert visitor.input.evaluate("node => node.clientHeight >= 3 * 32")


def _small_targets(visitor: Visitor) -> Any:
    return visitor.page.evaluate(
        """() => [...document.querySelector('net-guide').shadowRoot.querySelectorAll(
            'button, a, summary, input, select, textarea')]
          .map((node) => [node.innerText, node.getBoundingClientRect(), node.className])
          .filter(([, box, name]) => box.width && name !== 'skip' && (box.width < 24 || box.height < 24))
          .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )


def test_every_target_is_at_least_24_pixels(site: Site, assistant: FakeAssistant) -> None:
    visitor = site.visitor(viewport={"width": 320, "height": 640}).visit().open()
    assert _small_targets(visitor) == []
    answer = visitor.ask("what is staging?")
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_text("Read the whole section").click()
    visitor.panel.get_by_role("button", name="Options").click()
    assert _small_targets(visitor) == []
    visitor.panel.get_by_role("button", name="Clear chat").click()
    assert _small_targets(visitor) == []
    visitor.panel.get_by_role("button", name="No, keep it").click()
    assistant.answer = lambda _: [{"custom": ALARM}]
    visitor.ask("help")
    assistant.answer = lambda _: [{"custom": {"kind": "handoff", "text": "Call us."}}]
    visitor.ask("a person").get_by_role("button", name="Request a call back").click()
    assert _small_targets(visitor) == []


def test_the_target_test_would_see_a_small_one(site: Site) -> None:
    visitor = site.visitor(viewport={"width": 320, "height": 640}).visit().open()
    visitor.panel.evaluate("node => { node.querySelector('.lifeline a').style.minHeight = '0'; }")
    assert _small_targets(visitor)


@pytest.mark.parametrize("height", [300, 420, 740])
@pytest.mark.parametrize("size", [1, 2])
def test_the_emergency_line_is_always_in_sight(site: Site, height: int, size: int) -> None:
    visitor = site.visitor(viewport={"width": 360, "height": height}).visit().open()
    _set_text_size(visitor, 100 * size)
    answer = visitor.ask("what is staging?")
    expect(answer.get_by_text("Staging tells")).to_be_in_viewport()
    for href in ("tel:911", "tel:988", "sms:988"):
        expect(visitor.panel.locator(f'.lifeline a[href="{href}"]')).to_be_in_viewport(ratio=1)
    assert visitor.page.evaluate("scrollY") == 0, "the page behind must stay where it is"
    expect(visitor.panel.locator('.lifeline a[href="tel:911"]')).to_be_in_viewport(ratio=1)
    visitor.input.scroll_into_view_if_needed()
    expect(visitor.panel.locator('.lifeline a[href="tel:911"]')).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_open_options_push_nothing_out_of_the_panel(site: Site, percent: int) -> None:
    visitor = site.visitor(viewport={"width": 320, "height": 640}).visit().open()
    _set_text_size(visitor, percent)
    visitor.panel.get_by_role("button", name="Options").click()
    for link in visitor.panel.locator(".lifeline a").all():
        expect(link).to_be_in_viewport(ratio=1)
    clear = visitor.panel.get_by_role("button", name="Clear chat")
    clear.scroll_into_view_if_needed()
    expect(clear).to_be_in_viewport(ratio=1)
    clear.click()
    for link in visitor.panel.locator(".lifeline a").all():
        expect(link).to_be_in_viewport(ratio=1)


def test_on_a_phone_held_sideways_the_first_screen_begins_at_its_top(site: Site) -> None:
    visitor = site.visitor(viewport={"width": 640, "height": 320}).visit().open()
    expect(visitor.panel.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
    expect(visitor.input).to_be_in_viewport(ratio=1)
    assert visitor.focused() == "input"


def test_the_keyboard_of_a_phone_covers_neither_the_question_nor_the_emergency_line(
    site: Site,
) -> None:
    visitor = site.visitor(viewport=PHONE, has_touch=True, is_mobile=True).visit().open()
    # What a telephone does to the visual viewport when its keyboard comes up.
    visitor.page.evaluate(
        """() => { Object.defineProperty(visualViewport, 'height', { value: 330 });
        Object.defineProperty(visualViewport, 'offsetTop', { value: 40 });
        visualViewport.dispatchEvent(new Event('resize')); }"""
    )
    for part in (visitor.input, visitor.panel.locator('.lifeline a[href="tel:911"]')):
        box = part.bounding_box()
        assert box
        assert box["y"] >= 40
        assert box["y"] + box["height"] <= 370
