"""Addresses of learning."""

from django.urls import path

from learning import lessons, talk_pages, views

app_name = "learning"
urlpatterns = [
    path("", views.index, name="index"),
    path("gaps/<path:key>", views.gap, name="gap"),
    path("lessons", lessons.listing, name="lessons"),
    path("lessons/export", lessons.make_export, name="export"),
    path("exports/<int:pk>", lessons.download, name="file"),
    path("conversation", talk_pages.page, name="talk"),
    path("conversation/<str:reference>/<str:form>", talk_pages.download, name="talk-file"),
]
