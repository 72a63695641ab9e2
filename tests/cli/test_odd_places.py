"""Odd names, odd folders, odd environments: each ends with a message for an editor, and never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import LONGEST_SHOWN, main

NO_UNICODE = os.fsdecode(b"a\xff")
ODD = (
    "",
    " ",
    ".",
    "..",
    "/",
    "~",
    "-652",
    "652\n",
    "６５２",
    NO_UNICODE,
    "x" * 70_000,
    "x/" * 3_000,
    "😀",
)


@pytest.fixture
def newsletter(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped newsletter, as the current folder."""
    monkeypatch.chdir(newsletter_folder)
    return newsletter_folder


def refused(*arguments: str) -> Result:
    """The answer to a command that cannot be done."""
    result = CliRunner().invoke(main, arguments, obj=None)
    assert isinstance(result.exception, SystemExit), (arguments, result.exception)
    assert result.exit_code in (1, 2), arguments
    said = result.stderr or result.stdout
    assert said.strip()
    assert max(map(len, said.splitlines())) <= LONGEST_SHOWN
    return result


@pytest.mark.parametrize("name", ODD, ids=lambda name: repr(name[:8]))
def test_no_issue_has_such_a_name(newsletter: Path, name: str) -> None:
    for command in (
        "build",
        "check",
        "proof",
        "status",
        "verify",
        "schedule",
        "unschedule",
        "hand-over",
    ):
        refused(command, "--", name)
    refused("approve", "--by", "Robin", "--", name)
    refused("preview", "--no-open", "--", name)
    refused("test-send", "--to", "a@example.org", "--", name)


@pytest.mark.parametrize("value", ODD, ids=lambda name: repr(name[:8]))
def test_no_option_has_such_a_value(newsletter: Path, value: str) -> None:
    refused("theme", "new", "--", value)
    refused("theme", "check", "--", f"{value}-x")
    refused("explain", "--", f"{value}-x")
    refused("check", "--rule", value)
    refused("check", "--format", value)
    refused("preview", "652", "--editor", value)
    refused("preview", "652", "--no-open", "--host", f"{value}!")
    refused("schedule", "652", "--at", value)
    refused("hand-over", "652", "--to", value)
    refused("build", "652", "--output", f"/dev/null/{value}")
    refused(f"{value}!")


@pytest.mark.parametrize(
    "host", ["", "nowhere.invalid", "203.0.113.7", NO_UNICODE, "a b", "h" * 254, "fe80::1%none"]
)
def test_where_the_preview_cannot_listen_it_says_so_and_what_to_do(
    newsletter: Path, host: str
) -> None:
    said = refused("preview", "652", "--no-open", "--host", host).stderr
    assert "The preview cannot listen at '" in said
    assert "--host" in said


def test_a_folder_that_was_deleted_is_said_to_be(tmp_path: Path, repository: Path) -> None:
    code = (
        "import os, pathlib, sys; here = pathlib.Path(sys.argv.pop(1)); here.mkdir(); os.chdir(here); here.rmdir();"
        "from newsletter.cli import main; main(sys.argv[1:], 'newsletter')"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(tmp_path / "here"), *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(repository)},
        )

    for arguments in (["build", "652"], ["explain"]):
        answer = run(*arguments)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert (
            "The folder that you are in has been deleted. Go to the newsletter's folder"
            in answer.stderr
        )
        assert "Traceback" not in answer.stderr
    assert run("--help").returncode == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": None, "USER": None, "LOGNAME": None, "NEWSLETTER_CACHE": None},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null", "NEWSLETTER_CACHE": None},
        {"TMPDIR": "/nowhere", "NEWSLETTER_CACHE": "/dev/null/cache"},
        {"TZ": "Nowhere/None", "LC_ALL": "xx_XX.UTF-9", "COLUMNS": "0"},
    ],
    ids="-".join,
)
def test_an_odd_environment_is_no_fault_of_the_issue(
    newsletter: Path, repository: Path, environment: dict[str, str | None]
) -> None:
    own = os.environ | {"PYTHONPATH": str(repository)} | environment
    kept = {name: value for name, value in own.items() if value is not None}
    command = [sys.executable, "-m", "newsletter", "build", "652"]
    answer = subprocess.run(command, cwd=newsletter, capture_output=True, text=True, env=kept)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    "content", [os.urandom(500).replace(b"\n", b"") + b"\xff", b"MAILCHIMP_API_KEY=a\0b\n", None]
)
def test_settings_that_are_none_are_said_to_be(
    newsletter: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.delenv("MAILCHIMP_API_KEY", raising=False)
    if content is None:
        (newsletter / ".env").mkdir()
    else:
        (newsletter / ".env").write_bytes(content)
    assert refused("audiences", "mailchimp").stderr.startswith(
        (".env: ", "Mailchimp: MAILCHIMP_API_KEY ")
    )


def test_a_fault_of_the_disk_names_the_file_and_what_to_do(newsletter: Path) -> None:
    style = newsletter / "templates" / "bionews" / "style.css"
    style.unlink()
    style.symlink_to("style.css")  # leads to itself, and so nobody can read it, not even root
    said = refused("build", "652").stderr
    assert said.startswith("templates/bionews/style.css: ")
    assert said.count(". ") >= 1


def test_a_theme_that_cannot_be_written_is_said_not_to_be(newsletter: Path) -> None:
    (newsletter / "templates").rename(newsletter / "themes")
    (newsletter / "templates").write_text("a file in the way", "utf-8")
    said = refused("theme", "new", "spring").stderr
    assert "templates/spring" in said
    assert "Check the disk" in said
