"""The dashboard application."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Figures of each day."""

    name = "dashboard"
    verbose_name = "Dashboard"
