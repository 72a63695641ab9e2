"""The values and functions that a theme's templates can use for one issue; templating.py says what
each is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from newsletter.email import merge_tags
from newsletter.email.running_order import running_order
from newsletter.email.teaser import Style, is_whole
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
from newsletter.text.holes import fill
from newsletter.theme import Theme

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
    "pictures_in",
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
    shows_all_of = partial(_shows_all_of, lead=issue.lead, format=format, style=publication.teasers)

    def anchor(item: Item) -> str:
        return item.key

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

    def pictures_in(item: Item) -> Mapping[str, Shown]:
        """Return the pictures within the text that is shown of an item."""
        in_body = pictures.in_bodies.get(item.key, {})
        return in_body if in_body and shows_all_of(item) else {}

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
        "pictures_in": pictures_in,
        "web_version_again": False,
    }


def _shows_all_of(item: Item, lead: Item | None, format: Format, style: Style) -> bool:
    """Return whether the email leaves nothing of an item to be read elsewhere."""
    if format.shows == "headlines":
        has_facts = isinstance(item, Event | Job | Review)
        return not (has_facts or item.teaser or item.body.strip())
    return is_whole(item, style, is_lead=item is lead)


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
