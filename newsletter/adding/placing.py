"""Where an item goes in an issue: its section, and its place there."""

from __future__ import annotations

from typing import NamedTuple, get_args

from newsletter.errors import ManifestError
from newsletter.manifest.project import IssueFolder
from newsletter.manifest.written_items import WrittenIssue, WrittenSection, read_written
from newsletter.manifest.yaml_editing import Edit, Insert
from newsletter.model import ITEM_OF_SECTION, SectionKind
from newsletter.text.printable import printable

_USUAL_ORDER: tuple[str, ...] = get_args(SectionKind)
SECTION_OF_KIND = {
    noun.model_fields["kind"].default: section for section, noun in ITEM_OF_SECTION.items()
}
"""From a kind of item to the kind of its section."""


class Placed(NamedTuple):
    """How an item gets into an issue."""

    section: str
    """The section's heading, or its kind if it has none of its own."""
    section_kind: str
    edit: Edit
    """Of issue.yaml."""


def place(issue: WrittenIssue, file: str, section_kind: str, position: int | None) -> Placed:
    """Return how an item's file gets into its section: at the end, or at a position from 0.

    A section that is not there is made, where last week's issue had it, or in the usual order,
    with the heading that it had last week.
    """
    entry = {"file": file}
    for number, section in enumerate(issue.sections):
        if section.kind == section_kind:
            edit = Insert(("sections", number, "items"), entry, position)
            return Placed(section.title or section_kind, section_kind, edit)

    last_week = _last_week(issue.folder)
    fields = {"kind": section_kind}
    for section in last_week:
        if section.kind == section_kind and section.title:
            fields["title"] = section.title

    before = _number_before(issue.sections, section_kind, last_week)
    edit = Insert(("sections",), {**fields, "items": [entry]}, before)
    return Placed(fields.get("title", section_kind), section_kind, edit)


def asked_section(issue: WrittenIssue, words: str) -> str:
    """Return the kind of the section that an editor names, by its kind or its heading.

    Raise ManifestError if there is none.
    """
    named = words.strip().casefold()
    for section in (*issue.sections, *_last_week(issue.folder)):
        if named == (section.title or "").casefold():
            return section.kind
    if named in _USUAL_ORDER:
        return named

    message = f"There is no section '{printable(words)}'."
    hint = f"Name one of its kind, {', '.join(_USUAL_ORDER)}, or write its heading as it is there."
    raise ManifestError.at(issue.folder.manifest, None, message, hint)


def _last_week(folder: IssueFolder) -> tuple[WrittenSection, ...]:
    """Return the sections of the issue before this one; none if it cannot be read."""
    for earlier in folder.project.before(folder.name):
        try:
            return read_written(earlier).sections
        except ManifestError:
            return ()
    return ()


def _number_before(
    sections: tuple[WrittenSection, ...], kind: str, last_week: tuple[WrittenSection, ...]
) -> int:
    """Return how many of an issue's sections come before one of this kind."""
    order = [section.kind for section in last_week]
    order += [each for each in _USUAL_ORDER if each not in order]
    earlier = order[: order.index(kind)]

    before = 0
    for number, section in enumerate(sections, start=1):
        if section.kind in earlier:
            before = number
    return before
