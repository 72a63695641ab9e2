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
<!doctype html><html lang="fr" dir="ltr"><head><meta charset="utf-8"><title>An issue</title></head>
<body><div lang="en-GB" dir="ltr"><h1>An issue in English</h1></div></body></html>
```

Right:

```html
<!doctype html><html lang="en-GB" dir="ltr"><head><meta charset="utf-8"><title>An issue</title></head>
<body><div lang="en-GB" dir="ltr"><h1>An issue in English</h1></div></body></html>
```
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is missing or wrong in language, direction and title."""
    yield from _on_html(galley)
    if not any(_says_both(galley, element) for element in _within_body(galley)):
        message = (
            "No element within the body gives the language and direction, and webmail drops <html>."
        )
        hint = f"Add {_expected(galley)} to the element that holds all the text."
        yield galley.in_theme("<mj-body", "<body").warning(message, hint)
    titles = galley.document.root.findall("head/title")
    if not any((title.text or "").strip() for title in titles):
        hint = "Write the publication's name and the issue's number in <mj-title>."
        yield galley.in_theme("<mj-title", "<title").error("The HTML has no title.", hint)


def _on_html(galley: Galley) -> Iterator[Finding]:
    publication = galley.issue.publication
    expected = (
        ("lang", "language", publication.language),
        ("dir", "direction", publication.direction),
    )
    for attribute, field, value in expected:
        given = galley.document.root.get(attribute, "").strip()
        if not _same(given, value):
            says = f"says '{printable(given)}'" if given else "is missing"
            message = f"'{attribute}' of <html> {says}; the publication's {field} is '{value}'."
            yield galley.in_theme("<mjml", "<html").error(
                message, f"Write {_expected(galley)} there."
            )


def _within_body(galley: Galley) -> Iterator[Element]:
    return (
        element
        for body in galley.document.elements("body")
        for element in body.iter()
        if element is not body
    )


def _says_both(galley: Galley, element: Element) -> bool:
    publication = galley.issue.publication
    both = (
        (element.get("lang", ""), publication.language),
        (element.get("dir", ""), publication.direction),
    )
    return all(_same(given, expected) for given, expected in both)


def _same(given: str, expected: str) -> bool:
    """Return whether two values are the same. Capitals do not matter in language tags (RFC 5646, 2.1.1)."""
    return given.strip().lower() == expected.lower()


def _expected(galley: Galley) -> str:
    publication = galley.issue.publication
    return f'lang="{publication.language}" and dir="{publication.direction}"'
