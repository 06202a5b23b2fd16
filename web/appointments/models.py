"""Requests to be called back. Nothing here leads to a conversation, nor back."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AppointmentRequest(models.Model):
    """What a visitor asked for, as the form took it; from `status` on it is the staff's part."""

    class Status(models.TextChoices):
        """How far the staff are with it."""

        NEW = "new", "New"
        CONTACTED = "contacted", "Contacted"
        CLOSED = "closed", "Closed"

    class BestTime(models.TextChoices):
        """When to call."""

        MORNING = "morning", "In the morning"
        AFTERNOON = "afternoon", "In the afternoon"
        EVENING = "evening", "In the evening"
        ANY = "any", "Any time"

    class Patient(models.TextChoices):
        """Whether the practice knows the visitor."""

        NEW = "new", "I am new to the practice"
        EXISTING = "existing", "I am a patient already"

    class Region(models.TextChoices):
        """Where the visitor would like to be seen: the regions that the guide names."""

        HAMPTON_ROADS = "hampton_roads", "Hampton Roads-Tidewater, Virginia"
        NORTH_CAROLINA = "north_carolina", "Northeastern North Carolina"
        UNSURE = "unsure", "I am not sure"

    class Reason(models.TextChoices):
        """Why, from a short list, so that nothing medical need be written."""

        FIRST_VISIT = "first_visit", "A first visit with a specialist"
        SECOND_OPINION = "second_opinion", "A second opinion"
        TREATMENT = "treatment", "A question about treatment"
        TRIAL = "trial", "A question about clinical trials"
        OTHER = "other", "Something else"

    request_id = models.UUIDField(unique=True)
    reference = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    best_time = models.CharField(max_length=16, choices=BestTime)
    patient = models.CharField(max_length=16, choices=Patient)
    region = models.CharField(max_length=16, choices=Region)
    reason = models.CharField(max_length=16, choices=Reason)
    consent_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    status = models.CharField(max_length=16, choices=Status, default=Status.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)  # the last change of status
    version = models.PositiveIntegerField(default=0)  # of the staff's part; each change adds one

    class Meta:
        indexes = [models.Index(fields=["status", "created_at", "id"], name="request_status")]

    def __str__(self) -> str:
        return self.reference


class Note(models.Model):
    """What a member of staff did about a request; never changed."""

    request = models.ForeignKey(AppointmentRequest, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=16, choices=AppointmentRequest.Status, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.request} {self.at:%Y-%m-%d}"
