"""The cache of compiled themes: it saves time, and nothing in it or about it changes a byte of an email."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from newsletter import cache
from newsletter.email.rendering import render
from newsletter.email.templating import html_environment, text_environment
from newsletter.manifest import read_issue
from newsletter.model import Email
from newsletter.theme import _compiled, compile_theme

NOBODY = 65534
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become others"
)


@pytest.fixture
def templates(repository: Path, tmp_path: Path) -> Path:
    """Return a folder of themes with a copy of the default one, named ``mine``."""
    shutil.copytree(repository / "templates" / "bionews", tmp_path / "mine")
    return tmp_path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def fresh_email(repository: Path, templates: Path) -> Email:
    """Return the email as a new process makes it: only the cache on disk is left."""
    for kept in (_compiled, html_environment, text_environment):
        kept.cache_clear()
    return render(read_issue(repository / "issues" / "652"), compile_theme("mine", templates))


@pytest.fixture
def email(repository: Path, templates: Path, folder: Path) -> Email:
    """Return the email as it is made without a cache; now there is one."""
    return fresh_email(repository, templates)


def themes(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.theme"))


def test_themes_and_code_are_kept_where_only_their_owner_can_read_them(
    email: Email, folder: Path
) -> None:
    assert len(themes(folder)) == 1
    assert len(list(folder.glob("*.code"))) == 5
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_compilation_comes_from_the_cache(
    email: Email, templates: Path, folder: Path, repository: Path
) -> None:
    (kept,) = themes(folder)
    content = cache.load(kept.name)
    assert content
    cache.keep(kept.name, content.replace(b"<h1", b"<h2"))
    assert fresh_email(repository, templates).html == email.html.replace("<h1", "<h2")


@pytest.mark.parametrize(
    "name", ["style.css", "palette.css", "words.toml", "parts/item.html.j2", "email.mjml.j2"]
)
def test_any_change_to_a_file_compiles_again(templates: Path, folder: Path, name: str) -> None:
    compile_theme("mine", templates)
    with (templates / "mine" / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    compile_theme("mine", templates)
    assert len(themes(folder)) == 2


def test_what_is_damaged_is_made_again(
    email: Email, repository: Path, templates: Path, folder: Path
) -> None:
    chance = random.Random(652)  # noqa: S311 - damage, not secrets
    for kept in sorted(folder.iterdir()):
        content = kept.read_bytes()
        positions = {
            0,
            63,
            64,
            65,
            len(content) - 1,
            *(chance.randrange(len(content)) for _ in range(8)),
        }
        for position in sorted(positions):
            damaged = bytearray(content)
            damaged[position] ^= 1 << chance.randrange(8)
            kept.write_bytes(damaged)
            assert cache.load(kept.name) is None
            if position in (65, len(content) - 1):
                assert fresh_email(repository, templates) == email
                assert kept.read_bytes() == content


def test_what_a_killed_command_left_half_written_is_in_nobodys_way(folder: Path) -> None:
    cache.keep("a.theme", b"first")
    (folder / ".a.theme").write_bytes(b"half")
    cache.keep("a.theme", b"second")
    assert cache.load("a.theme") == b"second"
    assert [path.name for path in folder.iterdir()] == ["a.theme"]


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\n", b"{" * 100_000])
def test_what_is_something_else_is_made_again(
    email: Email, repository: Path, templates: Path, folder: Path, content: bytes
) -> None:
    for kept in folder.iterdir():
        kept.write_bytes(content)
    assert fresh_email(repository, templates) == email


def test_what_was_kept_under_another_name_is_made_again(
    email: Email, repository: Path, templates: Path, folder: Path
) -> None:
    first, second, *_ = sorted(folder.glob("*.code"))
    first.write_bytes(second.read_bytes())
    assert fresh_email(repository, templates) == email


def test_a_pipe_in_the_place_of_a_file_is_no_matter(
    email: Email, repository: Path, templates: Path, folder: Path
) -> None:
    (kept,) = themes(folder)
    kept.unlink()
    os.mkfifo(kept)
    assert fresh_email(repository, templates) == email


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o775, 0o702])
def test_a_folder_that_others_may_write_into_is_not_used(
    email: Email, repository: Path, templates: Path, folder: Path, mode: int
) -> None:
    (kept,) = themes(folder)
    planted = cache._seal(kept.name, b'["planted", {}, {}]') + b'\n["planted", {}, {}]'
    kept.write_bytes(planted)
    folder.chmod(mode)
    assert fresh_email(repository, templates) == email
    assert kept.read_bytes() == planted


@as_root
def test_a_folder_of_somebody_else_is_not_used(
    email: Email, repository: Path, templates: Path, folder: Path
) -> None:
    (kept,) = themes(folder)
    kept.write_bytes(cache._seal(kept.name, b'["planted", {}, {}]') + b'\n["planted", {}, {}]')
    os.chown(folder, NOBODY, NOBODY)
    assert fresh_email(repository, templates) == email


def test_a_link_in_the_place_of_the_folder_is_not_followed(
    email: Email, repository: Path, templates: Path, folder: Path
) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")
    (kept,) = themes(folder)
    kept.write_bytes(cache._seal(kept.name, b'["planted", {}, {}]') + b'\n["planted", {}, {}]')
    assert fresh_email(repository, templates) == email


def test_a_file_in_the_place_of_the_folder_is_no_matter(
    email: Email, repository: Path, templates: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder)
    folder.write_text("", "utf-8")
    assert fresh_email(repository, templates) == email
    monkeypatch.setenv("NEWSLETTER_CACHE", str(folder / "deeper"))
    assert fresh_email(repository, templates) == email


AS_NOBODY = """
import os, sys
from pathlib import Path
from newsletter.email.building import draft
from newsletter.email.templating import html_environment, text_environment
from newsletter.theme import _compiled

issue, cache = Path(sys.argv[1]), sys.argv[2]
email = draft(issue)
os.environ["NEWSLETTER_CACHE"] = cache
os.setgroups([])
os.setgid({nobody})
os.setuid({nobody})
for kept in (_compiled, html_environment, text_environment):
    kept.cache_clear()
assert draft(issue) == email
"""


@as_root
@pytest.mark.parametrize(("owner", "mode"), [(NOBODY, 0o555), (0, 0o755), (0, 0o700)])
def test_a_folder_that_cannot_be_written_is_no_matter(
    repository: Path, owner: int, mode: int
) -> None:
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to nobody
        newsletter = Path(place)
        newsletter.chmod(0o755)
        for name in ("issues", "templates"):
            shutil.copytree(repository / name, newsletter / name)
        folder = newsletter / "cache"
        folder.mkdir(mode=mode)
        os.chown(folder, owner, owner)
        command = [
            sys.executable,
            "-c",
            AS_NOBODY.format(nobody=NOBODY),
            str(newsletter / "issues" / "652"),
            str(folder),
        ]
        done = subprocess.run(command, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        assert list(folder.iterdir()) == []


def test_the_oldest_make_room_in_the_cache(folder: Path) -> None:
    now = time.time()
    for number in range(132):
        cache.keep(f"{number:03}.code", b"code")
        os.utime(folder / f"{number:03}.code", (now + number - 200, now + number - 200))
    assert len(list(folder.iterdir())) == 132  # a tenth more, so that not each has to look
    cache.keep("last.code", b"code")
    assert len(list(folder.iterdir())) == 120
    assert cache.load("129.code") == b"code"
    assert cache.load("000.code") is None
