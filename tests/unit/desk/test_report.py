from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.accepted import accepted_from
from tests.assistant import Weighed
from tests.nlu import judge
from tests.report.confusion import confusions, matrix, wanted_and_got
from tests.report.page import page, threshold
from tests.robustness import SETS
from tests.run import Row, Run
from tests.unit.desk.hand_made import row

WEIGHED = Weighed(0.7, ("answer:surgery",), ("not_covered",))
ROWS = [
    row("cut it <script>alert(1)</script>", "answer:surgery", "not_covered", weighed=WEIGHED),
    row("knife", "answer:surgery", "answer:surgery", weighed=WEIGHED, passages=("surgery-first",)),
    row("tea", "not_covered", "answer:surgery", "not_covered", 0.9, WEIGHED),
    row("help", "emergency", "emergency", "emergency"),
    row("bye", "crisis", "distress", "crisis"),
    row("flush", "answer:symptoms", "emergency", "emergency_negative"),
]


def turn(text: str) -> Row:
    made = row(text, "answer:surgery", "answer:surgery", "dialogue")
    return Row(replace(made.question, style="followup", words=("about",)), made.said)


RUN = Run((*ROWS, turn("and then")), {name: tuple(ROWS) for name in SETS})


@pytest.fixture(scope="module")
def html() -> str:
    accepted = accepted_from(Run((row("knife", "answer:surgery", "clarify"), *ROWS[2:]), {}))
    return page(RUN, judge(RUN, accepted), accepted)


class Outside(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.found += [tag] if tag in ("script", "link", "iframe", "img") else []
        for name in ("src", "href"):
            if value := values.get(name):
                (self.links if value.startswith("#") else self.found).append(value)


def test_the_page_needs_nothing_from_outside_and_runs_no_script(html: str) -> None:
    parser = Outside()
    parser.feed(html)
    assert parser.found == []
    assert "url(" not in html and "@import" not in html


def test_the_links_of_the_page_lead_somewhere(html: str) -> None:
    parser = Outside()
    parser.feed(html)
    assert {link[1:] for link in parser.links} <= set(parser.ids)


def test_what_visitors_write_is_shown_as_text(html: str) -> None:
    assert "cut it &lt;script&gt;" in html


def test_the_page_shows_gates_changes_sets_and_failing_rows(html: str) -> None:
    assert re.search(r"\d+ gates? closed", html)
    assert "1 rows came out otherwise: 0 right before and wrong now, 1 the other way" in html
    assert all(f'<th scope="row">{name}</th>' in html for name in SETS)
    assert "file:cut it" in html


def test_every_chart_has_a_name_and_no_broken_number(html: str) -> None:
    charts = re.findall(r"<svg[^>]*>", html)
    assert len(charts) == 3 and all('role="img" aria-label="' in chart for chart in charts)
    assert "nan" not in html.lower().replace("finan", "")


def test_the_threshold_is_that_of_the_configuration() -> None:
    assert threshold() is None or 0 < float(threshold() or 0) < 1


def test_a_right_row_counts_for_the_outcome_that_came() -> None:
    both = row("a", "answer:types answer:surgery", "answer:surgery")
    assert wanted_and_got(both) == ("answer:surgery", "answer:surgery")


def test_the_worst_confusion_comes_first_with_its_rows() -> None:
    rows = [row("a", "emergency", "clarify"), *(row(t, "crisis", "clarify") for t in "bc")]
    assert [(c.wanted, len(c.rows)) for c in confusions(rows)] == [("crisis", 2), ("emergency", 1)]


def test_the_matrix_counts_down_what_was_wanted_and_across_what_came() -> None:
    found = matrix(ROWS)
    down, across = found.names.index("answer:symptoms"), found.names.index("emergency")
    assert found.counts[down][across] == 1
    assert sum(map(sum, found.counts)) == len(ROWS)
    assert found.most == 1
