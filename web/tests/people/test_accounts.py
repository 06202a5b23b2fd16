"""Accounts: made, changed and kept in the access log."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import Action, Entry
from people.accounts import first_password
from people.models import Account
from people.roles import Role
from tests.conftest import PASSWORD, make_account

Staff = Callable[..., Client]


def test_a_new_person_gets_a_first_password_and_must_change_it(staff: Staff) -> None:
    administrator = staff(Role.ADMINISTRATOR)
    form = {"username": "Bea", "name": "Bea B", "is_active": "on", "roles": ["viewer", "reviewer"]}
    page = administrator.post("/staff/people/new", form).content.decode()
    first = re.findall(r"<code>(.+?)</code>", page)[1]
    client = Client()
    client.post("/staff/sign-in", {"username": "bea", "password": first})
    assert client.get("/staff/").headers["Location"] == "/staff/account/password"
    new = {"current": first, "new": "four words make one", "again": "four words make one"}
    assert client.post("/staff/account/password", new).status_code == 302
    assert client.get("/staff/").status_code == 200
    assert Account.objects.get(username="bea").roles == ["reviewer", "viewer"]
    made = [Action.ACCOUNT_MADE, Action.ROLES_CHANGED]
    assert Entry.objects.filter(account="administrator", action__in=made).count() == 2


def test_a_first_password_can_be_read_out_and_typed() -> None:
    made = [first_password() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(re.fullmatch(r"([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}", one) for one in made)


def test_who_has_no_password_is_not_said_to_be_able_to_sign_in(staff: Staff) -> None:
    make_account("bea", Role.VIEWER)
    Account.objects.create_user("demo-james", None, name="James")
    Account.objects.create_user("gone", "four words make one", name="Gone", is_active=False)
    page = staff(Role.ADMINISTRATOR).get("/staff/people").content.decode()
    states = dict(re.findall(r"<td>(bea|demo-james|gone)</td>.*?badge[^>]*>([^<]+)<", page, re.S))
    assert states == {"bea": "may sign in", "demo-james": "no password", "gone": "closed"}


@pytest.mark.parametrize(
    ("new", "again", "complaint"),
    [
        ("short", "short", "too short"),
        ("password1234", "password1234", "too common"),
        ("four words make one", "four words make two", "not the same"),
        (PASSWORD, PASSWORD, "you have now"),
    ],
)
def test_a_weak_password_is_refused(new: str, again: str, complaint: str, staff: Staff) -> None:
    form = {"current": PASSWORD, "new": new, "again": again}
    answer = staff(Role.VIEWER).post("/staff/account/password", form)
    assert answer.status_code == 400
    assert complaint in answer.content.decode()


def test_managers_and_paste_work(staff: Staff) -> None:
    page = staff(Role.VIEWER).get("/staff/account/password").content.decode()
    assert 'autocomplete="new-password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_roles_that_do_not_go_together_are_refused(staff: Staff) -> None:
    form = {"username": "bea", "name": "Bea", "roles": ["administrator", "reviewer"]}
    answer = staff(Role.ADMINISTRATOR).post("/staff/people/new", form)
    assert answer.status_code == 400
    assert "second account" in answer.content.decode()
    assert not Account.objects.filter(username="bea").exists()


def test_nobody_changes_their_own_roles(staff: Staff) -> None:
    client = staff(Role.ADMINISTRATOR)
    own = Account.objects.get(username="administrator")
    form = {"name": "Me", "is_active": "on", "roles": ["reviewer"]}
    assert client.post(f"/staff/people/{own.pk}", form).status_code == 403
    assert client.post(f"/staff/people/{own.pk}/password").status_code == 404
    assert Account.objects.get(pk=own.pk).roles == ["administrator"]


def test_a_change_of_roles_is_in_the_log_with_before_and_after(staff: Staff) -> None:
    bea = make_account("bea", Role.VIEWER)
    form = {"name": "Bea", "is_active": "on", "roles": ["reviewer"]}
    staff(Role.ADMINISTRATOR).post(f"/staff/people/{bea.pk}", form)
    entry = Entry.objects.filter(action=Action.ROLES_CHANGED).last()
    assert entry
    assert entry.details == {"account": "bea", "before": ["viewer"], "after": ["reviewer"]}


@pytest.mark.django_db
def test_the_first_account_is_made_from_the_command_line() -> None:
    out = io.StringIO()
    call_command("add_account", "Ann", "--role", "administrator", "--generate", stdout=out)
    first = out.getvalue().split()[-1]
    client = Client()
    assert client.post("/staff/sign-in", {"username": "ann", "password": first}).status_code == 302
    with pytest.raises(CommandError, match="taken"):
        call_command("add_account", "ann", "--role", "viewer", "--generate")
    with pytest.raises(CommandError, match="second account"):
        call_command(
            "add_account", "b", "--role", "administrator", "--role", "viewer", "--generate"
        )


@pytest.mark.django_db
def test_the_command_reads_a_password_and_refuses_a_weak_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        call_command("add_account", "ann", "--role", "viewer", "--password-stdin")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("add_account", "ann", "--role", "viewer", "--password-stdin", stdout=io.StringIO())
    assert Account.objects.get().check_password(PASSWORD)


@pytest.mark.django_db
def test_without_a_terminal_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="USERNAME is missing"):
        call_command("add_account")
    with pytest.raises(CommandError, match="--role is missing"):
        call_command("add_account", "ann", stdout=io.StringIO())
    with pytest.raises(CommandError, match="--generate or --password-stdin"):
        call_command("add_account", "ann", "--role", "viewer")
