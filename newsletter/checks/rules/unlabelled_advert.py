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
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.markup import Element

SEVERITIES: tuple[Severity, ...] = ("error",)
_LABELS = (
    r"advertisement(?: feature)?|advertorial|advert|ad|paid (?:content|post|partnership|promotion|advertisement)"
    r"|sponsored(?: content| post| article| feature)?|promoted(?: content| post)?"
)
_LOOK_BACK = 2
"""Elements before a title that may hold its label."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield adverts without their label or advertiser, and items of other kinds with the label of an advert."""
    for item in galley.issue.items:
        if isinstance(item, Advert):
            yield from _unlabelled(galley, item)
    yield from _disguised(galley)


def _unlabelled(galley: Galley, advert: Advert) -> Iterator[Finding]:
    in_html, in_text = _in_html(galley, advert), _in_text(galley, advert)
    hint = "Show the word 'advert' of words.toml and the advertiser before the title, as the default theme does."
    if missing := _missing(galley, advert, in_html):
        place = galley.in_theme('class="advert"', 'kind == "advert"')
        yield place.error(
            f"In the HTML, the advert '{printable(advert.title)}' is missing {missing}.", hint
        )
    if missing := _missing(galley, advert, in_text):
        place = galley.in_theme("{{ item.title | wrap }}", "item.title")
        yield place.error(
            f"In the text part, the advert '{printable(advert.title)}' is missing {missing}.", hint
        )


def _missing(galley: Galley, advert: Advert, around: str | None) -> str | None:
    """Return which of an advert's labels are not in the text around it; None if the advert is not there at all."""
    if around is None:
        return None
    label = str(galley.theme.words.get("advert", ""))
    missing = (
        []
        if _solid(label) and _solid(label) in around
        else [f"the label '{printable(label or 'Advertisement')}'"]
    )
    if _solid(advert.advertiser) not in around:
        missing.append(f"the name of the advertiser, '{printable(advert.advertiser)}'")
    return " and ".join(missing) or None


def _solid(text: str) -> str:
    """Return a text without its spaces, which differ between the parts of an email, and without its capitals."""
    return "".join(text.split()).casefold()


def _in_html(galley: Galley, advert: Advert) -> str | None:
    """Return what readers see of an advert, and just before it; the whole email if the theme marks no items."""
    document = galley.document
    own = [element for element in document.elements() if galley.item_of(element) is advert]
    if not own:
        return _solid(document.text) if _solid(advert.title) in _solid(document.text) else None
    seen = [text for element, text in document.texts() if galley.item_of(element) is advert]
    return _solid(" ".join([*_before(galley, own[0]), *seen]))


def _before(galley: Galley, element: Element) -> list[str]:
    """Return what comes just before an element, back to the last heading."""
    near: list[Element] = []
    for above in galley.document.ancestors(element):
        children = [child for child in above if isinstance(child.tag, str)]
        place = children.index(element)
        near = near or children[max(0, place - _LOOK_BACK) : place]
        element = above
    after_heading = max(
        (index for index, child in enumerate(near, 1) if _has_heading(child)), default=0
    )
    return [galley.document.visible(child) for child in near[after_heading:]]


def _has_heading(element: Element) -> bool:
    return any(node.tag in _HEADINGS for node in element.iter())


def _in_text(galley: Galley, advert: Advert) -> str | None:
    """Return the paragraphs of the text part around an advert's title."""
    paragraphs = [_solid(part) for part in re.split(r"\n[ \t]*\n", galley.sent.text)]
    title = _solid(advert.title)
    around = [
        "".join(paragraphs[max(0, index - 1) : index + 2])
        for index, part in enumerate(paragraphs)
        if title in part
    ]
    return "".join(around) if around else None


def _disguised(galley: Galley) -> Iterator[Finding]:
    labels = f"{_LABELS}|{re.escape(str(galley.theme.words.get('advert', 'advert')))}"
    is_label = re.compile(
        rf"\s*(?:[\[(]({labels})[\])]|({labels})\s*(?::|\||[–—-]\s|$))", re.IGNORECASE
    )
    for passage, *_ in galley.manuscript.fields:
        is_list = passage.source.entry is not None
        if is_list or not _is_editorial(passage.noun):
            continue
        if found := is_label.match(passage.text):
            message = f"This begins with '{found[0].strip()}', but its kind is not 'advert'."
            hint = "Write 'kind: advert' and 'advertiser:', and delete the label, which the theme adds; or reword it."
            yield galley.manuscript.find_in(passage, found[0]).error(message, hint)


def _is_editorial(noun: object) -> bool:
    return isinstance(noun, tuple(ITEM_OF_SECTION.values())) and not isinstance(noun, Advert)
