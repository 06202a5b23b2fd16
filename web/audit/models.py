"""The access log. Entries are added and never changed; each hash covers the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, Never

from django.db import models


class Action(models.TextChoices):
    """What was done."""

    SIGN_IN = "sign_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
    LOCKED_OUT = "locked_out", "Locked out"
    SIGN_OUT = "sign_out", "Signed out"
    IDLE_OUT = "idle_out", "Signed out when idle"
    REFUSED = "refused", "Page refused"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    SECOND_FACTOR_SET = "second_factor_set", "Second factor set up"
    SECOND_FACTOR_FAILED = "second_factor_failed", "Second factor wrong"
    SECOND_FACTOR_RESET = "second_factor_reset", "Second factor taken away"
    ACCOUNT_MADE = "account_made", "Account made"
    ACCOUNT_CHANGED = "account_changed", "Account changed"
    ROLES_CHANGED = "roles_changed", "Roles changed"
    LISTED = "listed", "Listed"
    SEARCHED = "searched", "Searched"
    VIEWED = "viewed", "Viewed"
    EXPORTED = "exported", "Exported"
    CHANGED = "changed", "Changed"
    HELD = "held", "Legal hold changed"
    DELETED = "deleted", "Deleted"
    PURGED = "purged", "Purged"
    VERIFIED = "verified", "Log verified"


class Immutable(TypeError):
    """An entry of the access log cannot be changed or deleted."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, to read."""

    def update(self, **fields: Any) -> Never:
        """Raises Immutable."""
        raise Immutable("an entry of the access log cannot be changed")

    def delete(self) -> Never:
        """Raises Immutable."""
        raise Immutable("an entry of the access log cannot be deleted")

    def bulk_update(self, *args: Any, **options: Any) -> Never:
        """Raises Immutable."""
        raise Immutable("an entry of the access log cannot be changed")


class Entry(models.Model):
    """One thing a person did. Names are copied, so that they outlive account and conversation."""

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 without a gap
    at = models.DateTimeField()
    account = models.CharField(max_length=64, blank=True)  # the username; empty: the system
    roles = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=24, choices=Action)
    reference = models.CharField(max_length=16, blank=True)  # of a conversation or a request
    detail = models.TextField(default="{}")  # JSON as it was hashed
    address = models.CharField(max_length=45, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        indexes = [
            models.Index(fields=["account", "number"], name="audit_account"),
            models.Index(fields=["reference", "number"], name="audit_reference"),
            models.Index(fields=["action", "number"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.account} {self.action} {self.reference}".rstrip()

    def save(self, *args: Any, **options: Any) -> None:
        """Adds the entry; raises Immutable when it is there already."""
        if not self._state.adding:
            raise Immutable("an entry of the access log cannot be changed")
        super().save(*args, **(options | {"force_insert": True}))

    def delete(self, *args: Any, **options: Any) -> Never:
        """Raises Immutable."""
        raise Immutable("an entry of the access log cannot be deleted")

    @property
    def details(self) -> dict[str, Any]:
        """What else is known, by name."""
        read: dict[str, Any] = json.loads(self.detail)
        return read

    def reckon(self) -> str:
        """SHA-256 of every field but the hash itself, in hexadecimal."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = [
            self.number,
            at,
            self.account,
            self.roles,
            self.action,
            self.reference,
            self.detail,
            self.address,
            self.previous,
        ]
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


class Head(models.Model):
    """Both ends of the chain, in the one row that every writer locks first."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    first_number = models.BigIntegerField(default=1)  # older ones have been kept long enough
    first_previous = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.first_number} to {self.number}"
