"""The text part has lines that are too long, or remains of HTML.

What it does: looks in the text part for lines of more than 78 columns that could be broken (an address cannot), for
HTML tags such as `<br>`, and for HTML's signs for characters such as `&nbsp;`. A tag that an author writes about, and
that the HTML shows as well, is no remains. A wide character, as in Japanese, takes two columns.

Why it matters: lines should have at most 78 characters (RFC 5322, 2.1.1), since many programs show plain text as it
is, and break longer lines anywhere or not at all. Tags and signs are shown as they are, too.

Wrong:

```text
All issues:<br>
https://www.bionews.org.uk/issues/
```

Right:

```text
All issues:
https://www.bionews.org.uk/issues/
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from wcwidth import width as cells

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_LONGEST = 78
_LINE_START = re.compile(r"(?:> |- |\d+\. |\[\d+\] |[ \t])*")
_NAMES = (
    "a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|s|small|span|strong|"
    "style|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_TAG = re.compile(rf"<(?:{_NAMES})(?:\s+[\w:-]+=[^<>]{{0,500}})?\s?/?>|</(?:{_NAMES})\s?>", re.IGNORECASE)
_SIGN = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,8}|#\d{2,7}|#[xX][0-9A-Fa-f]{2,6});")
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """The lines that are too long, as one finding; each kind of remains."""
    place = galley.text_template
    lines = [line for line in galley.sent.text.split("\n") if _is_too_long(line)]
    if lines:
        what = f"{_number(lines)} of the text part could be broken, but goes beyond {_LONGEST} columns: "
        hint = "Let the theme's text template break it: {{ … | wrap }}."
        yield place.warning(f"{what}'{shown(lines[0].strip())}'.", hint)
    for remains in _remains(galley):
        what = f"'{shown(remains)}' is left of HTML in the text part, where readers see it as it is."
        yield place.error(what, "Take it out of the theme's text template: plain text has no tags.")


def _number(lines: list[str]) -> str:
    return "A line" if len(lines) == 1 else f"Each of {len(lines)} lines"


def _is_too_long(line: str) -> bool:
    """Whether it is wider than a line may be, and there is a blank within that width, not counting how lines begin."""
    line = line.rstrip()
    if len(line) <= _LONGEST // 2 or cells(line) <= _LONGEST:
        return False
    start = _LINE_START.match(line)[0]  # type: ignore[index]
    word, blank, _ = line[len(start) :].replace("\t", " ").partition(" ")
    return bool(blank) and cells(start + word) < _LONGEST


def _remains(galley: Galley) -> list[str]:
    """Tags and signs that are only in the text: not in what the HTML shows, and not in what an editor wrote."""
    text = _WEB_ADDRESS.sub("", galley.sent.text)
    signs = [sign for sign in _SIGN.findall(text) if sign[1] == "#" or sign[1:] in html5]
    found = dict.fromkeys([*_TAG.findall(text), *signs])
    if not found:
        return []
    written = " ".join([galley.document.text, *(passage.text for passage in galley.manuscript.passages)])
    return [remains for remains in found if " ".join(remains.split()) not in " ".join(written.split())]
