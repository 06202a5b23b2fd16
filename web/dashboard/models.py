"""Figures of each day, counted once, so that a page need not read the turns."""

from __future__ import annotations

from django.db import models


class Day(models.Model):
    """A day that was counted. Counts outlive the conversations they were made from."""

    day = models.DateField(primary_key=True)  # in the practice's time zone
    counted_at = models.DateTimeField()
    is_complete = models.BooleanField(default=False)  # counted after its end

    def __str__(self) -> str:
        return str(self.day)


class Count(models.Model):
    """How often a value occurred on a day."""

    class Measure(models.TextChoices):
        """What was counted."""

        CONVERSATIONS = "conversations", "Conversations"
        QUESTIONS = "questions", "Questions"
        KIND = "kind", "Kinds"
        TOPIC = "topic", "Topics"
        INTENT = "intent", "Intents"
        OUTCOME = "outcome", "Outcomes"
        FEEDBACK = "feedback", "Feedback"
        VERDICT = "verdict", "Verdicts"
        JUDGED = "judged", "Judged"  # bucket of confidence, kind, verdict: `0.85 answer right`
        CONFIDENCE = "confidence", "Confidence"  # buckets of 0.05, by where they begin: `0.85`
        LATENCY = "latency", "Latency"  # buckets, by the milliseconds they end at; `more`
        HOUR = "hour", "Hours"  # of the week, Monday 0 h is `0`, Sunday 23 h `167`

    day = models.ForeignKey(Day, models.CASCADE, related_name="counts", db_index=False)
    measure = models.CharField(max_length=16, choices=Measure)
    value = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "measure", "value"], name="count_once")
        ]
        indexes = [models.Index(fields=["measure", "day"], name="count_measure")]

    def __str__(self) -> str:
        return f"{self.day_id} {self.measure} {self.value}"
