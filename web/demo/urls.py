"""Addresses of the demonstration page and of the health check."""

from django.urls import path

from demo import views

urlpatterns = [
    path("", views.demo, name="demo"),
    path("healthz", views.health, name="health"),
]
