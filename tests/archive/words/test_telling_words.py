"""The words that tell what a piece is about."""

from __future__ import annotations

import time

from newsletter.archive.words.telling_words import telling_words


def test_those_of_the_title_and_those_that_come_again() -> None:
    body = "Embryos, an embryo and cells. Once https://embryo.test/embryo and embryo://x."
    assert telling_words("A step for law-makers", body) == ("embryo", "maker", "step")


def test_without_spaces_every_two_characters_but_of_hiragana() -> None:
    body = "細胞が分かれる。細胞から生まれるロボット、DNAs と DNAs。"
    assert telling_words("新しい細胞", body) == ("dna", "細胞")
    assert telling_words("细胞工厂", "") == ("工厂", "细胞", "胞工")


def test_a_pasted_picture_of_a_hundred_kilobytes_takes_no_time() -> None:
    start = time.process_time()
    telling_words("Cells", f"data:image/png;base64,{'iVBOR' * 40_000}")
    assert time.process_time() - start < 1
