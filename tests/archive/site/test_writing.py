"""Pages become files: only those that differ are made and touched, and nobody else's are."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from newsletter.archive.page import Page
from newsletter.archive.site.state import load_state, subjects
from newsletter.archive.site.writing import Changes, compare_site, write_site
from newsletter.errors import NewsletterError
from tests.archive.site.sites import BASE, NEW, OLD, files, html, never_made, page, pages, unmade


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a site."""
    folder = tmp_path / "public"
    write_site(pages(OLD), folder, base=BASE)
    return folder


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """What tells whether a file was touched."""
    found = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (status.st_mtime_ns, status.st_ino) for path, status in found.items()}


def test_all_pages_become_files(out: Path) -> None:
    for path, links in OLD.items():
        assert (out / path).read_bytes() == html(path, links)
        assert (out / path).stat().st_mode & 0o777 == 0o644


def test_changes_are_what_was_done(out: Path) -> None:
    changes = write_site(pages(NEW), out, base=BASE)
    assert changes.new == ("2/court/index.html", "2/families/index.html", "2/index.html")
    assert changes.changed == ("1/index.html", "index.html")
    assert changes.removed == ("1/gone/index.html",)
    assert changes.unchanged == 2
    assert changes.size == sum(len(html(path, links)) for path, links in NEW.items())


def test_what_is_gone_leaves_no_folder(out: Path) -> None:
    write_site(pages(NEW), out)
    assert not (out / "1/gone").exists()
    write_site([page("index.html")], out)
    assert set(files(out)) == {"index.html", ".archive", ".archive/state.json"}


def test_an_incremental_run_equals_a_clean_build(out: Path, tmp_path: Path) -> None:
    write_site(pages(NEW), out, base=BASE)
    write_site(pages(NEW), tmp_path / "clean", base=BASE)
    assert files(out) == files(tmp_path / "clean")


def test_a_page_that_is_made_of_the_same_is_not_made(out: Path) -> None:
    before = stamps(out)
    changes = write_site(unmade(pages(OLD)), out)
    assert changes.is_none
    assert changes.unchanged == len(OLD)
    assert stamps(out) == before


def test_a_page_that_comes_out_the_same_is_not_touched(out: Path) -> None:
    before = stamps(out)
    made_of_others = [page._replace(digest=b"another") for page in pages(OLD)]
    assert write_site(made_of_others, out).is_none
    after = stamps(out)
    assert all(after[out / path] == before[out / path] for path in OLD)
    assert write_site(unmade(made_of_others), out).is_none


def test_a_file_that_somebody_has_changed_is_made_again(out: Path) -> None:
    changed, cut, linked, gone = (out / path for path in list(OLD)[1:])
    content = changed.read_bytes()
    changed.write_bytes(content[::-1])
    cut.write_bytes(b"")
    linked.unlink()
    linked.symlink_to(changed)
    gone.unlink()
    write_site(pages(OLD), out, base=BASE)
    for path, links in OLD.items():
        assert not (out / path).is_symlink()
        assert (out / path).read_bytes() == html(path, links)


def test_a_stamp_spares_reading_only_while_it_is_the_same(out: Path) -> None:
    first = write_site(pages(OLD), out)
    path = "1/lab/index.html"
    content = (out / path).read_bytes()
    status = (out / path).stat()
    (out / path).write_bytes(content[::-1])
    os.utime(out / path, ns=(status.st_atime_ns, status.st_mtime_ns))
    write_site(pages(OLD), out, stamps=first.stamps)
    assert (out / path).read_bytes() == content


@pytest.mark.parametrize(
    "name", ["CNAME", ".well-known/security.txt", "google1a2b.html", "1/own.pdf"]
)
def test_files_of_others_stay(out: Path, name: str) -> None:
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    write_site(pages({"index.html": ""}), out)
    assert (out / name).read_text() == "mine"


def test_a_file_of_somebody_else_where_a_page_must_be_is_an_error(out: Path) -> None:
    before = files(out)
    for path in ("2/index.html", "2/court/index.html"):
        (out / path).parent.mkdir(exist_ok=True)
        (out / path).write_text("mine")
    with pytest.raises(NewsletterError) as caught:
        write_site(pages(NEW), out)
    assert [problem.path for problem in caught.value.problems] == [
        out / "2/court/index.html",
        out / "2/index.html",
    ]
    assert "not written by the archive" in str(caught.value)
    assert before.items() <= files(out).items()


def test_a_file_of_somebody_else_with_the_very_bytes_of_the_page_is_taken(out: Path) -> None:
    for path in NEW:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(html(path, NEW[path]))
    before = stamps(out)
    changes = write_site(pages(NEW), out)
    assert "2/index.html" in changes.new
    assert all(stamps(out)[out / path] == before[out / path] for path in NEW)


def test_a_folder_with_files_but_no_site_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("the charity's own front page")
    with pytest.raises(NewsletterError):
        write_site(pages(OLD), tmp_path)
    assert (tmp_path / "index.html").read_text() == "the charity's own front page"
    assert not (tmp_path / "1").exists()


def test_of_a_whole_site_of_somebody_else_a_few_files_are_named(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number}.html").write_text("other words")
    with pytest.raises(NewsletterError) as caught:
        write_site([page(f"{number}.html") for number in range(50)], tmp_path)
    assert len(caught.value.problems) == 11
    assert "There are 40 more of them." in str(caught.value)


