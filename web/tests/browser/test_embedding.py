"""The widget on another site's page, with nothing there but its tag."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

PAGE = (
    "<!doctype html><html lang='en'><title>NETs</title><h1>NETs</h1>"
    "<script type='module' src='{site}/static/widget/chat.js' data-section='staging'></script>"
)


@pytest.fixture
def practice(site: Site) -> Iterator[str]:
    """Another site, whose page carries the tag under a strict policy."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            policy = f"default-src 'self'; script-src {site.address}; connect-src {site.address}"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(PAGE.format(site=site.address).encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _visit(site: Site, practice: str) -> Visitor:
    visitor = site.visitor()

    def file(route: Route) -> None:
        # WhiteNoise says so of every file; the test server serves them without it.
        answer = route.fetch()
        headers = {**answer.headers, "Access-Control-Allow-Origin": "*"}
        route.fulfill(response=answer, headers=headers)

    visitor.page.route("**/static/widget/**", file)
    visitor.page.goto(practice)
    visitor.requests[:] = [url for url in visitor.requests if not url.startswith(practice)]
    return visitor


def test_one_tag_is_enough_on_a_site_that_may_carry_it(
    site: Site, practice: str, settings: Any
) -> None:
    settings.EMBED_ORIGINS = [practice]
    visitor = _visit(site, practice).open()
    expect(visitor.panel.locator(".quick button").first).to_contain_text("staging")
    visitor.ask("what is staging?")


def test_a_site_that_may_not_carry_it_gets_the_lines_and_no_chat(site: Site, practice: str) -> None:
    visitor = _visit(site, practice)
    visitor.launcher.click()
    expect(visitor.panel.locator(".notice")).to_contain_text("cannot be reached")
    expect(visitor.panel.locator('.lifeline a[href="tel:911"]')).to_be_visible()
    assert all("CORS" in text for text in visitor.complaints)
    visitor.complaints.clear()
