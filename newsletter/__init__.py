"""The newsletter issue builder: a numbered issue in, an HTML and a plain-text email out.

    issue = read_issue(Path("issues/652"))
    theme = compile_theme(issue.publication.theme, Path("templates"), direction=issue.publication.direction)
    email = fill(render(issue, theme), own_values(issue))
    message = to_message(email)

    report = preflight(galley_of(Path("issues/652")))
    draft = hand_over(report, Path("issues/652"), reach("mailchimp", Path("issues/652"), audience), by=…, confirm=…)

Names are loaded when they are first used, so that a command pays only for what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsletter.building import galley_of
    from newsletter.errors import (
        HandoverError,
        ManifestError,
        NewsletterError,
        PreflightError,
        Problem,
        ServiceError,
        ThemeError,
    )
    from newsletter.galley import Galley
    from newsletter.handover import hand_over, reach
    from newsletter.manifest import read_issue, write_issue
    from newsletter.merge_tags import fill, own_values
    from newsletter.message import to_message
    from newsletter.model import Draft, Email, Finding, Issue, Item, Publication, Report, Section
    from newsletter.proofreading import preflight
    from newsletter.rendering import render
    from newsletter.theme import Theme, compile_theme

_PLACES = {
    "building": ("galley_of",),
    "errors": (
        *("HandoverError", "ManifestError", "NewsletterError", "PreflightError", "Problem", "ServiceError"),
        "ThemeError",
    ),
    "galley": ("Galley",),
    "handover": ("hand_over", "reach"),
    "manifest": ("read_issue", "write_issue"),
    "merge_tags": ("fill", "own_values"),
    "message": ("to_message",),
    "model": ("Draft", "Email", "Finding", "Issue", "Item", "Publication", "Report", "Section"),
    "proofreading": ("preflight",),
    "rendering": ("render",),
    "theme": ("Theme", "compile_theme"),
}
_ROOMS = {name: room for room, names in _PLACES.items() for name in names}

__version__ = "0.1.0"
__all__ = [
    "Draft",
    "Email",
    "Finding",
    "Galley",
    "HandoverError",
    "Issue",
    "Item",
    "ManifestError",
    "NewsletterError",
    "PreflightError",
    "Problem",
    "Publication",
    "Report",
    "Section",
    "ServiceError",
    "Theme",
    "ThemeError",
    "compile_theme",
    "fill",
    "galley_of",
    "hand_over",
    "own_values",
    "preflight",
    "reach",
    "read_issue",
    "render",
    "to_message",
    "write_issue",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'newsletter' has no attribute '{name}'")
    return getattr(import_module(f"newsletter.{_ROOMS[name]}"), name)
