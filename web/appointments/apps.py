"""The appointments application."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """Requests to be called back, apart from the conversations."""

    name = "appointments"
    verbose_name = "Appointment requests"
