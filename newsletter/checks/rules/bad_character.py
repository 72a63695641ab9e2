"""A character was lost or garbled, as happens when a text is opened with the wrong encoding.

What it does: looks for the mark of a lost character (�), for invisible control characters (U+0080
to U+009F), and for letters such as those of 'cafÃ©', which was 'café' before it was read with the
wrong encoding. It reports only what nobody can have meant. It also checks that the HTML says it is
UTF-8.

Why it matters: readers see immediately that nobody checked. Gmail cuts off emails, however short,
because of characters such as U+0092 (https://github.com/hteumeuleu/email-bugs/issues/41). The HTML
Standard, 4.2.5.4, asks every HTML file to state its encoding.

Wrong:

```yaml item
title: What the cafÃ© by the laboratory is for
url: https://www.bionews.org.uk/page_100007
teaser: Researchers from four laboratories meet there on Mondays, and this is what they plan...
```

Right:

```yaml item
title: What the café by the laboratory is for
url: https://www.bionews.org.uk/page_100007
teaser: Researchers from four laboratories meet there on Mondays, and this is what they plan...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.model.fields import HIDDEN_HINT
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
_LOST = "[\x80-\x9f\ud800-\udfff\ufffd]"
_BYTES = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")
"""What the second and third byte of a character in UTF-8 look like when they are read as Windows-1252."""
_DOUBTFUL = "‚„…†‡•‘’“”–—™«»‹›\xa0ª®º¹²³©·"
"""Those of them that may well follow a capital: quotes, dashes, footnotes."""
_CERTAIN = "".join(set(_BYTES) - set(_DOUBTFUL))
_SMALL = "a-zß-öø-ÿ"
_GARBLED = "|".join(
    (
        f"â€(?:[{_BYTES}]|\x9d)?",  # quotes, dashes, three dots
        "â„¢|â‚¬|âˆ’|â†’|â‰[¤¥]|ï»¿",  # ™ € − → ≤ ≥ and the mark at the start of some files
        f"ðŸ[{_BYTES}]{{0,2}}",  # emoji
        "Â[£§°±½¼¾·µ©]|Î[±²³´µ¼º¶]",  # £ § ° ± and the like; α β γ δ ε μ κ ζ
        f"(?<=[{_SMALL}0-9.,;:!?)])Â\xa0",
        f"(?<=[{_SMALL}])[ÃÄÅ][{_BYTES}]",
        f"[ÃÄÅ][{_CERTAIN}©ª®º³·»«](?=[{_SMALL}])",
        f"(?:[ÐÑ][{_BYTES}]){{2,}}",  # Cyrillic
    )
)
_BAD = re.compile(rf"(?P<lost>{_LOST})|(?P<garbled>(?:{_GARBLED})+)")
_SUSPECT = re.compile(rf"{_LOST}|[âïðÂÃÄÅÎÐÑ]")
"""Without one of these characters a text has nothing bad: a quick first test."""
_WORD = 12
"""The most letters shown before and after a bad character."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield bad characters where they are written, then those from elsewhere, then faults in the stated encoding."""
    reported: set[str] = set()
    for passage in galley.manuscript.passages:
        for found in _bad(passage.text):
            reported.add(found[0])
            yield _finding(galley.manuscript.find_in(passage, _around(found)), found)
    sent = galley.sent
    for part in (sent.subject, sent.html, sent.text):
        for found in _bad(part):
            if found[0] not in reported:
                reported.add(found[0])
                yield _finding(galley.where(None, _around(found), found[0]), found)
    yield from _encoding(galley)


def _bad(text: str) -> Iterator[re.Match[str]]:
    return _BAD.finditer(text) if _SUSPECT.search(text) else iter(())


def _finding(place: Place, found: re.Match[str]) -> Finding:
    word = printable(_around(found))
    if not found["garbled"]:
        if found[0] == "\ufffd":
            return place.error(
                f"A character was lost in '{word}'.", "Type again what the � replaced."
            )
        message = f"There is an invisible character (U+{ord(found[0]):04X}) in '{word}'."
        return place.error(message, HIDDEN_HINT)
    meant = _meant(found[0])
    was = (
        f"; it was '{printable(_around(found, meant))}'"
        if meant.isprintable() and meant.strip()
        else ""
    )
    message = f"'{word}' was read with the wrong encoding (Windows-1252 instead of UTF-8){was}."
    return place.error(
        message, "Type the word again, or save the file it came from as UTF-8 and copy it again."
    )


def _around(found: re.Match[str], middle: str | None = None) -> str:
    """Return the word that a bad character is in."""
    before = re.search(
        rf"\w{{0,{_WORD}}}$", found.string[max(0, found.start() - _WORD) : found.start()]
    )
    after = re.match(rf"\w{{0,{_WORD}}}", found.string[found.end() : found.end() + _WORD])
    return (
        (before[0] if before else "")
        + (found[0] if middle is None else middle)
        + (after[0] if after else "")
    )


def _meant(garbled: str) -> str:
    """Return what a garbled text was; empty where bytes are missing."""
    try:
        return garbled.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def _encoding(galley: Galley) -> Iterator[Finding]:
    names = [
        meta.get("charset") or _named(meta.get("content", ""))
        for meta in galley.document.elements("meta")
    ]
    said = [name.strip() for name in names if name]
    if not said:
        hint = 'Write <meta charset="utf-8"> at the start of the head.'
        yield galley.in_theme("<mj-head").error("The HTML does not say that it is UTF-8.", hint)
    for name in said:
        if name.lower() not in ("utf-8", "utf8"):
            message = f"The HTML says that it is '{printable(name)}', but it is UTF-8."
            yield galley.in_theme(name).error(message, "Write utf-8 there.")


def _named(content: str) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([^\s\"';]*)", content, re.IGNORECASE)
    return found[1] if found else ""
