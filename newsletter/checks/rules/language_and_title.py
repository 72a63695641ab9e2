"""The email does not say its language, its direction or its title.

What it does: compares `lang` and `dir` in the HTML with the publication's `language` and
`direction`, looks for both again on an element within the body, and looks for a `<title>` that is
not empty.

Why it matters: a screen reader chooses its voice by the language (WCAG 2.2, criterion 3.1.1), and
Arabic or Hebrew is on the right side only if the direction is given. The title is what a browser
tab shows of the web version (criterion 2.4.2). Webmail puts the email into a page of its own, whose
`<html>` is not ours, so both must be in the body as well.

Wrong:

```html
<!doctype html><html lang="fr" dir="ltr">
<head><meta charset="utf-8"><title>An issue</title></head>
<body><div lang="en-GB" dir="ltr"><h1>An issue in English</h1></div></body></html>
```

Right:

```html
<!doctype html><html lang="en-GB" dir="ltr">
<head><meta charset="utf-8"><title>An issue</title></head>
<body><div lang="en-GB" dir="ltr"><h1>An issue in English</h1></div></body></html>
```
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Publication, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "html"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is missing or wrong in language, direction and title."""
    publication = galley.issue.publication
    yield from _on_html(galley, publication)

    if not any(_says_both(element, publication) for element in _within_body(galley)):
        place = galley.in_theme("<mj-body", "<body")
        message = (
            "No element within the body gives the language and direction, and webmail drops <html>."
        )
        hint = f"Add {_expected(publication)} to the element that holds all the text."
        yield place.warning(message, hint)

    if not _has_title(galley):
        place = galley.in_theme("<mj-title", "<title")
        hint = "Write the publication's name and the issue's number in <mj-title>."
        yield place.error("The HTML has no title.", hint)


def _on_html(galley: Galley, publication: Publication) -> Iterator[Finding]:
    expected = (
        ("lang", "language", publication.language),
        ("dir", "direction", publication.direction),
    )
    for attribute, field, value in expected:
        current = galley.document.root.get(attribute, "").strip()
        if _is_same(current, value):
            continue

        says = f"says '{printable(current)}'" if current else "is missing"
        place = galley.in_theme("<mjml", "<html")
        message = f"'{attribute}' of <html> {says}; the publication's {field} is '{value}'."
        hint = f"Write {_expected(publication)} there."
        yield place.error(message, hint)


def _within_body(galley: Galley) -> Iterator[Element]:
    for body in galley.document.elements("body"):
        for element in body.iter():
            if element is not body:
                yield element


def _says_both(element: Element, publication: Publication) -> bool:
    language = element.get("lang", "")
    direction = element.get("dir", "")
    return _is_same(language, publication.language) and _is_same(direction, publication.direction)


def _is_same(current: str, expected: str) -> bool:
    """Return whether two values are the same.

    Capitals do not matter in language tags (RFC 5646, 2.1.1).
    """
    return current.strip().lower() == expected.lower()


def _expected(publication: Publication) -> str:
    return f'lang="{publication.language}" and dir="{publication.direction}"'


def _has_title(galley: Galley) -> bool:
    titles = galley.document.root.findall("head/title")
    return any((title.text or "").strip() for title in titles)
