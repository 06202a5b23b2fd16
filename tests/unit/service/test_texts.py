from __future__ import annotations

from pathlib import Path
from typing import Any

from service.texts import main, problems, read_mentions

CODE = '''
"""TEXTS["docstring"] is no lookup."""
reply = self._texts["hello"].reply()
other = TEXTS["yes" if agreed else "no"]
name = message.intent + ("_spanish" if spanish else "")
text = texts[f"listed_{entity}"]
text = texts[f"{'un' if missing else ''}known_{kind}"]
'''


def found(folder: Path, *responses: str, code: str = CODE) -> list[str]:
    path = folder / "code.py"
    path.write_text(code, encoding="utf-8")
    domain: dict[str, Any] = {
        "intents": ["emergency", {"greet": {}}],
        "entities": ["symptom"],
        "responses": {f"utter_{name}": [] for name in ("hello", "yes", "no", *responses)},
    }
    return problems(domain, read_mentions([path], folder), {"office"})


def test_texts_that_code_names_are_right(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_a_text_that_is_not_there_is_a_problem_with_its_place(tmp_path: Path) -> None:
    code = CODE + 'more = TEXTS["bye" if agreed else "gone"]\n'
    assert found(tmp_path, "gone", code=code) == [
        "code.py:8: the text `bye` is not in domain.yml: add `utter_bye` there"
    ]


def test_a_text_that_nothing_says_is_a_problem(tmp_path: Path) -> None:
    assert found(tmp_path, "forgotten") == [
        "domain.yml: nothing says the text `utter_forgotten`: use it or remove it"
    ]


def test_a_text_of_an_intent_is_said_and_so_is_one_with_an_ending(tmp_path: Path) -> None:
    assert found(tmp_path, "greet", "emergency_spanish") == []
    assert len(found(tmp_path, "hello_spanish")) == 1


def test_an_f_string_says_the_texts_its_gaps_can_give(tmp_path: Path) -> None:
    assert found(tmp_path, "listed_symptom", "listed_office", "known_symptom", "unknown_symptom") == []
    assert len(found(tmp_path, "listed_city", "misknown_symptom")) == 2


def test_the_projects_texts_are_right() -> None:
    assert main() == 0
