from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.rasa_project import write_default, write_floor
from guide.model import TOPICS
from guide.reader import read_guide
from tests.assistant import said


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("default")
    write_default(folder, epochs=3)
    return folder


def test_every_network_learns_for_the_epochs_asked_for(default: Path) -> None:
    config = read(default / "config.yml")
    epochs = [part["epochs"] for part in (*config["pipeline"], *config["policies"]) if "epochs" in part]
    assert epochs == [3, 3, 3, 3]


def test_every_passage_is_a_response_that_shows_it(default: Path) -> None:
    responses = read(default / "domain.yml")["responses"]
    for passage in read_guide().passages.values():
        (response,) = responses[f"utter_{passage.topic}/{passage.id}"]
        assert said(response["custom"]).passages == (passage.id,)


def test_every_intent_has_a_rule_and_every_question_stands_in_the_data(default: Path) -> None:
    intents = set(read(default / "domain.yml")["intents"])
    ruled = {rule["steps"][0]["intent"] for rule in read(default / "data/rules.yml")["rules"]}
    assert ruled == intents | {"nlu_fallback"}
    asked = sum(len(block["examples"].splitlines()) for block in read(default / "data/nlu.yml")["nlu"])
    assert asked > 20_000


def test_the_floor_has_words_for_every_section_and_safety_first(tmp_path: Path) -> None:
    write_floor(tmp_path)
    blocks = [block["intent"] for block in read(tmp_path / "data/nlu.yml")["nlu"]]
    assert set(TOPICS) <= set(blocks)
    assert blocks[:2] == ["crisis", "emergency"]


def test_replies_other_than_sections_have_the_kind_they_are_judged_by(default: Path) -> None:
    responses = read(default / "domain.yml")["responses"]
    kinds = {name: response[0]["custom"]["kind"] for name, response in responses.items()}
    assert kinds["utter_other_disease"] == "out_of_scope"
    assert kinds["utter_emergency"] == "emergency"
    assert kinds["utter_greet"] == "chitchat"
    assert kinds["utter_nlu_fallback"] == "clarify"
