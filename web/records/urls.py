"""Addresses of exports and retention."""

from django.urls import path

from records import export_pages, pages

app_name = "records"
urlpatterns = [
    path("exports", export_pages.page, name="exports"),
    path("exports/file", export_pages.export, name="export"),
    path("retention", pages.retention, name="retention"),
    path("retention/purge", pages.purge_now, name="purge"),
    path("retention/hold", pages.hold, name="hold"),
    path("retention/find", pages.find, name="find"),
    path("one/<str:reference>", pages.one, name="one"),
    path("one/<str:reference>/delete", pages.delete, name="delete"),
    path("one/<str:reference>/release", pages.release, name="release"),
    path("one/<str:reference>/file/<str:kind>", pages.hand_out, name="hand-out"),
]
