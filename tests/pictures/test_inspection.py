"""What is inside a picture's file. All pictures are real."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from newsletter.pictures.inspection import MOST_PIXELS, Look, look_at
from tests.drawing import CLEAR, INK, drawing, drawn, photograph, saved

SIZE = (480, 320)


def look(folder: Path, name: str, content: bytes) -> Look | None:
    path = folder / name
    path.write_bytes(content)
    return look_at(path)


@pytest.mark.parametrize("name", ["lab.jpg", "lab.png", "lab.gif"])
def test_a_photograph_is_sound(tmp_path: Path, name: str) -> None:
    assert look(tmp_path, name, drawn(name, SIZE, "")) == Look(pixels=480 * 320)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_kind_of_png_can_be_looked_at(tmp_path: Path, mode: str) -> None:
    picture = Image.new(mode, SIZE) if mode == "I;16" else photograph(SIZE).convert(mode)
    assert look(tmp_path, "lab.png", saved(picture, "lab.png")) == Look(pixels=480 * 320)


def test_a_progressive_jpeg_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "lab.jpg"
    photograph(SIZE).save(path, progressive=True)
    assert look_at(path) == Look(pixels=480 * 320)


@pytest.mark.parametrize("content", [b"", b"Words", b"RIFF\0\0\0\0WEBPVP8 ", b"<svg/>"])
def test_what_is_not_a_png_jpeg_or_gif_is_not_looked_at(tmp_path: Path, content: bytes) -> None:
    assert look(tmp_path, "lab.jpg", content) is None


def test_a_picture_that_is_gone(tmp_path: Path) -> None:
    assert look_at(tmp_path / "lab.jpg") is None
    assert look_at(tmp_path) is None


@pytest.mark.parametrize("name", ["lab.jpg", "lab.png", "lab.gif"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.8])
def test_a_file_that_ends_too_early_is_damaged(tmp_path: Path, name: str, share: float) -> None:
    whole = drawn(name, SIZE, "")
    found = look(tmp_path, name, whole[: int(len(whole) * share)])
    assert found
    assert found.is_damaged


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"GIF89a\x01"]
)
def test_a_file_with_only_its_start_is_damaged(tmp_path: Path, content: bytes) -> None:
    assert look(tmp_path, "lab.png", content) == Look(pixels=0, is_damaged=True)


def test_bytes_changed_in_the_middle_never_end_in_a_traceback(tmp_path: Path) -> None:
    for name in ("lab.jpg", "lab.png", "lab.gif"):
        whole = drawn(name, (64, 48), "")
        for place in range(0, len(whole), max(1, len(whole) // 150)):
            look(tmp_path, name, whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


def test_more_pixels_than_can_be_drawn_are_counted_and_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (9_000, 8_000)).save(path)
    assert look_at(path) == Look(pixels=72_000_000)
    Image.new("1", (20_000, 19_000)).save(path)
    found = look_at(path)
    assert found
    assert found.pixels > MOST_PIXELS


def test_a_picture_for_print(tmp_path: Path) -> None:
    assert look(tmp_path, "lab.jpg", drawn("lab.jpg", SIZE, "CMYK")) == Look(
        480 * 320, is_cmyk=True
    )


@pytest.mark.parametrize("orientation", range(9))
def test_only_upright_pictures_are_not_turned(tmp_path: Path, orientation: int) -> None:
    found = look(tmp_path, "lab.jpg", saved(photograph(SIZE), "lab.jpg", orientation))
    assert found
    assert found.is_turned == (orientation > 1)


@pytest.mark.parametrize(
    "special", ["white on transparent", "outlined on transparent", "black on white"]
)
def test_drawings_that_are_seen_on_any_background(tmp_path: Path, special: str) -> None:
    assert look(tmp_path, "logo.png", drawn("logo.png", SIZE, special)) == Look(pixels=480 * 320)


def test_rounded_corners_of_a_dark_photograph_are_not_a_drawing(tmp_path: Path) -> None:
    picture = photograph(SIZE).point(lambda value: value // 4).convert("RGBA")
    picture.paste(CLEAR, (0, 0, 20, 20))
    assert look(tmp_path, "night.png", saved(picture, "night.png")) == Look(pixels=480 * 320)


def test_nothing_but_transparency_is_not_dark(tmp_path: Path) -> None:
    empty = Image.new("RGBA", SIZE, CLEAR)
    assert look(tmp_path, "space.png", saved(empty, "space.png")) == Look(pixels=480 * 320)


@pytest.mark.parametrize("ink", [INK, "#003366", "#5a1020", "#444444"])
@pytest.mark.parametrize("name", ["logo.png", "logo.gif"])
def test_dark_ink_without_paper(tmp_path: Path, ink: str, name: str) -> None:
    assert look(tmp_path, name, saved(drawing(SIZE, ink), name)) == Look(
        480 * 320, is_dark_drawing=True
    )


def test_a_file_that_changes_is_looked_at_again(tmp_path: Path) -> None:
    assert look(tmp_path, "lab.jpg", drawn("lab.jpg", (80, 80), "")) == Look(pixels=6_400)
    assert look(tmp_path, "lab.jpg", drawn("lab.jpg", (160, 80), "")) == Look(pixels=12_800)


def test_pillow_is_not_imported_where_there_is_no_picture() -> None:
    source = "import sys; from newsletter.checks import manual; [manual.rule(name) for name in manual.names()]; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source]).returncode == 0
