"""`python manage.py purge`: removes what has been kept long enough. Meant for every night."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.retention import Borders, Preview, preview, purge


class Command(BaseCommand):
    """Removes conversations, closed requests and old log entries; `--preview` only counts them."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--preview`."""
        parser.add_argument("--preview", action="store_true", help="delete nothing, only count")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what goes, and removes it; raises CommandError when the assistant kept some."""
        borders = Borders.of(timezone.now())
        self._tell(borders, preview(borders))
        if options["preview"]:
            self.stdout.write("Nothing was deleted.")
            return
        done = purge(None, borders)
        self.stdout.write(
            f"Deleted {done.conversations} conversations, {done.requests} requests, "
            f"{done.entries} entries."
        )
        if done.waiting:
            raise CommandError(
                f"the assistant still keeps {done.waiting} of those deleted: run this again "
                "when it answers"
            )

    def _tell(self, borders: Borders, found: Preview) -> None:
        def day(at: Any) -> str:
            return f"{timezone.localtime(at):%Y-%m-%d}"

        self.stdout.write(
            f"conversations  {found.conversations} last used before {day(borders.conversations)}"
            f" ({found.questions} questions; {found.cleared} cleared by their visitors)\n"
            f"on legal hold  {found.held} as old, which stay\n"
            f"requests       {found.requests} closed before {day(borders.requests)}\n"
            f"access log     {found.entries} entries from before {day(borders.entries)}\n"
            f"assistant      {found.waiting} deleted here that it has yet to forget"
        )
