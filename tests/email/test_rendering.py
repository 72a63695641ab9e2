"""A rendered issue: its plain text against its HTML, its subject and preheader, over all that an issue can hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from wcwidth import wcswidth

from newsletter.email.mentions import mentions
from newsletter.email.merge_tags import fill, own_email, own_values
from newsletter.email.rendering import LONGEST_PREHEADER, LONGEST_SUBJECT, render
from newsletter.manifest import read_issue, read_manuscript
from newsletter.model import (
    Advert,
    Email,
    Event,
    Format,
    Image,
    Issue,
    Job,
    Link,
    News,
    Notice,
    Review,
    Section,
    Shows,
)
from newsletter.model.formats import Parts
from newsletter.pictures.preparing import prepare
from newsletter.text.normalise import as_typed, letters
from newsletter.theme import Theme, compile_theme
from tests.elsewhere import pictures_elsewhere
from tests.strategies import issues, publications

FORMATS = [Format(name=shows, shows=shows) for shows in get_args(Shows)]


@pytest.fixture(scope="module")
def theme(repository: Path) -> Theme:
    return compile_theme("bionews", repository / "templates")


@pytest.fixture(scope="module")
def shipped(repository: Path) -> Issue:
    return read_issue(repository / "issues" / "652")


def squeezed(text: str) -> str:
    """Return the text without spaces, since lines may break between ideographs."""
    return "".join(text.split())


def check_text(email: Email) -> None:
    page = lxml_html.fromstring(email.html)
    text = squeezed(email.text)
    for item in email.issue.items:
        assert as_typed(item.title) in as_typed(email.text)
    for section in email.issue.sections:
        assert as_typed(section.title or "") in as_typed(email.text)
    for link in page.iter("a"):
        address = link.get("href", "#").removeprefix("mailto:")
        assert address.startswith("#") or squeezed(address) in text
    assert not re.search(
        "[\ufdd0\ufdd1]", email.text + email.html + email.subject + email.preheader
    )
    assert mentions(email.html, email.text) % 2 == 0
    width = email.issue.publication.text_width
    for line in email.text.split("\n"):
        assert line == line.rstrip()
        if wcswidth(line) > width:
            assert "://" in line or len(re.sub(r"^(?:[>-]|\d+\.|\s)*", "", line).split(" ")) == 1


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(issue=issues(publications()), format=st.sampled_from(FORMATS))
def test_the_text_has_every_title_and_every_address_of_the_html_in_lines_that_fit(
    theme: Theme, issue: Issue, format: Format
) -> None:
    pictures = pictures_elsewhere(issue)
    email = render(issue, theme, format, pictures)
    check_text(fill(email, own_values(issue)))
    assert email == render(issue, theme, format, pictures)


@pytest.mark.parametrize("number", ["596", "652"])
@pytest.mark.parametrize("width", [40, 60, 72, 78])
def test_the_shipped_issues_are_wrapped_at_the_publications_width(
    theme: Theme, repository: Path, number: str, width: int
) -> None:
    issue = read_issue(repository / "issues" / number)
    issue = issue.model_copy(
        update={"publication": issue.publication.model_copy(update={"text_width": width})}
    )
    email = fill(render(issue, theme), own_values(issue))
    check_text(email)
    lines = email.text.split("\n")
    assert width - 3 < max(wcswidth(line) for line in lines if "://" not in line) <= width
    for line in lines:
        assert "://" not in line or re.fullmatch(r" *-> https://\S+", line)


def test_no_words_are_put_in_capitals(theme: Theme, shipped: Issue) -> None:
    capitals = re.compile(r"\b[A-Z]{2,}\b")
    written = set(capitals.findall(shipped.model_dump_json()))
    assert set(capitals.findall(fill(render(shipped, theme), own_values(shipped)).text)) <= written


def test_no_markup_is_left_in_the_text(theme: Theme, shipped: Issue) -> None:
    teaser = "**Bold** & *fine* &amp; [linked](https://a.org/) H~2~O &lt;b&gt;"
    section = Section(
        kind="news", items=(News(title="R&D *as a title*, HLA-B*57:01", teaser=teaser),)
    )
    text = render(shipped.model_copy(update={"sections": (section,)}), theme).text
    assert "Bold & fine & linked [1] H2O <b>\n\n[1] https://a.org/\n" in text
    assert "R&D as a title, HLA-B*57:01\n" in text
    assert not re.search(r"&\w+;|</|\*\*", text)


def test_the_text_shows_a_mail_address_as_people_write_it(theme: Theme, shipped: Issue) -> None:
    job = Job(
        title="Research nurse",
        url="posts@clinic.org",
        teaser="Three days a week in Leeds, and more...",
    )
    notice = Notice(title="Volunteers", url="help@clinic.org", body="Write to us.", whole=True)
    sections = (Section(kind="jobs", items=(job,)), Section(kind="notices", items=(notice,)))
    email = render(shipped.model_copy(update={"sections": sections}), theme)
    assert "and more…\n-> posts@clinic.org\n" in email.text
    assert "\nWrite to us.\n-> help@clinic.org\n" in email.text
    assert "mailto:" not in email.text
    assert 'href="mailto:posts@clinic.org"' in email.html


def test_a_theme_may_leave_spaces_and_empty_lines_behind(
    newsletter_folder: Path, shipped: Issue
) -> None:
    template = newsletter_folder / "templates" / "bionews" / "email.txt.j2"
    template.write_text(template.read_text("utf-8") + "\none  \t\n\n\n\n\n\ntwo\n\n\n", "utf-8")
    text = render(shipped, compile_theme("bionews", newsletter_folder / "templates")).text
    assert text.endswith("\none\n\n\ntwo\n")


def test_first_name_works_in_the_welcome_and_nowhere_else(theme: Theme, shipped: Issue) -> None:
    item = News(title="Title [[first-name]]", teaser="Teaser [[first-name]]")
    issue = shipped.model_copy(
        update={
            "welcome": "Dear [[first-name]],",
            "sections": (Section(kind="news", items=(item,)),),
        }
    )
    email = fill(render(issue, theme), own_values(issue) | {"first-name": "<Ada>"})
    assert "Dear <Ada>," in email.text
    assert "Dear &lt;Ada&gt;," in email.html
    for part in (email.text, email.html):
        assert "Title [[first-name]]" in part
        assert "Teaser [[first-name]]" in part
    assert email.subject == "BioNews 652: Title [[first-name]]"


def with_titles(issue: Issue, *titles: str, **fields: Any) -> Issue:
    section = Section(kind="news", items=tuple(News(title=title, **fields) for title in titles))
    return issue.model_copy(update={"sections": (section,)})


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Short", "BioNews 652: Short"),
        ("x" * 65, "BioNews 652: " + "x" * 65),
        ("Emerging science and established problems – governing biomedical innovation in the UK",
         "BioNews 652: Emerging science and established problems"),
        ("word " * 13 + "word", "BioNews 652: " + "word " * 12 + "word…"),
        ("遺伝" * 40, "BioNews 652: " + "遺伝" * 32 + "…"),
        ("x" * 90, "BioNews 652: " + "x" * 64 + "…"),
    ],
)  # fmt: skip
def test_the_subject_is_the_number_and_the_leading_title(
    theme: Theme, shipped: Issue, title: str, expected: str
) -> None:
    subject = render(with_titles(shipped, title), theme).subject
    assert subject == expected
    assert len(subject) <= LONGEST_SUBJECT


def test_a_long_name_of_a_publication_leaves_room_for_the_title(
    theme: Theme, shipped: Issue
) -> None:
    publication = shipped.publication.model_copy(update={"name": "N" * 90})
    issue = with_titles(shipped, "A title of some length that goes on").model_copy(
        update={"publication": publication}
    )
    assert render(issue, theme).subject == "N" * 90 + " 652: A title of some length that…"


def test_the_preheader_is_the_next_titles_that_fit_whole(theme: Theme, shipped: Issue) -> None:
    long = "A title that is long enough without another"
    assert (
        render(with_titles(shipped, "Lead", long, "Last", "x" * 110), theme).preheader
        == f"{long} · Last"
    )


def test_a_preheader_of_few_words_goes_on_with_the_beginning_of_the_next_title(
    theme: Theme, shipped: Issue
) -> None:
    preheader = render(
        with_titles(shipped, "Lead", "Next", "Words and more words, " * 9), theme
    ).preheader
    assert preheader.startswith("Next · Words and more words, Words")
    assert 40 <= len(preheader) <= LONGEST_PREHEADER


def test_the_preheader_of_a_single_item_is_its_teaser_on_one_line(
    theme: Theme, shipped: Issue
) -> None:
    issue = with_titles(shipped, "Lead", teaser="Some *words*&#10;and\n\n- a list " + "word " * 40)
    preheader = render(issue, theme).preheader
    assert preheader.startswith("Some words and a list word")
    assert "\n" not in preheader
    assert len(preheader) <= LONGEST_PREHEADER


def test_own_subject_and_preheader_are_taken_as_they_are(theme: Theme, shipped: Issue) -> None:
    issue = shipped.model_copy(update={"subject": "S " * 60 + "S", "preheader": "P " * 90 + "P"})
    email = render(issue, theme)
    assert (email.subject, email.preheader) == (issue.subject, issue.preheader)


def test_an_advert_leads_only_where_there_is_nothing_else(theme: Theme, shipped: Issue) -> None:
    advert, story = Advert(title="Buy", advertiser="A"), News(title="Story")
    for items, expected in (
        ((advert, story), "BioNews 652: Story"),
        ((advert,), "BioNews 652: Buy"),
    ):
        issue = shipped.model_copy(update={"sections": (Section(kind="news", items=items),)})
        assert render(issue, theme).subject == expected


def test_titles_have_emphasis_in_html_and_none_in_text(theme: Theme, shipped: Issue) -> None:
    work = {"kind": "film", "title": "The *Long* Walk"}
    sources = [{"title": "Of *E. coli* and H~2~O"}]
    sections = (
        Section(
            kind="news",
            title="*News*",
            items=(News(title="All of *it*: H~2~O & x^q^", sources=sources),),
        ),
        Section(kind="reviews", items=(Review(title="Film Review: *The Long Walk*", work=work),)),
    )
    email = render(shipped.model_copy(update={"sections": sections}), theme)
    assert email.subject == "BioNews 652: All of it: H₂O & xq"
    assert email.preheader == "Film Review: The Long Walk"
    for html in (
        "<em>News</em>",
        "Film Review: <em>The Long Walk</em>",
        "The <em>Long</em> Walk",
        "Of <em>E. coli</em>",
    ):
        assert html in email.html
    assert re.search(
        r"All of <em>it</em>: H<sub[^>]*>2</sub>O &amp; x<sup[^>]*>q</sup>", email.html
    )
    assert 'id="all-of-it-h2o-xq"' in email.html
    assert "Read the story: All of it: H₂O &amp; xq" in email.html
    for text in ("\nNews\n", "All of it: H₂O & xq\n", "  The Long Walk\n", "Of E. coli and H₂O\n"):
        assert text in email.text
    assert "*" not in email.text


def test_an_item_shown_whole_has_no_read_more(theme: Theme, shipped: Issue) -> None:
    body = "A sentence of some words. " * 30
    item = News(title="Whole", url="https://a.org/whole", body=body, whole=True)
    email = render(
        shipped.model_copy(update={"sections": (Section(kind="news", items=(item,)),)}), theme
    )
    assert email.text.replace("\n", " ").count("A sentence") == 30
    assert "A sentence of some words. " * 29 in email.html
    for part in (email.html, email.text):
        assert "Read more" not in part
        assert "https://a.org/whole" in part
    assert "words.\n\nRead on the web\n-> https://a.org/whole\n" in email.text


def test_the_text_says_all_that_is_known_of_a_picture(theme: Theme, shipped: Issue) -> None:
    picture = Image(src="https://a.org/p.jpg", alt="A seed", caption="In May", credit="The maker")
    issue = with_titles(shipped, "One", picture=picture)
    email = render(issue, theme, pictures=pictures_elsewhere(issue))
    assert "[Picture: A seed ·\u00a0In May ·\u00a0The maker]" in email.text
    assert re.search(r">In May<br>\s*Picture: The maker<", email.html)


def test_the_words_of_a_picture_are_in_type_in_both_parts(theme: Theme, shipped: Issue) -> None:
    picture = Image(src="https://a.org/p.jpg", alt="It's a seed", caption="'Seed' -- or not...")
    issue = with_titles(shipped, "One", picture=picture)
    email = render(issue, theme, pictures=pictures_elsewhere(issue))
    for part in (email.html, email.text):
        assert "It’s a seed" in part
        assert "‘Seed’\u00a0– or not…" in part


def test_a_text_that_runs_the_other_way_is_set_apart(theme: Theme, shipped: Issue) -> None:
    hebrew = {"publication": shipped.publication.model_copy(update={"direction": "rtl"})}
    issue = with_titles(shipped, "One", teaser="All English, 5%.").model_copy(update=hebrew)
    assert re.search('<div dir="auto"><p[^>]*>All English, 5%.</p>', render(issue, theme).html)

    mixed = with_titles(shipped, "One", teaser="DNA: שלום?").model_copy(update=hebrew)
    assert "DNA: שלום?" in render(mixed, theme).html
    assert not re.search('<div dir="auto"><p[^>]*>DNA', render(mixed, theme).html)


def test_the_links_of_the_footer_are_in_groups_and_unsubscribe_is_alone(
    theme: Theme, shipped: Issue
) -> None:
    social = (
        Link(name="Mastodon", url="https://m.org/"),
        Link(name="LinkedIn", url="https://l.org/"),
    )
    publication = shipped.publication.model_copy(update={"social": social})
    email = render(shipped.model_copy(update={"publication": publication}), theme)
    rows = lxml_html.fromstring(email.html).xpath("//p[@class='links']")
    assert [[link.text for link in row] for row in rows] == [
        ["Read this issue on the web", "All issues"],
        ["Mastodon", "LinkedIn"],
        ["Unsubscribe"],
    ]
    assert "\n\nMastodon\n-> https://m.org/\nLinkedIn\n-> https://l.org/\n\nYou get" in email.text
    assert "any time.\n\nUnsubscribe\n-> " in email.text


def test_an_event_that_leads_has_its_day_and_its_calendar(theme: Theme, shipped: Issue) -> None:
    event = Event(
        title="A meeting",
        place="Hall",
        starts="2012-04-20 18:30",
        url="https://a.org/e",
        teaser="Come.",
    )
    section = Section(kind="events", items=(event,))
    email = render(shipped.model_copy(update={"sections": (section,)}), theme)
    (tile,) = lxml_html.fromstring(email.html).find_class("tile")
    assert tile.text_content() == "Fri20Apr18:30"
    assert email.html.index("A meeting</a>") < email.html.index("Friday, 20")
    assert "Add to your calendar</a>" in email.html


def test_comments_reach_no_reader(theme: Theme, shipped: Issue) -> None:
    item = News(
        title="A title <!-- s3cret -->",
        teaser="Words <!-- s3cret\n\ns3cret --> go on",
        body="<!-- s3cret -->",
    )
    issue = shipped.model_copy(
        update={
            "welcome": "Hello <!-- s3cret -->there",
            "sections": (Section(kind="news", items=(item,)),),
        }
    )
    assert "s3cret" not in render(issue, theme).model_dump_json(exclude={"issue"})


def test_a_merge_tag_within_a_bare_address_stays_what_it_is(theme: Theme, shipped: Issue) -> None:
    issue = shipped.model_copy(
        update={"welcome": "See https://a.org/[[first-name]] and [[first-name]]."}
    )
    email = fill(render(issue, theme), own_values(issue) | {"first-name": "Ada"})
    assert "https://a.org/[[first-name]] and Ada." in email.text


def test_the_text_begins_with_the_lead_and_numbers_what_it_lists(
    theme: Theme, shipped: Issue
) -> None:
    titles = ["First", "Second", "Third", "Fourth", "Fifth"]
    text = render(with_titles(shipped, *titles), theme).text
    contents = text.index("\nIn this issue\n-------------\n")
    assert text.index("\n1. First\n") < contents
    for number, title in enumerate(titles[1:], start=2):
        listed, above_piece = (found.start() for found in re.finditer(f"{number}. {title}", text))
        assert contents < listed < above_piece


def test_a_text_of_a_few_items_has_neither_contents_nor_numbers(
    theme: Theme, shipped: Issue
) -> None:
    text = render(with_titles(shipped, "One", "Two", "Three"), theme).text
    assert "In this issue" not in text
    assert "\nOne\n" in text


def test_an_event_says_where_to_book_and_a_story_has_its_address_alone(
    theme: Theme, shipped: Issue
) -> None:
    event = Event(
        title="A meeting",
        place="Hall",
        starts="2012-04-20 18:30",
        url="https://a.org/e",
        teaser="Come.",
    )
    story = News(title="A story", url="https://a.org/s", teaser="Words.", action="Sign up here")
    plain = News(title="Another", url="https://a.org/p", teaser="Words.")
    sections = (
        Section(kind="news", items=(story, plain)),
        Section(kind="events", items=(event,)),
    )
    email = render(shipped.model_copy(update={"sections": sections}), theme)
    (calendar,) = email.files
    assert "Words.\n\nSign up here\n-> https://a.org/s\n" in email.text
    assert "Words.\n-> https://a.org/p\n" in email.text
    assert (
        f"Come.\n\nBook a place\n-> https://a.org/e\n"
        f"Add to your calendar\n-> {calendar.address}\n" in email.text
    )


def test_the_paragraphs_are_the_text_without_its_line_breaks(theme: Theme, shipped: Issue) -> None:
    email = own_email(render(shipped, theme))
    assert letters(email.paragraphs) == letters(email.text)
    teaser = next(shipped.items).teaser
    assert teaser
    assert any(line.startswith(teaser[:90]) for line in email.paragraphs.split("\n"))


# Formats


@pytest.mark.parametrize("shows", get_args(Shows))
@pytest.mark.parametrize("parts", get_args(Parts))
def test_an_email_has_the_files_that_it_shows_or_links_to(
    theme: Theme, repository: Path, shows: Shows, parts: Parts
) -> None:
    folder = repository / "tests" / "golden" / "everything" / "issues" / "1268a"
    manuscript = read_manuscript(folder)
    pictures = prepare(manuscript)
    format = Format(name="any", shows=shows, parts=parts)
    email = render(manuscript.issue, theme, format, pictures)

    every = render(manuscript.issue, theme, pictures=pictures).files
    seen = [file for file in every if file.address in email.html + email.text]
    assert list(email.files) == seen
    expected = {
        ("teasers", "both"): {"image/png", "text/calendar"},
        ("full", "both"): {"image/png", "text/calendar"},
        ("teasers", "text"): {"text/calendar"},
        ("full", "text"): {"text/calendar"},
    }
    assert {file.bare_type for file in email.files} == expected.get((shows, parts), set())


def test_every_format_has_the_subject_and_preheader_of_the_issue(
    theme: Theme, shipped: Issue
) -> None:
    formats = [
        Format(name="any", shows=shows, parts=parts)
        for shows in get_args(Shows)
        for parts in get_args(Parts)
    ]
    emails = [render(shipped, theme, format) for format in formats]
    assert len({(email.subject, email.preheader) for email in emails}) == 1
    assert [email.format for email in emails] == formats
    assert all(email.issue is shipped for email in emails)


def test_the_leading_format_is_meant_if_none_is_named(theme: Theme, shipped: Issue) -> None:
    text = Format(name="text", shows="headlines", parts="text")
    publication = shipped.publication.model_copy(update={"formats": (text,)})
    issue = shipped.model_copy(update={"publication": publication})
    assert render(issue, theme) == render(issue, theme, text)
    assert render(issue, theme).html == ""
