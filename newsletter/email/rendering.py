"""Turn an Issue and a Theme into an Email, with Jinja2 alone: the theme is compiled already."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jinja2

from newsletter.email.calendar import calendars
from newsletter.email.fitting import Full, fitted, in_full
from newsletter.email.long_lines import with_short_lines
from newsletter.email.mentions import mentions
from newsletter.email.merge_tags import filled_html, own_values
from newsletter.email.running_order import running_order
from newsletter.email.teaser import teaser
from newsletter.email.template_values import values
from newsletter.email.templating import (
    HTML,
    LINE_WIDTH,
    html_environment,
    text_environment,
)
from newsletter.email.typesetting import blocks_in_type, breakable, lines_in_type
from newsletter.errors import ThemeError
from newsletter.model import Email, Format, Issue, Publication
from newsletter.model.addresses import pictures_in_body
from newsletter.pictures.preparing import NO_PICTURES, Pictures
from newsletter.text.direction import right_to_left
from newsletter.text.holes import fill
from newsletter.text.markdown import running_text, to_line
from newsletter.text.wrapping import UNLIMITED, words
from newsletter.theme import Theme
from newsletter.theme.faults import FAULTS, theme_error
from newsletter.theme.folder import TEMPLATE, TEXT_TEMPLATE

LONGEST_SUBJECT = 78
"""Characters: more than inboxes show, and one line of a header (RFC 5322, 2.1.1)."""
_SHORTEST_TITLE = 30
"""Characters of the leading title that a subject always shows, however long the publication's name
is."""
LONGEST_PREHEADER = 100
"""Characters: about what inboxes show after a subject."""
_SHORTEST_PREHEADER = 40
"""Characters; if there are fewer, inboxes fill the room with whatever comes next in the email."""
_SOONEST_STOP = 3
"""A text is not shortened to a stop in the first third of the room."""
_STOP = re.compile(r"\s[–—-]\s|[:;?!,]\s")
_MANY_EMPTY_LINES = re.compile(r"\n\n\n\n+")
_BETWEEN = " · "


def render(
    issue: Issue, theme: Theme, format: Format | None = None, pictures: Pictures = NO_PICTURES
) -> Email:
    """Return the email of an issue in a ``format``; if none is named, in its leading one.

    It shows ``pictures``, those that were prepared for the issue. The same issue, theme, format and
    pictures give the same email, to the byte.

    Raise ThemeError, with the file and line, if a template uses what does not exist, and ValueError
    if the picture of an item was not prepared.
    """
    _require_prepared(issue, pictures)
    format = format or issue.publication.leading_format
    typeset = lines_in_type(issue)
    subject = breakable(_subject(typeset, theme.words["labelled"]))
    preheader = breakable(typeset.preheader or _preheader(typeset, subject))
    events = calendars(issue)

    def context_of(view: Issue) -> dict[str, Any]:
        return values(view, theme, format, pictures, events, subject, preheader)

    def html_of(view: Issue) -> str:
        return _html(theme, context_of(view))

    view, html, shortened = _in_format(typeset, format, html_of)
    text, paragraphs = _text(theme, context_of(view), html)
    files = (*pictures.files, *events.values())
    return Email(
        issue=issue,
        format=format,
        subject=subject,
        preheader=preheader,
        html=html,
        text=text,
        paragraphs=paragraphs,
        files=tuple(file for file in files if file.name in html or file.name in text),
        shortened=shortened,
    )


def _in_format(issue: Issue, format: Format, html_of: Callable[[Issue], str]) -> Full:
    """Return the issue as a format shows it, and its HTML, empty if the format has none."""
    if format.shows == "full" and format.has_html:
        tags = own_values(issue)

        def fits(html: str) -> bool:
            return len(filled_html(html, tags).encode()) <= format.most_bytes

        return fitted(issue, html_of, fits)

    view = in_full(issue) if format.shows == "full" else issue
    html = html_of(view) if format.has_html else ""
    return Full(view, html, shortened=())


def _html(theme: Theme, context: dict[str, Any]) -> str:
    templates = html_environment(theme)
    try:
        html = templates.get_template(HTML).render(context)
    except FAULTS as error:
        raise _fault_in_source(theme, templates, context, error) from error
    return with_short_lines(html)


def _text(theme: Theme, context: dict[str, Any], html: str) -> tuple[str, str]:
    """Return the plain text of an email with this HTML, and its paragraphs, each on one line."""
    publication = context["publication"]
    at_width = {LINE_WIDTH: publication.text_width}
    try:
        template = text_environment(theme).get_template(TEXT_TEMPLATE)
        text = template.render(context | at_width)
        if html and mentions(html, text) % 2:
            context["web_version_again"] = True
            text = template.render(context | at_width)
        paragraphs = template.render(context | {LINE_WIDTH: UNLIMITED})
    except FAULTS as error:
        raise _theme_error(theme, error) from error
    return _readable(text, publication), _readable(paragraphs, publication)


def _require_prepared(issue: Issue, pictures: Pictures) -> None:
    for item in issue.items:
        is_lacking = item.picture and item.key not in pictures.shown
        in_body = pictures.in_bodies.get(item.key, {})
        if is_lacking or pictures_in_body(item).keys() - in_body.keys():
            message = f"a picture of '{item.title}' was not prepared"
            raise ValueError(message)


def _subject(issue: Issue, labelled: str) -> str:
    """Return the issue's own subject, or its number and the leading title, shortened if it is too
    long for an inbox. ``labelled`` is the theme's word that puts a colon between the two.
    """
    if issue.subject:
        return issue.subject

    label = f"{issue.publication.name} {issue.number}"
    start = fill(labelled, {"label": label, "text": ""})
    room = max(LONGEST_SUBJECT - len(start), _SHORTEST_TITLE)
    return fill(labelled, {"label": label, "text": _shortened(_titles(issue)[0], room)})


def _preheader(issue: Issue, subject: str) -> str:
    """Return the next titles, as many as fit whole. If these are only a few words, add the start of
    one more; if there is a single item, return the start of its text.
    """
    titles = _titles(issue)
    if not issue.subject:  # the first is in the subject already
        del titles[0]
    if not titles:
        text = _text_of_first(issue) or issue.publication.tagline or subject
        return _shortened(text, LONGEST_PREHEADER)

    preheader = _shortened(titles[0], LONGEST_PREHEADER)
    for title in titles[1:]:
        room = LONGEST_PREHEADER - len(preheader) - len(_BETWEEN)
        if len(title) > room and len(preheader) >= _SHORTEST_PREHEADER:
            break
        preheader += _BETWEEN + _shortened(title, room)
    return preheader


def _text_of_first(issue: Issue) -> str:
    """Return what the email shows of its first item, on one line."""
    publication = issue.publication
    first = next(running_order(issue).items)
    is_lead = first is issue.lead
    short = teaser(first, publication.teasers, publication.language, is_lead=is_lead)
    blocks = blocks_in_type(running_text(short), publication)
    return " ".join(to_line(block) for block in blocks if block.type == "inline")


def _titles(issue: Issue) -> list[str]:
    """Return the titles that an issue is known by: not those of adverts, unless there is nothing
    else.
    """
    titles: list[str] = []
    of_adverts: list[str] = []
    for item in running_order(issue).items:
        if item.kind == "advert":
            of_adverts.append(item.title)
        else:
            titles.append(item.title)
    return titles or of_adverts


def _shortened(text: str, longest: int) -> str:
    """Return the text, or its start up to a dash or other stop, or else up to a word, and "…"."""
    if len(text) <= longest:
        return text

    stops = [stop.start() for stop in _STOP.finditer(text[: longest + 1])]
    if stops and stops[-1] >= longest // _SOONEST_STOP:
        return text[: stops[-1]]

    end = longest - 1
    for word in words(text):
        if word.end() >= longest:
            break
        end = word.end()
    return text[:end] + "…"


def _readable(text: str, publication: Publication) -> str:
    """Return a plain text, tidy and running in the publication's direction."""
    tidy = _tidy(text)
    if publication.direction == "rtl":
        return right_to_left(tidy)
    return tidy


def _tidy(text: str) -> str:
    """Return the text without spaces at line ends, at most two empty lines in a row, one line break
    at the end.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    tidy = _MANY_EMPTY_LINES.sub("\n\n\n", "\n".join(lines))
    return tidy.strip("\n") + "\n"


def _fault_in_source(
    theme: Theme, templates: jinja2.Environment, context: dict[str, Any], error: Exception
) -> ThemeError:
    """Return the fault with its place in the theme's own files, which the compiled template no
    longer knows.
    """
    try:
        templates.get_template(TEMPLATE).render(context)
    except FAULTS as in_source:
        error = in_source
    return _theme_error(theme, error)


def _theme_error(theme: Theme, error: Exception) -> ThemeError:
    hint = "Compare the name with newsletter/email/templating.py."
    return theme_error(theme.folder, TEMPLATE, error, hint)
