"""Pictures of issues that are in no folder."""

from __future__ import annotations

from newsletter.model import Issue
from newsletter.pictures.preparing import Pictures, Shown
from newsletter.pictures.shapes import shape_of


def pictures_elsewhere(issue: Issue) -> Pictures:
    """Return the pictures of an issue that are all on the web, as if their size were not known."""
    shown = {}
    for item in issue.items:
        if item.picture:
            shape = shape_of(issue, item)
            shown[item.key] = Shown(
                image=item.picture,
                address=item.picture.src,
                width=shape.width,
                height=None,
                shape=shape.name,
            )
    return Pictures(shown)
