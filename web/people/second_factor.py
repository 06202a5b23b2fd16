"""The second factor: a code of an authenticator app, or one of ten recovery codes."""

from __future__ import annotations

import io
import secrets
from base64 import b32encode
from typing import cast

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from people.models import Account

RECOVERY_CODES = 10
LETTERS = "34679cdfghjkmnpqrtvwxy"  # nothing that is mistaken for another on paper
NAME = "authenticator"


def is_set(account: Account) -> bool:
    """Whether this person has set one up."""
    found: bool = TOTPDevice.objects.filter(user=account, confirmed=True).exists()
    return found


def _is_verified(request: HttpRequest) -> bool:
    # django-otp's middleware adds it.
    verified: bool = request.user.is_verified()  # type: ignore[union-attr]
    return verified


def is_missing(request: HttpRequest) -> bool:
    """Whether the person has one and has not given it in this session."""
    return not _is_verified(request) and is_set(_account(request))


def is_to_be_set(request: HttpRequest) -> bool:
    """Whether the settings ask for one and the person has none."""
    return settings.SECOND_FACTOR and not _is_verified(request) and not is_set(_account(request))


def begin(account: Account) -> TOTPDevice:
    """The authenticator that is being set up; the same one until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=account, confirmed=False, name=NAME)
    return device


def confirm(request: HttpRequest, device: TOTPDevice, code: str) -> list[str]:
    """The new recovery codes when the code fits, which counts as given; else none."""
    if not device.verify_token(_plain(code)):
        return []
    account = _account(request)
    with transaction.atomic():
        TOTPDevice.objects.filter(user=account).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        codes = new_recovery_codes(account)
    otp_login(request, device)
    return codes


def new_recovery_codes(account: Account) -> list[str]:
    """Ten new codes, each good once; those before are void."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=account).delete()
        device = StaticDevice.objects.create(user=account, name="recovery codes")
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def verify(request: HttpRequest, code: str) -> bool:
    """Whether the code fits; if so, it counts for this session."""
    device = match_token(_account(request), _plain(code))
    if device is None:
        return False
    otp_login(request, device)
    return True


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes are unused."""
    count: int = StaticToken.objects.filter(device__user=account).count()
    return count


def reset(account: Account) -> None:
    """Takes the second factor away, so that a new one can be set up."""
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()


def drawing(device: TOTPDevice) -> str:
    """The code to scan, as an inline SVG without styles."""
    out = io.BytesIO()
    segno.make(device.config_url, error="m").save(
        out, kind="svg", dark="#000", light="#fff", xmldecl=False, omitsize=True, nl=False
    )
    return out.getvalue().decode()


def key(device: TOTPDevice) -> str:
    """The same to type, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _account(request: HttpRequest) -> Account:
    return cast("Account", request.user)
