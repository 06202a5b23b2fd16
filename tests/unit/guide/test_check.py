from __future__ import annotations

from pathlib import Path

import pytest

from guide.check import main, measure, problems, table
from guide.model import TOPICS, BulletList, Paragraph, Passage

EASY = "Your doctor will help you."
HARD = (
    "Unfortunately, considerable physiological heterogeneity necessitates individualized, "
    "interdisciplinary consideration of alternatives."
)


def written(folder: Path, text: str = EASY) -> Path:
    """A guide with a passage a topic, the text in the first, `overview-a` on line 10."""
    parts = ["---", "title: NETs", "practice: The Practice", "source: https://example.org/nets"]
    parts += ["reviewed: 2026-11-23", "---", ""]
    for topic in TOPICS:
        parts += [f"## Title {{#{topic}}}", "", f"### A question? {{#{topic}-a}}", ""]
        parts += [text if topic == TOPICS[0] else EASY, ""]
    path = folder / "guide.md"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def test_an_easy_guide_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(written(tmp_path))]) == 0
    out, err = capsys.readouterr()
    assert "overview-a" in out
    assert f"{len(TOPICS)} passages, average grade" in out
    assert err == ""


def test_the_real_guide_passes() -> None:
    assert main([]) == 0


def test_a_hard_passage_fails_with_its_line_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, HARD)
    assert main([str(path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{path}:10: the passage `overview-a` reads at grade ")
    assert "use shorter sentences and plainer words" in err
    assert err.count("\n") == 1


def test_a_passage_of_four_sentences_fails_with_its_line_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, " ".join([EASY] * 4))
    assert main([str(path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{path}:10: the passage `overview-a` has 4 sentences, above 3: ")


def test_three_sentences_and_a_long_list_pass(tmp_path: Path) -> None:
    items = "\n".join(f"- Item number {n}" for n in range(20))
    assert main([str(written(tmp_path, " ".join([EASY] * 3) + "\n\n" + items))]) == 0


def test_the_words_of_a_list_do_not_count_for_the_grade(tmp_path: Path) -> None:
    assert main([str(written(tmp_path, f"They are:\n\n- {HARD}"))]) == 0


def test_a_malformed_guide_fails_with_every_problem_and_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8").replace("reviewed: 2026-11-23\n", "")
    path.write_text(text.replace(" {#types-a}", ""), encoding="utf-8")
    assert main([str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"{path}:1: the front matter has no `reviewed`: add a line `reviewed: ...`",
        f"{path}:15: the heading `A question?` has no id: end it with `{{#some-id}}`",
    ]


def test_a_guide_that_is_not_there_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.md")]) == 1
    assert "none.md:1: the guide cannot be read" in capsys.readouterr().err


def test_names_that_are_not_there_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.check.NAMES_PATH", tmp_path / "names.txt")
    assert main([str(written(tmp_path))]) == 1
    assert "names.txt:1: the names cannot be read" in capsys.readouterr().err


def test_the_table_has_the_hardest_passage_first_and_the_average_last() -> None:
    easy = measure(Passage("easy", "overview", "Q?", (Paragraph(EASY),), 1), [])
    hard = measure(Passage("hard", "overview", "Q?", (Paragraph(HARD),), 2), [])
    header, first, second, summary = table([easy, hard]).splitlines()
    assert header.split() == ["passage", "sentences", "words", "grade"]
    assert first.split() == ["hard", "1", "10", f"{hard.grade:.1f}"]
    assert second.split()[0] == "easy"
    assert summary == f"2 passages, average grade {(easy.grade + hard.grade) / 2:.1f}"


def test_a_passage_with_nothing_but_a_list_is_no_problem() -> None:
    listed = measure(Passage("list", "overview", "Q?", (BulletList((HARD,) * 9),), 1), [])
    assert (listed.sentences, listed.words, listed.grade) == (0, 0, 0.0)
    assert problems(Path("guide.md"), [listed]) == []


def test_a_name_that_must_stay_does_not_make_a_passage_hard() -> None:
    text = "Pheochromocytoma and paraganglioma are two kinds."
    passage = Passage("kinds", "types", "Q?", (Paragraph(text),), 1)
    assert problems(Path("guide.md"), [measure(passage, [])]) != []
    names = ["pheochromocytoma", "paraganglioma"]
    assert problems(Path("guide.md"), [measure(passage, names)]) == []
