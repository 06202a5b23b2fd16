"""The people application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """Accounts, roles, signing in and out."""

    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Writes the roles into the groups after every migration; listens to the lockout."""
        from people import lockout  # noqa: PLC0415 - models must be loaded first

        post_migrate.connect(_write_roles, sender=self)
        lockout.listen()


def _write_roles(sender: AppConfig, **options: Any) -> None:
    from people.roles import write_roles  # noqa: PLC0415 - models must be loaded first

    write_roles(options.get("using", "default"))
