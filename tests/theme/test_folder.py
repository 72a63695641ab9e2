"""Which files are a theme's own."""

from __future__ import annotations

from pathlib import Path

from newsletter.theme.folder import ThemeFolder


def test_files_are_those_within_its_folder_links_followed(tmp_path: Path) -> None:
    mine, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    for name in ("mine/a.css", "mine/parts/b.j2", "mine/.env", "mine/.git/c", "elsewhere/d.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")

    (mine / "inside.css").symlink_to("a.css")
    (mine / "hidden.css").symlink_to(".env")
    (mine / "outside.css").symlink_to(elsewhere / "d.css")
    (mine / "folder").symlink_to(elsewhere)
    (mine / "broken.css").symlink_to("nothing.css")

    files = ThemeFolder("mine", (mine,)).files()
    assert [file.relative_to(mine).as_posix() for file in files] == [
        "a.css",
        "inside.css",
        "parts/b.j2",
    ]


def test_a_folder_may_be_within_a_hidden_one(tmp_path: Path) -> None:
    mine = tmp_path / ".cache" / "mine"
    mine.mkdir(parents=True)
    (mine / "a.css").write_text("x", "utf-8")
    assert ThemeFolder("mine", (mine,)).files() == [mine / "a.css"]
