"""Which issues have a share card, and what cards say.

A link that somebody shares is of a new issue, as a rule, and drawing those of 25 years would take
longer than the whole site. Which issues have a card depends on nothing but the issues themselves
and publication.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import PublishedIssue
from newsletter.pictures.cards import Card, Colours, unknown_letters
from newsletter.text.holes import fill
from newsletter.text.localised import long_date

OF_NEWSLETTER = "cards/newsletter.png"
"""The path of the card of pages that have none of their own."""
_NEWEST = 52
"""How many issues have a card if publication.yaml names no day: those of a year, as a rule."""
_BAND = ("band-a", "band-c", "band-g", "band-t")


def path_of(archive: Archive, issue: PublishedIssue) -> str:
    """Return the path of an issue's card from the site's root; empty if it has none."""
    if issue.day < _first_day(archive):
        return ""
    return f"cards/{issue.number}.png"


def _first_day(archive: Archive) -> date:
    """Return the day of the first issue that has a card."""
    oldest, *_ = archive.issues[-_NEWEST:]
    return archive.publication.pages.cards or oldest.day


def titles_left_out(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield the number of each issue whose card shows no title, and the letters that its font has
    not got.
    """
    for issue in archive.issues:
        letters = unknown_letters(issue.title) if path_of(archive, issue) else ""
        if letters:
            yield issue.number, letters


def card_of_issue(archive: Archive, issue: PublishedIssue) -> Card:
    """Return the card of an issue."""
    publication = archive.publication
    number = fill(archive.templates.words["issue"], {"number": issue.number})
    return Card(
        name=_name(archive),
        title=str(issue.title),
        details=(
            _drawable(number, issue.number),
            _drawable(long_date(issue.day, publication.language), issue.day.isoformat()),
        ),
        colours=_colours(archive),
    )


def card_of_newsletter(archive: Archive) -> Card:
    """Return the card of pages that have none of their own."""
    publication = archive.publication
    tagline = publication.tagline or ""
    return Card(name="", title=_name(archive), details=(tagline,), colours=_colours(archive))


def _name(archive: Archive) -> str:
    """Return the newsletter's name, or the host of its archive."""
    publication = archive.publication
    return _drawable(publication.name, urlsplit(publication.archive).hostname or "")


def _drawable(text: str, otherwise: str) -> str:
    """Return a text, or what stands for it if the font of cards has not all its letters: a card
    that says nothing would be a puzzle.
    """
    return otherwise if unknown_letters(text) else text


def _colours(archive: Archive) -> Colours:
    colours = archive.templates.palette.light
    return Colours(
        ground=colours["masthead"],
        ink=colours["on-masthead"],
        quiet=colours["on-masthead-quiet"],
        band=tuple(colours[name] for name in _BAND),
    )
