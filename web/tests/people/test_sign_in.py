"""Signing in, locked out, idle and out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from audit.models import Action, Entry
from people.roles import Role
from tests.conftest import PASSWORD, make_account

Staff = Callable[..., Client]


def _sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    form = {"username": username, "password": password} | more
    return client.post("/staff/sign-in", form)


def _actions() -> list[str]:
    return list(Entry.objects.values_list("action", flat=True))


@pytest.mark.django_db
def test_a_person_signs_in_whatever_the_capitals_and_lands_where_they_wanted() -> None:
    make_account("ann", Role.REVIEWER)
    client = Client()
    assert client.get("/staff/account").headers["Location"].endswith("?next=/staff/account")
    answer = _sign_in(client, " Ann ", next="/staff/account")
    assert answer.headers["Location"] == "/staff/account"
    assert "Reviewer" in client.get("/staff/").content.decode().title()
    assert Entry.objects.filter(action=Action.SIGN_IN, account="ann").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["https://evil.example/staff/", "//evil.example", "/", "x"])
def test_no_address_leads_away(wanted: str) -> None:
    make_account("ann", Role.REVIEWER)
    assert _sign_in(Client(), "ann", next=wanted).headers["Location"] == "/staff/"


@pytest.mark.django_db
def test_a_wrong_password_and_an_unknown_name_read_alike() -> None:
    make_account("ann", Role.REVIEWER)
    wrong = _sign_in(Client(), "ann", "wrong").content.decode()
    unknown = _sign_in(Client(), "hunter2-my-password", "wrong").content.decode()
    assert "do not fit" in wrong
    assert "do not fit" in unknown
    failures = Entry.objects.filter(action=Action.SIGN_IN_FAILED)
    assert [entry.details["account"] for entry in failures] == ["ann", "unknown"]
    assert "hunter2" not in "".join(Entry.objects.values_list("detail", flat=True))


@pytest.mark.django_db
def test_five_wrong_passwords_lock_the_name_from_there_only() -> None:
    make_account("ann", Role.REVIEWER)
    client = Client()
    answers = [_sign_in(client, "ann", "wrong").status_code for _ in range(5)]
    assert answers == [400, 400, 400, 400, 429]
    locked = _sign_in(client, "ann")
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert Action.LOCKED_OUT in _actions()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert _sign_in(elsewhere, "ann").status_code == 302


@pytest.mark.django_db
def test_a_closed_account_cannot_sign_in() -> None:
    make_account("ann", Role.REVIEWER, is_active=False)
    assert _sign_in(Client(), "ann").status_code == 400


def test_signing_out_ends_the_session(staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    client.post("/staff/sign-out")
    assert client.get("/staff/").status_code == 302
    assert Action.SIGN_OUT in _actions()


def _age(client: Client, **seconds: float) -> None:
    session = client.session
    for name, value in seconds.items():
        session[name] = time.time() - value
    session.save()


def test_an_unused_session_ends_on_the_server(staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    _age(client, seen_at=901)
    assert client.get("/staff/").headers["Location"] == "/staff/sign-in?next=/staff/"
    assert client.get("/staff/account").status_code == 302
    assert _actions().count(Action.IDLE_OUT) == 1


def test_a_session_ends_after_a_working_day_however_busy(staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    _age(client, signed_in_at=13 * 3600)
    assert client.get("/staff/").status_code == 302


def test_asking_for_the_time_left_is_no_use_and_staying_is(staff: Staff) -> None:
    client = staff(Role.REVIEWER)
    _age(client, seen_at=800)
    assert client.get("/staff/time-left").json()["seconds"] in (99, 100)
    assert client.get("/staff/time-left").json()["seconds"] <= 100
    assert client.post("/staff/stay").json()["seconds"] > 890
    _age(client, seen_at=901)
    assert client.get("/staff/time-left").status_code == 401


@pytest.mark.django_db
def test_a_stale_form_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/staff/sign-in", {})
    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()


def test_visitors_carry_no_staff_cookie(client: Client, db: None) -> None:
    assert "staff" not in client.get("/").cookies
    assert client.post("/staff/sign-in", {}).cookies.get("staff") is None
