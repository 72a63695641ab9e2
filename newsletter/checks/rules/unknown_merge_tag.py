r"""A merge tag is misspelt, or is in a place where it is not filled in.

What it does: looks at everything in double brackets that is like the name of a merge tag. The tags
are [[first-name]], [[unsubscribe]], [[preferences]], [[web-version]] and [[address]]; they are
filled in only in the words of a welcome, not in an address there, and not in titles and teasers.
[[preferences]] needs the field `preferences` in publication.yaml. Other words in double brackets,
such as [[1]], are left alone, and so is \[[first-name]] after a backslash.

Why it matters: a tag that is not filled in reaches every reader as it is, and it is the reader's
own name that is missing. The README says where merge tags can be used.

Wrong:

```yaml issue
welcome: |
  Dear [[firstname]], welcome to this week's issue.
```

Right:

```yaml issue
welcome: |
  Dear [[first-name]], welcome to this week's issue.
```
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.email.merge_tags import NAMES, from_written, token
from newsletter.manifest import Passage
from newsletter.model import Finding, Issue, Publication, Severity
from newsletter.model.addresses import written_addresses
from newsletter.model.fields import Seen
from newsletter.model.walking import Text

SEVERITIES: tuple[Severity, ...] = ("error",)
_TAG = re.compile(r"\[\[([^\[\]\n]{1,40})\]\]")
_NEAR = 0.8
"""How much of its letters a word must share with a name, from 0 to 1.

``[[inversion]]`` is not ``[[web-version]]``.
"""
_PREFIX = re.compile("^(?:data|var):")
_OURS = {name.replace("-", ""): name for name in NAMES}
_OTHERS = {
    "name": "first-name",
    "fname": "first-name",
    "lname": "first-name",
    "lastname": "first-name",
    "fullname": "first-name",
    "forename": "first-name",
    "givenname": "first-name",
    "surname": "first-name",
    "vorname": "first-name",
    "prénom": "first-name",
    "unsub": "unsubscribe",
    "unsublink": "unsubscribe",
    "unsublinken": "unsubscribe",
    "optout": "unsubscribe",
    "permalink": "web-version",
    "viewonline": "web-version",
    "viewinbrowser": "web-version",
    "postaladdress": "address",
    "listaddress": "address",
}
"""From what others write, in lower case and without hyphens, to our name for it."""
_PREFERENCES = "[[preferences]]"
_NOWHERE_ELSE = "Delete it: merge tags are filled in only in the words of a welcome."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each misspelt merge tag, and each one where it is not filled in."""
    for passage in galley.manuscript.passages:
        if not _is_replaced(passage.source, galley.issue):
            yield from _in_passage(galley, passage)
            yield from _without_page(galley, passage)

    for text, address in written_addresses(galley.issue):
        if not _is_left_out(text, galley.issue):
            yield from _in_address(galley, text, address)


def _is_replaced(text: Text, issue: Issue) -> bool:
    """Return whether it is the publication's welcome, while the issue has its own."""
    if not issue.welcome:
        return False
    return text.field == "welcome" and text.noun is not issue


def _is_left_out(text: Text, issue: Issue) -> bool:
    """Return whether the addresses of a text are not the editor's of this issue."""
    is_address = text.seen is Seen.ADDRESS
    is_of_publication = isinstance(text.noun, Publication)
    return (is_address and is_of_publication) or _is_replaced(text, issue)


def _in_passage(galley: Galley, passage: Passage) -> Iterator[Finding]:
    names = dict.fromkeys(_TAG.findall(passage.text))
    for name in names:
        tag = f"[[{name}]]"
        meant = _meant(name)
        if meant is None or _is_sound(passage, tag):
            continue

        place = galley.manuscript.find_in(passage, tag)
        if passage.field == "welcome" and name != meant:
            yield place.error(f"There is no merge tag '{tag}'.", f"Did you mean [[{meant}]]?")
        else:
            yield place.error(f"The merge tag '{tag}' is not filled in here.", _NOWHERE_ELSE)


def _meant(name: str) -> str | None:
    """Return the merge tag that is meant by a word in double brackets, if one is."""
    word = _PREFIX.sub("", name.strip().lower())
    word, _, _ = word.partition(":")
    word = re.sub(r"[\W_]", "", word)

    similar = difflib.get_close_matches(word, _OURS, n=1, cutoff=_NEAR)
    if similar:
        return _OURS[similar[0]]
    return _OTHERS.get(word)


def _is_sound(passage: Passage, tag: str) -> bool:
    """Return whether a tag is filled in, or is meant as text."""
    source = passage.source.value
    if f"\\{tag}" in source:
        return True
    return passage.field == "welcome" and tag not in from_written(source)


def _without_page(galley: Galley, passage: Passage) -> Iterator[Finding]:
    """Yield the tag for a page if the publication names none: readers would find nothing there."""
    if passage.field != "welcome" or galley.issue.publication.preferences:
        return
    if token("preferences") in from_written(passage.source.value):
        place = galley.manuscript.find_in(passage, _PREFERENCES)
        message = f"There is no page for the merge tag '{_PREFERENCES}'."
        hint = "Write it into publication.yaml, after 'preferences:', or delete the tag."
        yield place.error(message, hint)


def _in_address(galley: Galley, text: Text, address: str) -> Iterator[Finding]:
    manuscript = galley.manuscript
    for match in _TAG.finditer(unquote(address)):
        if _meant(match[1]):
            place = manuscript.find(address, text) or manuscript.find_in_text(text, address)
            message = f"'{match[0]}' is not filled in within an address."
            yield place.error(message, _NOWHERE_ELSE)
