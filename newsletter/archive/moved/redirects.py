"""Old addresses that lead to where their pages are now."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from newsletter.adding.old_addresses import OldAddress
from newsletter.archive.archive import Archive
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.paths import PAGE
from newsletter.errors import ManifestError
from newsletter.model.fields import web_address
from newsletter.problem import Problem
from newsletter.text.printable import printable

_WEB = re.compile("https?://", re.IGNORECASE)
_HOST = re.compile("https?://[^/?]*", re.IGNORECASE)
_IN_PATH = "!'()*,-./:;=@_~&+"
_IN_QUERY = f"{_IN_PATH}?%"
_IN_ADDRESS = f"{_IN_QUERY}#[]"
_REFUSED = re.compile(r"\\|//|\ufffd|(?:^|/)\.{1,2}(?:/|$)")
"""What no path of a page has: steps upwards, empty steps, and what is no text."""


class Asked(NamedTuple):
    """What a server is asked for."""

    path: str
    """From the root of its host on, decoded: ``/page_92728``."""
    query: str
    """As it is in the address: ``obj_id=7``; empty if there is none."""

    @property
    def key(self) -> Asked:
        """The same for addresses that a server or a disk may take for one."""
        return Asked(self.path.rstrip("/").lower(), self.query.lower())

    @property
    def address(self) -> str:
        """Path and query together, of what has a query."""
        return f"{self.path}?{self.query}"

    @property
    def encoded_path(self) -> str:
        """The path as it is written in an address (RFC 3986, 3.3)."""
        return quote(self.path, safe=_IN_PATH)


class Redirect(NamedTuple):
    """An old address and where it leads."""

    asked: Asked
    target: str
    """A link: from the root of the host on, or a whole address. It has neither spaces nor quotes,
    and none of the characters that the languages of servers have a use for."""


def redirects(archive: Archive, paths: Collection[str]) -> list[Redirect]:
    """Return where the old addresses of an archive lead, in the order of the table.

    ``paths`` are those of all other files of the site: these stay where they are, whatever the
    table says. Raise ManifestError with each row that leads to nothing, or in a circle.
    """
    return _Table(archive, paths).redirects()


class _Table:
    """The rows of a table while it is looked up where they lead."""

    def __init__(self, archive: Archive, paths: Collection[str]) -> None:
        self._archive = archive
        self._paths = frozenset(path.lower() for path in paths)
        self._root = urlsplit(archive.base).path
        self._problems: dict[Problem, None] = {}

    def redirects(self) -> list[Redirect]:
        found = [Redirect(asked, self._end(asked)) for asked in self._rows]
        if self._problems:
            raise ManifestError(self._problems)
        return found

    @cached_property
    def _rows(self) -> Mapping[Asked, OldAddress]:
        """The rows by what is asked for, each once, without those that a page of the site has."""
        rows: dict[Asked, OldAddress] = {}
        first: dict[Asked, OldAddress] = {}
        for row in self._archive.old_addresses.rows:
            asked = self._asked(row)
            if asked is None or self._is_page(asked) or self._is_of_draft(row):
                continue
            earlier = first.setdefault(asked.key, row)
            if earlier is row:
                rows[asked] = row
            elif earlier[1:4] != row[1:4]:
                message = f"This address is in line {earlier.line} already, and leads elsewhere."
                self._report(row, message, "Delete one of the two lines.")
        return rows

    @cached_property
    def _by_key(self) -> Mapping[Asked, OldAddress]:
        return {asked.key: row for asked, row in self._rows.items()}

    def _asked(self, row: OldAddress) -> Asked | None:
        """Return what the address of a row asks for; None, with the reason reported, if none."""
        address = row.address.partition("#")[0]
        host = _HOST.match(address)
        if host:
            address = address[host.end() :]
        elif not address.startswith("/"):
            address = self._root + address

        written, _, query = address.partition("?")
        path = unquote(written or "/")
        if row.address and path.isprintable() and not _REFUSED.search(path):
            return Asked(path, quote(query, safe=_IN_QUERY))
        message = f"'{printable(row.address)}' is not the address of a page."
        self._report(row, message, "Write it as https://www.example.org/page_1, or as /page_1.")
        return None

    def _is_page(self, asked: Asked) -> bool:
        path = asked.path.lower()
        if asked.query or not path.startswith(self._root):
            return False
        below = path.removeprefix(self._root)
        return below in self._paths or _page_file(below) in self._paths

    def _is_of_draft(self, row: OldAddress) -> bool:
        """Return whether a row leads to an issue that is not out yet."""
        to = row.to.removeprefix(self._archive.base).removeprefix(self._root).lstrip("/")
        number, _, _ = to.partition("/")
        return (row.issue or number) in self._archive.left_out

    # Where a row leads

    def _end(self, asked: Asked) -> str:
        """Return where an address leads in the end, over other rows of the table."""
        way: dict[Asked, OldAddress] = {}
        key = asked.key
        while key not in way:
            way[key] = self._by_key[key]
            target = self._target(way[key])
            key = _key_of(target)
            if key not in self._by_key:
                return target

        start = list(way).index(key)
        self._report_circle(list(way.values())[start:])
        return ""

    def _report_circle(self, rows: Sequence[OldAddress]) -> None:
        first, *others = sorted(rows, key=attrgetter("line"))
        message = "This address leads to itself."
        if others:
            lines = " and ".join(str(row.line) for row in (first, *others))
            message = f"Lines {lines} lead in a circle."
        self._report(first, message, "Write where the page is now.")

    def _target(self, row: OldAddress) -> str:
        """Return the link to what a row names; "", with the reason reported, if that is nothing."""
        if row.to:
            return self._named(row)
        issue = self._archive.by_number.get(row.issue)
        if issue:
            return self._archive.link(_path_in(issue, row.file))
        if row.issue and self._is_somewhere(f"{row.issue}/"):
            return self._link(f"{row.issue}/")

        message = "This address leads to nothing."
        if row.issue:
            message = f"There is no issue '{printable(row.issue)}' in the archive."
        hint = "Write the number of an issue, or fill in 'to', such as issues/."
        self._report(row, message, hint)
        return ""

    def _named(self, row: OldAddress) -> str:
        """Return the link to what ``to`` names; "", with the reason reported, if there is none."""
        to = row.to.removeprefix(self._archive.base)
        if _WEB.match(to):
            return self._elsewhere(row)

        path, *_ = re.split("[?#]", to.removeprefix(self._root).lstrip("/"))
        rest = quote(to.partition(path)[2] if path else "", safe=_IN_ADDRESS)
        if path.lower() in self._paths:
            return self._link(path) + rest
        folder = f"{path.rstrip('/')}/" if path else ""
        if self._is_somewhere(folder):
            return self._link(folder) + rest

        message = f"There is no page '{printable(row.to)}' in the archive."
        self._report(row, message, "Write it as 652/palaces/, or as an address of the web.")
        return ""

    def _link(self, written: str) -> str:
        """Return the link to a path of the site as somebody wrote it."""
        return self._archive.link(quote(written, safe=_IN_PATH))

    def _is_somewhere(self, path: str) -> bool:
        """Return whether there is a page at a path, or was one."""
        has_moved = Asked(self._root + path, "").key in self._by_key
        return has_moved or _page_file(path.lower()) in self._paths

    def _elsewhere(self, row: OldAddress) -> str:
        try:
            return quote(web_address(row.to), safe=_IN_ADDRESS)
        except ValueError as error:
            self._report(row, str(error), "")
            return ""

    def _report(self, row: OldAddress, message: str, hint: str) -> None:
        problem = Problem(self._archive.old_addresses.path, row.line, message, hint)
        self._problems[problem] = None


def _path_in(issue: PublishedIssue, file: str) -> str:
    """Return the path of the piece of an issue that is written in a file, or else of the issue."""
    pieces = (piece.path for piece in issue.pieces if file and piece.file == file)
    return next(pieces, issue.path)


def _key_of(target: str) -> Asked:
    """Return what a link asks for."""
    address, _, _ = target.partition("#")
    path, _, query = address.partition("?")
    return Asked(unquote(path), query).key


def _page_file(path: str) -> str:
    folder = path.rstrip("/")
    return f"{folder}/{PAGE}" if folder else PAGE
