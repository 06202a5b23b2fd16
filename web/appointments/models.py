"""Requests to be called back. Nothing here leads to a conversation, nor back."""

from __future__ import annotations

from django.db import models


class AppointmentRequest(models.Model):
    """What a visitor asked for, as the form took it."""

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

    def __str__(self) -> str:
        return self.reference
