"""What editor-only-link must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Plant

ISSUE = "issues/652/issue.yaml"
REVIEW = "https://www.bionews.org.uk/page_93535"
SAFE_LINK = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.bionews.org.uk%2Fpage_93535&data=05"
MISTAKES: dict[str, Plant] = {
    "a link out of Outlook": lambda room: room.change(ISSUE, REVIEW, SAFE_LINK),
    "a page that is being edited": lambda room: room.change(
        ISSUE, REVIEW, "https://www.bionews.org.uk/wp-admin/post.php?post=93535&action=edit"
    ),
    "an address that begins twice": lambda room: room.change(
        ISSUE, REVIEW, "https://https//www.bionews.org.uk/page_93535"
    ),
    "an address that was cut short": lambda room: room.change(
        ISSUE, REVIEW, "https://www.bionews.org.uk/pag…"
    ),
}
