"""The second factor: set up, asked for, recovered, taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Action, Entry
from people import second_factor
from people.models import Account
from people.roles import Role
from tests.conftest import PASSWORD, make_account

Staff = Callable[..., Client]


def _code(device: TOTPDevice, steps: int = 0) -> str:
    return f"{totp(device.bin_key, drift=steps):06d}"


def _enrol(client: Client) -> list[str]:
    assert "<svg" in client.get("/staff/account/second-factor").content.decode()
    device = TOTPDevice.objects.get(confirmed=False)
    page = client.post("/staff/account/second-factor", {"code": _code(device)}).content.decode()
    return re.findall(r"<code>(\w{5}-\w{5})</code>", page)


def _sign_in(username: str) -> Client:
    client = Client()
    client.post("/staff/sign-in", {"username": username, "password": PASSWORD})
    return client


def test_who_must_have_one_is_led_to_set_it_up(staff: Staff, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = staff(Role.ADMINISTRATOR)
    for page in ("/staff/", "/staff/people"):
        assert client.get(page).headers["Location"] == "/staff/account/second-factor"
    assert len(_enrol(client)) == 10
    assert client.get("/staff/people").status_code == 200
    assert Entry.objects.filter(action=Action.SECOND_FACTOR_SET).count() == 1


@pytest.mark.django_db
def test_who_has_one_gives_it_at_every_sign_in() -> None:
    account = make_account("ann", Role.ADMINISTRATOR)
    _enrol(_sign_in("ann"))
    client = _sign_in("ann")
    # Neither a page, nor a new password, nor another telephone without the code.
    for page in ("/staff/people", "/staff/account/password", "/staff/account/second-factor"):
        assert client.get(page).headers["Location"] == "/staff/verify"
    assert client.post("/staff/verify", {"code": "000000"}).status_code == 400
    assert Entry.objects.filter(action=Action.SECOND_FACTOR_FAILED).count() == 1
    device = TOTPDevice.objects.get(user=account, confirmed=True)
    device.throttle_reset()
    assert client.post("/staff/verify", {"code": _code(device, 1)}).status_code == 302
    assert client.get("/staff/people").status_code == 200


@pytest.mark.django_db
def test_a_recovery_code_is_good_once() -> None:
    make_account("ann", Role.VIEWER)
    codes = _enrol(_sign_in("ann"))
    assert _sign_in("ann").post("/staff/verify", {"code": codes[0].upper()}).status_code == 302
    assert _sign_in("ann").post("/staff/verify", {"code": codes[0]}).status_code == 400
    assert second_factor.recovery_codes_left(Account.objects.get(username="ann")) == 9


@pytest.mark.django_db
def test_an_administrator_takes_a_lost_one_away() -> None:
    ann = make_account("ann", Role.VIEWER)
    _enrol(_sign_in("ann"))
    make_account("boss", Role.ADMINISTRATOR)
    _sign_in("boss").post(f"/staff/people/{ann.pk}/second-factor")
    assert not second_factor.is_set(ann)
    assert _sign_in("ann").get("/staff/").status_code == 200
    assert Entry.objects.filter(action=Action.SECOND_FACTOR_RESET).exists()
