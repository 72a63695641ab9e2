"""Back issues are remembered between runs, and what is remembered is never stale."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import cache
from newsletter.checks import back_issues
from newsletter.checks.back_issues import BackIssue, BackIssues, back_issue
from newsletter.errors import NewsletterError
from newsletter.manifest import read_issue

REPOSITORY = Path(__file__).resolve().parents[2]
MANIFEST = """\
number: {number}
date: 2012-04-16
sections:
  - kind: news
    items:
      - title: {title}
        teaser: A short text...
      - file: story.md
"""
STORY = """\
---
title: {title}
url: https://www.example.org/{title}
picture: {{src: lab.gif, alt: A laboratory}}
---
Three words here.
"""
GIF = b"GIF89a\x10\x00%c\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04"
TITLES = ("Mice", "Rats", "Eggs", "Iris", "Seed")
"""All of one length: a file with another has the same size."""


def make(issues: Path, number: str) -> Path:
    folder = issues / number
    folder.mkdir()
    (folder / "issue.yaml").write_text(MANIFEST.format(number=number, title="Mice"), "utf-8")
    (folder / "story.md").write_text(STORY.format(title="Rats"), "utf-8")
    (folder / "lab.gif").write_bytes(GIF % 8)
    return folder


@pytest.fixture
def issues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The issues of a newsletter, 7 and 8, and an empty cache."""
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "issues"
    folder.mkdir()
    shutil.copy(REPOSITORY / "issues" / "publication.yaml", folder)
    for number in ("7", "8"):
        make(folder, number)
    return folder


def read(issues: Path) -> tuple[BackIssue, ...]:
    """Read all issues as a new process does: only the cache on disk is left."""
    return BackIssues(issues).read(sorted(issues.glob("[1-9]*")))


def plainly(issues: Path) -> tuple[BackIssue, ...]:
    """Read all issues without any cache."""
    found = []
    for folder in sorted(issues.glob("[1-9]*")):
        try:
            found.append(back_issue(read_issue(folder)))
        except NewsletterError:
            continue
    return tuple(found)


def test_the_second_time_no_issue_is_read(issues: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(issues)
    assert [issue.number for issue in first] == ["7", "8"]
    monkeypatch.setattr(back_issues, "read_manuscript", lambda _: pytest.fail("it was read again"))
    assert read(issues) == first


def test_what_another_version_of_the_program_has_kept_is_read_again(
    issues: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(issues)
    monkeypatch.setattr(back_issues, "program", lambda *_: b"a newer one")
    monkeypatch.setattr(back_issues, "read_manuscript", lambda _: pytest.fail("it is read again"))
    with pytest.raises(pytest.fail.Exception, match="it is read again"):
        read(issues)


def test_the_program_is_its_code_and_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.program("manifest")
    assert before == cache.program("manifest") != cache.program("model")
    cache.program.cache_clear()
    monkeypatch.setattr(cache, "_distributions", lambda: ["jinja2-99.dist-info"])
    assert cache.program("manifest") != before
    cache.program.cache_clear()


def test_code_that_is_elsewhere_now_is_missed() -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no code in .*moved\.py"):
        cache.program("archive/moved.py")


def test_a_picture_counts_by_its_size_in_pixels(issues: Path) -> None:
    read(issues)
    picture = issues / "7" / "lab.gif"
    picture.unlink()
    assert read(issues) == plainly(issues)
    assert [issue.number for issue in read(issues)] == ["8"]
    picture.write_bytes(GIF % 9)
    assert len(read(issues)) == 2


def test_a_broken_issue_is_left_out_until_it_is_sound(issues: Path) -> None:
    manifest = issues / "7" / "issue.yaml"
    sound = manifest.read_bytes()
    manifest.write_bytes(sound.replace(b"2012-04-16", b"2012-04-31"))
    assert [issue.number for issue in read(issues)] == ["8"]
    manifest.write_bytes(sound)
    assert [issue.number for issue in read(issues)] == ["7", "8"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b"\xff" * 100])
def test_a_damaged_cache_is_no_matter(issues: Path, content: bytes) -> None:
    first = read(issues)
    (kept,) = (issues.parent / "cache").iterdir()
    kept.write_bytes(content)
    assert read(issues) == first


CHANGES = st.sampled_from(
    ["title", "story", "publication", "swap", "remove", "rename", "link", "forget", "nothing"]
)


def break_or_fix(publication: Path) -> None:
    text = publication.read_text("utf-8")
    if "name: BioNews" in text:
        publication.write_text(text.replace("name: BioNews", "nome: BioNews", 1), "utf-8")
    else:
        publication.write_text(text.replace("nome: BioNews", "name: BioNews", 1), "utf-8")


def swap(story: Path, other: Path) -> None:
    content = other.read_bytes()
    if story.is_file():
        other.write_bytes(story.read_bytes())
        story.unlink()
    story.write_bytes(content)


def change(issues: Path, what: str, title: str) -> None:  # noqa: C901 - a case for each kind
    """Change an issue so that neither the size of a file nor its time shows it."""
    folder = issues / "7"
    if not folder.is_dir():
        make(issues, "7")
    manifest, story = folder / "issue.yaml", folder / "story.md"
    times = {path: path.stat() for path in (manifest, story) if path.is_file()}
    match what:
        case "title":
            manifest.write_text(MANIFEST.format(number="7", title=title), "utf-8")
        case "story":
            story.unlink(missing_ok=True)
            story.write_text(STORY.format(title=title), "utf-8")
        case "publication":
            break_or_fix(issues / "publication.yaml")
        case "swap":
            swap(story, issues / "8" / "story.md")
        case "remove":
            story.unlink(missing_ok=True)
        case "rename":
            shutil.rmtree(issues / "9", ignore_errors=True)
            folder.rename(issues / "9")
            return
        case "link":
            elsewhere = issues.parent / "elsewhere.md"
            elsewhere.write_text(STORY.format(title=title), "utf-8")
            story.unlink(missing_ok=True)
            story.symlink_to(elsewhere)
            return
        case "forget":
            shutil.rmtree(issues.parent / "cache", ignore_errors=True)
    for path, status in times.items():
        if path.is_file():
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@settings(max_examples=40)
@given(steps=st.lists(st.tuples(CHANGES, st.sampled_from(TITLES)), max_size=6))
def test_after_any_changes_it_is_as_if_nothing_had_been_kept(
    steps: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", str(Path(place) / "cache"))
        issues = Path(place) / "issues"
        issues.mkdir()
        shutil.copy(REPOSITORY / "issues" / "publication.yaml", issues)
        for number in ("7", "8"):
            make(issues, number)
        read(issues)
        for what, title in steps:
            change(issues, what, title)
            assert read(issues) == plainly(issues)


def test_only_the_last_hundred_are_kept(issues: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(back_issues, "_MOST_REMEMBERED", 1)
    read(issues)
    monkeypatch.setattr(back_issues, "read_manuscript", lambda folder: pytest.fail(folder.name))
    with pytest.raises(pytest.fail.Exception, match="7"):
        read(issues)
