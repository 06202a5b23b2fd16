from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guide.model import TOPICS, BulletList, Guide, Paragraph
from guide.reader import GuideError, read_guide

FRONT_MATTER = """\
---
title: NETs
practice: The Practice
source: https://example.org/nets
reviewed: 2026-11-23
---
"""
# Line 8 has the heading of the first section, line 10 that of its passage, line 12 the text.
SECTIONS = "".join(
    f"\n## Title {{#{topic}}}\n\n### A question? {{#{topic}-a}}\n\nSome text.\n" for topic in TOPICS
)
GOOD = FRONT_MATTER + SECTIONS


def written(folder: Path, text: str) -> Path:
    path = folder / "guide.md"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    """Every problem of the file, without the file's name."""
    with pytest.raises(GuideError) as error:
        read_guide(path)
    assert str(error.value) == "\n".join(error.value.problems)
    assert all(problem.startswith(f"{path}:") for problem in error.value.problems)
    return [problem.removeprefix(f"{path}:") for problem in error.value.problems]


def problem_with(folder: Path, old: str, new: str) -> str:
    """The one problem of a good guide in which the first `old` became `new`."""
    assert old in GOOD
    (problem,) = problems_of(written(folder, GOOD.replace(old, new, 1)))
    return problem


def first_blocks(folder: Path, text: str) -> tuple[Paragraph | BulletList, ...]:
    """The blocks of the first passage when this is its text."""
    guide = read_guide(written(folder, GOOD.replace("Some text.", text, 1)))
    return guide.passages[f"{TOPICS[0]}-a"].blocks


def test_a_good_guide_is_read_with_its_front_matter_sections_and_passages(tmp_path: Path) -> None:
    guide = read_guide(written(tmp_path, GOOD))
    assert (guide.title, guide.practice) == ("NETs", "The Practice")
    assert guide.source == "https://example.org/nets"
    assert guide.reviewed == date(2026, 11, 23)
    assert [section.topic for section in guide.sections] == list(TOPICS)
    first = guide.sections[0]
    assert (first.title, first.line) == ("Title", 8)
    (passage,) = first.passages
    assert (passage.id, passage.topic) == ("overview-a", "overview")
    assert (passage.question, passage.line) == ("A question?", 10)
    assert passage.blocks == (Paragraph("Some text."),)


def test_paragraphs_and_lists_are_read_in_their_order(tmp_path: Path) -> None:
    assert first_blocks(tmp_path, "One.\n\n- a\n- b\n\nTwo.") == (
        Paragraph("One."),
        BulletList(("a", "b")),
        Paragraph("Two."),
    )


def test_lines_of_one_paragraph_are_joined(tmp_path: Path) -> None:
    assert first_blocks(tmp_path, "One\ntwo  \nthree.") == (Paragraph("One two three."),)


def test_paragraphs_of_one_list_item_are_one_item(tmp_path: Path) -> None:
    assert first_blocks(tmp_path, "- a\n\n  more\n- b") == (BulletList(("a more", "b")),)


def test_escapes_and_entities_are_read_as_the_character_they_stand_for(tmp_path: Path) -> None:
    assert first_blocks(tmp_path, r"A \* B &amp; C < D") == (Paragraph("A * B & C < D"),)


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert read_guide(path).title == "NETs"


def test_a_missing_topic_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(written(tmp_path, GOOD[: GOOD.index("\n## Title {#appointment}")]))
    assert problem == "1: the topic `appointment` has no section: add `## Title {#appointment}`"


def test_an_empty_file_is_refused_for_its_front_matter_and_every_topic(tmp_path: Path) -> None:
    first, *rest = problems_of(written(tmp_path, ""))
    assert first.startswith("1: there is no front matter: ")
    assert len(rest) == len(TOPICS)


def test_a_duplicate_id_is_refused_with_the_line_of_both(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "{#types-a}", "{#overview-a}")
    assert problem == "16: the id `overview-a` stands on line 10 too: give one another id"


def test_a_topic_with_two_sections_is_refused(tmp_path: Path) -> None:
    again = "\n## Again {#overview}\n\n### More? {#more}\n\nText.\n"
    (problem,) = problems_of(written(tmp_path, GOOD + again))
    assert problem == "104: the id `overview` stands on line 8 too: give one another id"


def test_an_empty_section_is_refused(tmp_path: Path) -> None:
    passage = "### A question? {#overview-a}\n\nSome text.\n"
    problem = problem_with(tmp_path, passage, "")
    assert problem == "8: the section `overview` is empty: add a passage to it"


