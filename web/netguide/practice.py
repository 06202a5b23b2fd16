"""The practice as the pages and the chat name it: from the guide, the texts and the settings."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest

from guide.model import Guide
from guide.reader import read_guide
from replies.texts import Texts, read_texts


@cache
def guide() -> Guide:
    """The guide of this installation; raises GuideError when it is malformed."""
    return read_guide(settings.ROOT / "data" / "guide" / "neuroendocrine-tumors.md")


@cache
def texts() -> Texts:
    """The fixed texts of this installation."""
    return read_texts(settings.ROOT / "domain.yml")


def contact_url() -> str:
    """Where a visitor reaches the practice."""
    return settings.CONTACT_URL or guide().source


def context(request: HttpRequest) -> dict[str, object]:
    """What every page knows of the practice."""
    return {
        "practice": guide().practice,
        "contact_url": contact_url(),
        "contact_phone": settings.CONTACT_PHONE,
    }
