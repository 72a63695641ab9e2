"""Whether an issue is still what was handed over, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.email.message import approved_digest
from newsletter.handover.differences import first_difference
from newsletter.handover.fingerprints import changed_since
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import Record, digest, files_of, versions
from newsletter.model import Draft
from newsletter.services import profile_of

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley


def verify(galley: Galley) -> tuple[str, ...]:
    """Return what differs between an issue as it is now and what was handed over, a line each.

    The changed fields come first. There is nothing if all is the same. Raise HandoverError if the
    issue was not handed over.
    """
    record = Record(galley.folder)
    draft = record.require()
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
    return tuple(lines)


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
