"""Whether anything has changed since the last run, known by what directories say of files.

A run remembers a stamp of each source as it was *before* it read it, and of each file that it
wrote. A source that was touched so shortly before that a later change could leave it the same stamp
is remembered by its content as well (as git does with files as young as its index).

What is remembered is in the user's cache. Without it, everything is read: that takes longer.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import newsletter.cache as cache
from newsletter.archive.looking.look import Look
from newsletter.archive.looking.stamps import Stamp, stamp_of
from newsletter.archive.site.disk import Disk
from newsletter.archive.site.journal import is_unfinished
from newsletter.archive.site.state import load_state, state_digest

if TYPE_CHECKING:
    from newsletter.archive.site.writing import Changes

_ENDING = ".site"
_PACKAGE = Path(cache.__file__).parent
_UNKNOWN = Stamp(0, 0, 0, 0)
"""In the place of a stamp that a file can keep as it changes."""


@dataclass(frozen=True)
class Sources:
    """All that the archive of a newsletter is made from, as it is before anything is read."""

    out: Path
    name: str
    """Of what is remembered of them, in the cache."""
    look: Look
    remembered: Mapping[str, Any]
    """What the last run has left; empty if nothing is known of it."""

    @classmethod
    def near(cls, start: Path, out: Path, *options: object) -> Sources:
        """Look at what the newsletter that ``start`` is in is made from, and at the program.

        ``options`` are what else decides about a site: its base address, say.
        """
        root = root_of(start)
        words = (root.resolve(), out.resolve(), *options)
        key = hashlib.sha256(cache.program() + "\n".join(map(str, words)).encode())
        name = f"{key.hexdigest()[:32]}{_ENDING}"

        remembered = json.loads(cache.load(name) or b"{}")
        folders = {root / "issues", root / "templates", _PACKAGE}
        folders.update(map(Path, remembered.get("themes", ())))
        return cls(out, name, Look.at(folders), remembered)

    def are_as_remembered(self) -> bool:
        """Return whether a run would change nothing: neither a source nor a file of the site
        differs, and the last run ended and found no dead link.
        """
        if not self.stamps or is_unfinished(self.out):
            return False
        begins, ends = self.remembered["day"]
        if not begins <= time.time() < ends:
            return False
        sources = self.remembered["sources"]
        if not self.look.is_same_as(sources):
            return False

        looked_at = _stamps_if_whole(self.out, self.stamps)
        if looked_at is None:
            return False
        was_young = sources["young"] or looked_at != self.stamps
        if was_young:
            self._keep(self.look, looked_at, self.remembered["themes"], (begins, ends))
        return True

    @cached_property
    def stamps(self) -> dict[str, Stamp]:
        """The remembered stamps of the site's files; none if its state is another one now."""
        if self.remembered.get("state") != state_digest(self.out):
            return {}
        return {path: Stamp(*stamp) for path, stamp in self.remembered["stamps"].items()}

    def remember(self, changes: Changes, themes: Iterable[Path], today: datetime) -> None:
        """Remember what a run has read, also in the folders of ``themes``, and has written.

        It is true for a day: ``today`` is a time of it, in the publication's time zone. Nothing is
        remembered of a site with dead links, so that the next run reports them again.
        """
        look = self.look.with_old(themes)
        if look is None or changes.dead_links:
            return
        begins = today.replace(hour=0, minute=0, second=0, microsecond=0)
        day = (begins.timestamp(), (begins + timedelta(days=1)).timestamp())
        self._keep(look, changes.stamps, list(map(str, themes)), day)

    def _keep(
        self,
        look: Look,
        stamps: Mapping[str, Stamp],
        themes: Sequence[str],
        day: tuple[float, float],
    ) -> None:
        now = time.time_ns()
        data = {
            "sources": look.as_data(),
            "themes": themes,
            "day": day,
            "state": state_digest(self.out),
            "stamps": {
                path: _UNKNOWN if stamp.is_young(now) else stamp for path, stamp in stamps.items()
            },
        }
        cache.keep(self.name, json.dumps(data, separators=(",", ":")).encode())


def root_of(start: Path) -> Path:
    """Return the folder of the newsletter that ``start`` is in; ``start`` itself if there is none.

    Whoever reads it says so then. Project does the same, but loading it takes longer than all else.
    """
    for folder in (start, *start.parents):
        if (folder / "issues" / "publication.yaml").is_file():
            return folder
    return start


def _stamps_if_whole(out: Path, stamps: Mapping[str, Stamp]) -> Mapping[str, Stamp] | None:
    """Return the stamps of a site's files as they are now; None if one is not what it should be."""
    differing = [path for path, stamp in stamps.items() if stamp_of(f"{out}/{path}") != stamp]
    if not differing:
        return stamps

    state = load_state(out) or {}
    disk = Disk(out, state, {})
    for path in differing:
        if path not in state or disk.content(path) != state[path].content:
            return None
    return {**stamps, **disk.stamps}
