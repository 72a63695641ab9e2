"""What tracking-parameter must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

_OWN = "https://www.bionews.org.uk/page_93535"
MISTAKES: dict[str, Plant] = {
    "the mark of one click": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, f"{_OWN}?fbclid=IwAR0aBcDeFg"
    ),
    "the email address of one reader": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, f"{_OWN}?email=reader@bionews.org.uk"
    ),
    "the mark of last week's issue": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, f"{_OWN}?utm_source=newsletter&utm_campaign=bionews-651"
    ),
}
