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
teaser: The machine that holds this story has only a number for a name, so nobody can know whose
  machine it might be...
```

Right:

```yaml item
title: A story on a machine that has no name
url: https://www.bionews.org.uk/page_100009
teaser: The machine that holds this story has only a number for a name, so nobody can know whose
  machine it might be...
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
from newsletter.text.printable import LONGEST_ADDRESS, printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_LONGEST_HOST = 253
"""Characters (RFC 1035, 2.3.4); what is longer leads nowhere."""
_SCHEMES = ("http", "https", "mailto", "tel")
_LEFT_OUT = re.compile(r"[\x00-\x20]")
"""Characters that browsers leave out of an address."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?:[/\\]*([^/\\?#]*)", re.IGNORECASE)
_PORT = re.compile(r":([0-9]+)$")
_USUAL_PORTS = {"https": "443", "http": "80"}
_NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)$", re.IGNORECASE)
_ENCODED_LABEL = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
_WRITTEN_TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "BOPOMOFO"},
    {"LATIN", "CJK", "HANGUL"},
)
"""Scripts that may share a name: those of one language, with Latin.

They are from UTS 39, 5.2, "Highly Restrictive".
"""


class _Imitation(NamedTuple):
    """A script's letters that look like Latin ones."""

    letters: frozenset[str]
    at_home: tuple[str, ...]
    """The countries where names in that script are at home."""


_IMITATIONS = (
    _Imitation(
        frozenset("асԁеһіјӏорԛѕԝхуӓӧёї"),
        ("ba", "bg", "by", "eu", "kg", "kz", "me", "mk", "mn", "rs", "ru", "su", "tj", "ua"),
    ),
    _Imitation(frozenset("αινορυχ"), ("cy", "eu", "gr")),
)


class _Fault(NamedTuple):
    """What is wrong with an address, after its name, and what to do."""

    message: str
    hint: str


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every link that looks fraudulent."""
    for link in galley.links:
        fault = _fault(link.address)
        if fault is None:
            continue

        address = as_written(galley.issue, link.address)
        place = galley.where(link.element, address, _readable(address))
        message = f"The link '{printable(address, LONGEST_ADDRESS)}' {fault.message}."
        yield place.error(message, fault.hint)


def _fault(address: str) -> _Fault | None:
    match = _SCHEME.match(_LEFT_OUT.sub("", address))
    if match is None:
        return None

    scheme = match[1].lower()
    if scheme not in _SCHEMES:
        message = f"begins with '{printable(match[0])}', which mail programs block"
        return _Fault(message, "Link to a page on the web (https://…).")

    authority = _AUTHORITY.match(address)
    if authority is None:
        return None
    return _fault_of_authority(scheme, authority[1])


def _fault_of_authority(scheme: str, authority: str) -> _Fault | None:
    """Return what is wrong with the part between the slashes: a user, a host and a port."""
    user, at, rest = authority.rpartition("@")
    host = _host(rest)
    if at:
        message = f"leads to '{printable(host)}', not to '{printable(user)}'"
        return _Fault(message, "Write it without the '@' and what comes before it.")

    ending = host.rpartition(".")[2]
    if host.startswith("[") or _NUMBER.match(ending):
        message = "has a number where a name should be"
        return _Fault(message, "Write the name of the website instead.")

    port = _PORT.search(rest)
    if port and port[1] != _USUAL_PORTS[scheme]:
        message = f"names a port, {printable(port[1])}"
        hint = "Ask for an address without it; filters and firewalls stop such links."
        return _Fault(message, hint)

    return _imitation_in(host)


def _host(written: str) -> str:
    """Return a host without its port, as browsers read it."""
    host = unquote(_PORT.sub("", written))
    return unicodedata.normalize("NFKC", host).rstrip(".")


def _imitation_in(host: str) -> _Fault | None:
    """Return the first part of a host that imitates another name."""
    labels = [_decoded(label) for label in host[:_LONGEST_HOST].split(".")]
    for label in labels:
        if _is_imitation(label, labels[-1]):
            letter = _first_odd_letter(label)
            message = f"imitates another name: a letter of '{printable(label)}' is a {letter}"
            return _Fault(message, "Type the name again.")
    return None


def _is_imitation(label: str, ending: str) -> bool:
    letters = [character for character in label.lower() if _is_letter(character)]
    scripts = {_script(letter) for letter in letters}
    if len(scripts) > 1:
        is_of_one_language = any(scripts <= together for together in _WRITTEN_TOGETHER)
        return not is_of_one_language
    if not letters or not ending.isascii():
        return False

    for imitation in _IMITATIONS:
        if imitation.letters.issuperset(letters):
            return ending not in imitation.at_home
    return False


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Ll", "Lo")


def _script(letter: str) -> str:
    """Return the script of a letter, which its name begins with."""
    name = unicodedata.name(letter, "")
    return name.partition(" ")[0]


def _first_odd_letter(label: str) -> str:
    """Return the name of the first letter that is not Latin."""
    for letter in label:
        name = unicodedata.name(letter, "")
        if name and not name.startswith(("LATIN", "DIGIT", "HYPHEN")):
            return name.lower()
    raise ValueError("all letters are Latin")


def _decoded(label: str) -> str:
    """Return a part of a host in its own letters."""
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _readable(address: str) -> str:
    """Return the address with its host in its own letters, as an editor may have written it."""
    return _ENCODED_LABEL.sub(lambda match: _decoded(match[0]), address)
