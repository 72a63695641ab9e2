"""The filters of templates that depend on the publication's language: words with holes, dates and
hours, lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape, soft_str

from newsletter.model import Event, Person, Work
from newsletter.text import localised
from newsletter.text.direction import kept_apart, mark_after
from newsletter.text.holes import fill, pieces
from newsletter.text.localised import ListStyle

_HOURS = re.compile(r"[^ ]+–[^ ]+")
"""The hours of an event: within them, no space breaks."""
_ON_ONE_LINE = Markup('<span style="white-space:nowrap">{}</span>')


@jinja2.pass_context
def _filled(context: Context, word: str, **values: object) -> str:
    """Return a word with values in its holes: Issue 652."""
    return _fill(context, word, values)


@jinja2.pass_context
def _listing(context: Context, parts: Iterable[str], style: ListStyle = "standard") -> str:
    """Return parts in a row: A, B and C; with "or": A, B or C; with "commas": A, B, C."""
    parts = list(parts)
    pattern = localised.list_pattern(parts, style, _language(context))
    return _fill(context, pattern, {str(position): part for position, part in enumerate(parts)})


@jinja2.pass_context
def _separators(context: Context, parts: Iterable[str], style: ListStyle = "standard") -> list[str]:
    """Return what comes before each part of a list: nothing, ", " and " and "."""
    parts = list(parts)
    pattern = localised.list_pattern(parts, style, _language(context))
    direction = context["publication"].direction
    marks = ["", *(mark_after(part, direction) for part in parts)]
    return [mark + piece for mark, piece in zip(marks, pieces(pattern)[:-1], strict=False)]


@jinja2.pass_context
def _people(context: Context, people: Sequence[Person]) -> list[str]:
    """Return the name of each person, with the role: in brackets, if there are several people."""
    words = context["words"]
    with_role = words["person"] if len(people) == 1 else words["one_of_several"]
    return [
        _fill(context, with_role, vars(person)) if person.role else person.name for person in people
    ]


def _in_language(write: Callable[[Any, str], str]) -> Callable[[Context, Any], str]:
    """Return a filter that writes a day or a time as ``write`` does, in the email's language."""

    @jinja2.pass_context
    def written(context: Context, moment: Any) -> str:
        return write(moment, _language(context))

    return written


@jinja2.pass_context
def _period(context: Context, event: Event) -> str:
    """Return when an event is: Friday, 20 April 2012, 18:30–20:00. In HTML, its hours are kept on
    one line: all programs would break it after the dash, and Outlook may show a box for the
    character that forbids it (U+2060).
    """
    period = localised.period(event.starts, event.ends, _language(context))
    hours = _HOURS.search(period)
    if not hours or not context.eval_ctx.autoescape:
        return period

    before, after = period[: hours.start()], period[hours.end() :]
    return escape(before) + _ON_ONE_LINE.format(hours[0]) + after


@jinja2.pass_context
def _details(context: Context, work: Work) -> list[str]:
    """Return the details of a work, one line each, in the order readers expect."""
    words = context["words"]
    lines = list(work.credits)
    if work.publisher:
        lines.append(_fill(context, words["publisher"], {"publisher": work.publisher}))
    if work.isbn:
        numbers = _listing(context, work.isbn, "commas")
        lines.append(_fill(context, words["isbn"], {"number": numbers}))

    on_air = []
    if work.channel:
        on_air.append(work.channel)
    if work.broadcast:
        day = localised.long_date(work.broadcast, _language(context))
        on_air.append(_fill(context, words["broadcast"], {"date": day}))
    if on_air:
        lines.append(_listing(context, on_air, "commas"))

    if work.venue:
        lines.append(work.venue)
    if work.dates:
        lines.append(work.dates)
    return lines


def _fill(context: Context, text: str, values: Mapping[str, object]) -> str:
    """Return the text with values in its holes, each kept apart from what follows; in HTML as
    markup, with all else escaped.
    """
    if context.eval_ctx.autoescape:
        text = escape(text)
    direction = context["publication"].direction
    return fill(
        text, {name: kept_apart(soft_str(value), direction) for name, value in values.items()}
    )


def _language(context: Context) -> str:
    language: str = context["publication"].language
    return language


WORDS_OF_FILTERS = {
    "actions",
    "broadcast",
    "isbn",
    "one_of_several",
    "person",
    "publisher",
    "read_more",
}
"""The words that are used here and in templating.py, so that no template names them."""
FILTERS = {
    "filled": _filled,
    "listing": _listing,
    "separators": _separators,
    "people": _people,
    "date": _in_language(localised.long_date),
    "full_date": _in_language(localised.full_date),
    "weekday": _in_language(localised.weekday),
    "month": _in_language(localised.month),
    "month_of_year": _in_language(localised.month_of_year),
    "year": _in_language(localised.year),
    "day": _in_language(localised.day_number),
    "hour": _in_language(localised.hour),
    "period": _period,
    "details": _details,
}
