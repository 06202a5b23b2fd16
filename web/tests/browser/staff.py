"""Somebody of the staff at a window: signed in, and the page looked at with axe."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from people.models import Account
from tests.browser.conftest import DESKTOP, PHONE, Site, Visitor
from tests.conftest import sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every page is looked at in each of these; a page may break in one of them alone.
LOOKS: dict[str, dict[str, Any]] = {
    f"{name}-{scheme}": {"viewport": size, "color_scheme": scheme}
    for name, size in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
}


def colleague(site: Site, account: Account, **options: Any) -> Visitor:
    """A window of this person's, signed in without the pages for it."""
    visitor = site.visitor(**options)
    session = sign_in(Client(), account).cookies[settings.SESSION_COOKIE_NAME].value
    visitor.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{site.address}/staff/"}]
    )
    return visitor


def violations(visitor: Visitor) -> list[str]:
    """What axe finds in the page, and where first."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(visitor.page, options=options).response["violations"]
    return [f"{violation['id']} {violation['nodes'][0]['html'][:90]}" for violation in found]


def is_wider(visitor: Visitor, width: int) -> bool:
    """Whether the page has to be moved sideways in a window of this width."""
    return bool(visitor.page.evaluate("document.documentElement.scrollWidth") > width)
