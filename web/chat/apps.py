"""The chat application."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Sessions, messages and the conversation log."""

    name = "chat"
    verbose_name = "Chat"
