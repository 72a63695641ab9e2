"""Forms to copy, as YAML: every field of a publication, an issue or a part of it.

Each has its purpose above it, and an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from newsletter.model import (
    ITEM_OF_SECTION,
    Advert,
    Comment,
    Correction,
    Elsewhere,
    Event,
    Format,
    Ignore,
    Image,
    Issue,
    Job,
    Link,
    LinkGroup,
    News,
    Notice,
    Noun,
    Pages,
    Person,
    Publication,
    Section,
    Selectors,
    Site,
    Source,
    Work,
)
from newsletter.model.walking import nouns_in


class Form(NamedTuple):
    """What a form describes, where it goes, and the lines above its fields that put them there."""

    noun: type[Noun]
    where: str
    above: tuple[str, ...] = ()
    is_entry: bool = False
    """Whether it is the entry of a list, which begins with a hyphen."""


_SECTIONS = {item: section for section, item in ITEM_OF_SECTION.items()}
_IN_AN_ITEM = "In an item, indented like its other fields."
FORMS: dict[str, Form] = {
    "publication": Form(Publication, "The whole of issues/publication.yaml."),
    "issue": Form(Issue, "The whole of issues/652/issue.yaml."),
    **{
        str(item.model_fields["kind"].default): Form(
            item,
            "In issue.yaml; or in a Markdown file, its fields alone, between two lines of three "
            "hyphens.",
            ("sections:", f"  - kind: {section}", "    items:"),
            is_entry=True,
        )
        for item, section in _SECTIONS.items()
    },
    "picture": Form(Image, _IN_AN_ITEM, ("picture:",)),
    "authors": Form(Person, _IN_AN_ITEM, ("authors:",), is_entry=True),
    "sources": Form(
        Source, "In a news story, indented like its other fields.", ("sources:",), is_entry=True
    ),
    "work": Form(Work, "In a review, indented like its other fields.", ("work:",)),
    "links": Form(
        LinkGroup,
        "In the work of a review, indented like its other fields.",
        ("links:",),
        is_entry=True,
    ),
    "formats": Form(Format, "In publication.yaml.", ("formats:",), is_entry=True),
    "corrections": Form(Correction, _IN_AN_ITEM, ("corrections:",), is_entry=True),
    "site": Form(Site, "In publication.yaml.", ("site:",)),
    "pages": Form(Pages, "In publication.yaml.", ("pages:",)),
    "ignore": Form(Ignore, "In issue.yaml or publication.yaml.", ("ignore:",), is_entry=True),
}
"""Every form, by name."""
KIND_OF_SECTION = {
    str(section): str(item.model_fields["kind"].default) for item, section in _SECTIONS.items()
}
"""The form for an item, by the section that holds it."""

_WORDS = "A museum opens a room of its own for the cells that we are made of..."
_EXAMPLES: dict[str | tuple[type[Noun], str], Any] = {
    "advertiser": "The Society of Examples",
    "affiliate": "The Society of Examples earns a little from what you buy through these links.",
    "alt": "A long table with microscopes",
    "approvals": "1",
    "archive": "https://www.example.org/issues/",
    "audience": "a1b2c3d4e5",
    "body": f"|\n  {_WORDS}\n\n  Its second paragraph, with a [link](https://www.example.org/).",
    "broadcast": "2012-04-16",
    "caption": "The room where visitors look at cells",
    "channel": "Channel Nine",
    "clients": ("gmail-web", "outlook-windows", "apple-mail-ios"),
    "comment_terms": "Be kind, and write under your own name.",
    "comments": "mailto:comments@example.org",
    "credit": "The museum",
    "action": "Sign up here",
    "closes": "2012-05-11",
    "credits": ("Directed by A. Maker", "Starring B. Player"),
    "date": "2012-04-16",
    "dates": "Until 30 June 2012",
    "day": "Monday",
    "direction": "ltr",
    "donate": "https://www.example.org/give",
    "employer": "The Society of Examples",
    "ends": "2012-04-20 20:00",
    "focus": "top",
    "forward": "https://www.example.org/forward",
    "from": "Our Newsletter <editor@example.org>",
    "height": "480",
    "home_page": "https://www.example.org/",
    "isbn": ('"9780000000002"',),
    "item": '"Exhibition Review: Cells"',
    "label": "Book",
    "language": "en-GB",
    "licence": "CC BY 4.0",
    "merge_tag_samples": "{first-name: reader}",
    "name": "Our Newsletter",
    "number": "652",
    "pictures": "https://www.example.org/pictures/",
    "pictures_to": "s3://example/pictures",
    "place": "Lecture Hall, 1 Example Street, London",
    "preferences": "https://www.example.org/preferences",
    "postal_address": "1 Example Street, London N1 1AA, United Kingdom",
    "preheader": "And what a museum has to say about it",
    "publisher": "The Society of Examples",
    "registration": "Registered charity 1234567",
    "republish": "You may show this piece whole, with its credit and a link to this page.",
    "reason": "The author has asked not to be named.",
    "reply_to": "answers@example.org",
    "cards": "2012-01-16",
    "related": ("651/cells", "652/palaces"),
    "role": "Lecturer in Examples, University of London",
    "rule": "missing-author",
    "service": "folder",
    "src": "images/lab.jpg",
    "starts": "2012-04-20 18:30",
    "social": ("{name: Mastodon, url: 'https://social.example.org/@ours'}",),
    "slug": "cells-in-a-museum",
    "syndicate": "mailto:syndicate@example.org",
    "subject": '"Our Newsletter 652: cells in a museum"',
    "feed": "https://www.example.org/feed/",
    "subscribe": "https://www.example.org/subscribe",
    "tagline": "News of cells, and of those who look at them",
    "teaser": _WORDS,
    "teasers": "sentences",
    "text_width": "72",
    "theme": "bionews",
    "time": '"17:00"',
    "time_zone": "Europe/London",
    "title": '"Exhibition Review: Cells"',
    "topics": ("museums", "cells"),
    "unsubscribe": "https://www.example.org/unsubscribe",
    "until": "2030-12-31",
    "url": "https://www.example.org/cells",
    "venue": "The museum, 2 Example Street, London",
    "welcome": "Welcome, [[first-name]], to this week's issue.",
    "why": "You get this email because you asked for it at www.example.org.",
    "width": "640",
    (News, "title"): "Museum opens a room of cells",
    (Comment, "title"): "A room of cells is worth more than a page on them",
    (Elsewhere, "title"): "How a museum keeps cells alive",
    (Event, "title"): '"Open evening: a room of cells"',
    (Job, "title"): '"Curator: a new room of cells"',
    (Notice, "title"): "Museum looks for visitors to its new room of cells",
    (Advert, "title"): "Visit the new room of cells",
    (Person, "name"): "Dr Ruth Example",
    (Publication, "formats"): (
        '{name: teasers, shows: teasers, audience: "a1b2c3d4e5:segment-17"}',
        '{name: full, shows: full, audience: "a1b2c3d4e5:segment-18", at_most: 95%}',
    ),
    (Correction, "text"): "The museum has 40 cells on show, not 400, as we wrote.",
    (Selectors, "title"): "h1",
    (Selectors, "date"): "time",
    (Selectors, "byline"): ".author",
    (Selectors, "affiliation"): ".author-role",
    (Selectors, "number"): ".appears-in",
    (Selectors, "section"): ".category",
    (Selectors, "teaser"): ".standfirst",
    (Selectors, "image"): ".lead-picture img",
    (Selectors, "caption"): ".lead-picture figcaption",
    (Selectors, "credit"): ".lead-picture .credit",
    (Selectors, "body"): "article .text",
    (Selectors, "references"): ".sources",
    (Site, "wordpress"): "https://www.example.org/",
    (Format, "name"): "full",
    (Format, "shows"): "full",
    (Format, "audience"): "a1b2c3d4e5:segment-18",
    (Format, "at_most"): "95%",
    (Publication, "logo"): "{src: logo.svg, alt: Our Newsletter}",
    (Section, "kind"): "news",
    (Section, "title"): "News of the week",
    (Section, "items"): ("file: cells-in-a-museum.md", "title: A court opens its files"),
    (Source, "title"): "Museum opens a room of cells",
    (Source, "publisher"): "The Example Times",
    (Work, "kind"): "exhibition",
    (Work, "title"): "Cells",
    (Link, "name"): "A bookshop",
}
"""An example for each field, as YAML; a tuple holds the entries of a list.

