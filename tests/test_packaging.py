"""The wheel, installed elsewhere, builds an issue there with its own theme."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.archive.test_golden_site import GOLDEN, OF_THE_THEME, as_kept


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        folder,
    ]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_the_default_theme_and_no_more_than_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "newsletter/templates/bionews/email.mjml.j2" in names
    assert "newsletter/templates/bionews/parts/item.html.j2" in names
    assert "newsletter/templates/bionews/archive/feeds/atom.xml.j2" in names
    assert "newsletter/templates/bionews/archive/search.js" in names
    assert "newsletter/pictures/fonts/OFL.txt" in names
    assert "newsletter/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "newsletter",
        "newsletter_issue_builder",
    }


def installed(wheel: Path, folder: Path) -> dict[str, str]:
    """Unpack the wheel into a folder, and return the environment of a command that it is in."""
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(site),
        "NEWSLETTER_CACHE": str(folder / "cache"),
    }


def test_an_issue_is_built_elsewhere_with_the_installed_wheel(
    wheel: Path, repository: Path, tmp_path: Path
) -> None:
    environment = installed(wheel, tmp_path)
    newsletter = tmp_path / "elsewhere"
    shutil.copytree(repository / "issues", newsletter / "issues")
    where = "import newsletter; print(newsletter.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        env=environment,
        cwd=newsletter,
        capture_output=True,
        text=True,
    )
    assert found.stdout.startswith(environment["PYTHONPATH"]), found.stderr
    command = [sys.executable, "-m", "newsletter", "build", "652"]
    built = subprocess.run(command, env=environment, cwd=newsletter, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    golden = repository / "tests" / "golden" / "bionews-652" / "expected"
    for file in golden.iterdir():
        assert (newsletter / "build" / "652" / file.name).read_bytes() == file.read_bytes()


def test_an_archive_is_written_elsewhere_with_the_installed_wheel(
    wheel: Path, tmp_path: Path
) -> None:
    environment = installed(wheel, tmp_path)
    newsletter = tmp_path / "elsewhere"
    shutil.copytree(GOLDEN / "issues", newsletter / "issues")
    command = [sys.executable, "-m", "newsletter", "archive"]
    made = subprocess.run(command, env=environment, cwd=newsletter, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr

    site, golden = newsletter / "public", GOLDEN / "expected"
    for file in filter(Path.is_file, golden.rglob("*")):
        path = file.relative_to(golden).as_posix()
        assert as_kept(path, (site / path).read_bytes()) == file.read_bytes(), path
    for path in OF_THE_THEME:
        assert (site / path).stat().st_size > 1_000


def test_another_newsletter_is_made_built_and_continued_with_the_installed_wheel(
    wheel: Path, tmp_path: Path
) -> None:
    environment = installed(wheel, tmp_path)
    newsletter = tmp_path / "Zoë's own news"

    def run(*arguments: str, status: int = 0, within: Path = newsletter) -> str:
        command = [sys.executable, "-m", "newsletter", *arguments]
        done = subprocess.run(
            command, env=environment, cwd=within, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    answers = {
        "--name": "The Cell",
        "--publisher": "A museum",
        "--home-page": "https://www.cells.org.uk/",
        "--from": "news@cells.org.uk",
        "--postal-address": "1 High Street, London N1 1AA",
    }
    options = [part for answer in answers.items() for part in answer]
    run("init", newsletter.name, *options, within=tmp_path)
    run("build")
    assert "The Cell 1" in (newsletter / "build" / "1" / "email.html").read_text("utf-8")
    assert "3 errors must be fixed" in run("check", status=1)
    assert "The Cell 2" in run("new")
    run("build")
