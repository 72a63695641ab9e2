"""The HTML has a fault that each mail client handles in its own way.

What it does: reads the HTML as browsers do, and reports the faults that they ignore: no `<!doctype
html>` at the start, elements that are not closed, closed twice or closed in the wrong order, an
attribute that is given twice, and two elements with the same `id`.

Why it matters: the HTML Standard (https://html.spec.whatwg.org/, 13.2) says how a browser recovers
from each of these; a mail client takes the email apart first and may not do the same. Without the
doctype, old layout rules apply ("quirks mode"), and a link to an `id` that is there twice leads to
the first.

Wrong:

```html
<p id="notice">A notice from the publisher</p>
<p id="notice">Another notice</p>
```

Right:

```html
<p id="notice">A notice from the publisher</p>
<p id="second-notice">Another notice</p>
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.markup import ParseError
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "html"
_NOT_CLOSED = "an element is not closed where another one ends"
_CROSSED = "</{tag}> comes while something inside <{tag}> is still open"
_FAULTS = {
    "expected-doctype": "it does not begin with <!doctype html>",
    "unknown-doctype": "its doctype is an old one, not <!doctype html>",
    "unexpected-end-tag": "</{tag}> has no start tag, or something else is still open there",
    "end-tag-too-early": _CROSSED,
    "adoption-agency": _CROSSED,
    "expected-one-end-tag": _NOT_CLOSED,
    "expected-closing-tag-but-got-eof": "an element is never closed",
    "duplicate-attribute": "an element has the same attribute twice",
    "non-void-element-with-trailing-solidus": "<{tag}/> does not close <{tag}>",
    "unexpected-start-tag-implies": "an element begins inside another of its kind",
    "unexpected-start-tag": "<{tag}> is not allowed where it is",
    "unexpected-cell-end-tag": "an element is still open where </{tag}> comes",
    "unexpected-cell-in": "<{tag}> is outside a row",
    "eof-in": "it ends within a tag or a comment",
    "illegal-codepoint-for-numeric-entity": (
        "a character is written with a number that no character has"
    ),
    "expected-eof": "something follows </html>",
}
"""From the start of a fault's name to what it means."""
_HARMLESS = (
    "invalid-codepoint",  # for the rule about characters
    "expected-named-entity",
    "unexpected-char-in-comment",
    "unexpected-dash-after-double-dash-in-comment",
)
"""What the parser reports, but the HTML Standard allows: a bare & and two hyphens in a comment."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each kind of fault once, at its first place, and each id that is there twice."""
    for fault, errors in _faults(galley).items():
        where = f"line {errors[0].line} of {_file(galley)}"
        if len(errors) > 1:
            where += f", and {len(errors) - 1} more"
        place = galley.in_theme()
        message = f"The HTML has a fault: {fault} ({where})."
        yield place.error(message, "Look there, and fix it in the theme's template.")

    for name, count in _ids(galley).items():
        if count > 1:
            have = f"have the id '{printable(name)}'"
            place = galley.in_theme(f'id="{name}"')
            message = f"{count} elements {have}; a link to it leads to the first."
            hint = "Give each element an id of its own."
            yield place.error(message, hint)


def _file(galley: Galley) -> str:
    """Return the file of the HTML, as ``newsletter build`` writes it."""
    folders = filter(None, ("build", galley.issue.number, galley.email.further_format))
    return "/".join([*folders, "email.html"])


def _faults(galley: Galley) -> dict[str, list[ParseError]]:
    """Return what the parser reports, by what it means."""
    faults: dict[str, list[ParseError]] = {}
    for error in galley.document.errors:
        if error.fault not in _HARMLESS:
            faults.setdefault(_in_words(error), []).append(error)
    return faults


def _ids(galley: Galley) -> Counter[str]:
    ids: Counter[str] = Counter()
    for element in galley.document.elements():
        if "id" in element.attrib:
            ids[element.attrib["id"]] += 1
    return ids


def _in_words(error: ParseError) -> str:
    for fault, words in _FAULTS.items():
        if error.fault.startswith(fault):
            return words.format(tag=error.tag)
    return f"it breaks the HTML Standard, '{error.fault}'"
