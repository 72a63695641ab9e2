"""The places of a YAML text that can be changed: values behind a colon or a hyphen."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from newsletter.manifest.yaml_layout import Layout, NoPlaceError
from newsletter.model.walking import Way

BY_HAND = "Make this change by hand."


class Spot(NamedTuple):
    """A value in a block: where it is written, and in what."""

    node: Any
    holder: Any
    step: str | int
    begins: int
    """Where the name of its field begins, or its hyphen."""
    opens: int
    """The index behind the colon or the hyphen."""
    column: int
    """The column of the name or the hyphen."""


def spots_on(layout: Layout, way: Way) -> list[Spot]:
    """Return the values on a way, as far as they are there."""
    spots: list[Spot] = []
    node = layout.root
    for step in way:
        spot = None
        if node is not None and not is_empty(node):
            require_block(node)
            spot = _spot(layout, node, step)
        if spot is None:
            break
        spots.append(spot)
        node = spot.node
    return spots


def _spot(layout: Layout, holder: Any, step: str | int) -> Spot | None:
    if isinstance(step, int):
        return _entry(layout, holder, step)
    if not isinstance(holder, yaml.MappingNode):
        message = f"There are no fields here, so '{step}' cannot be one of them."
        raise NoPlaceError(holder.start_mark.index, message, BY_HAND)

    for key, value in holder.value:
        if key.value == step:
            start = key.start_mark
            opens = layout.colon(key)
            return Spot(value, holder, step, start.index, opens, start.column)
    return None


def _entry(layout: Layout, holder: Any, place: int) -> Spot:
    if not isinstance(holder, yaml.SequenceNode) or place >= len(holder.value):
        message = f"There is no entry {place + 1} here."
        raise NoPlaceError(holder.start_mark.index, message, BY_HAND)

    node = holder.value[place]
    hyphen = layout.hyphen(holder, node)
    return Spot(node, holder, place, hyphen, hyphen + 1, holder.start_mark.column)


def require_block(node: Any) -> None:
    """Raise NoPlaceError for what is written between brackets or braces."""
    if isinstance(node, yaml.CollectionNode) and node.flow_style and node.value:
        message = "What is in brackets or braces cannot be changed by the program."
        hint = "Write it on lines of its own, or make this change by hand."
        raise NoPlaceError(node.start_mark.index, message, hint)


def is_empty(node: Any) -> bool:
    """Return whether nothing is written in a node: ``items:``, or ``items: []``."""
    if isinstance(node, yaml.CollectionNode):
        return not node.value
    return not node.value and not node.style
