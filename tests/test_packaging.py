"""The wheel, installed elsewhere, builds an issue there with its own theme."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


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
    assert "newsletter/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "newsletter",
        "newsletter_issue_builder",
    }


def test_an_issue_is_built_elsewhere_with_the_installed_wheel(
    wheel: Path, repository: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    newsletter = tmp_path / "elsewhere"
    shutil.copytree(repository / "issues", newsletter / "issues")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(site),
        "NEWSLETTER_CACHE": str(tmp_path / "cache"),
    }
    where = "import newsletter; print(newsletter.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        env=environment,
        cwd=newsletter,
        capture_output=True,
        text=True,
    )
    assert found.stdout.startswith(str(site)), found.stderr
    command = [sys.executable, "-m", "newsletter", "build", "652"]
    built = subprocess.run(command, env=environment, cwd=newsletter, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    golden = repository / "tests" / "golden" / "bionews-652" / "expected"
    for file in golden.iterdir():
        assert (newsletter / "build" / "652" / file.name).read_bytes() == file.read_bytes()
