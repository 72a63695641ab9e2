"""Mailchimp. What stands in for a missing name is set on its audience field."""

from newsletter.model import MergeTagName

MERGE_TAGS: dict[MergeTagName, str] = {
    "unsubscribe": "*|UNSUB|*",
    "web-version": "*|ARCHIVE|*",
    "first-name": "*|FNAME|*",
    "address": "*|HTML:LIST_ADDRESS_HTML|*",
}
