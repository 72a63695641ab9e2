"""Formats: what editors may write, and what a publication makes of it."""

from __future__ import annotations

import pytest

from newsletter.errors import ModelError
from newsletter.model import Format, Publication
from newsletter.model.formats import GMAIL_CLIPS_AT, TEASERS
from tests.strategies import PUBLICATION


def publication(**fields: object) -> Publication:
    written = PUBLICATION.model_dump(by_alias=True, exclude_unset=True)
    return Publication.model_validate(written | fields)


def test_without_formats_there_are_teasers_for_its_audience() -> None:
    plain = publication(audience="a1b2")
    assert plain.formats == ()
    assert plain.every_format == (Format(name="teasers", shows="teasers", audience="a1b2"),)
    assert plain.leading_format.name == TEASERS.name


def test_the_first_format_leads() -> None:
    both = publication(formats=["full", {"name": "short", "shows": "headlines"}])
    assert [format.name for format in both.every_format] == ["full", "short"]
    assert both.leading_format is both.formats[0]


@pytest.mark.parametrize("word", ["teasers", "headlines", "full"])
def test_a_word_for_what_it_shows_is_a_format(word: str) -> None:
    assert publication(formats=[word]).formats == (Format(name=word, shows=word),)


@pytest.mark.parametrize(
    ("written", "share"),
    [("95", 95), ("95%", 95), (" 7 % ", 7), ("100 per cent", 100), ("50 percent", 50), (95, 95)],
)
def test_a_share_is_a_number_with_or_without_its_sign(written: object, share: int) -> None:
    (format,) = publication(formats=[{"name": "a", "shows": "full", "at_most": written}]).formats
    assert format.at_most == share
    assert format.most_bytes == GMAIL_CLIPS_AT * share // 100


@pytest.mark.parametrize("name", ["a", "full-2", "x" * 20, "text"])
def test_a_name_is_one_that_folders_can_have(name: str) -> None:
    assert Format(name=name, shows="full").name == name


@pytest.mark.parametrize(
    "name", ["", "Full", "x" * 21, "2full", "-a", "a_b", "a/b", "..", "é", "a b", "nul", "com1", "lpt9", "pictures",
             "handed-over"],
)  # fmt: skip
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ModelError):
        Format(name=name, shows="full")
