"""Of what kind a piece is: as the editor says, as its source says, or as its fields show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from newsletter.importers import Found, Piece
from newsletter.manifest.nouns import ITEM_OF_KIND
from newsletter.text.days import in_words

_SIGNS = {
    "advertiser": "advert",
    "starts": "event",
    "ends": "event",
    "employer": "job",
    "closes": "job",
}
"""Fields that only one kind has."""
_LABELS = {
    "comment": "comment",
    "opinion": "comment",
    "news": "news",
    "event": "event",
    "job": "job",
    "vacancy": "job",
    "advertisement": "advert",
}
"""What a title may begin with, before a colon, to say of what kind it is."""
SUPPOSED = Found("news", "no sign of another kind; --kind changes it")
"""The kind of a piece that nothing says anything about."""
V = TypeVar("V")


def kind_of(piece: Piece, asked: Found | None = None) -> Found:
    """Return the kind of a piece, with the rule that gave it.

    ``asked`` is what the editor asks for. A piece that nothing says anything about is news.
    """
    if asked:
        return asked
    if "kind" in piece.fields:
        return piece.fields["kind"]
    if any(name.startswith("work.") for name in piece.fields):
        return Found("review", "it has a work that is reviewed")

    for name, kind in _SIGNS.items():
        if name in piece.fields:
            return Found(kind, f"it has '{name}'")
    return _by_label(piece) or SUPPOSED


def as_kind(piece: Piece, kind: str) -> Piece:
    """Return the piece as an item of this kind has it.

    Where sources cannot be a field, they are a list below the text. Any other field that such an
    item does not have is left out, and named. Without its file a picture is missing as a whole.
    """
    if "picture.src" not in piece.fields:
        piece = _with_picture_missing(piece)
    fields = dict(piece.fields)
    own = ITEM_OF_KIND[kind].model_fields
    if "sources" in fields and "sources" not in own:
        sources = fields.pop("sources")
        fields["body"] = _with_sources(fields.get("body"), sources)

    left_out = list(piece.left_out)
    for name, found in piece.fields.items():
        if name in fields and name.partition(".")[0] not in own:
            del fields[name]
            left_out.append(f"'{name}', which a {kind} does not have: {found.value}")
    return replace(piece, fields=fields, left_out=tuple(left_out))


def _by_label(piece: Piece) -> Found | None:
    """Return the kind that a title begins with, as in "Comment: What the law says"."""
    title = piece.fields.get("title")
    label, colon, _ = str(title.value if title else "").partition(":")
    kind = _LABELS.get(label.strip().casefold())
    if not colon or kind is None:
        return None
    return Found(kind, f'the title begins with "{label.strip()}"')


def _with_picture_missing(piece: Piece) -> Piece:
    """Return the piece with a note of its picture, if it speaks of one, in place of its parts.

    A picture that has a caption and no file would keep the whole issue from being read.
    """
    fields, parts = _apart(piece.fields)
    hints, hints_of_parts = _apart(piece.hints)
    if not parts and not hints_of_parts:
        return piece

    note = hints_of_parts.get("picture.src", "The file in images/, and what it shows")
    for name, found in parts.items():
        if str(found.value) not in note:
            note += f"; {name.partition('.')[2]}: {found.value}"
    return replace(piece, fields=fields, hints={**hints, "picture": note})


def _apart(named: Mapping[str, V]) -> tuple[dict[str, V], dict[str, V]]:
    """Return what has other names, and what is of a picture."""
    others: dict[str, V] = {}
    of_picture: dict[str, V] = {}
    for name, value in named.items():
        group = of_picture if name.startswith("picture.") else others
        group[name] = value
    return others, of_picture


def _with_sources(body: Found | None, sources: Found) -> Found:
    entries = "\n".join(map(_source, sources.value))
    listed = f"Sources:\n\n{entries}"
    if body is None:
        return Found(listed, sources.rule)
    return Found(f"{str(body.value).strip()}\n\n{listed}", body.rule)


def _source(source: Mapping[str, Any]) -> str:
    """Return a source as an entry of a list in Markdown."""
    title = re.sub(r"([\[\]])", r"\\\1", str(source.get("title", "")))
    facts = [title]
    if "url" in source:
        facts = [f"[{title}](<{source['url']}>)"]
    if "publisher" in source:
        facts.append(str(source["publisher"]))
    if "date" in source:
        facts.append(in_words(source["date"]))
    return f"- {', '.join(facts)}"
