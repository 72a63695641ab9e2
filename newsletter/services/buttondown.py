"""Buttondown; its tags are those of Django templates. It has none for the postal address."""

from newsletter.model import MergeTagName

MERGE_TAGS: dict[MergeTagName, str] = {
    "unsubscribe": "{{ unsubscribe_url }}",
    "web-version": "{{ email.absolute_url }}",
    "first-name": '{{ subscriber.metadata.first_name|default:"reader" }}',
}
