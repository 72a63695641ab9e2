"""What suspicious-link must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

_OWN = "https://www.bionews.org.uk/page_93535"
MISTAKES: dict[str, Plant] = {
    "a number for a host": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, "https://192.0.2.7/page_93535"
    ),
    "a port": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, "https://www.bionews.org.uk:8443/page_93535"
    ),
    "a user": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, "https://bionews@www.bionews.org.uk/page_93535"
    ),
    "a Cyrillic letter in a Latin name": lambda room: room.change(
        "issues/652/issue.yaml", _OWN, "https://www.biоnews.org.uk/page_93535"
    ),
    "a scheme that is blocked": lambda room: room.theme(
        "parts/footer.html.j2", '"{{ publication.archive }}"', '"javascript:history.back()"'
    ),
}
