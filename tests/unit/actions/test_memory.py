from __future__ import annotations

from actions.memory import REMEMBERED_PASSAGES, SLOT, Memory, read_memory
from replies.reply import Kind, Reply


def reply(kind: Kind, topics: tuple[str, ...] = (), passages: tuple[str, ...] = ()) -> Reply:
    return Reply(kind, (), topics=topics, passages=passages)


def test_what_is_written_to_the_slot_is_read_back() -> None:
    memory = Memory("radiation", ("radiation-when", "radiation-bone"), "radiation-deep")
    (event,) = memory.events()
    assert event["name"] == SLOT
    assert read_memory({SLOT: event["value"]}) == memory


def test_an_empty_slot_is_an_empty_memory() -> None:
    assert read_memory({}) == read_memory({SLOT: None}) == read_memory({SLOT: {}}) == Memory()


def test_an_answer_is_remembered_with_its_section_and_passages() -> None:
    after = Memory("surgery", ("surgery-first",)).after(
        reply("answer", ("radiation", "chemotherapy"), ("radiation-when", "chemo-how")), "x"
    )
    expected = Memory("radiation", ("surgery-first", "radiation-when", "chemo-how"), "x")
    assert after == expected


def test_a_decline_keeps_what_was_talked_about() -> None:
    memory = Memory("surgery", ("surgery-first",), "surgery-possible")
    assert memory.after(reply("not_covered"), None) == Memory("surgery", ("surgery-first",))


def test_a_passage_shown_again_is_the_last_one_shown() -> None:
    memory = Memory("surgery", ("surgery-first", "surgery-possible"))
    after = memory.after(reply("answer", ("surgery",), ("surgery-first",)), None)
    assert after.shown == ("surgery-possible", "surgery-first")


def test_the_memory_of_passages_is_bounded() -> None:
    memory = Memory()
    for number in range(100):
        memory = memory.after(reply("answer", ("surgery",), (f"passage-{number}",)), None)
    assert len(memory.shown) == REMEMBERED_PASSAGES
    assert memory.shown[-1] == "passage-99"
