"""The order in which an email shows an issue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter.email.running_order import FEWEST_FOR_CONTENTS, RunningOrder, running_order
from newsletter.manifest import read_issue
from newsletter.model import Advert, Issue, News, Section


@pytest.fixture(scope="module")
def shipped(repository: Path) -> Issue:
    return read_issue(repository / "issues" / "652")


def news(title: str, **fields: Any) -> News:
    return News(title=title, **fields)


def titles(order: RunningOrder) -> list[str]:
    return [item.title for item in order.items]


def with_sections(issue: Issue, *sections: tuple[Any, ...]) -> Issue:
    made = tuple(Section(kind="news", items=items) for items in sections)
    return issue.model_copy(update={"sections": made})


def test_the_first_item_leads_and_is_not_shown_again(shipped: Issue) -> None:
    order = running_order(shipped)
    assert order.lead is shipped.lead
    assert order.section_of_lead is shipped.sections[0]
    assert titles(order) == [item.title for item in shipped.items]
    assert len(order.sections[0].items) == len(shipped.sections[0].items) - 1


def test_an_item_that_says_so_leads_and_its_empty_section_is_left_out(shipped: Issue) -> None:
    issue = with_sections(shipped, (news("One"), news("Two")), (news("Three", lead=True),))
    order = running_order(issue)
    assert titles(order) == ["Three", "One", "Two"]
    assert len(order.sections) == 1


def test_no_advert_leads_and_none_is_in_the_contents(shipped: Issue) -> None:
    advert = Advert(title="Paid", advertiser="Someone", url="https://a.test/")
    stories = [news(str(number)) for number in range(FEWEST_FOR_CONTENTS)]
    order = running_order(with_sections(shipped, (advert, *stories)))
    assert titles(order) == ["0", "Paid", "1", "2", "3"]
    assert [item.title for item in order.contents[0].items] == ["1", "2", "3"]

    only_adverts = running_order(with_sections(shipped, (advert,)))
    assert only_adverts.lead is None
    assert titles(only_adverts) == ["Paid"]


def test_a_few_items_need_no_contents(shipped: Issue) -> None:
    stories = [news(str(number)) for number in range(FEWEST_FOR_CONTENTS - 1)]
    assert running_order(with_sections(shipped, tuple(stories))).contents == ()


def test_items_are_numbered_in_reading_order_but_adverts_are_not(shipped: Issue) -> None:
    advert = Advert(title="Paid", advertiser="Someone", url="https://a.test/")
    order = running_order(
        with_sections(shipped, (news("A"), advert, news("B")), (news("C"), news("D", lead=True)))
    )
    by_title = {item.title: order.numbers.get(item.key) for item in order.items}
    assert by_title == {"D": 1, "A": 2, "Paid": None, "B": 3, "C": 4}


def test_without_contents_nothing_is_numbered(shipped: Issue) -> None:
    assert running_order(with_sections(shipped, (news("A"), news("B")))).numbers == {}


def test_headlines_are_all_listed_from_the_lead_on_and_all_numbered(shipped: Issue) -> None:
    advert = Advert(title="Paid", advertiser="Someone", url="https://a.test/")
    order = running_order(
        with_sections(shipped, (news("A"), advert), (news("B", lead=True),)), "headlines"
    )
    assert [item.title for section in order.contents for item in section.items] == [
        "B",
        "A",
        "Paid",
    ]
    assert [order.numbers[item.key] for item in order.items] == [1, 2, 3]


def test_the_section_of_the_lead_is_named_once_if_it_goes_on(shipped: Issue) -> None:
    listed = running_order(shipped, "headlines").contents
    assert [section.kind for section in listed] == ["comment", "news", "reviews"]
    assert listed[0].items == shipped.sections[0].items

    leading = shipped.sections[1].items[-1].model_copy(update={"lead": True})
    news_section = shipped.sections[1].model_copy(
        update={"items": (*shipped.sections[1].items[:-1], leading)}
    )
    comment, _, reviews = shipped.sections
    issue = shipped.model_copy(update={"sections": (comment, news_section, reviews)})
    listed = running_order(issue, "headlines").contents
    assert [section.kind for section in listed] == ["news", "comment", "news", "reviews"]


def test_in_full_the_contents_have_the_lead_as_well_but_no_adverts(shipped: Issue) -> None:
    advert = Advert(title="Paid", advertiser="Someone", url="https://a.test/")
    stories = [news(title) for title in "ABCD"]
    order = running_order(with_sections(shipped, (advert, *stories)), "full")
    assert [item.title for item in order.contents[0].items] == ["A", "B", "C", "D"]
    assert [order.numbers.get(item.key) for item in order.items] == [1, None, 2, 3, 4]
    assert running_order(with_sections(shipped, (news("A"), news("B"))), "full").contents == ()
