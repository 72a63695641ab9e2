"""A mailing service of a plug-in: everything that the builder's own services get, it gets too."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.errors import PluginError, Unsupported
from newsletter.services import connect, names, profile_of
from newsletter.services.settings import Settings
from tests.plugins import install_example, installed, write_plugin
from tests.services.scenes import ARCHIVE_IS_NOT_HERE, Newsletter

SERVICES = "newsletter.services"


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, installed into a folder of its own."""
    return install_example(tmp_path_factory.mktemp("plugin"))


@pytest.fixture
def environment(plugin: Path, tmp_path: Path) -> dict[str, str]:
    """That of an editor who has the plug-in and a shelf."""
    (tmp_path / "shelf").mkdir()
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, (str(plugin), os.environ.get("PYTHONPATH")))),
        "SHELF_FOLDER": str(tmp_path / "shelf"),
    }


def run(
    environment: dict[str, str], folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsletter", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_it_is_listed_and_checked(environment: dict[str, str], repository: Path) -> None:
    done = run(environment, repository, "services", "--check")
    assert "shelf  The shelf\n  can      draft, update, read back" in done.stdout
    assert "  works    shelf\n" in done.stdout


def test_it_can_be_chosen_in_the_publication(environment: dict[str, str], repository: Path) -> None:
    schema = run(environment, repository, "schema", "publication").stdout
    choices = json.loads(schema)["properties"]["service"]["enum"]
    assert choices == ["folder", *sorted([*set(names()) - {"folder"}, "shelf"])]


@pytest.mark.parametrize(
    ("arguments", "offers_it"),
    [
        (["hand-over", "--to"], True),
        (["audiences"], True),
        (["hand-over", "--by"], False),
    ],
)
def test_a_shell_completes_it(
    environment: dict[str, str], repository: Path, arguments: list[str], offers_it: bool
) -> None:
    completing = environment | {
        "_NEWSLETTER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["newsletter", *arguments, "sh"]),
        "COMP_CWORD": str(len(arguments) + 1),
    }
    program = "from newsletter.cli import main; main(prog_name='newsletter')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=repository,
        env=completing,
        capture_output=True,
        text=True,
    )
    assert ("shelf" in done.stdout) is offers_it, done.stderr


def test_an_issue_is_handed_over_to_it(
    environment: dict[str, str], newsletter: Newsletter, tmp_path: Path
) -> None:
    publication = newsletter.folder / "issues" / "publication.yaml"
    written = publication.read_text("utf-8")
    at_shelf = written.replace("service: folder", "service: shelf") + ARCHIVE_IS_NOT_HERE
    publication.write_text(at_shelf, "utf-8")
    try:
        done = run(environment, newsletter.folder, "hand-over", "652", "--yes")
        assert done.returncode == 0, done.stderr
        assert "The draft is made, read back, and as it was given." in done.stdout
        kept = json.loads((tmp_path / "shelf" / "draft-1.json").read_text("utf-8"))
        assert kept["html"].count("<<leave>>") == kept["text"].count("<<leave>>") == 1

        status = run(environment, newsletter.folder, "status", "652")
        assert "The shelf" in status.stdout
        again = run(environment, newsletter.folder, "hand-over", "652", "--yes")
        assert "Nothing new to hand over" in again.stdout

        without = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
        lost = run(without, newsletter.folder, "status", "652")
        assert lost.returncode == 2
        assert "record.json: It was handed over to 'shelf'" in lost.stderr
        unread = run(without, newsletter.folder, "build", "652")
        assert unread.returncode == 2
        assert "publication.yaml:" in unread.stderr
        assert "'shelf' cannot be used here." in unread.stderr
    finally:
        publication.write_text(written, "utf-8")


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    write_plugin(tmp_path, "extra", f"[{SERVICES}]\nmailchimp = shelf\n", {"shelf": ""})
    with installed(tmp_path):
        assert profile_of("mailchimp").title == "Mailchimp"
        with pytest.raises(
            PluginError, match="The service 'mailchimp' has the same name as the built-in one"
        ):
            names()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no PROFILE"),
        ("PROFILE = 'x'", "has no PROFILE"),
        ("import a_module_that_is_missing", r"cannot be loaded \(ModuleNotFoundError"),
    ],
)
def test_one_that_cannot_be_used_is_named_with_its_distribution(
    tmp_path: Path, text: str, reason: str
) -> None:
    write_plugin(tmp_path, "extra", f"[{SERVICES}]\npost = a_post\n", {"a_post": text})
    with installed(tmp_path), pytest.raises(PluginError, match=rf"^extra 1\.0: .*'post' {reason}"):
        profile_of("post")


def test_its_folder_may_be_named_from_the_newsletter(
    environment: dict[str, str], newsletter: Newsletter, tmp_path: Path
) -> None:
    relative = environment | {
        "SHELF_FOLDER": os.path.relpath(tmp_path / "shelf", newsletter.folder)
    }
    publication = newsletter.folder / "issues" / "publication.yaml"
    written = publication.read_text("utf-8")
    publication.write_text(written + ARCHIVE_IS_NOT_HERE, "utf-8")
    try:
        done = run(relative, newsletter.folder, "hand-over", "596", "--to", "shelf", "--yes")
    finally:
        publication.write_text(written, "utf-8")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "shelf" / "draft-1.json").is_file()


def test_what_it_does_not_expect_is_an_error_of_ours(plugin: Path, tmp_path: Path) -> None:
    (tmp_path / "draft-1.json").write_text("not JSON", "utf-8")
    with installed(plugin):
        shelf = connect("shelf", Settings({"SHELF_FOLDER": str(tmp_path)}, tmp_path))
        assert shelf.account() == tmp_path.name
        with pytest.raises(Unsupported):
            shelf.audiences()
        with pytest.raises(PluginError, match=r"failed in 'read' \(JSONDecodeError\)"):
            shelf.read("draft-1")


def test_a_fault_of_its_own_is_named_with_its_distribution(
    environment: dict[str, str], newsletter: Newsletter, tmp_path: Path
) -> None:
    (tmp_path / "shelf" / "draft-1.json").write_text("not JSON", "utf-8")
    done = run(environment, newsletter.folder, "hand-over", "596", "--to", "shelf", "--yes")
    assert done.returncode == 2
    # What it asks first depends on whether the issue was handed over before.
    assert re.search(
        r"The service 'shelf' failed in '(find|read)' \(JSONDecodeError\)\.", done.stderr
    )
    assert "newsletter-extra" in done.stderr
    assert "Traceback" not in done.stderr
