from __future__ import annotations

import json

from guide.model import BulletList, Paragraph
from replies.reply import (
    Alert,
    Link,
    Reply,
    Source,
    Suggestion,
    Understanding,
    blocks_from_text,
)

ANSWER = Reply(
    "answer",
    (Paragraph("They may include:"), BulletList(("Fatigue", "Nausea"))),
    topics=("radiation",),
    passages=("radiation-side-effects",),
    source=Source("NETs", "Radiation", "https://example.org/nets"),
    suggestions=(Suggestion("Do they go away?", "Do they go away?"),),
    nlu=Understanding("radiation", 0.9, "chemotherapy", 0.05),
)


def test_a_reply_as_text_has_its_paragraphs_apart_and_a_list_item_a_line() -> None:
    assert ANSWER.text == "They may include:\n\n- Fatigue\n- Nausea"


def test_a_reply_as_an_object_has_every_field_of_the_contract() -> None:
    assert ANSWER.as_dict() == {
        "kind": "answer",
        "topics": ["radiation"],
        "passages": ["radiation-side-effects"],
        "text": "They may include:\n\n- Fatigue\n- Nausea",
        "blocks": [
            {"type": "paragraph", "text": "They may include:"},
            {"type": "list", "items": ["Fatigue", "Nausea"]},
        ],
        "source": {"title": "NETs", "section": "Radiation", "url": "https://example.org/nets"},
        "suggestions": [{"title": "Do they go away?", "message": "Do they go away?"}],
        "nlu": {
            "intent": "radiation",
            "confidence": 0.9,
            "runner_up": "chemotherapy",
            "runner_up_confidence": 0.05,
        },
    }


def test_a_reply_as_an_object_can_be_sent_as_json() -> None:
    assert json.loads(json.dumps(ANSWER.as_dict())) == ANSWER.as_dict()


def test_chitchat_has_a_name_and_no_source() -> None:
    reply = Reply("chitchat", (Paragraph("Hello."),), name="greet").as_dict()
    assert (reply["name"], reply["source"]) == ("greet", None)
    assert (reply["topics"], reply["passages"], reply["suggestions"]) == ([], [], [])


def test_an_alert_has_its_links() -> None:
    alert = Alert("Call 911 now.", (Link("Call 911", "tel:911"),))
    reply = Reply("emergency", (alert,))
    assert reply.text == "Call 911 now."
    assert reply.as_dict()["blocks"] == [
        {
            "type": "alert",
            "text": "Call 911 now.",
            "actions": [{"label": "Call 911", "href": "tel:911"}],
        }
    ]


def test_a_text_is_parted_into_paragraphs_and_lists() -> None:
    text = "\nAsk me about:\n- symptoms\n- tests\n\nI give no\nadvice.\n"
    assert blocks_from_text(text) == (
        Paragraph("Ask me about:"),
        BulletList(("symptoms", "tests")),
        Paragraph("I give no advice."),
    )
