"""`python manage.py purge_conversations`: removes conversations that have been kept long enough."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from chat import forgetting
from chat.models import Conversation


class Command(BaseCommand):
    """Deletes what is older than KEPT_DAYS; `--preview` only says what would go."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--preview`."""
        parser.add_argument("--preview", action="store_true", help="delete nothing, only count")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deletes them, or counts them."""
        border = timezone.now() - timedelta(days=settings.KEPT_DAYS)
        old = Conversation.objects.filter(last_at__lt=border)
        count = old.count()
        verb = "would be deleted" if options["preview"] else "deleted"
        if not options["preview"]:
            with transaction.atomic():
                forgetting.note(old.values_list("sender", flat=True))
                old.delete()
        self.stdout.write(f"{count} conversations from before {border:%Y-%m-%d} {verb}")
        if not options["preview"] and (waiting := forgetting.settle(most=None)):
            self.stdout.write(
                f"{waiting} of those deleted are still kept by the assistant: try again"
            )
