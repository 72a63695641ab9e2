"""The names of WordprocessingML, and what is asked of every element, or said in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
"""Where the names of the strict form begin, which are otherwise those of the usual form."""

W = f"{{{_OFFICE}wordprocessingml/2006/main}}"
R = f"{{{_OFFICE}officeDocument/2006/relationships}}"
A = f"{{{_OFFICE}drawingml/2006/main}}"
WP = f"{{{_OFFICE}drawingml/2006/wordprocessingDrawing}}"
PIC = f"{{{_OFFICE}drawingml/2006/picture}}"
M = f"{{{_OFFICE}officeDocument/2006/math}}"
MC = f"{{{_OFFICE}markup-compatibility/2006}}"
V = "{urn:schemas-microsoft-com:vml}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@lru_cache(maxsize=2000)
def usual_name(name: str) -> str:
    """Return the name in the usual form of the standard of a name in either form."""
    if not name.startswith("{" + _STRICT):
        return name
    space, _, local = name[1:].partition("}")
    kind, _, rest = space.removeprefix(_STRICT).partition("/")
    return f"{{{_OFFICE}{kind}/2006/{rest}}}{local}"


def value(element: Element | None, attribute: str = "val") -> str | None:
    """Return an attribute ``w:…`` of an element; None if either is missing."""
    return None if element is None else element.get(W + attribute)


def whole(number: str | None) -> int | None:
    """Return a whole number; None for what is none, or has more digits than a document needs."""
    if number is None or len(number) > 9 or not number.lstrip("-").isdecimal():
        return None
    return int(number)


def is_on(element: Element) -> bool:
    """Return whether a property such as ``w:b`` is switched on (17.17.4)."""
    return element.get(W + "val", "true") not in ("0", "false", "off")


def text_of(element: Element) -> str:
    """Return the text within an element, with a space for each break."""
    return "".join(_texts(element))


def words_of(element: Element) -> str:
    """Return the words within an element, one space between them."""
    return " ".join(text_of(element).split())


def first_words(text: str, most: int = 60) -> str:
    """Return a text in quotes, cut at a space after so many characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return f"“{text}”"
    return f"“{text[:most].rsplit(' ', 1)[0]} …”"


def with_words(sentence: str, words: str) -> str:
    """Return a sentence with a full stop, and the first of the words that it is about."""
    return f"{sentence}: {first_words(words)}." if words.strip() else f"{sentence}."


def _texts(element: Element) -> Iterator[str]:
    for node in element.iter():
        if node.tag in (W + "t", W + "delText", M + "t"):
            yield node.text or ""
        elif node.tag in (W + "p", W + "br", W + "tab", W + "tc", W + "cr"):
            yield " "


def who_and_when(element: Element) -> str:
    """Return the author and the day of a change or a comment: "Zoë Volunteer, 13 April 2012"."""
    author = (element.get(W + "author") or "").partition("<")[0].strip() or "somebody"
    try:
        day = date.fromisoformat((element.get(W + "date") or "")[:10])
    except ValueError:
        return author
    return f"{author}, {day.day} {day:%B %Y}"


def properties_of(element: Element, name: str) -> Element:
    """Return the properties of an element (``pPr``), which it has from now on."""
    found = element.find(W + name)
    if found is None:
        found = Element(W + name)
        element.insert(0, found)
    return found


def set_value(properties: Element, name: str, said: str) -> None:
    """Say something in properties, in the place of what they said of it."""
    for former in properties.findall(W + name):
        properties.remove(former)
    SubElement(properties, W + name, {W + "val": said})


def run_of(text: str, height: str = "") -> Element:
    """Return a run; ``height`` is ``subscript`` or ``superscript``, if it is that."""
    run = Element(W + "r")
    if height:
        set_value(properties_of(run, "rPr"), "vertAlign", height)
    SubElement(run, W + "t").text = text
    return run
