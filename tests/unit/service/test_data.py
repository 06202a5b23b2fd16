from __future__ import annotations

from pathlib import Path

import pytest

from service.data import rule_problems, unexpected

DOMAIN = """
version: "3.1"
intents: [hello, bye]
actions: [action_answer, action_decline, action_clarify]
"""


def write_data(folder: Path, *steps: str) -> list[str]:
    """The problems of rules, each written as `intent: action`, and of stories, as `story intent: action`."""
    rules, stories = "", ""
    for number, step in enumerate(steps):
        intent, action = step.removeprefix("story ").split(": ")
        lines = f"steps:\n  - intent: {intent}\n  - action: {action}\n"
        indented = "\n".join(f"    {line}" for line in lines.splitlines())
        if step.startswith("story "):
            stories += f"  - story: story {number}\n{indented}\n"
        else:
            rules += f"  - rule: rule {number}\n{indented}\n"
    (folder / "domain.yml").write_text(DOMAIN, encoding="utf-8")
    data = folder / "data"
    data.mkdir()
    text = 'version: "3.1"\n' + (f"rules:\n{rules}" if rules else "")
    text += f"stories:\n{stories}" if stories else ""
    (data / "talks.yml").write_text(text, encoding="utf-8")
    (data / "nlu.yml").write_text('version: "3.1"\nnlu: not read\n', encoding="utf-8")
    return rule_problems(data, folder / "domain.yml")


@pytest.mark.filterwarnings("ignore")
def test_rules_and_stories_that_agree_are_right(tmp_path: Path) -> None:
    assert write_data(tmp_path, "hello: action_answer", "story hello: action_answer") == []


@pytest.mark.filterwarnings("ignore")
def test_a_story_that_contradicts_a_rule_is_a_problem(tmp_path: Path) -> None:
    found = write_data(tmp_path, "hello: action_answer", "story hello: action_decline")
    assert any("action_decline" in line and "'story 1'" in line for line in found)


@pytest.mark.filterwarnings("ignore")
def test_two_rules_that_contradict_each_other_are_a_problem(tmp_path: Path) -> None:
    found = write_data(tmp_path, "hello: action_answer", "hello: action_decline")
    assert any("'rule 1'" in line for line in found)


def test_warnings_are_problems_but_for_those_expected() -> None:
    said = [
        "Slot auto-fill has been removed in 3.0 and replaced with a new mechanism.",
        "The utterance 'utter_error' is not used in any story or rule.",
        "The intent 'bye'\n is not used in any story or rule.",
    ]
    assert unexpected(said) == ["The intent 'bye' is not used in any story or rule."]
