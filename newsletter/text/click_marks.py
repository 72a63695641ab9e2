"""Parameters of a web address that belong to one click, one mailing or one person."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import unquote_plus

from newsletter.text.normalise import CLICK_PARAMETERS

_OF_ONE_PERSON = ("email", "e-mail", "email_address", "emailaddress", "user_email", "recipient")
_BETWEEN = re.compile("[&;]")


class Mark(NamedTuple):
    """A parameter of a web address."""

    name: str
    value: str

    @property
    def is_of_a_click(self) -> bool:
        """Whether its value belongs to one click or one person."""
        name = self.name.lower()
        is_of_one_person = name in _OF_ONE_PERSON and "@" in self.value
        return is_of_one_person or name in CLICK_PARAMETERS

    @property
    def is_of_a_mailing(self) -> bool:
        """Whether its value says where a visitor comes from."""
        return self.name.lower().startswith("utm_")


def marks_of(address: str) -> list[Mark]:
    """Return each parameter of a web address that has a value."""
    before, _, _ = address.partition("#")
    page, _, query = before.partition("?")
    if not page.lower().startswith(("http://", "https://")):
        return []

    marks: list[Mark] = []
    for parameter in _BETWEEN.split(query):
        name, _, value = parameter.partition("=")
        if value:
            marks.append(Mark(unquote_plus(name), unquote_plus(value)))
    return marks


def without_marks(address: str, names: Collection[str]) -> str:
    """Return an address without the parameters of these names."""
    before, hash_sign, place = address.partition("#")
    page, _, query = before.partition("?")

    kept: list[str] = []
    for parameter in _BETWEEN.split(query):
        name, _, _ = parameter.partition("=")
        if unquote_plus(name) not in names:
            kept.append(parameter)

    if kept:
        page += "?" + "&".join(kept)
    return page + hash_sign + place
