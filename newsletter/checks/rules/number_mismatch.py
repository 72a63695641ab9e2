"""The email names a number that is not the issue's.

What it does: reads the start of the subject, of the preheader and of the welcome ("BioNews 651: …",
"Welcome to BioNews 651"), the title of the HTML, the theme's own lines ("Issue 651"), and the
theme's links to the archive. It also reports when only one of the HTML and the text part names the
number. "See BioNews 651" within a text is a reference, and is left alone.

Why it matters: readers refer to an issue by its number ("Appeared in BioNews 600",
https://www.bionews.org.uk/page_92885), and last week's number in this week's subject looks as if
the same email was sent twice.

Wrong:

```yaml issue
subject: "BioNews 699: cells that keep time"
```

Right:

```yaml issue
subject: "BioNews 700: cells that keep time"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.model.addresses import path_in_archive
from newsletter.text.holes import pieces
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_ISSUE_NUMBER = "[1-9][0-9]{0,8}[a-z]?"
_NUMBER = rf"(?:no\.?\s*|[#№(]\s?)?(?P<number>{_ISSUE_NUMBER})"
_NO_MORE = r"(?!\w)"
_END = r"(?=\s*(?:$|[:：|·•)]|[–—-](?!\d)|[,.;](?!\S)))"
_ADDRESS = re.compile(r"https?://\S+")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every place with another number, and a part of the email that does not name it."""
    yield from _in_issue(galley)
    yield from _in_welcome(galley)

    in_theme = list(_in_theme(galley))
    if in_theme:
        yield from in_theme
    elif galley.has_html:
        yield from _in_one_part(galley)

    yield from _in_links(galley)


def _in_issue(galley: Galley) -> Iterator[Finding]:
    issue = galley.issue
    texts = {"subject": issue.subject or "", "preheader": issue.preheader or ""}
    for name, text in texts.items():
        other = _other(galley, text)
        if other:
            place = galley.manuscript.place(name=name)
            quoted = printable(text)
            message = f"The {name} names issue {other}: '{quoted}'."
            yield place.error(message, _hint(galley))


def _in_welcome(galley: Galley) -> Iterator[Finding]:
    noun = galley.issue if galley.issue.welcome else galley.issue.publication
    for passage in galley.manuscript.passages:
        if passage.noun is not noun or passage.field != "welcome":
            continue

        other = _other(galley, passage.text, is_welcome=True)
        if other:
            place = galley.manuscript.find_in(passage, other)
            quoted = printable(passage.text)
            message = f"The welcome names issue {other}: '{quoted}'."
            yield place.error(message, _hint(galley))


def _hint(galley: Galley) -> str:
    return f"This is issue {galley.issue.number}: change the number here, or that of the issue."


def _in_theme(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong in the theme itself: in the title, and in lines that no manifest has."""
    for where, text in _texts_of_theme(galley):
        other = _other(galley, text)
        if other and not galley.manuscript.find(text):
            place = galley.in_theme(text, f" {other}", other)
            message = f"The {where} names issue {other}: '{printable(text)}'."
            hint = "Write {{ issue.number }} in the theme instead of the number."
            yield place.error(message, hint)


def _texts_of_theme(galley: Galley) -> Iterator[tuple[str, str]]:
    """Yield texts of the email, and where each is."""
    title = galley.document.root.find(".//title")
    if title is not None:
        yield "title of the HTML", _on_one_line(title.text or "")

    for _, text in galley.document.texts():
        yield "HTML", _on_one_line(text)

    first_line, _, _ = galley.sent.text.partition("\n")
    yield "text part", first_line


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _in_one_part(galley: Galley) -> Iterator[Finding]:
    """Yield the part of the email that does not name the number, if the other one does."""
    in_html = _names_number(galley, galley.document.text)
    in_text = _names_number(galley, galley.sent.text)
    if in_html and not in_text:
        yield _unnumbered(galley, galley.text_template, "text part", "HTML")
    elif in_text and not in_html:
        yield _unnumbered(galley, galley.in_theme(), "HTML", "text part")


def _names_number(galley: Galley, text: str) -> bool:
    number = rf"(?<!\d){galley.issue.number}(?!\d)"
    without_addresses = _ADDRESS.sub("", text)
    return bool(re.search(number, without_addresses))


def _unnumbered(galley: Galley, place: Place, part: str, other: str) -> Finding:
    message = f"The {part} does not name the number {galley.issue.number}, but the {other} does."
    hint = f"Write {{{{ issue.number }}}} in the theme's {part} too."
    return place.error(message, hint)


def _in_links(galley: Galley) -> Iterator[Finding]:
    """Yield the theme's links to other issues in the archive."""
    for link in galley.document.links:
        number = _issue_at(galley, link.address)
        if number in (None, galley.issue.number) or galley.manuscript.find(link.address):
            continue

        address = printable(link.address)
        place = galley.in_theme(link.address)
        words = printable(link.text)
        message = f"The link '{words}' leads to issue {number}: {address}."
        hint = (
            "Write {{ merge_tag.web_version }} or {{ publication.archive }} in the theme instead."
        )
        yield place.error(message, hint)


def _issue_at(galley: Galley, address: str) -> str | None:
    """Return the number of the issue whose page in the archive has this address."""
    path = path_in_archive(galley.issue.publication, address)
    page, *_ = re.split("[/#]", path or "")
    if re.fullmatch(_ISSUE_NUMBER, page):
        return page
    return None


def _other(galley: Galley, text: str, *, is_welcome: bool = False) -> str | None:
    """Return another number than the issue's, if a text begins with it; a year does not count."""
    issue = galley.issue
    word = str(galley.theme.words["issue"])
    for beginning in _beginnings(issue.publication.name, word, is_welcome):
        match = beginning.match(text)
        if match:
            break
    else:
        return None

    number = match["number"]
    years = [str(issue.date.year + step) for step in (-1, 0, 1)]
    if number.casefold() == issue.number or number in years:
        return None
    return number


@lru_cache(maxsize=16)
def _beginnings(name: str, word: str, is_welcome: bool) -> list[re.Pattern[str]]:
    """Return patterns of how a text begins that names an issue: with the publication's name, or
    with the theme's word, which has a hole for the number.
    """
    name = _with_any_spaces(name)
    before, after = map(_with_any_spaces, pieces(word))
    after = after or _NO_MORE
    by_name = rf"{name},?\s+(?:{before})?{_NUMBER}(?:{after}|{_NO_MORE})"
    by_word = rf"{before}{_NUMBER}{after}"

    start, end = r"\W*", _END
    if is_welcome:
        start, end = r"\W*welcome to (?:the |this )?", r"(?![.,]\d)"
    return [re.compile(start + named + end, re.IGNORECASE) for named in (by_name, by_word)]


def _with_any_spaces(text: str) -> str:
    words = map(re.escape, re.split(r"\s+", text))
    return r"\s+".join(words)
