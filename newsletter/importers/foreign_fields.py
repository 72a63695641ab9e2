"""The fields above a Markdown text: ours, or those of Jekyll, Hugo, Eleventy or Pelican."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.importers.lines.bylines import named_authors
from newsletter.importers.lines.head_lines import Facts
from newsletter.importers.lines.kinds import kind_of_section
from newsletter.importers.lines.written_days import certain_day, named_day
from newsletter.importers.piece import Found
from newsletter.model import Publication

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PELICAN = re.compile(r"\s*((?:[A-Za-z][\w-]*:[ \t]+\S.*\n(?:[ \t]+\S.*\n)*)+)[ \t]*(?:\n|\Z)")
_PELICAN_LINE = re.compile(r"([A-Za-z][\w-]*):[ \t]+(\S.*(?:\n[ \t]+\S.*)*)")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{1,2}:\d{2}.*)?")
_KINDS = ("news", "comment", "review", "elsewhere", "event", "job", "notice", "advert")
_FLAGS = {"true": True, "false": False}
_OURS = (
    *("title", "url", "teaser", "kind", "work", "sources", "picture", "topics", "action"),
    *("place", "starts", "ends", "employer", "closes", "advertiser", "until", "corrections"),
    *("whole", "lead"),
)
_MEANINGS = {
    **{name: name for name in _OURS},
    **dict.fromkeys(("author", "authors", "byline", "by"), "authors"),
    **dict.fromkeys(("date", "published", "pubdate", "publishdate", "date_published"), "date"),
    **dict.fromkeys(("excerpt", "summary", "standfirst"), "teaser"),
    **dict.fromkeys(("tags", "keywords"), "topics"),
    **dict.fromkeys(("category", "categories", "section", "type"), "kind"),
    **dict.fromkeys(("canonical", "canonical_url", "canonicalurl", "link", "permalink"), "url"),
    **dict.fromkeys(("image", "cover", "featured_image", "thumbnail"), "picture"),
    **dict.fromkeys(("issue", "number"), "number"),
}
"""What the names in others' front matter mean here. All others are reported."""


class FrontMatter(NamedTuple):
    """The fields above a text, and the text."""

    facts: Facts
    text: str


def split_fields(source: str, publication: Publication) -> FrontMatter | None:
    """Return the fields above a text; None if it begins with none, or they cannot all be read."""
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml), (_PELICAN, _pelican)):
        found = pattern.match(source)
        data = read(found[1]) if found else None
        if found and data:
            return FrontMatter(_facts(data, publication), source[found.end() :].strip("\n"))
    return None


def _yaml(text: str) -> dict[str, Any] | None:
    from newsletter.manifest.yaml_tree import parse_yaml

    tree = parse_yaml(text, Path("front matter"), [])
    data = tree.data() if tree else None
    if not isinstance(data, dict):
        return None

    without_comments = re.sub(r"(?:^|\s)#.*", " ", text)
    said = str(data)
    lost = [word for word in re.findall(r"\w{2,}", without_comments) if word not in said]
    if lost:
        return None
    return data


