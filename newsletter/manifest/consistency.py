"""Faults that no single field shows.

They are a number that is not the folder's, items in the wrong section, two leads, two slugs,
two formats for the same readers, text lost as a comment, and links that lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from newsletter.manifest.did_you_mean import instead_of_word
from newsletter.manifest.node import Node
from newsletter.model import ITEM_OF_SECTION, Advert, Format, Issue, Publication
from newsletter.model.fields import Seen, host_fault
from newsletter.model.names import names_of
from newsletter.plugins import names, own_names
from newsletter.problem import Problem
from newsletter.text.markdown import Fault, faulty_links, links
from newsletter.text.printable import printable

_MARKDOWN_FIELDS = names_of(Seen.MARKDOWN)
_TEXT_FIELDS = names_of(Seen.LINE, Seen.MARKDOWN)
_NUMBER = re.compile(r"[1-9][0-9]*[a-z]?")
_TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)|<([^\s<>]+)>|^\s*\[[^\]]+\]:\s*(\S+)")
"""Where a link leads, in [words](address), <address> and [name]: address."""
_COMMENT_WITHOUT_SPACE = re.compile(r"#[^\s#]")
_LONGEST_LINK = 300
_SERVICES = "newsletter.services"
"""The group of plug-ins that are mailing services."""
_KINDS = [item.model_fields["kind"].default for item in ITEM_OF_SECTION.values()]


def number_problems(tree: Node, folder: str) -> Iterator[Problem]:
    """Yield a problem if the number is not the folder's.

    A folder whose name is not a number may hold any issue.
    """
    number = (tree.text("number") or "").strip()
    both_are_numbers = _NUMBER.fullmatch(number) and _NUMBER.fullmatch(folder)
    if both_are_numbers and number != folder:
        message = f"The number is {number}, but the folder is called {folder}."
        yield tree.at(("number",)).problem(message, "Change one of them.")


def publication_problems(tree: Node, publication: Publication | None) -> Iterator[Problem]:
    """Yield the faults of a publication; only those of its fields if they made none."""
    yield from _service_problems(tree)
    if publication:
        yield from _format_problems(tree, publication)


def _service_problems(tree: Node) -> Iterator[Problem]:
    """Yield a problem if a publication names a mailing service that is not installed."""
    service = (tree.text("service") or "").strip()
    if not service or service in own_names(_SERVICES):  # mostly, no plug-in has to be looked for
        return

    known = names(_SERVICES)
    if service not in known:
        default = Publication.model_fields["service"].default
        default_first = sorted(known, key=lambda name: name != default)
        message = f"'{printable(service)}' cannot be used here."
        yield tree.at(("service",)).problem(message, instead_of_word(service, default_first))


def _format_problems(tree: Node, publication: Publication) -> Iterator[Problem]:
    """Yield a problem for each format that has the name or readers of an earlier one, and for each
    limit that has no effect. ``tree`` is what the publication was made from.
    """
    earlier: list[Format] = []
    for node, format in zip(tree.parts("formats"), publication.formats, strict=True):
        yield from _clash(node, format, earlier)
        earlier.append(format)

        limit = node.field("at_most")
        if limit and not (format.shows == "full" and format.has_html):
            message = "'at_most' has no effect on this format."
            hint = "Delete it: only pieces of a format that shows full, with HTML, become teasers."
            yield limit.problem(message, hint)


def _clash(node: Node, format: Format, earlier: Iterable[Format]) -> Iterator[Problem]:
    """Yield a problem if an earlier format has the same name or readers."""
    for other in earlier:
        if format.name == other.name:
            message = f"There is a format called '{format.name}' already."
            yield node.at(("name",)).problem(message, "Give each format a name of its own.")
            return
        if shared := _shared(format, other):
            hint = "Choose another audience: 'newsletter audiences' lists them."
            yield node.at(("audience",)).problem(shared, hint)
            return


def _shared(format: Format, other: Format) -> str | None:
    """Return what is wrong if both formats go to the same readers; None if they do not."""
    one, two = format.audience, other.audience
    if not one or not two:
        return None
    if one == two:
        return f"These readers get '{other.name}' already: they would get two emails."

    whole, part = sorted((one, two), key=len)
    if not part.startswith(f"{whole}:"):
        return None
    return (
        f"'{printable(part)}' is a part of '{printable(whole)}', so its readers would get both "
        f"'{other.name}' and '{format.name}'."
    )


def item_problems(tree: Node) -> Iterator[Problem]:
    """Yield a problem for each item in a section of another kind."""
    for section in tree.parts("sections"):
        section_kind = section.text("kind") or ""
        usual = ITEM_OF_SECTION.get(section_kind)
        if usual is None:
            continue

        allowed = (usual.model_fields["kind"].default, Advert.model_fields["kind"].default)
        for item in section.parts("items"):
            kind = item.text("kind")
            if kind in _KINDS and kind not in allowed:
                message = (
                    f"An item of kind '{kind}' cannot be in a section of kind '{section_kind}'."
                )
                hint = "Move it to a section of its own kind, or delete 'kind'."
                yield item.at(("kind",)).problem(message, hint)


def lead_problems(tree: Node, issue: Issue) -> Iterator[Problem]:
    """Yield a problem for each lead but the first; ``tree`` is what the issue was made from."""
    nodes = [item for section in tree.parts("sections") for item in section.parts("items")]
    leads = [node.at(("lead",)) for node, item in zip(nodes, issue.items, strict=True) if item.lead]
    for node in leads[1:]:
        first = leads[0]
        message = f"The issue has a lead already, in {first.path.name}, line {first.line}."
        yield node.problem(message, "Delete 'lead: true' here or there.")


def slug_problems(tree: Node, issue: Issue, implied: Collection[Node]) -> Iterator[Problem]:
    """Yield a problem for each slug that another item of the issue has; none of the ``implied``
    ones, which nobody wrote. ``tree`` is what the issue was made from.
    """
    nodes = [item for section in tree.parts("sections") for item in section.parts("items")]
    for node, item in zip(nodes, issue.items, strict=True):
        slug = node.field("slug")
        if slug is None or slug in implied:
            continue
        written = (node.text("slug") or "").strip()
        if written and written != item.page:
            message = f"Another piece of this issue has the address '{printable(written)}'."
            yield slug.problem(message, "Write another slug, or delete this one.")


def comment_problems(tree: Node) -> Iterator[Problem]:
    """Yield a problem for each ``Campaign #5`` without quotes, of which YAML reads ``Campaign``."""
    for name, node in tree.leaves():
        if name in _TEXT_FIELDS and _COMMENT_WITHOUT_SPACE.match(node.comment):
            start = printable(node.comment, 20)
            message = f"YAML reads everything from '{start}' onwards as a comment."
            hint = "Put the text in quotes; if it is a comment, write a space after the #."
            yield node.problem(message, hint)


