"""Every address of the website."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("chat.urls")),
    path("api/", include("appointments.api_urls")),
    path("appointments/", include("appointments.urls")),
    path("staff/", include("netguide.staff_urls")),
    path("", include("demo.urls")),
]
handler403 = "netguide.errors.forbidden"
handler404 = "netguide.errors.not_found"
handler500 = "netguide.errors.server_error"
