"""The folders that a site may be written into."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.archive.site.place import require_place
from newsletter.errors import NewsletterError


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a newsletter, in somebody's home."""
    folder = tmp_path / "home/newsletter"
    for name in ("issues/652", "templates/own", "build"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    "out", ["public", "build/site", "../public", "issues-on-the-web", "deep/er/public"]
)
def test_folders_for_a_site(root: Path, out: str) -> None:
    require_place(Path(out), root)


@pytest.mark.parametrize(
    "out",
    [".", "issues", "issues/652", "issues/new", "templates", "templates/own", "..", "../..", "/"],
)
def test_folders_for_something_else(root: Path, out: str) -> None:
    with pytest.raises(
        NewsletterError, match=r"cannot be written into this folder\. Name a folder"
    ):
        require_place(Path(out), root)


def test_a_link_is_what_it_leads_to(root: Path) -> None:
    Path("public").symlink_to("issues")
    with pytest.raises(NewsletterError):
        require_place(Path("public"), root)


def test_a_file_is_no_folder(root: Path) -> None:
    Path("public").touch()
    with pytest.raises(NewsletterError, match="This is a file"):
        require_place(Path("public"), root)
