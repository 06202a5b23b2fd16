"""Somebody of the staff at a window: signed in, and the page looked at with axe."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from people.models import Account
from tests.browser.conftest import Site, Visitor
from tests.conftest import sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rows of a table are written by one loop: the first of them speak for all.
CONTEXT = {"include": [["html"]], "exclude": [["tbody tr:nth-of-type(n+9)"]]}


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
    found = Axe().run(visitor.page, context=CONTEXT, options=options).response["violations"]
    return [f"{violation['id']} {violation['nodes'][0]['html'][:90]}" for violation in found]


def is_wider(visitor: Visitor, width: int) -> bool:
    """Whether the page has to be moved sideways in a window of this width."""
    return bool(visitor.page.evaluate("document.documentElement.scrollWidth") > width)
