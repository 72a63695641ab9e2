"""What is true of all nouns: what a program gives is checked, items have keys, and types say what readers see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from newsletter import ModelError, NewsletterError, own_values, write_issue
from newsletter.model import (
    Draft,
    Email,
    Issue,
    Item,
    News,
    Noun,
    Person,
    Publication,
    Review,
    Section,
    Source,
    Work,
)
from newsletter.model.fields import Seen
from newsletter.model.names import names_of
from newsletter.model.walking import texts
from tests.strategies import PUBLICATION


def issue_of(*items: Item, **fields: Any) -> Issue:
    section = Section(kind=fields.pop("kind", "news"), items=items)
    given = {"publication": PUBLICATION, "number": "652", "date": date(2012, 4, 16)}
    return Issue(**(given | {"sections": (section,)} | fields))


# What a program gives


@pytest.mark.parametrize(
    "noun", [Draft, Email, Issue, News, Person, Publication, Review, Section, Source, Work]
)
def test_a_noun_without_its_fields_is_refused_in_our_words(noun: type[Noun]) -> None:
    with pytest.raises(NewsletterError) as refusal:
        noun()
    assert {problem.path.name for problem in refusal.value.problems} == {noun.__name__}
    assert all("Field required" in problem.message for problem in refusal.value.problems)


def test_a_refusal_says_what_is_wrong_and_what_to_do() -> None:
    with pytest.raises(ModelError) as refusal:
        News(title="Two\nlines")
    assert str(refusal.value) == (
        "News: title: There is a line break in this text. "
        "Put it on one line, with spaces between words."
    )


def test_every_fault_is_reported_also_in_nouns_within_nouns() -> None:
    item = {"kind": "news", "title": "", "authors": ["*A*", {"name": "B", "role": "two\nlines"}]}
    sections = [{"kind": "news", "items": [item]}, {"kind": "nothing", "items": []}]
    with pytest.raises(ModelError) as refusal:
        Issue(publication=PUBLICATION, number="x", date="2012", sections=sections)
    fields = {problem.message.partition(":")[0] for problem in refusal.value.problems}
    assert fields == {
        "number",
        "date",
        "sections.0.items.0.news.title",
        "sections.0.items.0.news.authors.0.name",
        "sections.0.items.0.news.authors.1.role",
        "sections.1.kind",
        "sections.1.items",
    }


def test_what_is_read_from_data_or_json_is_refused_in_the_same_way() -> None:
    with pytest.raises(ModelError, match=r"^Person: name: This is empty\."):
        Person.model_validate({"name": " "})
    with pytest.raises(ModelError, match=r"^Person: name: This is empty\."):
        Person.model_validate_json('{"name": ""}')
    with pytest.raises(ModelError, match=r"^Person: Invalid JSON"):
        Person.model_validate_json("{")


def test_a_noun_never_changes() -> None:
    issue = issue_of(News(title="Palaces"))
    with pytest.raises(ModelError, match=r"^Issue: number: Instance is frozen\."):
        issue.number = "653"  # type: ignore[misc]
    assert issue.number == "652"


# Keys


def test_items_that_are_alike_have_keys_of_their_own() -> None:
    story = News(title="Palaces", authors=(Person(name="A. Author"),))
    issue = issue_of(story, story, News(title="Palaces", authors=(Person(name="A. Author"),)))
    assert [item.key for item in issue.items] == ["palaces", "palaces-2", "palaces-3"]
    assert len(set(issue.items)) == 3
    assert story.key == ""


def test_other_sections_get_keys_too() -> None:
    issue = issue_of(News(title="Palaces"))
    other = issue_of(News(title="Gardens"), News(title="Palaces")).sections
    both = issue.model_copy(update={"sections": (*issue.sections, *other)})
    assert [item.key for item in both.items] == ["palaces", "gardens", "palaces-3"]
    assert [item.key for item in issue.items] == ["palaces"]


def test_a_key_is_no_field_that_an_editor_can_write() -> None:
    with pytest.raises(ModelError, match="key: Extra inputs are not permitted"):
        News.model_validate({"title": "Palaces", "key": "gardens"})
    assert "key" not in issue_of(News(title="Palaces")).model_dump_json()


# What readers see


def test_texts_come_in_the_order_of_the_fields_and_say_where_they_are() -> None:
    work = Work(kind="book", title="Palaces", isbn=("978-0-00-000000-2", "TODO"))
    review = Review(title="A review", authors=({"name": "A"},), body="*Words*", work=work)
    issue = issue_of(review, kind="reviews", subject="A subject")
    found = [text for text in texts(issue) if text.way[0] != "publication"]
    at = ("sections", 0, "items", 0)
    assert [(text.way_to_field, text.entry, text.seen, text.value) for text in found] == [
        (("subject",), None, Seen.LINE, "A subject"),
        ((*at, "title"), None, Seen.LINE, "A review"),
        ((*at, "authors", 0, "name"), None, Seen.LINE, "A"),
        ((*at, "body"), None, Seen.MARKDOWN, "*Words*"),
        ((*at, "work", "title"), None, Seen.LINE, "Palaces"),
        ((*at, "work", "isbn"), 0, Seen.LINE, "978-0-00-000000-2"),
        ((*at, "work", "isbn"), 1, Seen.LINE, "TODO"),
    ]
    assert found[-1].noun is next(issue.items).work  # type: ignore[union-attr]


def test_what_no_reader_sees_is_no_text() -> None:
    ignores = [{"rule": "link-text", "item": "Palaces", "reason": "It is the name of a page."}]
    changed = {"ignore": ignores, "audience": "a1", "merge_tag_samples": {"first-name": "A"}}
    publication = Publication.model_validate(PUBLICATION.model_dump() | changed)
    assert list(texts(publication)) == [
        text._replace(noun=publication) if isinstance(text.noun, Publication) else text
        for text in texts(PUBLICATION.model_copy(update=changed | {"ignore": ()}))
    ]
    fields = {text.field for text in texts(publication)}
    assert not fields & {"rule", "reason", "item", "audience", "time_zone", "theme", "service"}


def test_a_name_means_the_same_in_every_noun() -> None:
    """The files are searched by the names of fields before they are nouns."""
    kinds = [names_of(kind) for kind in Seen]
    assert sum(map(len, kinds)) == len(frozenset[str]().union(*kinds))


# The verbs


def test_the_verbs_take_only_nouns_that_are_sound(tmp_path: Any) -> None:
    issue = issue_of(News(title="Palaces"))
    assert own_values(issue)
    write_issue(issue, tmp_path)
    with pytest.raises(NewsletterError):
        write_issue(issue_of(), tmp_path)
