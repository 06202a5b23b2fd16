"""The review application."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Conversations as the staff find, read and judge them."""

    name = "review"
    verbose_name = "Review"
