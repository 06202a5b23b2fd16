"""`python manage.py count_days`: counts the days that are over, for the dashboard."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from dashboard.counting import count_day, keep_up, missing_days


class Command(BaseCommand):
    """Counts what is missing; `--again DAY` counts one day anew from the turns that are left."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--again DAY`."""
        parser.add_argument(
            "--again",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="count this day anew; of conversations deleted since, nothing is left to count",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Counts, saying how far it is."""
        begun = time.monotonic()
        if options["again"]:
            count_day(options["again"])
            self.stdout.write(f"{options['again']} counted anew")
            return
        days = missing_days()
        for number, day in enumerate(days, 1):
            count_day(day)
            self.stdout.write(f"{day} counted ({number} of {len(days)})")
        keep_up()
        self.stdout.write(f"{len(days)} days counted in {time.monotonic() - begun:.1f} s")
