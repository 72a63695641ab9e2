"""Each of several sources into an issue; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsletter.cli.output import ask, can_ask, progress, say
from newsletter.problem import Problem

if TYPE_CHECKING:
    from newsletter.adding import Outcome, Wishes
    from newsletter.cli.what_to_add import Named
    from newsletter.importers.protocol import Changes
    from newsletter.manifest import IssueFolder
    from newsletter.model import Publication

_AGAIN = "Give the command again when that is settled: nothing is added twice."
_ANSWERS: dict[str, Changes] = {"a": "accept", "r": "reject"}


@dataclass(frozen=True)
class Choices:
    """What was chosen on the command line."""

    wishes: Wishes
    changes: Changes | None = None
    """What becomes of tracked changes; None asks."""
    entries: str | None = None
    """Which pieces of a list of many: numbers from 1, as 1,3, or "all"."""
    since: datetime | None = None
    """From when on entries of a feed are wanted, on the publication's clock."""


@dataclass
class Results:
    """What came of the sources."""

    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    """Each piece with the name of its source."""
    problems: list[Problem] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """The names of the sources that were not added."""


def add_each(
    folder: IssueFolder, publication: Publication, sources: Sequence[Named], choices: Choices
) -> Results:
    """Add the pieces of each source to an issue, in this order."""
    from newsletter.errors import NewsletterError

    results = Results()
    if not sources:
        return results
    with progress(sources, "Adding", len(sources), name=lambda source: source.name) as bar:
        for source in bar:
            try:
                for outcome in _add(folder, publication, source, choices):
                    results.outcomes.append((source.name, outcome))
                if source.waiting and not choices.wishes.dry_run:
                    results.problems += _move(source.waiting, folder)
            except NewsletterError as error:
                results.problems += error.problems
                results.failed.append(source.name)
            except OSError as error:
                results.problems.append(_not_read(source.name, error))
                results.failed.append(source.name)
    return results


def _not_read(name: str, error: OSError) -> Problem:
    """Return why a source could not be read or added, and what to do."""
    if isinstance(error, FileNotFoundError):
        hint = "Check its name; a web address begins with https://."
        return Problem(Path(name), None, "There is no such file.", hint)
    return Problem(
        Path(name), None, f"This could not be added ({error.strerror or error}).", _AGAIN
    )


def _add(
    folder: IssueFolder, publication: Publication, source: Named, choices: Choices
) -> Iterator[Outcome]:
    """Add the pieces of a source, and yield what became of each."""
    from newsletter.adding import Source, add
    from newsletter.cli.wanted_entries import Wanted
    from newsletter.importers import importer_of, read

    original, wanted = source.open(), Wanted(choices.entries, choices.since)
    pieces = read(original, publication, _decision(choices.changes), is_wanted=wanted)
    chosen = wanted.of(pieces, original)
    is_alone = len(pieces) == 1 and wanted.entries <= 1
    read_from = Source(original, importer_of(original).TITLE, is_alone)

    today = datetime.now(ZoneInfo(publication.time_zone)).date()
    for piece in chosen:
        yield add(folder, piece, read_from, today, choices.wishes)


def _move(waiting: Path, folder: IssueFolder) -> list[Problem]:
    """Move what was added out of the inbox. Return what is the matter if it has to stay."""
    from newsletter.adding.originals import keep

    try:
        keep(waiting, folder.sources)
    except OSError as error:
        message = f"This was added, but cannot be moved out of the inbox ({error.strerror})."
        return [Problem(waiting, None, message, "Close it where it is open, and delete it.")]
    return []


def _decision(changes: Changes | None) -> Callable[[str], Changes | None]:
    """Return what decides about tracked changes: the option, or the editor."""

    def decide(listed: str) -> Changes | None:
        if changes or not can_ask():
            return changes
        say(err=True)
        for line in listed.splitlines():
            say(line, err=True)
        answer = ask("Accept these changes (a), reject them (r), or leave the file out (Enter)?")
        return _ANSWERS.get((answer or "")[:1].lower())

    return decide
