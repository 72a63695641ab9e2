"""The pages in page_text/, and what is to be read of each: <page>.txt and <page>.yaml beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.importers import Context, Original, Piece
from newsletter.importers.sources import page_text
from tests.importers.a_publication import publication

FOLDER = Path(__file__).parent / "page_text"
PAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
PUBLICATIONS = {"other-publication": "Zellpost"}
"""The publications of pages that are not BioNews's."""


@dataclass(frozen=True)
class Page:
    """A page, and what a person reads on it."""

    name: str

    @property
    def text(self) -> Path:
        return FOLDER / f"{self.name}.txt"

    @property
    def expectation(self) -> Path:
        return FOLDER / f"{self.name}.yaml"

    def pieces(self) -> list[Piece]:
        original = Original(self.text.name, self.text.read_bytes(), path=self.text)
        name = PUBLICATIONS.get(self.name, "BioNews")
        return list(page_text.read(original, context(name)))

    def expected(self) -> list[dict[str, Any]]:
        expected: list[dict[str, Any]] = yaml.safe_load(self.expectation.read_text("utf-8"))
        return expected


def context(name: str = "BioNews") -> Context:
    """Return what an importer needs that reads nothing else."""
    return Context(publication(name), read_another=_none, decide_changes=_none, fetch=_none)


def _none(*_: object) -> Any:
    message = "nothing else is to be read"
    raise AssertionError(message)


def written(piece: Piece) -> dict[str, Any]:
    """Return a piece as its expectation has it."""
    related = [
        {name: value for name, value in other._asdict().items() if value} for other in piece.related
    ]
    said = {
        "fields": {name: found.value for name, found in sorted(piece.fields.items())},
        "number": piece.number,
        "hints": dict(piece.hints),
        "left_out": list(piece.left_out),
        "related": related,
    }
    return {name: value for name, value in said.items() if value}


def facts(piece: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each fact of a piece: the name of its field, and one value; each of a list's."""
    for name, value in {**piece.get("fields", {}), "number": piece.get("number")}.items():
        values = value if isinstance(value, list) else [value]
        yield from ((name, repr(one)) for one in values if one is not None)
    for other in piece.get("related", []):
        yield from ((f"related.{name}", repr(value)) for name, value in other.items())
