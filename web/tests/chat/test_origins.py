"""Which sites may use the chat."""

from __future__ import annotations

from typing import Any

from django.test import Client

from netguide.headers import content_security_policy

SITE = "https://practice.example"


def _preflight(client: Client, origin: str) -> Any:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return client.options("/api/chat/messages", headers=headers)


def test_an_allowed_site_may_ask(client: Client, db: None, settings: Any) -> None:
    settings.EMBED_ORIGINS = [SITE]
    answer = _preflight(client, SITE)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    section = client.get("/api/guide/sections/types", headers={"Origin": SITE})
    assert section.headers["Access-Control-Allow-Origin"] == SITE
    assert section.headers["Vary"] == "Origin"


def test_any_other_site_may_not(client: Client, db: None, settings: Any) -> None:
    settings.EMBED_ORIGINS = [SITE]
    for origin in ("https://evil.example", "null", SITE + ".evil.example"):
        answer = _preflight(client, origin)
        assert answer.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_our_own_pages_may(client: Client, db: None) -> None:
    headers = {"Origin": "http://testserver"}
    assert client.get("/api/guide/sections/types", headers=headers).status_code == 200


def test_only_allowed_sites_may_frame_us() -> None:
    assert content_security_policy([SITE]).endswith(f"frame-ancestors 'self' {SITE}")
