"""The demonstration page: the guide as a practice's page, with the widget on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.model import BulletList
from netguide.practice import guide


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The page."""
    sections = [
        {
            "topic": section.topic,
            "title": section.title,
            "passages": [
                {
                    "question": passage.question,
                    "blocks": [
                        {"points": b.items} if isinstance(b, BulletList) else {"text": b.text}
                        for b in passage.blocks
                    ],
                }
                for passage in section.passages
            ],
        }
        for section in guide().sections
    ]
    return render(request, "demo/page.html", {"title": guide().title, "sections": sections})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """That the website answers."""
    return HttpResponse("ok\n", content_type="text/plain")
