"""What is around and within the text of a page, but not of the piece: menus, adverts, share
buttons, comments, cookie notices, lists of other pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_TAGS = re.compile(
    "aside|button|dialog|embed|footer|form|iframe|input|link|meta|nav|noscript|object|script"
    "|select|style|svg|template|textarea"
)
_ROLES = re.compile(
    "alert|banner|button|complementary|contentinfo|dialog|menu|navigation|search|toolbar"
)
_NAMES = {
    "advertisements": "ads?|adverts?|advertisements?|adsense|adslot|sponsored|promo|promotion",
    "share buttons": "share|sharing|sharedaddy|addtoany|a2a|social|sociable",
    "comments": "comments?|disqus|respond",
    "a list of other pieces": "related|relatedposts|recommended|recommendations|more stories"
    "|read ?next|outbrain|taboola|yarpp|latest|trending|popular|teasers?",
    "a notice about cookies": "cookies?|consent|gdpr",
    "a newsletter's form": "newsletter|subscribe|signup|paywall",
    "menus": "breadcrumbs?|nav|navigation|menu|pagination|pager|sidebar|widget|toc",
    "facts about the page": "(?:post|entry|article) meta|byline|author (?:box|bio)|about author"
    "|tags|tag list|entry footer|print|printfriendly|screen reader text|sr only|visually hidden"
    "|edit link|rating",
}
_WORDS = {what: re.compile(rf"(?:^|.* )(?:{words})(?: .*|$)") for what, words in _NAMES.items()}
_MOST_OF_IT = 0.5
"""The share of a text above which an element is not taken for what its name says."""


def without_furniture(text: Element) -> list[str]:
    """Take out of an element what is not the piece; return the names of what was taken out."""
    most = _MOST_OF_IT * _length(text)
    taken: list[str] = []

    for parent in list(text.iter()):
        kept: list[Element] = []
        for child in parent:
            what = _furniture(child)
            if what is None or _length(child) > most:
                kept.append(child)
                continue
            taken.append(what)
            _keep_tail(child, kept, parent)
        parent[:] = kept
    return list(dict.fromkeys(filter(None, taken)))


def _furniture(element: Element) -> str | None:
    """Return what an element is by its tag, role or names; empty if there is no word for it."""
    if not isinstance(element.tag, str) or _TAGS.fullmatch(element.tag):
        return ""
    if _ROLES.fullmatch(element.get("role", "")) or element.get("aria-hidden") == "true":
        return ""

    for name in _names(element):
        for what, words in _WORDS.items():
            if words.match(name):
                return what
    return None


def _names(element: Element) -> Iterator[str]:
    """Yield each of an element's class names and its id in lower case, its words apart."""
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    for name in names[:30]:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        yield re.sub(r"[^a-z0-9]+", " ", words.lower()).strip()


def _keep_tail(child: Element, kept: list[Element], parent: Element) -> None:
    """Put the text that follows an element behind what is before it."""
    tail = child.tail or ""
    if kept:
        kept[-1].tail = (kept[-1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _length(element: Element) -> int:
    return sum(len(words.strip()) for words in element.itertext())
