"""Addresses of the conversations."""

from django.urls import path

from review import fitting, listing, reviewing, transcript

app_name = "review"
urlpatterns = [
    path("conversations", listing.listing, name="list"),
    path("conversations/filters", listing.keep_filter, name="keep-filter"),
    path("conversations/filters/<int:pk>/remove", listing.drop_filter, name="drop-filter"),
    path("conversations/<str:reference>", transcript.transcript, name="transcript"),
    path("conversations/<str:reference>/sort", reviewing.sort_conversation, name="sort"),
    path("conversations/<str:reference>/fit", fitting.fit, name="fit"),
    path("conversations/<str:reference>/<str:way>", listing.step, name="step"),
    path("review", reviewing.overview, name="queues"),
    path("review/turns/<int:pk>", reviewing.turn, name="turn"),
    path("review/changes/<int:pk>/undo", reviewing.take_back, name="undo"),
    path("review/<str:name>", reviewing.queue, name="queue"),
    path("review/<str:name>/next", reviewing.following, name="next"),
]
