"""SendGrid; its tags are those of Handlebars."""

from newsletter.model import MergeTagName

MERGE_TAGS: dict[MergeTagName, str] = {
    "unsubscribe": "{{{unsubscribe}}}",
    "web-version": "{{weblink}}",
    "first-name": '{{ insert first_name "default=reader" }}',
    "address": "{{Sender_Address}}",
}
