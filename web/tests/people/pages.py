"""Every staff page and who may open it, written down a second time on purpose.

A page that is missing here fails test_access. `make` prepares what the address names and gives
its arguments.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from appointments.models import AppointmentRequest
from chat.models import Conversation
from people.models import Account
from people.roles import Role
from tests.conftest import make_account

EVERY_ROLE = frozenset(Role)
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
SCHEDULER = frozenset({Role.SCHEDULER})
PRIVACY = frozenset({Role.PRIVACY_OFFICER})
EXPORTERS = frozenset({Role.REVIEWER, Role.PRIVACY_OFFICER})


@dataclass(frozen=True)
class StaffPage:
    """Who may open it, how it is asked for, and what its address needs."""

    roles: frozenset[Role]
    method: str = "get"
    make: Callable[[], dict[str, Any]] = dict
    status: int = 200  # when allowed


def _account() -> dict[str, Any]:
    known = Account.objects.filter(username="somebody").first()
    return {"pk": (known or make_account("somebody", Role.VIEWER)).pk}


def _conversation() -> dict[str, Any]:
    reference = "NET-4K7M-QX9C"
    Conversation.objects.get_or_create(reference=reference, defaults={"key_hash": reference})
    return {"reference": reference}


def _request() -> dict[str, Any]:
    reference = "REQ-4K7M-QX9C"
    AppointmentRequest.objects.get_or_create(
        reference=reference,
        defaults={"request_id": uuid.uuid4(), "name": "Jo", "consent_at": timezone.now()},
    )
    return {"reference": reference}


OPEN = frozenset({"people:sign-in"})  # for anyone
PAGES: dict[str, StaffPage] = {
    "console:index": StaffPage(EVERY_ROLE),
    "people:verify": StaffPage(EVERY_ROLE, status=302),  # nothing to verify
    "people:sign-out": StaffPage(EVERY_ROLE, "post", status=302),
    "people:time-left": StaffPage(EVERY_ROLE),
    "people:stay": StaffPage(EVERY_ROLE, "post"),
    "people:account": StaffPage(EVERY_ROLE),
    "people:password": StaffPage(EVERY_ROLE),
    "people:enrol": StaffPage(EVERY_ROLE),
    "people:recovery-codes": StaffPage(EVERY_ROLE, "post", status=302),  # no second factor yet
    "people:accounts": StaffPage(ADMINISTRATOR),
    "people:account-new": StaffPage(ADMINISTRATOR),
    "people:account-edit": StaffPage(ADMINISTRATOR, make=_account),
    "people:account-password": StaffPage(ADMINISTRATOR, "post", _account),
    "people:account-second-factor": StaffPage(ADMINISTRATOR, "post", _account, 302),
    "requests:list": StaffPage(SCHEDULER),
    "requests:export": StaffPage(SCHEDULER),
    "requests:request": StaffPage(SCHEDULER, make=_request),
    "audit:log": StaffPage(PRIVACY),
    "audit:check": StaffPage(PRIVACY, "post"),
    "audit:export": StaffPage(PRIVACY),
    "records:exports": StaffPage(EXPORTERS),
    "records:export": StaffPage(EXPORTERS, status=400),  # no format chosen
    "records:retention": StaffPage(PRIVACY),
    "records:purge": StaffPage(PRIVACY, "post", status=400),  # not confirmed
    "records:hold": StaffPage(PRIVACY, "post", status=400),
    "records:find": StaffPage(PRIVACY, status=400),
    "records:one": StaffPage(PRIVACY, make=_conversation),
    "records:delete": StaffPage(PRIVACY, "post", _conversation, 400),
    "records:release": StaffPage(PRIVACY, "post", _conversation, 400),
    "records:hand-out": StaffPage(PRIVACY, make=lambda: _conversation() | {"kind": "csv"}),
}
