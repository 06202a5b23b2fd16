"""The staff console in a real browser: reachable, readable, and signed out when left alone."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from people.idle import SEEN
from people.roles import Role
from tests.browser.conftest import Site, Visitor
from tests.browser.staff import LOOKS, colleague, is_wider, violations
from tests.conftest import PASSWORD, make_account

PAGES = (
    "/staff/",
    "/staff/account",
    "/staff/account/password",
    "/staff/account/second-factor",
    "/staff/people",
    "/staff/people/new",
)


def _leave_alone(visitor: Visitor, seconds: int) -> None:
    """As if nothing had been used for so long: the server's clock and the page's."""
    cookies = {c.get("name"): c.get("value") for c in visitor.context.cookies()}
    session = SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    session[SEEN] -= seconds
    session.save()
    visitor.page.clock.fast_forward(seconds * 1000)


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_an_account_passes_axe_and_fits(site: Site, look: str) -> None:
    width = LOOKS[look]["viewport"]["width"]
    stranger = site.visitor(**LOOKS[look]).visit("/staff/sign-in")
    stranger.page.get_by_role("heading", name="Sign in").wait_for()
    assert violations(stranger) == []
    assert not is_wider(stranger, width)
    visitor = colleague(site, make_account("boss", Role.ADMINISTRATOR), **LOOKS[look])
    for page in PAGES:
        visitor.visit(page)
        assert visitor.page.url == site.address + page
        assert violations(visitor) == [], page
        assert not is_wider(visitor, width), page


@pytest.mark.browser
def test_axe_finds_what_is_put_there_on_purpose(site: Site) -> None:
    visitor = site.visitor().visit("/staff/sign-in")
    visitor.page.evaluate("document.querySelector('label').remove()")
    assert [found.split()[0] for found in violations(visitor)] == ["label"]


@pytest.mark.browser
def test_a_person_without_javascript_signs_in(site: Site) -> None:
    visitor = site.visitor(java_script_enabled=False)
    account = make_account("boss", Role.ADMINISTRATOR)
    visitor.visit("/staff/people")
    visitor.page.get_by_label("User name").fill(account.username)
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.page.get_by_role("button", name="Sign in").click()
    visitor.page.get_by_role("heading", name="People").wait_for()


@pytest.mark.browser
def test_who_signs_in_with_the_keyboard_is_welcomed(site: Site) -> None:
    make_account("boss", Role.ADMINISTRATOR)
    visitor = site.visitor().visit("/staff/")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused() == "Skip to the content"
    visitor.page.get_by_label("User name").fill("boss")
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("heading", name="Welcome").wait_for()


@pytest.mark.browser
def test_a_double_click_sends_a_form_once(site: Site) -> None:
    visitor = colleague(site, make_account("boss", Role.ADMINISTRATOR)).visit("/staff/people/new")
    visitor.page.get_by_label("User name").fill("bea")
    visitor.page.get_by_label("Full name").fill("Bea B")
    visitor.page.get_by_label("Viewer: reads").first.check()
    visitor.page.get_by_role("button", name="Save").dblclick()
    visitor.page.get_by_role("heading", name="First password of Bea B").wait_for()


@pytest.mark.browser
def test_a_warning_comes_before_the_end_and_can_be_put_off(site: Site) -> None:
    visitor = colleague(site, make_account("boss", Role.ADMINISTRATOR))
    visitor.page.clock.install()
    with visitor.page.expect_response("**/time-left"):
        visitor.visit("/staff/people")
    warning = visitor.page.get_by_role("alertdialog")
    assert not warning.is_visible()
    _leave_alone(visitor, settings.STAFF_IDLE_SECONDS - settings.STAFF_WARNING_SECONDS + 1)
    warning.wait_for()
    visitor.page.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")
    _leave_alone(visitor, settings.STAFF_IDLE_SECONDS)
    visitor.page.wait_for_url("**/staff/sign-in?next=%2Fstaff%2Fpeople")
