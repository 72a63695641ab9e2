"""What was probably meant by an unknown name: it is misspelt, or another program's word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import get_args

from newsletter.manifest.nouns import field_names
from newsletter.model import (
    ITEM_OF_SECTION,
    Format,
    Image,
    Issue,
    Link,
    Noun,
    Publication,
    Section,
    Source,
    Work,
)
from newsletter.model.formats import Shows

_OTHER_WORDS = {
    "title": "headline heading",
    "name": "label title",
    "authors": "by byline writer writers",
    "url": "link href website web address",
    "teaser": "summary standfirst intro introduction abstract excerpt",
    "body": "text content article",
    "picture": "image photo photograph img",
    "alt": "description",
    "credit": "photographer copyright",
    "src": "file filename image",
    "place": "location venue where address",
    "venue": "location place where",
    "starts": "start begins when time",
    "ends": "end until",
    "closes": "deadline closing expires",
    "action": "button cta",
    "focus": "crop gravity position focal focal_point",
    "audience": "list segment group tag readers recipients",
    "at_most": "limit maximum max",
    "credits": "director cast starring author authors by",
    "advertiser": "sponsor client",
}
"""Fields, and what they are called in other programs."""
_PARTS: dict[str, type[Noun]] = {"'work:'": Work, "'picture:'": Image, "'sources:'": Source}
"""The parts of an item that have fields of their own."""
_LONGEST = 60
"""Characters of a name that are compared; difflib takes long over more."""
_ALIKE = 0.75
_ALIKE_IF_FIRST_LETTER_IS = 0.6
"""How alike two words are (difflib's ratio) for one to be a misspelling of the other.

Typing mistakes often keep the first letter; without it, a word must be nearer.
"""


def fields_meant_by(name: object, noun: type[Noun] | None) -> tuple[str, ...]:
    """Return the fields of a noun that are probably meant by a name that it does not have."""
    if _is_section_written_as_field(name, noun):
        return ("sections",) if noun is Issue else ("kind", "items")
    if is_name_of_link(name, noun):
        return ("name", "url")
    if _is_name_of_format(name, noun):
        return ("name", "shows")
    meant = _other_word_for(name, noun) or _nearest(name, field_names(noun))
    return (meant,) if meant else ()


def is_name_of_link(name: object, noun: type[Noun] | None) -> bool:
    """Return whether an editor has written ``Mastodon: https://…`` for a link of this name."""
    if noun is not Link:
        return False
    return not (_other_word_for(name, noun) or _nearest(name, field_names(noun)))


def instead_of_field(name: object, noun: type[Noun] | None) -> str:
    """Return the hint for a name that is no field of a noun."""
    if _is_section_written_as_field(name, noun):
        section = f"Write 'kind: {name}'"
        if noun is Issue:
            section = f"Below 'sections:', write '- kind: {name}'"
        return f"{section} and, in the next line, 'items:' for the pieces."

    if meant := _other_word_for(name, noun):
        return f"Did you mean '{meant}'?"
    if _is_name_of_format(name, noun):
        return f"Write '- name: {name}' and, in the next line, 'shows: {name}'."

    known = [field for field in field_names(noun) if field != name]
    owners = _owners(str(name), noun)
    if owners and not _very_near(name, known):
        return f"It is a field of {' and of '.join(owners)}."
    return instead_of_word(name, known)


def instead_of_word(word: object, known: Iterable[str]) -> str:
    """Return the hint for an unknown word: the known one that was meant, or all of them."""
    words = list(known)
    if near := _nearest(word, words):
        return f"Did you mean '{near}'?"
    return f"Use one of: {', '.join(words)}."


def _is_section_written_as_field(name: object, noun: type[Noun] | None) -> bool:
    """Return whether an editor has written ``news:`` for a section of the kind 'news'."""
    has_sections = noun in (Section, Issue)
    return has_sections and name in ITEM_OF_SECTION


def _is_name_of_format(name: object, noun: type[Noun] | None) -> bool:
    """Return whether an editor has written ``teasers:`` for a format of this name."""
    return noun is Format and name in get_args(Shows)


def _owners(name: str, noun: type[Noun] | None) -> list[str]:
    """Return what has a field of this name: kinds of section, parts of an item, or another file.

    Return nothing if every item has it, and the name is in one.
    """
    if noun in (Issue, Section) and name in field_names(Publication):
        return ["publication.yaml"]

    sections = [section for section, item in ITEM_OF_SECTION.items() if name in item.model_fields]
    if len(sections) == len(ITEM_OF_SECTION):
        return ["items"] if noun in (Issue, Section) else []

    parts = [part for part, noun in _PARTS.items() if name in noun.model_fields]
    return sections + parts


def _other_word_for(name: object, noun: type[Noun] | None) -> str | None:
    """Return the field of a noun that goes by another name elsewhere: 'by' for its authors."""
    fields = field_names(noun)
    written = str(name).lower()
    for field, other_words in _OTHER_WORDS.items():
        if field in fields and written in other_words.split():
            return field
    return None


def _nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to one that may be misspelt; None if none is near."""
    if near := _very_near(word, known):
        return near

    words = {one.lower(): one for one in known}
    written = str(word)[:_LONGEST].lower()
    for near in difflib.get_close_matches(written, words, n=1, cutoff=_ALIKE_IF_FIRST_LETTER_IS):
        if near[:1] == written[:1]:
            return words[near]
    return None


def _very_near(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that differs by a letter or two; None if there is none."""
    words = {one.lower(): one for one in known}
    written = str(word)[:_LONGEST].lower()
    for near in difflib.get_close_matches(written, words, n=1, cutoff=_ALIKE):
        return words[near]
    return None
