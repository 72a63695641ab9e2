"""The lists of what to upload and what to delete after that."""

from __future__ import annotations

from pathlib import Path

from newsletter.archive.site.writing import write_site
from tests.archive.site.sites import NEW, OLD, page, pages


def listed(out: Path, name: str) -> list[str]:
    """Return the lines of a list."""
    return (out / ".archive" / name).read_text("utf-8").splitlines()


def test_the_first_run_lists_all_in_their_order(tmp_path: Path) -> None:
    write_site(pages(OLD), tmp_path)
    assert listed(tmp_path, "changes.txt") == list(OLD)
    assert listed(tmp_path, "removed.txt") == []


def test_after_an_upload_only_what_changed_since_is_listed(tmp_path: Path) -> None:
    write_site(pages(OLD), tmp_path)
    for name in ("new.txt", "changes.txt", "removed.txt"):
        (tmp_path / ".archive" / name).unlink()
    write_site(pages(NEW), tmp_path)
    new = ["2/court/index.html", "2/families/index.html", "2/index.html"]
    assert listed(tmp_path, "changes.txt") == [*new, "1/index.html", "index.html"]
    assert listed(tmp_path, "new.txt") == new
    assert listed(tmp_path, "removed.txt") == ["1/gone/index.html"]


def test_until_then_the_lists_grow(tmp_path: Path) -> None:
    write_site(pages(OLD), tmp_path)
    write_site(pages(NEW), tmp_path)
    assert set(listed(tmp_path, "changes.txt")) == set(NEW)
    assert listed(tmp_path, "changes.txt")[:3] == [path for path in NEW if path not in OLD]
    assert listed(tmp_path, "removed.txt") == ["1/gone/index.html"]

    write_site(pages(OLD), tmp_path)
    assert set(listed(tmp_path, "changes.txt")) == set(listed(tmp_path, "new.txt")) == set(OLD)
    assert set(listed(tmp_path, "removed.txt")) == set(NEW) - set(OLD)


def test_the_lists_never_have_more_than_the_site_and_what_it_had(tmp_path: Path) -> None:
    for _ in range(5):
        write_site(pages(NEW), tmp_path)
        write_site(pages(OLD), tmp_path)
    assert sorted(listed(tmp_path, "changes.txt")) == sorted(OLD)
    assert sorted(listed(tmp_path, "removed.txt")) == sorted(set(NEW) - set(OLD))


def test_a_run_that_changes_nothing_leaves_the_lists(tmp_path: Path) -> None:
    write_site(pages(OLD), tmp_path)
    (tmp_path / ".archive/changes.txt").unlink()
    write_site(pages(OLD), tmp_path)
    assert not (tmp_path / ".archive/changes.txt").exists()


def test_a_page_that_links_to_a_new_one_comes_after_it_whenever_it_was_listed(
    tmp_path: Path,
) -> None:
    write_site([page("a.html"), page("b.html", "a.html")], tmp_path)
    (tmp_path / ".archive/changes.txt").unlink()
    write_site([page("a.html", "c.html"), page("b.html", "a.html"), page("c.html")], tmp_path)
    write_site(
        [page("a.html", "c.html"), page("b.html"), page("c.html", "d.html"), page("d.html")],
        tmp_path,
    )
    order = listed(tmp_path, "changes.txt")
    assert order == ["d.html", "c.html", "a.html", "b.html"]
