"""What no single field can tell: number and folder, items that stand in an issue twice, links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from newsletter.errors import Problem
from newsletter.fields import shown
from newsletter.manifest.manuscript import MARKDOWN_FIELDS
from newsletter.manifest.node import Node
from newsletter.markdown import Fault, faulty_links
from newsletter.model import ITEM_OF_SECTION, Advert

_NUMBER = re.compile(r"[1-9][0-9]*[a-z]?")
_TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)|<([^\s<>]+)>|^\s*\[[^\]]+\]:\s*(\S+)")
"""Where a link leads, in [words](address), <address> and [name]: address."""
_LONGEST_LINK = 300
_KINDS = [item.model_fields["kind"].default for item in ITEM_OF_SECTION.values()]


def number_problems(tree: Node, folder: str) -> Iterator[Problem]:
    """A number that is not the folder's; a folder that is not named by a number may hold any."""
    number = (tree.text("number") or "").strip()
    if number != folder and _NUMBER.fullmatch(number) and _NUMBER.fullmatch(folder):
        what = f"The number is {number}, but the folder is called {folder}."
        yield tree.at(("number",)).problem(what, "Change one of them.")


def item_problems(tree: Node) -> Iterator[Problem]:
    """Items that stand in the wrong section, or in the issue for the second time."""
    seen: dict[tuple[str, str], Node] = {}
    for section in tree.parts("sections"):
        usual = ITEM_OF_SECTION.get(section.text("kind") or "")
        for item in section.parts("items"):
            kind = item.text("kind")
            allowed = [noun.model_fields["kind"].default for noun in (usual, Advert) if noun]
            if usual and kind in _KINDS and kind not in allowed:
                what = f"An item of the kind '{kind}' cannot stand in a section of the kind '{section.text('kind')}'."
                yield item.at(("kind",)).problem(what, "Move it to a section of its own kind, or take 'kind' out.")
            for name in ("title", "url"):
                yield from _seen_already(item, name, seen)


def _seen_already(item: Node, name: str, seen: dict[tuple[str, str], Node]) -> Iterator[Problem]:
    text, node = item.text(name), item.at((name,))
    if not text:
        return
    first = seen.setdefault((name, " ".join(text.split()).casefold()), node)
    if first is not node:
        place = f"line {first.line}" if first.path == node.path else f"{first.path.name}:{first.line}"
        yield node.problem(f"The same {name} stands in this issue already, in {place}.", "Take one of the two out.")


def link_problems(node: Node, lines: Mapping[Path, list[str]], name: str = "") -> Iterator[Problem]:
    """Links in the Markdown of a tree that lead to no web or mail address, and texts that are nearly links; ``lines``
    has those of each file.
    """
    if isinstance(node.value, dict):
        for field, child in node.value.items():
            yield from link_problems(child, lines, field)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from link_problems(child, lines)
    elif node.value and name in MARKDOWN_FIELDS:
        written = lines.get(node.path, [])[node.text_line - 1 : node.last_line]
        faults = list(faulty_links(node.value))
        yield from _leads_nowhere(node, [fault for fault in faults if fault.right is None], written)
        for fault in faults:
            if fault.right is not None:
                line = node.text_line + _line_of(fault.written, fault.line, written)
                what = f"'{shown(fault.written)}' is not read as a link."
                yield Problem(node.path, line, what, f"Write: {shown(fault.right, _LONGEST_LINK)}")


def _leads_nowhere(node: Node, faults: list[Fault], lines: list[str]) -> Iterator[Problem]:
    """Links that are refused, at each line that has their address: Markdown knows the paragraph only."""
    refused = {unquote(fault.written): fault.line for fault in faults}
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines if refused else []):
        for target in _TARGET.finditer(line):
            address = unquote(next((part for part in target.groups() if part is not None), ""))
            if address in refused:
                found.setdefault(address, []).append(number)
    hint = "Write the whole address, beginning with https://, http:// or mailto:."
    for address, offset in refused.items():
        link = f"The link to '{shown(address)}'" if address else "A link without an address"
        for below in found.get(address, [min(offset, max(len(lines) - 1, 0))]):
            yield Problem(node.path, node.text_line + below, f"{link} leads nowhere from an email.", hint)


def _line_of(text: str, offset: int, lines: list[str]) -> int:
    """How many lines below the first a text is written, at or after ``offset``: YAML may have joined its lines."""
    pattern = r"\s+".join(map(re.escape, text.split()))
    for start in (offset, 0):
        rest = "\n".join(lines[start:])
        if found := re.search(pattern, rest):
            return start + rest.count("\n", 0, found.start())
    return min(offset, max(len(lines) - 1, 0))
