"""The roles and what each allows. The groups in the database are written from this table."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import TextChoices

from people.duties import Duty


class Role(TextChoices):
    """What a person is here to do; each is a Django group of this name."""

    VIEWER = "viewer", "Viewer"
    REVIEWER = "reviewer", "Reviewer"
    SCHEDULER = "scheduler", "Scheduler"
    PRIVACY_OFFICER = "privacy officer", "Privacy officer"
    ADMINISTRATOR = "administrator", "Administrator"


ALLOWED: dict[Role, frozenset[Duty]] = {
    Role.VIEWER: frozenset({Duty.READ_CONVERSATIONS, Duty.SEE_FIGURES}),
    Role.REVIEWER: frozenset(
        {Duty.READ_CONVERSATIONS, Duty.SEE_FIGURES, Duty.REVIEW, Duty.LEARN, Duty.EXPORT}
    ),
    Role.SCHEDULER: frozenset({Duty.HANDLE_REQUESTS}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Duty.READ_CONVERSATIONS,
            Duty.SEE_FIGURES,
            Duty.EXPORT,
            Duty.READ_AUDIT,
            Duty.KEEP_RECORDS,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Duty.MANAGE_PEOPLE, Duty.SEE_FIGURES}),
}
SUMMARIES: dict[Role, str] = {
    Role.VIEWER: "reads conversations and figures",
    Role.REVIEWER: "reads, judges and corrects; exports training data",
    Role.SCHEDULER: "calls back; sees appointment requests only",
    Role.PRIVACY_OFFICER: "reads the access log; purges, holds, deletes",
    Role.ADMINISTRATOR: "makes accounts; reads no conversations",
}


def problem_of(roles: set[Role]) -> str:
    """Why these roles cannot be held together, or nothing.

    Who hands out roles must not be able to read conversations by the same account.
    """
    others = {role for role in roles if Duty.READ_CONVERSATIONS in ALLOWED[role]}
    if Role.ADMINISTRATOR in roles and others:
        return "An administrator reads no conversations. Make a second account for the other role."
    return "" if roles else "Choose at least one role."


def write_roles(using: str = "default") -> None:
    """Makes the groups hold exactly what the table says; runs after every migration."""
    create_permissions(apps.get_app_config("people"), verbosity=0, using=using)
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.using(using).filter(content_type__app_label="people")
    }
    for role, duties in ALLOWED.items():
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set([permissions[duty.value] for duty in duties])
