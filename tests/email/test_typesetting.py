"""What readers see is in type, wherever it is shown; what editors wrote stays in the issue."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from newsletter.email.rendering import render
from newsletter.email.typesetting import lines_in_type
from newsletter.manifest import read_issue
from newsletter.model import Comment, Email, Event, Issue, News, Review, Section
from newsletter.model.fields import Seen
from newsletter.model.walking import texts, with_texts
from newsletter.theme import Theme, compile_theme
from tests.strategies import PUBLICATION

REVIEW: dict[str, Any] = {
    "title": "'The Cell' - a review",
    "url": "https://a.org/it's--x",
    "body": "It's a 'cell', says Dr Smith...",
    "work": {
        "kind": "book",
        "title": "The *Cell's* Life",
        "credits": ["By Dr O'Brien"],
        "isbn": ["978-0-571-22414-2"],
        "venue": "165 Queen's Gate, London SW7 5HD",
        "links": [
            {"label": "'Hardback'", "links": [{"name": "Foyle's", "url": "https://a.org/--"}]}
        ],
    },
}


@pytest.fixture(scope="module")
def theme(repository: Path) -> Theme:
    return compile_theme("bionews", repository / "templates")


def issue_of(*items: Any, **publication: Any) -> Issue:
    kinds: dict[type, str] = {News: "news", Comment: "comment", Review: "reviews", Event: "events"}
    sections = [Section(kind=kinds[type(item)], items=(item,)) for item in items]
    fields = {**PUBLICATION.model_dump(by_alias=True), **publication}
    return Issue.model_validate(
        {"publication": fields, "number": "7", "date": "2030-01-07", "sections": sections}
    )


def rendered(theme: Theme, *items: Any, **publication: Any) -> Email:
    return render(issue_of(*items, **publication), theme)


def test_titles_texts_works_and_names_are_in_type_in_both_parts(theme: Theme) -> None:
    email = rendered(theme, Review(**REVIEW))
    shown = (
        "‘The Cell’\xa0– a review",
        "It’s a ‘cell’, says Dr\xa0Smith…",
        "By Dr\xa0O’Brien",
        "165 Queen’s Gate, London SW7\xa05HD",
        "‘Hardback’",
        "Foyle’s",
        "978-0-571-22414-2",
        "https://a.org/it's--x",
    )
    for part in (unescape(email.html), email.text):
        for text in shown:
            assert text in part
    assert "<em>Cell’s</em>" in email.html


def test_dates_that_the_theme_writes_stay_on_one_line(theme: Theme) -> None:
    event = Event(title="A talk", place="London", starts="2030-01-08 18:30")
    email = rendered(theme, event)
    assert "7\xa0January\xa02030" in email.text
    assert "8\xa0January\xa02030" in email.text


def test_one_switch_leaves_all_as_it_is_typed(theme: Theme) -> None:
    email = rendered(theme, Review(**REVIEW), typography=False)
    for part in (unescape(email.html), email.text):
        assert "'The Cell' - a review" in part
        assert "It's a 'cell', says Dr Smith..." in part
        assert "’" not in part


def test_a_language_without_rules_is_left_as_it_is(theme: Theme) -> None:
    issue = issue_of(News(title="צה\"ל - 'x'..."), language="he")
    assert lines_in_type(issue) is issue


def test_subject_and_preheader_are_in_type_with_ordinary_spaces(theme: Theme) -> None:
    news = News(title="Dr Smith's 'cell' - of 16 April")
    other = Comment(title="It's No. 5 that Professor Jones says", body="So.")
    email = rendered(theme, news, other)
    assert email.subject.endswith("7: Dr Smith’s ‘cell’ – of 16 April")
    assert email.preheader == "It’s No. 5 that Professor Jones says"

    email = rendered(theme, News(title="One", body="It's Dr Smith's."))
    assert email.preheader == "It’s Dr Smith’s."


def test_the_issue_of_an_email_is_as_it_was_written(theme: Theme) -> None:
    issue = issue_of(Review(**REVIEW))
    assert render(issue, theme).issue is issue
    assert next(issue.items).title == "'The Cell' - a review"


def test_items_keep_their_keys_and_what_does_not_change_is_the_same() -> None:
    issue = issue_of(News(title="It's of 2010--2012"), Comment(title="Two"))
    typeset = lines_in_type(issue)
    assert [item.key for item in typeset.items] == [item.key for item in issue.items]
    assert typeset.sections[0].items[0].title == "It’s of 2010–2012"
    assert typeset.sections[1] is issue.sections[1]
    assert lines_in_type(typeset) is typeset


def test_a_welcome_is_in_type_around_its_merge_tags(theme: Theme) -> None:
    welcome = "Dear [[first-name]]: '[[first-name]]' isn't *\"you\"*"
    email = rendered(theme, News(title="One"), welcome=welcome)
    assert "Dear \ufdd0first-name\ufdd1: ‘\ufdd0first-name\ufdd1’ isn’t “you”" in email.text


def test_every_text_that_readers_see_can_be_changed() -> None:
    issue = read_issue(Path(__file__).parents[1] / "golden" / "everything" / "issues" / "1268a")
    seen: list[tuple[str, Seen]] = []

    def noted(text: str, kind: Seen) -> str:
        seen.append((text, kind))
        return text

    assert with_texts(issue, noted) is issue
    assert seen == [(text.value, text.seen) for text in texts(issue)]

    changed = with_texts(issue, lambda text, _: f"{text}!")
    assert [text.value for text in texts(changed)] == [f"{text.value}!" for text in texts(issue)]
