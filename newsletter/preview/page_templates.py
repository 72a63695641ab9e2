"""The templates of the pages around the email."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from newsletter.checks.manual import why
from newsletter.checks.verdict import counted, many, verdict
from newsletter.email.summary import minutes
from newsletter.files import relative_to_cwd
from newsletter.model.formats import GMAIL_CLIPS_AT

PAGES = Path(__file__).parent / "pages"


def render_page(name: str, **values: Any) -> str:
    """Return the page made from the template ``name``. Every value that is put in is escaped."""
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(**values)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "gmail_clips_at": GMAIL_CLIPS_AT,
        "counted": counted,
        "many": many,
        "verdict": verdict,
        "why": why,
    }
    filters: dict[str, Callable[..., Any]] = {
        "minutes": minutes,
        "bytes": _bytes,
        "kilobytes": _kilobytes,
        "number": _number,
        "day": _day,
        "short_day": _short_day,
        "relative_to_cwd": relative_to_cwd,
    }
    environment.filters |= filters
    return environment


def _bytes(text: str) -> int:
    return len(text.encode())


def _number(number: int) -> str:
    return f"{number:,}"


def _kilobytes(size: int) -> str:
    return f"{math.ceil(size / 1024):,} KB"


def _day(day: date) -> str:
    weekday = f"{day:%A}"
    month = f"{day:%B %Y}"
    return f"{weekday} {day.day} {month}"


def _short_day(day: date) -> str:
    month = f"{day:%b}"
    return f"{day.day} {month}"
