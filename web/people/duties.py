"""What can be allowed in the console. A page asks for one of these; a role holds several."""

from __future__ import annotations

from django.db.models import TextChoices


class Duty(TextChoices):
    """One thing a person may be allowed to do; each is a Django permission."""

    READ_CONVERSATIONS = "read_conversations", "Read conversations"
    REVIEW = "review", "Review turns and conversations"
    LEARN = "learn", "Group questions and export training data"
    EXPORT = "export_conversations", "Export conversations"
    SEE_FIGURES = "see_figures", "See the dashboard"
    HANDLE_REQUESTS = "handle_requests", "Handle appointment requests"
    READ_AUDIT = "read_audit", "Read the access log"
    KEEP_RECORDS = "keep_records", "Purge, hold, delete and hand out conversations"
    MANAGE_PEOPLE = "manage_people", "Manage accounts and roles"
