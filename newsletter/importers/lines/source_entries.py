"""Where a story comes from: the entries of its list of sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsletter.importers.lines.marks import links_in, only_link, plain, unmarked, without_break
from newsletter.importers.lines.written_days import certain_day

Entry = dict[str, Any]
"""The fields of a source, as an item has them: title, publisher, date, url."""

_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])[ \t]+|^\s*[•·]\s*")
_SEPARATOR = re.compile(r"\s*\|\s*")
_QUOTED = re.compile(r"(?P<mark>['\"‘“])(?P<title>.{3,}?)['\"’”](?=\s*[,.(|–—-]|\s*$)")
_QUOTES = "'\"‘’“”"
_LONGEST_PUBLISHER = 80
_BETWEEN = " ,.;:|()–—-"
_ADDRESS = re.compile(r"<?https?://\S+>?")


def sources_in(lines: Sequence[str], language: str) -> list[Entry] | None:
    """Return the sources that lines list; None if one of the lines fits no entry."""
    left = [_MARK.sub("", without_break(line)).strip() for line in lines if line.strip()]
    entries: list[Entry] = []
    while left:
        length = 2 if len(left) > 1 and is_place(left[1], language) else 1
        entry = _entry(left[:length], language)
        if entry is None:
            return None
        entries.append(entry)
        left = left[length:]
    return entries or None


def is_place(line: str, language: str) -> bool:
    """Return whether a line says where and when a source appeared: ``The Times |  6 December
    2010``, or is its address.
    """
    words = plain(line)
    publisher, bar, day = words.rpartition("|")
    if bar and "|" not in publisher:
        is_named = publisher.strip() and not _has_title(line, publisher)
        return bool(is_named) and certain_day(day, language) is not None
    return bool(_ADDRESS.fullmatch(words))


def _has_title(line: str, publisher: str) -> bool:
    """Return whether what a line has before the date begins with a link: that is the title."""
    names = [name for name, _ in links_in(line) if not _ADDRESS.fullmatch(name)]
    return bool(names) and names[0] != publisher.strip()


def _entry(lines: Sequence[str], language: str) -> Entry | None:
    if len(lines) == 2:
        return _pair(lines[0], lines[1], language)
    return _single(lines[0], language)


def _pair(title: str, place: str, language: str) -> Entry | None:
    """Return the source with its title on one line and its place on the next."""
    entry: Entry = {"title": _title(title)}
    links = links_in(title) + links_in(place)
    words = plain(place)
    if "|" in words:
        publisher, _, day = words.rpartition("|")
        entry |= {"publisher": publisher.strip(), "date": certain_day(day, language)}
    return _with_address(entry, links)


def _single(line: str, language: str) -> Entry | None:
    """Return the source that one line names; None if its parts are not clear."""
    words = plain(line)
    links = links_in(line)
    if only_link(line) and not _ADDRESS.fullmatch(words):
        return _with_address({"title": words}, links)
    if len(links) > 1:
        return None

    parts = _SEPARATOR.split(words)
    in_parts = _of_parts(parts, links, language) if len(parts) > 1 else None
    if in_parts or (len(parts) > 1 and not links):
        return in_parts
    title = _title_within(line, words)
    if title is None:
        return None
    return _around(title, words, links, language)


def _of_parts(parts: list[str], links: list[tuple[str, str]], language: str) -> Entry | None:
    """Return the source in ``Title | Publisher | Date``."""
    day = certain_day(parts[-1], language)
    names = parts[:-1] if day else parts
    if len(names) != 2 or not all(names):
        return None
    return _with_address({"title": names[0], "publisher": names[1], "date": day}, links)


def _title_within(line: str, words: str) -> str | None:
    """Return the words of a title that is a link, or in quotes."""
    links = [name for name, _ in links_in(line) if not _ADDRESS.fullmatch(name)]
    if links:
        return links[0]
    quoted = _QUOTED.search(words)
    if quoted:
        return quoted["title"]
    return None


def _around(title: str, words: str, links: list[tuple[str, str]], language: str) -> Entry | None:
    """Return the source whose title is before or behind its publisher and its date."""
    before, _, after = words.partition(title)
    rest = [_ADDRESS.sub("", part).strip(_BETWEEN + _QUOTES) for part in (before, after)]
    publisher, day = _publisher_and_day(" | ".join(part for part in rest if part), language)
    if "|" in publisher or len(publisher) > _LONGEST_PUBLISHER:
        return None
    return _with_address({"title": title, "publisher": publisher, "date": day}, links)


def _publisher_and_day(words: str, language: str) -> tuple[str, Any]:
    if day := certain_day(words, language):
        return "", day
    for gap in re.finditer(r"\s*[,(|]\s*|\s+[–—-]\s+|\s+(?=\d)", words):
        day = certain_day(words[gap.end() :].rstrip(")"), language)
        if day:
            return words[: gap.start()].strip(_BETWEEN), day
    return words, None


def _title(line: str) -> str:
    """Return a title with the emphasis that is in it."""
    words = unmarked(line)
    if links_in(line):
        return plain(line)
    return words


def _with_address(entry: Entry, links: list[tuple[str, str]]) -> Entry | None:
    """Return the source with the address that leads to it; None if there are several."""
    addresses = {address for _, address in links if address.startswith(("http://", "https://"))}
    if len(addresses) > 1:
        return None
    if addresses:
        entry["url"] = addresses.pop()
    return {name: value for name, value in entry.items() if value}
