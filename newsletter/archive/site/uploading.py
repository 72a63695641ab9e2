"""Bring a site to where it is served from: only what differs from what is there.

The order is that of its writing: new files, then those that have changed, then removals. The place
keeps a list of what it has got, and what is about to be brought there is crossed out in it before.
So an upload that broke off goes on where it stopped, from any computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from newsletter.archive.looking.stamps import content_digest
from newsletter.archive.paths import PAGE
from newsletter.archive.site.disk import LARGEST
from newsletter.archive.site.journal import is_unfinished
from newsletter.archive.site.owner import address_of, is_another, pieces_of
from newsletter.archive.site.place import require_place
from newsletter.archive.site.state import State, load_state
from newsletter.archive.site.target import CHANGING, NEW, Held, Target
from newsletter.errors import NewsletterError
from newsletter.files import read_regular
from newsletter.services.settings import Settings
from newsletter.services.stores import UnusableStore, folder_at, in_words, require_kind, settings_of

_BETWEEN_NOTES = 500
"""Files that are brought again at most if an upload breaks off."""
_FRONT = PAGE
"""The front page, which leads to all others."""


class Uploaded(NamedTuple):
    """What an upload has done: how many files were brought, removed, and were there already."""

    brought: int
    removed: int
    unchanged: int


def upload_site(
    out: Path,
    target: str,
    root: Path,
    *,
    verify: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Uploaded:
    """Bring the site in the folder ``out`` to ``target``: a folder, s3://… or sftp://….

    What the place has got is in its list. With ``verify``, or if there is no list, its files are
    compared; otherwise only their sizes, and by SFTP not even these. Files there that are not in
    the list stay. Passwords come from the environment or from ``.env`` in ``root``, the
    newsletter's folder. Raise NewsletterError; what was brought until then stays there, and the
    next upload goes on.
    """
    state = _finished_site(out)
    _require_apart(out, target, root)
    settings = Settings.from_environment(root)
    try:
        require_kind(target)
        place = Target.at(target, settings)
        upload = _Upload(out, state, place, progress)
        return upload.run(verify=verify)
    except UnusableStore as error:
        raise NewsletterError.at(out, None, error.about(target), error.hint) from None
    except NewsletterError:
        raise
    except Exception as error:  # noqa: BLE001 - each store's library has errors of its own
        reason = in_words(error, settings).rstrip(".")
        message = f"The site cannot be uploaded to '{target}': {reason}."
        hint = f"Check {settings_of(target)}. The next upload goes on where this one stopped."
        raise NewsletterError.at(out, None, message, hint) from None


def _finished_site(out: Path) -> State:
    state = load_state(out)
    if state is None or is_unfinished(out):
        message = "There is no complete site in this folder."
        raise NewsletterError.at(out, None, message, "Write it first: newsletter archive.")
    return state


def _require_apart(out: Path, target: str, root: Path) -> None:
    """Raise NewsletterError if the target is a folder in which the site or its sources are."""
    folder = folder_at(target)
    if folder is None:
        return
    require_place(folder, root)
    here, there = out.resolve(), folder.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        message = f"The site cannot be uploaded to '{target}': it is written there."
        raise NewsletterError.at(out, None, message, "Name another folder.")


@dataclass
class _Upload:
    """One upload of a site."""

    out: Path
    state: State
    target: Target
    progress: Callable[[int, int], None] | None

    def run(self, *, verify: bool) -> Uploaded:
        """Bring what differs, and remove what is gone."""
        known = self.target.held()
        listed = known.files if known else None
        if known:
            self._require_own(known)
        held = self._compared(listed) if verify or listed is None else self._looked_at(listed)
        if listed is None:
            self._require_no_other_site(held)
        gone = sorted(held.keys() - self.state.keys())

        brought = self._bring_all(held)
        if gone:
            self._note(held, gone)
            self.target.for_each(self.target.remove, gone)
        kept = {path: content for path, content in held.items() if path in self.state}
        if brought or gone or Held(kept, address_of(self.state)) != known:
            self.target.hold(kept, address_of(self.state))
        return Uploaded(brought, len(gone), len(self.state) - brought)

    def _bring_all(self, held: dict[str, str]) -> int:
        """Bring what differs from what is held, note that it is, and return how many files."""
        steps = list(self._steps(held))
        total = sum(map(len, steps))
        done = 0
        for step in steps:
            for paths in _in_parts(step, _BETWEEN_NOTES):
                self._note(held, paths)
                self.target.for_each(self._bring, paths)
                held |= {path: self.state[path].content for path in paths}
                done += len(paths)
                if self.progress:
                    self.progress(done, total)
        return total

    def _require_no_other_site(self, held: Mapping[str, str]) -> None:
        """Raise NewsletterError if other files are where pages must be, and none of this site is
        there.
        """
        others = [path for path, content in held.items() if content == CHANGING]
        if not others or len(others) < len(held):
            return
        raise self._another(f"its {min(others)} is not of this one")

    def _require_own(self, held: Held) -> None:
        """Raise NewsletterError if the site of another newsletter is there."""
        pieces = pieces_of(self.state)
        if is_another(held.site, held.files, address_of(self.state), pieces):
            raise self._another(f"the newsletter at {held.site}")

    def _another(self, which: str) -> NewsletterError:
        address = self.target.address.rstrip("/")
        message = f"There is another website at '{address}': {which}."
        hint = f"Name a folder of its own, such as {address}/archive, or delete that website first."
        return NewsletterError.at(self.out, None, message, hint)

    def _steps(self, held: Mapping[str, str]) -> Iterator[Sequence[str]]:
        """Yield the paths to bring, in steps: each may link to what the steps before have brought.

        Within a step, any order will do: nothing that is there leads to a new file yet.
        """
        differing = [
            path for path, file in self.state.items() if held.get(path, NEW) != file.content
        ]
        inner = [path for path in differing if path != _FRONT]
        yield [path for path in inner if held.get(path, NEW) == NEW]
        yield [path for path in inner if held.get(path, NEW) != NEW]
        yield [path for path in differing if path == _FRONT]

    def _note(self, held: dict[str, str], paths: Iterable[str]) -> None:
        """Cross out what may be another file from now on."""
        for path in paths:
            held[path] = CHANGING if held.get(path, NEW) else NEW
        self.target.hold(held, address_of(self.state))

    def _bring(self, path: str) -> None:
        self.target.put(path, self._content(path))

    def _content(self, path: str) -> bytes:
        """Return a file of the site. Raise NewsletterError if somebody has changed it."""
        file = self.out / path
        try:
            content = read_regular(file, LARGEST)
        except OSError:
            content = b""
        if content_digest(content) != self.state[path].content:
            message = "This file was changed after the archive had written it."
            raise NewsletterError.at(file, None, message, "Write it anew: newsletter archive.")
        return content

    def _looked_at(self, listed: Mapping[str, str]) -> dict[str, str]:
        """Return what is listed, but for files that are gone or of another size by now.

        SFTP needs a request for each folder to list them: there the list is believed.
        """
        held = dict(listed)
        if not self.target.is_listed_at_once:
            return held
        sizes = self.target.sizes()
        for path, file in self.state.items():
            if held.get(path) == file.content and sizes.get(path, (-1, ""))[0] != file.size:
                held[path] = CHANGING
        return held

    def _compared(self, listed: Mapping[str, str] | None) -> dict[str, str]:
        """Return what the place has in truth: listed files, and those at paths of the site."""
        sizes = self.target.sizes()
        held = {path: CHANGING for path in {*(listed or ()), *self.state} if path in sizes}

        def compare(path: str) -> None:
            size, md5 = sizes[path]
            is_same = size == self.state[path].size
            if is_same and self.target.holds(path, self._content(path), md5):
                held[path] = self.state[path].content

        self.target.for_each(compare, [path for path in held if path in self.state])
        return held


def _in_parts(paths: Sequence[str], size: int) -> Iterator[list[str]]:
    remaining = iter(paths)
    while part := list(islice(remaining, size)):
        yield part
