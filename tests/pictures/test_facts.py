"""What is known of a picture's file is what is in it."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from newsletter.pictures.facts import facts_of
from newsletter.pictures.unusable import Unusable
from tests.drawing import drawing, photograph, saved

CAMERA, POSITION, ORIENTATION = 0x8769, 0x8825, 0x0112
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'


def file_of(picture: Image.Image, format_: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, format_, **options)
    return file.getvalue()


def with_notes(*tags: int, orientation: int = 1) -> Image.Exif:
    notes = Image.Exif()
    notes[ORIENTATION] = orientation
    for tag in tags:
        notes.get_ifd(tag)[1] = "N"
    return notes


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("JPEG", "JPEG"), ("PNG", "PNG"), ("GIF", "GIF"), ("WEBP", "WebP"), ("AVIF", "AVIF"), ("TIFF", "TIFF"),
        ("BMP", "BMP"), ("JPEG2000", "JPEG 2000"),
    ],
)  # fmt: skip
def test_a_format_has_the_name_that_people_know(format_: str, name: str) -> None:
    content = file_of(photograph((60, 40)), format_)
    facts = facts_of(content)
    assert (facts.format, facts.width, facts.height) == (name, 60, 40)
    assert (facts.bytes, facts.frames) == (len(content), 1)


def test_a_drawing_in_svg_has_no_pixels() -> None:
    facts = facts_of(SVG)
    assert (facts.format, facts.bytes, facts.width, facts.height) == ("SVG", len(SVG), 0, 0)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))]
)
def test_a_turned_picture_has_the_size_that_it_has_upright(
    orientation: int, size: tuple[int, int]
) -> None:
    facts = facts_of(saved(photograph((60, 40)), "photo.jpg", orientation))
    assert (facts.width, facts.height) == size
    assert facts.is_turned == (orientation != 1)


def test_notes_of_a_camera_and_the_place_are_found() -> None:
    photo = photograph((60, 40))
    plain = facts_of(file_of(photo, "JPEG"))
    noted = facts_of(file_of(photo, "JPEG", exif=with_notes(CAMERA)))
    placed = facts_of(file_of(photo, "JPEG", exif=with_notes(CAMERA, POSITION)))
    assert (plain.has_notes, plain.has_position) == (False, False)
    assert (noted.has_notes, noted.has_position) == (True, False)
    assert (placed.has_notes, placed.has_position) == (True, True)


def test_transparency_counts_if_some_of_the_picture_is_transparent() -> None:
    ring = drawing((60, 40), "black")
    assert facts_of(file_of(ring, "PNG")).is_transparent
    assert not facts_of(file_of(drawing((60, 40), "black", "white"), "PNG")).is_transparent
    assert not facts_of(file_of(ring.convert("RGB"), "PNG")).is_transparent


def test_an_animation_has_frames() -> None:
    first, second = photograph((60, 40)), photograph((60, 40)).rotate(180)
    film = file_of(first, "GIF", save_all=True, append_images=[second])
    assert facts_of(film).frames == 2


def test_colours_have_the_name_of_their_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    photo = photograph((60, 40))
    assert "sRGB" in facts_of(file_of(photo, "JPEG", icc_profile=profile.tobytes())).colours
    assert facts_of(file_of(photo, "JPEG", icc_profile=b"no profile")).colours == ""
    assert facts_of(file_of(photo, "JPEG")).colours == ""


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(Unusable):
        facts_of(b"no picture")
