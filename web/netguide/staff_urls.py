"""Addresses below /staff/, each part's under its own name."""

from django.urls import include, path

urlpatterns = [
    path("", include("console.urls")),
    path("", include("people.urls")),
    path("", include("review.urls")),
    path("learning/", include("learning.urls")),
    path("dashboard/", include("dashboard.urls")),
    path("requests/", include("appointments.staff_urls")),
    path("privacy/", include("audit.urls")),
    path("records/", include("records.urls")),
]
