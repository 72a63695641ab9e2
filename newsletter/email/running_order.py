"""In which order an email shows the items of its issue: the lead, the contents, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from newsletter.model import Issue, Item, Section
from newsletter.model.formats import Shows

FEWEST_FOR_CONTENTS = 4
"""Items; fewer are seen at a glance."""


class RunningOrder(NamedTuple):
    """The parts of an email, from top to bottom."""

    lead: Item | None
    """None if there are only adverts."""
    section_of_lead: Section | None
    contents: tuple[Section, ...]
    """What is listed. Among teasers, the sections below; in full, the lead as well; both without
    adverts, and nothing if there are too few items to need a list. Of headlines, everything."""
    sections: tuple[Section, ...]
    """The sections without the lead; one that held nothing else is left out."""
    numbers: Mapping[str, int]
    """The number of each item in reading order, by its key; only of headlines adverts have one.

    Without contents nothing has.
    """

    @property
    def items(self) -> Iterator[Item]:
        """All items, in the order in which they are read."""
        if self.lead:
            yield self.lead
        for section in self.sections:
            yield from section.items


def running_order(issue: Issue, shows: Shows = "teasers") -> RunningOrder:
    """Return the order in which an email shows an issue."""
    lead = issue.lead
    of_lead = _section_of(lead, issue) if lead else None
    sections = _with_items(issue.sections, lambda item: item is not lead)
    from_lead = _after(lead, of_lead, sections) if lead and of_lead else sections

    contents: tuple[Section, ...] = ()
    listed: tuple[Section, ...] = ()
    if shows == "headlines":
        contents = listed = from_lead
    elif sum(map(_is_editorial, issue.items)) >= FEWEST_FOR_CONTENTS:
        listed = _with_items(from_lead, _is_editorial)
        contents = listed if shows == "full" else _with_items(sections, _is_editorial)
    return RunningOrder(lead, of_lead, contents, sections, _numbers(listed))


def _after(lead: Item, of_lead: Section, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections after the lead's own, which takes in the first of them if that only goes
    on with it.
    """
    items: tuple[Item, ...] = (lead,)
    if sections and _name(sections[0]) == _name(of_lead):
        items += sections[0].items
        sections = sections[1:]
    return (of_lead.model_copy(update={"items": items}), *sections)


def _name(section: Section) -> tuple[str, str | None]:
    return section.kind, section.title


def _numbers(sections: tuple[Section, ...]) -> dict[str, int]:
    listed = (item for section in sections for item in section.items)
    return {item.key: number for number, item in enumerate(listed, start=1)}


def _is_editorial(item: Item) -> bool:
    return item.kind != "advert"


def _section_of(lead: Item, issue: Issue) -> Section:
    return next(
        section for section in issue.sections if any(item is lead for item in section.items)
    )


def _with_items(
    sections: tuple[Section, ...], is_wanted: Callable[[Item], bool]
) -> tuple[Section, ...]:
    """Return the sections with those of their items that are wanted; none that would be empty."""
    kept: list[Section] = []
    for section in sections:
        items = tuple(filter(is_wanted, section.items))
        if items:
            kept.append(section.model_copy(update={"items": items}))
    return tuple(kept)
