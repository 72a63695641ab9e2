"""Write the pages that are new or have changed, and remove those that are gone.

A page that is new comes first, then those that have changed, which may link to it; what is gone is
removed last. So whoever follows links from the front page finds each of them alive, at any moment.
Each file is replaced whole.

What is about to be done is in a journal before it is done, and what was done is on the disk before
the state says so. A run that was killed is completed by the next one. After a power cut, files that
were just written may be empty until then: the journal outlives it, so they are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from newsletter.archive.looking.stamps import Stamp
from newsletter.archive.page import Page
from newsletter.archive.site.change_lists import add_to_lists
from newsletter.archive.site.disk import LARGEST, Disk, folders_above, in_the_way
from newsletter.archive.site.journal import Journal, unfinished
from newsletter.archive.site.links import (
    WITH_LINKS,
    DeadLink,
    dead_links,
    files_at,
    is_mortal,
    mortal_links,
    names_of,
)
from newsletter.archive.site.making import Made, Progress, make
from newsletter.archive.site.place import alone
from newsletter.archive.site.state import (
    OWN_FOLDER,
    Written,
    load_state,
    save_state,
    state_file,
)
from newsletter.files import read_regular


class Changes(NamedTuple):
    """What a run has changed: paths from the site's root."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    """How many files stayed as they were."""
    size: int
    """The bytes of all files of the site."""
    dead_links: tuple[DeadLink, ...]
    """Links to pages of the site, or places in them, that are not there."""
    stamps: Mapping[str, Stamp]
    """Of each file of the site, as it is now."""

    @property
    def is_none(self) -> bool:
        """Whether the site was up to date."""
        return not (self.new or self.changed or self.removed)


def write_site(
    pages: Iterable[Page],
    out: Path,
    *,
    base: str = "",
    stamps: Mapping[str, Stamp] | None = None,
    progress: Progress | None = None,
) -> Changes:
    """Write the pages into the folder ``out``, where all other files stay.

    ``base`` is the address of the site's root; without one, links are not checked. ``stamps`` are
    those that the last run has returned: a file that still has its stamp is not read. If another
    run is at it, this one waits for it.

    Raise NewsletterError if somebody else's file is where a page must be, or if a page cannot be
    made, and OSError.
    """
    with alone(out):
        run = _Run(out, tuple(pages), base, stamps or {}, progress)
        return run.write()


def compare_site(
    pages: Iterable[Page],
    out: Path,
    *,
    base: str = "",
    stamps: Mapping[str, Stamp] | None = None,
    progress: Progress | None = None,
) -> Changes:
    """Return what ``write_site`` would change; nothing is written."""
    return _Run(out, tuple(pages), base, stamps or {}, progress).compare()


