"""Equations as a line of text (22.1): fractions with a stroke, sub- and superscript as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.docx.names import M, W

_LOW, _HIGH = "subscript", "superscript"


class Words(NamedTuple):
    """Some characters of an equation."""

    text: str
    height: str = ""
    """``subscript`` or ``superscript``, if they are that."""


def line_of(equation: Element) -> Iterator[Words]:
    """Yield an equation, or a part of one, as a line of characters."""
    if equation.tag in (M + "t", W + "t"):
        yield Words(equation.text or "")
        return

    form = equation.tag.removeprefix(M)
    if form in ("sSup", "sSub", "sSubSup"):
        yield from (*_part(equation, "e"), *_limits(equation))
    elif form == "f":
        yield from (*_grouped(equation, "num"), Words("/"), *_grouped(equation, "den"))
    elif form == "rad":
        degree = (Words(part.text, _HIGH) for part in _part(equation, "deg"))
        yield from (*degree, Words("√"), *_grouped(equation, "e"))
    elif form == "nary":
        sign = Words(_said(equation, "chr", "∫"))
        yield from (sign, *_limits(equation), Words(" "), *_part(equation, "e"))
    elif form == "d":
        inner = _joined(equation.findall(M + "e"), _said(equation, "sepChr", "|"))
        first, last = _said(equation, "begChr", "("), _said(equation, "endChr", ")")
        yield from (Words(first), *inner, Words(last))
    elif form in ("m", "eqArr"):
        yield from _joined(equation.findall(M + "mr") or equation.findall(M + "e"), "; ")
    else:
        yield from _joined(equation, ", " if form == "mr" else "")


def _part(equation: Element, name: str) -> Iterator[Words]:
    for part in equation.findall(M + name):
        yield from line_of(part)


def _limits(equation: Element) -> Iterator[Words]:
    for name, height in (("sub", _LOW), ("sup", _HIGH)):
        yield from (Words(part.text, part.height or height) for part in _part(equation, name))


def _grouped(equation: Element, name: str) -> list[Words]:
    """Return a part in brackets if it is more than one number or name."""
    parts = list(_part(equation, name))
    is_one = "".join(part.text for part in parts).isalnum()
    return parts if is_one else [Words("("), *parts, Words(")")]


def _joined(elements: Iterable[Element], between: str) -> Iterator[Words]:
    for number, element in enumerate(elements):
        if number:
            yield Words(between)
        yield from line_of(element)


def _said(equation: Element, name: str, otherwise: str) -> str:
    found = equation.find(f"*/{M}{name}")
    return otherwise if found is None else found.get(M + "val", "")
