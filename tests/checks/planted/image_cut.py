"""What image-cut must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant

LEAD = "  - kind: news\n    items:\n"


def with_picture(room: Newsroom, listed: str, name: str = "court.jpg") -> Newsroom:
    lead = "      - title: A court opens its files\n        body: The files are open.\n"
    picture = f"        picture: {{src: {name}, alt: A judge in front of her court}}\n"
    return room.files(f"{name}   {listed}").change(
        "issues/652/issue.yaml", LEAD, LEAD + lead + picture
    )


MISTAKES: dict[str, Plant] = {
    "a portrait that is taken upright": lambda room: with_picture(
        room, "1200 x 1600 pixels   90 KB   photograph"
    ),
    "a panorama": lambda room: with_picture(room, "6000 x 700 pixels   90 KB   photograph"),
}
