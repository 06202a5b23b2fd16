"""The parts of the dashboard: a chart, and the table of the same figures beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import charts, threshold
from dashboard.charts import Chart, Series
from dashboard.counting import BUCKETS, LATENCIES, MORE
from dashboard.figures import SHARES, Figures
from dashboard.models import Count
from review.filters import WEEKDAYS
from review.models import Review
from review.vocabulary import kind_title, topic_title

Measure = Count.Measure


@dataclass(frozen=True)
class Cell:
    """A value of a table, and the conversations it leads to, if there are such."""

    text: str
    url: str = ""

    @property
    def shown(self) -> str:
        """The text, as a link if it leads somewhere."""
        return format_html('<a href="{}">{}</a>', self.url, self.text) if self.url else self.text


@dataclass
class Panel:
    """A title, a chart, and a table whose first cell of a row names it."""

    id: str
    title: str
    chart: Chart | None
    head: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    help: str = ""
    legend: list[tuple[str, str]] = field(default_factory=list)  # class and name of each series

    @property
    def body(self) -> SafeString:
        """The rows as markup; a template would take ten times as long for a thousand cells."""
        rows = (
            (
                row[0].text,
                format_html_join("", '<td class="number">{}</td>', ((c.shown,) for c in row[1:])),
            )
            for row in self.rows
        )
        return format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', rows)


class Links:
    """Addresses of the list of conversations, filtered; none for who may not read them."""

    def __init__(self, since: date, until: date, address: str) -> None:
        self._days = {"since": since, "until": until}
        self._list = address

    def to(self, **filters: object) -> str:
        """The conversations of these days, or of the day given, that pass the filters."""
        return f"{self._list}?{urlencode(self._days | filters)}" if self._list else ""


def panels(figures: Figures, links: Links) -> list[Panel]:
    """All parts, in the order of the page."""
    return [
        _days(figures, links),
        _shares(figures, links),
        _topics(figures, links),
        _kinds(figures, links),
        _thumbs(figures, links),
        _failures(figures, links),
        _confidence(figures, links),
        _threshold(figures.totals[Measure.JUDGED], links),
        _verdicts(figures, links),
        _latency(figures, links),
        _hours(figures, links),
    ]


def percent(part: int, whole: int) -> str:
    """A share in percent; `-` of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def _days(figures: Figures, links: Links) -> Panel:
    asked = [figures.of_day(day, Measure.QUESTIONS) for day in figures.days]
    talks = [figures.of_day(day, Measure.CONVERSATIONS) for day in figures.days]
    chart = charts.columns(
        f"{sum(asked)} questions; at most {max(asked, default=0)} on a day.",
        [_short(day) for day in figures.days],
        [Series("questions", asked, "s1")],
        [Series("conversations", talks, "s2")],
    )
    rows = [
        [
            Cell(f"{day:%a %b} {day.day}".replace(" ", "\N{NO-BREAK SPACE}")),
            Cell(f"{talk:,}", links.to(since=day, until=day) if talk else ""),
            Cell(f"{questions:,}", links.to(since=day, until=day) if questions else ""),
        ]
        for day, talk, questions in zip(figures.days, talks, asked, strict=True)
    ]
    legend = [("s1", "questions"), ("s2", "conversations (line)")]
    head = ["Day", "Conversations", "Questions"]
    return Panel(
        "days", "Questions and conversations a day", chart, head, rows[::-1], legend=legend
    )


def _shares(figures: Figures, links: Links) -> Panel:
    series = [
        Series(name, [figures.of_day(day, Measure.KIND, *kinds) for day in figures.days], style)
        for name, (style, kinds) in SHARES.items()
    ]
    total = figures.questions
    chart = charts.columns(
        f"{percent(figures.share('answered'), total)} answered,"
        f" {percent(figures.share('declined'), total)} declined,"
        f" {percent(figures.share('failed'), total)} failed.",
        [_short(day) for day in figures.days],
        series,
    )
    rows = []
    for name, (_, kinds) in SHARES.items():
        count = figures.share(name)
        url = links.to(kind=kinds[0] if len(kinds) == 1 else name) if count else ""
        rows.append([Cell(name.capitalize()), Cell(f"{count:,}", url), Cell(percent(count, total))])
    legend = [(style, name) for name, (style, _) in SHARES.items()]
    head = ["What came of it", "Questions", "Share"]
    return Panel("shares", "Answered, declined, failed", chart, head, rows, legend=legend)


def _topics(figures: Figures, links: Links) -> Panel:
    ranked = [(topic_title(t), n, links.to(topic=t)) for t, n in figures.ranked(Measure.TOPIC)]
    return _ranked("topics", "Topics answered from", "Topic", ranked, figures.questions)


def _kinds(figures: Figures, links: Links) -> Panel:
    ranked = [(kind_title(k), n, links.to(kind=k)) for k, n in figures.ranked(Measure.KIND)]
    return _ranked("kinds", "Kinds of reply", "Kind", ranked, figures.questions)


def _thumbs(figures: Figures, links: Links) -> Panel:
    names = {"up": "Helpful", "down": "Not helpful"}
    counts = [(names[v], figures.total(Measure.FEEDBACK, v), links.to(feedback=v)) for v in names]
    return _ranked("thumbs", "Thumbs", "Thumb", counts, figures.total(Measure.FEEDBACK))


def _failures(figures: Figures, links: Links) -> Panel:
    failures = [
        (value.capitalize(), count, links.to(failure=value))
        for value, count in figures.ranked(Measure.OUTCOME)
        if value != "answered"
    ]
    panel = _ranked("failures", "Failures", "Why", failures, figures.questions)
    panel.help = "The assistant gave no answer in time, or none that could be shown."
    return panel


