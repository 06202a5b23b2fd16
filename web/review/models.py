"""What the staff say of a turn, and the filters they keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from chat.models import Conversation, Turn


class Review(models.Model):
    """The verdict on one turn. The turn itself is never changed."""

    class Verdict(models.TextChoices):
        """What the answer was."""

        RIGHT = "right", "Right"
        WRONG_PASSAGE = "wrong_passage", "Wrong passage"
        SHOULD_DECLINE = "should_decline", "Should have declined"
        SHOULD_ANSWER = "should_answer", "Should have answered"
        UNSAFE = "unsafe", "Unsafe"

    turn = models.OneToOneField(Turn, models.CASCADE, related_name="review")
    verdict = models.CharField(max_length=16, choices=Verdict)
    right_intent = models.CharField(max_length=64, blank=True)
    right_passage = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    # A form carries the version it was made from; another one in the table: somebody was faster.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["verdict", "at", "id"], name="review_verdict"),
            models.Index(fields=["at", "id"], name="review_at"),
        ]

    def __str__(self) -> str:
        return f"{self.turn} {self.verdict}"


class Change(models.Model):
    """One change by the staff, with what was there before, so that it can be undone.

    Of a turn's review when `turn` is set, else of the conversation's own part. `before` and
    `after` hold the fields by name; an empty object says that there was no review.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="changes")
    turn = models.ForeignKey(Turn, models.CASCADE, null=True, related_name="changes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["author", "-at"], name="change_author")]

    def __str__(self) -> str:
        return f"{self.conversation} {self.at:%Y-%m-%d %H:%M}"


class SavedFilter(models.Model):
    """A filter of the list under a name: the query of its address."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="filters")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="filter_name")]

    def __str__(self) -> str:
        return self.name
