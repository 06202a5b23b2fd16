"""Addresses of the queue of requests."""

from django.urls import path

from appointments import queue_pages

app_name = "requests"
urlpatterns = [
    path("", queue_pages.listing, name="list"),
    path("export", queue_pages.export, name="export"),
    path("<str:reference>", queue_pages.handling, name="request"),
]
