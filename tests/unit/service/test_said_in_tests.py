from __future__ import annotations

from service.environment import ROOT
from service.said_in_tests import said_in_tests


def test_what_visitors_say_in_every_kind_of_test_is_found() -> None:
    said = set(said_in_tests(ROOT))
    assert "What exactly does neuroendocrine mean?" in said
    assert "what is the first one" in said
    assert "what are the somatostatin shots for" in {text.strip() for text in said}
