"""Pieces to add, and a newsletter to add them to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newsletter.adding import Outcome, Source, Wishes, add
from newsletter.importers import Found, Original, PictureFile, Piece
from newsletter.manifest import IssueFolder

TODAY = date(2030, 1, 5)
OPENING = (
    "A court in the north opened all of its files on clinics this week, so that patients, doctors "
    "and reporters can read what was decided, by whom, and for which of many reasons."
)
OTHER = (
    "Researchers who follow forty families for thirty years report that none of the children knew "
    "less about their origins than their neighbours did, whatever their parents had feared."
)
BODY = f"{OPENING}\n\nThe judges explain it in thirty pages. *Nature* has a summary."
FIELDS_OF_KIND: dict[str, dict[str, Any]] = {
    "news": {
        "sources": [
            {"title": "Court opens files", "publisher": "The Times", "date": date(2030, 1, 3)}
        ]
    },
    "comment": {"authors": ["Ann Cell", {"name": "Ruth Egg", "role": "Reader in Law"}]},
    "review": {
        "work.kind": "book",
        "work.title": "Never Let Me Go: A Novel",
        "work.isbn": ["0571224148"],
        "work.links": [
            {"label": "Book", "links": [{"name": "Amazon UK", "url": "https://example.org/b"}]}
        ],
    },
    "elsewhere": {"url": "https://example.org/elsewhere"},
    "event": {"place": "140 Gray's Inn Road, London", "starts": datetime(2030, 2, 4, 18, 30)},  # noqa: DTZ001
    "job": {"employer": "A clinic", "closes": date(2030, 2, 1)},
    "notice": {"url": "https://example.org/donate"},
    "advert": {"advertiser": "A. Clinic & Co", "url": "https://example.org/advert"},
}


def piece(body: str = BODY, pictures: tuple[PictureFile, ...] = (), **fields: Any) -> Piece:
    """Return a piece; a field within another is written with two underscores: ``work__title``."""
    values = {"title": "A court opens its files: all of them", "body": body, **fields}
    named = {name.replace("__", "."): value for name, value in values.items()}
    found = {name: Found(value, "as it was given") for name, value in named.items() if value}
    return Piece(fields=found, pictures=pictures)


def of_kind(kind: str) -> Piece:
    """Return a piece with what items of this kind have."""
    fields = {name: Found(value, "given") for name, value in FIELDS_OF_KIND[kind].items()}
    words = f"This {kind} has words that no other one of these has: {kind} {kind}. " * 9
    whole = piece(words.strip(), kind=kind, title=f"A court: {kind}", date=date(2030, 1, 4))
    return replace(whole, fields={**whole.fields, **fields})


def newsletter(folder: Path, **issues: str) -> IssueFolder:
    """Make a newsletter with one issue, 700, whose only section is of comments; or others."""
    written = {
        "700": "number: 700\ndate: 2030-01-07\n\nsections:\n  - kind: comment\n    items:\n"
        "      - title: What the new rules leave open\n        authors: [Ann Cell]\n",
        **{name.removeprefix("of_"): text for name, text in issues.items()},
    }
    publication = (
        "name: News\nfrom: News <n@example.org>\npostal_address: A Street\n"
        "why: You asked for it.\nunsubscribe: https://example.org/u\n"
        "home_page: https://example.org/\narchive: https://example.org/a\ntime_zone: Europe/London\n"
        "publisher: A Trust\nday: Monday\ntime: '17:00'\npictures: https://example.org/p/\n"
    )
    for number, text in written.items():
        path = folder / "issues" / number / "issue.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    (folder / "issues" / "publication.yaml").write_text(publication, "utf-8")
    return IssueFolder.at(folder / "issues" / "700")


def added(
    folder: IssueFolder,
    what: Piece,
    name: str = "piece.docx",
    content: bytes = b"",
    address: str | None = None,
    importer: str = "Word",
    alone: bool = True,
    **wishes: Any,
) -> Outcome:
    """Add a piece as if it had been read from a file of this name and content."""
    original = Original(name, content or repr(what).encode(), address=address)
    return add(folder, what, Source(original, importer, alone), TODAY, Wishes(**wishes))


def files(folder: IssueFolder) -> dict[str, bytes]:
    """Return the content of every file of an issue."""
    paths = (path for path in folder.path.rglob("*") if path.is_file())
    return {path.relative_to(folder.path).as_posix(): path.read_bytes() for path in paths}
