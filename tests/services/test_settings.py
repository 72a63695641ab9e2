"""Settings: where they come from, and that they are never shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from newsletter.errors import NewsletterError
from newsletter.services.settings import Settings, is_ignored_by_git
from tests.services.fakes import CANARY


def from_file(folder: Path, content: bytes) -> Settings:
    (folder / ".env").write_bytes(content)
    return Settings.from_environment(folder)


def test_the_file_stands_beside_issues(tmp_path: Path) -> None:
    assert from_file(tmp_path, b"A_KEY=value\n")["A_KEY"] == "value"
    assert Settings.from_environment(tmp_path).folder == tmp_path
    assert "A_KEY" not in Settings.from_environment(tmp_path / "issues")


def test_without_a_file_there_is_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", " from outside\n")
    assert Settings.from_environment(tmp_path)["A_KEY"] == "from outside"
    (tmp_path / ".env").mkdir()
    assert Settings.from_environment(tmp_path)["A_KEY"] == "from outside"


@pytest.mark.parametrize(("outside", "holds"), [("from outside", "from outside"), ("", None)])
def test_the_environment_wins_even_if_it_says_nothing(
    outside: str, holds: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", outside)
    assert from_file(tmp_path, b"A_KEY=from the file").get("A_KEY") == holds


@pytest.mark.parametrize(
    "content",
    [
        b"A_KEY=va lue",
        b"A_KEY=va lue\n",
        b"A_KEY=va lue\r\n",
        b"\r\n\r\nOTHER=1\r\nA_KEY=va lue\r\nMORE=2\r\n",
        b"\xef\xbb\xbfA_KEY=va lue\r\n",
        b"A_KEY='va lue'\n",
        b'A_KEY="va lue"\n',
        b"export A_KEY='va lue'\n",
        b"  A_KEY = va lue  \n",
        b"A_KEY=va lue # a remark\n",
        b"# A_KEY=remark\nA_KEY=va lue\n",
        b"A_KEY=old\nA_KEY=va lue\n",
    ],
)
def test_it_may_be_written_in_many_ways(content: bytes, tmp_path: Path) -> None:
    assert from_file(tmp_path, content)["A_KEY"] == "va lue"


def test_a_value_may_have_the_signs_of_a_shell_and_of_other_languages(tmp_path: Path) -> None:
    assert from_file(tmp_path, "A_KEY=a$HOME${B}#c=ä\\n".encode())["A_KEY"] == "a$HOME${B}#c=ä\\n"


@pytest.mark.parametrize(
    "content", [b"", b"A_KEY", b"A_KEY=", b"A_KEY=   \n", b"A_KEY=''\n", b'A_KEY="  "']
)
def test_what_is_set_to_nothing_is_not_set(content: bytes, tmp_path: Path) -> None:
    settings = from_file(tmp_path, content)
    assert "A_KEY" not in settings
    assert "A_KEY" not in list(settings)
    assert len(settings) == len(list(settings))


@pytest.mark.parametrize(
    "content", [f"A_KEY={CANARY}ä".encode("latin-1"), f"A_KEY={CANARY}".encode("utf-16")]
)
def test_a_file_that_is_no_utf_8_is_told_of_and_not_shown(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NewsletterError, match="UTF-8") as wrong:
        from_file(tmp_path, content)
    assert wrong.value.problems[0].path == tmp_path / ".env"
    assert wrong.value.__context__ is None
    assert CANARY not in "".join(traceback.format_exception(wrong.value))


def test_no_value_is_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = from_file(tmp_path, f"A_KEY={CANARY}\nB={CANARY}".encode())
    assert CANARY not in f"{settings} {settings!r} {[settings]}"
    assert "A_KEY" in repr(settings)
    with pytest.raises(KeyError) as missing:
        settings["C"]
    assert CANARY not in "".join(traceback.format_exception(missing.value))
    assert CANARY not in "".join(capfd.readouterr())


@pytest.mark.parametrize("line", [f"{CANARY} is no line", f"A_KEY: {CANARY}", f"A_KEY='{CANARY}"])
def test_a_line_that_is_no_setting_is_named_but_not_shown(
    line: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NewsletterError, match=r"\.env:2: This is not NAME=value") as wrong:
        from_file(tmp_path, f"OTHER=1\n{line}\n".encode())
    assert CANARY not in "".join(traceback.format_exception(wrong.value)) + "".join(
        capfd.readouterr()
    )


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@needs_git
def test_git_is_asked_whether_it_leaves_the_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_DIR", raising=False)  # set where these tests are run by a hook
    assert is_ignored_by_git(tmp_path) is None
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    assert is_ignored_by_git(tmp_path) is False
    (tmp_path / ".gitignore").write_text(".env\n")
    newsletter = tmp_path / "newsletter"
    newsletter.mkdir()
    assert is_ignored_by_git(newsletter) is True
    (newsletter / ".env").write_text("A_KEY=1")
    subprocess.run(["git", "add", "--force", ".env"], cwd=newsletter, check=True)
    assert is_ignored_by_git(newsletter) is False


@needs_git
def test_git_runs_nothing_that_the_folder_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_DIR", raising=False)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    ran = tmp_path / "ran"
    command = f"touch {ran}; false"
    subprocess.run(["git", "config", "core.fsmonitor", command], cwd=tmp_path, check=True)
    (tmp_path / "tracked").touch()
    subprocess.run(["git", "add", "tracked"], cwd=tmp_path, check=True)
    assert ran.exists()  # so that it is a command that git would run
    ran.unlink()
    assert is_ignored_by_git(tmp_path) is False
    assert not ran.exists()


@needs_git
def test_this_newsletters_own_file_is_ignored(repository: Path) -> None:
    assert is_ignored_by_git(repository) in (True, None)


def test_without_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert is_ignored_by_git(tmp_path) is None


def test_they_are_quick_to_import() -> None:
    code = "import sys, newsletter.services.settings; print({'httpx', 'dotenv', 'smtplib'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
        == "set()\n"
    )
