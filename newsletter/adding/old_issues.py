"""An old issue out of the posts that appeared in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from newsletter.adding.expected import missing_of
from newsletter.adding.item_file import free_name, item_file
from newsletter.adding.kinds import SUPPOSED, as_kind, kind_of
from newsletter.adding.old_posts import PART, NotPlaced, not_placed
from newsletter.adding.picture_files import named_apart
from newsletter.adding.placing import SECTION_OF_KIND
from newsletter.adding.receipts import RECORD_OF_IMPORT, related
from newsletter.errors import ManifestError, NewsletterError, UnreadableError
from newsletter.files import MOST_KEPT, read_regular
from newsletter.importers import Context, Found, Original, Piece
from newsletter.importers.repairs import repair
from newsletter.importers.sources import wordpress_post
from newsletter.importers.wordpress import MEDIA_TYPE, at
from newsletter.importers.wordpress_html import shortcodes_in
from newsletter.manifest import IssueFolder, read_issue
from newsletter.manifest.nouns import ITEM_OF_KIND
from newsletter.manifest.project import MANIFEST
from newsletter.manifest.writing import SCHEMA_COMMENT, changing, write_changes
from newsletter.manifest.yaml_values import Missing, as_yaml
from newsletter.model import Noun, Publication
from newsletter.model.walking import nouns_in
from newsletter.problem import Problem

_NO_TITLE = Found("", "")
_SUPPOSED = "No category says in which section it was; it is in News."
_PICTURES = "pictures are fetched with --pictures"


class OldPiece(NamedTuple):
    """A piece of an old issue, and where it was."""

    file: str
    addresses: tuple[str, ...]


class OldIssue(NamedTuple):
    """What has become of an old issue."""

    number: str
    pieces: tuple[OldPiece, ...] = ()
    not_placed: tuple[NotPlaced, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What an editor must fix before it can be read."""
    is_new: bool = False
    """Whether this import has made it."""


class _Read(NamedTuple):
    """A post, and the piece that it is."""

    post: dict[str, Any]
    piece: Piece
    kind: str


def make_issue(
    folder: IssueFolder,
    posts: list[dict[str, Any]],
    publication: Publication,
    fetch: Callable[[str], Original] | None = None,
) -> OldIssue:
    """Write the issue that these posts appeared in, and return what has become of it.

    All of its files are written, or none. An issue that is there already is never touched: it may
    be one that an earlier import has made. ``fetch`` gets their pictures; None leaves them out.
    Raise OSError, and ManifestError if the record of that import is damaged.
    """
    number = folder.path.name
    if folder.exists and not _record(folder).is_file():
        return OldIssue(number, not_placed=_too_late(posts, f"Issue {number} was there before"))

    is_new = not folder.exists
    if is_new:
        issue = _NewIssue(folder, publication, fetch or _no_picture)
        issue.read(posts)
        if not issue.pieces:
            return OldIssue(number, not_placed=tuple(issue.lost))
        with changing(folder.path):
            write_changes(folder.path, issue.written())

    pieces, lost = _as_recorded(folder)
    known = {address for piece in pieces for address in piece.addresses}
    known |= {each.address for each in lost}
    others = [post for post in posts if post.get("link") not in known]
    lost += _too_late(others, f"Issue {number} was imported before, without it")
    return OldIssue(number, pieces, lost, _problems(folder), is_new=is_new)


def _too_late(posts: Iterable[dict[str, Any]], why: str) -> tuple[NotPlaced, ...]:
    reason = f"{why}; 'newsletter add' can add it."
    return tuple(not_placed(post, reason) for post in posts)


