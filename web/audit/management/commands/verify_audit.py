"""`python manage.py verify_audit`: reads the whole access log and says whether it is intact."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from audit.log import Action, record, verify


class Command(BaseCommand):
    """Names the first broken entry and exits with 1, or prints the head to keep."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--anchor`."""
        parser.add_argument(
            "--anchor", default="", help="a head printed earlier (NUMBER:HASH) that must be in it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads the chain and notes what was found; raises CommandError when it is broken."""
        state = verify(options["anchor"])
        found = "intact" if state.is_intact else f"broken at entry {state.broken}: {state.reason}"
        # A log whose end was changed may take no entry; what was found must be said all the same.
        with suppress(IntegrityError), transaction.atomic():
            record(None, Action.VERIFIED, found=found, entries=state.count, head=state.head)
        if not state.is_intact:
            raise CommandError(
                f"the access log is broken at entry {state.broken}: {state.reason} "
                f"({state.count} entries before it are intact)"
            )
        self.stdout.write(f"{state.count} entries, intact. Head: {state.head}")
