"""What the staff decided on questions that went wrong, until the next model has learned them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from chat.models import Turn


class Export(models.Model):
    """Some lessons handed over together, as one file."""

    at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"export {self.pk}"


class Lesson(models.Model):
    """What is to be learned from one turn, or that nothing is. It goes when its turn goes."""

    class State(models.TextChoices):
        """How far it is."""

        CHOSEN = "chosen", "Chosen"
        EXPORTED = "exported", "Exported"
        LEFT_OUT = "left_out", "Left out"
        SET_ASIDE = "set_aside", "Set aside"

    turn = models.OneToOneField(Turn, models.CASCADE, related_name="lesson")
    state = models.CharField(max_length=16, choices=State)
    # `PASSAGE`, `INTENT` or `INTENT/MATTER`, as the assistant's classifier names what is asked for.
    aim = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was left out
    export = models.ForeignKey(Export, models.SET_NULL, null=True, related_name="lessons")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["state", "aim", "id"], name="lesson_state")]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.state} {self.aim}"
