"""Named accounts. There is no superuser: what a person may do is what their roles allow."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, Permission
from django.db import models

from people.duties import Duty


class AccountManager(BaseUserManager["Account"]):
    """Makes and finds accounts."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of this name, in whatever capitals it is typed."""
        return self.get(username=(username or "").strip().lower())

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """A new account; without a password nobody can sign in to it."""
        account = self.model(username=username.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person who may sign in to the console."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    groups = models.ManyToManyField(Group, related_name="accounts", blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["username"]
        default_permissions = ()
        permissions = [(duty.value, duty.label) for duty in Duty]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def roles(self) -> list[str]:
        """The names of this person's roles, sorted; asked once for each object."""
        if not hasattr(self, "_roles"):
            self._roles = sorted(group.name for group in self.groups.all())
        return self._roles

    def may(self, duty: Duty) -> bool:
        """Whether a role of this person allows it."""
        if not self.is_active:
            return False
        if not hasattr(self, "_duties"):
            held = Permission.objects.filter(group__accounts=self, content_type__app_label="people")
            self._duties = frozenset(held.values_list("codename", flat=True))
        return duty.value in self._duties
