"""The model's complaints about a tree, without those that only follow from a reported problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from newsletter.manifest.did_you_mean import fields_meant_by
from newsletter.manifest.node import Node
from newsletter.manifest.nouns import ITEM_OF_KIND, noun_at
from newsletter.manifest.wording import field_problem
from newsletter.model import Issue, Noun, Publication
from newsletter.problem import Problem

MAX_FIELD_PROBLEMS = 1000
"""Faulty fields of one file that are reported; a file with more is broken as a whole."""
_MOST_MISSING = 3
"""Missing fields of one part that are reported one by one; for more, a form helps better."""
_KINDS = {Publication: "publication", Issue: "issue"} | {
    item: kind for kind, item in ITEM_OF_KIND.items()
}
"""The nouns that 'newsletter fields' prints a form for, and what they are called there."""
_Place = tuple[int | str, ...]


def complaints(
    refusal: ValidationError, root: type[Noun], tree: Node, known: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield a problem for each fault of ``root`` that pydantic found in ``tree``.

    ``known`` are earlier problems. An issue's publication, which is not in the tree, is left out.
    """
    errors = _errors_in_tree(refusal)
    reported: set[object] = {(problem.path, problem.line) for problem in known}
    """Places, as (path, line), and nodes, by ``id``, that problems are reported for."""

    reported_missing = _misspelt(errors, root)
    for place, names in _much_missing(errors, tree, reported_missing).items():
        noun = noun_at(root, place)
        yield _missing_together(tree.at(place), noun, names)
        for name in names:
            reported_missing.add((*place, name))

    for error in errors:
        if error["type"] == "missing" and error["loc"] in reported_missing:
            continue
        node = tree.at(_place_of(error))
        if _follows_from_another(error, node, reported):
            continue

        yield node.problem(*field_problem(error, root, is_written=node.value is None))
        if not isinstance(node.value, dict | list):
            reported.add(node)  # a field of two forms fails at each of them


def _errors_in_tree(refusal: ValidationError) -> list[Any]:
    """Return pydantic's errors but for those of the publication, which has a file of its own."""
    errors: list[Any] = refusal.errors(include_url=False)
    first = errors[:MAX_FIELD_PROBLEMS]
    return [error for error in first if error["loc"][:1] != ("publication",)]


def _place_of(error: Any) -> _Place:
    """Return where the fault is written: an unknown kind of item, say, in the field 'kind'."""
    place: _Place = error["loc"]
    if error["type"] == "union_tag_invalid":
        return (*place, "kind")
    return place


def _misspelt(errors: list[Any], root: type[Noun]) -> set[_Place]:
    """Return the places of fields that are missing only because their names are misspelt."""
    places: set[_Place] = set()
    for error in errors:
        if error["type"] != "extra_forbidden":
            continue

        *above, unknown = error["loc"]
        noun = noun_at(root, tuple(above))
        for name in fields_meant_by(unknown, noun):
            places.add((*above, name))
    return places


def _much_missing(
    errors: list[Any], tree: Node, reported_missing: set[_Place]
) -> dict[_Place, list[str]]:
    """Return the names of the missing fields of each part that has many."""
    missing: dict[_Place, list[str]] = defaultdict(list)
    for error in errors:
        if error["type"] != "missing" or error["loc"] in reported_missing:
            continue

        *above, name = error["loc"]
        place = tuple(above)
        part = tree.at(place)
        if not part.incomplete:
            missing[place].append(name)
    return {place: names for place, names in missing.items() if len(names) > _MOST_MISSING}


def _missing_together(node: Node, noun: type[Noun] | None, names: list[str]) -> Problem:
    hint = "Add them."
    if noun in _KINDS:
        hint = f"'newsletter fields {_KINDS[noun]}' prints a form to copy."
    return node.problem(f"{len(names)} fields are missing: {', '.join(names)}.", hint)


def _follows_from_another(error: Any, node: Node, reported: set[object]) -> bool:
    """Return whether an error is only the effect of another fault.

    ``reported`` has the places, as (path, line), and the nodes that problems are
    already reported for.
    """
    kind = error["type"]
    has_parts = isinstance(node.value, dict | list)

    if kind == "extra_forbidden":
        return False
    if kind == "union_tag_not_found":  # the kind of the section is missing or unknown
        return True
    if kind == "too_short" and node.value:  # there are parts, but all have faults
        return True
    is_other_form = str(error["loc"][-1]).startswith("literal[")
    if is_other_form and isinstance(node.value, dict):
        return True
    if kind in ("missing", "too_short") and (node.incomplete or has_parts):
        return node.incomplete
    return node in reported or (node.path, node.line) in reported
