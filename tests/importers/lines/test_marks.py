"""A line of Markdown, with and without its marks."""

from __future__ import annotations

import time

import pytest

from newsletter.importers.lines.marks import unmarked


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## A cell ##", "A cell"),
        ("## Learning C#", "Learning C#"),
        ("## **A cell** ", "A cell"),
        ("A cell\\", "A cell"),
        ("A cell \t", "A cell"),
    ],
)
def test_marks_are_taken_off(line: str, text: str) -> None:
    assert unmarked(line) == text


@pytest.mark.parametrize("start", ["", "# "])
def test_a_long_gap_within_a_line_takes_no_time(start: str) -> None:
    began = time.process_time()

    unmarked(f"{start}a{' ' * 100_000}b")

    assert time.process_time() - began < 1
