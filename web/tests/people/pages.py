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
from chat.models import Conversation, Turn
from learning.models import Export
from people.models import Account
from people.roles import Role
from review.models import Change, SavedFilter
from tests.conftest import make_account
from tests.review.talks import Said, make_talk

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


def _gone_gap() -> dict[str, Any]:
    return {"key": "words/0"}


def _export() -> dict[str, Any]:
    author = Account.objects.filter(username="teacher").first()
    author = author or make_account("teacher", Role.REVIEWER)
    return {"pk": Export.objects.create(author=author).pk}


def _talk_file() -> dict[str, Any]:
    talk = Conversation.objects.filter(key_hash="a test").first()
    talk = talk or Conversation.objects.create(key_hash="a test", reference="NET-AAAA-AAAA")
    return {"reference": talk.reference, "form": "story"}


READERS = frozenset({Role.VIEWER, Role.REVIEWER, Role.PRIVACY_OFFICER})
REVIEWERS = frozenset({Role.REVIEWER})


def _talk() -> dict[str, Any]:
    reference = "NET-PPPP-PPP3"
    if not Conversation.objects.filter(reference=reference).exists():
        make_talk(reference, Said("What is staging?"))
    return {"reference": reference}


def _turn() -> dict[str, Any]:
    return {"pk": Turn.objects.get(conversation__reference=_talk()["reference"], number=1).pk}


def _change() -> dict[str, Any]:
    account = Account.objects.get(**_account())
    turn = Turn.objects.get(**_turn())
    change = Change.objects.filter(turn=turn).first()
    made = change or Change.objects.create(
        conversation=turn.conversation, turn=turn, author=account
    )
    return {"pk": made.pk}


def _kept_filter() -> dict[str, Any]:
    account = Account.objects.get(**_account())
    kept, _ = SavedFilter.objects.get_or_create(owner=account, name="Alarms", query="kind=crisis")
    return {"pk": kept.pk}


OPEN = frozenset({"people:sign-in"})  # for anyone
PAGES: dict[str, StaffPage] = {
    "console:index": StaffPage(EVERY_ROLE),
    "dashboard:index": StaffPage(EVERY_ROLE - {Role.SCHEDULER}),
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
    "records:export": StaffPage(EXPORTERS),
    "records:retention": StaffPage(PRIVACY),
    "records:purge": StaffPage(PRIVACY, "post", status=400),  # not confirmed
    "records:hold": StaffPage(PRIVACY, "post", status=400),
    "records:find": StaffPage(PRIVACY, status=400),
    "records:one": StaffPage(PRIVACY, make=_conversation),
    "records:delete": StaffPage(PRIVACY, "post", _conversation, 400),
    "records:release": StaffPage(PRIVACY, "post", _conversation, 400),
    "records:hand-out": StaffPage(PRIVACY, make=lambda: _conversation() | {"kind": "csv"}),
    "learning:index": StaffPage(REVIEWERS),
    "learning:gap": StaffPage(REVIEWERS, make=_gone_gap, status=302),  # nothing is open there
    "learning:lessons": StaffPage(REVIEWERS),
    "learning:export": StaffPage(REVIEWERS, "post", status=302),
    "learning:file": StaffPage(REVIEWERS, make=_export),
    "learning:talk": StaffPage(REVIEWERS),
    "learning:talk-file": StaffPage(REVIEWERS, make=_talk_file),
    "review:list": StaffPage(READERS),
    "review:keep-filter": StaffPage(READERS, "post", status=302),
    "review:drop-filter": StaffPage(READERS, "post", _kept_filter, 302),
    "review:transcript": StaffPage(READERS, make=_talk),
    "review:fit": StaffPage(READERS, make=_talk, status=302),
    "review:step": StaffPage(READERS, make=lambda: _talk() | {"way": "older"}, status=302),
    "review:sort": StaffPage(REVIEWERS, "post", _talk, 302),
    "review:queues": StaffPage(REVIEWERS),
    "review:queue": StaffPage(REVIEWERS, make=lambda: {"name": "declined"}),
    "review:next": StaffPage(REVIEWERS, make=lambda: {"name": "declined"}, status=302),
    "review:turn": StaffPage(REVIEWERS, make=_turn),
    "review:undo": StaffPage(REVIEWERS, "post", _change, 302),
}
