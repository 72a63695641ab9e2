"""A Piece: what an importer has read, before it is an item of an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class Found(NamedTuple):
    """The value of a field, and how it was found."""

    value: Any
    """As issue.yaml has it: a text, a day, a list, named fields."""
    rule: str
    """The rule that gave it, in a few words: "the line after the title"."""


class PictureFile(NamedTuple):
    """A picture that came with a piece."""

    name: str
    """The name that it gets among the pictures: ASCII letters, digits, hyphens, an ending."""
    content: bytes


class Related(NamedTuple):
    """Another piece that a page leads to. Its author is never the piece's own."""

    title: str | None
    date: date | None
    author: str | None
    teaser: str | None
    url: str | None


@dataclass(frozen=True)
class Piece:
    """What a source says, field by field. What it does not say is not here."""

    fields: Mapping[str, Found]
    """By name as in issue.yaml; a field within another has the outer one's name before it:
    ``work.title``, ``picture.alt``. ``body`` is Markdown. ``kind`` is there only if it is known."""
    pictures: tuple[PictureFile, ...] = ()
    """The files that ``picture.src`` and the body name, as ``images/name``."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """For a field that is not there, what may help: "Sent by Zoë Volunteer: is it hers?"."""
    repairs: tuple[str, ...] = ()
    """What was changed on the way in, each a sentence: links unwrapped, letters repaired."""
    left_out: tuple[str, ...] = ()
    """What of the source is not in the piece, each a sentence: a signature, hidden text."""
    number: str | None = None
    """The issue that it says it appeared in."""
    related: tuple[Related, ...] = ()
    """The pieces that its page leads to."""
