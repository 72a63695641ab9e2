"""Whether an issue is still what was handed over, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.pieces import changed_pieces
from newsletter.handover.record import files_of, handed_over, require_draft, versions
from newsletter.message import approved_digest
from newsletter.model import Email
from newsletter.services import profile_of


def verify(email: Email, folder: Path) -> tuple[str, ...]:
    """What differs between the issue in ``folder`` as it is now (``email``, with neutral merge tags) and what was
    handed over, a line each, the pieces that were changed first; none if all is the same. Raises HandoverError if it
    was not handed over.
    """
    draft = require_draft(folder)
    audience = draft.audience.id if draft.audience else ""
    outgoing = outgoing_of(email, folder, profile_of(draft.service), audience, profile_of(draft.tags))
    told: list[str] = []
    if outgoing.title != draft.subject:
        told.append(f"subject: handed over as '{draft.subject}', now '{outgoing.title}'")
    changed = changed_pieces(draft.pieces, email.issue, folder)
    is_changed = draft.content != approved_digest(email)
    told += changed if is_changed else ()
    for name, rebuilt in files_of(outgoing).items():
        told += _told(handed_over(folder) / name, draft.files.get(name), rebuilt, is_explained=bool(changed))
    if not told and is_changed:
        told.append("sender, address for answers, preheader or a merge tag: not as they were handed over")
    if told:
        now = versions()
        others = [
            f"{name} {was} then, {now.get(name)} now" for name, was in draft.versions.items() if now.get(name) != was
        ]
        told += [f"made by other programs: {'; '.join(others)}"] if others else []
    return tuple(told)


def _told(copy: Path, digest: str | None, rebuilt: bytes, *, is_explained: bool) -> Iterator[str]:
    """What is wrong with the copy of a file that was kept and, unless the pieces of the issue say why, with what the
    issue would make of that file now.
    """
    kept = copy.read_bytes() if copy.is_file() else None
    is_intact = kept is not None and _digest(kept) == digest
    if not is_intact:
        yield f"{copy.name}: the copy that was kept {'is missing' if kept is None else 'was changed afterwards'}"
    if _digest(rebuilt) != digest and not is_explained:
        line = f", from line {_first_difference(kept, rebuilt)} on" if kept and is_intact else ""
        yield f"{copy.name}: the issue would be another one now{line}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _first_difference(kept: bytes, rebuilt: bytes) -> int:
    """The number of the first line that differs."""
    ours, theirs = kept.split(b"\n"), rebuilt.split(b"\n")
    line = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False), start=1) if a != b), None)
    return line or min(len(ours), len(theirs)) + 1
