"""Count where the bytes of an HTML email go, and what each item costs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from newsletter.email.building import theme_of
from newsletter.email.merge_tags import own_email
from newsletter.email.rendering import render
from newsletter.email.summary import word_count
from newsletter.email.typesetting import line_in_type
from newsletter.model import Email, Format, Issue, Item, Section
from newsletter.pictures.preparing import Pictures

Kind = Literal["text", "addresses", "styles", "outlook", "tags"]
_UNLIMITED = 1_000_000
"""A share in per cent that no HTML has."""
KINDS: tuple[Kind, ...] = get_args(Kind)
# Conditional comments come first: one that is revealed to others, or one that is hidden whole.
_PIECE = re.compile(
    r"(?P<outlook><!--\[if [^\]]*\]><!-->|<!--<!\[endif\]-->|<!--\[if .*?<!\[endif\]-->)"
    r"|(?P<styles><style\b.*?</style>)"
    r"|(?P<tags><!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<styles>\sstyle=(?:\"[^\"]*\"|'[^']*'))"
    r"|(?<=\s)(?:href|src)=(?P<q>[\"'])(?P<addresses>.*?)(?P=q)"
    r"|(?<=\s)(?:alt|title|aria-label)=(?P<p>[\"'])(?P<text>.*?)(?P=p)",
    re.DOTALL,
)


class ItemWeight(NamedTuple):
    """What an item adds to the email, its entry in the contents included, in bytes of each kind."""

    title: str
    """In type, as the email shows it."""
    bytes: Counter[Kind]

    @property
    def total(self) -> int:
        """Bytes of all kinds."""
        return self.bytes.total()


class FormatWeight(NamedTuple):
    """What the email of one format weighs."""

    format: Format
    html: int
    """Bytes."""
    words: int
    """Of its plain text."""
    shortened: list[str]
    """The titles, in type, of the pieces of which it shows teasers to fit."""


def pieces(html: str) -> Iterator[tuple[Kind, str]]:
    """Yield the HTML in pieces, each with its kind; joined, they are the HTML."""
    end = 0
    for match in _PIECE.finditer(html):
        if match.start() > end:
            yield "text", html[end : match.start()]

        kind = _kind(match)
        if kind == "tags":
            yield from _pieces_of_tag(match[0])
        else:
            yield kind, match[0]
        end = match.end()

    if end < len(html):
        yield "text", html[end:]


def _pieces_of_tag(tag: str) -> Iterator[tuple[Kind, str]]:
    end = 0
    for match in _ATTRIBUTE.finditer(tag):
        kind = _kind(match)
        start, stop = match.span(kind)
        yield "tags", tag[end:start]
        if start < stop:
            yield kind, tag[start:stop]
        end = stop

    yield "tags", tag[end:]


def _kind(match: re.Match[str]) -> Kind:
    """Return the kind after which the matching group is named."""
    name = match.lastgroup
    return next(kind for kind in KINDS if kind == name)


def weigh(html: str) -> Counter[Kind]:
    """Return the bytes of each kind; together they are the bytes of the HTML."""
    weight: Counter[Kind] = Counter(dict.fromkeys(KINDS, 0))
    for kind, piece in pieces(html):
        encoded = piece.encode()
        weight[kind] += len(encoded)
    return weight


def weigh_format(email: Email) -> FormatWeight:
    """Return what an email with neutral merge tags weighs in its format."""
    publication = email.issue.publication
    shortened = [
        line_in_type(item.title, publication)
        for item in email.issue.items
        if item.key in email.shortened
    ]
    own = own_email(email)
    return FormatWeight(email.format, len(own.html.encode()), word_count(own.text), shortened)


def weigh_items(email: Email, templates: Path, pictures: Pictures) -> list[ItemWeight]:
    """Return what each item costs: how much smaller the email would be without it.

    ``email`` has neutral merge tags, and shows ``pictures``. If it shows teasers of pieces to fit,
    each item costs what it would if all were whole.
    """
    format = email.format.model_copy(update={"at_most": _UNLIMITED})
    texts = {"subject": email.subject, "preheader": email.preheader}
    issue = email.issue.model_copy(update=texts)

    theme = theme_of(issue, templates)
    whole = weigh(own_email(render(issue, theme, format, pictures)).html)
    weights: list[ItemWeight] = []
    for item in issue.items:
        smaller = render(_without(issue, item), theme, format, pictures)
        rest = weigh(own_email(smaller).html)
        cost = {kind: whole[kind] - rest[kind] for kind in KINDS}
        title = line_in_type(item.title, issue.publication)
        weights.append(ItemWeight(title, Counter(cost)))
    return weights


def _without(issue: Issue, item: Item) -> Issue:
    """Return the issue without an item, and without its section if that is then empty."""
    sections: list[Section] = []
    for section in issue.sections:
        items = tuple(other for other in section.items if other is not item)
        if items:
            sections.append(section.model_copy(update={"items": items}))
    return issue.model_copy(update={"sections": tuple(sections)})
