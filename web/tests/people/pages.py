"""Every staff page and who may open it, written down a second time on purpose.

A page that is missing here fails test_access. `make` prepares what the address names and gives
its arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.models import Account
from people.roles import Role
from tests.conftest import make_account

EVERY_ROLE = frozenset(Role)
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


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
}
