"""Short forms that editors may write, turned into what the model needs."""

from __future__ import annotations

import re

from newsletter.manifest.node import Node
from newsletter.model.names import LIST_FIELDS
from newsletter.problem import Problem
from newsletter.text.printable import printable

_MARKDOWN = re.compile(r"!\[([^\]]*)\]\(<?([^\s<>]+?)>?(?:\s+[\"'].*)?\)")


def write_out(node: Node, problems: list[Problem]) -> None:
    """Turn a single value into a list of one (``authors: Ruth``), and a file's name into a picture.

    Report that the picture's ``alt`` is missing.
    """
    if isinstance(node.value, list):
        for child in node.value:
            write_out(child, problems)
    if not isinstance(node.value, dict):
        return

    for name, child in node.value.items():
        if name in LIST_FIELDS and isinstance(child.value, str | dict):
            node.value[name] = child.within([child])
        elif name in ("picture", "logo") and isinstance(child.value, str):
            node.value[name] = _picture(name, child, problems)

        write_out(node.value[name], problems)


def _picture(name: str, src: Node, problems: list[Problem]) -> Node:
    """Return the picture in this file, and report that it has no ``alt``."""
    message = "The picture has no 'alt' text: readers who cannot see the picture need it."
    alt = "what it shows"
    if markdown := _MARKDOWN.fullmatch(str(src.value)):
        message = "A picture is not written in Markdown here."
        alt, src.value = markdown[1] or alt, markdown[2]

    hint = f'Write {name}: {{src: "{printable(src.value)}", alt: "{printable(alt)}"}}.'
    problems.append(src.problem(message, hint))

    picture = src.within({"src": src})
    picture.incomplete = True
    return picture
