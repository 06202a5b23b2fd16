"""Addresses of the plain pages."""

from django.urls import path

from appointments import views

urlpatterns = [
    path("", views.page, name="appointment"),
    path("done/<slug:reference>", views.done, name="appointment-done"),
]
