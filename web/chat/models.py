"""The conversation log. Only redacted text is ever stored."""

from __future__ import annotations

import uuid

from django.db import models


class Conversation(models.Model):
    """One visitor's talk. Only a hash of the session's key is stored: a reader cannot use it."""

    key_hash = models.CharField(max_length=64, unique=True)
    sender = models.UUIDField(default=uuid.uuid4, unique=True)
    reference = models.CharField(max_length=16, unique=True)
    page = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True, db_index=True)
    appointment_at = models.DateTimeField(null=True)  # that a request was made, and nothing of it

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

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
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

    class Meta:
        ordering = ["conversation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="turn_number"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="turn_client_id"),
        ]
        indexes = [models.Index(fields=["intent", "asked_at"]), models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return f"{self.conversation} {self.number}"


class Feedback(models.Model):
    """A visitor's verdict on one answer; a second one replaces the first."""

    turn = models.OneToOneField(Turn, models.CASCADE, related_name="feedback")
    helpful = models.BooleanField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.turn} {'helpful' if self.helpful else 'not helpful'}"


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
