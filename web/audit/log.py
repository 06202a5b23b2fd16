"""Writes the access log, and checks that nobody has changed it since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from audit.models import Action, Entry, Head
from chat.limits import address
from chat.models import Conversation
from people.models import Account

__all__ = ["Action", "State", "forget_before", "record", "verify"]

CHUNK = 2_000
HEAD = 1


def record(
    who: HttpRequest | Account | None,
    action: Action,
    about: Conversation | str = "",
    **detail: Any,
) -> Entry:
    """Adds an entry. `who`: the request, an account, or None for the system itself.

    `about`: the conversation, or the reference code of whatever it was done to. `detail`: a few
    small values that JSON knows; never what a visitor said. Inside a transaction the entry goes
    the way of the rest: both are kept, or neither. Writers wait for each other until the
    transaction ends, so keep it short.
    """
    request = who if isinstance(who, HttpRequest) else None
    person = getattr(who, "user", None) if request else who
    account = person if isinstance(person, Account) else None
    entry = Entry(
        account=account.username if account else "",
        roles=", ".join(account.roles) if account else "",
        action=action,
        reference=about.reference if isinstance(about, Conversation) else about,
        detail=json.dumps(detail, sort_keys=True, ensure_ascii=False, default=str),
        address=address(request)[:45] if request else "",
    )
    with transaction.atomic():
        head = _locked_head()
        entry.number = head.number + 1
        entry.previous = head.hash
        entry.at = timezone.now()
        entry.hash = entry.reckon()
        entry.save()
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])
    return entry


@dataclass(frozen=True)
class State:
    """What a look at the whole chain found."""

    count: int
    head: str  # number and hash of the newest entry, `12:ab34...`; keep it elsewhere to compare
    broken: int | None = None  # the number of the first entry that is not as it was written
    reason: str = ""

    @property
    def is_intact(self) -> bool:
        """Whether every entry is as it was written."""
        return self.broken is None


def verify(anchor: str = "") -> State:  # noqa: PLR0911 - one for each way to break it
    """Reads the chain from its beginning to its end.

    `anchor`: a head seen earlier, which must still be in it: so a chain that was written anew
    from some entry on, head and all, is caught too.
    """
    head = Head.objects.filter(pk=HEAD).first() or Head()
    number, previous = head.first_number, head.first_previous
    wanted_number, _, wanted_hash = anchor.partition(":")
    count = 0

    def broken(reason: str, at: int) -> State:
        return State(count, f"{head.number}:{head.hash}", at, reason)

    for entry in Entry.objects.order_by("number").iterator(chunk_size=CHUNK):
        if entry.number != number:
            return broken("it is missing", min(number, entry.number))
        if entry.previous != previous:
            return broken("it does not follow the one before", number)
        if entry.hash != entry.reckon():
            return broken("its words were changed", number)
        if str(number) == wanted_number and entry.hash != wanted_hash:
            return broken("it is not the entry of the anchor", number)
        number, previous, count = number + 1, entry.hash, count + 1
    if number != head.number + 1:
        return broken("it is missing at the end", number)
    if previous != (head.hash or head.first_previous):
        return broken("the end of the chain was changed", head.number)
    if wanted_number.isdigit() and int(wanted_number) > head.number:
        return broken("the anchor's entry is missing", int(wanted_number))
    return State(count, f"{head.number}:{head.hash}")


def forget_before(border: datetime) -> int:
    """Removes entries older than this; gives how many. The rest of the chain stays verifiable."""
    with transaction.atomic():
        head = _locked_head()
        kept = Entry.objects.filter(at__gte=border).order_by("number").first()
        first = kept.number if kept else head.number + 1
        if first <= head.first_number:
            return 0
        count = first - head.first_number
        head.first_number, head.first_previous = first, kept.previous if kept else head.hash
        head.save(update_fields=["first_number", "first_previous"])
        # Past the model; the trigger lets go of what lies before the head's first.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_entry WHERE number < %s", [first])
    return count


def _locked_head() -> Head:
    heads = Head.objects.select_for_update()
    if head := heads.filter(pk=HEAD).first():
        return head
    Head.objects.bulk_create([Head(pk=HEAD)], ignore_conflicts=True)
    return heads.get(pk=HEAD)
