"""Teasers made from bodies: never over budget, never cut where it hurts, always the body's own words in order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newsletter.email import teaser as module
from newsletter.email.teaser import MOST_WORDS, Style, is_whole, teaser
from newsletter.model import News, WordTeasers
from newsletter.text import wrapping
from newsletter.text.counting import word_count
from newsletter.text.markdown import to_html, to_line

WORDS = st.sampled_from(
    [
        "embryo",
        "court",
        "Dr",
        "Smith",
        "e.g.",
        "U.S.",
        "(see",
        "2012)",
        "–",
        "it's",
        "24.5",
        "genes",
    ]
)
PHRASES = st.one_of(
    WORDS,
    WORDS.map("*{}*".format),
    st.lists(WORDS, min_size=1, max_size=4).map(lambda words: f"**{' '.join(words)}**"),
    st.lists(WORDS, min_size=1, max_size=4).map(
        lambda words: f"[{' '.join(words)}](https://a.org/)"
    ),
    st.sampled_from(
        [
            "end.",
            "'Intrusion'.",
            "why?",
            "so.)",
            "\n\n",
            "\n",
            "H~2~O",
            "遺伝子。",
            "研究者",
            "「胚」と",
        ]
    ),
)
BODIES = st.lists(PHRASES, min_size=1, max_size=120).map(" ".join)
STYLES: st.SearchStrategy[Style] = st.one_of(
    st.just("sentences"), st.integers(5, 60).map(lambda words: WordTeasers(words=words))
)
TWENTY = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"


def line_of(
    body: str, style: Style = "sentences", language: str = "en-GB", *, is_lead: bool = False
) -> str:
    """Return the teaser of a body as one line of text."""
    return line(News(title="t", body=body), style, language, is_lead=is_lead)


def line(item: News, style: Style, language: str = "en-GB", *, is_lead: bool = False) -> str:
    blocks = teaser(item, style, language, is_lead=is_lead)
    return " ".join(to_line(block) for block in blocks if block.type == "inline")


def html_of(body: str, style: Style = "sentences") -> str:
    return html(News(title="t", body=body), style)


def html(item: News, style: Style = "sentences") -> str:
    return str(to_html(teaser(item, style, "en-GB", is_lead=False), {})).strip()


def is_all_of(item: News, style: Style, *, is_lead: bool = False) -> bool:
    return is_whole(item, style, is_lead=is_lead)


def bare(words: str) -> list[str]:
    """Return words without the punctuation around them."""
    stripped = (re.sub(r"^\W+|\W+$", "", word[0]) for word in wrapping.words(words))
    return [word for word in stripped if word]


@settings(max_examples=300)
@given(BODIES, STYLES)
def test_a_teaser_is_never_over_budget(body: str, style: Style) -> None:
    budget = style.words if isinstance(style, WordTeasers) else MOST_WORDS
    assert word_count(line_of(body, style)) <= budget
    assert word_count(line_of(body, style, is_lead=True)) <= 2 * budget


LONG_BODIES = st.lists(
    st.lists(PHRASES, max_size=60).map(" ".join)
    | st.sampled_from(["- a list", "## Heading", "", "  ", "[^1]: note", "***", "\\", "A | b\n--|--\n1 | 2"]),
    min_size=2, max_size=6,
).map("\n\n".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(LONG_BODIES, st.integers(5, 40).map(lambda words: WordTeasers(words=words)))
def test_what_comes_long_after_a_teaser_does_not_change_it(body: str, style: Style) -> None:
    item = News(title="t", body=body)
    short = html(item, style), is_all_of(item, style)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_beginning", lambda body, _: body)
        module._from_body.cache_clear()
        module._is_short.cache_clear()
        assert (html(item, style), is_all_of(item, style)) == short


@settings(max_examples=300)
@given(BODIES, STYLES)
def test_a_teaser_is_the_start_of_the_body(body: str, style: Style) -> None:
    whole = " ".join(line(News(title="t", teaser=body), style).split())
    begins = bare(line_of(body, style))
    assert bare(whole)[: len(begins)] == begins


@settings(max_examples=300)
@given(BODIES, STYLES)
def test_tags_of_a_teaser_are_nested(body: str, style: Style) -> None:
    open_tags: list[str] = []
    for slash, tag in re.findall(r"<(/?)(\w+)[^>]*>", html_of(body, style)):
        if slash:
            assert open_tags.pop() == tag
        elif tag != "br":
            open_tags.append(tag)
    assert not open_tags


@settings(max_examples=300)
@given(BODIES, STYLES)
def test_a_cut_teaser_trails_off_and_a_whole_one_is_the_body(body: str, style: Style) -> None:
    item = News(title="t", body=body)
    if is_all_of(item, style):
        assert line(item, style) == line(News(title="t", teaser=body), style)
    elif body.strip():
        assert re.search(r"[^\s.…?!]…$|[?!][\"'’”)]*$", line_of(body, style))


@settings(max_examples=200)
@given(st.lists(st.text("abcDEF'", min_size=1, max_size=8), max_size=100).map(" ".join), STYLES)
def test_the_teaser_of_a_teaser_is_itself(body: str, style: Style) -> None:
    short = line_of(body.replace("F ", "F. "), style)
    assert line_of(short, style) == short


@settings(max_examples=300)
@given(BODIES.map(lambda body: re.sub(r"Dr|e\.g\.|U\.S\.|–", "law", body)), st.integers(10, 40))
def test_links_and_emphasised_phrases_stay_whole(body: str, words: int) -> None:
    item = News(title="t", body=body)
    shown = lxml_html.fromstring(f"<div>{html_of(body, WordTeasers(words=words))}</div>")
    whole = lxml_html.fromstring(f"<div>{html(News(title='t', teaser=body))}</div>")
    phrases = [" ".join(bare(element.text_content())) for element in whole.iter("a", "strong")]
    for element in shown.iter("a", "strong"):
        phrase = " ".join(bare(element.text_content()))
        assert phrase in phrases or is_all_of(item, WordTeasers(words=words))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"A Belgian court has ruled that {TWENTY} fathered too many children. " + "More words. " * 20,
            f"A Belgian court has ruled that {TWENTY} fathered too many children…",
        ),
        (f"{TWENTY} 18 19 20 'Intrusion'. " + "More. " * 40, f"{TWENTY} 18 19 20 'Intrusion'…"),
        (f"{TWENTY} 18 19 20 'Intrusion.' " + "More. " * 40, f"{TWENTY} 18 19 20 'Intrusion'…"),
        (f"{TWENTY} 18 19 (see BioNews 652). " + "More. " * 40, f"{TWENTY} 18 19 (see BioNews 652)…"),
        (f"Ten words stand in this first sentence, no more, no less. {TWENTY} 18 " + "19 " * 40,
         "Ten words stand in this first sentence, no more, no less…"),
        ("Short. " * 15 + "It is this. " * 30, "Short. " * 15 + "It is this. It is this…"),
        ("Is it? " * 40, "Is it? " * 19 + "Is it?"),
        (f"{TWENTY} 18 19 20. 'Is it?' " + "More of it " * 20, f"{TWENTY} 18 19 20…"),
    ],
)  # fmt: skip
def test_whole_sentences_end_in_the_house_style(body: str, expected: str) -> None:
    assert line_of(body) == expected


@pytest.mark.parametrize(
    "abbreviation",
    [
        "Dr",
        "Dr.",
        "Prof. Smith",
        "e.g.",
        "U.S.",
        "i.e.",
        "St.",
        "J.",
        "vs.",
        "No. 5",
        "et al.",
        "Mrs",
    ],
)
def test_abbreviations_end_no_teaser(abbreviation: str) -> None:
    for before in range(1, 30):
        body = "word " * before + f"{abbreviation} Jones said so. " + "And so on it went. " * 12
        for style in (
            *(WordTeasers(words=words) for words in range(before, before + 4) if words >= 5),
            "sentences",
        ):
            last = line_of(body, style).rstrip("'").removesuffix("…")  # type: ignore[arg-type]
            cut = ("Dr", "e.g", "U.S", "i.e", "St", "J", "vs", "No", "al", "Mrs", "Prof")
            assert last.split()[-1].rstrip(".,") not in cut, (body, last)


@pytest.mark.parametrize(
    "body", ["Short.", "Two words", "*Short* and [linked](https://a.org).\n\n- A list\n- of two"]
)
@pytest.mark.parametrize("style", ["sentences", WordTeasers(words=50)])
def test_a_short_body_stays_as_it_is(body: str, style: Style) -> None:
    item = News(title="t", body=body)
    assert is_all_of(item, style)
    assert "…" not in line(item, style)
    assert html_of(body, style) == html(News(title="t", teaser=body), style)


def test_a_body_of_exactly_the_budget_is_whole_and_one_more_word_is_cut() -> None:
    assert line_of("w " * 50, WordTeasers(words=50)) == ("w " * 50).strip()
    assert line_of("w " * 51, WordTeasers(words=50)) == ("w " * 50).strip() + "…"


def test_the_ellipsis_comes_straight_after_the_last_word() -> None:
    assert (
        line_of("one, two, three, four, five, six, seven", WordTeasers(words=5))
        == "one, two, three, four, five…"
    )
    assert (
        html_of("one two three *four five* six", WordTeasers(words=5))
        == "<p>one two three <em>four five</em>…</p>"
    )
    assert html_of("*one* two three four ‘*five*’ six", WordTeasers(words=5)).endswith(
        "‘<em>five</em>’…</p>"
    )


def test_a_link_that_does_not_fit_is_left_out() -> None:
    body = "one two three four [five six seven](https://a.org) eight"
    assert html_of(body, WordTeasers(words=6)) == "<p>one two three four…</p>"


def test_a_body_that_is_all_emphasised_is_still_cut() -> None:
    assert html_of("*one two three four five six seven*", WordTeasers(words=5)) == (
        "<p><em>one two three four five</em>…</p>"
    )


def test_a_given_teaser_is_taken_as_it_is() -> None:
    item = News(title="t", teaser="Just *this*", body="word " * 100)
    assert html(item) == "<p>Just <em>this</em></p>"
    assert not is_all_of(item, "sentences")


def test_an_item_without_body_or_teaser_has_none() -> None:
    item = News(title="t")
    assert line(item, "sentences") == ""
    assert not is_all_of(item, "sentences")


@pytest.mark.parametrize(
    ("sentence", "stop", "language"),
    [
        ("遺伝子治療の試験が成功したと研究者らが発表しました", "。", "ja"),
        ("על פי המחקר החדש גילו המדענים כי הגנים האלה משפיעים מאוד על בריאותם של ילדים", ".", "he"),
        (
            "أعلن العلماء في دراسة جديدة أن هذه الجينات تؤثر كثيرا على صحة الأطفال في العالم",
            ".",
            "ar",
        ),
        ("वैज्ञानिकों ने एक नए अध्ययन में कहा कि ये जीन बच्चों के स्वास्थ्य पर असर डालते हैं", "।", "hi"),
    ],
)
def test_other_scripts_are_cut_at_sentences_too(sentence: str, stop: str, language: str) -> None:
    body = f"{sentence}{stop} " * 6
    short = line_of(body, "sentences", language)
    assert short.endswith("…")
    assert short.removesuffix("…").endswith(sentence)
    assert 10 <= word_count(short) <= MOST_WORDS


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("研究者らは、遺伝子治療の試験に成功した。患者は回復した。", 5, "研究者らは…"),
        ("研究者らは、遺伝子治療の試験に成功した。患者は回復した。", 8, "研究者らは、遺伝子治療の試験に成功した…"),
        ("「成功した。」と研究者たちは昨日述べたが、患者の数はまだ少ない。", 5, "「成功した」…"),
        ("成功したのか？研究者はまだ知らない。結果は来年に出るという。", 5, "成功したのか？"),
        ("科学家发现了新基因，这一发现可能帮助患者！真的吗？是的。", 5, "科学家发现了新基因…"),
        ("科学家发现了新基因，这一发现可能帮助患者！真的吗？还没有人知道。", 7, "科学家发现了新基因，这一发现可能帮助患者！"),
        ("Genes: 李明 and his team in 北京 say that they found out how it works", 5, "Genes: 李明 and his team…"),
        ("นักวิจัยพบยีนใหม่ การค้นพบนี้อาจช่วยผู้ป่วย แต่ยังต้องทดลองอีก", 5, "นักวิจัยพบยีนใหม่…"),
        ("นักวิจัยพบยีนใหม่ การค้นพบนี้อาจช่วยผู้ป่วย แต่ยังต้องทดลองอีก", 8, "นักวิจัยพบยีนใหม่ การค้นพบนี้อาจช่วยผู้ป่วย…"),
        ("연구진은 유전자 치료 시험이 성공했다고 말했다 그러나 환자는 적다", 5, "연구진은 유전자 치료 시험이 성공했다고…"),
    ],
)  # fmt: skip
def test_a_word_that_only_a_dictionary_knows_is_not_cut(
    body: str, words: int, expected: str
) -> None:
    assert line_of(body, WordTeasers(words=words)) == expected


def test_ideographs_without_any_mark_are_cut_within_the_budget() -> None:
    assert line_of("研究" * 10, WordTeasers(words=5)) == "研究" * 7 + "研…"


def test_the_first_phrase_of_thai_is_shown_whole_however_long() -> None:
    phrase = "การค้นพบนี้อาจช่วยผู้ป่วยโรคหัวใจได้มาก"
    assert word_count(phrase) > 5
    assert line_of(f"{phrase} แต่ยังต้องทดลองอีก", WordTeasers(words=5)) == f"{phrase}…"


def test_the_teaser_of_the_lead_is_twice_as_long() -> None:
    sentences = [f"Sentence {number} has just these seven words." for number in range(30)]
    body = " ".join(sentences)
    assert line_of(body) == " ".join(sentences[:3]).rstrip(".") + "…"
    assert line_of(body, is_lead=True) == " ".join(sentences[:6]).rstrip(".") + "…"

    words = "w " * 101
    assert line_of(words, WordTeasers(words=50), is_lead=True) == "w " * 99 + "w…"


def test_a_body_may_be_whole_in_the_lead_alone() -> None:
    item = News(title="t", body="w " * 60)
    assert is_all_of(item, "sentences", is_lead=True)
    assert not is_all_of(item, "sentences")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("one two three four '*five.*' six", "<p>one two three four '<em>five</em>'…</p>"),
        ("one two three four [five.](https://a.org/) six", '<p>one two three four <a href="https://a.org/">five</a>…</p>'),
        ("one two three four *five?* six", "<p>one two three four <em>five?</em></p>"),
        ('one two three four "five!" six', '<p>one two three four "five!"</p>'),
        ("one two three four five… six", "<p>one two three four five…</p>"),
        ("one two three four five?… six", "<p>one two three four five?</p>"),
        ('one two three four "five," six', '<p>one two three four "five"…</p>'),
        ("one two three four `five.` six", "<p>one two three four <code>five.</code>…</p>"),
        ("one two three four five&#33; six", "<p>one two three four five!</p>"),
    ],
)  # fmt: skip
def test_the_ellipsis_is_outside_quotes_and_tags_and_follows_no_question(
    body: str, expected: str
) -> None:
    assert html_of(body, WordTeasers(words=5)) == expected


def test_an_unknown_language_is_not_a_fault() -> None:
    assert line_of(f"{TWENTY} 18 19 20. " * 3, "sentences", "xx").endswith("20…")


def test_an_item_shown_whole_has_all_of_its_body() -> None:
    item = News(title="t", body="word " * 100 + "end[^1].\n\n[^1]: A note.", whole=True)
    assert is_all_of(item, "sentences")
    assert line(item, "sentences").split() == [*["word"] * 100, "end.", "A", "note."]


def test_a_teaser_drops_footnotes_and_their_numbers() -> None:
    body = "One two[^1] three four five six.\n\n[^1]: A note of many words, which is no part of it."
    assert html_of(body, WordTeasers(words=5)) == "<p>One two three four five…</p>"


def test_a_body_with_footnotes_that_is_short_keeps_them() -> None:
    assert html_of("One[^1].\n\n[^1]: Two.", WordTeasers(words=5)).startswith(
        "<p>One<sup>[1]</sup>.</p>"
    )


def test_a_teaser_does_not_cut_code() -> None:
    body = "one two three four `five six seven` eight"
    assert html_of(body, WordTeasers(words=6)) == "<p>one two three four…</p>"


def test_comments_count_for_nothing() -> None:
    hidden = f"<!-- {'word ' * 100} -->"
    assert line_of(f"{hidden}Short.") == "Short."
    assert is_all_of(News(title="t", body=f"Short. {hidden}"), "sentences")
    assert not is_all_of(News(title="t", body=hidden), "sentences")


def test_a_bare_address_stays_whole_in_a_teaser() -> None:
    body = "They say: see https://a.org/b for more of all that there is to say about it"
    assert html_of(body, WordTeasers(words=5)) == (
        '<p>They say: see <a href="https://a.org/b">https://a.org/b</a> for…</p>'
    )


def test_a_teaser_leaves_out_headings_pictures_and_tables() -> None:
    body = (
        "## A head\n\nOne two three.\n\n"
        '![A lab](lab.jpg "A caption")\n\n| a | b |\n|---|---|\n| c | d |\n\n'
        "### Another\n\nFour five six seven."
    )
    assert html_of(body, WordTeasers(words=5)) == "<p>One two three. Four five…</p>"


def test_a_teaser_parts_the_items_of_a_list() -> None:
    body = "For the week:\n\n- one **two**\n  - three\n- four?\n\nfive\n\n" + "- word\n" * 50
    shown = line_of(body, WordTeasers(words=12))
    assert shown == "For the week: one two · three · four? five · word…"

    short = "- one\n" * 5
    assert is_all_of(News(title="t", body=short), WordTeasers(words=5))


@pytest.mark.parametrize("more", ["![A lab](lab.jpg)", "| a |\n|---|\n| b |"])
def test_a_few_words_with_a_picture_or_a_table_are_not_all_of_a_body(more: str) -> None:
    item = News(title="t", body=f"One two.\n\n{more}")
    assert not is_all_of(item, "sentences")
    assert html_of(item.body, "sentences") == "<p>One two…</p>"


def test_a_body_without_any_sentence_has_no_teaser() -> None:
    assert html_of("## A head\n\n![A lab](lab.jpg)", "sentences") == ""


def test_a_short_body_keeps_its_heading() -> None:
    assert html_of("## Head\n\nText.", WordTeasers(words=5)) == "<h4>Head</h4>\n<p>Text.</p>"


APART = (
    "## {a} {a}", "### {a}", '![{a}](lab.jpg "{a} [{a}](https://a.org/)")', "| {a} | {a} |\n|---|---|\n| {a} | {a} |",
    "[^{n}]: {a} {a}",
)  # fmt: skip
"""What no teaser shows; each word is an "apart"."""
SENTENCES = st.lists(st.sampled_from(["word", "*word*", "word.", "word[^{n}]"]), min_size=8).map(
    " ".join
)


@settings(max_examples=100, deadline=None)
@given(st.lists(SENTENCES | st.sampled_from(APART), min_size=1), st.integers(5, 40))
def test_a_teaser_never_shows_what_is_apart_from_the_sentences(
    blocks: list[str], words: int
) -> None:
    body = "\n\n".join(block.format(a="apart", n=number) for number, block in enumerate(blocks))
    style = WordTeasers(words=words)
    if is_all_of(News(title="t", body=body), style):
        return

    shown = html_of(body, style)
    assert "apart" not in shown
    assert "<sup>" not in shown
    assert ("word" in shown) == ("word" in body)
