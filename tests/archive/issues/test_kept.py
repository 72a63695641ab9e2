"""What is kept of issues is never out of date, whatever is done to their files."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.archive import reading
from newsletter.archive.archive import Archive
from newsletter.archive.issues import kept, opened
from newsletter.archive.looking import stamps
from newsletter.archive.reading import read_archive
from newsletter.errors import ManifestError
from newsletter.manifest import IssueFolder, Manuscript, Project, read_manuscript
from tests.benchmarks.archive.generate import write_newsletter

ISSUES = 2


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a newsletter of two issues with two pieces each."""
    folder = write_newsletter(tmp_path_factory.mktemp("written") / "newsletter", ISSUES)
    for manifest in folder.glob("issues/*/issue.yaml"):
        lines = manifest.read_text("utf-8").splitlines(keepends=True)
        items = [line for line in lines if "file:" in line]
        kept_lines = [line for line in lines if line not in items[2:] and "reviews" not in line]
        manifest.write_text("".join(kept_lines[: kept_lines.index(items[1]) + 1]), "utf-8")
        for path in manifest.parent.glob("*.md"):
            if not any(path.name in item for item in items[:2]):
                path.unlink()
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "newsletter"))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def looks_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is too new: these tests change none within a tick of the disk's clock."""
    monkeypatch.setattr(stamps, "_COARSEST", 0)


def everything(archive: Archive) -> Iterator[str]:
    """Yield all that is known of each issue."""
    opened._opened.cache_clear()
    kept._words_in.cache_clear()
    for issue in archive.issues:
        yield repr(issue._replace(folder=None))  # type: ignore[arg-type]
        yield opened.opened(issue).model_dump_json()


def read(folder: Path) -> list[str]:
    """Return what is known of all issues, or their problems."""
    try:
        return list(everything(read_archive(Project(folder / "issues"))))
    except ManifestError as error:
        return [str(problem) for problem in error.problems]


def read_anew(folder: Path) -> list[str]:
    """Return the same without what was kept."""
    with tempfile.TemporaryDirectory() as empty, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", empty)
        return read(folder)


# What may happen to a file


def with_more_text(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\nMore.\n")


def with_other_letters(path: Path) -> None:
    """As large as before, and as old as before if one does not look closely."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"the", b"thy").replace(b"name:", b"name :"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def gone(path: Path) -> None:
    path.unlink(missing_ok=True)


def under_another_name(path: Path) -> None:
    path.rename(path.with_name(path.name.upper()))


def a_copy(path: Path) -> None:
    """Another file in its place, with the same content and time."""
    copy = path.with_name("copy")
    shutil.copy2(path, copy)
    copy.replace(path)


def broken(path: Path) -> None:
    path.write_bytes(b"---\ntitle: [\n")


def beside_another(path: Path) -> None:
    (path.parent / "notes.txt").write_text("Call Ada.")


EDITS: list[Callable[[Path], None]] = [
    with_more_text, with_other_letters, gone, under_another_name, a_copy, broken, beside_another,
]  # fmt: skip


@pytest.mark.usefixtures("looks_are_trusted")
@settings(max_examples=15, deadline=None)
@given(data=st.data(), steps=st.lists(st.sampled_from(EDITS), min_size=1, max_size=4))
def test_it_is_never_out_of_date(
    written: Path, data: st.DataObject, steps: list[Callable[[Path], None]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(written, Path(place) / "newsletter"))
        assert read(folder) == read_anew(folder)
        for edit in steps:
            files = sorted(path for path in folder.rglob("*") if path.is_file())
            edit(data.draw(st.sampled_from(files)))
            assert read(folder) == read_anew(folder)


def test_what_holds_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, looks_are_trusted: None
) -> None:
    first = read(folder)
    monkeypatch.setattr(kept, "read_manuscript", None)
    monkeypatch.setattr(kept, "contents_of", None)
    assert read(folder) == first


def test_a_whole_issue_is_kept_in_a_file_of_its_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, issue, *_ = read_archive(Project(folder / "issues")).issues
    before = opened.opened(issue)
    for path in (tmp_path / "cache").rglob("*.*"):
        if path.is_file() and path.name != f"{issue.number}.issue":
            path.unlink()

    opened._opened.cache_clear()
    monkeypatch.setattr(opened, "read_issue", None)
    assert opened.opened(issue) == before


def test_a_file_that_is_too_new_is_compared_byte_by_byte(folder: Path) -> None:
    first = read(folder)
    (path,) = (folder / "issues" / "1").glob("*-1.md")
    same_look = path.stat()
    path.write_bytes(path.read_bytes().replace(b"the", b"thy"))
    os.utime(path, ns=(same_look.st_atime_ns, same_look.st_mtime_ns))
    assert read(folder) != first


@pytest.mark.usefixtures("looks_are_trusted")
def test_every_file_is_read_where_that_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(folder / "issues")
    first = read_archive(project).issues
    monkeypatch.setattr(kept, "_look_at", lambda *_: "the same")
    read_archive(project)
    with_more_text(next((folder / "issues" / "1").glob("*-1.md")))
    assert read_archive(project).issues == first
    assert read_archive(project, verify=True).issues != first


@pytest.mark.usefixtures("looks_are_trusted")
def test_a_link_to_an_issue_has_the_name_of_what_it_leads_to_now(
    folder: Path, tmp_path: Path
) -> None:
    link = folder / "issues" / "2"
    target = Path(shutil.move(link, tmp_path / "2"))
    link.symlink_to(target)
    first = read(folder)
    link.unlink()
    link.symlink_to(target.rename(tmp_path / "8"))
    assert read(folder) == read_anew(folder) != first


def test_it_can_be_deleted_at_any_time(folder: Path, tmp_path: Path) -> None:
    first = read(folder)
    shutil.rmtree(tmp_path / "cache")
    assert read(folder) == first


def test_a_damaged_file_is_not_used(folder: Path, tmp_path: Path) -> None:
    first = read(folder)
    for path in (tmp_path / "cache").rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"the", b"thy"))
    assert read(folder) == first


def test_another_program_does_not_use_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, looks_are_trusted: None
) -> None:
    read(folder)
    asked: list[object] = []

    def asked_for(one: IssueFolder) -> Manuscript:
        asked.append(one)
        return read_manuscript(one)

    monkeypatch.setattr(kept, "read_manuscript", asked_for)
    monkeypatch.setattr(reading, "program", lambda *_: b"another")
    read(folder)
    assert len(asked) == ISSUES


def test_two_commands_may_read_at_once(folder: Path) -> None:
    with ProcessPoolExecutor(2) as processes:
        one, other = processes.map(read, [folder, folder])
    assert one == other == read(folder)


def test_nothing_of_a_faulty_issue_is_kept(folder: Path) -> None:
    broken(folder / "issues" / "2" / "issue.yaml")
    assert read(folder) == read(folder) == read_anew(folder)
