"""The widget application: only static files."""

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """The widget that a practice's page embeds."""

    name = "widget"
    verbose_name = "Widget"