def test_an_empty_last_section_is_refused(tmp_path: Path) -> None:
    passage = "### A question? {#appointment-a}\n\nSome text.\n"
    problem = problem_with(tmp_path, passage, "")
    assert problem == "98: the section `appointment` is empty: add a passage to it"


def test_an_empty_passage_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "Some text.\n", "")
    assert problem.startswith("10: the passage `overview-a` is empty: write its text ")


def test_missing_front_matter_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(written(tmp_path, SECTIONS))
    assert problem == (
        "1: there is no front matter: begin with title, practice, source, reviewed between `---` lines"
    )


def test_front_matter_without_an_end_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("2026-11-23\n---\n", "2026-11-23\n")
    assert problems_of(written(tmp_path, text))[0].startswith("1: there is no front matter: ")


def test_broken_front_matter_is_refused_at_its_line(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "practice: The Practice", "practice: The: Practice")
    assert problem == "3: the front matter is not YAML: write `name: value` lines"


def test_front_matter_with_a_control_character_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "title: NETs", "title: \x01")
    assert problem.startswith("1: the front matter cannot be read (unacceptable character")
    assert "\n" not in problem


def test_front_matter_that_is_no_list_of_fields_is_refused(tmp_path: Path) -> None:
    problems = problems_of(written(tmp_path, "---\njust words\n---\n" + SECTIONS))
    assert len(problems) == 4


@pytest.mark.parametrize("name", ["title", "practice", "source", "reviewed"])
def test_a_missing_field_is_refused(tmp_path: Path, name: str) -> None:
    problem = problem_with(tmp_path, f"{name}:", f"other_{name}:")
    assert problem == f"1: the front matter has no `{name}`: add a line `{name}: ...`"


def test_an_empty_field_is_refused_at_its_line(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "title: NETs", "title:")
    assert problem == "2: the front matter has no `title`: add a line `title: ...`"


@pytest.mark.parametrize("value", ["last week", "23/11/2026", "20261123", "2026-11-23 10:00:00"])
def test_a_date_of_another_form_is_refused(tmp_path: Path, value: str) -> None:
    problem = problem_with(tmp_path, "2026-11-23", value)
    assert problem == "5: `reviewed` is not a date: write it like 2026-11-23"


def test_wrong_values_under_quoted_names_are_refused(tmp_path: Path) -> None:
    text = GOOD.replace("source: https", '"source": ftp').replace("reviewed: 2026", '"reviewed": x')
    lines = [problem.partition(":")[0] for problem in problems_of(written(tmp_path, text))]
    assert lines == ["1", "1"]


def test_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "2026-11-23", "2026-02-30")
    assert problem.startswith("1: the front matter cannot be read (day is out of range")


@pytest.mark.parametrize("value", ["example.org/nets", "ftp://example.org", "https://", "http://[x"])
def test_a_source_that_is_no_web_address_is_refused(tmp_path: Path, value: str) -> None:
    problem = problem_with(tmp_path, "https://example.org/nets", f'"{value}"')
    assert problem == "4: `source` is not a web address: write the page's whole address"


def test_a_passage_without_an_id_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "A question? {#overview-a}", "A question?")
    assert problem == "10: the heading `A question?` has no id: end it with `{#some-id}`"


def test_an_id_of_other_signs_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "{#overview-a}", "{#Overview A}")
    assert problem.startswith("10: the heading `A question? {#Overview A}` has no id: ")


def test_a_section_without_an_id_is_refused_with_its_topic(tmp_path: Path) -> None:
    problems = problems_of(written(tmp_path, GOOD.replace("Title {#types}", "Title")))
    assert problems == [
        "14: the heading `Title` has no id: end it with `{#some-id}`",
        "1: the topic `types` has no section: add `## Title {#types}`",
    ]


def test_an_unknown_topic_is_refused(tmp_path: Path) -> None:
    extra = "\n## Diet {#diet}\n\n### What to eat? {#diet-a}\n\nText.\n"
    (problem,) = problems_of(written(tmp_path, GOOD + extra))
    assert problem.startswith("104: `diet` is not a topic id: use one of overview, types, ")


@pytest.mark.parametrize("heading", ["## Title {#overview}", "## Title {#types}"])
def test_text_between_a_section_and_its_first_passage_is_refused(tmp_path: Path, heading: str) -> None:
    problem = problem_with(tmp_path, heading, f"{heading}\n\nLost text.")
    line = 10 if "overview" in heading else 16
    assert problem.startswith(f"{line}: this text belongs to no passage: put a `### Question?")


def test_text_above_the_first_section_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "\n## Title", "\nLost text.\n\n## Title")
    assert problem.startswith("8: this text belongs to no passage: ")


