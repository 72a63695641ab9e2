"""Copies of the pictures: into a folder, and into a store that fsspec opens."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry as opened_stores

from newsletter.checks.galley import Galley
from newsletter.checks.report import Report
from newsletter.errors import HandoverError
from newsletter.handover.publishing import publish, require_place
from newsletter.model import File
from tests.handover.standin import published_by, with_email
from tests.services.fakes import CANARY

NAMES = ("lab-3f9a61c2.jpg", "museum-77a0b1c2.png")


@pytest.fixture
def pictured(report: Report) -> Report:
    """Issue 652 with two pictures."""
    files = tuple(
        File(
            name=name,
            address=f"https://www.bionews.org.uk/pictures/652/{name}",
            media_type="image/jpeg",
            content=name.encode() * 1000,
            source=name,
        )
        for name in NAMES
    )
    return with_email(report, files=files)


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """A store in this process."""
    yield MemoryFileSystem()
    MemoryFileSystem.store.clear()


def to(report: Report, target: object) -> Galley:
    """The galley of a publication whose pictures are copied there."""
    return published_by(report, pictures_to=str(target)).galley


def refusal(galley: Galley) -> str:
    """What an editor reads."""
    with pytest.raises(HandoverError) as caught:
        publish(galley)
    (problem,) = caught.value.problems
    assert problem.path.name == "publication.yaml"
    assert problem.hint
    return problem.message


# A folder


def test_a_folder_gets_all_pictures_for_everybody_to_read(pictured: Report, tmp_path: Path) -> None:
    publish(to(pictured, tmp_path))
    folder = tmp_path / "652"
    assert sorted(path.name for path in folder.iterdir()) == list(NAMES)
    for file in pictured.email.files:
        assert (folder / file.name).read_bytes() == file.content
        assert (folder / file.name).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("form", ["relative", "file"])
def test_a_folder_may_be_named_in_other_ways(pictured: Report, tmp_path: Path, form: str) -> None:
    root = tmp_path / "on the web"
    root.mkdir()
    issues = pictured.folder.project.issues
    target = root.as_uri() if form == "file" else os.path.relpath(root, issues)
    publish(to(pictured, target))
    assert (root / "652" / NAMES[0]).is_file()


def test_what_is_there_is_left_alone_and_what_differs_is_copied(
    pictured: Report, tmp_path: Path
) -> None:
    galley = to(pictured, tmp_path)
    publish(galley)
    first, second = (tmp_path / "652" / name for name in NAMES)
    (tmp_path / "652" / "of-another-day.jpg").touch()
    stamp = first.stat().st_mtime_ns
    second.write_bytes(b"cut off")

    copied: list[Sequence[File]] = []
    publish(galley, copied.append)
    publish(galley, copied.append)
    assert copied == [galley.email.files[1:]]
    assert first.stat().st_mtime_ns == stamp
    assert second.read_bytes() == galley.email.files[1].content
    assert (tmp_path / "652" / "of-another-day.jpg").exists()


@pytest.mark.parametrize("target", [".", "652", "../issues"])
def test_pictures_are_not_copied_among_the_issues(pictured: Report, target: str) -> None:
    message = refusal(to(pictured, target))
    assert message == f"Pictures cannot be copied among the issues: '{target}'."


def test_a_drive_that_is_not_connected_is_not_made(pictured: Report, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    assert refusal(to(pictured, drive)) == f"There is no folder '{drive}'."
    assert not drive.exists()


def test_where_nothing_can_be_written_nothing_is_left(pictured: Report, tmp_path: Path) -> None:
    (tmp_path / "652").mkdir()
    (tmp_path / "652" / NAMES[1]).mkdir()
    assert refusal(to(pictured, tmp_path)) == (
        f"The pictures cannot be copied to '{tmp_path}': '{NAMES[1]}' is a folder, not a file."
    )
    assert [path.name for path in (tmp_path / "652").iterdir()] == [NAMES[1]]


def test_without_a_place_or_without_pictures_nothing_is_done(
    report: Report, pictured: Report, tmp_path: Path
) -> None:
    publish(pictured.galley)
    publish(to(report, tmp_path / "nowhere"))


# A store


def test_a_store_gets_all_pictures(pictured: Report, memory: MemoryFileSystem) -> None:
    publish(to(pictured, "memory://site/pictures/"))
    for file in pictured.email.files:
        assert memory.cat_file(f"/site/pictures/652/{file.name}") == file.content


def test_what_a_store_has_is_left_alone(
    pictured: Report, memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    galley = to(pictured, "memory://site")
    publish(galley)
    memory.pipe_file(f"/site/652/{NAMES[1]}", b"cut off")
    written: list[str] = []
    pipe_file = MemoryFileSystem.pipe_file

    def counted(store: MemoryFileSystem, path: str, content: bytes) -> None:
        written.append(path)
        pipe_file(store, path, content)

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", counted)
    copied: list[Sequence[File]] = []
    publish(galley, copied.append)
    assert written == [f"/site/652/{NAMES[1]}"]
    assert copied == [galley.email.files[1:]]


def test_a_store_that_breaks_off_goes_on_the_next_time(
    pictured: Report, memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    galley = to(pictured, "memory://site")
    pipe_file = MemoryFileSystem.pipe_file

    def broken(store: MemoryFileSystem, path: str, content: bytes) -> None:
        if path.endswith(NAMES[1]):
            raise ConnectionError("the line\nis cut")
        pipe_file(store, path, content)

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", broken)
    with pytest.raises(HandoverError) as caught:
        publish(galley)
    assert str(caught.value).endswith(
        "The pictures cannot be copied to 'memory://site': the line is cut."
        " Check the address, and the settings of the store."
        " What was copied stays there: 1 picture."
    )
    monkeypatch.setattr(MemoryFileSystem, "pipe_file", pipe_file)
    publish(galley)
    assert memory.ls("/site/652", detail=False) == [f"/site/652/{name}" for name in NAMES]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("shelf://site", "There is no kind of store like 'shelf://site'."),
        ("shelf://[site", "There is no kind of store like 'shelf://[site'."),
        (
            "https://site.example/a",
            "Nothing can be copied to a web address: 'https://site.example/a'.",
        ),
        ("s3://bucket/pictures", "The library s3fs is missing for 's3://bucket/pictures'."),
        (
            "gs://bucket",
            "A library is missing for 'gs://bucket': Please install gcsfs to access Google Storage.",
        ),
    ],
)
def test_a_kind_of_store_that_is_not_known_here(
    pictured: Report, target: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for store, library in (("s3", "s3fs"), ("gs", "gcsfs")):
        monkeypatch.setitem(sys.modules, library, None)  # as if it was not installed
        monkeypatch.delitem(opened_stores, store, raising=False)
    galley = to(pictured, target)
    assert refusal(galley) == message
    with pytest.raises(HandoverError):
        require_place(galley)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "there is no such host, or no network"),
        (NotImplementedError(), "it can only be read"),
        (ConnectionRefusedError(111, "Connection refused"), "Connection refused"),
        (ValueError("no such bucket"), "no such bucket"),
        (EOFError(), "EOFError"),
    ],
)
def test_why_a_store_cannot_be_used(
    pictured: Report,
    memory: MemoryFileSystem,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", broken)
    message = f"The pictures cannot be copied to 'memory://site': {words}."
    assert refusal(to(pictured, "memory://site")) == message


class Bucket(MemoryFileSystem):  # type: ignore[misc]
    """A store in this process in the place of s3fs: what it is opened and written with."""

    protocol = ("s3",)
    opened: ClassVar[dict[str, Any]] = {}
    written: ClassVar[list[dict[str, Any]]] = []
    failure: ClassVar[str | None] = None

    def __init__(self, **options: Any) -> None:
        Bucket.opened = options
        super().__init__()

    def pipe_file(self, path: str, content: bytes, **headers: Any) -> None:
        if Bucket.failure:
            raise PermissionError(Bucket.failure)
        Bucket.written.append(headers)
        super().pipe_file(path, content)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, memory: MemoryFileSystem) -> type[Bucket]:
    """It is what s3:// means; the environment says nothing of it."""
    monkeypatch.setitem(opened_stores, "s3", Bucket)
    monkeypatch.setattr(Bucket, "written", [])
    for name in os.environ:
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    return Bucket


def test_amazon_and_its_like_are_opened_with_the_settings_in_the_environment(
    pictured: Report, bucket: type[Bucket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "name")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://store.example.org")
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    publish(to(pictured, "s3://bucket/pictures"))
    expected = {
        "key": "name",
        "secret": "secret",
        "token": None,
        "endpoint_url": "https://store.example.org",
        "client_kwargs": {"region_name": "eu-west-2"},
    }
    assert bucket.opened.items() >= expected.items()
    assert bucket.written == 2 * [
        {"ContentType": "image/jpeg", "CacheControl": "public, max-age=31536000, immutable"}
    ]


def test_no_message_has_a_secret(
    pictured: Report, bucket: type[Bucket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", CANARY)
    monkeypatch.setattr(bucket, "failure", f"not with {CANARY}")
    assert refusal(to(pictured, "s3://bucket")).endswith(": not with ….")
