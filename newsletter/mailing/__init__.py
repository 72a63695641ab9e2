"""What all mailing services share: what they must be able to do, requests over HTTP, and how secrets are kept."""

from newsletter.mailing.service import (
    Campaign,
    Capability,
    Outgoing,
    Profile,
    Service,
    Status,
)
from newsletter.mailing.settings import Setting, Settings
from newsletter.mailing.syntax import Lookalike, Openings, Syntax
from newsletter.model import Audience

__all__ = [
    "Audience",
    "Campaign",
    "Capability",
    "Lookalike",
    "Openings",
    "Outgoing",
    "Profile",
    "Service",
    "Setting",
    "Settings",
    "Status",
    "Syntax",
]
