"""A Piece into an issue: a new item, or what is new in the one that it became before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePath
from typing import NamedTuple

from newsletter.adding.expected import missing_of
from newsletter.adding.item_file import free_name, item_file
from newsletter.adding.item_text import with_values
from newsletter.adding.kinds import as_kind, kind_of
from newsletter.adding.known import Known, known
from newsletter.adding.picture_files import named_apart
from newsletter.adding.placing import SECTION_OF_KIND, asked_section, place
from newsletter.adding.receipts import (
    ENDING,
    Imported,
    Receipt,
    Source,
    imported,
    receipts_in,
    related,
)
from newsletter.adding.updating import Update, missing_with, update_of
from newsletter.errors import ManifestError
from newsletter.importers import Found, Piece, unreadable
from newsletter.manifest.project import MANIFEST, IssueFolder
from newsletter.manifest.text_file import MAX_BYTES, exact_text
from newsletter.manifest.writing import changing, write_changes
from newsletter.manifest.written_items import WrittenIssue, WrittenItem, read_written
from newsletter.manifest.yaml_editing import Edit, Missing, Remove, edited
from newsletter.text.printable import printable
from newsletter.text.slug import slug

_KIND_OF_SECTION = {section: kind for kind, section in SECTION_OF_KIND.items()}


class Became(StrEnum):
    """What became of a piece."""

    ADDED = "added"
    UPDATED = "updated"
    """It was in the issue, and what the editor left alone there is as its source has it now."""
    DIFFERS = "differs"
    """It is in the issue, and what its source says now is not what the editor has written."""
    THERE = "already there"
    """It is in the issue, and nothing of it is new."""
    MOVED = "moved"
    """It was in the issue, and is now in the section that the editor asks for."""
    TAKEN_OUT = "taken out"
    """It was added, and an editor has taken it out of the issue since."""


@dataclass(frozen=True)
class Wishes:
    """What the editor asks for."""

    section: str | None = None
    """A section's kind, or its heading."""
    kind: str | None = None
    position: int | None = None
    """Its place in the section, from 0; None is the end."""
    dry_run: bool = False
    """Whether nothing is written."""


class Outcome(NamedTuple):
    """What became of a piece."""

    became: Became
    piece: Piece
    """As an item of its kind has it."""
    kind: Found
    file: str
    """The item's file, as issue.yaml names it, or issue.yaml."""
    section: str
    """The heading of its section, or the section's kind."""
    missing: Mapping[str, str] = {}
    """The fields that were left empty, and what may help to fill each."""
    update: Update | None = None
    """What became of the item that was there."""

    @property
    def shows_pictures(self) -> bool:
        """Whether what is new may show pictures that came with the piece."""
        if self.update is None:
            return True
        return "body" in self.update.values or "picture.src" in self.update.values


class _Change(NamedTuple):
    """An outcome, and the files that make it so, by their names in the issue's folder."""

    outcome: Outcome
    files: dict[str, bytes]


def add(
    folder: IssueFolder, piece: Piece, source: Source, today: date, wishes: Wishes = Wishes()
) -> Outcome:
    """Put a piece into an issue, and say what became of it.

    A piece that is in the issue is recognised: what the editor has not changed is brought up to
    date. All files are written, or none. Raise ManifestError if the issue's files cannot be read
    or changed, OSError if the disk refuses.
    """
    with changing(folder.path):
        desk = _Desk(read_written(folder), receipts_in(folder), source, today)
        outcome, files = desk.change(piece, wishes)
        if not wishes.dry_run:
            write_changes(folder.path, files)
    return outcome


