"""What a theme's templates can use: values, filters and functions, the same names for HTML and for
plain text.

values      issue, publication, shows (teasers, headlines or full), subject, preheader, welcome,
            words, logo, merge_tag.unsubscribe and the other merge tags; in their order in the
            email: lead, section_of_lead, contents (what is listed, in sections; of headlines, all),
            sections (without the lead), numbers (of the items, by their keys);
            web_version_again (whether the text says it at its end too, so that both parts have
            an even number of addresses)
functions   anchor(item), read_on(item), picture(item), action(item) (what its button or link says),
            calendar(item) (the address of the file that adds an event to a calendar)
filters     markdown, headline (a title with its emphasis), teaser; in the publication's language
            filled (a word with values in its holes), listing (A, B and C), separators (what
            is before each part of such a list), people (each with the role), date, full_date,
            period, weekday, month, day, hour, details; in plain text also wrap, underlined (a
            heading)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from newsletter.cache import program
from newsletter.email import merge_tags, wording
from newsletter.email.running_order import running_order
from newsletter.email.teaser import Style, is_whole, teaser
from newsletter.email.typesetting import blocks_in_type
from newsletter.errors import ThemeError
from newsletter.model import (
    EDITORIAL,
    Advert,
    Event,
    File,
    Format,
    Issue,
    Item,
    Job,
    Review,
    addresses,
)
from newsletter.pictures.preparing import OF_PUBLICATION, Pictures, Shown
from newsletter.text import markdown
from newsletter.text.cells import cells
from newsletter.text.direction import Direction, runs_against
from newsletter.text.holes import fill
from newsletter.text.wrapping import wrap
from newsletter.theme import Theme
from newsletter.theme.cache import SealedCode
from newsletter.theme.folder import read
from newsletter.theme.sandbox import Sandbox

HTML = "email.html"
_CALLED = ("email/templating.py", "email/wording.py")
"""The modules of what templates can call."""
LINE_WIDTH = "_line_width"
"""The name in the context of the plain text for how many cells a line may have."""
_SHORTEST_RULE = 4
"""Cells of the line below a heading; some programs take a shorter one for a signature's."""
VALUES = (
    "issue",
    "publication",
    "shows",
    "subject",
    "preheader",
    "welcome",
    "words",
    "merge_tag",
    "anchor",
    "read_on",
    "picture",
    "logo",
    "lead",
    "section_of_lead",
    "contents",
    "sections",
    "action",
    "calendar",
    "web_version_again",
    "numbers",
)
"""Every name that values() returns."""


def values(
    issue: Issue,
    theme: Theme,
    format: Format,
    pictures: Pictures,
    calendars: Mapping[str, File],
    subject: str,
    preheader: str,
) -> dict[str, Any]:
    """Return the values and functions for one issue. ``calendars`` are the files of its events, by
    the keys of these.
    """
    publication = issue.publication
    lead = issue.lead

    def anchor(item: Item) -> str:
        return item.key

    def shows_all_of(item: Item) -> bool:
        return _shows_all_of(item, format, publication.teasers, is_lead=item is lead)

    def read_on(item: Item) -> str | None:
        """Return the address of the whole piece; None if the email shows all of it and it has no
        page of its own.
        """
        if shows_all_of(item):
            return item.url
        return addresses.page_of(issue, item)

    def picture(item: Item) -> Shown | None:
        if item.picture is None:
            return None
        in_type = {"image": item.picture}
        return pictures.shown[item.key].model_copy(update=in_type)

    def action(item: Item) -> str | None:
        """Return what the link to the whole piece says; None if there is none, or no need of it."""
        if not read_on(item):
            return None
        among_teasers = format.shows != "full"
        is_complete = item.whole if among_teasers else shows_all_of(item)
        return item.action or _usual_action(item, theme.words, is_complete=is_complete)

    def calendar(item: Item) -> str | None:
        """Return the address of an event's calendar file; None if there is none."""
        file = calendars.get(item.key)
        return file.address if file else None

    welcome = issue.welcome or publication.welcome or ""
    return {
        "issue": issue,
        "publication": publication,
        "shows": format.shows,
        "subject": subject,
        "preheader": preheader,
        "welcome": merge_tags.from_written(welcome),
        "words": theme.words,
        "merge_tag": {name.replace("-", "_"): merge_tags.token(name) for name in merge_tags.NAMES},
        "anchor": anchor,
        "read_on": read_on,
        "picture": picture,
        "logo": pictures.shown.get(OF_PUBLICATION),
        "action": action,
        **running_order(issue, format.shows)._asdict(),
        "calendar": calendar,
        "web_version_again": False,
    }


