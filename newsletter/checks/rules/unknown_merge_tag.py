"""A merge tag is misspelt, or is in a place where it is not filled in.

What it does: looks at everything in double brackets that is like the name of a merge tag. The tags
are [[first-name]], [[unsubscribe]], [[web-version]] and [[address]]; they are filled in only in the
words of a welcome, not in an address there, and not in titles and teasers. Other words in double
brackets, such as [[1]], are left alone, and so is \\[[first-name]] after a backslash.

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
from newsletter.email.merge_tags import NAMES, from_written
from newsletter.manifest import Passage
from newsletter.model import Finding, Issue, Publication, Severity
from newsletter.model.fields import Seen
from newsletter.model.walking import Text, texts
from newsletter.text.markdown import links

SEVERITIES: tuple[Severity, ...] = ("error",)
_TAG = re.compile(r"\[\[([^\[\]\n]{1,40})\]\]")
_NEAR = 0.8
"""How much of its letters a word must share with a name (0 to 1): '[[inversion]]' is not '[[web-version]]'."""
_OURS: dict[str, str] = {name.replace("-", ""): name for name in NAMES}
_OTHERS: dict[str, str] = {
    **dict.fromkeys(
        (
            "name",
            "fname",
            "lname",
            "lastname",
            "fullname",
            "forename",
            "givenname",
            "surname",
            "vorname",
            "prénom",
        ),
        "first-name",
    ),
    **dict.fromkeys(("unsub", "unsublink", "unsublinken", "optout"), "unsubscribe"),
    **dict.fromkeys(("permalink", "viewonline", "viewinbrowser"), "web-version"),
    **dict.fromkeys(("postaladdress", "listaddress"), "address"),
}
"""From what other people and mailing services write, in lower case and without hyphens, to our name for it."""
_NOWHERE_ELSE = "Delete it: merge tags are filled in only in the words of a welcome."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each misspelt merge tag, and each one where it is not filled in: in texts, then in addresses."""
    for passage in galley.manuscript.passages:
        if not _is_replaced(passage.source, galley.issue):
            for name in dict.fromkeys(_TAG.findall(passage.text)):
                if (meant := _meant(name)) and (fault := _fault(passage, f"[[{name}]]", meant)):
                    yield galley.manuscript.find_in(passage, f"[[{name}]]").error(*fault)
    for text, address in _addresses(galley.issue):
        for match in _TAG.finditer(unquote(address)):
            if _meant(match[1]):
                manuscript = galley.manuscript
                place = manuscript.find(address, text) or manuscript.find_in_text(text, address)
                message = f"'{match[0]}' is not filled in within an address."
                yield place.error(message, _NOWHERE_ELSE)


def _is_replaced(text: Text, issue: Issue) -> bool:
    """Return whether it is the publication's welcome, while the issue has its own."""
    return text.field == "welcome" and text.noun is not issue and bool(issue.welcome)


def _meant(name: str) -> str | None:
    """Return the merge tag that is meant by a word in double brackets, if one is."""
    word = re.sub(r"^(?:data|var):", "", name.strip().lower()).partition(":")[0]
    word = re.sub(r"[\W_]", "", word)
    near = difflib.get_close_matches(word, _OURS, n=1, cutoff=_NEAR)
    return _OURS[near[0]] if near else _OTHERS.get(word)


def _fault(passage: Passage, tag: str, meant: str) -> tuple[str, str] | None:
    """Return what is wrong with a tag, and what to do."""
    source = passage.source.value
    is_meant_as_text = f"\\{tag}" in source
    is_filled = passage.field == "welcome" and tag not in from_written(source)
    if is_meant_as_text or is_filled:
        return None
    if passage.field == "welcome" and tag != f"[[{meant}]]":
        return f"There is no merge tag '{tag}'.", f"Did you mean [[{meant}]]?"
    return f"The merge tag '{tag}' is not filled in here.", _NOWHERE_ELSE


def _addresses(issue: Issue) -> Iterator[tuple[Text, str]]:
    """Yield every address in the issue and in the publication's texts, with the text that it is in."""
    for text in texts(issue):
        if text.seen is Seen.MARKDOWN and not _is_replaced(text, issue):
            yield from ((text, address) for address in links(text.value))
        elif text.seen is Seen.ADDRESS and not isinstance(text.noun, Publication):
            yield text, text.value
