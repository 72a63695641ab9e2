"""A link looks fraudulent: a number for a host, or letters that imitate others.

What it does: reports links whose host is a number (192.0.2.7, also in disguise), that name a port
or a user (https://user@host), whose host has letters that look like others (a Cyrillic "а" in a
Latin name), and schemes that mail programs block, such as javascript: and data:. Names in other
alphabets are fine: münchen.de, 日本.jp, президент.рф.

Why it matters: what comes before an "@" looks like the host and is not (RFC 3986, 7.6), and letters
of several alphabets in one name make it look like another name (Unicode Technical Standard 39).
SpamAssassin scores numbers and odd ports (its rules NUMERIC_HTTP_ADDR, NORMAL_HTTP_TO_IP and
WEIRD_PORT). One such link can keep the whole issue out of the inbox.

Wrong:

```yaml item
title: A story on a machine that has no name
url: https://192.0.2.7/page_100009
teaser: The machine that holds this story has only a number for a name, so nobody can know whose machine it might be...
```

Right:

```yaml item
title: A story on a machine that has no name
url: https://www.bionews.org.uk/page_100009
teaser: The machine that holds this story has only a number for a name, so nobody can know whose machine it might be...
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.model.addresses import as_written
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
_LONGEST = 100
_LONGEST_HOST = 253
"""Characters (RFC 1035, 2.3.4); what is longer leads nowhere."""
_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?:[/\\]*([^/\\?#]*)", re.IGNORECASE)
_PORT = re.compile(r":([0-9]+)$")
_USUAL_PORTS = {"https": "443", "http": "80"}
_NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)$", re.IGNORECASE)
_WRITTEN_TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "BOPOMOFO"},
    {"LATIN", "CJK", "HANGUL"},
)
"""Scripts that may share a name: those of one language, with Latin (UTS 39, 5.2, "Highly Restrictive")."""


class _Imitation(NamedTuple):
    """A script's letters that look like Latin ones, and the countries where names in that script are at home."""

    letters: str
    at_home: tuple[str, ...]


_IMITATIONS = (
    _Imitation(
        "асԁеһіјӏорԛѕԝхуӓӧёї",
        ("ba", "bg", "by", "eu", "kg", "kz", "me", "mk", "mn", "rs", "ru", "su", "tj", "ua"),
    ),
    _Imitation("αινορυχ", ("cy", "eu", "gr")),
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every link that looks fraudulent."""
    for link in galley.document.links:
        if (wrong := _wrong(link.address)) is None:
            continue
        address = as_written(galley.issue, link.address)
        message = f"The link '{printable(address, _LONGEST)}' {wrong[0]}."
        yield galley.where(link.element, address, _readable(address)).error(message, wrong[1])


def _wrong(address: str) -> tuple[str, str] | None:
    """Return what is wrong with an address, and what to do."""
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))  # browsers leave them out, too
    if scheme and scheme[1].lower() not in _SCHEMES:
        return (
            f"begins with '{printable(scheme[0])}', which mail programs block",
            "Link to a page on the web (https://…).",
        )
    authority = _AUTHORITY.match(address)
    return _wrong_authority(scheme[1].lower(), authority[1]) if scheme and authority else None


def _wrong_authority(scheme: str, authority: str) -> tuple[str, str] | None:
    """Return what is wrong with the part between the slashes, and what to do."""
    user, at, rest = authority.rpartition("@")
    host = unicodedata.normalize("NFKC", unquote(_PORT.sub("", rest))).rstrip(".")
    port = _PORT.search(rest)
    if at:
        return (
            f"leads to '{printable(host)}', not to '{printable(user)}'",
            "Write it without the '@' and what comes before it.",
        )
    if host.startswith("[") or _NUMBER.match(host.rpartition(".")[2]):
        return "has a number where a name should be", "Write the name of the website instead."
    if port and port[1] != _USUAL_PORTS[scheme]:
        return (
            f"names a port, {printable(port[1])}",
            "Ask for an address without it; filters and firewalls stop such links.",
        )
    labels = [_label(label) for label in host[:_LONGEST_HOST].split(".")]
    if imitating := next((label for label in labels if _is_imitation(label, labels[-1])), None):
        names = [unicodedata.name(letter, "") for letter in imitating]
        odd = next(
            name for name in names if name and not name.startswith(("LATIN", "DIGIT", "HYPHEN"))
        )
        return (
            f"imitates another name: a letter of '{printable(imitating)}' is a {odd.lower()}",
            "Type the name again.",
        )
    return None


def _label(label: str) -> str:
    """Return a part of a host in its own letters."""
    try:
        return label[4:].encode().decode("punycode") if label.lower().startswith("xn--") else label
    except UnicodeError:
        return label


def _is_imitation(label: str, ending: str) -> bool:
    letters = [letter for letter in label.lower() if unicodedata.category(letter) in ("Ll", "Lo")]
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
    if len(scripts) > 1:
        return not any(scripts <= together for together in _WRITTEN_TOGETHER)
    return any(
        bool(letters)
        and set(letters) <= set(imitation.letters)
        and ending.isascii()
        and ending not in imitation.at_home
        for imitation in _IMITATIONS
    )


def _readable(address: str) -> str:
    """Return the address with its host in its own letters, as an editor may have written it."""
    return re.sub(r"xn--[a-z0-9-]+", lambda match: _label(match[0]), address, flags=re.IGNORECASE)
