"""Addresses of the access log."""

from django.urls import URLPattern

app_name = "audit"
urlpatterns: list[URLPattern] = []
