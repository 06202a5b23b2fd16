"""Addresses of the access log."""

from django.urls import path

from audit import pages

app_name = "audit"
urlpatterns = [
    path("log", pages.log, name="log"),
    path("log/check", pages.check, name="check"),
    path("log/export", pages.export, name="export"),
]
