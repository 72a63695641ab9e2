"""placeholder: what was left in where the real words or addresses belong."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, **fields: object) -> list[str]:
    item = {"title": "A title", "url": "https://www.bionews.org.uk/page_1"} | fields
    return [finding.message for finding in newsroom.item(**item).told("placeholder")]


@pytest.mark.parametrize(
    "text",
    [
        "Women with 47,XXX live longer than was thought.",
        "Karyotypes of XXX and XXY; 48,XXXX is rarer.",
        "XXX women are taller than others.",
        "The XXX International Congress met after Super Bowl XXX.",
        "So says chapter XXX of the law.",
        "Tick-borne disease (TBD) rises, and TBD kills.",
        "None of the tests was a test of the null hypothesis, which is undefined.",
        "A test of TK1 and TK2; TK is an enzyme.",
        "Todo lo que hay; a todo-list; TODOS.",
        "Dear readers, hello,",
        "A rule for `TODO` and `FIXME` in comments; the word 'todo' and a “TODO” list.",
        "The place is TBC.",
        "A lecture on twins (venue TBD), with time TBC and the speaker TBD.",
        "The date of the hearing is TBD by the court; the speaker is TBD: watch this space.",
        "https://www.exampleclinic.org/ and https://www.bionews.org.uk/wiki/null-hypothesis are real.",
    ],
)
def test_what_genetics_news_really_says(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, teaser=text) == []


def test_an_event_and_an_exhibition_may_have_no_place_or_time_yet(newsroom: Newsroom) -> None:
    event = {
        "title": "A debate",
        "teaser": "Speakers TBD.",
        "place": "TBD",
        "starts": "2030-01-20 18:30",
    }
    work = {"kind": "exhibition", "title": "Twins", "venue": "TBD", "dates": "Autumn, TBD"}
    review = {
        "title": "A review",
        "authors": ["A. Author"],
        "work": work,
        "teaser": "It will be good...",
    }
    newsroom.issue(
        sections=[{"kind": "events", "items": [event]}, {"kind": "reviews", "items": [review]}]
    )
    assert newsroom.told("placeholder") == []


def test_a_title_is_known(newsroom: Newsroom) -> None:
    event = {
        "kind": "event",
        "title": "TBD",
        "teaser": "Come.",
        "place": "The hall",
        "starts": "2030-01-20 18:30",
    }
    assert [finding.message for finding in newsroom.item(**event).told("placeholder")] == [
        "'TBD' is a placeholder."
    ]


def test_a_word_for_all_is_not_a_reminder(newsroom: Newsroom) -> None:
    newsroom.publication(language="es")
    assert (
        told(newsroom, title="Todo", teaser="TODO lo que debe saber. Una obra de XXX páginas.")
        == []
    )


def test_a_subject_that_speaks_of_tests(newsroom: Newsroom) -> None:
    assert (
        newsroom.issue(subject="Test results in Issue 700: what they mean").told("placeholder")
        == []
    )


def test_a_greeting_with_a_merge_tag(newsroom: Newsroom) -> None:
    assert newsroom.issue(welcome="Dear [[first-name]],\n\nwelcome.").told("placeholder") == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("So lorem ipsum it goes.", "lorem ipsum"),
        ("TODO", "TODO"),
        ("todo.", "todo."),
        ("A story, TODO: finish.", "TODO"),
        ("fixme it is.", "fixme"),
        ("TBD", "TBD"),
        ("tbd.", "tbd."),
        ("The speaker is [TBD].", "[TBD]"),
        ("It was found, TBD: by whom.", "TBD:"),
        ("xxx", "xxx"),
        ("The study of XXX said so.", "of XXX"),
        ("Dr XXX said so.", "Dr XXX"),
        ("By [xxx] and others.", "[xxx]"),
        ("Some XXXX patients.", "XXXX"),
        ("Words tk tk.", "tk tk"),
        ("undefined", "undefined"),
        ("NaN", "NaN"),
    ],
)
def test_placeholders_in_a_text(newsroom: Newsroom, text: str, quoted: str) -> None:
    assert told(newsroom, teaser=text) == [f"'{quoted}' is a placeholder."]


@pytest.mark.parametrize(
    "text",
    [
        "Really??? Yes, and why?? Nobody knows.",
        "XX women and XY men; XX/XY mosaics; 46,XX (XXX is rarer).",
        "The TK gene, HSV-TK, thymidine kinase (TK) and a TK inhibitor.",
        "He said [sic] that [the patient] and [her doctor] agree [1].",
        "[Update: the authority has replied.]",
        "[Add to calendar]",
        "[Check your eligibility] and [CHECK-IN] at nine; a [check list].",
        "In mice [H3K4], these [CD4] cells, the gene [TP53] or [IL6], London [SW7], and as reported [1], [AB1].",
        "The log[CO2] of it, Na[BH4], [bmim][PF6] and (bmim)[PF6]; XY[AB1] and A[AB1].",
        "The histone mark[H3], its mark[H3K4], and a source[12], said[sic], codes[ABC1] and codes[AB123].",
        "A cell, `Sheet[AB1]`, of the table. Comment [1]: none.",
        "[Inserted in the second edition]",
        "Super Bowl XXX, Article XX and the XXX Olympiad.",
        "Issue XX of the journal; century XX.",
        "Check the rules; add the date to your diary; insert the key.",
        "A link, a name, a date; test([name]), list[date], let a = b ?? c.",
        "$50 million and £20,000; 15% of 20 people.",
    ],
)
def test_what_only_resembles_a_placeholder(newsroom: Newsroom, text: str) -> None:
    assert told(newsroom, teaser=text) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("???", "???"),
        ("She was aged ??? at the time.", "???"),
        ("She is ?? years old, and ?? per cent agree.", "??"),
        ("??", "??"),
        ("The grant is worth £???.", "???"),
        ("Of the women, XX per cent agreed.", "XX"),
        ("The grant of £XXX is new.", "£XXX"),
        ("Come on XX April.", "XX"),
        ("A study at XXX University says so.", "XXX University"),
        ("It treats TK patients.", "TK"),
        ("It cost $TK in all.", "$TK"),
        ("About [TK: the method].", "[TK: the method]"),
        ("So says Dr [insert name] of Leeds.", "[insert name]"),
        ("Apply by [date].", "[date]"),
        ("Here is the [LINK HERE].", "[LINK HERE]"),
        ("[to follow]", "[to follow]"),
        ("The trial had 32 patients [CHECK].", "[CHECK]"),
        ("The trial had 32 [check] patients.", "[check]"),
        ("It ended in May [TO CHECK].", "[TO CHECK]"),
        ("It ended in May [CHECK: or June?].", "[CHECK: or June?]"),
        ("The trial had 32 patients[SS1] in May.", "[SS1]"),
        ("The trial ended in May.[RF12] It was the first.", "[RF12]"),
        ("He called it ‘a first’[KM2].", "[KM2]"),
        ("Some 12%[KM3], it is said.", "[KM3]"),
        ("[SS1]Is this the right figure", "[SS1]"),
        ("Commented [RF3]: is this right", "Commented [RF3]:"),
    ],
)
def test_what_is_most_often_a_placeholder_is_a_warning(
    newsroom: Newsroom, text: str, quoted: str
) -> None:
    newsroom.item(title="A title", url="https://www.bionews.org.uk/page_1", teaser=text)
    assert [finding[::2] for finding in newsroom.told("placeholder")] == [
        ("warning", f"'{quoted}' appears to be a placeholder.")
    ]


def test_question_marks_of_a_french_sentence(newsroom: Newsroom) -> None:
    newsroom.publication(language="fr")
    assert told(newsroom, teaser="Et alors ??? On ne sait pas.") == []


def test_a_reminder_in_spanish_needs_brackets_or_a_colon(newsroom: Newsroom) -> None:
    newsroom.publication(language="es")
    assert told(newsroom, title="TODO", teaser="TODO: cifras.") == [
        "'TODO' is a placeholder.",
        "'TODO:' is a placeholder.",
    ]


@pytest.mark.parametrize("greeting", ["Dear ,", "Hi , here is the news.", "Dear,"])
def test_greetings_that_lost_their_name(newsroom: Newsroom, greeting: str) -> None:
    [finding] = newsroom.issue(welcome=greeting).told("placeholder")
    assert "has lost its name" in finding.message


def test_every_text_is_read_with_its_place(newsroom: Newsroom) -> None:
    newsroom.write("issues/700/lab.png", b"").write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        picture:\n          src: https://www.bionews.org.uk/lab.png\n          alt: None\n"
        "        authors:\n          - name: TBD\n"
        "        teaser: |\n          One line,\n          and TODO another.\n",
    ).publication(tagline="test")
    assert [(finding.severity, finding.place) for finding in newsroom.told("placeholder")] == [
        ("error", "issues/700/issue.yaml:9"),
        ("error", "issues/700/issue.yaml:11"),
        ("error", "issues/700/issue.yaml:14"),
        ("warning", "issues/publication.yaml:4"),
    ]


@pytest.mark.parametrize("subject", ["[Test] BioNews 700", "TEST: BioNews 700"])
def test_subjects_of_test_sends(newsroom: Newsroom, subject: str) -> None:
    [finding] = newsroom.issue(subject=subject).told("placeholder")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/story",
        "http://localhost:8000/story",
        "https://www.clinic.test/",
        "https://clinic.invalid",
        "https://somebody@example.net/",
        "https://www.bionews.org.uk/None/story",
        "https://www.bionews.org.uk/null?page=2",
    ],
)
def test_addresses_are_reported_once_where_they_are_written(
    newsroom: Newsroom, address: str
) -> None:
    newsroom.item(
        title="A title", url=address, teaser="See [this](https://www.bionews.org.uk/page_1)."
    )
    [finding] = newsroom.told("placeholder")
    assert (finding.severity, finding.place) == ("error", "issues/700/issue.yaml:7")
    assert address in finding.message


def test_addresses_within_texts(newsroom: Newsroom) -> None:
    newsroom.item(
        title="A",
        teaser="See [this](https://a.test/b).",
        body="Write to editor@example.org, or www.example.com.",
    )
    assert [finding.message.partition(" is ")[0] for finding in newsroom.told("placeholder")] == [
        "'https://a.test/b'",
        "'editor@example.org'",
        "'https://www.example.com'",
    ]


def test_the_publications_own_addresses_are_reported_once_and_not_for_what_is_made_of_them(
    newsroom: Newsroom,
) -> None:
    newsroom.publication(
        **{"from": "News <news@mail.example>", "archive": "https://example.com/issues/"}
    )
    newsroom.publication(unsubscribe="mailto:leave@example.com?subject=leave")
    assert [finding.message.partition(" is ")[0] for finding in newsroom.told("placeholder")] == [
        "'news@mail.example'",
        "'leave@example.com?subject=leave'",
        "'https://example.com/issues/'",
    ]


def test_links_that_only_the_theme_has(newsroom: Newsroom) -> None:
    footer = "parts/footer.html.j2"
    newsroom.theme(footer, "{{ publication.archive }}", "#").theme(
        footer, "{{ merge_tag.web_version }}", "https://a.test/"
    )
    assert [(finding.severity, finding.place) for finding in newsroom.told("placeholder")] == [
        ("error", "templates/bionews/parts/footer.html.j2:7"),
        ("error", "templates/bionews/parts/footer.html.j2:8"),
    ]


@pytest.mark.parametrize(
    ("isbn", "topics"), [(["TODO"], []), (["[TODO]"], []), (["978-0-00-000000-2"], ["TODO"])]
)
def test_an_isbn_and_a_topic_are_read_too(
    newsroom: Newsroom, isbn: list[str], topics: list[str]
) -> None:
    work = {"kind": "book", "title": "A book", "isbn": isbn}
    assert told(newsroom, kind="review", work=work, topics=topics) == ["'TODO' is a placeholder."]
