"""A site comes to where it is served from: only what differs, in order, and after a break too."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry as opened_stores

from newsletter.archive.site import target as target_module
from newsletter.archive.site import uploading
from newsletter.archive.site.serving import caching, media_type
from newsletter.archive.site.uploading import Uploaded, upload_site
from newsletter.archive.site.writing import write_site
from newsletter.errors import NewsletterError
from tests.archive.site.sites import BASE, NEW, OLD, html, page, pages
from tests.services.fakes import CANARY

LIST = "/site/.archive/uploaded.json"


class Store(MemoryFileSystem):  # type: ignore[misc]
    """A store in this process that notes what is done to it, and can break."""

    protocol = "s3"
    done: ClassVar[list[str]] = []
    sent_with: ClassVar[dict[str, dict[str, str]]] = {}
    breaks_at: ClassVar[str] = ""

    def pipe_file(self, path: str, content: bytes, **sent_with: str) -> None:
        if Store.breaks_at and path.endswith(Store.breaks_at):
            raise ConnectionError(f"the line is cut, {CANARY}")
        Store.done.append(f"+ {path}")
        Store.sent_with[path] = sent_with
        super().pipe_file(path, content)

    def rm_file(self, path: str) -> None:
        Store.done.append(f"- {path}")
        super().rm_file(path)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(MemoryFileSystem._strip_protocol(path.replace("s3://", "memory://")))


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Store]]:
    """What s3:// means here. One file is brought after the other."""
    monkeypatch.setitem(opened_stores, "s3", Store)
    monkeypatch.setattr(target_module, "_AT_ONCE", 1)
    monkeypatch.setattr(Store, "done", [])
    monkeypatch.setattr(Store, "sent_with", {})
    monkeypatch.setattr(Store, "breaks_at", "")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", CANARY)
    yield Store
    MemoryFileSystem.store.clear()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a site."""
    folder = tmp_path / "public"
    write_site(pages(OLD), folder, base=BASE)
    return folder


def upload(out: Path, target: object = "s3://site", *, verify: bool = False) -> Uploaded:
    """Upload a site."""
    return upload_site(out, str(target), out.parent / "newsletter", verify=verify)


def steps() -> list[str]:
    """Return what was done to the store but for its list, and forget it."""
    done = [step.replace("/site/", "") for step in Store.done if not step.endswith(LIST)]
    Store.done.clear()
    return done


def there() -> dict[str, bytes]:
    """Return what the store has, but for its list."""
    found = {path: file.getvalue() for path, file in MemoryFileSystem.store.items()}
    return {path.removeprefix("/site/"): found[path] for path in found if path != LIST}


def content(links: dict[str, str]) -> dict[str, bytes]:
    """Return the files of a site."""
    return {path: html(path, linked) for path, linked in links.items()}


def test_all_is_brought_once_and_the_front_page_last(out: Path) -> None:
    assert upload(out) == Uploaded(5, 0, 0)
    assert there() == content(OLD)
    assert steps()[-1] == "+ index.html"
    assert upload(out) == Uploaded(0, 0, 5)
    assert Store.done == []


def test_what_is_new_comes_first_then_what_changed_then_removals(out: Path) -> None:
    upload(out)
    steps()
    write_site(pages(NEW), out, base=BASE)
    assert upload(out) == Uploaded(5, 1, 2)
    assert there() == content(NEW)
    assert steps() == [
        "+ 2/court/index.html",
        "+ 2/families/index.html",
        "+ 2/index.html",
        "+ 1/index.html",
        "+ index.html",
        "- 1/gone/index.html",
    ]


@pytest.mark.parametrize("path", sorted({*NEW, ".archive/uploaded.json"} - {"style.css"}))
def test_an_upload_that_broke_off_goes_on_in_order(
    out: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "_BETWEEN_NOTES", 1)
    upload(out)
    steps()
    write_site(pages(NEW), out, base=BASE)
    monkeypatch.setattr(Store, "breaks_at", path)
    if path != "1/lab/index.html":  # which has not changed
        with pytest.raises(NewsletterError, match="The next upload goes on") as caught:
            upload(out)
        assert CANARY not in str(caught.value)
    monkeypatch.setattr(Store, "breaks_at", "")

    before = steps()
    upload(out)
    after = steps()
    assert there() == content(NEW)
    assert {*before, *after} == {
        f"+ {name}" for name in set(NEW) - {"style.css", "1/lab/index.html"}
    } | {"- 1/gone/index.html"}
    assert not set(before) & set(after)
    both = before + after
    assert both.index("+ 2/index.html") < both.index("+ 1/index.html") < both.index("+ index.html")


def upload_that_breaks_off(out: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upload a site, and of what is new in it all before this path."""
    upload(out)
    write_site(pages(NEW), out, base=BASE)
    monkeypatch.setattr(Store, "breaks_at", path)
    with pytest.raises(NewsletterError):
        upload(out)
    monkeypatch.setattr(Store, "breaks_at", "")
    steps()


