from __future__ import annotations

import pytest

from service.likeness import Questions, plain


def test_plain_words_have_no_signs() -> None:
    assert plain("  Is it a NET?! (G-3)") == "is it a net g 3"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What kinds of scan find a tumor?", True),
        ("what kinds of scan will find a tumor", True),
        ("how do doctors see where it sits", False),
        ("scan find", False),
        ("thank you", True),
        ("thank you so", False),
        ("", False),
    ],
)
def test_the_same_and_nearly_the_same_is_found(text: str, found: bool) -> None:
    known = Questions(["what kinds of scan find a tumor", "Thank you!"])
    assert bool(known.like(text)) == found
