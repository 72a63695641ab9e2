"""Whether every reader gets an issue, and gets it once, in whichever format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from newsletter.errors import HandoverError, NewsletterError
from newsletter.handover.destination import Destination
from newsletter.manifest import Project, line_of_format
from newsletter.model import Audience, Publication
from newsletter.problem import Problem
from newsletter.services.protocol import Capability
from newsletter.text.printable import printable


@dataclass(frozen=True)
class Overlap:
    """How many readers two formats share."""

    one: str
    other: str
    readers: int | None
    """None if the service does not say."""
    reason: str = ""
    """Why it does not."""

    def __str__(self) -> str:
        both = f"in both '{self.one}' and '{self.other}'"
        if self.readers == 1:
            return f"1 reader is {both}, and gets two emails."
        return f"{self.readers:,} readers are {both}: they get two emails."


@dataclass(frozen=True)
class Readers:
    """The readers of all formats of an issue together."""

    reached: int | None
    """The sizes of their audiences, added up; None if the service does not say all of them."""
    whole: Audience | None
    """The list whose readers they should reach; None if it is not known."""
    overlaps: tuple[Overlap, ...]
    """One for each two formats."""

    @property
    def on_the_list(self) -> int | None:
        """The number of readers that should be reached; None if it is not known."""
        return self.whole.size if self.whole else None

    @property
    def some_get_two(self) -> bool:
        """Whether readers get two emails, as far as the service says."""
        if self._are_separate:
            return False
        return self._are_too_many or any(overlap.readers for overlap in self.overlaps)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same in words."""
        return (self._sum(), *self._doubles())

    @property
    def _are_separate(self) -> bool:
        """Whether the service says that nobody is in two of them."""
        return all(overlap.readers == 0 for overlap in self.overlaps)

    @property
    def _are_too_many(self) -> bool:
        if self.reached is None or self.on_the_list is None:
            return False
        return self.reached > self.on_the_list

    def _sum(self) -> str:
        """Return how many of the readers are reached."""
        if self.reached is None or self.on_the_list is None:
            return "How many readers get none could not be counted."

        total = f"{self.reached:,} of {self.on_the_list:,}"
        if self._are_too_many and self._are_separate:
            return f"{total}: some readers are not on that list."
        if self._are_too_many:
            return f"{total}: some readers get two emails."

        shared = [overlap.readers for overlap in self.overlaps if overlap.readers]
        missing = self.on_the_list - self.reached + sum(shared)
        if len(shared) > 1:  # whoever is in three formats is in three overlaps
            return f"{total}: up to {_many(missing)} none."
        if missing:
            return f"{total}: {_many(missing)} none."
        if self._are_separate:
            return f"{total}: each reader gets one."
        return f"{total}."

    def _doubles(self) -> Iterator[str]:
        """Yield which readers get two emails."""
        if self._are_separate:
            yield "No reader is in two of them."
        for overlap in self.overlaps:
            if overlap.readers:
                yield str(overlap)
        if any(overlap.readers is None for overlap in self.overlaps):
            yield "Whether a reader is in two of them could not be checked."
        yield from dict.fromkeys(overlap.reason for overlap in self.overlaps if overlap.reason)


def _many(readers: int) -> str:
    if readers == 1:
        return "1 reader gets"
    return f"{readers:,} readers get"


def require_separate(destinations: Sequence[Destination], project: Project) -> None:
    """Raise HandoverError if one audience is that of two formats, or has all readers of another.

    Each of these readers would get two emails.
    """
    problems: list[Problem] = []
    for one, other in combinations(destinations, 2):
        if shared := _all_in_both(one, other):
            named = f"'{one.format.name}' and '{other.format.name}'"
            message = f"All readers of '{printable(shared.name)}' would get both {named}."
            hint = (
                "Give each format an audience of its own;"
                f" 'newsletter audiences {one.name}' lists them."
            )
            line = line_of_format(project.publication, other.format.name, "audience")
            problems.append(Problem(project.publication, line, message, hint))
    if problems:
        raise HandoverError(problems)


def _all_in_both(one: Destination, other: Destination) -> Audience | None:
    """Return the audience of which all readers are in the other one as well, if that is so."""
    if one.audience and one.audience_id in (other.audience_id, _list_of(other)):
        return other.audience
    if other.audience and other.audience_id == _list_of(one):
        return one.audience
    return None


def _list_of(destination: Destination) -> str | None:
    """Return the id of the list that an audience is a part of."""
    return destination.audience.within if destination.audience else None


def count_readers(destinations: Sequence[Destination], publication: Publication) -> Readers | None:
    """Return how many readers get an issue, and how many get two emails.

    Return None if there is one format only, or if the service knows no readers.
    """
    audiences = [each.audience for each in destinations if each.audience]
    if len(audiences) < 2:
        return None

    sizes = [audience.size for audience in audiences]
    reached = sum(size or 0 for size in sizes)
    overlaps = tuple(_overlap(one, other) for one, other in combinations(destinations, 2))
    return Readers(
        reached=None if None in sizes else reached,
        whole=_whole_list(destinations[0], audiences, publication),
        overlaps=overlaps,
    )


def _whole_list(
    destination: Destination, audiences: Sequence[Audience], publication: Publication
) -> Audience | None:
    """Return the list whose readers all formats together should reach, if it is known.

    It is the publication's own or, if it names none, the list that all audiences are parts of.
    """
    whole = publication.audience
    if whole is None or destination.name != publication.service:
        lists = {audience.within for audience in audiences}
        whole = lists.pop() if len(lists) == 1 else None
    return next((each for each in destination.audiences if each.id == whole), None)


def _overlap(one: Destination, other: Destination) -> Overlap:
    """Return how many readers two formats share, as far as the service says."""
    names = (one.format.name, other.format.name)
    if not one.can(Capability.OVERLAP):
        return Overlap(*names, None)
    try:
        readers = one.service.overlap(one.audience_id, other.audience_id)
    except NewsletterError as error:  # a plug-in's service has errors of its own
        return Overlap(*names, None, error.problems[0].message)
    return Overlap(*names, readers)