@dataclass(frozen=True)
class _Desk:
    """What lies ready when a piece comes in."""

    issue: WrittenIssue
    receipts: Mapping[str, Receipt]
    source: Source
    today: date

    @property
    def folder(self) -> IssueFolder:
        """The issue's folder."""
        return self.issue.folder

    def change(self, piece: Piece, wishes: Wishes) -> _Change:
        """Return what a piece changes."""
        piece, pictures = named_apart(piece, self.folder.path)
        kind, section = _wanted(self.issue, piece, wishes)
        there = known(self.issue, self.receipts, kind.value, self._imported(piece))
        if there is None:
            change = self._new(piece, kind, section, wishes.position)
        elif there.item is None:
            piece = as_kind(piece, kind.value)
            return _Change(Outcome(Became.TAKEN_OUT, piece, kind, MANIFEST, ""), {})
        elif there.item.file and there.item.path == self.folder.manifest:
            raise _without_file(there.item)
        elif self._is_to_move(there.item, section, wishes):
            change = self._moved(there.item, piece, kind, section, wishes.position)
        else:
            change = self._again(there, there.item, piece)

        if not change.outcome.shows_pictures:
            return change
        return change._replace(files={**pictures, **change.files})

    def _new(self, piece: Piece, kind: Found, section: str, position: int | None) -> _Change:
        """Return the new item that a piece becomes."""
        piece = as_kind(piece, kind.value)
        text = _text(piece, kind.value, section)
        if len(text.encode()) > MAX_BYTES:
            message = f"This piece is longer than the {MAX_BYTES:,} bytes that an issue may have."
            raise unreadable(self.source.original, message, "Add a part of it.")

        file = free_name(_title(piece), _names_in(self.folder.path))
        placed = place(self.issue, file, section, position)
        receipt = Receipt(file=file, originals=(self._imported(piece),), related=related(piece))
        files = {
            file: text.encode(),
            MANIFEST: self._manifest(placed.edit),
            self._free_receipt_name(PurePath(file).stem): receipt.as_json(),
        }
        missing = missing_of(kind.value, piece)
        outcome = Outcome(Became.ADDED, piece, kind, file, placed.section, missing)
        return _Change(outcome, files)

    def _again(self, there: Known, item: WrittenItem, piece: Piece) -> _Change:
        """Return what is new in the item that a piece became before."""
        piece = as_kind(piece, item.kind)
        now = self._imported(piece)
        receipt = there.receipt or Receipt(file=item.file, originals=())
        update = update_of(item, piece, receipt.last_of_the_source_of(now))
        receipt = receipt.with_original(now, item.file)

        files: dict[str, bytes] = {}
        missing = missing_with(update, item, piece)
        if update.values:
            name = item.path.relative_to(self.folder.path)
            notes = {field: Missing(hint) for field, hint in missing.items()}
            files[name.as_posix()] = with_values(item, {**update.values, **notes})
        if receipt != there.receipt:
            stem = PurePath(item.file or slug(_title(piece))).stem
            receipt_name = there.receipt_name or self._free_receipt_name(stem)
            files[receipt_name] = receipt.as_json()

        kind = Found(item.kind, "as it is in the issue")
        file = item.file or MANIFEST
        section = self._heading(item)
        outcome = Outcome(_became(update), piece, kind, file, section, missing, update)
        return _Change(outcome, files)

    def _is_to_move(self, item: WrittenItem, section: str, wishes: Wishes) -> bool:
        """Return whether the editor asks for another section than an item is in."""
        if item.file is None or not (wishes.section or wishes.kind):
            return False
        here = self.issue.sections[item.section]
        return here.kind != section

    def _moved(
        self, item: WrittenItem, piece: Piece, kind: Found, section: str, position: int | None
    ) -> _Change:
        """Return how an item gets into the section that is asked for.

        If nobody has edited its file, it is made anew, with what its new kind has.
        """
        file = str(item.file)
        placed = place(self.issue, file, section, position)
        files = {MANIFEST: self._manifest(Remove(item.way), placed.edit)}

        here = self.issue.sections[item.section].kind
        as_it_was = _text(as_kind(piece, item.kind), item.kind, here)
        piece = as_kind(piece, kind.value)
        missing: Mapping[str, str] = {}
        if exact_text(item.path) == as_it_was:
            text = _text(piece, kind.value, section)
            files[file] = text.encode()
            missing = missing_of(kind.value, piece)

        outcome = Outcome(Became.MOVED, piece, kind, file, placed.section, missing)
        return _Change(outcome, files)

    def _imported(self, piece: Piece) -> Imported:
        return imported(self.source, piece, self.today)

    def _manifest(self, *edits: Edit) -> bytes:
        """Return the issue.yaml with some edits."""
        path = self.folder.manifest
        return edited(exact_text(path), edits, path).encode()

    def _heading(self, item: WrittenItem) -> str:
        section = self.issue.sections[item.section]
        return section.title or section.kind

    def _free_receipt_name(self, stem: str) -> str:
        """Return a name for a receipt that no other one has, within the issue's folder."""
        folder = self.folder.sources
        name = free_name(stem, _names_in(folder), ENDING)
        return f"{folder.name}/{name}"


def _wanted(issue: WrittenIssue, piece: Piece, wishes: Wishes) -> tuple[Found, str]:
    """Return the kind of a piece, and that of its section. Raise ManifestError if they clash."""
    asked = Found(wishes.kind, "--kind") if wishes.kind else None
    if wishes.section is None:
        kind = kind_of(piece, asked)
        return kind, SECTION_OF_KIND[kind.value]

    section = asked_section(issue, wishes.section)
    usual = _KIND_OF_SECTION[section]
    is_advert = "advert" in (wishes.kind, kind_of(piece).value)
    kind = asked or Found("advert" if is_advert else usual, "--section")
    if kind.value not in (usual, "advert"):
        message = f"An item of kind '{kind.value}' cannot be in a section of kind '{section}'."
        hint = "Give --kind or --section, not both."
        raise ManifestError.at(issue.folder.manifest, None, message, hint)
    return kind, section


def _became(update: Update) -> Became:
    """Return what an item that was there became."""
    if update.values:
        return Became.UPDATED
    if update.differences:
        return Became.DIFFERS
    return Became.THERE


def _without_file(item: WrittenItem) -> ManifestError:
    """Return what is wrong with an item whose file is not there, or not under this very name."""
    message = f"'{printable(item.file)}', which this piece became, cannot be found."
    hint = "Write its new name there. If it is gone, delete its line, and its receipt in sources/."
    return ManifestError.at(item.path, item.tree.line, message, hint)


def _text(piece: Piece, kind: str, section: str) -> str:
    """Return the file of an item of a kind, in a section of a kind."""
    missing = missing_of(kind, piece)
    says_kind = _KIND_OF_SECTION[section] != kind
    return item_file(piece, kind, missing, says_kind=says_kind)


def _title(piece: Piece) -> str:
    title = piece.fields.get("title")
    return str(title.value) if title else ""


def _names_in(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return [path.name for path in folder.iterdir()]
