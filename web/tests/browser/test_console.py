"""The staff console in a real browser: reachable, readable, and signed out when left alone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from people.roles import Role
from tests.browser.conftest import PHONE, Site, Visitor
from tests.conftest import PASSWORD, make_account

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/staff/",
    "/staff/account",
    "/staff/account/password",
    "/staff/account/second-factor",
    "/staff/people",
    "/staff/people/new",
)


def _violations(visitor: Visitor) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    found = Axe().run(visitor.page, options=options).response["violations"]
    return [str(violation["id"]) for violation in found]


def _sign_in(visitor: Visitor) -> None:
    make_account("boss", Role.ADMINISTRATOR)
    visitor.visit("/staff/")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused() == "Skip to the content"
    visitor.page.get_by_label("User name").fill("boss")
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("heading", name="Welcome").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_an_account_passes_axe_and_fits_a_narrow_screen(
    site: Site, scheme: Any
) -> None:
    visitor = site.visitor(viewport=PHONE, color_scheme=scheme)
    visitor.visit("/staff/sign-in")
    assert _violations(visitor) == []
    _sign_in(visitor)
    for page in PAGES:
        visitor.visit(page)
        assert _violations(visitor) == [], page
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320, page


@pytest.mark.browser
def test_axe_finds_what_is_put_there_on_purpose(site: Site) -> None:
    visitor = site.visitor().visit("/staff/sign-in")
    visitor.page.evaluate("document.querySelector('label').remove()")
    assert "label" in _violations(visitor)


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
def test_a_warning_comes_before_the_end_and_can_be_put_off(site: Site, settings: Any) -> None:
    settings.STAFF_IDLE_SECONDS, settings.STAFF_WARNING_SECONDS = 14, 11
    visitor = site.visitor()
    _sign_in(visitor)
    warning = visitor.page.get_by_role("alertdialog")
    warning.wait_for()
    visitor.page.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")
    visitor.page.wait_for_url("**/staff/sign-in?next=*", timeout=40_000)
