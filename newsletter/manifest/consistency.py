"""What no single field shows: number and folder, items in the wrong section, text lost as a comment, links that lead
nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from newsletter.errors import Problem
from newsletter.fields import host_fault, shown
from newsletter.manifest.names import MARKDOWN_FIELDS, TEXT_FIELDS
from newsletter.manifest.node import Node
from newsletter.markdown import links, refused_links
from newsletter.model import ITEM_OF_SECTION, Advert

_NUMBER = re.compile(r"[1-9][0-9]*[a-z]?")
_TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)|<([^\s<>]+)>")
"""Where a link leads, in [words](address) and <address>."""
_KINDS = [item.model_fields["kind"].default for item in ITEM_OF_SECTION.values()]


def number_problems(tree: Node, folder: str) -> Iterator[Problem]:
    """A number that is not the folder's; a folder that is not named by a number may hold any."""
    number = (tree.text("number") or "").strip()
    if number != folder and _NUMBER.fullmatch(number) and _NUMBER.fullmatch(folder):
        what = f"The number is {number}, but the folder is called {folder}."
        yield tree.at(("number",)).problem(what, "Change one of them.")


def item_problems(tree: Node) -> Iterator[Problem]:
    """Items in a section of another kind."""
    for section in tree.parts("sections"):
        usual = ITEM_OF_SECTION.get(section.text("kind") or "")
        for item in section.parts("items"):
            kind = item.text("kind")
            allowed = [noun.model_fields["kind"].default for noun in (usual, Advert) if noun]
            if usual and kind in _KINDS and kind not in allowed:
                what = f"An item of the kind '{kind}' cannot be in a section of the kind '{section.text('kind')}'."
                yield item.at(("kind",)).problem(what, "Move it to a section of its own kind, or take 'kind' out.")


def comment_problems(tree: Node) -> Iterator[Problem]:
    """``Campaign #5`` without quotes, of which YAML reads ``Campaign``."""
    for name, node in tree.leaves():
        if name in TEXT_FIELDS and re.match(r"#[^\s#]", node.comment):
            what = f"YAML takes everything from '{shown(node.comment, 20)}' on for a comment."
            yield node.problem(what, "Put the text in quotes; if it is a comment, write a space after the #.")


def host_problems(tree: Node, lines: Mapping[Path, list[str]]) -> Iterator[Problem]:
    """Links in Markdown whose host cannot exist."""
    for name, node in tree.leaves():
        for address in links(str(node.value or "")) if name in MARKDOWN_FIELDS else ():
            if fault := host_fault(address):
                host = address.partition("://")[2].partition("/")[0]
                rows = lines.get(node.path, [])[node.text_line - 1 : node.last_line]
                line = next((number for number, row in enumerate(rows, start=node.text_line) if host in row), None)
                yield Problem(node.path, line or node.text_line, *fault)


def link_problems(node: Node, lines: Mapping[Path, list[str]], name: str = "") -> Iterator[Problem]:
    """Links in the Markdown of a tree that lead to no web or mail address; ``lines`` has those of each file."""
    if isinstance(node.value, dict):
        for field, child in node.value.items():
            yield from link_problems(child, lines, field)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from link_problems(child, lines)
    elif node.value and name in MARKDOWN_FIELDS:
        for line, address in _refused(node, node.value, lines.get(node.path, [])):
            hint = "Write the whole address, beginning with https://, http:// or mailto:."
            link = f"The link to '{shown(address)}'" if address else "A link without an address"
            yield Problem(node.path, line, f"{link} leads nowhere from an email.", hint)


def _refused(node: Node, text: str, lines: list[str]) -> Iterator[tuple[int, str]]:
    """Line and address of each link that is refused. Markdown knows the paragraph, and YAML may have joined its lines,
    so each address is looked for in the file.
    """
    refused = {unquote(address): offset for offset, address in refused_links(text)}
    if not refused:
        return
    found = set()
    for number, line in enumerate(lines[node.text_line - 1 : node.last_line], start=node.text_line):
        for target in _TARGET.finditer(line):
            address = unquote(target[1] if target[2] is None else target[2])
            if address in refused:
                found.add(address)
                yield number, address
    for address in refused.keys() - found:
        yield min(node.text_line + refused[address], node.last_line), address
