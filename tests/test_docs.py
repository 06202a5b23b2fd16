"""What there is to use is documented, and what is documented is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from guide.model import TOPICS

PAGES = [Path("README.md"), *sorted(Path("docs").glob("*.md"))]
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
EVERYTHING = "\n".join(TEXTS.values())
COMMAND = re.compile(r"^([a-z][a-z-]*):.*?## ", re.MULTILINE)
MENTIONED_COMMAND = re.compile(r"(?:`|^ {4})make ([a-z][a-z-]*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
VARIABLE = re.compile(r"""(?:environ\S*|_flag|_list|_number)[\[(]["']([A-Z][A-Z_]{2,})["']""")


def commands() -> list[str]:
    return COMMAND.findall(Path("Makefile").read_text(encoding="utf-8"))


def settings_of_the_environment() -> set[str]:
    example = Path(".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?([A-Z][A-Z_]{2,})=", example, re.MULTILINE))
    website = Path("web/netguide/settings.py").read_text(encoding="utf-8")
    return named | set(VARIABLE.findall(website))


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    assert f"make {command}" in EVERYTHING


def test_every_command_that_is_documented_exists() -> None:
    mentioned = {
        (page.name, name) for page, text in TEXTS.items() for name in MENTIONED_COMMAND.findall(text)
    }
    assert {pair for pair in mentioned if pair[1] not in commands()} == set()


@pytest.mark.parametrize("variable", sorted(settings_of_the_environment()))
def test_every_setting_of_the_environment_is_documented(variable: str) -> None:
    assert f"`{variable}`" in EVERYTHING or f"{variable}=" in EVERYTHING


def test_the_settings_of_the_environment_are_found() -> None:
    assert {"RASA_PORT", "KEPT_DAYS", "SECRET_KEY"} <= settings_of_the_environment()


def test_every_threshold_of_the_classifier_is_documented() -> None:
    config = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    (classifier,) = [part for part in config["pipeline"] if part["name"].endswith("QuestionClassifier")]
    named = {*classifier["thresholds"], "aim_weight", "neighbours"}
    measuring = TEXTS[Path("docs/measuring.md")]
    assert {name for name in named if f"`{name}`" not in measuring} == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_documented(topic: str) -> None:
    assert f"`{topic}`" in TEXTS[Path("docs/content.md")]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_to_a_file(page: Path) -> None:
    missing = {target for target in LINK.findall(TEXTS[page]) if not (page.parent / target).exists()}
    assert missing == set()
