"""Which language a text is in, for the voice of a screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from guide.model import BulletList, Paragraph
from netguide.practice import guide, texts
from tests.browser.conftest import Site
from tests.conftest import FakeAssistant

pytestmark = pytest.mark.browser

TELL = """async (all) => {
    const { otherLanguage } = await import('/static/widget/languages.js');
    const words = await (await fetch('/static/widget/strings/languages.json')).json();
    return all.map((text) => otherLanguage(text, words, '') ?? null);
}"""


def _paragraphs(name: str) -> list[str]:
    return texts()[name].text.split("\n\n")


@pytest.mark.parametrize("name", ["emergency_spanish", "crisis_spanish"])
def test_a_safety_text_in_spanish_is_spanish_for_a_screen_reader(
    site: Site, assistant: FakeAssistant, name: str
) -> None:
    assistant.answer = lambda _: [{"custom": texts()[name].reply().as_dict()}]
    visitor = site.visitor().visit().open()
    answer = visitor.ask("ayuda")
    alert = answer.get_by_role("group", name="Importante")
    expect(alert).to_have_attribute("lang", "es")
    expect(alert.locator(".alert-title")).to_have_text("Importante")
    expect(alert.locator("[lang=en]")).to_contain_text("911")
    expect(alert.locator("[lang=en]")).to_have_count(1)
    spoken = visitor.panel.locator(".unseen", has_text="Guide:").locator("[lang=es]")
    expect(spoken).to_contain_text("911")
    assert "Guide" not in spoken.inner_text()
    visitor.page.reload()
    expect(visitor.answers.get_by_role("group", name="Importante")).to_have_attribute("lang", "es")


def test_a_reply_in_two_languages_has_each_in_its_own(site: Site, assistant: FakeAssistant) -> None:
    assistant.answer = lambda _: [{"custom": texts()["unsupported_language"].reply().as_dict()}]
    visitor = site.visitor().visit().open()
    answer = visitor.ask("hola")
    expect(answer.locator("p [lang=es]")).to_contain_text("Lo siento")
    expect(answer.locator("[lang]")).to_have_count(1)
    spoken = visitor.panel.locator(".unseen", has_text="Guide: I am sorry")
    expect(spoken.locator("[lang=es]")).to_contain_text("Lo siento")


def test_an_answer_in_the_language_of_the_panel_needs_no_mark(site: Site) -> None:
    visitor = site.visitor().visit().open()
    answer = visitor.ask("what is staging?")
    expect(answer.locator("[lang]")).to_have_count(0)


def test_every_text_of_the_guide_and_the_domain_is_taken_for_what_it_is(site: Site) -> None:
    passages = [block for passage in guide().passages.values() for block in passage.blocks]
    written = [block.text for block in passages if isinstance(block, Paragraph)]
    items = [item for block in passages if isinstance(block, BulletList) for item in block.items]
    english, second = _paragraphs("unsupported_language")
    spanish = [second]
    others = [english]
    for name in texts().names():
        if name != "unsupported_language":
            (spanish if name.endswith("_spanish") else others).extend(_paragraphs(name))
    page = site.visitor().visit().page
    assert set(page.evaluate(TELL, spanish)) == {"es"}
    assert set(page.evaluate(TELL, others)) == {"en"}
    assert "es" not in page.evaluate(TELL, [*written, *items])


@pytest.mark.assistant
def test_what_the_assistant_says_in_spanish_is_marked_so(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    alert = visitor.ask("no puedo respirar").get_by_role("group", name="Importante")
    expect(alert).to_have_attribute("lang", "es")
    answer = visitor.ask("cuales son los sintomas de los tumores")
    expect(answer.locator("p [lang=es]")).to_contain_text("Lo siento")
