"""The newsletter issue builder: a numbered issue in, an HTML and a plain-text email out.

    manuscript = read_manuscript(Path("issues/652"))
    issue = manuscript.issue
    publication = issue.publication
    theme = compile_theme(
        publication.theme,
        Path("templates"),
        direction=publication.direction,
        language=publication.language,
    )
    pictures = prepare(manuscript)
    for format in publication.every_format:
        email = fill(render(issue, theme, format, pictures), own_values(issue))
        message = to_message(email)

    report = preflight(galley_of(Path("issues/652")))
    project = report.folder.project
    destinations = connect_formats("mailchimp", project, publication.every_format)
    drafts = hand_over(report, destinations, by=…, confirm=…)

A publication without formats has one in ``every_format``, for its audience.

Names are loaded when they are first used, so that a command pays only for what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from newsletter._version import __version__ as __version__

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley, galley_of
    from newsletter.checks.preflight import preflight
    from newsletter.checks.report import Report
    from newsletter.email.merge_tags import fill, own_values
    from newsletter.email.message import to_message
    from newsletter.email.rendering import render
    from newsletter.errors import (
        HandoverError,
        ManifestError,
        ModelError,
        NewsletterError,
        PluginError,
        PreflightError,
        ServiceError,
        ThemeError,
    )
    from newsletter.handover import connect_formats, connect_to, hand_over
    from newsletter.manifest import IssueFolder, Project, read_issue, read_manuscript
    from newsletter.manifest.writing import write_issue
    from newsletter.model import Draft, Email, Finding, Format, Issue, Item, Publication, Section
    from newsletter.pictures.preparing import Pictures, prepare
    from newsletter.problem import Problem
    from newsletter.theme import Theme, compile_theme

_PLACES = {
    "checks.galley": ("Galley", "galley_of"),
    "checks.preflight": ("preflight",),
    "checks.report": ("Report",),
    "email.merge_tags": ("fill", "own_values"),
    "email.message": ("to_message",),
    "email.rendering": ("render",),
    "errors": (
        "HandoverError",
        "ManifestError",
        "ModelError",
        "NewsletterError",
        "PluginError",
        "PreflightError",
        "ServiceError",
        "ThemeError",
    ),
    "handover": ("hand_over", "connect_formats", "connect_to"),
    "manifest": ("IssueFolder", "Project", "read_issue", "read_manuscript"),
    "manifest.writing": ("write_issue",),
    "model": ("Draft", "Email", "Finding", "Format", "Issue", "Item", "Publication", "Section"),
    "pictures.preparing": ("Pictures", "prepare"),
    "problem": ("Problem",),
    "theme": ("Theme", "compile_theme"),
}
_ROOMS = {name: room for room, names in _PLACES.items() for name in names}

__all__ = [
    "Draft",
    "Email",
    "Finding",
    "Format",
    "Galley",
    "HandoverError",
    "Issue",
    "IssueFolder",
    "Item",
    "ManifestError",
    "ModelError",
    "NewsletterError",
    "Pictures",
    "PluginError",
    "PreflightError",
    "Problem",
    "Project",
    "Publication",
    "Report",
    "Section",
    "ServiceError",
    "Theme",
    "ThemeError",
    "compile_theme",
    "connect_formats",
    "connect_to",
    "fill",
    "galley_of",
    "hand_over",
    "own_values",
    "preflight",
    "prepare",
    "read_issue",
    "read_manuscript",
    "render",
    "to_message",
    "write_issue",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'newsletter' has no attribute '{name}'")
    return getattr(import_module(f"newsletter.{_ROOMS[name]}"), name)
