"""A link does not say where it leads: "here", "read more", a bare address, or nothing at all.

What it does: looks at the name that a screen reader says for each link. It must not be empty, the
address of another page, or words that say nothing by themselves ("click here", "more", and the like
in German, French, Spanish, Italian, Dutch and Portuguese), and two links in one paragraph, or in
one list entry, must not have the same name and lead to different pages. The same name in two
paragraphs is left alone: the words around the link tell them apart. An address that is written out,
such as a DOI, leads where it says, and is an info. Pictures in links belong to the rule
`image-alt`.

Why it matters: people who do not see the page jump from link to link and hear only these names
(WCAG 2.2, success criterion 2.4.4, "Link Purpose"). Those who do see it skim for the coloured
words.

Wrong:

```yaml item
title: A story with one more link in its teaser
url: https://www.bionews.org.uk/page_100009
teaser: A committee has looked at the rules for donors, and its report of ninety pages is
  [here](https://www.bionews.org.uk/report).
```

Right:

```yaml item
title: A story with one more link in its teaser
url: https://www.bionews.org.uk/page_100009
teaser: A committee has looked at the rules for donors, and says why in [a report of ninety
  pages](https://www.bionews.org.uk/report).
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.markup import Hyperlink
from newsletter.model import Finding, Severity
from newsletter.text.markdown import links as links_in
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning", "info")
ABOUT = "html"
_BARE_ADDRESS = re.compile(r"(https?://|www\.)[^\s/]+/\S+", re.IGNORECASE)
_WEB = re.compile(r"^https?://", re.IGNORECASE)
_SAY_NOTHING = {
    "en": "here|click|click here|click this|click this link|follow this link|go|go here|learn more"
    "|link|more|more here|more info|more information|read|read here|read more|read more here"
    "|read on|see more|this|this link",
    "de": "hier|hier klicken|klick hier|klicken sie hier|link|mehr|mehr erfahren|mehr lesen|weiter"
    "|weiterlesen",
    "es": "aquí|enlace|haga clic aquí|haz clic aquí|leer más|más|más información|pulse aquí"
    "|ver más",
    "fr": "cliquez ici|en savoir plus|ici|lien|lire la suite|lire plus|par ici|plus|suite"
    "|voir plus",
    "it": "altro|clicca qui|continua|leggi|leggi di più|leggi tutto|link|qui|scopri di più",
    "nl": "hier|klik hier|lees hier|lees meer|lees verder|link|meer|meer lezen|verder lezen",
    "pt": "aqui|clique aqui|leia mais|ler mais|link|mais|saiba mais|ver mais",
}
_PARAGRAPHS = frozenset("p li td th dt dd blockquote h1 h2 h3 h4 h5 h6".split())  # noqa: SIM905
_AROUND = " \"'“”‘’«»‹›<>()[].,;:!?…-–—→➜➔▶►\u00a0"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield links whose name says nothing, and those with the same name that lead elsewhere."""
    empty_names = _empty_names(galley.issue.publication.primary_language)
    links = [link for link in galley.document.links if _is_heard(galley, link)]

    for link in links:
        name = link.name.strip(_AROUND)
        if not name:
            yield _without_words(galley, link)
        elif _BARE_ADDRESS.fullmatch(name) and not _is_within_email(link):
            yield _bare_address(galley, link)
        elif name.casefold() in empty_names:
            yield _empty_name(galley, link)

    yield from _namesakes(galley, links)


def _is_heard(galley: Galley, link: Hyperlink) -> bool:
    """Return whether a screen reader says the link's name.

    Whether a picture has an alt text is not checked here.
    """
    if link.element in galley.document.hidden:
        return False
    if link.name.strip():
        return True

    has_picture = next(link.element.iter("img"), None) is not None
    return not has_picture and not _has_other_name(link.element)


def _has_other_name(element: Element) -> bool:
    names = (element.get("aria-labelledby", ""), element.get("title", ""))
    return any(name.strip() for name in names)


def _is_within_email(link: Hyperlink) -> bool:
    """Return whether a link leads to another place in the email.

    A table of contents repeats titles, whatever they are.
    """
    return link.address.startswith("#")


def _empty_names(language: str) -> frozenset[str]:
    """Return names that say nothing, in English and in the publication's language."""
    own = _SAY_NOTHING.get(language, "")
    both = f"{_SAY_NOTHING['en']}|{own}"
    return frozenset(both.split("|"))


def _without_words(galley: Galley, link: Hyperlink) -> Finding:
    place = galley.where(link.element, f"[]({link.address}", link.address)
    message = f"The link to '{printable(link.address)}' has no words."
    hint = "Write words that say where it leads."
    return place.warning(message, hint)


def _bare_address(galley: Galley, link: Hyperlink) -> Finding:
    """Return the finding for a link whose name is an address: an info if it leads there."""
    in_markdown = f"[{link.text}]("
    in_brackets = f"<{link.text}>"
    place = galley.where(link.element, in_markdown, in_brackets, link.text, link.address)
    name = printable(link.name)
    message = f"The text of a link is a bare address: '{name}'."
    hint = "Put the link on words that say where it leads: [words](address)."

    pages = [_page(address) for address in links_in(link.name)]
    if _page(link.address) in pages:
        return place.info(message, hint)
    return place.warning(message, hint)


def _empty_name(galley: Galley, link: Hyperlink) -> Finding:
    in_markdown = f"[{link.text}]("
    in_words_toml = f'"{link.text}"'
    in_html = f">{link.text}<"
    place = galley.where(link.element, in_markdown, in_words_toml, in_html)
    name = printable(link.name)
    message = f"A link is called '{name}', which does not say where it leads."
    hint = "Put the link on words that say where it leads."
    return place.warning(message, hint)


def _namesakes(galley: Galley, links: list[Hyperlink]) -> Iterator[Finding]:
    """Yield links that have the name of one before in their paragraph, and lead elsewhere."""
    first: dict[tuple[Element | None, str], Hyperlink] = {}
    for link in links:
        name = " ".join(link.name.split()).casefold()
        if not name or _is_within_email(link):
            continue

        paragraph = _paragraph(galley, link)
        other = first.setdefault((paragraph, name), link)
        if _page(other.address) != _page(link.address):
            yield _namesake(galley, link, other)


def _namesake(galley: Galley, link: Hyperlink, other: Hyperlink) -> Finding:
    place = galley.where_link(link)
    name = printable(link.name)
    pages = f"'{printable(other.address)}' and '{printable(link.address)}'"
    message = f"Two links are called '{name}' but lead to different pages: {pages}."
    return place.warning(message, "Give each a name of its own.")


def _paragraph(galley: Galley, link: Hyperlink) -> Element | None:
    """Return the paragraph, heading, cell or list entry that a link is in."""
    for element in galley.document.ancestors(link.element):
        if element.tag in _PARAGRAPHS:
            return element
    return None


def _page(address: str) -> str:
    """Return the page of an address, whichever place in it, over http or https."""
    page, _, _ = address.partition("#")
    return _WEB.sub("", page.rstrip("/"))
