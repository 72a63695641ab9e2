"""Faults that no single field shows: number and folder, items in the wrong section, text lost as a comment, links that
lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from newsletter.manifest.node import Node
from newsletter.model import ITEM_OF_SECTION, Advert
from newsletter.model.fields import Seen, host_fault
from newsletter.model.names import names_of
from newsletter.problem import Problem
from newsletter.text.markdown import Fault, faulty_links, links
from newsletter.text.printable import printable

_MARKDOWN_FIELDS = names_of(Seen.MARKDOWN)
_TEXT_FIELDS = names_of(Seen.LINE, Seen.MARKDOWN)
_NUMBER = re.compile(r"[1-9][0-9]*[a-z]?")
_TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)|<([^\s<>]+)>|^\s*\[[^\]]+\]:\s*(\S+)")
"""Where a link leads, in [words](address), <address> and [name]: address."""
_LONGEST_LINK = 300
_KINDS = [item.model_fields["kind"].default for item in ITEM_OF_SECTION.values()]


def number_problems(tree: Node, folder: str) -> Iterator[Problem]:
    """Yield a problem if the number is not the folder's; a folder whose name is not a number may hold any."""
    number = (tree.text("number") or "").strip()
    if number != folder and _NUMBER.fullmatch(number) and _NUMBER.fullmatch(folder):
        message = f"The number is {number}, but the folder is called {folder}."
        yield tree.at(("number",)).problem(message, "Change one of them.")


def item_problems(tree: Node) -> Iterator[Problem]:
    """Yield a problem for each item in a section of another kind."""
    for section in tree.parts("sections"):
        usual = ITEM_OF_SECTION.get(section.text("kind") or "")
        for item in section.parts("items"):
            kind = item.text("kind")
            allowed = [noun.model_fields["kind"].default for noun in (usual, Advert) if noun]
            if usual and kind in _KINDS and kind not in allowed:
                message = f"An item of kind '{kind}' cannot be in a section of kind '{section.text('kind')}'."
                yield item.at(("kind",)).problem(
                    message, "Move it to a section of its own kind, or delete 'kind'."
                )


def comment_problems(tree: Node) -> Iterator[Problem]:
    """Yield a problem for each ``Campaign #5`` without quotes, of which YAML reads ``Campaign``."""
    for name, node in tree.leaves():
        if name in _TEXT_FIELDS and re.match(r"#[^\s#]", node.comment):
            message = (
                f"YAML reads everything from '{printable(node.comment, 20)}' onwards as a comment."
            )
            yield node.problem(
                message, "Put the text in quotes; if it is a comment, write a space after the #."
            )


def host_problems(tree: Node, lines: Mapping[Path, list[str]]) -> Iterator[Problem]:
    """Yield a problem for each link in Markdown whose host cannot exist."""
    for name, node in tree.leaves():
        for address in links(str(node.value or "")) if name in _MARKDOWN_FIELDS else ():
            if fault := host_fault(address):
                host = address.partition("://")[2].partition("/")[0]
                rows = lines.get(node.path, [])[node.text_line - 1 : node.last_line]
                line = next(
                    (
                        number
                        for number, row in enumerate(rows, start=node.text_line)
                        if host in row
                    ),
                    None,
                )
                yield Problem(node.path, line or node.text_line, *fault)


def link_problems(node: Node, lines: Mapping[Path, list[str]], name: str = "") -> Iterator[Problem]:
    """Yield a problem for each link in Markdown that leads to no web or mail address, and for each text that is nearly
    a link; ``lines`` has the lines of each file.
    """
    if isinstance(node.value, dict):
        for field, child in node.value.items():
            yield from link_problems(child, lines, field)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from link_problems(child, lines)
    elif node.value and name in _MARKDOWN_FIELDS:
        written = lines.get(node.path, [])[node.text_line - 1 : node.last_line]
        faults = list(faulty_links(node.value))
        yield from _leads_nowhere(node, [fault for fault in faults if fault.right is None], written)
        for fault in faults:
            if fault.right is not None:
                line = node.text_line + _line_of(fault.written, fault.line, written)
                message = f"'{printable(fault.written)}' is not read as a link."
                yield Problem(
                    node.path, line, message, f"Write: {printable(fault.right, _LONGEST_LINK)}"
                )


def _leads_nowhere(node: Node, faults: list[Fault], lines: list[str]) -> Iterator[Problem]:
    """Yield a problem at each line that has the address of a refused link: Markdown knows only the paragraph."""
    refused = {unquote(fault.written): fault.line for fault in faults}
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines if refused else []):
        for target in _TARGET.finditer(line):
            address = unquote(next((part for part in target.groups() if part is not None), ""))
            if address in refused:
                found.setdefault(address, []).append(number)
    hint = "Write the whole address, starting with https://, http:// or mailto:."
    for address, offset in refused.items():
        link = f"The link to '{printable(address)}'" if address else "A link without an address"
        for below in found.get(address, [min(offset, max(len(lines) - 1, 0))]):
            yield Problem(
                node.path, node.text_line + below, f"{link} does not work in an email.", hint
            )


def _line_of(text: str, offset: int, lines: list[str]) -> int:
    """Return how many lines below the first a text is, at or after ``offset``: YAML may have joined its lines."""
    pattern = r"\s+".join(map(re.escape, text.split()))
    for start in (offset, 0):
        rest = "\n".join(lines[start:])
        if found := re.search(pattern, rest):
            return start + rest.count("\n", 0, found.start())
    return min(offset, max(len(lines) - 1, 0))
