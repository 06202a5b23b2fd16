"""Addresses of the chat API."""

from django.urls import path

from chat import views

urlpatterns = [
    path("chat/sessions", views.sessions),
    path("chat/messages", views.messages),
    path("chat/feedback", views.feedback),
    path("chat/transcript", views.transcript),
    path("chat/session", views.session),
    path("guide/sections/<slug:topic>", views.section, name="section"),
    path("openapi.json", views.openapi, name="openapi"),
]
