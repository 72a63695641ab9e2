"""What pictures-to must report: each mistake is planted into a copy of issue 652."""

from __future__ import annotations

from tests.checks.newsroom import Newsroom, Plant
from tests.checks.planted.image_cut import with_picture


def with_folder(room: Newsroom, folder: str) -> Newsroom:
    with_picture(room, "1280 x 720 pixels   90 KB   photograph")
    language = "language: en-GB\n"
    return room.change("issues/publication.yaml", language, f"{language}pictures_to: {folder}\n")


MISTAKES: dict[str, Plant] = {
    "a folder that is nowhere": lambda room: with_folder(room, "../website/pictures"),
    "a file": lambda room: with_folder(room, "publication.yaml"),
}
