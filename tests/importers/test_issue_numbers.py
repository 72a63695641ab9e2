"""The issue that a post says it appeared in; a number that may be anything is none."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.importers.issue_numbers import numbers_of


def post(text: str = "", terms: Any = (), meta: Any = ()) -> dict[str, Any]:
    named = [{"taxonomy": taxonomy, "name": name} for taxonomy, name in terms]
    return {
        "content": {"rendered": text},
        "_embedded": {"wp:term": [named]},
        "meta": [list(field) for field in meta],
    }


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        (post("<p>Appeared in BioNews 596</p><p>Words.</p>"), ("596",)),
        (post("Published in News and appears in <a href='/n/'>BioNews 1268A</a>."), ("1268a",)),
        (post("This appeared in&nbsp;BioNews issue 7"), ("7",)),
        (post("It appeared in BioNews 5 and appears in BioNews 6."), ("5", "6")),
        (post(terms=[("category", "BioNews 652"), ("category", "News")]), ("652",)),
        (post(terms=[("issue", "652")]), ("652",)),
        (post(terms=[("post_tag", "Issue #12")]), ("12",)),
        (post(meta=[("bionews_issue_number", "652")]), ("652",)),
        (post(meta=[("appears", "BioNews 652")]), ("652",)),
        (post("Appeared in BioNews 1", [("category", "BioNews 2")]), ("2",)),
        (post("(see BioNews 652), and more in BioNews 653"), ()),
        (post("It appeared in Nature 596."), ()),
        (post("Appeared in BioNews"), ()),
        (post(terms=[("category", "2011"), ("category", "News 5")]), ()),
        (post(meta=[("_issue", "652"), ("issue_id", "652"), ("views", "652")]), ()),
        (post(meta=[("issue", "field_5f")]), ()),
    ],
    ids=[
        *("text", "linked", "issue", "two", "category", "taxonomy", "tag", "field", "named-field"),
        *("first", "see", "elsewhere", "no-number", "years", "ids", "words"),
    ],
)
def test_numbers(said: dict[str, Any], numbers: tuple[str, ...]) -> None:
    assert numbers_of(said, "BioNews").numbers == numbers
