"""Screenshots of every state, for a person to look at, in var/web/screenshots."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import Site

WIDTHS = (320, 768, 1280)
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


@pytest.mark.browser
@pytest.mark.assistant
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_fits_its_window(real_site: Site, width: int, theme: str) -> None:
    folder = settings.VAR / "screenshots"
    folder.mkdir(exist_ok=True)
    visitor = real_site.visitor(viewport={"width": width, "height": 720}, **THEMES[theme]).visit()

    def look(state: str) -> None:
        visitor.page.screenshot(path=folder / f"{state}-{width}-{theme}.png")
        beyond = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not beyond, f"{state} is wider than the window"

    look("closed")
    visitor.open()
    look("first")
    visitor.ask("which tests are used to find a NET?")
    look("answer")
    visitor.ask("I can't breathe and my chest hurts")
    look("emergency")
    visitor.ask("I want to talk to a person")
    visitor.answers.last.get_by_role("button", name="Request a call back").click()
    visitor.panel.get_by_role("button", name="Send the request").click()
    expect(visitor.panel.locator("#problem-name")).not_to_be_empty()
    look("form")
