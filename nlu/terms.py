"""The project's own terms: names a visitor may use, what they mean, and where the page names them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent.parent / "data" / "terms"
ENTITIES = (
    "treatment",
    "medication",
    "test",
    "tumor_type",
    "symptom",
    "body_site",
    "region",
)
OTHER_DISEASE = "other_disease"


@dataclass(frozen=True)
class Term:
    """A thing with a name. `passage` is where the page names it, or None when it does not."""

    entity: str
    name: str
    words: tuple[str, ...]
    passage: str | None = None


@cache
def read_terms(folder: Path = FOLDER) -> tuple[Term, ...]:
    """All terms of the entities, in the order of their files."""
    return tuple(
        Term(entity, entry["name"], tuple(entry["words"]), entry.get("passage"))
        for entity in ENTITIES
        for entry in yaml.safe_load((folder / f"{entity}.yml").read_text(encoding="utf-8"))
    )


@cache
def read_other_diseases(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of diseases that are not about neuroendocrine tumors."""
    names = yaml.safe_load((folder / f"{OTHER_DISEASE}.yml").read_text(encoding="utf-8"))
    return tuple(str(name) for name in names)
