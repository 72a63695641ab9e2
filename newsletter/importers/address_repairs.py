"""Web addresses as their pages have them: without the wrapper of a mail filter, and untracked."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from newsletter.text.click_marks import marks_of, without_marks
from newsletter.text.printable import LONGEST_ADDRESS, printable
from newsletter.text.wrapped_links import unwrap

_ADDRESS = re.compile(r"https?://[^\s<>()\"]+(?:\([^\s<>()\"]*\)[^\s<>()\"]*)*", re.IGNORECASE)
_NAMED = re.compile(r"<URL: ?(?=https?://)", re.IGNORECASE)
"""How RFC 1738 once recommended to begin an address in a text."""
_NOT_AT_THE_END = ".,;:!?'’”]*_~|"
"""What is of the sentence and not of an address at its end."""
_SAFE = "!#$%&'*+,/:;=?@[]~()-._"
_MOST = 5
"""Wrappers and marks within each other."""


class Repaired(NamedTuple):
    """A text, and what was done to it, in sentences."""

    text: str
    done: tuple[str, ...] = ()


def repair_addresses(text: str) -> Repaired:
    """Return a text, which may be Markdown, with its web addresses unwrapped and untracked."""
    if "://" not in text:
        return Repaired(text)
    done: list[str] = []
    text, named = _NAMED.subn("<", text)
    if named:
        done.append(f"'URL:' before an address was left off: {named}.")

    def repaired(match: re.Match[str]) -> str:
        written = match[0].rstrip(_NOT_AT_THE_END)
        address = _repaired(written, done)
        return address + match[0][len(written) :]

    return Repaired(_ADDRESS.sub(repaired, text), tuple(dict.fromkeys(done)))


def _repaired(written: str, done: list[str]) -> str:
    address = written
    for _ in range(_MOST):
        last = address
        address = _untracked(_unwrapped(address, done), done)
        if address == last:
            break
    return address


def _unwrapped(address: str, done: list[str]) -> str:
    wrapped = unwrap(address)
    if wrapped is None or wrapped.target is None:
        return address
    target = _in_markdown(wrapped.target)
    done.append(f"A link through {wrapped.by} leads straight to its page: {_shown(target)}")
    return target


def _untracked(address: str, done: list[str]) -> str:
    names = {mark.name for mark in marks_of(address) if mark.is_of_a_click or mark.is_of_a_mailing}
    if not names:
        return address
    untracked = without_marks(address, names)
    listed = ", ".join(printable(name) for name in sorted(names))
    done.append(f"A link lost its tracking ({listed}): {_shown(untracked)}")
    return untracked


def _in_markdown(address: str) -> str:
    """Return an address without what would end it in Markdown."""
    safe = _SAFE
    if address.count("(") != address.count(")"):
        safe = safe.replace("()", "")
    return quote(address, safe=safe)


def _shown(address: str) -> str:
    return printable(address, LONGEST_ADDRESS)
