"""What became of the pieces that were added, as editors read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsletter.cli.output import say, styled

if TYPE_CHECKING:
    from newsletter.adding import Outcome
    from newsletter.cli.add_each import Results
    from newsletter.importers import Found

_LONGEST = 44
"""Characters of a value that are shown."""
_WIDTH = 16
"""Characters of the column of names."""


def print_results(results: Results) -> None:
    """Print what became of each piece, and what could not be added."""
    for name, outcome in results.outcomes:
        _print_outcome(name, outcome)
    if len(results.outcomes) > 1:
        say(_counted(results))
    for problem in results.problems:
        say(str(problem), err=True)
    if results.failed:
        say(f"Not added: {', '.join(results.failed)}.", err=True)


def _counted(results: Results) -> str:
    """Return how many pieces became what, and how many fields are missing in them."""
    from newsletter.adding import Became

    states = [outcome.became for _, outcome in results.outcomes]
    words = {
        Became.ADDED: "added",
        Became.UPDATED: "brought up to date",
        Became.DIFFERS: "edited here",
        Became.THERE: "there already",
        Became.MOVED: "moved",
        Became.TAKEN_OUT: "left out",
    }
    counts = [f"{states.count(state)} {word}" for state, word in words.items() if state in states]
    missing = sum(len(outcome.missing) for _, outcome in results.outcomes)
    pieces = f"{len(states)} pieces: {', '.join(counts)}."
    if missing == 0:
        return pieces
    are_missing = "1 field is missing" if missing == 1 else f"{missing} fields are missing"
    return f"{pieces} {are_missing}; see 'newsletter check'."


def _print_outcome(name: str, outcome: Outcome) -> None:
    say(styled(f"{name}: ", bold=True), _in_a_line(outcome))
    for line in _lines(outcome):
        say(f"  {line}")
    say()


def _in_a_line(outcome: Outcome) -> str:
    from newsletter.adding import Became

    title = outcome.piece.fields.get("title")
    words = f"'{title.value}'" if title else "a piece without a title"
    where = f"{_heading(outcome.section)} ({outcome.file})"
    match outcome.became:
        case Became.ADDED:
            return f"added to {where}: {words}"
        case Became.UPDATED:
            return f"brought up to date in {where}: {words}"
        case Became.DIFFERS:
            return f"already in {where}, where it was edited: {words}"
        case Became.THERE:
            return f"already in {where}: {words}"
        case Became.MOVED:
            return f"moved to {where}: {words}"
        case Became.TAKEN_OUT:
            hint = "To add it again, delete its receipt in sources/."
            return f"was added before, and has been taken out of the issue: {words}. {hint}"


def _heading(section: str) -> str:
    """Return the heading of a section; one without its own is called after its kind."""
    return section.capitalize() if section.islower() else section


def _lines(outcome: Outcome) -> Iterator[str]:
    from newsletter.adding import Became

    if outcome.became is Became.ADDED:
        yield _row("kind", outcome.kind)
        for name, found in outcome.piece.fields.items():
            if name != "kind":
                yield _row(name, found)
        yield from _missing(outcome.missing)
    elif outcome.became is Became.MOVED:
        yield _row("kind", outcome.kind)
        yield from _missing(outcome.missing)
    elif outcome.update:
        yield from _of_update(outcome)
        yield from _missing(outcome.missing)

    if outcome.piece.number and outcome.became is not Became.THERE:
        yield f"{_column('note')}It says that it appeared in issue {outcome.piece.number}."
    if outcome.became in (Became.ADDED, Became.UPDATED, Became.MOVED):
        yield from _listed("repaired", outcome.piece.repairs)
        yield from _listed("left out", outcome.piece.left_out)


def _of_update(outcome: Outcome) -> Iterator[str]:
    update = outcome.update
    if update is None:
        return
    for name in update.values:
        rule = "was empty" if name in update.filled else "brought up to date"
        yield _row(name, outcome.piece.fields[name]._replace(rule=rule))
    for difference in update.differences:
        yield f"{_column(difference.name)}stays as it is here (-); the source has (+):"
        for line in difference.lines():
            yield f"{_column('')}{line}"


def _row(name: str, found: Found) -> str:
    value = _in_words(name, found.value)
    words = value.ljust(_LONGEST)
    return f"{_column(name)}{words}  {found.rule}"


def _in_words(name: str, value: Any) -> str:
    """Return a value in a few words; a text by its length."""
    if name == "body":
        length = len(str(value).split())
        return "1 word" if length == 1 else f"{length:,} words"
    words = _plain(value)
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 1]}…"
    return words


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_plain(part) for part in value.values())
    if isinstance(value, list | tuple):
        return "; ".join(_plain(part) for part in value)
    return " ".join(str(value).split())


def _column(name: str) -> str:
    """Return a name as wide as the column of names, and one space wider than itself at least."""
    return f"{name} ".ljust(_WIDTH)


def _missing(missing: Mapping[str, str]) -> Iterator[str]:
    for name, hint in missing.items():
        yield f"{_column('missing')}{name}: {hint}"


def _listed(label: str, sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        yield f"{_column(label)}{sentence}"
