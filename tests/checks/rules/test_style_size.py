"""style-size: more styles than Gmail reads."""

from __future__ import annotations

from newsletter.checks.rules.style_size import GMAIL_READS
from tests.checks.newsroom import Newsroom
from tests.checks.planted.style_size import RULE


def free(newsroom: Newsroom) -> int:
    """How many bytes of styles may be added."""
    return GMAIL_READS - sum(len(css.encode()) for css in newsroom.galley().document.styles)


def test_just_as_much_as_gmail_reads_is_fine(newsroom: Newsroom) -> None:
    assert newsroom.html(f"<style>{'/' * free(newsroom)}</style>").told("style-size") == []


def test_long_styles_for_outlook_alone_do_not_count(newsroom: Newsroom) -> None:
    assert (
        newsroom.html(f"<!--[if mso]><style>{RULE * 300}</style><![endif]-->").told("style-size")
        == []
    )


def test_long_styles_on_elements_do_not_count(newsroom: Newsroom) -> None:
    assert newsroom.html(f'<p style="{"color:#000000;" * 1500}">Words</p>').told("style-size") == []


def test_one_byte_more_is_reported_with_the_file(newsroom: Newsroom) -> None:
    (told,) = newsroom.html(f"<style>{'/' * (free(newsroom) + 1)}</style>").told("style-size")
    assert (told.severity, told.place) == ("warning", "templates/bionews/style.css")
    assert "16,385 bytes" in told.message


def test_bytes_count_not_characters_and_all_sheets_together(newsroom: Newsroom) -> None:
    half = free(newsroom) // 2
    newsroom.html(f"<style>/*{'é' * (half // 2)}*/</style><style>/*{'é' * (half // 2)}*/</style>")
    assert len(newsroom.told("style-size")) == 1
