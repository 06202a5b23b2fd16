"""A real browser (Debian's Chromium) on the demonstration page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import FakeAssistant, RealAssistant

# Playwright's loop runs in the test's thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}


class Visitor:
    """A visitor at a window; everything the page asked for and complained of is kept."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message: Any) -> None:
        # A status of 4xx or 5xx and a lost connection are what some tests bring about.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    @property
    def panel(self) -> Locator:
        """The dialog."""
        return self.page.locator("net-guide dialog")

    @property
    def launcher(self) -> Locator:
        """The button that opens it."""
        return self.page.locator("net-guide .launcher")

    @property
    def input(self) -> Locator:
        """Where a question is written."""
        return self.panel.get_by_label("Your question")

    @property
    def answers(self) -> Locator:
        """The guide's turns."""
        return self.panel.locator("li.theirs")

    def visit(self, path: str = "/") -> Visitor:
        """Goes to a page of the website."""
        self.page.goto(self.address + path)
        return self

    def open(self) -> Visitor:
        """Opens the panel and waits for the first questions."""
        self.launcher.click()
        self.panel.locator(".quick button").first.wait_for()
        return self

    def ask(self, text: str) -> Locator:
        """Asks and gives the answer."""
        count = self.answers.count()
        self.input.fill(text)
        self.input.press("Enter")
        answer = self.answers.nth(count)
        answer.wait_for()
        return answer

    def with_a_clock(self) -> Visitor:
        """Has the page read a clock that can be put forward."""
        self.page.clock.install()
        return self

    def pass_time(self, seconds: float) -> None:
        """Puts the page's clock forward."""
        self.page.clock.fast_forward(round(seconds * 1000))

    def focused(self) -> str:
        """The name of what has the focus, also inside the widget."""
        return str(
            self.page.evaluate(
                """() => { let node = document.activeElement;
                while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                return node.id || node.innerText || node.tagName; }"""
            )
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium, or set CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


class Site:
    """The website, and visitors to it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self._browser = browser
        self.visitors: list[Visitor] = []

    def visitor(self, **options: Any) -> Visitor:
        """A visitor at a window of their own."""
        options.setdefault("viewport", DESKTOP)
        options.setdefault("reduced_motion", "reduce")
        context = self._browser.new_context(**options)
        context.set_default_timeout(8000)
        visitor = Visitor(context, self.address)
        self.visitors.append(visitor)
        return visitor


def _site(browser: Browser, live_server: LiveServer) -> Iterator[Site]:
    site = Site(browser, live_server.url)
    yield site
    complaints = [text for visitor in site.visitors for text in visitor.complaints]
    foreign = [
        url
        for visitor in site.visitors
        for url in visitor.requests
        if not url.startswith((live_server.url, "blob:"))
    ]
    for visitor in site.visitors:
        visitor.context.close()
    assert not complaints
    assert not foreign, "a request left the site"


@pytest.fixture
def site(
    browser: Browser, live_server: LiveServer, assistant: FakeAssistant, settings: Any
) -> Iterator[Site]:
    """The website with a small assistant behind it."""
    yield from _site(browser, live_server)


@pytest.fixture
def real_site(
    browser: Browser, live_server: LiveServer, real_assistant: RealAssistant
) -> Iterator[Site]:
    """The website with the real assistant behind it."""
    yield from _site(browser, live_server)