def test_a_new_page_that_broke_off_is_still_before_those_that_link_to_it(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_that_breaks_off(out, "2/court/index.html", monkeypatch)
    upload(out)
    done = steps()
    assert done.index("+ 2/court/index.html") < done.index("+ 1/index.html")


def test_a_changed_page_that_broke_off_still_waits_for_what_it_links_to(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_that_breaks_off(out, "1/index.html", monkeypatch)
    newer = NEW | {"1/index.html": "3/index.html", "3/index.html": "1/index.html"}
    write_site(pages(newer), out, base=BASE)
    upload(out)
    done = steps()
    assert done.index("+ 3/index.html") < done.index("+ 1/index.html")


def test_in_a_folder_no_file_is_half_there(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    pipe_file = LocalFileSystem.pipe_file

    def noted(store: LocalFileSystem, path: str, content: bytes, **more: Any) -> None:
        written.append(path)
        pipe_file(store, path, content, **more)

    monkeypatch.setattr(LocalFileSystem, "pipe_file", noted)
    upload(out, tmp_path / "served")
    assert len(written) > len(OLD)
    assert all(path.endswith(".part") for path in written)
    assert not list((tmp_path / "served").rglob("*.part"))


def test_where_a_list_takes_many_requests_it_is_believed(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_module.Target, "is_listed_at_once", False)
    upload(out)
    MemoryFileSystem().rm_file("/site/1/gone/index.html")
    assert upload(out) == Uploaded(0, 0, 5)
    assert upload(out, verify=True) == Uploaded(1, 0, 4)


def test_what_was_brought_and_is_gone_before_the_next_upload_is_removed(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(out)
    write_site(pages(NEW), out, base=BASE)
    monkeypatch.setattr(Store, "breaks_at", "1/index.html")
    with pytest.raises(NewsletterError):
        upload(out)
    monkeypatch.setattr(Store, "breaks_at", "")
    assert "2/court/index.html" in there()
    write_site(pages(OLD), out, base=BASE)
    upload(out)
    assert there() == content(OLD)


def test_what_somebody_removed_or_cut_there_is_brought_again(out: Path) -> None:
    upload(out)
    store = MemoryFileSystem()
    store.pipe_file("/site/1/index.html", b"cut")
    store.rm("/site/index.html")
    assert upload(out) == Uploaded(2, 0, 3)
    assert there() == content(OLD)


def test_what_has_other_bytes_there_is_found_by_verify(out: Path) -> None:
    upload(out)
    changed = html("1/index.html", OLD["1/index.html"])[::-1]
    MemoryFileSystem().pipe_file("/site/1/index.html", changed)
    assert upload(out) == Uploaded(0, 0, 5)
    assert upload(out, verify=True) == Uploaded(1, 0, 4)
    assert there() == content(OLD)


@pytest.mark.parametrize("lost", [None, b"", b"{", b'{"version": 9, "files": {}}', b"[]"])
def test_without_its_list_the_files_there_are_compared(out: Path, lost: bytes | None) -> None:
    upload(out)
    store = MemoryFileSystem()
    store.rm(LIST)
    if lost is not None:
        store.pipe_file(LIST, lost)
    store.pipe_file("/site/1/index.html", b"other")
    store.pipe_file("/site/mine.txt", b"mine")
    assert upload(out) == Uploaded(1, 0, 4)
    assert there() == content(OLD) | {"mine.txt": b"mine"}
    assert set(json.loads(store.cat_file(LIST))["files"]) == set(OLD)


def test_files_of_others_stay(out: Path) -> None:
    MemoryFileSystem().pipe_file("/site/CNAME", b"mine")
    upload(out)
    write_site([page("index.html")], out)
    upload(out, verify=True)
    assert set(there()) == {"CNAME", "index.html"}


def test_another_website_is_not_written_over(out: Path, tmp_path: Path) -> None:
    MemoryFileSystem().pipe_file("/site/index.html", b"another website")
    MemoryFileSystem().pipe_file("/site/mine.txt", b"mine")
    before = there()
    assert refusal(out, "s3://site/") == (
        "There is another website at 's3://site': its index.html is not of this one."
    )
    assert there() == before

    folder = tmp_path / "website"
    folder.mkdir()
    (folder / "index.html").write_bytes(b"another website")
    assert "There is another website at" in refusal(out, folder)
    assert (folder / "index.html").read_bytes() == b"another website"
    assert upload(out, folder / "archive") == Uploaded(5, 0, 0)


def test_the_site_of_another_newsletter_stays_but_ones_own_may_move(tmp_path: Path) -> None:
    def site(name: str, address: str, piece: str) -> Path:
        front, article = page("index.html", subject=address), page(piece, subject="a.md\nA")
        write_site([front, article], tmp_path / name)
        return tmp_path / name

    upload(site("one", "https://one.test/", "1/lab/index.html"))
    before = there()
    other = site("two", "https://two.test/", "1/court/index.html")
    assert refusal(other, "s3://site") == (
        "There is another website at 's3://site': the newsletter at https://one.test/."
    )
    assert there() == before

    assert upload(site("one", "https://two.test/", "1/lab/index.html")) == Uploaded(0, 0, 2)
    assert upload(other) == Uploaded(1, 1, 1)


def test_each_kind_of_file_is_served_as_what_it_is(out: Path) -> None:
    upload(out)
    assert Store.sent_with["/site/index.html"] == {
        "ContentType": "text/html; charset=utf-8",
        "CacheControl": "public, max-age=300",
    }
    assert Store.sent_with[LIST]["CacheControl"] == "no-store"


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("652/index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/atom+xml"),
        ("topics/ivf/feed.json", "application/feed+json"),
        ("sitemap.xml", "application/xml"),
        ("pictures/652/lab-3f9a61c2-640.jpg", "image/jpeg"),
        ("_redirects", "application/octet-stream"),
    ],
)
def test_media_types(path: str, type_: str) -> None:
    assert media_type(path) == type_
    assert ("immutable" in caching(path)) == path.startswith("pictures/")


def test_a_folder(out: Path, tmp_path: Path) -> None:
    place = tmp_path / "on the web"
    assert upload(out, place) == Uploaded(5, 0, 0)
    assert upload(out, place.as_uri()) == Uploaded(0, 0, 5)
    write_site(pages(NEW), out, base=BASE)
    assert upload(out, place) == Uploaded(5, 1, 2)
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert found == {*NEW, ".archive/uploaded.json"}
    assert not (place / "1/gone").exists()
    assert all((place / path).read_bytes() == (out / path).read_bytes() for path in NEW)


def refusal(out: Path, target: object) -> str:
    """What an editor reads."""
    with pytest.raises(NewsletterError) as caught:
        upload(out, target)
    (problem,) = caught.value.problems
    assert problem.hint
    return problem.message


def test_what_cannot_be_a_place(out: Path) -> None:
    (out.parent / "newsletter/issues").mkdir(parents=True)
    assert "it is written there" in refusal(out, out)
    assert "it is written there" in refusal(out, out / "below")
    assert refusal(out, out.parent / "newsletter") == "A site cannot be written into this folder."
    assert refusal(out, "https://a.example/") == (
        "Nothing can be copied to a web address: 'https://a.example/'."
    )
    assert refusal(out, "shelf://a") == "There is no kind of store like 'shelf://a'."
    assert refusal(out, "sftp://me:word@a.example/b") == (
        "A password does not belong into an address: 'sftp://me:…@a.example/b'."
    )
    assert refusal(out, "ftp://a.example/b") == (
        "FTP sends passwords that anybody can read: 'ftp://a.example/b'."
    )
    for of_scp in ("me@a.example:/var/www", "a.example:www", "remote:bucket/site"):
        assert refusal(out, of_scp) == f"This is no address of a folder: '{of_scp}'."


class Host(MemoryFileSystem):  # type: ignore[misc]
    """A host in this process, as the library sshfs sees it."""

    protocol = "sftp"

    def __init__(self, **_: object) -> None:
        super().__init__()

    def pipe_file(self, path: str, content: bytes) -> None:
        if not path.rpartition("/")[0]:
            raise FileNotFoundError(path)
        super().pipe_file(path, content)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path.removeprefix("sftp://me@a.example")


def test_a_host_is_reached_by_sftp_also_its_top_folder(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sshfs", SimpleNamespace(SSHFileSystem=Host))
    assert refusal(out, "sftp://me@a.example") == (
        "There is no folder in this address: 'sftp://me@a.example'."
    )
    for address in ("sftp://me@a.example/site", "sftp://me@a.example/"):
        assert upload(out, address) == Uploaded(5, 0, 0)
        assert upload(out, address) == Uploaded(0, 0, 5)
    assert {f"/./{path}" for path in OLD} <= set(MemoryFileSystem.store)


def test_only_a_complete_site_is_uploaded(out: Path) -> None:
    (out / ".archive/journal").touch()
    assert refusal(out, "s3://site") == "There is no complete site in this folder."
    assert there() == {}


def test_a_page_that_somebody_has_changed_is_not_uploaded(out: Path) -> None:
    (out / "style.css").write_text("mine")
    message = "This file was changed after the archive had written it."
    assert refusal(out, "s3://site") == message


def test_several_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_module, "_AT_ONCE", 8)
    many = {f"{number}/index.html": "index.html" for number in range(100)} | {"index.html": ""}
    write_site(pages(many), tmp_path / "public")
    counts: list[Any] = []
    done = upload_site(
        tmp_path / "public",
        "s3://site",
        tmp_path / "newsletter",
        progress=lambda *count: counts.append(count),
    )
    assert done == Uploaded(101, 0, 0)
    assert there() == content(many)
    assert counts == [(100, 101), (101, 101)]