def _toml(text: str) -> dict[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _pelican(text: str) -> dict[str, Any] | None:
    """Return the lines ``Title: …`` that Pelican and MultiMarkdown have; None without a title."""
    data = {name.lower(): " ".join(value.split()) for name, value in _PELICAN_LINE.findall(text)}
    is_foreign = not _MEANINGS.keys() >= data.keys()
    if "title" in data and is_foreign:
        return data
    return None


def _facts(data: Mapping[str, Any], publication: Publication) -> Facts:
    facts = Facts()
    for name, value in data.items():
        if value in (None, "", []):
            continue
        known = _fact(name, value, publication)
        if known is None or facts.has_any_of(known):
            known = Facts(left_out=(f"{name}: {_in_words(value)}",))
        facts = facts.joined(known)
    return facts


def _fact(name: str, value: Any, publication: Publication) -> Facts | None:
    """Return what a field says; None if it is not known here."""
    meaning = _MEANINGS.get(name.lower())
    if meaning is None:
        return None
    read = _VALUES.get(meaning, _own)
    return read(meaning, value, f"the field '{name}'", publication)


def _own(name: str, value: Any, rule: str, publication: Publication) -> Facts:
    """Return a field that is written as we write it; of named fields, each."""
    plain = _as_data(value)
    if isinstance(plain, dict):
        return Facts({f"{name}.{part}": Found(one, rule) for part, one in plain.items()})
    return Facts({name: Found(plain, rule)})


def _title(name: str, value: Any, rule: str, publication: Publication) -> Facts | None:
    """Return a title as it is written, also if it looks like a day; None if it is no text."""
    if not isinstance(value, str):
        return None
    return Facts({name: Found(value, rule)})


def _authors(name: str, value: Any, rule: str, publication: Publication) -> Facts:
    house = (publication.name, publication.publisher)
    authors: list[Any] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and one.keys() <= {"name", "role"}:
            authors.append(one)
            continue
        byline = named_authors(str(one), house)
        if byline is None or not byline.authors:
            return Facts(hints={"authors": f"The text says: {_in_words(value)}"})
        authors += byline.authors
    return Facts({"authors": Found(authors, rule)})


def _date(name: str, value: Any, rule: str, publication: Publication) -> Facts | None:
    if isinstance(value, datetime | date):
        return Facts({"date": Found(_day(value), rule)})
    moment = _ISO.fullmatch(str(value))
    named = named_day(moment[1] if moment else str(value), publication.language)
    if named is None:
        return Facts(hints={"date": f"The text says: {value}"})
    if named.day is None:
        return Facts(hints={"date": f"{value} is {named.doubt}."})
    return Facts({"date": Found(named.day, rule)})


def _topics(name: str, value: Any, rule: str, publication: Publication) -> Facts:
    words = value if isinstance(value, list) else re.split(r"\s*,\s*", str(value))
    if words == [value] and " " in words[0]:  # one topic, or for Jekyll several
        return Facts(hints={"topics": f"The text says: {value}"})
    return Facts({"topics": Found([str(word) for word in words if word], rule)})


def _kind(name: str, value: Any, rule: str, publication: Publication) -> Facts | None:
    words = value[0] if isinstance(value, list) and len(value) == 1 else value
    kind = kind_of_section(words, publication.name) if isinstance(words, str) else None
    if kind or words in _KINDS:
        return Facts({"kind": Found(kind or words, rule)})
    return None


def _url(name: str, value: Any, rule: str, publication: Publication) -> Facts | None:
    is_address = re.match(r"https?://|mailto:", str(value))
    if is_address:
        return Facts({"url": Found(str(value), rule)})
    return None


def _picture(name: str, value: Any, rule: str, publication: Publication) -> Facts:
    if isinstance(value, dict):
        return _own("picture", value, rule, publication)
    return Facts(hints={"picture.src": f"The text says: {_in_words(value)}"})


def _number(name: str, value: Any, rule: str, publication: Publication) -> Facts | None:
    is_number = re.fullmatch(r"[1-9]\d{0,4}[a-z]?", str(value))
    if is_number:
        return Facts(number=str(value))
    return None


_VALUES: Mapping[str, Callable[[str, Any, str, Publication], Facts | None]] = {
    "title": _title,
    "authors": _authors,
    "date": _date,
    "topics": _topics,
    "kind": _kind,
    "url": _url,
    "picture": _picture,
    "number": _number,
}
"""How values are read that others write in other ways than we do."""


def _as_data(value: Any) -> Any:
    """Return a value as issue.yaml has it: a day is a day, and yes and no are such."""
    if isinstance(value, Mapping):
        return {name: _as_data(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_as_data(one) for one in value]
    if isinstance(value, datetime | date):
        return _day(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        return certain_day(str(value), "en") or value
    return _FLAGS.get(str(value), value)


def _day(value: date) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_in_words(one)}" for name, one in value.items())
    return " ".join(str(value).split())
