"""A talk in the widget, with the real assistant behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from chat.models import Conversation, Feedback, Turn
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.assistant]


def test_nothing_is_asked_before_the_panel_is_opened(real_site: Site) -> None:
    visitor = real_site.visitor().visit()
    visitor.page.wait_for_load_state("networkidle")
    assert not [url for url in visitor.requests if "/api/" in url]
    assert [url for url in visitor.requests if "/widget/" in url] == [
        f"{real_site.address}/static/widget/chat.js"
    ]


def test_the_first_screen_says_what_it_is_and_whom_to_call(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    for text in ("not a person", "not for emergencies", "do not write names", "90 days"):
        expect(visitor.panel.locator(".intro")).to_contain_text(text)
    for href in ("tel:911", "tel:988", "sms:988"):
        expect(visitor.panel.locator(f'.intro a[href="{href}"]')).to_be_in_viewport()
        expect(visitor.panel.locator(f'.lifeline a[href="{href}"]')).to_be_in_viewport()
    assert visitor.focused() == "input"


def test_an_answer_has_its_list_source_section_and_next_questions(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    answer = visitor.ask("which tests are used to find a NET?")
    assert answer.locator("ul").first.locator("li").count() > 3
    href = answer.get_by_role("link", name="opens in a new tab").get_attribute("href")
    assert href
    assert href.startswith("https://")
    answer.get_by_text("Read the whole section").click()
    expect(answer.locator(".section h4").first).to_be_visible()
    choice = answer.locator(".quick button").first
    choice.click()
    expect(visitor.answers).to_have_count(2)
    expect(choice).to_contain_text("asked")
    choice.click(force=True)
    assert Turn.objects.filter(number__gt=0).count() == 2


def test_an_emergency_stands_out_with_a_link_to_call(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    answer = visitor.ask("my chest hurts and I cant breathe")
    expect(answer.locator(".alert-title")).to_have_text("Important")
    expect(answer.locator('.alert a[href="tel:911"]')).to_be_visible()


def test_a_telephone_number_is_removed_and_the_visitor_is_told(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    visitor.ask("what is staging? call 757-555-0199")
    mine = visitor.panel.locator("li.mine")
    expect(mine).to_contain_text("[phone]")
    expect(mine).to_contain_text("removed")
    assert "0199" not in mine.inner_text()


def test_a_reload_goes_on_where_the_talk_was(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.page.reload()
    expect(visitor.answers).to_have_count(1)
    assert visitor.focused() != "input", "a page that loads must not take the focus"
    visitor.ask("why does it matter?")
    expect(visitor.answers).to_have_count(2)
    assert Conversation.objects.count() == 1


def test_two_tabs_have_a_talk_each_even_when_one_is_a_copy(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    visitor.ask("what is staging?")
    kept = visitor.page.evaluate("JSON.stringify(sessionStorage)")
    copy = visitor.context.new_page()
    copy.goto(real_site.address + "/healthz")
    copy.evaluate("kept => Object.assign(sessionStorage, JSON.parse(kept))", kept)
    copy.goto(real_site.address)
    copy.locator("net-guide .quick button").first.wait_for()
    assert copy.locator("net-guide li.theirs").count() == 0
    assert Conversation.objects.count() == 2


def test_the_section_being_read_offers_its_questions(real_site: Site) -> None:
    visitor = real_site.visitor().visit("/#staging").open()
    expect(visitor.panel.locator(".quick button").first).to_contain_text("staging")


def test_clearing_deletes_on_the_server_too(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.panel.get_by_role("button", name="Options").click()
    visitor.panel.get_by_role("button", name="Clear chat").click()
    visitor.panel.get_by_role("button", name="Yes, delete it").click()
    expect(visitor.panel.locator(".notice")).to_contain_text("deleted")
    expect(visitor.answers).to_have_count(0)
    assert not Turn.objects.filter(number__gt=0).exists()


def test_the_talk_can_be_saved_and_has_a_code_to_quote(real_site: Site, tmp_path: Path) -> None:
    visitor = real_site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.panel.get_by_role("button", name="Options").click()
    code = Conversation.objects.get().reference
    expect(visitor.panel.locator(".reference")).to_contain_text(code)
    with visitor.page.expect_download() as download:
        visitor.panel.get_by_role("button", name="Save as text").click()
    download.value.save_as(tmp_path / "talk.txt")
    text = (tmp_path / "talk.txt").read_text()
    assert code in text
    assert "what is staging?" in text
    assert "911" in text


def test_on_paper_there_is_only_the_talk(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    visitor.ask("what is staging?")
    visitor.page.evaluate("window.print = () => {}")
    visitor.panel.get_by_role("button", name="Options").click()
    visitor.panel.get_by_role("button", name="Print").click()
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator("main")).not_to_be_visible()
    expect(visitor.answers.first).to_be_visible()
    expect(visitor.panel.locator(".composer")).not_to_be_visible()
    visitor.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(visitor.page.locator("main")).to_be_visible()


def test_a_verdict_never_stands_in_the_way_of_the_next_question(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    answer = visitor.ask("what is staging?")
    answer.get_by_role("button", name="Not helpful").click()
    expect(answer.get_by_text("Thank you.")).to_be_visible()
    visitor.ask("what are the symptoms?")
    answer.get_by_label("Tell us more").fill("too short")
    answer.get_by_role("button", name="Send comment").click()
    expect(answer.get_by_label("Tell us more")).not_to_be_visible()
    verdict = Feedback.objects.get()
    assert (verdict.helpful, verdict.comment) == (False, "too short")


def test_a_call_back_is_requested_by_a_form_and_kept_apart(real_site: Site) -> None:
    visitor = real_site.visitor().visit().open()
    answer = visitor.ask("how do I make an appointment?")
    answer.get_by_role("button", name="Request a call back").click()
    form = visitor.panel.get_by_role("form", name="Request a call back")
    form.get_by_role("button", name="Send the request").click()
    expect(form.locator("#problem-name")).to_contain_text("name")
    assert visitor.focused() == "field-name"
    form.get_by_label("Your name").fill("Jo Doe")
    form.get_by_label("Phone number").fill("757 555 0123")
    for name, value in {
        "Best time": "morning",
        "Are you a patient": "new",
        "Region": "hampton_roads",
        "Reason": "second_opinion",
    }.items():
        form.get_by_label(name).select_option(value)
    form.get_by_label("The practice may contact me").check()
    form.get_by_role("button", name="Send the request").dblclick()
    expect(visitor.answers.last).to_contain_text("Your reference is REQ-")
    from appointments.models import AppointmentRequest

    assert AppointmentRequest.objects.count() == 1
    assert Conversation.objects.get().appointment_at
