"""What image-cut must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant


def with_picture(room: Newsroom, listed: str) -> Newsroom:
    before = "        authors:\n          - Dr Stuart Hogarth\n"
    picture = "        picture: {src: ethics.jpg, alt: A speaker at her desk}\n"
    return room.files(f"ethics.jpg   {listed}").change(
        "issues/652/issue.yaml", before, picture + before
    )


MISTAKES: dict[str, Plant] = {
    "a portrait that is taken upright": lambda room: with_picture(
        room, "1200 x 1600 pixels   90 KB   photograph"
    ),
    "a panorama": lambda room: with_picture(room, "6000 x 700 pixels   90 KB   photograph"),
}
