"""Bare addresses in a text, which become links."""

from __future__ import annotations

import re
from typing import Any

from linkify_it import LinkifyIt  # type: ignore[import-untyped]

_NOT_AT_THE_END = "*_~.,;:!?'\"’”»›」』）】。．，、：；！？…"
_SIGNS = ("//", "@", "www.")
"""Every address has one of these in it."""
_END = re.compile(r"[「」『』（）【】。，、]|\[\[")
"""Where an address ends in a text without spaces, and before a merge tag."""


class Addresses(LinkifyIt):  # type: ignore[misc]
    """Find https://, http:// and www. addresses and mail addresses, without the punctuation of the
    sentence around them. Names that only look like hosts, such as Phys.org, are not addresses.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tlds("[a-z]{2,63}")  # any: the list of those in use changes every month

    def pretest(self, text: str) -> bool:
        """Return whether there may be an address in a text: quickly, since most have none."""
        lower = text.lower()
        return any(sign in lower for sign in _SIGNS)

    def test(self, text: str) -> bool:
        """Return whether linkify-it finds an address in a text."""
        self._expect_mail_addresses(text)
        return self.pretest(text) and bool(super().test(text))

    def match(self, text: str) -> list[Any] | None:
        """Return the addresses in a text; None if there are none."""
        self._expect_mail_addresses(text)
        addresses: list[Any] = []
        for match in super().match(text) or ():
            address = _without_surroundings(match)
            if address:
                addresses.append(address)
        return addresses or None

    def _expect_mail_addresses(self, text: str) -> None:
        """Look for mail addresses only where there may be one: their pattern takes 4 ms to
        compile.
        """
        self.set({"fuzzy_email": "@" in text})

    def match_at_start(self, text: str) -> Any:
        """Return the address that a text begins with, if it does."""
        match = super().match_at_start(text)
        return match and _without_surroundings(match)


def _without_surroundings(match: Any) -> Any:
    """Return the match without the rest of its sentence; None if nothing is left, or if it only
    looks like a host.
    """
    text = _END.split(match.text)[0].rstrip(_NOT_AT_THE_END)
    if match.schema == "mailto:" and not text.lower().startswith("mailto:"):
        before, colon, text = text.rpartition(":")  # "Email:editor@…"
        match.index += len(before + colon)
        match.url = f"mailto:{text}"
    elif match.schema:
        match.url = text
    elif text.lower().startswith("www."):
        match.url = f"https://{text}"
    else:
        return None

    match.text = match.raw = text
    match.last_index = match.index + len(text)
    is_address = "." in text or "://" in text
    return match if is_address else None
