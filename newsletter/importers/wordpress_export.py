"""A WordPress export (WXR): all posts of a site in one file of XML, read as a stream.

Tools > Export writes it (developer.wordpress.org, export_wp). Each post is given as the REST API
would give it, so that one reader reads both. A file of any size takes the memory of its longest
post, and of the addresses of its pictures. There is no document type in a real one, and so no
entity: a file with one is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from newsletter.errors import UnreadableError
from newsletter.importers.wordpress_html import as_html

_MARK = b"wordpress.org/export/"
_HEAD = 4096
"""Bytes in which the mark is."""
_PART = 1 << 18
_LONGEST = 8_000_000
"""Characters of one post."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_CHARACTERS = bytes(sorted({*range(32)} - {9, 10, 13}))
"""Control characters, which XML does not have and old posts do."""
_OTHER_EXPORT = "Export the site again (in WordPress: Tools, Export, All content)."


@dataclass
class _Item:
    """What is in one <item>."""

    fields: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str]] = field(default_factory=list)
    """Taxonomy and name of each."""
    custom: list[tuple[str, str]] = field(default_factory=list)
    """Name and value of each custom field."""
    comments: int = 0

    @property
    def type(self) -> str:
        return self.fields.get("wp:post_type", "")

    @property
    def status(self) -> str:
        if self.fields.get("wp:post_password"):
            return "with a password"
        return self.fields.get("wp:status", "")


@dataclass
class Survey:
    """What is in an export beside its posts."""

    posts: int = 0
    """How many are published."""
    left_out: Counter[str] = field(default_factory=Counter)
    """What is not: drafts, pages, comments, and how many of each."""
    pictures: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The media in it by their ids, as the API gives them."""
    authors: dict[str, str] = field(default_factory=dict)
    """The names of accounts."""


def is_export(content: bytes) -> bool:
    """Return whether a file is a WordPress export, by its first bytes."""
    return _MARK in content[:_HEAD]


def survey(path: Path, types: Iterable[str] = ("post",)) -> Survey:
    """Return what is in an export, all of which is read. Raise UnreadableError, or OSError."""
    wanted = tuple(types)
    found = Survey()
    stream = _Stream(path)
    for item in stream.items():
        if item.type == "attachment":
            found.pictures[item.fields.get("wp:post_id", "")] = _media(item)
        elif item.type in wanted and item.status == "publish":
            found.posts += 1
        else:
            found.left_out[f"{item.type} ({item.status})"] += 1
        found.left_out["comment"] += item.comments

    found.authors = stream.authors
    found.left_out += Counter()  # without those of which there is none
    return found


def posts_in(
    path: Path, found: Survey, types: Iterable[str] = ("post",)
) -> Iterator[dict[str, Any]]:
    """Yield the published posts of an export, as the REST API gives them."""
    wanted = tuple(types)
    for item in _Stream(path).items():
        if item.type in wanted and item.status == "publish":
            yield _post(item, found)


def _post(item: _Item, found: Survey) -> dict[str, Any]:
    fields = item.fields
    creator = fields.get("dc:creator", "")
    custom = dict(item.custom)
    picture = found.pictures.get(custom.get("_thumbnail_id", ""))
    return {
        "link": fields.get("link") or fields.get("guid"),
        "guid": fields.get("guid"),
        "date": _time(fields.get("wp:post_date")),  # on the site's own clock, as readers saw it
        "title": {"rendered": fields.get("title", "")},
        "content": {"rendered": as_html(fields.get("content:encoded", ""))},
        "excerpt": {"rendered": fields.get("excerpt:encoded", "")},
        "meta": item.custom,
        "_embedded": {
            "author": [{"name": found.authors.get(creator, creator)}],
            "wp:term": [[{"taxonomy": kind, "name": name} for kind, name in item.terms]],
            "wp:featuredmedia": [picture] if picture else [],
        },
    }


def _media(item: _Item) -> dict[str, Any]:
    return {
        "source_url": item.fields.get("wp:attachment_url"),
        "alt_text": dict(item.custom).get("_wp_attachment_image_alt", ""),
        "caption": {"rendered": item.fields.get("excerpt:encoded", "")},
    }


def _time(written: str | None) -> str | None:
    """Return a time as the API gives it; WordPress has zeros for none."""
    if not written or written.startswith("0000"):
        return None
    return written.strip().replace(" ", "T")


class _Stream:
    """Reads the items of an export, one after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.authors: dict[str, str] = {}
        self._way: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._inner: dict[str, str] = {}
        """What is in the author or the custom field that is open."""
        self._term = ("", "")
        self._item: _Item | None = None
        self._done: list[_Item] = []

        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def items(self) -> Iterator[_Item]:
        """Yield each item. Raise UnreadableError, or OSError."""
        with self.path.open("rb") as file:
            head = file.read(_HEAD)
            if not is_export(head):
                raise self._error("This is no WordPress export.", _OTHER_EXPORT)

            is_wide = head.startswith(_UTF_16)
            part = head + file.read(_PART)
            while part:
                self._parse(part if is_wide else part.translate(None, _NO_CHARACTERS))
                yield from self._done
                self._done.clear()
                part = file.read(_PART)
        self._parse(b"", is_last=True)

    def _parse(self, part: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(part, is_last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            message = f"The export is damaged here, or ends too early ({reason})."
            raise self._error(message, _OTHER_EXPORT, error.lineno) from None

    def _error(self, message: str, hint: str, line: int | None = None) -> UnreadableError:
        return UnreadableError.at(self.path, line, message, hint)

    def _refuse_doctype(self, *_: object) -> NoReturn:
        message = "The file has a document type (DTD), which no WordPress export has."
        raise self._error(message, _OTHER_EXPORT, self._parser.CurrentLineNumber)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._way.append(name)
        self._text.clear()
        match name:
            case "item":
                self._item, self._length = _Item(), 0
            case "wp:author" | "wp:postmeta":
                self._inner = {}
            case "category":
                self._term = (attributes.get("domain", "category"), "")

    def _characters(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
        if self._item and self._length > _LONGEST:
            message = f"There is a post of more than {_LONGEST:,} characters."
            raise self._error(message, _OTHER_EXPORT, self._parser.CurrentLineNumber)

    def _end(self, name: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        self._way.pop()
        parent = self._way[-1] if self._way else ""
        if parent in ("wp:author", "wp:postmeta"):
            self._inner[name] = text
        elif name == "wp:author":
            login = self._inner.get("wp:author_login", "")
            self.authors[login] = self._inner.get("wp:author_display_name") or login
        elif self._item:
            self._end_in_item(self._item, name, parent, text)

    def _end_in_item(self, item: _Item, name: str, parent: str, text: str) -> None:
        match name:
            case "item":
                self._done.append(item)
                self._item = None
            case "category":
                taxonomy, _ = self._term
                item.terms.append((taxonomy, text))
            case "wp:postmeta":
                key, value = self._inner.get("wp:meta_key", ""), self._inner.get("wp:meta_value")
                item.custom.append((key, value or ""))
            case "wp:comment":
                item.comments += 1
            case _ if parent == "item":
                item.fields[name] = text
