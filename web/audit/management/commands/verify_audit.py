"""`python manage.py verify_audit`: reads the whole access log and says whether it is intact."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.log import verify


class Command(BaseCommand):
    """Names the first broken entry and exits with 1, or prints the head to keep."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--anchor`."""
        parser.add_argument(
            "--anchor", default="", help="a head printed earlier (NUMBER:HASH) that must be in it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads the chain; raises CommandError when it is broken."""
        state = verify(options["anchor"])
        if not state.is_intact:
            raise CommandError(
                f"the access log is broken at entry {state.broken}: {state.reason} "
                f"({state.count} entries before it are intact)"
            )
        self.stdout.write(f"{state.count} entries, intact. Head: {state.head}")