class _NewIssue:
    """An issue that is made of posts."""

    def __init__(
        self, folder: IssueFolder, publication: Publication, fetch: Callable[[str], Original]
    ) -> None:
        self.pieces: list[_Read] = []
        self.lost: list[NotPlaced] = []
        self._folder = folder
        self._files: dict[str, bytes] = {}
        self._record: list[dict[str, Any]] = []
        own_site_is_not_asked = publication.model_copy(update={"site": None})
        self._context = Context(own_site_is_not_asked, _nothing, _nobody, fetch)

    def read(self, posts: Iterable[dict[str, Any]]) -> None:
        """Read the pieces that the posts are; what cannot be read of them is lost."""
        for post in posts:
            try:
                piece = self._piece(post)
            except UnreadableError as error:
                self.lost.append(not_placed(post, error.problems[0].message))
                continue

            kind = kind_of(piece)
            piece = as_kind(piece, kind.value)
            self.pieces.append(_Read(post, piece, kind.value))
            hints = [f"{name}: {hint}" for name, hint in piece.hints.items()]
            sentences = [*hints, *piece.left_out, *_shortcodes(piece)]
            if kind is SUPPOSED:
                sentences.insert(0, _SUPPOSED)
            self.lost += [not_placed(post, sentence, PART) for sentence in sentences]

    def _piece(self, post: dict[str, Any]) -> Piece:
        link = str(post.get("link") or "post")
        content = json.dumps(post).encode()
        original = Original(link, content, address=link, media_type=MEDIA_TYPE)
        (piece,) = wordpress_post.read(original, self._context)
        return repair(piece)

    def written(self) -> dict[str, bytes]:
        """Return the files of the issue."""
        sections = [*filter(None, map(self._section, SECTION_OF_KIND))]
        manifest = {
            "number": _as_typed(self._folder.path.name),
            "date": _day(self.pieces),
            "sections": sections,
        }
        record = {
            "format": 1,
            "pieces": self._record,
            "not_placed": [each._asdict() for each in self.lost],
        }
        kept = json.dumps(record, indent=1, ensure_ascii=False)
        self._files[f"sources/{RECORD_OF_IMPORT}"] = f"{kept}\n".encode()
        self._files[MANIFEST] = f"{SCHEMA_COMMENT}\n{as_yaml(manifest)}".encode()
        return self._files

    def _section(self, kind: str) -> dict[str, Any] | None:
        """Return the section of a kind of items; None if there are none."""
        pieces = [read for read in self.pieces if read.kind == kind]
        if not pieces:
            return None
        items = [{"file": self._item(read)} for read in pieces]
        return {"kind": SECTION_OF_KIND[kind], "items": items}

    def _item(self, read: _Read) -> str:
        """Write the file of an item, and return its name."""
        piece, pictures = named_apart(read.piece, self._folder.path, self._files)
        self._files |= pictures

        title = piece.fields.get("title", _NO_TITLE)
        name = free_name(title.value, self._files)
        text = item_file(piece, read.kind, _missing(piece, read.kind))
        self._files[name] = text.encode()

        kept: dict[str, Any] = {"file": name, "addresses": _addresses(read.post)}
        leads_to = [each.model_dump() for each in related(piece)]
        if leads_to:
            kept["related"] = leads_to
        self._record.append(kept)
        return name


def _missing(piece: Piece, kind: str) -> dict[str, str]:
    """Return what must be filled in before the item can be read; an old piece is asked no more."""
    needed = {"picture.alt", *_needed(ITEM_OF_KIND[kind])}
    expected = missing_of(kind, piece)
    return {way: hint for way, hint in expected.items() if way in needed}


def _shortcodes(piece: Piece) -> Iterator[str]:
    """Yield a sentence for each thing that WordPress would show in the place of its name."""
    body = piece.fields.get("body")
    for name in shortcodes_in(str(body.value)) if body else ():
        yield f"What WordPress shows for [{name}] is not there; its name is still in the text."


def _nothing(_: Original) -> Iterator[Piece]:
    yield from ()


def _nobody(_: str) -> None:
    return None


def _no_picture(address: str) -> Original:
    raise UnreadableError.at(Path(address), None, _PICTURES, "")


def _needed(noun: type[Noun], way: str = "") -> Iterator[str]:
    """Yield the fields that an item cannot be read without, by their dotted names."""
    for name, field in noun.model_fields.items():
        if field.is_required():
            yield f"{way}{name}"
            for inner in nouns_in(field.annotation):
                yield from _needed(inner, f"{way}{name}.")


def _day(pieces: list[_Read]) -> date | Missing:
    """Return the day that most of the pieces have, of those that have one."""
    dated = [read.piece.fields for read in pieces if "date" in read.piece.fields]
    days = [fields["date"].value for fields in dated]
    if not days:
        return Missing("no piece has a date")

    day, count = Counter(days).most_common(1)[0]
    if count > len(days) / 2 and isinstance(day, date):
        return day
    first, last = min(days), max(days)
    return Missing(f"the pieces are of {first} to {last}")


def _as_typed(number: str) -> int | str:
    """Return an issue's number as an editor types it, without quotes."""
    return int(number) if number.isdecimal() else number


def _addresses(post: Mapping[str, Any]) -> list[str]:
    """Return where a post was: its address, and that by its number."""
    by_number = post.get("guid")
    found = (post.get("link"), at(by_number, "rendered") or by_number)
    addresses = [address for address in found if _is_of_the_web(address)]
    return list(dict.fromkeys(addresses))


def _is_of_the_web(address: object) -> TypeGuard[str]:
    """Return whether it is the address of a page; a post's guid may be anything."""
    return isinstance(address, str) and address.startswith(("https://", "http://"))


# What an import has made


def _record(folder: IssueFolder) -> Path:
    return folder.sources / RECORD_OF_IMPORT


def _as_recorded(folder: IssueFolder) -> tuple[tuple[OldPiece, ...], tuple[NotPlaced, ...]]:
    """Return the pieces of an issue that an import has made, and what of them is not in it."""
    path = _record(folder)
    try:
        kept = json.loads(read_regular(path, MOST_KEPT))
        pieces = tuple(OldPiece(each["file"], tuple(each["addresses"])) for each in kept["pieces"])
        lost = tuple(NotPlaced(**each) for each in kept["not_placed"])
    except (ValueError, TypeError, KeyError, RecursionError):
        message = "The record of an import is damaged."
        hint = "Restore it, or delete the issue's folder and import it again."
        raise ManifestError.at(path, None, message, hint) from None
    return pieces, lost


def _problems(folder: IssueFolder) -> tuple[Problem, ...]:
    try:
        read_issue(folder)
    except NewsletterError as error:
        return error.problems
    return ()
