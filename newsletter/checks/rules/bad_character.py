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
from newsletter.markup import Document
from newsletter.model import Finding, Place, Severity
from newsletter.model.fields import HIDDEN_HINT
from newsletter.text.printable import printable
from newsletter.text.surroundings import word_around

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_LOST = "[\x80-\x9f\ud800-\udfff\ufffd]"
_BYTES = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")
"""How Windows-1252 reads the second and third byte of a character in UTF-8."""
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
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]*)", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield bad characters, where they are written if they are, and faults in the encoding."""
    reported: set[str] = set()
    for passage in galley.manuscript.passages:
        for found in _bad(passage.text):
            reported.add(found[0])
            word = _around(found)
            place = galley.manuscript.find_in(passage, word)
            yield _finding(place, found)

    email = galley.sent
    for part in (email.subject, email.html, email.text):
        for found in _bad(part):
            character = found[0]
            if character not in reported:
                reported.add(character)
                place = galley.where(None, _around(found), character)
                yield _finding(place, found)

    if galley.has_html:
        yield from _encoding(galley)


def _bad(text: str) -> Iterator[re.Match[str]]:
    if _SUSPECT.search(text):
        yield from _BAD.finditer(text)


def _finding(place: Place, found: re.Match[str]) -> Finding:
    around = _around(found)
    word = printable(around)
    if found["garbled"]:
        return _garbled(place, found, word)

    if found[0] == "\ufffd":
        message = f"A character was lost in '{word}'."
        return place.error(message, "Type again what the � replaced.")

    code = f"U+{ord(found[0]):04X}"
    message = f"There is an invisible character ({code}) in '{word}'."
    return place.error(message, HIDDEN_HINT)


def _garbled(place: Place, found: re.Match[str], word: str) -> Finding:
    fault = "was read with the wrong encoding (Windows-1252 instead of UTF-8)"
    original = _original(found[0])
    if original.isprintable() and original.strip():
        original_word = _around(found, original)
        fault += f"; it was '{printable(original_word)}'"
    hint = "Type the word again, or save the file it came from as UTF-8 and copy it again."
    return place.error(f"'{word}' {fault}.", hint)


def _around(found: re.Match[str], middle: str | None = None) -> str:
    """Return the word that a bad character is in, with ``middle`` in its place if it is given."""
    return word_around(found, r"\w", _WORD, middle)


def _original(garbled: str) -> str:
    """Return what a garbled text was; empty where bytes are missing."""
    try:
        return garbled.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def _encoding(galley: Galley) -> Iterator[Finding]:
    stated = _stated_encodings(galley.document)
    if not stated:
        message = "The HTML does not say that it is UTF-8."
        hint = 'Write <meta charset="utf-8"> at the start of the head.'
        place = galley.in_theme("<mj-head")
        yield place.error(message, hint)

    for name in stated:
        if name.lower() not in ("utf-8", "utf8"):
            message = f"The HTML says that it is '{printable(name)}', but it is UTF-8."
            place = galley.in_theme(name)
            yield place.error(message, "Write utf-8 there.")


def _stated_encodings(document: Document) -> list[str]:
    stated: list[str] = []
    for meta in document.elements("meta"):
        in_content = _CHARSET.search(meta.get("content", ""))
        name = meta.get("charset")
        if not name and in_content:
            name = in_content[1]
        if name:
            stated.append(name.strip())
    return stated
