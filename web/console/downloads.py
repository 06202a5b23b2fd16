"""Files to take away, written while they are sent: CSV and JSON Lines."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

FORMULA = tuple("=+-@")
CONTROL = tuple("\t\r\n")
MARK = "\ufeff"  # spreadsheets read a file without it in the code page of their country

type Cell = str | int | float | bool | None


def neutral(cell: Cell) -> str:
    """The cell as text that no spreadsheet takes for a formula: with an apostrophe before it."""
    if cell is None:
        return ""
    text = str(cell)
    if not isinstance(cell, str):
        return text
    # Spreadsheets look behind spaces, and know the wide forms of the signs too.
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if text[:1] in CONTROL or begins in FORMULA else text


def csv_file(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """Sends the rows as `name`.csv, UTF-8, each as soon as it is there."""
    return _file(f"{name}.csv", "text/csv", _csv_lines(header, rows))


def json_lines_file(name: str, objects: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """Sends the objects as `name`.jsonl, one a line."""
    lines = (json.dumps(found, ensure_ascii=False) + "\n" for found in objects)
    return _file(f"{name}.jsonl", "application/jsonl", lines)


def text_file(name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """Sends the lines as `name`.txt."""
    return _file(f"{name}.txt", "text/plain", (f"{line}\n" for line in lines))


class _Line:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])


def _file(name: str, kind: str, lines: Iterable[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
