"""Fills an empty database with made-up conversations by the hundred thousand, for measuring."""

from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from chat import words
from chat.models import Conversation, Facet, Feedback, Turn
from people.models import Account
from review.models import Review
from review.scale import Maker

REVIEWERS = ("generated-a", "generated-b", "generated-c")


class Command(BaseCommand):
    """`manage.py make_conversations --turns 1000000`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How many."""
        parser.add_argument("--turns", type=int, default=1_000_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes and stores them; refuses where there are real ones."""
        if Conversation.objects.exists():
            raise CommandError(
                "There are conversations in this database already. Set WEB_VAR or DATABASE_URL to"
                " an empty one, and migrate it first."
            )
        reviewers = [
            Account.objects.get_or_create(
                username=name, defaults={"name": name, "is_active": False, "password": "!"}
            )[0]
            for name in REVIEWERS
        ]
        began = time.monotonic()
        words.lay_aside()
        try:
            self._fill(Maker(options["turns"], timezone.now(), reviewers, options["seed"]), began)
        finally:
            words.install()
        self._say("full text ...", began)
        words.rebuild()
        self._say("statistics ...", began)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(
                no_style(), [Conversation, Turn, Facet, Feedback, Review]
            ):
                cursor.execute(statement)
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        self._say("done", began)

    def _fill(self, maker: Maker, began: float) -> None:
        turns = 0
        for lot in maker.lots():
            rows: tuple[list[Any], ...] = (
                lot.conversations,
                lot.turns,
                lot.feedback,
                lot.reviews,
                lot.facets,
            )
            with transaction.atomic():
                for each in rows:
                    _store(each)
            turns += len(lot.turns) - len(lot.conversations)
            self._say(f"{turns:,} turns", began)

    def _say(self, what: str, began: float) -> None:
        text = f"{time.monotonic() - began:5.0f} s  {what}"
        if sys.stdout.isatty():
            self.stdout.write(f"\r\033[K{text}", ending="")
            self.stdout.flush()
        else:
            self.stdout.write(text)


def _store(rows: list[Model]) -> None:
    """Inserts rows as they are; the ORM would stamp each with the present time."""
    if not rows:
        return
    has_key = rows[0].pk is not None
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if has_key or not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(meta.db_table)
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
