"""What waits for a person. Each part says it of its own pages; the first page shows all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from people.models import Account

MANY = 1_000  # a larger count is shown as "over 1,000"
# By name, as in the menu: these parts stand on the console, not the other way round.
SOURCES = ("appointments.waiting", "review.waiting", "records.waiting")


@dataclass(frozen=True)
class Waiting:
    """A pile of work: how much of it there is, and the page where it lies."""

    title: str
    count: str
    summary: str
    url: str
    is_urgent: bool = False


def waiting_for(account: Account) -> list[Waiting]:
    """What this person has to do; nothing of what they may not see."""
    found: list[Waiting] = []
    for source in SOURCES:
        told: Iterable[Waiting] = import_string(f"{source}.waiting_for")(account)
        found += told
    return found


def counted(count: int) -> str:
    """A count in words; one that stopped at MANY + 1 says so."""
    return f"over {MANY:,}" if count > MANY else f"{count:,}"
