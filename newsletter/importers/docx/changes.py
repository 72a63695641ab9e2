"""Tracked changes: who changed what, and the text with all of them accepted or rejected.

How they are marked: ECMA-376, part 1, 17.13.5. A mark within the properties of a paragraph is about
the paragraph's end: without it, the paragraph goes on with the words of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.docx.names import W, first_words, who_and_when, words_of
from newsletter.importers.docx.package import Refused
from newsletter.importers.protocol import Changes

_ADDED = frozenset((W + "ins", W + "moveTo", W + "cellIns"))
_TAKEN = frozenset((W + "del", W + "moveFrom", W + "cellDel"))
_PARTS = ("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tcPr", "trPr", "tblGrid")
_FORMATTED = frozenset(f"{W}{part}Change" for part in _PARTS)
_VERBS = {
    W + "ins": "added",
    W + "del": "deleted",
    W + "moveFrom": "moved away",
    W + "moveTo": "moved here",
    W + "cellIns": "added a cell of a table",
    W + "cellDel": "deleted a cell of a table",
}
_STAYING = frozenset((W + "rPr", W + "sectPr"))
"""What of a paragraph's properties is not among their former ones (17.13.5.29)."""
_DELETED_WORDS = {W + "delText": W + "t", W + "delInstrText": W + "instrText"}
_MOST_LISTED = 40
_MOST_NAMED = 3
"""Changes that are named in an error."""
_BETWEEN = frozenset((W + "bookmarkStart", W + "bookmarkEnd", W + "proofErr"))
"""What may lie between two paragraphs that become one."""


class Change(NamedTuple):
    """One tracked change."""

    by: str
    """Who and when: "Zoë Volunteer, 13 April 2012"."""
    what: str
    """In words: "deleted “very”"."""
    is_of_words: bool
    """Whether words change with it, and not their formatting alone."""


def changes_in(root: Element) -> list[Change]:
    """Return the changes tracked in a part, in order."""
    return list(_changes(root))


def listed(changes: Iterable[Change]) -> str:
    """Return the changes as lines, those of one person on one day together."""
    lines = []
    for by, group in groupby(changes, key=lambda change: change.by):
        lines += [f"{by}:", *(f"  {what}" for what in _counted(change.what for change in group))]

    left = len(lines) - _MOST_LISTED
    if left > 0:
        lines[_MOST_LISTED:] = [f"and {left} more"]
    return "\n".join(lines)


def what_was_done(changes: Sequence[Change], decision: Changes) -> str:
    """Return what was done with the changes, and whose they were."""
    people = dict.fromkeys(change.by.partition(",")[0] for change in changes)
    done = "accepted" if decision == "accept" else "rejected"
    what = "of formatting " if not any(change.is_of_words for change in changes) else ""
    count = "1 tracked change" if len(changes) == 1 else f"{len(changes)} tracked changes"
    was = "was" if len(changes) == 1 else "were"
    return f"{count} {what}by {', '.join(people)} {was} {done}."


def undecided(changes: Sequence[Change]) -> Refused:
    """Return an error that says how to decide about the changes, with the first of them."""
    first = "; ".join(f"{change.by}: {change.what}" for change in changes[:_MOST_NAMED])
    left = len(changes) - _MOST_NAMED
    more = f"; and {left} more" if left > 0 else ""
    message = f"It has tracked changes that are neither accepted nor rejected ({first}{more})."
    return Refused(message, "Write --changes accept or --changes reject.")


def settle(root: Element, decision: Changes) -> None:
    """Make a part what Word makes of it when all changes in it are accepted, or rejected."""
    kept, gone = (_ADDED, _TAKEN) if decision == "accept" else (_TAKEN, _ADDED)
    _settle(root, kept, gone)
    if decision == "reject":
        for element in root.iter():
            element.tag = _DELETED_WORDS.get(element.tag, element.tag)


def _changes(element: Element) -> Iterator[Change]:
    for child in element:
        if child.tag in _FORMATTED:
            yield Change(who_and_when(child), "changed formatting", is_of_words=False)
        elif child.tag in _VERBS:
            yield Change(who_and_when(child), _in_words(child, element), is_of_words=True)
            yield from (change for change in _changes(child) if change.is_of_words)
        else:
            yield from _changes(child)


def _in_words(change: Element, parent: Element) -> str:
    verb = _VERBS[change.tag]
    if parent.tag == W + "rPr":
        return f"{verb} the end of a paragraph"
    if parent.tag == W + "trPr":
        return f"{verb} a row of a table"
    words = words_of(change)
    if words:
        return f"{verb} {first_words(words)}"
    return verb if "cell" in verb else f"{verb} a space, a picture or the like"


def _counted(texts: Iterable[str]) -> Iterator[str]:
    for text, group in groupby(texts):
        times = len(list(group))
        yield text if times == 1 else f"{text} ({times} times)"


def _settle(element: Element, kept: frozenset[str], gone: frozenset[str]) -> None:
    children: list[Element] = []
    unended: set[Element] = set()
    for child in element:
        if child.tag in gone or _is_gone_in_table(child, gone):
            continue
        if child.tag in _FORMATTED:
            if kept is _TAKEN:
                _undo_formatting(children, child)
            continue

        if child.tag == W + "p" and _has_mark(child, "pPr/rPr", gone):
            unended.add(child)
        _settle(child, kept, gone)
        if child.tag in kept:
            children.extend(child)
        elif child.tag != W + "tbl" or child.find(f".//{W}tr") is not None:
            children.append(child)

    element[:] = _joined(children, unended) if unended else children


def _is_gone_in_table(element: Element, gone: frozenset[str]) -> bool:
    if element.tag == W + "tr":
        return _has_mark(element, "trPr", gone)
    return element.tag == W + "tc" and _has_mark(element, "tcPr", gone)


def _has_mark(element: Element, path: str, marks: frozenset[str]) -> bool:
    properties = element.find("/".join(W + name for name in path.split("/")))
    return properties is not None and any(child.tag in marks for child in properties)


def _undo_formatting(properties: list[Element], change: Element) -> None:
    """Put the former properties, which the change holds, in the place of those before it."""
    former = next(iter(change), None)
    if former is None:
        return
    staying = _STAYING if change.tag == W + "pPrChange" else frozenset()
    properties[:] = [*former, *(element for element in properties if element.tag in staying)]


def _joined(blocks: Iterable[Element], unended: set[Element]) -> list[Element]:
    """Return the blocks; the words of a paragraph without an end begin the next paragraph."""
    joined: list[Element] = []
    for block in blocks:
        if block.tag in _BETWEEN:
            continue
        if block.tag == W + "p" and joined and joined[-1] in unended:
            words = [child for child in joined.pop() if child.tag != W + "pPr"]
            start = 0 if block.find(W + "pPr") is None else 1
            block[start:start] = words
        joined.append(block)
    return joined
