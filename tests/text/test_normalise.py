"""When two addresses, titles or texts are the same to a reader."""

from __future__ import annotations

import pytest

from newsletter.text.normalise import as_typed, letters, normalised_title, normalised_url


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bionews.org.uk/page_1",
        "http://bionews.org.uk/page_1/",
        "https://WWW.BIONEWS.org.uk/page_1#comments",
        "https://www.bionews.org.uk/page_1?utm_source=weekly&utm_medium=email",
        "https://www.bionews.org.uk/page_1?fbclid=x&mc_eid=y",
        "https://www.bionews.org.uk/%70age_1",
    ],
)
def test_ways_to_one_page(address: str) -> None:
    assert normalised_url(address) == "bionews.org.uk/page_1"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bionews.org.uk/page_2",
        "https://www.bionews.org.uk/page_1?page=2",
        "https://www.bionews.org.uk/page_1#!/two",
        "https://blog.bionews.org.uk/page_1",
        "https://www.bionews.org.uk/Page_1",
    ],
)
def test_ways_to_other_pages(address: str) -> None:
    assert normalised_url(address) not in ("", "bionews.org.uk/page_1")


def test_the_order_of_a_query_does_not_matter() -> None:
    assert (
        normalised_url("https://a.org/?b=1&a=2")
        == normalised_url("https://a.org/?a=2&utm_campaign=x&b=1")
        != ""
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bionews.org.uk/",
        "https://www.bionews.org.uk",
        "mailto:a@b.org",
        "#top",
        "https://[v:]/a",
        "",
    ],
)
def test_a_home_page_and_what_is_not_a_web_address(address: str) -> None:
    assert normalised_url(address) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IVF can't beat the clock", "IVF Can\u2019t Beat the Clock!"),
        ("Gene therapy: early success", "Gene therapy \u2013 early  success"),
        ("'Three-parent' babies", "Three parent babies?"),
    ],
)
def test_titles_that_read_the_same(one: str, other: str) -> None:
    assert normalised_title(one) == normalised_title(other) != ""


def test_titles_that_do_not() -> None:
    assert normalised_title("Gene therapy 1") != normalised_title("Gene therapy 2")
    assert normalised_title("¿?!") == ""


def test_letters_are_the_same_however_a_text_is_broken() -> None:
    assert (
        letters("140 Gray's Inn Road,\n  London")
        == letters("140 Grays Inn Road, London")
        == "140graysinnroadlondon"
    )


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("It's \"so\" - and 'so'...", "It’s “so”\xa0– and ‘so’…"),
        ("one--two", "one\xa0– two"),
        ('l\'"art": quoi?', "l’«\u202fart\u202f»\xa0: quoi\u202f?"),
        ("\"a 'b'\"", "„a ‚b‘“"),
        ("16 April,\nSW7 5HD", "16\xa0April, SW7\xa05HD"),
    ],
)
def test_a_text_is_the_same_before_and_after_it_is_set(typed: str, typeset: str) -> None:
    assert as_typed(typed) == as_typed(typeset)


def test_a_text_with_other_words_is_another() -> None:
    assert as_typed("It's so") != as_typed("It is so")
    assert as_typed("re-form") != as_typed("reform")
