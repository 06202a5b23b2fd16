"""YAML read with its line numbers, so that a failing test can say where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LINE = "line"


class FormatError(ValueError):
    """A test file is not as its format says; the message names file, line and what to do."""


class _Loader(yaml.BaseLoader):
    """Reads every value as the text it is: `no` and `911` are things visitors say."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    mapping = {str(k): v for k, v in loader.construct_mapping(node, deep=True).items()}
    return mapping | {LINE: node.start_mark.line + 1}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_located(path: Path) -> Any:
    """The file's content, in which each mapping has its own line under `line`.

    Raises FormatError for a file that is not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "cannot be read"
        raise FormatError(
            f"{path}:{line}: not valid YAML ({problem}): check the indentation, and put quotes "
            "round a text with one of , : ? # [ ] { } in it"
        ) from None


def read_entries(path: Path) -> list[dict[str, Any]]:
    """The entries of a YAML list of mappings; raises FormatError for a file that is none."""
    entries = read_located(path)
    for number, entry in enumerate(entries if isinstance(entries, list) else [None], 1):
        if not isinstance(entry, dict):
            raise FormatError(f"{path}: entry {number} is no mapping: start each entry with `- name: ...`")
    return list(entries)


def texts(value: Any) -> tuple[str, ...]:
    """A value that may be one text or a list of texts, as texts."""
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
