"""What a reply, a page or a visitor may bring must stay what it is: text, on this site, unseen."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, Site
from tests.conftest import FakeAssistant, RealAssistant

pytestmark = pytest.mark.browser

WIDGET = site_settings.BASE_DIR / "widget" / "static" / "widget"
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80
) | st.sampled_from(
    [
        "<img src=x onerror=alert(1)>",
        "a > 5 & b < 6",
        "[1] _x_ *y* `z`",
        "</p><script>x</script>",
        "&lt;",
    ]
)
BLOCK = (
    st.builds(lambda text: {"type": "paragraph", "text": text}, TEXT)
    | st.builds(
        lambda items: {"type": "list", "items": items}, st.lists(TEXT, min_size=1, max_size=4)
    )
    | st.builds(
        lambda text, label: {
            "type": "alert",
            "text": text,
            "actions": [
                {"label": label, "href": "tel:911"},
                {"label": label, "href": "javascript:x"},
            ],
        },
        TEXT,
        TEXT,
    )
)
DRAW = """async (blocks) => { const { drawBlocks } = await import('/static/widget/replies.js');
  const languages = await (await fetch('/static/widget/strings/languages.json')).json();
  for (const each of Object.values(languages)) each.important = '';
  const box = document.createElement('div');
  box.append(...drawBlocks(blocks, { important: '', lang: 'en', languages }));
  return { text: box.textContent, names: [...new Set([...box.querySelectorAll('*')].map((n) => n.localName))],
    links: [...box.querySelectorAll('a')].map((n) => n.getAttribute('href')) }; }"""


def _words(block: dict[str, Any]) -> str:
    if block["type"] == "list":
        return "".join(block["items"])
    return str(block["text"]) + "".join(action["label"] for action in block.get("actions", ()))


def test_every_character_of_any_reply_is_shown_and_none_becomes_markup(site: Site) -> None:
    page = site.visitor().visit().page

    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.lists(BLOCK, min_size=1, max_size=4))
    def draw(blocks: list[dict[str, Any]]) -> None:
        drawn = page.evaluate(DRAW, blocks)
        assert drawn["text"] == "".join(_words(block) for block in blocks)
        assert set(drawn["names"]) <= {"p", "ul", "li", "div", "a"}
        assert set(drawn["links"]) <= {"tel:911"}

    draw()


def test_markup_from_visitor_and_assistant_stays_text(site: Site, assistant: FakeAssistant) -> None:
    nasty = "<img src=x onerror=alert(1)> a < b && c > d [1] _x_"
    assistant.answer = lambda _: [{"custom": {"kind": "answer", "text": nasty}}]
    visitor = site.visitor().visit().open()
    answer = visitor.ask(nasty)
    expect(answer).to_contain_text(nasty)
    expect(visitor.panel.locator("li.mine")).to_contain_text(nasty)
    assert visitor.panel.locator("img").count() == 0


def test_an_address_in_a_reply_can_be_pressed(site: Site, assistant: FakeAssistant) -> None:
    text = (
        "Write to us (https://practice.example/call-us), or go to http://a.example/b. javascript:x"
    )
    assistant.answer = lambda _: [{"custom": {"kind": "handoff", "text": text}}]
    answer = site.visitor().visit().open().ask("a person please")
    expect(answer).to_contain_text(text)
    links = answer.locator("p a").evaluate_all(
        "all => all.map(a => [a.textContent, a.href, a.rel])"
    )
    assert links == [
        [
            "https://practice.example/call-us",
            "https://practice.example/call-us",
            "noopener noreferrer",
        ],
        ["http://a.example/b", "http://a.example/b", "noopener noreferrer"],
    ]


def test_it_works_under_the_strictest_policy(site: Site, settings: Any) -> None:
    visitor = site.visitor().visit()
    visitor.page.evaluate(
        "() => { window.broken = []; addEventListener('securitypolicyviolation',"
        " (event) => broken.push(event.violatedDirective)); }"
    )
    policy = visitor.page.request.get(site.address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    visitor.open()
    visitor.ask("what is staging?")
    assert visitor.page.evaluate("broken") == []
    assert {url.split("/")[2] for url in visitor.requests} == {site.address.split("/")[2]}


def test_the_policy_test_would_see_another_origin(site: Site) -> None:
    visitor = site.visitor().visit()
    visitor.page.evaluate(
        "() => { const image = new Image(); image.src = 'https://tracker.example/x.png'; }"
    )
    visitor.page.wait_for_timeout(300)
    assert any("Content Security Policy" in text for text in visitor.complaints)
    visitor.complaints.clear()
    visitor.requests[:] = [url for url in visitor.requests if "tracker.example" not in url]


def test_the_byte_budgets_hold() -> None:
    sizes = {
        file.name: len(gzip.compress(file.read_bytes(), 9))
        for file in WIDGET.rglob("*")
        if file.is_file() and file.suffix in (".js", ".css", ".json")
    }
    assert sizes["chat.js"] <= 3 * 1024
    assert sum(sizes.values()) <= 25 * 1024


def test_the_page_does_not_move_when_the_widget_arrives(site: Site) -> None:
    visitor = site.visitor(viewport=DESKTOP)
    visitor.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    visitor.visit()
    visitor.page.wait_for_timeout(500)
    assert visitor.page.evaluate("moved") == 0
    visitor.open()
    assert visitor.page.evaluate("moved") == 0


@pytest.mark.assistant
def test_a_number_typed_by_a_visitor_is_found_nowhere(
    real_site: Site, real_assistant: RealAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "757-555-8642"
    forms = [canary, canary.replace("-", ""), "555-8642"]
    visitor = real_site.visitor().visit().open()
    visitor.ask(f"what is staging? my number is {canary}")
    visitor.ask("and why does it matter?")
    stored = json.dumps(
        [list(model.objects.values_list()) for model in apps.get_models()], default=str
    )
    own = [file for file in (site_settings.ROOT / "var").rglob("*") if file.is_file()]
    files = {*own, *real_assistant.files()}

    def holding(text: str) -> list[Path]:
        return [file for file in files if text.encode() in file.read_bytes()]

    assert "[phone]" in stored
    stores = {file.name for file in holding("my number is [phone]")}
    assert any(name.startswith("conversations.db") for name in stores), "not Rasa's store"
    assert any(name.startswith("test.sqlite3") for name in stores), "not the website's store"
    assert {"rasa.log", "actions.log"} <= {file.name for file in files}
    for form in forms:
        assert form not in stored
        assert form not in caplog.text
        assert not holding(form)
