"""The conversation log. Only redacted text is ever stored."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Conversation(models.Model):
    """One visitor's talk. Only a hash of the session's key is stored: a reader cannot use it.

    `turn_count` to `last_kind` repeat what the turns say, so that a list need not read them;
    `chat.facets` keeps them. From `status` on it is the staff's part.
    """

    class Status(models.TextChoices):
        """How far the staff are with it."""

        OPEN = "open", "Open"
        IN_REVIEW = "in_review", "In review"
        DONE = "done", "Done"

    key_hash = models.CharField(max_length=64, unique=True)
    sender = models.UUIDField(default=uuid.uuid4, unique=True)
    reference = models.CharField(max_length=16, unique=True)
    page = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True)
    appointment_at = models.DateTimeField(null=True)  # that a request was made, and nothing of it

    turn_count = models.PositiveIntegerField(default=0)  # answered messages; the greeting is none
    lowest_confidence = models.FloatField(null=True)  # of the turns that have an intent
    last_kind = models.CharField(max_length=24, blank=True)

    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    flagged = models.BooleanField(default=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    held = models.BooleanField(default=False)  # legal hold: no purge, no deletion
    # The visitor cleared it while it was held: closed to them, and deleted when the hold ends.
    cleared_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)  # of the staff's part; each change adds one

    class Meta:
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="conversation_last"),
            models.Index(fields=["status", "-last_at", "-id"], name="conversation_status"),
            models.Index(fields=["assignee", "-last_at", "-id"], name="conversation_assignee"),
            models.Index(
                fields=["-last_at", "-id"], name="conversation_flagged", condition=Q(flagged=True)
            ),
            models.Index(fields=["last_at"], name="conversation_held", condition=Q(held=True)),
            models.Index(
                fields=["cleared_at"],
                name="conversation_cleared",
                condition=Q(cleared_at__isnull=False),
            ),
            models.Index(fields=["lowest_confidence", "last_at"], name="conversation_lowest"),
            models.Index(fields=["turn_count", "last_at"], name="conversation_length"),
        ]

    def __str__(self) -> str:
        return self.reference


class Turn(models.Model):
    """What the visitor said and what the guide answered; number 0 is the greeting."""

    class Outcome(models.TextChoices):
        """How the reply came to be."""

        WAITING = "waiting"
        ANSWERED = "answered"
        TIMEOUT = "timeout"
        UNREACHABLE = "unreachable"
        NONSENSE = "nonsense"
        INTERRUPTED = "interrupted"

    # The unique constraints below begin with it and serve as its index.
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="turns", db_index=False
    )
    number = models.PositiveIntegerField()
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)  # the reply's id
    client_id = models.UUIDField()
    text = models.TextField(blank=True)
    redacted = models.JSONField(default=list)  # the names of what was replaced
    reply = models.JSONField(null=True)
    kind = models.CharField(max_length=24, blank=True)
    topics = models.JSONField(default=list)
    passages = models.JSONField(default=list)
    intent = models.CharField(max_length=64, blank=True)
    confidence = models.FloatField(default=0.0)
    runner_up = models.CharField(max_length=64, blank=True)
    runner_up_confidence = models.FloatField(default=0.0)
    model = models.CharField(max_length=128, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.WAITING)
    by_safety_rule = models.BooleanField(default=False)  # the website's own rules answered
    latency_ms = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    reviewed = models.BooleanField(default=False)  # there is a review of it

    class Meta:
        ordering = ["conversation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="turn_number"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="turn_client_id"),
        ]
        indexes = [
            models.Index(fields=["intent", "asked_at"]),
            models.Index(fields=["kind", "asked_at", "id"], name="turn_kind"),
            models.Index(fields=["asked_at", "id"], name="turn_asked"),
            models.Index(fields=["latency_ms", "conversation"], name="turn_latency"),
            # Conditions on booleans only: SQLite does not see that a parameter meets another one.
            models.Index(
                fields=["kind", "asked_at", "id"],
                name="turn_unreviewed",
                condition=Q(reviewed=False),
            ),
            models.Index(
                fields=["confidence", "asked_at", "id"],
                name="turn_unsure",
                condition=Q(reviewed=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation} {self.number}"


class Feedback(models.Model):
    """A visitor's verdict on one answer; a second one replaces the first."""

    turn = models.OneToOneField(Turn, models.CASCADE, related_name="feedback")
    helpful = models.BooleanField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["helpful", "at"], name="feedback_helpful")]

    def __str__(self) -> str:
        return f"{self.turn} {'helpful' if self.helpful else 'not helpful'}"


class Facet(models.Model):
    """That a conversation has something to be found by: a kind, a topic, an intent, a tag, ...

    `last_at` repeats the conversation's, so that one index gives a filtered list in its order.
    """

    class Field(models.TextChoices):
        """What it says of the conversation."""

        KIND = "kind", "Kind"
        TOPIC = "topic", "Topic"
        INTENT = "intent", "Intent"
        OUTCOME = "outcome", "Outcome"  # other than answered: the assistant failed
        FEEDBACK = "feedback", "Feedback"  # up, down
        VERDICT = "verdict", "Verdict"
        TAG = "tag", "Tag"

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="facets", db_index=False
    )
    field = models.CharField(max_length=16, choices=Field)
    value = models.CharField(max_length=64)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "field", "value"], name="facet_once")
        ]
        indexes = [
            models.Index(
                fields=["field", "value", "-last_at", "-conversation"], name="facet_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


class Forgetting(models.Model):
    """A deleted conversation that the assistant has not yet said it forgot."""

    sender = models.UUIDField(unique=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.sender)


class Count(models.Model):
    """How often something happened in a window of time, for the limits without Redis."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%H:%M:%S}"
