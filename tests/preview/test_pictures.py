"""The list of pictures says what was made of each, and what was done to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from newsletter.model import File
from newsletter.preview.live_issues import LiveIssues
from newsletter.preview.views import Views
from tests.drawing import drawing, photograph, saved
from tests.preview.conftest import Page

CAMERA, POSITION = 0x8769, 0x8825


@pytest.fixture
def views(everything: Path) -> Views:
    """Return the pages of the golden issue, whose cover a test may replace."""
    return Views(LiveIssues(everything / "issues"), "vscode")


def cover(views: Views) -> Path:
    return views.live.issues / "1268a" / "images" / "cover.png"


def files(views: Views) -> list[File]:
    snapshot = views.live.snapshot("1268a")
    assert snapshot
    assert snapshot.email
    return [file for file in snapshot.email.files if file.is_picture]


def page(views: Views) -> str:
    snapshot = views.live.snapshot("1268a")
    assert snapshot
    return views.size(snapshot, None)


def row(views: Views, item: str = "A review with every detail") -> str:
    """Return the words about the picture of an item."""
    _, _, table = page(views).partition('<table class="pictures">')
    rows = [Page(part).words for part in table.split("</tr>")]
    return next(" ".join(words.split()) for words in rows if item in words)


def test_the_editors_file_and_that_of_readers_are_named_with_format_size_and_weight(
    views: Views,
) -> None:
    (file,) = (file for file in files(views) if file.source == "images/cover.png")
    words = row(views)
    before = len(cover(views).read_bytes())
    assert f"images/cover.png PNG, 400 × 600, {-(-before // 1024)} KB" in words
    assert re.search(
        rf"{re.escape(file.name)} (PNG|JPEG), \d+ × \d+, {-(-len(file.content) // 1024)} KB; shown \d+ × \d+",
        words,
    )


def test_titles_are_in_type_as_the_email_has_them(views: Views) -> None:
    manifest = views.live.issues / "1268a" / "issue.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(
        text.replace("A review with every detail", "A 'review' - and more"), "utf-8"
    )
    assert "A ‘review’\xa0– and more" in Page(page(views)).words
    assert "images/cover.png" in row(views, "A ‘review’")


def test_the_pictures_count_in_what_a_phone_loads(views: Views) -> None:
    pictures = [len(file.content) for file in files(views)]
    words = " ".join(Page(page(views)).words.split())
    found = re.search(r"With 2 pictures of (\d+) KB, a phone loads (\d+) KB in all.", words)
    assert found
    assert int(found[1]) == -(-sum(pictures) // 1024)
    assert 1 < int(found[2]) - int(found[1]) < 100


def test_an_issue_without_pictures_has_no_list(newsletter_folder: Path) -> None:
    views = Views(LiveIssues(newsletter_folder / "issues"), "vscode")
    snapshot = views.live.snapshot("652")
    assert snapshot
    words = views.size(snapshot, None)
    assert "a phone loads" not in words
    assert '<table class="pictures">' not in words


def test_a_photo_from_a_phone(views: Views) -> None:
    notes = Image.Exif()
    notes[0x0112] = 6
    notes.get_ifd(CAMERA)[0x9003] = "2026:11:28 10:00:00"
    notes.get_ifd(POSITION)[1] = "N"
    photograph((1600, 1200)).save(cover(views), "JPEG", exif=notes)
    words = row(views)
    assert "JPEG, 1,200 × 1,600" in words
    assert words.endswith("made smaller; turned upright; where it was taken removed")


def test_a_dark_drawing_is_put_on_white(views: Views) -> None:
    cover(views).write_bytes(saved(drawing((400, 600), "#101418"), "drawing.png"))
    assert "put on white" in row(views)


def test_a_picture_in_a_format_that_few_programs_show(views: Views) -> None:
    photograph((100, 150)).save(cover(views), "WEBP")
    assert row(views).endswith("WebP made JPEG")


def test_what_is_left_as_it_was_says_so(views: Views) -> None:
    photograph((100, 150)).save(cover(views), "JPEG")
    assert row(views).endswith("nothing")


def test_while_a_picture_is_missing_the_last_good_sizes_are_there_without_the_list(
    views: Views,
) -> None:
    page(views)
    cover(views).unlink()
    words = page(views)
    assert "a phone loads" in words
    assert '<table class="pictures">' not in words
