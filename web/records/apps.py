"""The records application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What becomes of what is stored: exports, legal hold, deletion, retention."""

    name = "records"
    verbose_name = "Records"
