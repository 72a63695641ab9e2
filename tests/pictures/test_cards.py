"""Share cards: every letter of a title is there, and none is cut off."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from newsletter.manifest import Project, read_issue
from newsletter.pictures.cards import CARD, Card, Colours, share_card, unknown_letters
from newsletter.pictures.lettering import font, in_lines, known
from newsletter.pictures.shapes import Size
from tests.conftest import REPOSITORY

COLOURS = Colours("#0b3c47", "#ffffff", "#bcd9dc", ("#f2b134", "#ef6f53", "#7cc3a2", "#5aa9d6"))
ROOM = Size(1040, 325)
SIZES = (84, 60, 36)
OTHER_SCRIPTS = {"right-to-left", "japanese"}
GOLDEN = sorted(path.parent for path in (REPOSITORY / "tests" / "golden").glob("*/issues"))


def card(title: str) -> Image.Image:
    content = share_card(Card("The Sample Weekly", title, ("Issue 1", "2 May 2012"), COLOURS))
    assert len(content) < 40_000
    return Image.open(BytesIO(content))


def titles(folder: Path) -> list[str]:
    issues = map(read_issue, Project(folder / "issues").issue_folders())
    return [item.title for issue in issues for item in issue.items]


def test_a_card_has_the_size_that_readers_show_whole() -> None:
    drawn = card("A title")
    assert drawn.format == "PNG"
    assert drawn.size == CARD == (1200, 630)


def test_the_band_has_its_four_colours() -> None:
    drawn = card("A title").convert("RGB")
    found = [drawn.getpixel((x, 620)) for x in (150, 450, 750, 1050)]
    for pixel, colour in zip(found, COLOURS.band, strict=True):
        assert isinstance(pixel, tuple)
        wanted = tuple(bytes.fromhex(colour[1:]))
        assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 4


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_the_font_has_every_letter_of_golden_titles(folder: Path) -> None:
    missing = "".join(map(unknown_letters, titles(folder)))
    assert bool(missing) == (folder.name in OTHER_SCRIPTS)


def test_the_font_has_every_letter_of_latin() -> None:
    letters = [chr(point) for point in range(0x250) if chr(point).isalpha()]
    assert all(known(letter) == letter for letter in letters)


@pytest.mark.parametrize(
    "text",
    [
        "Żółć, Łukasz, Ångström, naïve, Þór, Größe, œuvre, İstanbul, Đặng Thị Hạnh",
        "Ελληνικά: ώρα, Ϊ",
        "Кириллица: ёлка, Київ, Љубав",
        "“Quotes” ‘single’ „low“ «angle» – dash — long… • · † ‡ § ° ′ ″",
        "H₂O, 10⁻⁵, ½, 50%, £5, €5, ™, ®, ×, −, №",
        "e\u0301te\u0301",  # with accents of their own
    ],
)
def test_the_font_has_what_european_titles_need(text: str) -> None:
    assert unknown_letters(text) == ""
    assert known(text).replace(" ", "") == known(text.replace(" ", "")) != ""


@pytest.mark.parametrize(
    ("text", "drawn"), [("A 🧬 B", "A B"), ("🧬", ""), ("\u200fA\u00adB", "AB")]
)
def test_a_symbol_without_a_glyph_is_left_out(text: str, drawn: str) -> None:
    assert unknown_letters(text) == ""
    assert known(text) == drawn


@pytest.mark.parametrize("text", ["遺伝子", "שלום", "Genes 遺伝子", "مرحبا"])
def test_a_title_is_whole_or_left_out(text: str) -> None:
    assert unknown_letters(text)
    assert known(text) == ""
    assert card(text).tobytes() == card("").tobytes()


@pytest.mark.parametrize(
    "title",
    [
        "Short",
        "Boost to egg and sperm donations needed, says HFEA",
        "Genetic mutations in older fathers' sperm linked to autism " * 3,
        "words " * 400,
        "x" * 60,
        "x" * 1000,
        "Donau" + "dampfschifffahrts" * 9 + " and more",
    ],
)
def test_no_title_is_wider_or_higher_than_its_place(title: str) -> None:
    found = in_lines(known(title), SIZES, ROOM)
    assert len(found.lines) * found.leading <= ROOM.height
    assert all(font(found.size).getlength(line) <= ROOM.width for line in found.lines)

    margin = card(title).convert("RGB").crop((1125, 0, 1200, 600))
    assert len(margin.getcolors() or []) == 1


def test_a_title_loses_nothing_while_there_is_room() -> None:
    title = "Genetic mutations in older fathers' sperm linked to autism " * 3
    assert " ".join(in_lines(title.strip(), SIZES, ROOM).lines) == title.strip()


def test_a_title_without_room_ends_in_an_ellipsis() -> None:
    lines = in_lines(("words " * 400).strip(), SIZES, ROOM).lines
    assert lines[-1].endswith("words…")


def test_a_card_is_the_same_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    once = card("A title").tobytes()
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path))
    assert card("A title").tobytes() == once
    assert [path.suffix for path in tmp_path.iterdir()] == [".card"]


def test_a_damaged_card_in_the_cache_is_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path))
    once = card("A title").tobytes()
    [kept] = tmp_path.iterdir()
    kept.write_bytes(b"damaged\n")
    assert card("A title").tobytes() == once


def test_the_font_comes_with_its_licence() -> None:
    folder = REPOSITORY / "newsletter" / "pictures" / "fonts"
    assert {path.name for path in folder.iterdir()} == {"NotoSans-Bold.ttf", "OFL.txt"}
    licence = (folder / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" not in licence.partition("PREAMBLE")[0]
