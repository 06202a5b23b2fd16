from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from nlu.training_questions import read_questions
from service.environment import ROOT
from tests.scenarios import read_scenarios

# What the website's tests hold its exports to.
CONTRACT = ROOT / "web" / "tests" / "learning" / "contract"


# What Rasa reads schemas with is old; its warnings are no faults of this project.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rasa_reads_an_export_as_it_was_meant() -> None:
    examples = RasaYAMLReader().read(str(CONTRACT / "lessons.yml")).intent_examples
    read = [(e.get("intent"), (e.get("metadata") or {}).get("intent"), e.get("text")) for e in examples]
    assert read == [
        ("greet", None, "- zebra hello & 'good' day: 50%"),
        ("not_covered", {"about": "diet"}, "zebra naïve café 🦓 | > ! * @ ` yes"),
        ("not_covered", {"about": "other"}, 'why do "zebras": have # stripes on mondays'),
        ("symptoms", None, "tell the zebra all of the signs"),
        ("symptoms", {"passage": "symptoms-early"}, "do rosy zebra cheeks mean something early"),
    ]
    lessons = read_questions(CONTRACT / "lessons.yml")
    ours = [(aim.intent, text) for aim, texts in lessons.items() for text in texts]
    assert ours == [(intent, text) for intent, _, text in read]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:Slot auto-fill:UserWarning")
def test_rasa_reads_a_story_test() -> None:
    reader = YAMLStoryReader(Domain.load(str(ROOT / "domain.yml")))
    (story,) = reader.read_from_file(CONTRACT / "test_story.yml")
    said = [(event.text, event.intent_name) for event in story.events if hasattr(event, "intent_name")]
    assert said == [
        ('why: do "zebras" # have stripes \\ / 50%', "overview"),
        ("hello zebra", "greet"),
        ("early zebra signs", "symptoms"),
    ]


def test_a_scenario_is_one() -> None:
    (scenario,) = read_scenarios([CONTRACT / "scenario.yml"])
    assert [exchange.visitor for exchange in scenario.exchanges][1:] == ["hello zebra", "early zebra signs"]
    wanted = [exchange.wanted.checks for exchange in scenario.exchanges if exchange.wanted]
    assert wanted[2] == {"kind": ("answer",), "topic": ("symptoms",), "passages": ("symptoms-early",)}
