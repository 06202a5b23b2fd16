"""What a printed talk looks like, from a wide window and from a phone, in light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [DESKTOP, PHONE])
def test_all_of_the_talk_is_printed_in_black_and_nothing_else(
    site: Site, window: Any, scheme: Any
) -> None:
    visitor = site.visitor(viewport=window, color_scheme=scheme).visit().open()
    for _ in range(4):
        visitor.ask("what is staging?")
    visitor.page.evaluate("window.print = () => {}")
    visitor.panel.get_by_role("button", name="Options").click()
    visitor.panel.get_by_role("button", name="Print").click()
    visitor.page.emulate_media(media="print", color_scheme=scheme)
    answer = visitor.answers.last
    expect(answer).to_be_visible()
    for part in (".quick", ".verdict", ".composer", ".menu"):
        expect(visitor.panel.locator(part).last).not_to_be_visible()
    for part in (answer, answer.get_by_role("link")):
        colour = part.evaluate("node => getComputedStyle(node).color")
        assert colour == "rgb(0, 0, 0)"
    panel, last = visitor.panel.bounding_box(), answer.bounding_box()
    assert panel
    assert last
    assert panel["y"] + panel["height"] >= last["y"] + last["height"], "the rest would be cut off"
