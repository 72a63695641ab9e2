"""A report, and the files of an email, in a few words."""

from __future__ import annotations

import pytest

from newsletter.checks.verdict import files_in_words
from newsletter.model import File


@pytest.mark.parametrize(
    ("pictures", "calendars", "elsewhere", "words"),
    [
        (1, 0, 0, "1 picture"),
        (5, 1, 0, "5 pictures and 1 calendar file"),
        (0, 2, 0, "2 calendar files"),
        (1, 0, 1, "2 pictures"),
    ],
)
def test_files_are_counted_by_kind(
    pictures: int, calendars: int, elsewhere: int, words: str
) -> None:
    types = ["image/png"] * pictures + ["text/calendar; charset=utf-8"] * calendars
    files = [
        File(name="lab", address="https://a.test/lab", media_type=kind, content=b"", source="")
        for kind in types
    ]
    assert files_in_words(files, elsewhere) == words
