"""Every address of the website."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("chat.urls")),
    path("api/", include("appointments.api_urls")),
    path("appointments/", include("appointments.urls")),
    path("staff/", include("netguide.staff_urls")),
    path("", include("demo.urls")),
]
handler404 = "chat.problems.not_found"
handler500 = "chat.problems.server_error"
