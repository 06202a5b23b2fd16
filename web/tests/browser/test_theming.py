"""What a site may change of the widget: colours, font, words and the tag's options."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from chat.models import Conversation
from tests.browser.conftest import Site, Visitor
from tests.browser.test_safety import WIDGET

pytestmark = pytest.mark.browser

ENGLISH: dict[str, Any] = json.loads((WIDGET / "strings" / "en.json").read_text())


def _with_tag(site: Site, attributes: str, style: str = "") -> Visitor:
    """A visitor of a page on the website with nothing but this tag, and this style, on it."""
    visitor = site.visitor()
    tag = f"<script type='module' src='/static/widget/chat.js' {attributes}></script>"
    page = (
        f"<!doctype html><html lang='en'><title>A page</title><style>{style}</style><h1>A</h1>{tag}"
    )
    visitor.page.route(
        "**/own-page", lambda route: route.fulfill(body=page, content_type="text/html")
    )
    return visitor.visit("/own-page")


def _strings(visitor: Visitor, strings: dict[str, Any]) -> None:
    def give(route: Route) -> None:
        route.fulfill(body=json.dumps(strings), content_type="application/json")

    visitor.page.route("**/own-words.json", give)


# Where each custom property of `net-guide` is seen: an element and its style.
SEEN = {
    "ink": ("dialog", "color"),
    "paper": ("dialog", "backgroundColor"),
    "band": (".head", "backgroundColor"),
    "accent": (".composer .primary", "backgroundColor"),
    "on-accent": (".composer .primary", "color"),
    "line": ("dialog", "borderTopColor"),
    "alarm": (".problem", "color"),
    "on-alarm": (".alert a.call", "color"),
}


def test_every_custom_property_is_seen_where_it_should_be(site: Site, assistant: Any) -> None:
    alert = {"type": "alert", "text": "Call.", "actions": [{"label": "Call", "href": "tel:911"}]}
    assistant.answer = lambda _: [{"custom": {"kind": "emergency", "blocks": [alert]}}]
    colours = {name: f"rgb({number}, 20, 30)" for number, name in enumerate(SEEN, 100)}
    rules = "".join(f"--net-guide-{name}: {colour};" for name, colour in colours.items())
    visitor = _with_tag(site, "", f"net-guide {{ {rules} --net-guide-font: monospace; }}")
    launcher = visitor.launcher.evaluate("node => getComputedStyle(node).backgroundColor")
    assert launcher == colours["accent"]
    visitor.open().ask("help")
    seen = {
        name: visitor.panel.evaluate(
            "(panel, [where, style]) => getComputedStyle(where === 'dialog' ? panel"
            " : panel.querySelector(where))[style]",
            [where, style],
        )
        for name, (where, style) in SEEN.items()
    }
    assert seen == colours
    assert visitor.input.evaluate("node => getComputedStyle(node).fontFamily") == "monospace"


def test_the_button_has_the_words_of_the_tag(site: Site) -> None:
    visitor = _with_tag(site, "data-label='Questions about NETs?'")
    expect(visitor.launcher).to_have_text("Questions about NETs?")


def test_the_section_of_the_tag_offers_its_questions(site: Site) -> None:
    visitor = _with_tag(site, "data-section='surgery'").open()
    expect(visitor.panel.locator(".quick button").first).to_contain_text("surgery")
    assert Conversation.objects.get().page == "/own-page#surgery"


def test_other_words_are_taken_from_another_file(site: Site) -> None:
    visitor = _with_tag(site, "data-strings='/own-words.json'")
    _strings(visitor, ENGLISH | {"title": "Other title"})
    visitor.open()
    expect(visitor.page.get_by_role("dialog", name="Other title")).to_be_visible()


def test_what_was_removed_is_named_in_those_words_too(site: Site) -> None:
    visitor = _with_tag(site, "data-strings='/own-words.json'")
    own = {"redactedNames": {"phone": "numéro de téléphone"}}
    _strings(visitor, ENGLISH | own | {"redacted": "Retiré : {names}."})
    visitor.open().ask("call 757-555-0123, a@b.co")
    mine = visitor.panel.locator("li.mine")
    expect(mine).to_contain_text("Retiré : email, numéro de téléphone.")


def test_from_right_to_left_everything_is_mirrored_and_fits(site: Site) -> None:
    visitor = _with_tag(site, "data-strings='/own-words.json'", "html { direction: rtl; }")
    _strings(visitor, ENGLISH | {"dir": "rtl", "lang": "ar"})
    box = visitor.launcher.bounding_box()
    assert box
    assert box["x"] < 100
    visitor.open()
    visitor.ask("what is staging?")
    panel, send, own = (
        part.bounding_box()
        for part in (
            visitor.panel,
            visitor.panel.get_by_role("button", name="Send", exact=True),
            visitor.input,
        )
    )
    assert panel
    assert send
    assert own
    assert panel["x"] < 100
    assert send["x"] < own["x"]
    mine = visitor.panel.locator("li.mine").evaluate(
        "node => [getComputedStyle(node).marginLeft, getComputedStyle(node).marginRight]"
    )
    assert float(mine[0][:-2]) < float(mine[1][:-2])
    assert visitor.panel.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_call_back_page_and_the_api_are_where_the_tag_says(site: Site) -> None:
    visitor = _with_tag(site, f"data-api='{site.address}/' data-appointments='/call-us'")
    visitor.open()
    link = visitor.panel.locator(".lifeline").get_by_role("link", name="Contact the practice")
    expect(link).to_have_attribute("href", f"{site.address}/call-us")
    astray = _with_tag(site, f"data-api='{site.address}/elsewhere/'")
    astray.launcher.click()
    expect(astray.panel.locator(".notice")).to_contain_text("cannot be reached")
    assert f"{site.address}/elsewhere/api/chat/sessions" in astray.requests


@pytest.mark.parametrize(("keep", "kept"), [("tab", True), ("none", False)])
def test_what_a_reload_finds_is_as_the_tag_says(site: Site, keep: str, kept: bool) -> None:
    visitor = _with_tag(site, f"data-keep='{keep}'").open()
    visitor.ask("what is staging?")
    assert visitor.page.evaluate("'net-guide' in sessionStorage") is kept
    visitor.page.reload()
    visitor.panel.locator(".quick button").first.wait_for()
    expect(visitor.answers).to_have_count(1 if kept else 0)


def test_when_the_files_cannot_be_had_the_words_of_the_tag_are_said(site: Site) -> None:
    visitor = _with_tag(site, "data-offline='Call us: 911 in an emergency'")
    visitor.page.route("**/panel.js", lambda route: route.abort())
    visitor.launcher.click()
    expect(visitor.launcher).to_have_text("Call us: 911 in an emergency")
