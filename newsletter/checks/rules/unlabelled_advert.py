"""Something that was paid for is not labelled as an advert.

What it does: looks for the theme's word for adverts (`advert` in words.toml) and for the
advertiser's name beside every advert, in the HTML and in the text part. It also looks for items of
other kinds whose title or text begins with a label such as "Advertisement:", "[Ad]" or
"Sponsored:". News about adverts and sponsors, "Sponsored research doubles", is not an advert.

Why it matters: readers must be able to see what was paid for. Rules 2.1 and 2.4 of the CAP Code,
which applies to British publications, require adverts to be obviously identifiable, and make
publishers responsible as well:
https://www.asa.org.uk/advice-online/recognising-ads-advertisement-features.html

Wrong:

```yaml item
kind: news
title: "Advertisement: A course in genetic counselling"
url: https://www.bionews.org.uk/page_200002
teaser: The course runs for two years, in the evenings, and there are places left for this autumn.
```

Right:

```yaml item
kind: advert
title: A course in genetic counselling
advertiser: The Advertiser's Name
url: https://www.bionews.org.uk/page_200002
teaser: The course runs for two years, in the evenings, and there are places left for this autumn.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.checks.galley import Galley
from newsletter.model import ITEM_OF_SECTION, Advert, Finding, Severity
from newsletter.text.normalise import as_typed
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.markup import Document, Element

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_LABELS = (
    r"advertisement(?: feature)?|advertorial|advert|ad"
    r"|paid (?:content|post|partnership|promotion|advertisement)"
    r"|sponsored(?: content| post| article| feature)?|promoted(?: content| post)?"
)
_LOOK_BACK = 2
"""Elements before a title that may hold its label."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_HINT = (
    "Show the word 'advert' of words.toml and the advertiser before the title, "
    "as the default theme does."
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield adverts without label or advertiser, and other items with the label of an advert."""
    for item in galley.issue.items:
        if isinstance(item, Advert):
            yield from _unlabelled(galley, item)
    yield from _disguised(galley)


# Adverts


def _unlabelled(galley: Galley, advert: Advert) -> Iterator[Finding]:
    title = printable(advert.title)
    missing = _missing(galley, advert, _in_html(galley, advert))
    if missing:
        place = galley.in_theme('class="advert"', 'kind == "advert"')
        yield place.error(f"In the HTML, the advert '{title}' is missing {missing}.", _HINT)

    missing = _missing(galley, advert, _in_text(galley, advert))
    if missing:
        place = galley.in_theme(
            "{{ item.title | wrap(marker", "{{ item.title | wrap }}", "item.title"
        )
        yield place.error(f"In the text part, the advert '{title}' is missing {missing}.", _HINT)


def _missing(galley: Galley, advert: Advert, around: str | None) -> str:
    """Return which of an advert's labels are not in the text around it.

    Nothing is missing if the advert is not there at all.
    """
    if around is None:
        return ""

    missing: list[str] = []
    label = str(galley.theme.words.get("advert", ""))
    if not _solid(label) or _solid(label) not in around:
        missing.append(f"the label '{printable(label or 'Advertisement')}'")
    if _solid(advert.advertiser) not in around:
        name = printable(advert.advertiser)
        missing.append(f"the name of the advertiser, '{name}'")
    return " and ".join(missing)


def _solid(text: str) -> str:
    """Return a text without its spaces and its capitals, and as it was before it was set in type.

    The parts of an email break lines in different places.
    """
    return as_typed(text).casefold()


def _in_html(galley: Galley, advert: Advert) -> str | None:
    """Return what readers see of an advert, and just before it; None if it is not there.

    Return the whole email if the theme marks no items.
    """
    document = galley.document
    own = [element for element in document.elements() if galley.item_of(element) is advert]
    if not own:
        whole = _solid(document.text)
        is_there = _solid(advert.title) in whole
        return whole if is_there else None

    seen = _before(galley, own[0])
    for element, text in document.texts():
        if galley.item_of(element) is advert:
            seen.append(text)
    return _solid(" ".join(seen))


def _before(galley: Galley, element: Element) -> list[str]:
    """Return what comes just before an element, back to the last heading."""
    document = galley.document
    texts: list[str] = []
    for child in reversed(_elements_before(document, element)):
        if _has_heading(child):
            break
        texts.insert(0, document.visible(child))
    return texts


def _elements_before(document: Document, element: Element) -> list[Element]:
    """Return the elements just before one, or before the nearest around it that has some."""
    for above in document.ancestors(element):
        children = [child for child in above if isinstance(child.tag, str)]
        position = children.index(element)
        if position:
            return children[max(0, position - _LOOK_BACK) : position]
        element = above
    return []


def _has_heading(element: Element) -> bool:
    return any(node.tag in _HEADINGS for node in element.iter())


def _in_text(galley: Galley, advert: Advert) -> str | None:
    """Return the paragraphs of the text part around an advert's title; None if it is not there."""
    paragraphs = [_solid(part) for part in _BETWEEN_PARAGRAPHS.split(galley.sent.text)]
    title = _solid(advert.title)

    around: list[str] = []
    for position, paragraph in enumerate(paragraphs):
        if title in paragraph:
            start = max(0, position - 1)
            around += paragraphs[start : position + 2]
    return "".join(around) if around else None


# Items of other kinds


def _disguised(galley: Galley) -> Iterator[Finding]:
    label = _label(galley)
    for passage, *_ in galley.manuscript.fields:
        is_list = passage.source.entry is not None
        if is_list or not _is_of_other_kind(passage.noun):
            continue

        match = label.match(passage.text)
        if match:
            place = galley.manuscript.find_in(passage, match[0])
            message = f"This begins with '{match[0].strip()}', but its kind is not 'advert'."
            hint = (
                "Write 'kind: advert' and 'advertiser:', and delete the label, "
                "which the theme adds; or reword it."
            )
            yield place.error(message, hint)


def _label(galley: Galley) -> re.Pattern[str]:
    """Return the pattern of how a text begins that is labelled as an advert."""
    of_theme = str(galley.theme.words.get("advert", "advert"))
    labels = f"{_LABELS}|{re.escape(of_theme)}"
    in_brackets = rf"[\[(]({labels})[\])]"
    before_colon = rf"({labels})\s*(?::|\||[–—-]\s|$)"
    return re.compile(rf"\s*(?:{in_brackets}|{before_colon})", re.IGNORECASE)


def _is_of_other_kind(noun: object) -> bool:
    kinds = tuple(ITEM_OF_SECTION.values())
    return isinstance(noun, kinds) and not isinstance(noun, Advert)
