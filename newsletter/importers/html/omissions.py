"""What of a page is no part of its text: scripts, forms, hidden and deleted text."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from newsletter.importers.html.notices import Notices
from newsletter.importers.html.styles import is_hidden

_UNSEEN_NAMES = "head style template noscript xml annotation annotation-xml area col hr wbr"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
"""What has nothing to read in it, and nobody misses."""
_EMBEDDED = {
    "script": "A script",
    "iframe": "A page within the page",
    "object": "An embedded object",
    "embed": "An embedded object",
    "applet": "An embedded object",
    "video": "A video",
    "audio": "A recording",
    "canvas": "A drawing",
    "svg": "A drawing",
    "input": "A form",
}
_CONTROLS = {"button": "A button", "select": "A form", "textarea": "A form"}
_COMMENTS = ("comment-list", "comment")
"""Values of ``mso-element``, by which Word says what a part of its HTML is."""
_OF_COMMENTS = "msocomanchor"


def is_left_out(element: Element, said: Mapping[str, str], notices: Notices) -> bool:
    """Return whether an element is no part of the text, and note what is lost with it."""
    is_comment = not isinstance(element.tag, str)
    if is_comment or element.get("class") == _OF_COMMENTS or element.get("type") == "hidden":
        return True

    tag = element.tag.rpartition("}")[2]
    if tag in _UNSEEN:
        return True
    if tag in _EMBEDDED:
        notices.source(_EMBEDDED[tag], element)
        return True

    name = _name_of_text(element, said)
    if name:
        notices.text(name, element)
    return name is not None


def _name_of_text(element: Element, said: Mapping[str, str]) -> str | None:
    """Return what a text that is left out is; None if it is not left out."""
    if element.tag in _CONTROLS:
        return _CONTROLS[element.tag]
    if said.get("mso-element") in _COMMENTS:
        return "A comment"
    if element.tag == "del" and (element.get("datetime") or element.get("cite")):
        return "Deleted text"
    if is_hidden(element, said):
        return "Hidden text"
    return None
