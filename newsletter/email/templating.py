"""What a theme's templates can use: values, filters and functions, the same names for HTML and for
plain text.

values      issue, publication, shows (teasers, headlines or full), subject, preheader, welcome,
            words, logo, merge_tag.unsubscribe and the other merge tags; in their order in the
            email: lead, section_of_lead, contents (what is listed, in sections; of headlines, all),
            sections (without the lead), numbers (of the items, by their keys);
            web_version_again (whether the text says it at its end too, so that both parts have
            an even number of addresses)
functions   anchor(item), read_on(item), picture(item), action(item) (what its button or link says),
            calendar(item) (the address of the file that adds an event to a calendar),
            pictures_in(item) (those within the text that is shown of it)
filters     markdown, headline (a title with its emphasis), teaser (what is shown of an item's
            text); in HTML, both markdown and teaser take the level of the highest headings in the
            text, 2 and 4 if none is given, as in teaser(3); in the publication's language
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
from newsletter.email import wording
from newsletter.email.teaser import teaser
from newsletter.email.typesetting import blocks_in_type
from newsletter.errors import ThemeError
from newsletter.model import Item
from newsletter.pictures.preparing import Shown
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
_CALLED = ("email/templating.py", "email/template_values.py", "email/wording.py")
"""The modules of what templates can call."""
LINE_WIDTH = "_line_width"
"""The name in the context of the plain text for how many cells a line may have."""
_SHORTEST_RULE = 4
"""Cells of the line below a heading; some programs take a shorter one for a signature's."""
_BELOW_MASTHEAD, _BELOW_TITLES = 2, 4
"""The levels of headings in a text by itself, and in that of an item; a template may say others."""


@lru_cache(maxsize=32)
def html_environment(theme: Theme) -> jinja2.Environment:
    """Return the environment of the compiled template, which is there as ``email.html``."""
    loaders = [jinja2.DictLoader({HTML: theme.html}), _files(theme)]
    environment = _environment(jinja2.ChoiceLoader(loaders), autoescape=True)

    @lru_cache(maxsize=1024)
    def styled(blocks: markdown.Blocks, direction: Direction, level: int) -> Markup:
        return _styled(blocks, theme, direction, level, {})

    @jinja2.pass_context
    def to_html(context: Context, source: str, level: int = _BELOW_MASTHEAD) -> Markup:
        return styled(_blocks(context, source), context["publication"].direction, level)

    @jinja2.pass_context
    def teaser_as_html(context: Context, item: Item, level: int = _BELOW_TITLES) -> Markup:
        blocks, direction = _teaser(context, item), context["publication"].direction
        shown = context["pictures_in"](item)
        if shown:
            return _styled(blocks, theme, direction, level, shown)
        return styled(blocks, direction, level)

    environment.filters["markdown"] = to_html
    environment.filters["headline"] = headline
    environment.filters["teaser"] = teaser_as_html
    return environment


def _styled(
    blocks: markdown.Blocks,
    theme: Theme,
    direction: Direction,
    level: int,
    pictures: Mapping[str, Shown],
) -> Markup:
    """Return the HTML of an author's text, which may run the other way."""
    html = markdown.to_html(blocks, theme.styles, level=level, pictures=pictures)
    if runs_against(direction, html.striptags()):
        return Markup('<div dir="auto">{}</div>').format(html)
    return html


@jinja2.pass_context
def headline(context: Context, text: str) -> Markup:
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
    return _as_text(context, _blocks(context, source))


@jinja2.pass_context
def _teaser_as_text(context: Context, item: Item) -> str:
    return _as_text(context, _teaser(context, item))


def _as_text(context: Context, blocks: markdown.Blocks) -> str:
    words = context["words"]
    about_picture = _about_picture(words["labelled"], words["picture"])
    return markdown.to_text(blocks, _width(context), about_picture)


@lru_cache(maxsize=32)
def _about_picture(labelled: str, picture: str) -> str:
    """Return what the plain text has for a picture, with a hole for its words."""
    return f"[{fill(labelled, {'label': picture, 'text': '{text}'})}]"


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
