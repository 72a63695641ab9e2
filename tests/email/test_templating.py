"""The values that templates are given."""

from __future__ import annotations

from pathlib import Path

from newsletter.email.calendar import calendars
from newsletter.email.rendering import render
from newsletter.email.template_values import VALUES, values
from newsletter.manifest import read_issue
from newsletter.model import Issue, Job, News, Person, Review, Section, Work
from newsletter.pictures.preparing import NO_PICTURES
from newsletter.theme import compile_theme


def given(issue: Issue, repository: Path) -> dict[str, object]:
    return values(
        issue,
        compile_theme("bionews", repository / "templates"),
        issue.publication.leading_format,
        NO_PICTURES,
        calendars(issue),
        "Subject",
        "Preheader",
    )


def test_templates_are_given_what_theme_check_takes_for_known(repository: Path) -> None:
    assert set(given(read_issue(repository / "issues" / "652"), repository)) == set(VALUES)


def test_a_title_that_runs_the_other_way_is_set_apart(repository: Path) -> None:
    issue = read_issue(repository / "issues" / "652")
    section = Section(kind="news", items=(News(title="שלום (1)"), News(title="Peace (1)")))
    html = render(
        issue.model_copy(update={"sections": (section,)}),
        compile_theme("bionews", repository / "templates"),
    ).html
    assert "<bdi>שלום (1)</bdi>" in html
    assert "<bdi>Peace" not in html


def test_what_a_word_was_filled_with_is_escaped_once(repository: Path) -> None:
    authors = (Person(name="Ann Author", role="R & D"), Person(name="Bob <b>"))
    work = Work(kind="book", title="Book", publisher="P & Q")
    review = Review(title="Review", authors=authors, work=work)
    job = Job(title="Job", employer="E & F", place="G & H", teaser="T.")
    sections = (Section(kind="reviews", items=(review,)), Section(kind="jobs", items=(job,)))
    issue = read_issue(repository / "issues" / "652").model_copy(update={"sections": sections})
    html = render(issue, compile_theme("bionews", repository / "templates")).html
    for written in ("R &amp; D", "Bob &lt;b&gt;", "P &amp; Q", "E &amp; F", "G &amp; H"):
        assert written in html
    assert "&amp;amp;" not in html
    assert "&amp;lt;" not in html