def markdown_in(tree: Node) -> Iterator[tuple[str, Node]]:
    """Yield each text of Markdown in a tree, with the name of its field."""
    for name, node in tree.leaves():
        if node.value and name in _MARKDOWN_FIELDS:
            yield name, node


def host_problems(text: Node, lines: Mapping[Path, list[str]]) -> Iterator[Problem]:
    """Yield a problem for each link of a Markdown text whose host cannot exist.

    ``lines`` has the lines of each file.
    """
    for address in links(str(text.value)):
        if fault := host_fault(address):
            host = address.partition("://")[2].partition("/")[0]
            yield Problem(text.path, _line_with(host, text, lines), *fault)


def _line_with(word: str, node: Node, lines: Mapping[Path, list[str]]) -> int:
    """Return the first line of a node's text that has a word; its first line if none has."""
    for number, line in enumerate(node.written_in(lines), start=node.text_line):
        if word in line:
            return number
    return node.text_line


def link_problems(text: Node, lines: Mapping[Path, list[str]]) -> Iterator[Problem]:
    """Yield a problem for each link of a Markdown text that leads to no web or mail address.

    Yield one for each piece of it that is nearly a link, too. ``lines`` has the lines of each file.
    """
    faults = list(faulty_links(str(text.value)))
    if not faults:
        return
    written = text.written_in(lines)
    refused = [fault for fault in faults if fault.right is None]
    yield from _leads_nowhere(text, refused, written)

    for fault in faults:
        if fault.right is not None:
            line = text.text_line + line_of(fault.written, fault.line, written)
            message = f"'{printable(fault.written)}' is not read as a link."
            hint = f"Write: {printable(fault.right, _LONGEST_LINK)}"
            yield Problem(text.path, line, message, hint)


def _leads_nowhere(node: Node, refused: list[Fault], lines: list[str]) -> Iterator[Problem]:
    """Yield a problem at each line that has the address of a refused link.

    Markdown knows only the paragraph.
    """
    offsets = {unquote(fault.written): fault.line for fault in refused}
    found = _lines_with_targets(offsets, lines)
    last = max(len(lines) - 1, 0)
    hint = "Write the whole address, starting with https://, http:// or mailto:."
    for address, offset in offsets.items():
        message = f"The link to '{printable(address)}' does not work in an email."
        for below in found.get(address, [min(offset, last)]):
            line = node.text_line + below
            yield Problem(node.path, line, message, hint)


def _lines_with_targets(addresses: Collection[str], lines: list[str]) -> dict[str, list[int]]:
    """Return the lines, counted from 0, in which a link leads to each of these addresses."""
    found: dict[str, list[int]] = {}
    if not addresses:
        return found

    for number, line in enumerate(lines):
        for target in _TARGET.finditer(line):
            address = unquote(target[target.lastindex or 0])
            if address in addresses:
                found.setdefault(address, []).append(number)
    return found


def line_of(text: str, offset: int, lines: list[str]) -> int:
    """Return how many lines below the first a text is, at or after ``offset``.

    YAML may have joined its lines.
    """
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
    for start in (offset, 0):
        rest = "\n".join(lines[start:])
        if found := pattern.search(rest):
            return start + rest.count("\n", 0, found.start())
    return min(offset, max(len(lines) - 1, 0))
