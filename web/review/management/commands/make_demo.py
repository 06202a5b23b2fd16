"""Adds made-up conversations of the last weeks, so that every page has something to show."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from audit.log import Action, record
from review import demo


class Command(BaseCommand):
    """`manage.py make_demo`; a second time does nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """All of them or none."""
        if demo.is_there():
            self.stdout.write(f"They are there already, with the tag “{demo.TAG}”.")
            return
        logging.getLogger("chat.conversation").setLevel(logging.ERROR)  # failures are made up, too
        count = 0
        with transaction.atomic():
            for count in demo.make(timezone.now()):
                if sys.stdout.isatty():
                    self.stdout.write(f"\r{count} conversations", ending="")
                    self.stdout.flush()
            record(None, Action.CHANGED, what="made-up conversations", count=count)
        self.stdout.write(f"\r{count} made-up conversations, each with the tag “{demo.TAG}”.")
