from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from bench.measure import Run, percentiles
from bench.report import picture, table, write_json

RUN = Run(
    name="net-guide",
    about="this assistant",
    right_section=96.1,
    wrongly_answered=2.0,
    emergency_recall=98.8,
    crisis_recall=100.0,
    alone_ms=(12.0, 22.5, 30.0),
    together_ms=(90.0, 120.0, 150.0),
    together_per_second=80.0,
    memory_mb=790,
    largest_process_mb=745,
    start_s=7.0,
    train_s=147.2,
)
PEER = replace(RUN, name="<bm25>", train_s=None, together_per_second=1600.0)


def test_percentiles_are_by_nearest_rank_in_milliseconds() -> None:
    assert percentiles([second / 1000 for second in range(1, 101)]) == (51.0, 96.0, 100.0)
    assert percentiles([0.5]) == (500.0, 500.0, 500.0)


def test_the_table_has_a_row_for_each_contestant_and_a_cell_for_each_figure() -> None:
    head, rule, own, peer = table([RUN, PEER]).splitlines()
    assert {line.count("|") for line in (head, rule, own, peer)} == {11}
    assert "96.1" in own and "12 / 22.5 / 30" in own and "147.2" in own
    assert peer.rstrip(" |").endswith("-")


def test_the_json_holds_every_field(tmp_path: Path) -> None:
    write_json([RUN, PEER], tmp_path / "new" / "bench.json")
    first, second = json.loads((tmp_path / "new" / "bench.json").read_text(encoding="utf-8"))
    assert first["alone_ms"] == [12.0, 22.5, 30.0]
    assert second["train_s"] is None


def test_the_picture_is_well_formed_and_says_its_figures_to_those_who_do_not_see() -> None:
    root = ElementTree.fromstring(picture([RUN, PEER]))
    assert "Right section, %: net-guide 96.1" in root.attrib["aria-label"]
    bars = [bar for bar in root.iter("{http://www.w3.org/2000/svg}rect") if "class" in bar.attrib]
    assert [bar.attrib["class"] for bar in bars] == ["own", "peer"] * 3