@pytest.mark.parametrize("where", ["2", "1/lab"])
def test_links_are_not_followed_out_of_the_site(tmp_path: Path, where: str) -> None:
    outside, out = tmp_path / "outside", tmp_path / "public"
    outside.mkdir()
    (out / where).parent.mkdir(parents=True)
    (out / where).symlink_to(outside)
    with pytest.raises(NewsletterError, match="not written by the archive"):
        write_site(pages(NEW), out)
    assert list(outside.iterdir()) == []


def test_nothing_is_removed_through_a_link(out: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (out / "1/gone").rename(outside)
    (out / "1/gone").symlink_to(outside)
    write_site(pages(NEW), out)
    assert (outside / "index.html").exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "another version", "empty", "no JSON"])
def test_a_damaged_state_is_not_trusted(out: Path, tmp_path: Path, damage: str) -> None:
    state = out / ".archive/state.json"
    content = state.read_bytes()
    damaged = {
        "cut": content[:-40],
        "changed": content.replace(b"1/lab", b"1/lib"),
        "another version": content.replace(b'"version":2', b'"version":1'),
        "empty": b"",
        "no JSON": b"\xff" * 5000,
    }[damage]
    assert damaged != content
    state.write_bytes(damaged)
    assert load_state(out) is None

    before = stamps(out)
    (out / "index.html").write_bytes(b"cut off")
    write_site(pages(OLD), out)
    write_site(pages(OLD), tmp_path / "clean")
    assert files(out) == files(tmp_path / "clean")
    kept = [out / path for path in OLD if path != "index.html"]
    assert all(stamps(out)[path] == before[path] for path in kept)


def test_a_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder(
    out: Path, tmp_path: Path
) -> None:
    file, folder = [page("a/b.html")], [page("a/b.html/c/index.html")]
    for some in (file, folder, file, folder):
        write_site([*pages(OLD), *some], out)
        write_site([*pages(OLD), *some], tmp_path / "clean")
        assert files(out) == files(tmp_path / "clean")
        shutil.rmtree(tmp_path / "clean")


def test_the_file_of_somebody_else_in_a_folder_keeps_a_page_from_its_place(out: Path) -> None:
    write_site([*pages(OLD), page("a/b.html/c/index.html")], out)
    (out / "a/b.html/mine.txt").write_text("mine")
    with pytest.raises((NewsletterError, OSError)):
        write_site([*pages(OLD), page("a/b.html")], out)
    assert (out / "a/b.html/mine.txt").read_text() == "mine"


def test_an_error_in_a_page_leaves_the_site_as_it_was(out: Path) -> None:
    before = files(out)

    def broken() -> bytes:
        raise NewsletterError.at(Path("issue.yaml"), 7, "No.", "Do.")

    faulty = [*pages(OLD), Page("a/index.html", b"new", broken)]
    with pytest.raises(NewsletterError, match=r"issue\.yaml:7: No\. Do\."):
        write_site(faulty, out)
    assert files(out, ".archive/journal") == before
    write_site(pages(OLD), out)
    assert files(out) == before


def test_many_pages_are_made_in_their_order_on_all_cores(tmp_path: Path) -> None:
    many = [page(f"{number}/index.html", also=str(number)) for number in range(300)]
    counts: list[tuple[int, int]] = []
    changes = write_site(many, tmp_path, progress=lambda *count: counts.append(count))
    assert changes.new == tuple(page.path for page in many)
    assert counts == [(min(count, 300), 300) for count in range(16, 305, 16)]


def test_comparing_writes_nothing(out: Path, tmp_path: Path) -> None:
    before = stamps(out)
    found = compare_site(pages(NEW), out, base=BASE)
    assert stamps(out) == before
    done = write_site(pages(NEW), out, base=BASE)
    assert found._replace(stamps={}) == done._replace(stamps={})
    assert compare_site(unmade(pages(NEW)), out).is_none
    assert not compare_site(pages(OLD), tmp_path / "nowhere").is_none
    assert not (tmp_path / "nowhere").exists()


def test_comparing_sees_what_somebody_has_changed(out: Path) -> None:
    (out / "1/index.html").write_text("other words")
    (out / "1/gone/index.html").unlink()
    found = compare_site(pages(OLD), out)
    assert not found.is_none


def test_what_was_published_is_known_by_its_subject(tmp_path: Path) -> None:
    some = [page("1/lab/index.html", subject="1/lab"), page("index.html")]
    write_site(some, tmp_path)
    assert subjects(load_state(tmp_path) or {}) == {"1/lab/index.html": "1/lab"}
    renamed = [some[0]._replace(subject="1/laboratory", make=never_made), some[1]]
    assert write_site(renamed, tmp_path).is_none
    assert subjects(load_state(tmp_path) or {}) == {"1/lab/index.html": "1/laboratory"}


def test_two_pages_at_one_path_are_an_error_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"1/index\.html"):
        write_site([page("1/index.html"), page("1/index.html", also="other")], tmp_path)


@pytest.mark.parametrize(
    "path", ["../a.html", "/a.html", "a/../../b.html", ".archive/state.json", ""]
)
def test_no_page_is_outside_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path in the site"):
        write_site([page(path)], tmp_path / "public")


def test_no_changes_is_what_nothing_changed_says() -> None:
    assert Changes((), (), (), 4, 0, (), {}).is_none