def _shows_all_of(item: Item, format: Format, style: Style, *, is_lead: bool) -> bool:
    """Return whether the email leaves nothing of an item to be read elsewhere."""
    if format.shows == "headlines":
        has_facts = isinstance(item, Event | Job | Review)
        return not (has_facts or item.teaser or item.body.strip())
    return is_whole(item, style, is_lead=is_lead)


def _usual_action(item: Item, words: Mapping[str, Any], *, is_complete: bool) -> str | None:
    """Return what the theme says of the link to an item; None if the email shows all of it."""
    usual: str = words["actions"][item.kind]
    read_more: str = words["read_more"]
    if isinstance(item, EDITORIAL):
        return None if is_complete else usual
    if item.url is None:
        return None if is_complete else read_more

    advertiser = item.advertiser if isinstance(item, Advert) else ""
    return fill(usual, {"advertiser": advertiser})


@lru_cache(maxsize=32)
def html_environment(theme: Theme) -> jinja2.Environment:
    """Return the environment of the compiled template, which is there as ``email.html``."""
    loaders = [jinja2.DictLoader({HTML: theme.html}), _files(theme)]
    environment = _environment(jinja2.ChoiceLoader(loaders), autoescape=True)

    @lru_cache(maxsize=1024)
    def styled(blocks: markdown.Blocks, direction: Direction) -> Markup:
        html = markdown.to_html(blocks, theme.styles)
        if runs_against(direction, html.striptags()):
            return Markup('<div dir="auto">{}</div>').format(html)
        return html

    @jinja2.pass_context
    def to_html(context: Context, source: str) -> Markup:
        return styled(_blocks(context, source), context["publication"].direction)

    @jinja2.pass_context
    def teaser_as_html(context: Context, item: Item) -> Markup:
        return styled(_teaser(context, item), context["publication"].direction)

    environment.filters["markdown"] = to_html
    environment.filters["headline"] = _headline
    environment.filters["teaser"] = teaser_as_html
    return environment


@jinja2.pass_context
def _headline(context: Context, text: str) -> Markup:
    """Return a text of one line with its emphasis, set apart from what is around it if it runs the
    other way, so that brackets and full stops stay where they belong.
    """
    if isinstance(text, Markup):
        html, seen = text, text.striptags()
    else:
        html, seen = markdown.line_to_html(text), text

    if runs_against(context["publication"].direction, seen):
        return Markup("<bdi>{}</bdi>").format(html)
    return html


@lru_cache(maxsize=32)
def text_environment(theme: Theme) -> jinja2.Environment:
    """Return the environment of the plain-text template."""
    loader = _files(theme)
    environment = _environment(loader, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    environment.filters["markdown"] = _to_text
    environment.filters["headline"] = str
    environment.filters["teaser"] = _teaser_as_text
    environment.filters["wrap"] = _wrapped
    environment.filters["underlined"] = _underlined
    return environment


def _environment(loader: jinja2.BaseLoader, **options: Any) -> jinja2.Environment:
    environment = Sandbox(loader=loader, bytecode_cache=SealedCode(program(*_CALLED)), **options)
    environment.filters |= wording.FILTERS
    return environment


def _files(theme: Theme) -> jinja2.BaseLoader:
    """Return a loader of the theme's own files. They cannot change: other content is another
    Theme.
    """

    def source(name: str) -> tuple[str, str, None]:
        try:
            path = theme.folder.path(name)
        except ThemeError as error:
            message = error.problems[0].message.rstrip(".")
            raise jinja2.TemplateNotFound(name, message) from error
        return read(path), str(path), None

    return jinja2.FunctionLoader(source)


def _blocks(context: Context, source: str) -> markdown.Blocks:
    return blocks_in_type(markdown.tokens(source), context["publication"])


def _teaser(context: Context, item: Item) -> markdown.Blocks:
    publication = context["publication"]
    is_lead = item is context["lead"]
    short = teaser(item, publication.teasers, publication.language, is_lead=is_lead)
    return blocks_in_type(short, publication)


@jinja2.pass_context
def _to_text(context: Context, source: str) -> str:
    return markdown.to_text(_blocks(context, source), _width(context))


@jinja2.pass_context
def _teaser_as_text(context: Context, item: Item) -> str:
    blocks = _teaser(context, item)
    return markdown.to_text(blocks, _width(context))


@jinja2.pass_context
def _wrapped(context: Context, text: str, first: str = "", rest: str = "") -> str:
    lines = wrap(text, _width(context), first, rest)
    return "\n".join(lines)


@jinja2.pass_context
def _underlined(context: Context, heading: str) -> str:
    """Return a heading in lines, and below them a rule that is as wide."""
    publication = context["publication"]
    lines = wrap(heading, _width(context))
    width = max(map(cells, lines), default=0)
    rule = "-" * min(max(width, _SHORTEST_RULE), publication.text_width)
    return "\n".join([*lines, rule])


def _width(context: Context) -> int:
    width: int = context[LINE_WIDTH]
    return width
