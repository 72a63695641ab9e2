"""The parts of an email for Outlook for Windows alone.

It shows emails with Word, and reads comments that begin with [if mso].
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from newsletter.markup import Document
from newsletter.model import Client

OUTLOOK: frozenset[Client] = frozenset({"outlook-windows"})
LAYOUT = frozenset({"css-display-flex", "css-display-grid", "css-float", "css-position"})
"""Without these a page falls apart, whether they are in the element or in a <style>."""
_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@dataclass(frozen=True)
class PartsForOutlook:
    """What conditional comments say to Outlook for Windows alone."""

    kept_from: frozenset[Element]
    """What it does not see: [if !mso]."""
    in_tables: frozenset[Element]
    """What it sees in a table made for it."""
    texts: str
    """All the comments for it."""

    def replace(self, feature: str, written: str, element: Element) -> bool:
        """Return whether Outlook for Windows gets something else, or should not see this."""
        if element in self.kept_from:
            return True

        address = _ADDRESS.search(written)
        if feature == "css-background-image" and address:
            return address[1] in self.texts
        return feature in LAYOUT and element in self.in_tables


def parts_for_outlook(document: Document) -> PartsForOutlook:
    """Return what the conditional comments of an email say to it."""
    kept_from: set[Element] = set()
    in_tables: set[Element] = set()
    texts: list[str] = []

    is_kept_from = has_table = False
    elements = set(document.elements())
    for node in document.root.iter():
        if node in elements:
            if is_kept_from:
                kept_from.add(node)
            if has_table:
                in_tables.add(node)
            has_table = False
            continue

        text = node.text or ""
        comment = text.strip().lower()
        if comment.startswith("[if !mso"):
            is_kept_from = True
        elif comment.startswith("[if") and "mso" in comment:
            texts.append(text)
            has_table = "<td" in comment
            if has_table:
                in_tables.update(islice(document.ancestors(node), 1))  # its parent
        elif comment.endswith("endif]"):
            is_kept_from = False

    return PartsForOutlook(frozenset(kept_from), frozenset(in_tables), "".join(texts))
