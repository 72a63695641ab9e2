"""An email on its way: one unsubscribe link in each part, a marker of its own, and no text that looks like a tag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.report import Report
from newsletter.email.merge_tags import token
from newsletter.errors import HandoverError
from newsletter.handover import outgoing_of
from newsletter.handover.outgoing import test_of as as_test
from newsletter.services import profile_of
from newsletter.services.protocol import Outgoing
from tests.handover.standin import of_issue, published_by, ready, with_email
from tests.services.scenes import Newsletter

MAILCHIMP, LISTMONK = profile_of("mailchimp"), profile_of("listmonk")


# --- unsubscribing


@pytest.mark.parametrize(("part", "name"), [("html", "HTML"), ("text", "plain text")])
@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "has no unsubscribe link;"),
        (2, "has 2 unsubscribe links;"),
        (3, "has 3 unsubscribe links;"),
    ],
)
def test_each_part_has_one_unsubscribe_link(
    report: Report, part: str, name: str, count: int, told: str
) -> None:
    content = getattr(report.email, part).replace(
        token("unsubscribe"), count * f"{token('unsubscribe')} "
    )
    galley = with_email(report, **{part: content}).galley
    with pytest.raises(HandoverError, match=f"The {name} {told} it must have one") as error:
        outgoing_of(galley, MAILCHIMP, "r1")
    assert str(error.value).count("newsletter explain unsubscribe") == 1


def test_it_has_one_for_the_folder_as_well(report: Report) -> None:
    html = report.email.html.replace(token("unsubscribe"), "https://www.bionews.org.uk/unsubscribe")
    with pytest.raises(HandoverError, match="no unsubscribe link"):
        outgoing_of(with_email(report, html=html).galley, profile_of("folder"), "")


def test_the_title_is_the_subject_as_readers_see_it(report: Report) -> None:
    galley = with_email(report, subject="Genes {{ and }} us").galley
    for made in (outgoing_of(galley, LISTMONK, "3"), as_test(galley, LISTMONK)):
        assert "Safe" in made.subject
        assert made.title.removeprefix("[Test] ") == "Genes {{ and }} us"


def test_each_tag_is_the_services_own_in_both_parts(report: Report) -> None:
    outgoing = outgoing_of(report.galley, MAILCHIMP, "r1")
    for before, after, tags in (
        (report.email.html, outgoing.html, MAILCHIMP.merge_tags),
        (report.email.text, outgoing.text, {**MAILCHIMP.merge_tags, **MAILCHIMP.text_tags}),
    ):
        assert after.count(tags["unsubscribe"]) == 1
        assert {name: after.count(tag) for name, tag in tags.items()} == {
            name: before.count(token(name)) for name in tags
        }
        assert not {"\ufdd0", "\ufdd1"} & set(after)


def test_files_may_have_the_tags_of_another_service(report: Report) -> None:
    folder = profile_of("folder")
    assert outgoing_of(report.galley, folder, "", MAILCHIMP).email == (
        outgoing_of(report.galley, MAILCHIMP, "r1").email
    )
    own = outgoing_of(report.galley, folder, "")
    assert report.email.issue.publication.unsubscribe in own.html
    assert "*|" not in own.html + own.text


# --- how it is called


def named(report: Report, number: str = "652", name: str = "BioNews") -> Galley:
    """The galley, of another issue or publication."""
    return of_issue(published_by(report, name=name), number=number).galley


@pytest.fixture
def outgoing(report: Report) -> Callable[..., Outgoing]:
    """The issue on its way, by number and name of its publication."""
    return lambda *names: outgoing_of(named(report, *names), MAILCHIMP, "r1")


def test_the_marker_is_the_same_wherever_it_is_made(
    report: Report, newsletter_folder: Path
) -> None:
    here = outgoing_of(report.galley, MAILCHIMP, "r1")
    elsewhere = ready(newsletter_folder / "issues" / "652")
    changed = with_email(elsewhere, subject="Another", html=report.email.html + "<p>")
    there = outgoing_of(changed.galley, profile_of("listmonk"), "77")
    assert here.marker == there.marker == "[newsletter:652:11fe0313]"
    assert here.name == there.name == "BioNews 652 [newsletter:652:11fe0313]"


def test_every_issue_and_publication_has_its_own_and_none_is_part_of_another(
    outgoing: Callable[..., Outgoing],
) -> None:
    numbers = ("6", "65", "652", "652a", "52", "6520", "1652")
    made = [
        outgoing(number, name)
        for number in numbers
        for name in ("BioNews", "bionews", "BioNews 652", "Nature")
    ]
    for one in made:
        assert [other.name for other in made if one.marker in other.name] == [one.name]


LONG = "Newsletter of the Society for the Study of Assisted Conception and its Consequences for Families, Law and Ethics"


@pytest.mark.parametrize(
    "name", ["B", LONG, 40 * "遺伝", 60 * "👪", 60 * "נ", "[newsletter:1:x] [Test]", LONG[:60]]
)
def test_a_name_is_short_enough_for_every_service_and_keeps_its_marker(
    outgoing: Callable[..., Outgoing], report: Report, name: str
) -> None:
    for number in ("1", "999999999z"):
        made = outgoing(number, name)
        test = as_test(named(report, number, name), MAILCHIMP)
        for each in (made, test):
            assert len(each.name) <= 100
            assert each.name.endswith(each.marker)
            assert each.name.count(each.marker) == 1
        assert made.name.startswith(name[:40])


@given(
    st.text(min_size=1, max_size=200).filter(str.strip),
    st.from_regex(r"[1-9][0-9]{0,8}[a-z]?", fullmatch=True),
)
def test_any_name_and_number_make_a_marker_of_ascii(
    built: Newsletter, name: str, number: str
) -> None:
    test = as_test(named(built.first, number, name), MAILCHIMP)
    assert test.marker.isascii()
    assert test.marker.startswith(f"[newsletter-test:{number}:")
    assert test.name.endswith(f" {test.marker}")
    assert len(test.name) <= 100


def test_a_test_has_a_name_of_its_own_and_no_audience(
    outgoing: Callable[..., Outgoing], report: Report
) -> None:
    own, test = outgoing(), as_test(report.galley, MAILCHIMP)
    assert test.name == "[Test] BioNews 652 [newsletter-test:652:11fe0313]"
    assert test.subject == f"[Test] {own.subject}"
    assert test.audience == ""
    assert own.marker not in test.name
    assert test.marker not in own.name
    assert (test.html, test.text, test.preheader) == (own.html, own.text, own.preheader)


def test_where_tests_are_not_filled_the_publications_own_values_stand_in_them(
    report: Report,
) -> None:
    test = as_test(report.galley, replace(MAILCHIMP, fills_tests=False))
    assert "*|" not in test.html + test.text
    assert report.email.issue.publication.unsubscribe in test.text


def test_who_sends_it_is_the_publication_where_no_name_is_written(report: Report) -> None:
    nameless = published_by(
        report, sender="news@example.org", reply_to="Answers <answers@example.org>"
    )
    outgoing = outgoing_of(nameless.galley, MAILCHIMP, "r1")
    assert outgoing.sender == ("BioNews", "news@example.org")
    assert outgoing.reply_to == "answers@example.org"


# --- literal text


def written(folder: Path, old: str, new: str) -> tuple[Galley, int]:
    """The galley after a change of issue 652, and the line of the change."""
    issue = folder / "issues" / "652"
    manifest = issue / "issue.yaml"
    text = manifest.read_text("utf-8")
    assert text.count(old) == 1
    manifest.write_text(text.replace(old, new), "utf-8")
    return galley_of(issue), text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("title: Boost to egg", "title: Dear *|FNAME|* a boost to egg", "*|FNAME|*"),
        ("A hospital in Rome meets", "A hospital *| in Rome meets", "*|"),
        ("number: 652\n", "number: 652\nsubject: 652 x*|UNSUB|*y\n", "x*|UNSUB|*y"),
        ("number: 652\n", "number: 652\npreheader: 'Now: *|IF:X|*'\n", "*|IF:X|*"),
    ],
)
def test_text_that_looks_like_a_tag_is_refused_with_its_place(
    newsletter_folder: Path, old: str, new: str, word: str
) -> None:
    galley, line = written(newsletter_folder, old, new)
    line += new.split(word)[0].count("\n")
    with pytest.raises(HandoverError) as error:
        outgoing_of(galley, MAILCHIMP, "r1")
    (problem,) = error.value.problems
    assert (problem.path, problem.line) == (galley.folder.manifest, line)
    assert (
        problem.message
        == f"'{word}' looks like a merge tag of Mailchimp, which has no way to write it as text."
    )
    with pytest.raises(HandoverError, match="looks like a merge tag of Mailchimp"):
        as_test(galley, MAILCHIMP)
    for harmless in ("folder", "smtp"):
        outgoing = outgoing_of(galley, profile_of(harmless), "")
        assert word in outgoing.subject + outgoing.preheader + outgoing.text
    with pytest.raises(HandoverError, match="looks like a merge tag of Mailchimp"):
        outgoing_of(galley, profile_of("folder"), "", MAILCHIMP)


def test_the_place_is_that_of_the_issue_that_was_checked_whatever_was_written_since(
    newsletter_folder: Path,
) -> None:
    galley, line = written(newsletter_folder, "title: Boost to egg", 'title: "*|FNAME|*" #')
    galley.folder.manifest.write_text("number: [", "utf-8")
    place = rf"issue\.yaml:{line}: '\*\|FNAME\|\*' looks like a merge tag"
    with pytest.raises(HandoverError, match=place):
        outgoing_of(galley, MAILCHIMP, "r1")


def test_a_word_that_is_written_nowhere_as_it_is_names_the_issue(report: Report) -> None:
    changed = with_email(report, text=report.email.text + "*|MADE BY THE THEME|*")
    with pytest.raises(HandoverError, match=r"issue\.yaml: '\*\|MADE' looks like"):
        outgoing_of(changed.galley, MAILCHIMP, "r1")


def test_in_html_alone_it_is_hidden_from_the_service(report: Report) -> None:
    html = report.email.html.replace("</body>", "<p>*|FNAME|*</p></body>")
    outgoing = outgoing_of(with_email(report, html=html).galley, MAILCHIMP, "r1")
    assert "<p>&#42;|FNAME|*</p>" in outgoing.html