def test_a_passage_above_the_first_section_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "\n## Title", "\n### Lost? {#lost}\n\nText.\n\n## Title")
    assert problem == "8: the passage `lost` is in no section: put a `##` heading above it"


@pytest.mark.parametrize(
    "text",
    [
        "1. One\n2. Two",
        "> Quoted",
        "```\ncode\n```",
        "    indented",
        "<!-- note -->",
        "***",
        "- One\n  - Two",
        "- One\n- ### Two? {#two}",
    ],
)
def test_anything_but_paragraphs_and_flat_lists_is_refused_once(tmp_path: Path, text: str) -> None:
    problem = problem_with(tmp_path, "Some text.", f"Some text.\n\n{text}")
    line, _, rest = problem.partition(":")
    assert rest == " only paragraphs and flat lists with `-` can stand in a passage"
    assert line == ("15" if text.startswith("- ") else "14")


@pytest.mark.parametrize("heading", ["# Part {#part}", "#### Detail {#detail}"])
def test_a_heading_of_another_level_is_refused(tmp_path: Path, heading: str) -> None:
    problem = problem_with(tmp_path, "Some text.", f"Some text.\n\n{heading}\n\nMore.")
    assert problem == "14: use `##` for a section and `###` for a passage"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Some **bold** text.", "strong"),
        ("Some *weak* text.", "em"),
        ("A [link](https://example.org).", "link"),
        ("Some `code`.", "code_inline"),
        ("A <br> break.", "html_inline"),
        ("- An *item*", "em"),
    ],
)
def test_marks_that_no_plain_text_can_show_are_refused(tmp_path: Path, text: str, mark: str) -> None:
    problem = problem_with(tmp_path, "Some text.", text)
    assert problem == f"12: only plain text can be shown: remove the {mark}"


def test_an_empty_list_item_is_refused(tmp_path: Path) -> None:
    problem = problem_with(tmp_path, "Some text.", "- One\n-\n- Three")
    assert problem == "13: this list item is empty: write its text, or remove it"


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("title: NETs\n", "").replace(" {#types-a}", "").replace("Some text.", "", 1)
    lines = [problem.partition(":")[0] for problem in problems_of(written(tmp_path, text))]
    assert lines == ["1", "9", "15"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "none.md")
    assert problem.startswith("1: the guide cannot be read (No such file or directory): ")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert problem.startswith("1: the guide cannot be read (Is a directory): ")


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_bytes(GOOD.replace("Some text.", "Some t\xe9xt.", 1).encode("latin-1"))
    assert problems_of(path) == ["12: this is not UTF-8: save the file as UTF-8"]


@pytest.fixture(scope="module")
def real() -> Guide:
    return read_guide()


