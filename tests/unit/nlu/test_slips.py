from __future__ import annotations

import pytest

from nlu.slips import slip_cost


def test_the_same_word_costs_nothing() -> None:
    assert slip_cost("radiation", "radiation") == 0


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("radistion", "radiqtion"),  # `s` lies beside `a`, and so does `q`: equal
        ("radkation", "radxation"),  # a key beside, a key far away
        ("raddiation", "radziation"),  # doubled, added
        ("radaition", "raaxtion"),  # swapped, two slips
        ("raxiation", "xadiation"),  # within the word, at its beginning
    ],
)
def test_a_likely_slip_costs_no_more_than_an_unlikely_one(likely: str, unlikely: str) -> None:
    assert 0 < slip_cost(likely, "radiation") <= slip_cost(unlikely, "radiation")


def test_one_of_two_like_letters_is_lost_more_easily_than_another() -> None:
    assert slip_cost("embolizaton", "embolization") > slip_cost("flusing", "flussing")


def test_slips_add_up() -> None:
    assert slip_cost("chmeothreapy", "chemotherapy") == 2 * slip_cost("chmeotherapy", "chemotherapy")


def test_a_word_typed_for_nothing_and_nothing_typed_for_a_word_cost_every_letter() -> None:
    assert slip_cost("ab", "") > slip_cost("a", "") > 0
    assert slip_cost("", "ab") > slip_cost("", "a") > 0
