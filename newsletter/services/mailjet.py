"""Mailjet. It has no tag for the postal address."""

from newsletter.model import MergeTagName

MERGE_TAGS: dict[MergeTagName, str] = {
    "unsubscribe": "[[UNSUB_LINK_EN]]",
    "web-version": "[[PERMALINK]]",
    "first-name": '[[data:firstname:"reader"]]',
}
