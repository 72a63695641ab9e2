"""Mailing services, one file each. So far each says how its merge tags are written."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from newsletter.model import MergeTagName

NAMES = ("brevo", "buttondown", "listmonk", "mailchimp", "mailjet", "sendgrid")


def merge_tags_of(service: str) -> Mapping[MergeTagName, str]:
    """The service's own merge tags; without those that it does not have. Raises KeyError for an unknown service."""
    if service not in NAMES:
        raise KeyError(service)
    tags: Mapping[MergeTagName, str] = import_module(f"newsletter.services.{service}").MERGE_TAGS
    return tags
