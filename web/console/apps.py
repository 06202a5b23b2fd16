"""The console application."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The frame of every staff page: addresses, menu, templates, style."""

    name = "console"
    verbose_name = "Console"
