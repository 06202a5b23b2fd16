"""The demonstration application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A page that looks like a practice's, with the widget on it."""

    name = "demo"
    verbose_name = "Demonstration"
