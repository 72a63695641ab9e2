"""Whether an issue is still what was handed over, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.email.digests import approved_digest
from newsletter.handover.differences import first_difference
from newsletter.handover.fingerprints import changed_since
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import Record, digest, files_of, records_of, versions
from newsletter.model import Draft
from newsletter.services import profile_of
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley


def verify(galley: Galley) -> tuple[str, ...]:
    """Return what differs between an issue as it is now and what was handed over, a line each.

    The changed fields come first. Of several formats, a line that is not about all of them begins
    with their names; one that was not handed over is a difference, and so is one that was and that
    the publication no longer has. There is nothing if all is the same. Raise HandoverError if the
    issue was not handed over.
    """
    further = {other.email.further_format for other in galley.others}
    recorded = {record.further_format for record in records_of(galley.folder)}
    dropped = recorded - further - {""}
    if not recorded or not further | dropped:
        return tuple(_differences_of(galley, _record(galley).require()))

    lines = {each.email.format.name: tuple(_of_format(each)) for each in galley.every_format}
    return (*_once(lines), *(_dropped(name, galley) for name in sorted(dropped)))


def _dropped(name: str, galley: Galley) -> str:
    """Return what to say of a further format that was handed over, and is none any more."""
    if name == galley.email.format.name:
        return f"{name}: it was not the first format when it was handed over"
    return f"{name}: it was handed over, and is no longer a format"


def _once(lines: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield each line once, after the names of its formats unless it is about all of them."""
    formats: dict[str, list[str]] = {}
    for name, of_format in lines.items():
        for line in dict.fromkeys(of_format):
            formats.setdefault(line, []).append(name)

    for line, names in formats.items():
        if len(names) == len(lines):
            yield line
        else:
            yield f"{', '.join(names)}: {line}"


def _of_format(galley: Galley) -> Iterator[str]:
    """Yield what differs in one of several formats, or that it was not handed over."""
    draft = _record(galley).read()
    if draft is None:
        yield "it has not been handed over yet"
    elif draft.state == "begun":
        yield "handing it over was not finished"
    elif draft.format not in (None, galley.email.format.name):
        yield f"'{printable(draft.format)}' was the first format when the issue was handed over"
    else:
        yield from _differences_of(galley, draft)


def _record(galley: Galley) -> Record:
    return Record(galley.folder, galley.email.further_format)


def _differences_of(galley: Galley, draft: Draft) -> Sequence[str]:
    """Return what differs in one format from the draft that was handed over."""
    record = _record(galley)
    outgoing = outgoing_of(
        galley,
        profile_of(draft.service),
        draft.audience_id,
        profile_of(draft.tags),
        draft.kept,
    )
    lines: list[str] = []
    if outgoing.title != draft.subject:
        lines.append(f"subject: handed over as '{draft.subject}', now '{outgoing.title}'")

    has_changed = draft.content != approved_digest(galley.email)
    changed = changed_since(draft.fingerprints, galley.manuscript)
    if has_changed:
        lines += changed

    for name, rebuilt in files_of(outgoing).items():
        path = record.folder / name
        expected = draft.files.get(name)
        lines += _differences(path, expected, rebuilt, is_explained=bool(changed))

    if has_changed and not lines:
        lines.append(
            "sender, address for answers, preheader or a merge tag:"
            " changed since the issue was handed over"
        )
    if lines:
        lines += _other_versions(draft)
    return lines


def _differences(
    path: Path, expected: str | None, rebuilt: bytes, *, is_explained: bool
) -> Iterator[str]:
    """Yield what is wrong with the copy of a file that was kept.

    Unless changed fields of the issue explain it, yield as well where the file would be different
    if it were built now. ``expected`` is the digest of the file that was handed over.
    """
    copy = path.read_bytes() if path.is_file() else None
    is_intact = copy is not None and digest(copy) == expected
    if copy is None:
        yield f"{path.name}: the copy that was kept is missing"
    elif not is_intact:
        yield f"{path.name}: the copy that was kept was changed afterwards"

    if is_explained or digest(rebuilt) == expected:
        return

    start = ""
    if copy is not None and is_intact:
        position = first_difference(copy.split(b"\n"), rebuilt.split(b"\n"))
        start = f", from line {position + 1} on"
    yield f"{path.name}: it would be built differently now{start}"


def _other_versions(draft: Draft) -> Iterator[str]:
    """Yield one line with the programs whose versions were others, if there are any."""
    now = versions()
    others = [
        f"{name} {then} then, {now.get(name)} now"
        for name, then in draft.versions.items()
        if now.get(name) != then
    ]
    if others:
        yield f"made with other versions: {'; '.join(others)}"