@dataclass
class _Run:
    """One run over a site."""

    out: Path
    pages: tuple[Page, ...]
    base: str
    earlier_stamps: Mapping[str, Stamp]
    progress: Progress | None
    state: dict[str, Written] = field(default_factory=dict)
    """What the site will hold."""

    def __post_init__(self) -> None:
        _require_paths(self.pages)
        loaded = load_state(self.out)
        self.is_known = loaded is not None or not state_file(self.out).exists()
        """Whether all files that were written here earlier are known."""
        self.earlier = loaded or {}
        self.begun, self.continued = unfinished(self.out)
        self.disk = Disk(self.out, self.earlier, self.earlier_stamps)
        self.contents = {page.path: self.disk.content(page.path) for page in self.pages}

    def write(self) -> Changes:
        """Bring the site up to date."""
        self.disk.remove_left_behind()
        to_make, gone = self._kept_apart(), self._gone()
        self._require_ours(to_make, gone)
        if to_make or gone or self.begun or self.state != self.earlier:
            self._do(to_make, gone)
        return self._changes(self._on_disk)

    def compare(self) -> Changes:
        """Find out what ``write`` would do."""
        to_make = self._kept_apart()
        differing = {page.path: page for page in to_make}
        self._look_at_links_again(self._gone())
        for made in make(to_make, self.base, self.contents, progress=self.progress):
            self.state[made.path] = made.file

        def content(path: str) -> bytes:
            return differing[path].make() if path in differing else self._on_disk(path)

        return self._changes(content)

    def _kept_apart(self) -> list[Page]:
        """Return the pages to make, those that are missing first. Keep what is up to date."""
        missing: list[Page] = []
        differing: list[Page] = []
        for page in self.pages:
            file = self._up_to_date(page)
            if file:
                self.state[page.path] = file
            elif self.contents[page.path]:
                differing.append(page)
            else:
                missing.append(page)
        return missing + differing

    def _up_to_date(self, page: Page) -> Written | None:
        """Return what is known of the file at a page's path, if it is what the page would be."""
        for known in (self.earlier, self.continued):
            file = known.get(page.path)
            if file is None or file.content != self.contents[page.path]:
                continue
            if file.made_of == page.digest.hex():
                is_same = file.subject == page.subject
                return file if is_same else file._replace(subject=page.subject)
        return None

    def _gone(self) -> list[str]:
        """Return the paths of files that were written earlier and are no pages now."""
        ours = self.earlier.keys() | self.begun
        return sorted(ours - self.contents.keys())

    def _require_ours(self, to_make: Sequence[Page], gone: Sequence[str]) -> None:
        """Raise NewsletterError if other files are where pages must be, unless they are equal."""
        if not self.is_known:
            return
        ours = self.earlier.keys() | self.begun
        ours |= {folder for path in gone for folder in folders_above(path)}
        others = [page for page in to_make if page.path not in ours]
        occupied = [page for page in others if self.disk.is_there(page.path)]

        made = make(occupied, self.base, self.contents)
        foreign = [page.path for page in made if page.file.content != self.contents[page.path]]
        if foreign:
            raise in_the_way(self.out / path for path in foreign)

    def _do(self, to_make: Sequence[Page], gone: Sequence[str]) -> None:
        """Make and remove files, and let the state say so."""
        self._look_at_links_again(gone)
        touched = {page.path for page in to_make}.union(gone, self.begun)
        known = {path: self.state[path] for path in self.continued if path in self.state}
        with Journal(self.out, touched, known) as journal:
            self.disk.remove(_in_the_way(gone, to_make))
            with self.disk.new_files() as folder:
                for made in make(to_make, self.base, self.contents, folder, self.progress):
                    self._place(made, journal)
                self.disk.remove(gone)

            add_to_lists(self.out / OWN_FOLDER, *self._differences())
            save_state(self.out, self.state)
            journal.end()

    def _look_at_links_again(self, gone: Sequence[str]) -> None:
        """Note of the files that stay, which links lead to what is gone, or to what is new."""
        if not self.base:
            return
        names = names_of(gone)
        for path, file in self.state.items():
            if file.links or names:
                self.state[path] = file._replace(links=self._mortal_links(path, names))

    def _mortal_links(self, path: str, gone: Sequence[bytes]) -> tuple[str, ...]:
        """Return the links that can die of a file that stays. It is read only if there is the name
        of something in it that is ``gone``.
        """
        if gone and path.endswith(WITH_LINKS):
            content = self._on_disk(path)
            if any(name in content for name in gone):
                return mortal_links(path, content, self.base, self.contents)
        links = self.state[path].links
        return tuple(link for link in links if is_mortal(link, self.contents))

    def _on_disk(self, path: str) -> bytes:
        return read_regular(self.out / path, LARGEST)

    def _place(self, made: Made, journal: Journal) -> None:
        self.state[made.path] = made.file
        journal.note(made.path, made.file)
        if made.laid_down:
            self.disk.place(made.laid_down, made.path)

    def _differences(self) -> tuple[list[str], list[str], list[str]]:
        """Return which files are new, changed and removed since the last run that ended.

        What somebody else has changed since counts as well.
        """
        new: list[str] = []
        changed: list[str] = []
        for page in self.pages:
            content = self.state[page.path].content
            before = self.earlier.get(page.path)
            if before is None:
                new.append(page.path)
            elif content != before.content or content != self.contents[page.path]:
                changed.append(page.path)
        removed = sorted(self.earlier.keys() - self.state.keys())
        return new, changed, removed

    def _changes(self, content_of: Callable[[str], bytes]) -> Changes:
        """Return what was changed. ``content_of`` returns what is, or would be, at a path."""
        new, changed, removed = self._differences()
        dead = dead_links(self.state, content_of, self._exists) if self.base else ()
        return Changes(
            tuple(new),
            tuple(changed),
            tuple(removed),
            unchanged=len(self.state) - len(new) - len(changed),
            size=sum(file.size for file in self.state.values()),
            dead_links=tuple(dead),
            stamps=self.disk.stamps,
        )

    def _exists(self, path: str) -> bool:
        """Return whether somebody else has put something there that a link may lead to."""
        others = set(files_at(path)) - self.earlier.keys() - self.begun
        return any((self.out / file).is_file() for file in others)


def _in_the_way(gone: Iterable[str], to_make: Iterable[Page]) -> list[str]:
    """Return which of these files must go before the pages can come: a file where there will be a
    folder, and what is in a folder where there will be a file.
    """
    files = {page.path for page in to_make}
    folders = set(chain.from_iterable(map(folders_above, files)))

    def is_in_the_way(path: str) -> bool:
        return path in folders or not files.isdisjoint(folders_above(path))

    return list(filter(is_in_the_way, gone))


def _require_paths(pages: Sequence[Page]) -> None:
    """Raise ValueError if two pages have one path, or one has a path outside the site."""
    seen: set[str] = set()
    for page in pages:
        parts = page.path.split("/")
        if parts[0] == OWN_FOLDER or not {"", ".", ".."}.isdisjoint(parts):
            raise ValueError(f"'{page.path}' is not a path in the site")
        if page.path in seen:
            raise ValueError(f"there are two pages at {page.path}")
        seen.add(page.path)
