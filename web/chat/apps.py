"""The chat application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ChatConfig(AppConfig):
    """The visitor's side of the conversation."""

    name = "chat"
    verbose_name = "Chat"

    def ready(self) -> None:
        """The full text index is the database's own; SQLite loses its triggers with a table."""
        pre_migrate.connect(_lay_aside, sender=self)
        post_migrate.connect(_install, sender=self)


def _lay_aside(sender: AppConfig, using: str, **options: Any) -> None:
    from chat import words  # noqa: PLC0415 - models must be loaded first

    words.lay_aside(using)


def _install(sender: AppConfig, using: str, **options: Any) -> None:
    from chat import words  # noqa: PLC0415 - models must be loaded first

    words.install(using)
