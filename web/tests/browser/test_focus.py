"""Where the keyboard stands after each thing that is done; never nowhere, and the panel stays open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Site, Visitor

pytestmark = pytest.mark.browser


def _press(visitor: Visitor, name: str) -> None:
    """Presses this button of the panel by keyboard."""
    button = visitor.panel.get_by_role("button", name=name)
    button.focus()
    button.press("Enter")


def test_a_link_within_the_page_leaves_the_panel_open_beside_it(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.evaluate("document.querySelector('nav a').click()")
    visitor.page.wait_for_timeout(300)
    expect(visitor.panel).to_be_visible()
    visitor.page.go_back()
    visitor.page.wait_for_timeout(300)
    expect(visitor.panel).to_be_visible()


def test_on_a_phone_no_keyboard_covers_what_is_to_be_read_first(site: Site) -> None:
    visitor = site.visitor(viewport=PHONE, has_touch=True, is_mobile=True).visit().open()
    assert visitor.focused() == "title"
    visitor.ask("what is staging?")
    assert visitor.focused() == "input"


def test_after_an_option_the_focus_is_on_the_options_button(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.evaluate("window.print = () => {}")
    for option in ("Print", "Save as text"):
        _press(visitor, "Options")
        _press(visitor, option)
        assert visitor.focused() == "Options"


def test_after_a_retry_the_focus_is_on_the_question(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.context.set_offline(True)
    visitor.input.fill("what is staging?")
    visitor.input.press("Enter")
    visitor.panel.get_by_role("button", name="Retry").wait_for()
    visitor.context.set_offline(False)
    expect(visitor.answers).to_have_count(1)
    visitor.page.route("**/api/chat/messages", lambda route: route.abort())
    visitor.input.fill("and why?")
    visitor.input.press("Enter")
    visitor.panel.get_by_role("button", name="Retry").wait_for(timeout=10000)
    visitor.page.unroute("**/api/chat/messages")
    _press(visitor, "Retry")
    expect(visitor.answers).to_have_count(2)
    assert visitor.focused() == "input"


def test_after_trying_again_the_focus_is_on_the_question(site: Site) -> None:
    visitor = site.visitor(viewport=PHONE).visit()
    visitor.page.route("**/api/**", lambda route: route.abort())
    visitor.launcher.click()
    visitor.panel.get_by_role("button", name="Try again").wait_for()
    _press(visitor, "Try again")
    visitor.page.wait_for_timeout(300)
    assert visitor.focused() == "Try again"
    visitor.page.unroute("**/api/**")
    _press(visitor, "Try again")
    visitor.panel.locator(".quick button").first.wait_for()
    expect(visitor.panel.locator(".notice")).not_to_be_visible()
    assert visitor.focused() == "input"


def test_when_deleting_fails_it_can_be_tried_again_from_where_one_is(site: Site) -> None:
    visitor = site.visitor().visit().open()
    visitor.page.route("**/api/chat/session", lambda route: route.abort())
    _press(visitor, "Options")
    _press(visitor, "Clear chat")
    _press(visitor, "Yes, delete it")
    expect(visitor.panel.locator(".notice")).to_contain_text("did not work")
    assert visitor.focused() == "Try again"
