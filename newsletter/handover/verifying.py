"""Whether an issue is still what was handed over, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from newsletter.email.message import approved_digest
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.pieces import changed_pieces
from newsletter.handover.record import files_of, handed_over, require_draft, versions
from newsletter.model import Email
from newsletter.services import profile_of


def verify(email: Email, folder: Path) -> tuple[str, ...]:
    """Return what differs between the issue in ``folder`` as it is now (``email``, with neutral merge tags) and what
    was handed over, a line each, the changed pieces first; nothing if all is the same. Raise HandoverError if it was
    not handed over.
    """
    draft = require_draft(folder)
    audience = draft.audience.id if draft.audience else ""
    outgoing = outgoing_of(
        email, folder, profile_of(draft.service), audience, profile_of(draft.tags)
    )
    found: list[str] = []
    if outgoing.title != draft.subject:
        found.append(f"subject: handed over as '{draft.subject}', now '{outgoing.title}'")
    changed = changed_pieces(draft.pieces, email.issue, folder)
    is_changed = draft.content != approved_digest(email)
    found += changed if is_changed else ()
    for name, rebuilt in files_of(outgoing).items():
        found += _differences(
            handed_over(folder) / name, draft.files.get(name), rebuilt, is_explained=bool(changed)
        )
    if not found and is_changed:
        found.append(
            "sender, address for answers, preheader or a merge tag: changed since the issue was handed over"
        )
    if found:
        now = versions()
        others = [
            f"{name} {was} then, {now.get(name)} now"
            for name, was in draft.versions.items()
            if now.get(name) != was
        ]
        found += [f"made with other versions: {'; '.join(others)}"] if others else []
    return tuple(found)


def _differences(
    copy: Path, digest: str | None, rebuilt: bytes, *, is_explained: bool
) -> Iterator[str]:
    """Yield what is wrong with the copy of a file that was kept and, unless the pieces of the issue explain it, where
    the same file would differ if it were built now.
    """
    kept = copy.read_bytes() if copy.is_file() else None
    is_intact = kept is not None and _digest(kept) == digest
    if not is_intact:
        yield f"{copy.name}: the copy that was kept {'is missing' if kept is None else 'was changed afterwards'}"
    if _digest(rebuilt) != digest and not is_explained:
        line = f", from line {_first_difference(kept, rebuilt)} on" if kept and is_intact else ""
        yield f"{copy.name}: it would be built differently now{line}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _first_difference(kept: bytes, rebuilt: bytes) -> int:
    """Return the number of the first line that differs."""
    ours, theirs = kept.split(b"\n"), rebuilt.split(b"\n")
    line = next(
        (at for at, (a, b) in enumerate(zip(ours, theirs, strict=False), start=1) if a != b), None
    )
    return line or min(len(ours), len(theirs)) + 1
