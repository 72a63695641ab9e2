"""Brevo. It has no tag for the postal address."""

from newsletter.model import MergeTagName

MERGE_TAGS: dict[MergeTagName, str] = {
    "unsubscribe": "{{ unsubscribe }}",
    "web-version": "{{ mirror }}",
    "first-name": "{{ contact.FIRSTNAME|default:'reader' }}",
}
