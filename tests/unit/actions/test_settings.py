from __future__ import annotations

from actions.settings import read_settings


def test_the_settings_are_read_and_probabilities_lie_between_0_and_1() -> None:
    settings = read_settings()
    names = (
        "leaning",
        "unsure",
        "topics_in_context",
        "topics_alone",
        "second_topic",
        "second_passage",
        "matter",
    )
    for name in names:
        assert 0 < getattr(settings, name) < 1, name


def test_ordinals_point_from_the_start_of_a_list_or_at_its_last() -> None:
    ordinals = read_settings().ordinals
    assert (ordinals["first"], ordinals["second"], ordinals["last"]) == (0, 1, -1)
