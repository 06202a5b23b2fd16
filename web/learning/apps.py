"""The learning application."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """From reviewed turns to training data."""

    name = "learning"
    verbose_name = "Learning"
