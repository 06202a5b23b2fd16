"""The audit application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    """The access log: who did what, when, to which conversation."""

    name = "audit"
    verbose_name = "Access log"

    def ready(self) -> None:
        """The triggers are laid aside during a migration: SQLite loses them with a table."""
        pre_migrate.connect(_drop, sender=self)
        post_migrate.connect(_install, sender=self)
        from chat import keeping  # noqa: PLC0415 - models must be loaded first

        keeping.cleared.connect(_record_cleared, dispatch_uid="audit")


def _drop(sender: AppConfig, using: str, **options: Any) -> None:
    from audit import triggers  # noqa: PLC0415 - models must be loaded first

    triggers.drop(using)


def _install(sender: AppConfig, using: str, **options: Any) -> None:
    from audit import triggers  # noqa: PLC0415 - models must be loaded first

    triggers.install(using)


def _record_cleared(sender: Any, reference: str, is_held: bool, **options: Any) -> None:
    from audit.log import Action, record  # noqa: PLC0415 - models must be loaded first

    if is_held:
        record(None, Action.CHANGED, reference, by="visitor", what="cleared, kept by a legal hold")
    else:
        record(None, Action.DELETED, reference, by="visitor")
