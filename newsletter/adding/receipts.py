"""Receipts: what each item was read from, and what it said, so that it is recognised later.

A receipt is a small file in the issue's ``sources/``. Without it, a piece that is added again is
recognised by its title and its first sentences alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from newsletter.errors import ManifestError
from newsletter.files import MOST_KEPT, read_regular
from newsletter.importers import Original, Piece
from newsletter.manifest.project import IssueFolder
from newsletter.manifest.yaml_values import as_text
from newsletter.text.normalise import normalised_title

ENDING = ".receipt.json"
RECORD_OF_IMPORT = "import.json"
"""The file beside the receipts that says what an import of old issues has made."""


class Source(NamedTuple):
    """What a piece was read from."""

    original: Original
    importer: str
    """The name of what has read it."""
    alone: bool = True
    """Whether nothing else was in it."""


class _Kept(BaseModel):
    """A part of a receipt."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RelatedPiece(_Kept):
    """A piece that the page of this one leads to."""

    title: str | None
    date: str | None
    author: str | None
    teaser: str | None
    url: str | None


class Imported(_Kept):
    """An original that an item was read from, and what it said."""

    name: str
    address: str | None = None
    sha256: str
    """Of the original's content."""
    importer: str
    added: str
    """The day."""
    alone: bool = True
    """Whether it held no other piece."""
    fields: dict[str, Any]
    """The value of each field, by its dotted name, as text, lists and named fields."""

    def is_of_the_source_of(self, other: Imported) -> bool:
        """Return whether both came from one address, or from versions of one file: of the same
        sort, and of the same name or title.
        """
        if self.address or other.address:
            return self.address == other.address
        if self.importer != other.importer:
            return False
        return self.name == other.name or self.title == other.title

    @property
    def title(self) -> str:
        """Its title, without capitals and punctuation."""
        title = self.fields.get("title", "")
        return normalised_title(str(title))

    def says_the_same_as(self, other: Imported) -> bool:
        """Return whether nothing but names and days differs."""
        if self.sha256 != other.sha256:
            return False
        return self.fields == other.fields


class Receipt(_Kept):
    """What one item was read from."""

    version: Literal[1] = 1
    file: str | None
    """The item's file, as issue.yaml names it; None if the item is in issue.yaml itself."""
    originals: tuple[Imported, ...]
    related: tuple[RelatedPiece, ...] = ()

    def last_of_the_source_of(self, now: Imported) -> Mapping[str, Any] | None:
        """Return what the same source said last time; None if it is the first time."""
        for earlier in reversed(self.originals):
            if earlier.is_of_the_source_of(now):
                return earlier.fields
        return None

    def with_original(self, now: Imported, file: str | None) -> Receipt:
        """Return the receipt with what a source says now, in place of what it said before."""
        originals = self.originals
        if not any(earlier.says_the_same_as(now) for earlier in originals):
            others = [each for each in originals if not each.is_of_the_source_of(now)]
            originals = (*others, now)
        return self.model_copy(update={"file": file, "originals": originals})

    def as_json(self) -> bytes:
        """Return the content of its file."""
        content = self.model_dump(mode="json")
        text = json.dumps(content, indent=2, ensure_ascii=False)
        return f"{text}\n".encode()


def imported(source: Source, piece: Piece, today: date) -> Imported:
    """Return what is kept of an original and of a piece that was read from it."""
    original = source.original
    return Imported(
        name=original.name,
        address=original.address,
        sha256=hashlib.sha256(original.content).hexdigest(),
        importer=source.importer,
        added=today.isoformat(),
        alone=source.alone,
        fields={name: as_text(found.value) for name, found in piece.fields.items()},
    )


def related(piece: Piece) -> tuple[RelatedPiece, ...]:
    """Return the pieces that the page of a piece leads to."""
    kept = []
    for title, day, author, teaser, url in piece.related:
        written = day.isoformat() if day else None
        kept.append(RelatedPiece(title=title, date=written, author=author, teaser=teaser, url=url))
    return tuple(kept)


def receipts_in(folder: IssueFolder) -> dict[str, Receipt]:
    """Return the receipts of an issue by the names of their files within its folder.

    Raise ManifestError if one is damaged.
    """
    receipts: dict[str, Receipt] = {}
    for path in sorted(folder.sources.glob(f"*{ENDING}")):
        try:
            content = json.loads(read_regular(path, MOST_KEPT))
            receipts[f"{folder.sources.name}/{path.name}"] = Receipt.model_validate(content)
        except (ValueError, RecursionError):  # pydantic's ValidationError is a ValueError
            message = "This receipt is damaged, or from a newer version of this program."
            hint = "Restore it, or delete it: then its piece is recognised by its words alone."
            raise ManifestError.at(path, None, message, hint) from None
    return receipts


def related_by_file(folder: IssueFolder) -> dict[str, tuple[RelatedPiece, ...]]:
    """Return the pieces that each item's page led to, by the item's file: those of receipts and of
    an import; none if these are damaged.
    """
    found: dict[str, tuple[RelatedPiece, ...]] = {}
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
        record = json.loads(read_regular(folder.sources / RECORD_OF_IMPORT, MOST_KEPT))
        for item in record["pieces"]:
            links = map(RelatedPiece.model_validate, item.get("related", ()))
            found[str(item["file"])] = tuple(links)

    with contextlib.suppress(ManifestError):
        receipts = receipts_in(folder).values()
        found |= {receipt.file: receipt.related for receipt in receipts if receipt.file}
    return found
