"""What is known of a page and its text, to a Piece."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from newsletter.importers.composing import piece_of
from newsletter.importers.lines.marks import is_heading, plain
from newsletter.importers.markdown_writer import markdown_of
from newsletter.importers.pages.addresses import host_of
from newsletter.importers.pages.facts import Facts
from newsletter.importers.pages.pictures import Pictures
from newsletter.importers.pages.words import bare
from newsletter.importers.piece import Found, Piece
from newsletter.model import Publication

_LEAD = re.compile(
    r'!\[(?P<alt>[^\[\]\\]*)\]\((?P<src>images/[^\s()]+)(?: "(?P<caption>[^"\\*_`]*)")?\)'
)
"""A picture by itself, whose words have no marks of Markdown."""
_RULE = "the picture above the text"
_NO_ALT = "What does the picture show? The page does not say."
_CUT_OFF = ("…", "...", "[…]", "[...]")
"""How a description ends that is cut off."""
_TOP = 12
"""Lines in which a page has its title."""
_ENOUGH = 40
"""Letters after which two texts count as the same."""


def assembled(
    body: str | Element,
    facts: Facts,
    publication: Publication,
    pictures: Pictures,
    address: str | None,
) -> Piece:
    """Return the piece whose text is ``body``, in HTML, and of which the facts are known."""
    if not host_of(address or ""):
        address = None
    text = markdown_of(body, address=address, picture=pictures.name)
    known = {**facts.fields, **_picture(facts.fields, pictures)}
    known = {name: found for name, found in known.items() if found.value is not None}

    markdown = _without_title(text.markdown, known)
    known, markdown = _without_lead(known, markdown)
    if "teaser" in known and _repeats(str(known["teaser"].value), markdown):
        del known["teaser"]

    piece = piece_of(_below_title(known, markdown), publication, known)
    fields = {name: found for name, found in piece.fields.items() if found.value}
    return replace(
        piece,
        fields=fields,
        pictures=pictures.files,
        hints={**piece.hints, **_hints(facts, fields)},
        repairs=piece.repairs + text.repairs,
        left_out=(*piece.left_out, *text.left_out, *pictures.left_out),
        number=facts.number or piece.number,
    )


def _without_title(text: str, known: Mapping[str, Found]) -> str:
    """Return the text without the heading in its first lines that is the title once more."""
    title = known.get("title")
    lines = text.split("\n")
    for line in lines[:_TOP]:
        if title and is_heading(line) and bare(plain(line)) == bare(plain(title.value)):
            lines.remove(line)
            break
    return "\n".join(lines).strip("\n")


def _without_lead(known: dict[str, Found], text: str) -> tuple[dict[str, Found], str]:
    """Return the fields with the picture above the text, unless there is another, and the text."""
    first, _, below = text.partition("\n")
    lead = _LEAD.fullmatch(first)
    src = lead["src"] if lead else None
    if lead is None or known.get("picture.src", Found(src, "")).value != src:
        return known, text

    words = {"src": src, "alt": lead["alt"], "caption": lead["caption"]}
    said = {f"picture.{name}": Found(value, _RULE) for name, value in words.items() if value}
    return {**said, **known}, below.lstrip("\n")


def _below_title(known: Mapping[str, Found], text: str) -> str:
    """Return the text below its title, so that no line of it is taken for that."""
    title = known.get("title")
    return f"# {title.value}\n\n{text}" if title and text else text


def _picture(fields: Mapping[str, Found], pictures: Pictures) -> dict[str, Found]:
    """Return the fields of the picture; their values are None if it is not to be had."""
    address = fields.get("picture.src")
    if address is None:
        return {}
    name = pictures.name(str(address.value))
    if name is None:
        return {field: Found(None, "") for field in fields if field.startswith("picture.")}
    return {"picture.src": Found(name, address.rule)}


def _repeats(teaser: str, body: str) -> bool:
    """Return whether a description is only the beginning of the text, or is cut off."""
    words = bare(plain(teaser))[:_ENOUGH]
    return teaser.rstrip().endswith(_CUT_OFF) or bare(plain(body)).startswith(words)


def _hints(facts: Facts, fields: Mapping[str, Found]) -> dict[str, str]:
    hints = {name: hint for name, hint in facts.hints.items() if name not in fields}
    if "picture.src" in fields and "picture.alt" not in fields:
        hints["picture.alt"] = _NO_ALT
    return hints
