"""The pictures within bodies: each must be a file of its issue, or on the web."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic_core import PydanticCustomError

from newsletter.manifest.consistency import line_of
from newsletter.manifest.issue_files import Place, check_source
from newsletter.manifest.node import Node
from newsletter.model.fields import web_address
from newsletter.problem import Problem
from newsletter.text.markdown import Picture, pictures

_BODY = "body"


def picture_problems(
    name: str, text: Node, place: Place, lines: Mapping[Path, list[str]]
) -> Iterator[Problem]:
    """Yield a problem for each picture in a Markdown text that no reader could see.

    ``name`` is that of its field; ``place`` has the files of the issue, ``lines`` the lines of each
    file.
    """
    for picture in pictures(str(text.value)):
        source = _source_of(picture, text, lines)
        if name == _BODY:
            yield from _problems_of(source, picture.src, place)
        else:
            message = f"There cannot be a picture in '{name}', only in 'body'."
            yield source.problem(message, "Move it there, or to the item's field 'picture'.")


def _source_of(picture: Picture, node: Node, lines: Mapping[Path, list[str]]) -> Node:
    """Return the name of a picture's file as a node of its own."""
    below = line_of(picture.src, picture.line, node.written_in(lines))
    return Node.in_line(picture.src, node.path, node.text_line + below)


def _problems_of(source: Node, written: str, place: Place) -> Iterator[Problem]:
    problems: list[Problem] = []
    check_source(source, written, place, problems)
    yield from problems
    if problems or not written.lower().startswith("https://"):
        return

    try:
        web_address(written)
    except PydanticCustomError as fault:
        about = fault.context or {}
        yield source.problem(about["message"], about["hint"])
