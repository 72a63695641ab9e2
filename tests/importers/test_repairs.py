"""Every piece is repaired once, each repair is reported, and sound text is left alone."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import ftfy.bad_codecs  # noqa: F401 (it knows sloppy-windows-1252)
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.importers import Found, Piece, Related
from newsletter.importers.repairs import repair
from tests.checks.test_sound_items import ITEMS

SAFELINKS = "https://eur01.safelinks.protection.outlook.com/?url="


def piece(**fields: Any) -> Piece:
    return Piece({name: Found(value, "a rule") for name, value in fields.items()})


def repaired(text: str) -> str:
    return str(repair(piece(body=text)).fields["body"].value)


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("It wasnâ€™t â€“ Â£5 in SÃ£o", "It wasn’t – £5 in São"),
        ("a â€œgoodâ€ day", "a “good” day"),
        ("a\u00a0b, 10\u00a0000 and 5\u202fkg", "a b, 10\u00a0000 and 5 kg"),
        ("mito\u00adchon\u200bdria\ufeff", "mitochondria"),
        ("TNF-\uf061 \uf0b3 2", "TNF-α ≥ 2"),
        ("two  blanks\n1.  a\n    b", "two blanks\n1.  a\n    b"),
        ("a  b `c  d`  ``e  `f`  g``", "a b `c  d` ``e  `f`  g``"),
        ("<URL:https://a.org/b> and <url: http://a.org>", "<https://a.org/b> and <http://a.org>"),
        ("a\x0bb\x07c", "a bc"),
        ("cafe\u0301", "café"),
        (
            f"see [x]({SAFELINKS}https%3A%2F%2Fa.org%2Fx_(y)%3Futm_source%3Dz&data=05) and https://b.org/?fbclid=1.",
            "see [x](https://a.org/x_(y)) and https://b.org/.",
        ),
        ("<https://www.google.com/url?q=https://a.org/b&sa=D>", "<https://a.org/b>"),
    ],
)
def test_damage_is_repaired_and_reported(damaged: str, sound: str) -> None:
    done = repair(piece(body=damaged))
    assert done.fields["body"].value == sound
    assert done.repairs or sound == "café"


def test_all_fields_are_repaired_however_deep_they_are() -> None:
    damaged = piece(
        title="Donâ€™t",
        date=date(2012, 4, 16),
        sources=[{"title": "a  b", "url": f"{SAFELINKS}https://a.org"}],
    )
    done = repair(damaged)
    assert {name: found.value for name, found in done.fields.items()} == {
        "title": "Don’t",
        "date": date(2012, 4, 16),
        "sources": [{"title": "a b", "url": "https://a.org"}],
    }
    assert done.repairs == (
        "Damaged letters were repaired: 'Donâ€™t' is now 'Don’t'.",
        "Doubled spaces are single now: 1.",
        "A link through Outlook leads straight to its page: https://a.org",
    )


def test_a_title_has_no_code() -> None:
    done = repair(piece(title="Why `cells` and ``fish``", body="`cells`"))
    assert (done.fields["title"].value, done.fields["body"].value) == (
        "Why cells and fish",
        "`cells`",
    )
    assert done.repairs[0] == (
        "The type of code in 'cells' is not possible in a title, and was left off."
    )


def test_related_pieces_are_repaired_too() -> None:
    other = Related("A\u00a0title", None, None, None, "https://a.org/?utm_medium=x")
    (related,) = repair(Piece({}, related=(other,))).related
    assert related == Related("A title", None, None, None, "https://a.org/")


@given(st.text("aé’â€œ™Ã£ \u00a0\u00ad\uf062\x07\n*[](<>:/?&=utm_xhtps.", max_size=30))
def test_twice_is_as_once(text: str) -> None:
    once = repair(piece(body=text))
    assert repair(once) == once


@pytest.mark.parametrize("name", ITEMS)
def test_a_sound_item_is_left_alone(name: str) -> None:
    item = piece(**ITEMS[name])
    assert repair(item) == item


WORDS = "Gürtin VOILÀ ½ 37°C Ångström São “Zoë’s” £5… — É. naïve Łódź Привет 遺伝子 שלום β-globin 👩\u200d🔬 C₂H₆"


@given(st.lists(st.sampled_from(WORDS.split(" ")), min_size=1, max_size=6).map(" ".join))
def test_sound_letters_are_left_alone(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    "sound",
    [
        "„AMANHÃ“",
        "«KURMANCÎ»",
        "Eitt ord er „VERÐ“",
        "ÍSLAND ER LÝÐVELDIÐ…",
        "The letter “Ã”",
        "Süß ßŻ",
        "jéŻłték",
        "«ELMANÎŞÎ»",
        "ZWIĘŹŁY STÓŁ, ŻÓŁĆ",
        "TIẾNG VIỆT – ĐÃ",
        "PŘÍLIŠ ŽLUŤOUČKÝ KŮŇ",
        "ÇAĞDAŞ İŞÇİ",
    ],
)
def test_letters_of_other_languages_are_left_alone(sound: str) -> None:
    assert repaired(sound) == sound


@pytest.mark.parametrize(
    "sound",
    [
        "LÓPEZ, MÜNCHEN, KÖLN",
        "“Óscar” and NFκB, β-globin",
        "JAPÓ, não é",
        "Привет, мир",
        "5 ± 2 °C",
    ],
)
def test_what_was_damaged_comes_back(sound: str) -> None:
    assert repaired(sound.encode().decode("sloppy-windows-1252")) == sound


def test_ftfy_is_imported_only_for_what_may_be_damaged() -> None:
    program = (
        "import sys; from newsletter.importers import Piece, Found;"
        "from newsletter.importers.repairs import repair;"
        "repair(Piece({'body': Found('“Zoë’s” café – £5…', '')})); print('ftfy' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"
