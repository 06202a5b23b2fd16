"""What a visitor reads when a page cannot be had: plain words, and whom to call."""

from __future__ import annotations

from django.test import Client, RequestFactory

from netguide.errors import server_error


def _read(page: bytes) -> str:
    text = page.decode()
    assert "<style" not in text, "the policy forbids it"
    assert 'href="tel:911"' in text
    assert 'href="tel:988"' in text
    return text


def test_a_form_without_its_cookie_leads_back_to_the_form(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/appointments/", {})
    assert answer.status_code == 403
    assert 'href="/appointments/"' in _read(answer.content)


def test_a_page_that_does_not_exist_leads_to_those_that_do(client: Client) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert 'href="/appointments/"' in _read(answer.content)


def test_a_failure_of_ours_names_the_lines() -> None:
    answer = server_error(RequestFactory().get("/appointments/"))
    assert answer.status_code == 500
    _read(answer.content)


def test_only_the_demonstration_says_that_it_is_one(client: Client, db: None) -> None:
    assert "Demonstration" in client.get("/").content.decode()
    assert "Demonstration" not in client.get("/appointments/").content.decode()