# Every name and number of the patient page, by the section that has to say it.
FACTS = {
    "overview": [
        "hormone-producing cells",
        "neuroendocrine cells",
        "less than one percent",
        "malignant",
        "cancerous",
        "United States",
        "digestive tract",
        "lungs",
        "pancreas",
        "appendix",
        "rectum",
        "Virginia Oncology Associates",
    ],
    "types": [
        "gastrointestinal (GI) NETs",
        "pancreatic NETs",
        "lung NETs",
        "Carcinoid tumors",
        "Small cell carcinoma",
        "Large cell carcinoid tumor",
        "Medullary thyroid carcinoma",
        "Paraganglioma",
        "Pheochromocytoma",
        "Adrenal cancer",
        "Merkel cell carcinoma (neuroendocrine carcinoma of the skin)",
        "location",
        "excess hormones",
        "aggressive",
        "spread to other parts of the body",
    ],
    "symptoms": [
        "Pain in the abdomen",
        "Intense skin flushing",
        "Unexplained weight loss",
        "Loss of appetite",
        "Heart palpitations",
        "Diarrhea",
        "Wheezing",
        "Heartburn",
        "Fatigue",
        "other conditions",
        "persist",
    ],
    "diagnosis": [
        "Blood tests",
        "urine tests",
        "Molecular testing",
        "Endoscopic ultrasound",
        "Biopsy",
        "X-ray",
        "MRI",
        "CT scan",
        "PET or PET-CT scan (Gallium 68)",
        "Nuclear imaging (OctreoScan)",
        "physical examination",
        "medical history",
        "family history",
        "unexpectedly",
        "type of tumor",
        "location",
        "excess hormones",
        "aggressive",
        "spread to other parts of the body",
    ],
    "staging": [
        "extent",
        "gastrointestinal (GI) tract NETs",
        "pancreatic NETs",
        "lung NET",
        "non-small cell lung cancer",
        "low-grade",
        "cancer care team",
    ],
    "treatment_overview": [
        "location",
        "grade",
        "growth rate",
        "severity of symptoms",
        "prognosis",
        "quality life for many years",
    ],
    "watchful_waiting": [
        "active surveillance",
        "detected early",
        "older",
        "underlying health conditions",
        "slow-growing",
        "quality of life",
        "reduce or eliminate",
    ],
    "surgery": [
        "first treatment option",
        "location",
        "size",
        "partial removal",
        "symptoms",
        "systemic treatments",
    ],
    "liver_directed": [
        "90%",
        "tiny particles",
        "blood vessels",
        "Bland embolization",
        "oil, gelatin or other small particles",
        "artery",
        "Chemoembolization",
        "trapped",
        "Radioembolization",
        "concentrated combination of radiation",
    ],
    "hormonal_therapy": [
        "Biotherapy",
        "somatostatin analogs",
        "SSAs",
        "living organisms",
        "Octreotide",
        "short-acting",
        "long-acting",
        "4-6 hours",
        "2-4 times a day",
        "flare-up",
        "Lanreotide",
        "chronic",
        "regular and persistent",
    ],
    "chemotherapy": [
        "aggressive (fast-growing)",
        "neuroendocrine carcinomas",
        "pancreas",
        "orally",
        "IV",
        "likely to return",
        "spread to other organs",
        "cannot be surgically removed",
        "severe symptoms",
        "Other medications proved unsuccessful",
        "somatostatin or targeted therapies",
    ],
    "targeted_therapy": [
        "genes",
        "proteins",
        "molecules",
        "especially beneficial",
        "slower growing",
        "series of tests",
        "Lutathera",
        "radioisotope therapy",
        "targeted radioactive therapy",
        "pancreas",
        "stomach",
        "prescription",
        "healthy cells",
    ],
    "biological_therapy": [
        "immunotherapy",
        "interferons",
        "research lab",
        "immune system",
        "diarrhea",
        "flushing",
        "shrink",
    ],
    "radiation": [
        "External beam radiation therapy",
        "pain or pressure",
        "pancreatic NETs",
        "bone",
        "deeper inside",
        "daily",
        "several weeks",
        "machine",
        "Fatigue",
        "Nausea",
        "Redness of the treated area",
        "mild",
    ],
    "clinical_trials": ["excellent option", "new and emerging", "Hampton Roads-Tidewater"],
    "appointment": [
        "Virginia Oncology Associates",
        "Hampton Roads-Tidewater, Virginia",
        "northeastern North Carolina",
        "second opinion",
        "one-size-fits-all",
        "Masks are now optional",
        "strongly encouraged",
        "immunocompromised",
        "ill",
    ],
}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_name_and_number_of_the_page_is_in_the_real_guide(real: Guide, topic: str) -> None:
    text = "\n".join(passage.text for passage in real.by_topic[topic].passages).lower()
    assert [fact for fact in FACTS[topic] if fact.lower() not in text] == []


@pytest.mark.parametrize(
    ("passage", "count"),
    [
        ("types-list", 8),
        ("symptoms-list", 9),
        ("diagnosis-tests", 9),
        ("liver-kinds", 3),
        ("ssa-kinds", 2),
        ("chemo-when", 5),
        ("radiation-side-effects", 3),
    ],
)
def test_the_lists_of_the_real_guide_have_no_more_items_than_those_of_the_page(
    real: Guide, passage: str, count: int
) -> None:
    assert len(real.passages[passage].items) == count


@pytest.mark.parametrize(
    ("passage", "strength"),
    [
        ("overview-complex", "can be difficult"),
        ("symptoms-list", "can include"),
        ("symptoms-other-causes", "often"),
        ("diagnosis-tests", "may use"),
        ("staging-grade", "not always the case"),
        ("treatment-outlook", "most patients can"),
        ("waiting-who", "may be recommended"),
        ("surgery-first", "often prefer"),
        ("surgery-possible", "likely depend"),
        ("ssa-short", "may give"),
        ("ssa-growth", "proven"),
        ("chemo-return", "may respond better"),
        ("targeted-slow", "may be especially beneficial"),
        ("biological-what", "may be recommended"),
        ("biological-shrink", "may also shrink"),
        ("radiation-schedule", "usually"),
        ("radiation-side-effects", "often mild"),
        ("trials-option", "can be an excellent option"),
    ],
)
def test_claims_of_the_real_guide_are_as_strong_as_those_of_the_page(
    real: Guide, passage: str, strength: str
) -> None:
    assert strength in real.passages[passage].text
