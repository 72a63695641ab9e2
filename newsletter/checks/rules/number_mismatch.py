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
from newsletter.model import Finding, Severity
from newsletter.model.addresses import web_version
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
_NUMBER = r"(?:no\.?\s*|[#№(]\s?)?(?P<number>[1-9][0-9]{0,8}[a-z]?)(?!\w)"
_END = r"(?=\s*(?:$|[:|·•)]|[–—-](?!\d)|[,.;](?!\S)))"
_ADDRESS = re.compile(r"https?://\S+")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every place that names another number, or that does not name it where the other part does."""
    yield from _in_issue(galley)
    wrong = list(_in_theme(galley))
    yield from wrong or _in_one_part(galley)
    yield from _in_links(galley)


def _in_issue(galley: Galley) -> Iterator[Finding]:
    issue = galley.issue
    hint = f"This is issue {issue.number}: change the number here, or that of the issue."
    for name, text in (("subject", issue.subject), ("preheader", issue.preheader)):
        if other := _other(galley, text or ""):
            message = f"The {name} names issue {other}: '{printable(text)}'"
            yield galley.manuscript.place(name=name).error(f"{message}.", hint)
    noun = issue if issue.welcome else issue.publication
    for passage in galley.manuscript.passages:
        is_welcome = passage.noun is noun and passage.field == "welcome"
        if is_welcome and (other := _other(galley, passage.text, is_welcome)):
            place = galley.manuscript.find_in(passage, other)
            yield place.error(
                f"The welcome names issue {other}: '{printable(passage.text)}'.", hint
            )


def _in_theme(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong in the theme itself: in the title, and in lines that are in no manifest."""
    title = galley.document.root.find(".//title")
    texts = [
        ("title of the HTML", " ".join((title.text or "").split()) if title is not None else "")
    ]
    texts += [("HTML", " ".join(text.split())) for _, text in galley.document.texts()]
    texts += [("text part", galley.sent.text.partition("\n")[0])]
    for where, text in texts:
        other = _other(galley, text)
        if other and not galley.manuscript.find(text):
            message = f"The {where} names issue {other}: '{printable(text)}'."
            hint = "Write {{ issue.number }} in the theme instead of the number."
            yield galley.in_theme(text, f" {other}", other).error(message, hint)


def _in_one_part(galley: Galley) -> Iterator[Finding]:
    number = re.compile(rf"(?<!\d){galley.issue.number}(?!\d)")
    in_html = bool(number.search(_ADDRESS.sub("", galley.document.text)))
    in_text = bool(number.search(_ADDRESS.sub("", galley.sent.text)))
    if in_html != in_text:
        part, other = ("text part", "HTML") if in_html else ("HTML", "text part")
        message = (
            f"The {part} does not name the number {galley.issue.number}, but the {other} does."
        )
        place = galley.text_template if in_html else galley.in_theme()
        yield place.error(message, f"Write {{{{ issue.number }}}} in the theme's {part} too.")


def _in_links(galley: Galley) -> Iterator[Finding]:
    archive = web_version(galley.issue).removesuffix(f"{galley.issue.number}/")
    for link in galley.document.links:
        page = link.address.removeprefix(archive).partition("/")[0].partition("#")[0]
        is_issue = link.address.startswith(archive) and re.fullmatch(r"[1-9][0-9]{0,8}[a-z]?", page)
        if is_issue and page != galley.issue.number and not galley.manuscript.find(link.address):
            message = f"The link '{printable(link.text)}' leads to issue {page}: {printable(link.address)}."
            hint = "Write {{ merge_tag.web_version }} or {{ publication.archive }} in the theme instead."
            yield galley.in_theme(link.address).error(message, hint)


def _other(galley: Galley, text: str, is_welcome: bool = False) -> str | None:
    """Return another number than the issue's, if a text begins with it; a year does not count."""
    word = str(galley.theme.words.get("issue") or "Issue")
    found = _beginning(galley.issue.publication.name, word, is_welcome).match(text)
    if not found or found["number"].casefold() == galley.issue.number:
        return None
    years = {str(galley.issue.date.year + step) for step in (-1, 0, 1)}
    return None if found["number"] in years else found["number"]


@lru_cache(maxsize=16)
def _beginning(name: str, word: str, is_welcome: bool) -> re.Pattern[str]:
    name, word = (r"\s+".join(map(re.escape, text.split())) for text in (name, word))
    named = rf"(?:{name},?\s+{word}|{name}|{word})\s+{_NUMBER}"
    start = (
        rf"\W*welcome to (?:the |this )?{named}(?![.,]\d)" if is_welcome else rf"\W*{named}{_END}"
    )
    return re.compile(start, re.IGNORECASE)