def _verdicts(figures: Figures, links: Links) -> Panel:
    names = dict(Review.Verdict.choices)
    ranked = [
        (str(names.get(v, v)), n, links.to(verdict=v)) for v, n in figures.ranked(Measure.VERDICT)
    ]
    panel = _ranked("verdicts", "Verdicts", "Verdict", ranked, figures.total(Measure.VERDICT))
    panel.help = "Of turns asked in these days."
    return panel


def _ranked(
    name: str, title: str, column: str, counts: list[tuple[str, int, str]], whole: int
) -> Panel:
    chart = None
    if any(count for _, count, _ in counts):
        first, most, _ = max(counts, key=lambda entry: entry[1])
        summary = f"Most: {first}, {most:,}."
        chart = charts.rows(summary, [c[0] for c in counts], [c[1] for c in counts])
    rows = [
        [Cell(label), Cell(f"{count:,}", url if count else ""), Cell(percent(count, whole))]
        for label, count, url in counts
    ]
    return Panel(name, title, chart, [column, "Count", "Share"], rows)


def _confidence(figures: Figures, links: Links) -> Panel:
    buckets = [f"{n / BUCKETS:.2f}" for n in range(BUCKETS)]
    counts = [figures.total(Measure.CONFIDENCE, bucket) for bucket in buckets]
    chart = charts.columns(
        "How sure the assistant was of what was meant, from 0 to 1.",
        buckets,
        [Series("questions", counts)],
    )
    whole, step = sum(counts), 100 // BUCKETS
    rows = [
        [
            Cell(f"{bucket} to {(n + 1) / BUCKETS:.2f}"),
            Cell(f"{count:,}", links.to(low=n * step, high=(n + 1) * step) if count else ""),
            Cell(percent(count, whole)),
        ]
        for n, (bucket, count) in enumerate(zip(buckets, counts, strict=True))
    ]
    said = "A count leads to the conversations whose lowest confidence lies there."
    return Panel("confidence", "Confidence", chart, ["From", "Questions", "Share"], rows, said)


def _threshold(judged: Mapping[str, int], links: Links) -> Panel:
    def cell(text: str, count: int, **filters: object) -> Cell:
        return Cell(text, links.to(kind=threshold.ANSWER, **filters) if count else "")

    found = threshold.outcomes(judged)
    chart = None
    if found[0].answered:
        chart = charts.curves(
            f"Of {found[0].answered:,} reviewed answers {found[0].wrong_percent:.1f}% were wrong.",
            [f"{outcome.threshold:.2f}" for outcome in found],
            [
                Series("answered", [outcome.answered_percent for outcome in found], "s1"),
                Series("wrong", [outcome.wrong_percent for outcome in found], "s2"),
            ],
            100,
        )
    rows = [
        [
            Cell(f"{o.threshold:.2f}"),
            cell(f"{o.answered:,} ({o.answered_percent:.0f}%)", o.answered, verdict="any"),
            cell(f"{o.wrong:,} ({o.wrong_percent:.1f}%)", o.wrong, verdict="wrong"),
            cell(f"{o.wrong_spared:,}", o.wrong_spared, verdict="wrong", high=o.percent),
            cell(f"{o.right_lost:,}", o.right_lost, verdict="any", high=o.percent),
        ]
        for o in found
    ]
    return Panel(
        "threshold",
        "What another threshold would do",
        chart,
        ["Threshold", "Answered", "Of these wrong", "Wrong spared", "Right lost"],
        rows if found[0].answered else [],
        "If answers below this confidence were asked back instead: of the answers that reviewers"
        " judged, how many would still be given, and how many of these were judged wrong."
        " Reviewers look at doubtful answers first, so more are wrong here than among all. A count"
        " leads to the conversations that have such answers, and others with the same verdicts.",
        [("s1", "still answered, %"), ("s2", "wrong among these, %")],
    )


def _latency(figures: Figures, links: Links) -> Panel:
    buckets = [*map(str, LATENCIES), MORE]
    counts = [figures.total(Measure.LATENCY, bucket) for bucket in buckets]
    chart = charts.columns(
        f"Half within {figures.latency(0.5)}, 95% within {figures.latency(0.95)}.",
        buckets,
        [Series("questions", counts)],
    )
    begins = (0, *(last + 1 for last in LATENCIES))
    rows = [
        [
            Cell(f"over {LATENCIES[-1]:,} ms" if bucket == MORE else f"to {int(bucket):,} ms"),
            Cell(f"{count:,}", _answered_within(links, begin, bucket) if count else ""),
            Cell(percent(count, sum(counts))),
        ]
        for begin, bucket, count in zip(begins, buckets, counts, strict=True)
    ]
    return Panel("latency", "Time to answer, ms", chart, ["Within", "Questions", "Share"], rows)


def _answered_within(links: Links, begin: int, bucket: str) -> str:
    if bucket == MORE:
        return links.to(quickest=begin)
    return links.to(quickest=begin, slowest=bucket)


def _hours(figures: Figures, links: Links) -> Panel:
    hours = [figures.total(Measure.HOUR, str(hour)) for hour in range(168)]
    busiest = max(range(168), key=hours.__getitem__)
    day, hour = WEEKDAYS[busiest // 24], busiest % 24
    chart = charts.week(f"Most questions come on {day} at {hour} h: {hours[busiest]:,}.", hours)
    cells = [
        Cell(f"{count:,}", links.to(hour=of_week) if count else "")
        for of_week, count in enumerate(hours)
    ]
    rows = [[Cell(f"{hour} h"), *cells[hour::24]] for hour in range(24)]
    return Panel("hours", "Hours of the week", chart, ["Hour", *WEEKDAYS], rows)


def _short(day: date) -> str:
    return f"{day:%b} {day.day}"
