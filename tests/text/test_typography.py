"""Type as each language sets it: quotes that turn the right way, and never a word that is another."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsletter.text.markdown import Blocks, read_title, to_html, to_line, tokens
from newsletter.text.normalise import as_typed
from newsletter.text.typography import has_rules, set_blocks, set_line, set_title
from newsletter.text.typography.languages import _QUOTES, rules_of

LANGUAGES = ("en-GB", "en-US", "de", "de-CH", "fr", "fr-CA", "es", "it", "nl", "sv", "pl", "ru")
PIECES = st.sampled_from(
    [
        *("'", '"', "''", "“", "”", "‘", "’", "«", "»", "„", "-", "--", "---", "–", "...", "…"),
        *(" ", " ", " ", "\xa0", "\u202f", ",", ".", ":", "?", "!", "(", ")", "/"),
        *("word", "it", "n", "s", "90s", "5", "12", "April", "Dr", "No", "SW7", "5HD", "kg", "J."),
        *("https://a.org/it's--x...", "a.o'b@c.org", "`'x'`", "[[first-name]]"),
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)
KEPT = ("https://a.org/it's--x", "`'x'`")


def seen(text: str) -> str:
    """Return a text with its spaces that do not break as ~, and narrow ones as _."""
    return text.replace("\xa0", "~").replace("\u202f", "_")


def html_of(source: str, language: str = "en-GB") -> str:
    return seen(str(to_html(set_blocks(tokens(source), language), {})).strip())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("It's 'so', and \"so\".", "It’s ‘so’, and “so”."),
        ("O'Brien's children's parents' rights", "O’Brien’s children’s parents’ rights"),
        ("rock 'n' roll in the '90s", "rock ’n’ roll in the ’90s"),
        ("Rock'n'roll 'n' more", "Rock’n’roll ’n’ more"),
        ("'Twas '68, get 'em", "’Twas ’68, get ’em"),
        ("'Get 'em,' he said", "‘Get ’em,’ he said"),
        ("'Twas so. Dogs' tails, girls' 'secret'", "’Twas so. Dogs’ tails, girls’ ‘secret’"),
        ("\"It's the '80s\": a 10'' x 8' lab", "“It’s the ’80s”: a 10'' x 8' lab"),
        ("'95 per cent by 2012', he said", "‘95~per cent by 2012’, he said"),
        ("'Pon my word, 'ave a good 'un", "’Pon my word, ’ave a good ’un"),
        ("the 'un-British' way", "the ‘un-British’ way"),
        ("'95 per cent effective' vaccine", "‘95~per cent effective’ vaccine"),
        ("the 1990's and 1990s'", "the 1990’s and 1990s’"),
        ("\"'Nested' and so\"", "“‘Nested’ and so”"),
        ("'He said \"no\"'", "‘He said “no”’"),
        ("(\"so\") and ['so']", "(“so”) and [‘so’]"),
        ("it–'so'–is, either/'or'", "it–‘so’–is, either/‘or’"),
        ('"Who?" \'I!\' "Oh..."', "“Who?” ‘I!’ “Oh…”"),
        ('"...and so on"', "“…and so on”"),
        ('He said,"no," and left', "He said,“no,” and left"),
        ('5\' 10" tall, 6\'2", a 12" disc', '5\'~10" tall, 6\'2", a 12" disc'),
        ("The 5' and 3' ends, 5'-cap, 5'UTR", "The 5' and 3' ends, 5'-cap, 5'UTR"),
        ("'It was 2012', he said", "‘It was 2012’, he said"),
        ("“It’s” ‘so’ – …", "“It’s” ‘so’~–~…"),
        ("'IVF' and 'Dads'' rights", "‘IVF’ and ‘Dads’’ rights"),
        ("' alone \" '", "' alone \" '"),
    ],
)
def test_quotes_turn_and_apostrophes_do_not(typed: str, expected: str) -> None:
    if typed == "' alone \" '":
        assert seen(set_line(typed, "en-GB")).count("'") == 2
    else:
        assert seen(set_line(typed, "en-GB")) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Health Explained - Epigenetics", "Health Explained~– Epigenetics"),
        ("one -- two --- three", "one~– two~– three"),
        ("one--two", "one~– two"),
        ("He said 'no' ---. I thought--", "He said ‘no’~–. I thought~–"),
        ('"But --" she said, "so--"!', "“But~–” she said, “so~–”!"),
        ("2010--2012, pages 5 - 7", "2010–2012, pages 5~– 7"),
        ("well-known, -5, --flag, xn--caf-dma.fr", "well-known, -5, --flag, xn--caf-dma.fr"),
        ("one – two — three", "one~– two~— three"),
        ("----- rule -----", "----- rule -----"),
        ("and so on... And... Then", "and so on… And… Then"),
        ("and so on ...", "and so on~…"),
        ("four.... two..", "four.... two.."),
    ],
)
def test_hyphens_become_dashes_and_three_dots_one_sign(typed: str, expected: str) -> None:
    assert seen(set_line(typed, "en-GB")) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("on 16 April 2012, the 2nd of May", "on 16~April 2012, the 2nd~of May"),
        ("April 16, Sept 2012", "April~16, Sept 2012"),
        ("London SW7 5HD, EC1A 1BB", "London SW7~5HD, EC1A~1BB"),
        ("Dr Stuart Hogarth, Professor Brian Salter", "Dr~Stuart Hogarth, Professor~Brian Salter"),
        ("Prof. Dr. J. K. Rowling", "Prof.~Dr.~J.~K.~Rowling"),
        ("a dr or professor of law", "a dr or professor of law"),
        ("3 kg, 20 mg/l, 5 million, 6 pm, 7 a.m.", "3~kg, 20~mg/l, 5~million, 6~pm, 7~a.m."),
        ("No. 5, Nos 6 and 7, pp. 8-9, vol. 3", "No.~5, Nos~6 and 7, pp.~8-9, vol.~3"),
        ("5' 10\" tall, 6’ 2” and 51° 30' 26\" N", "5'~10\" tall, 6’~2” and 51° 30'~26\" N"),
        ("dit-il : « Qu'est-ce ? »", "dit-il~: «~Qu’est-ce~?~»"),
        ('"« Rien ! »" (‹ a › ; « b »)', "“«~Rien~!~»” (‹~a~›~; «~b~»)"),
        ("«So» and 'so' say--« a » b", "«So» and ‘so’ say~– «~a~» b"),
        ("12 months, 5 men, 3 kings", "12 months, 5 men, 3 kings"),
    ],
)
def test_what_belongs_together_stays_on_one_line(typed: str, expected: str) -> None:
    assert seen(set_line(typed, "en-GB")) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en-US", "\"It's\"--so - they say--.", "“It’s”—so~– they say—."),
        ("de", "Er sagte: \"Ja, 'so'\" - Hans' Buch", "Er sagte: „Ja, ‚so‘“~– Hans’ Buch"),
        ("de", "z. B. am 16. April, Nr. 5, Frau Weiß", "z.~B. am 16.~April, Nr.~5, Frau~Weiß"),
        ("de", "'ne Sache, so 'n Ding, 's war 'so'", "’ne Sache, so ’n Ding, ’s war ‚so‘"),
        ("de", "»Ja!« sagte er, »nein« und »so«: ja", "»Ja!« sagte er, »nein« und »so«: ja"),
        ("de-CH", "\"Ja, 'so'\"", "«Ja, ‹so›»"),
        ("fr", "\"mot\": quoi? l'\"art\"; oui!", "«_mot_»~: quoi_? l’«_art_»_; oui_!"),
        ("fr", "« mot » ; « l'un » ?! «mot»", "«_mot_»_; «_l’un_»_?! «_mot_»"),
        ("fr", "à 18:30, https://a.fr/?b;c le 16 avril", "à 18:30, https://a.fr/?b;c le 16~avril"),
        ("fr", "*Quoi*? (\"Rien!\")", "*Quoi*_? («_Rien_!_»)"),
        ("fr-CA", "\"mot\": quoi? oui!", "«_mot_»~: quoi? oui!"),
        ("es", "¿\"Qué\"? 16 de abril...", "¿«Qué»? 16~de abril…"),
        ("it", "l'acqua, un po', dell'\"arte\"", "l’acqua, un po’, dell’«arte»"),
        ("it", "negli anni '80, del '900", "negli anni ’80, del ’900"),
        ("nl", "'s avonds 't huis, 'zo'", "’s avonds ’t huis, ‘zo’"),
        ("nl", "de jaren '90", "de jaren ’90"),
        ("sv", "\"ord\"", "”ord”"),
        ("ru", "\"слово\" - так", "«слово»~– так"),
        ("he", "צה\"ל - 'x'...", "צה\"ל - 'x'..."),
        ("ja", "「はい」 - \"x\"...", "「はい」 - \"x\"..."),
    ],
)  # fmt: skip
def test_each_language_has_its_own(language: str, typed: str, expected: str) -> None:
    assert seen(set_line(typed, language)) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "https://a.org/it's--x...y",
        "www.a.org/'x'--y",
        "o'brien--x@a.org",
        "`it's -- x...`",
        "\ufdd0first-name\ufdd1",
        "[[first-name]]",
        "978-0-571-22414-2",
    ],
)
def test_addresses_code_and_merge_tags_are_left_alone(kept: str) -> None:
    assert set_line(f"See '{kept}', it's so", "en-GB") == f"See ‘{kept}’, it’s so"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"*x*" and *"y"*', "<p>“<em>x</em>” and <em>“y”</em></p>"),
        ("\"**It's** so\"...", "<p>“<strong>It’s</strong> so”…</p>"),
        (
            "\"[it's](https://a.org/it's)\"",
            '<p>“<a href="https://a.org/it&#x27;s">it’s</a>”</p>',
        ),
        (
            "'https://a.org/it--x'",
            '<p>‘<a href="https://a.org/it--x">https://a.org/it--x</a>’</p>',
        ),
        ("`'x'` isn't \\\"y\\\"", "<p><code>'x'</code> isn’t \"y\"</p>"),
        ("By Dr\nSmith", "<p>By Dr~Smith</p>"),
        ("it -\n*so*", "<p>it~–\n<em>so</em></p>"),
        ("H~2~O - 10^-3^ kg", "<p>H<sub>2</sub>O~– 10<sup>-3</sup>~kg</p>"),
        ("- 'so'\n- \"so\"", "<ul><li>‘so’</li>\n<li>“so”</li>\n</ul>"),
    ],
)  # fmt: skip
def test_markdown_is_set_across_its_tokens(source: str, expected: str) -> None:
    assert html_of(source) == expected


@pytest.mark.parametrize(
    ("written", "plain", "markdown"),
    [
        ("'Never *Let* Me Go'", "‘Never Let Me Go’", "‘Never *Let* Me Go’"),
        ('*"So"* - H~2~O', "“So”~– H₂O", "*“So”*~– H~2~O"),
        ("\\'So\\' it's", "'So' it’s", "\\'So\\' it’s"),
        ("It's so", "It’s so", "It’s so"),
    ],
)
def test_a_title_keeps_its_emphasis(written: str, plain: str, markdown: str) -> None:
    title = set_title(read_title(written), "en-GB")
    assert (seen(title), seen(title.markdown)) == (plain, markdown)


def test_titles_that_read_alike_keep_their_own_emphasis() -> None:
    plain, emphasised = read_title("It's so"), read_title("It's *so*")
    assert set_title(plain, "en-GB").markdown == "It’s so"
    assert set_title(emphasised, "en-GB").markdown == "It’s *so*"


@settings(max_examples=500)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_only_punctuation_and_spaces_change(text: str, language: str) -> None:
    typeset = set_line(text, language)
    assert re.findall(r"\w", typeset) == re.findall(r"\w", text)
    assert as_typed(typeset) == as_typed(text)
    assert all(typeset.count(kept) >= text.count(kept) for kept in KEPT)


@settings(max_examples=500)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_what_is_set_stays_as_it_is(text: str, language: str) -> None:
    assume(not re.search(r"\d['’\"]", text))  # feet and inches: what they are depends on all around
    typeset = set_line(text, language)
    assert set_line(typeset, language) == typeset


@given(TEXTS.map(lambda text: text.replace("`", "")))
def test_markdown_without_markup_is_set_as_a_line_is(text: str) -> None:
    source = f"x{re.sub('https?:|[][@*]', '', text).strip()}"
    blocks = set_blocks(tokens(source), "en-GB")
    if len(tokens(source)) == 3:
        assert to_line(blocks[1]) == set_line(to_line(tokens(source)[1]), "en-GB")


def test_blocks_in_which_nothing_changes_are_the_same() -> None:
    blocks = tokens("Nothing to set\n\nIt's one")
    typeset = set_blocks(blocks, "en-GB")
    assert isinstance(typeset, Blocks)
    assert typeset[1] is blocks[1]
    assert typeset[4] is not blocks[4]
    assert blocks[4].children[0].content == "It's one"  # type: ignore[index]


@pytest.mark.parametrize("language", _QUOTES)
def test_every_language_has_four_quotes_and_compiles(language: str) -> None:
    rules = rules_of(language)
    assert rules
    assert len(set_line("\"a 'b' c\" - 16 x...", language)) >= len("“a ‘b’ c” – 16 x…")


def test_languages_that_are_left_alone() -> None:
    assert not any(map(has_rules, ("ja", "zh-Hans", "he", "ar", "ko", "th", "xx")))
    assert all(map(has_rules, ("en", "en-GB", "fr-BE", "de-AT", "pt-BR")))
