"""Nothing changed: only if no source, no option and no file of the site differs."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import cache
from newsletter.archive.looking import look, stamps
from newsletter.archive.page import Page
from newsletter.archive.site import sources as sources_module
from newsletter.archive.site.sources import Sources
from newsletter.archive.site.writing import write_site
from tests.archive.site.sites import BASE, page

NOW = datetime.now(UTC)
FILES = ("publication.yaml", "1/issue.yaml", "1/lab.md", "2/issue.yaml", "2/pictures/lab.jpg")


class Newsletter:
    """A newsletter whose archive has one page, made from all bytes of its files."""

    def __init__(self, root: Path) -> None:
        self.root, self.issues = root, root / "issues"
        self.out = root / "public"
        for name in FILES:
            self.write(name, f"{name}: first")

    def write(self, name: str, text: str) -> None:
        """Write a source."""
        path = self.issues / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def content(self) -> bytes:
        """Everything that is to be read."""
        paths = sorted(path for path in self.root.rglob("*") if path.is_file())
        within = [path for path in paths if not path.is_relative_to(self.out)]
        return b"".join(str(path).encode() + path.read_bytes() for path in within)

    def sources(self, *options: object) -> Sources:
        """Look at the sources."""
        return Sources.near(self.root, self.out, *options)

    def build(self, *options: object, links: str = "") -> None:
        """Write the site, as the command does."""
        sources = self.sources(*options)
        content = self.content() + links.encode()
        front = Page("index.html", hashlib.sha256(content).digest(), lambda: content)
        more = page("more/index.html", links)
        changes = write_site([more, front], self.out, base=BASE, stamps=sources.stamps)
        sources.remember(changes, (), NOW)

    def is_current(self, *options: object) -> bool:
        """Return what the next command would say."""
        return self.sources(*options).are_as_remembered()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sources_module, "_PACKAGE", tmp_path / "program")


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    """A newsletter whose site was written."""
    made = Newsletter(tmp_path / "newsletter")
    made.build()
    return made


def test_nothing_changed(newsletter: Newsletter) -> None:
    assert newsletter.is_current()
    assert newsletter.is_current()


def same_size(newsletter: Newsletter) -> None:
    newsletter.write("1/lab.md", "1/lab.md: FIRST")


def same_size_and_time(newsletter: Newsletter) -> None:
    path = newsletter.issues / "1/lab.md"
    status = path.stat()
    same_size(newsletter)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def renamed(newsletter: Newsletter) -> None:
    (newsletter.issues / "1/lab.md").rename(newsletter.issues / "1/lob.md")


def swapped(newsletter: Newsletter) -> None:
    one, two = (newsletter.issues / name / "issue.yaml" for name in "12")
    one.rename(one.with_suffix(".tmp"))
    two.rename(one)
    one.with_suffix(".tmp").rename(two)


def deleted_picture(newsletter: Newsletter) -> None:
    (newsletter.issues / "2/pictures/lab.jpg").unlink()


def new_folder(newsletter: Newsletter) -> None:
    newsletter.write("3/issue.yaml", "")


def new_template(newsletter: Newsletter) -> None:
    newsletter.write("../templates/own/archive/css/own.css", "")


def program_changed(newsletter: Newsletter) -> None:
    newsletter.write("../../program/archive/reading.py", "")


def page_edited(newsletter: Newsletter) -> None:
    path = newsletter.out / "index.html"
    path.write_bytes(path.read_bytes()[::-1])


def page_deleted(newsletter: Newsletter) -> None:
    (newsletter.out / "index.html").unlink()


def page_replaced_by_a_link(newsletter: Newsletter) -> None:
    path = newsletter.out / "index.html"
    path.rename(newsletter.out / "moved.html")
    path.symlink_to(newsletter.out / "moved.html")


def state_deleted(newsletter: Newsletter) -> None:
    (newsletter.out / ".archive/state.json").unlink()


def run_killed(newsletter: Newsletter) -> None:
    (newsletter.out / ".archive/journal").write_text("")


def cache_deleted(newsletter: Newsletter) -> None:
    for path in cache.cache_folder().glob("*.site"):
        path.unlink()


EDITS = [
    same_size,
    same_size_and_time,
    renamed,
    swapped,
    deleted_picture,
    new_folder,
    new_template,
    program_changed,
    page_edited,
    page_deleted,
    page_replaced_by_a_link,
    state_deleted,
    run_killed,
    cache_deleted,
]


@pytest.mark.parametrize("are_young", [True, False])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_each_change_is_seen(
    tmp_path: Path,
    edit: Callable[[Newsletter], None],
    are_young: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not are_young:  # as if the files had been there for long
        monkeypatch.setattr(stamps, "_COARSEST", -1)
        monkeypatch.setattr(time, "time_ns", lambda: time.monotonic_ns() + 2**62)
    newsletter = Newsletter(tmp_path / "newsletter")
    newsletter.build()
    assert newsletter.is_current()
    time.sleep(0 if are_young else 0.02)
    edit(newsletter)
    assert not newsletter.is_current()


def test_a_source_that_is_only_touched_is_read_again(newsletter: Newsletter) -> None:
    (newsletter.issues / "1/lab.md").touch()
    assert not newsletter.is_current()
    newsletter.build()
    assert newsletter.is_current()


def test_a_page_that_is_only_touched_is_compared(newsletter: Newsletter) -> None:
    (newsletter.out / "index.html").touch()
    assert newsletter.is_current()


def test_other_options_are_another_site(newsletter: Newsletter) -> None:
    assert not newsletter.is_current("https://elsewhere.example/")
    newsletter.build("https://elsewhere.example/")
    assert newsletter.is_current("https://elsewhere.example/")
    assert newsletter.is_current()


def test_what_changes_while_a_run_reads_is_seen_by_the_next(newsletter: Newsletter) -> None:
    sources = newsletter.sources()
    changes = write_site([page("index.html", also="as it was")], newsletter.out)
    newsletter.write("1/lab.md", "1/lab.md: later")
    sources.remember(changes, (), NOW)
    assert not newsletter.is_current()


def test_dead_links_are_reported_by_every_run(newsletter: Newsletter) -> None:
    newsletter.build(links="nowhere/")
    assert not newsletter.is_current()
    newsletter.build()
    assert newsletter.is_current()


@pytest.mark.parametrize("is_old", [True, False])
def test_a_theme_elsewhere_is_looked_at(
    newsletter: Newsletter, tmp_path: Path, is_old: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = tmp_path / "theme of a plug-in"
    theme.mkdir()
    (theme / "style.css").write_text("")
    if is_old:
        monkeypatch.setattr(stamps, "_COARSEST", -1)
        time.sleep(0.02)
    sources = newsletter.sources()
    sources.remember(write_site([page("index.html")], newsletter.out), [theme], NOW)
    assert newsletter.is_current() is is_old
    time.sleep(0.02)
    (theme / "palette.css").write_text("")
    assert not newsletter.is_current()


def test_another_day_may_be_that_of_a_draft(newsletter: Newsletter) -> None:
    sources = newsletter.sources()
    changes = write_site([page("index.html")], newsletter.out)
    sources.remember(changes, (), NOW - timedelta(days=1))
    assert not newsletter.is_current()


def test_a_link_that_leads_to_itself_ends(newsletter: Newsletter) -> None:
    (newsletter.issues / "1/again").symlink_to(newsletter.issues)
    (newsletter.issues / "1/nowhere").symlink_to("nothing")
    newsletter.build()
    assert newsletter.is_current()


def test_what_is_beside_a_link_to_itself_is_looked_at(newsletter: Newsletter) -> None:
    (newsletter.issues / "2/itself").symlink_to("itself")
    newsletter.build()
    assert newsletter.is_current()
    newsletter.write("2/pictures/lab.jpg", "another")
    assert not newsletter.is_current()


def test_files_that_were_young_are_read_once_more_only(
    newsletter: Newsletter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "_COARSEST", -(10**12))
    assert newsletter.is_current()
    assert newsletter.sources().remembered["sources"]["young"] == {}
    monkeypatch.setattr(look, "_content", pytest.fail)
    assert newsletter.is_current()


NAMES = st.sampled_from([*FILES, "3/issue.yaml", "2/pictures/cell.png"])
WRITES = st.tuples(st.just("write"), NAMES, st.sampled_from(["one", "two", "three"]))
REMOVALS = st.tuples(st.just("remove"), NAMES, st.just(""))
MOVES = st.tuples(st.just("move"), NAMES, NAMES)
KEPT_TIMES = st.tuples(st.just("keep time"), NAMES, st.sampled_from(["one", "two"]))
BUILDS = st.tuples(st.just("build"), st.just(""), st.just(""))


@settings(max_examples=60)
@given(edits=st.lists(WRITES | REMOVALS | MOVES | KEPT_TIMES | BUILDS, max_size=12))
def test_never_nothing_changed_when_something_has(
    edits: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsletter = Newsletter(tmp_path_factory.mktemp("newsletter"))
    newsletter.build()
    built = newsletter.content()
    for how, name, other in edits:
        if how == "build":
            newsletter.build()
            built = newsletter.content()
        else:
            change(newsletter, how, name, other)
        if newsletter.is_current():
            assert newsletter.content() == built


def change(newsletter: Newsletter, how: str, name: str, other: str) -> None:
    """Change a source, if it is there."""
    path = newsletter.issues / name
    if how == "write":
        newsletter.write(name, other)
    elif not path.exists():
        return
    elif how == "remove":
        path.unlink()
    elif how == "move":
        target = newsletter.issues / other
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    else:
        status = path.stat()
        path.write_text(other)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
