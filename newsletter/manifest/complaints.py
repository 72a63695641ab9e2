"""The model's complaints about a tree, without those that only follow from a reported problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from newsletter.manifest.node import Node
from newsletter.manifest.wording import ITEM_OF_KIND, field_problem, meant_by, noun_at
from newsletter.model import Issue, Noun, Publication
from newsletter.problem import Problem

MAX_FIELD_PROBLEMS = 1000
"""Faulty fields of one file that are reported; a file with more is broken as a whole, and nobody reads on."""
_MOST_MISSING = 3
"""Missing fields of one part that are reported one by one; for more, a form to copy helps better."""
_KINDS = {Publication: "publication", Issue: "issue"} | {
    item: kind for kind, item in ITEM_OF_KIND.items()
}
_Place = tuple[int | str, ...]


def complaints(
    refusal: ValidationError, root: type[Noun], tree: Node, known: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield a problem for each fault of ``root`` that pydantic found in ``tree``; ``known`` are earlier problems.

    An issue's publication, which is not in the tree, is left out.
    """
    all_errors: list[Any] = refusal.errors(include_url=False)[:MAX_FIELD_PROBLEMS]
    errors = [error for error in all_errors if error["loc"][:1] != ("publication",)]
    named: set[object] = {(problem.path, problem.line) for problem in known}
    reported_already = _misspelt(errors, root)
    for place, names in _much_missing(errors, tree, reported_already).items():
        reported_already |= {(*place, name) for name in names}
        yield _missing_together(tree.at(place), noun_at(root, place), names)
    for error in errors:
        place = (*error["loc"], "kind") if error["type"] == "union_tag_invalid" else error["loc"]
        node = tree.at(place)
        is_reported = error["type"] == "missing" and place in reported_already
        if is_reported or _follows_from_another(error, node, named):
            continue
        yield node.problem(*field_problem(error, root, is_written=node.value is None))
        if not isinstance(node.value, dict | list):
            named.add(node)  # a field of two forms fails at each of them


def _misspelt(errors: list[Any], root: type[Noun]) -> set[_Place]:
    """Return the places of fields that are missing only because their names are misspelt."""
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    return {
        (*place[:-1], name)
        for place in unknown
        for name in meant_by(place[-1], noun_at(root, place[:-1]))
    }


def _much_missing(
    errors: list[Any], tree: Node, reported_already: set[_Place]
) -> dict[_Place, list[str]]:
    """Return the names of the missing fields of each part that has many."""
    missing: dict[_Place, list[str]] = defaultdict(list)
    for error in errors:
        *place, name = error["loc"]
        if (
            error["type"] == "missing"
            and error["loc"] not in reported_already
            and not tree.at(tuple(place)).incomplete
        ):
            missing[tuple(place)].append(name)
    return {place: names for place, names in missing.items() if len(names) > _MOST_MISSING}


def _missing_together(node: Node, noun: type[Noun] | None, names: list[str]) -> Problem:
    kind = _KINDS.get(noun) if noun else None
    hint = f"'newsletter fields {kind}' prints a form to copy." if kind else "Add them."
    return node.problem(f"{len(names)} fields are missing: {', '.join(names)}.", hint)


def _follows_from_another(error: Any, node: Node, named: set[object]) -> bool:
    if error["type"] == "extra_forbidden":
        return False
    if error["type"] == "union_tag_not_found":  # the kind of the section is missing or unknown
        return True
    if error["type"] == "too_short" and node.value:  # there are parts, but all have faults
        return True
    if str(error["loc"][-1]).startswith("literal[") and isinstance(
        node.value, dict
    ):  # it has its other form
        return True
    if error["type"] in ("missing", "too_short") and (
        node.incomplete or isinstance(node.value, dict | list)
    ):
        return node.incomplete
    return node in named or (node.path, node.line) in named
