"""The address of the API."""

from django.urls import path

from appointments import views

urlpatterns = [path("appointments", views.create)]