A name with its noun is looked up first.
"""


def form(kind: str) -> str:
    """Return the form of this name, one of FORMS: each field, with its description above it."""
    noun, where, above, is_entry = FORMS[kind]
    needed = ", ".join(_needed(noun))
    rest = f"Needed: {needed}. Everything else" if needed else "Everything"
    head = [f"# {where}", f"# {rest} may be left out.", ""]
    fields = list(_fields(noun))
    if is_entry:
        fields = _entry(fields)

    indent = " " * 2 * len(above)
    indented = [f"{indent}{line}".rstrip() for line in fields]
    return "\n".join([*head, *above, *indented]) + "\n"


def _needed(noun: type[Noun]) -> Iterator[str]:
    """Yield the names of the fields that cannot be left out."""
    for name, field in noun.model_fields.items():
        if field.is_required() and name != "publication":
            yield field.alias or name


def _fields(noun: type[Noun]) -> Iterator[str]:
    """Yield the lines of a noun's fields."""
    for name, field in noun.model_fields.items():
        if not field.description:  # the publication of an issue, the kind of an item
            continue

        yield f"# {field.description}"
        yield from _value(noun, field.alias or name, field)


def _value(noun: type[Noun], name: str, field: FieldInfo) -> Iterator[str]:
    """Yield the lines of a field with its example, or with the fields of the noun in it."""
    example = _EXAMPLES.get((noun, name), _EXAMPLES.get(name))
    nested = next(nouns_in(field.annotation), None)
    if isinstance(example, tuple):
        yield f"{name}:"
        yield from (f"  - {value}" for value in example)
    elif example is not None:
        yield from f"{name}: {example}".split("\n")
    elif nested:
        yield f"{name}:"
        fields = list(_fields(nested))
        if _is_list(field):
            fields = _entry(fields)
        yield from (f"  {line}".rstrip() for line in fields)
    else:
        yield f"{name}: {str(field.default).lower()}"


def _is_list(field: FieldInfo) -> bool:
    kinds = (field.annotation, *get_args(field.annotation))
    return any(get_origin(kind) is tuple for kind in kinds)


def _entry(lines: list[str]) -> list[str]:
    """Return fields as the entry of a list: a hyphen before the first, below its description."""
    entry: list[str] = []
    mark = "- "
    for line in lines:
        if line.startswith("#") and mark == "- ":
            entry.append(line)
            continue

        entry.append(mark + line)
        mark = "  "
    return entry
