"""Addresses of the queue of requests."""

from django.urls import URLPattern

app_name = "requests"
urlpatterns: list[URLPattern] = []
