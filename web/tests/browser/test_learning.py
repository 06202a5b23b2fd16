"""From yesterday's figures to a file for the next model, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse

from chat.models import Feedback
from learning.models import Lesson
from netguide.practice import guide
from people.roles import Role
from review.models import Review
from tests.browser.conftest import Site, Visitor
from tests.browser.staff import LOOKS, colleague, is_wider, violations
from tests.conftest import make_account
from tests.learning.conftest import Ask, ask, judge

__all__ = ["ask"]
DASHBOARD, LEARNING = "/staff/dashboard/", "/staff/learning/"


def _rita(site: Site, **options: Any) -> Visitor:
    return colleague(site, make_account("rita", Role.REVIEWER), **options)


def _fill(ask: Ask) -> tuple[int, str]:
    """Some days of questions; gives a turn that leads a gap, and a reference code."""
    first = ask("where do zebras park", kind="clarify", days_ago=2, latency_ms=30)
    ask("zebra parking?", latency_ms=300)
    ask(f"a very long zebra question {'x' * 300} {'and more ' * 60}", redacted=["phone"])
    answer = ask("early zebra signs", kind="answer", intent="types", topics=["types"], latency_ms=9)
    Feedback.objects.create(turn=answer, helpful=False)
    judge(answer, Review.Verdict.WRONG_PASSAGE, "symptoms", "symptoms-early")
    ask("zebra now", kind="emergency", days_ago=0)
    return first.pk, first.conversation.reference


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_passes_axe_and_fits(site: Site, ask: Ask, look: str) -> None:
    turn, reference = _fill(ask)
    visitor = _rita(site, **LOOKS[look])
    gap = reverse("learning:gap", args=[f"words/{turn}"])
    for page in (
        DASHBOARD,
        f"{DASHBOARD}?since=2026-05-02&until=2026-05-01",
        LEARNING,
        gap,
        f"{LEARNING}conversation?code={reference}",
        f"{LEARNING}conversation?code=none",
        f"{LEARNING}lessons",
        f"{LEARNING}lessons?state=exported",
    ):
        visitor.visit(page)
        assert violations(visitor) == [], page
        assert not is_wider(visitor, LOOKS[look]["viewport"]["width"]), page
    visitor.visit(gap)
    visitor.page.get_by_role("button", name="Choose the checked").click()
    visitor.page.get_by_label("What they ask for").fill("greet")
    visitor.page.get_by_role("checkbox").first.check()
    visitor.page.get_by_role("button", name="Choose the checked").click()
    visitor.visit(f"{LEARNING}lessons")
    assert violations(visitor) == []


@pytest.mark.browser
def test_axe_finds_a_chart_without_a_name(site: Site, ask: Ask) -> None:
    _fill(ask)
    visitor = _rita(site).visit(DASHBOARD)
    visitor.page.evaluate("document.querySelector('svg[role=img]').removeAttribute('aria-label')")
    assert [found.split()[0] for found in violations(visitor)] == ["svg-img-alt"]


@pytest.mark.browser
def test_a_reviewer_makes_an_export_without_javascript(
    site: Site, ask: Ask, tmp_path: Path
) -> None:
    _fill(ask)
    visitor = _rita(site, java_script_enabled=False, accept_downloads=True).visit(LEARNING)
    page = visitor.page
    page.get_by_role("checkbox", name="Choose early zebra signs").check()
    page.get_by_role("button", name="Choose the checked as they were corrected").click()
    page.get_by_role("link", name="zebra parking?").or_(
        page.get_by_role("link", name="where do zebras park")
    ).first.click()
    page.get_by_role("checkbox", name="where do zebras park").check()
    page.get_by_role("checkbox", name="zebra parking?").check()
    page.get_by_label("What they ask for").fill("not_covered/parking")
    page.get_by_role("button", name="Choose the checked").click()
    page.get_by_role("link", name="Lessons (3 to export)").click()
    page.get_by_role("button", name="Make the export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="lessons-").first.click()
    download.value.save_as(tmp_path / "lessons.yml")
    blocks = yaml.safe_load((tmp_path / "lessons.yml").read_text(encoding="utf-8"))["nlu"]
    assert [(b["intent"], b["metadata"]) for b in blocks] == [
        ("not_covered", {"about": "parking"}),
        ("symptoms", {"passage": "symptoms-early"}),
    ]
    assert Lesson.objects.filter(state=Lesson.State.EXPORTED).count() == 3


@pytest.mark.browser
def test_no_word_of_a_chart_is_cut_off(site: Site, ask: Ask) -> None:
    for section in guide().sections:
        ask(section.title, kind="answer", intent=section.topic, topics=[section.topic])
    visitor = _rita(site).visit(DASHBOARD)
    cut = """[...document.querySelectorAll("svg.chart text")].filter((text) => {
        const {x, width} = text.getBBox();
        return x < 0 || x + width > text.ownerSVGElement.viewBox.baseVal.width;
    }).map((text) => text.textContent)"""
    assert visitor.page.evaluate(cut) == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "least"), [(390, 11), (1280, 13)])
def test_the_words_of_a_chart_are_large_enough_to_read(
    site: Site, ask: Ask, width: int, least: float
) -> None:
    _fill(ask)
    visitor = _rita(site, viewport={"width": width, "height": 740}).visit(DASHBOARD)
    sizes = """[...document.querySelectorAll("svg.chart text")].map((text) =>
        parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    assert min(visitor.page.evaluate(sizes)) >= least


@pytest.mark.browser
def test_a_figure_leads_to_its_conversations(site: Site, ask: Ask) -> None:
    _fill(ask)
    visitor = _rita(site).visit(DASHBOARD)
    visitor.page.locator("#kinds").get_by_role("link", name="1", exact=True).first.click()
    visitor.page.wait_for_url("**/staff/conversations?since=*kind=*")
