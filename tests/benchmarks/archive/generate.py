"""A newsletter of many years, with all its pieces: ``python -m tests.benchmarks.archive.generate``.

1,300 issues of 11.5 pieces each, 15,000 in all, if no other number is given. Issue 300 is the same
whether there are 300 or 1,300.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.benchmarks.archive.pieces import Writer, Written
from tests.benchmarks.archive.words import Vocabulary

REPOSITORY = Path(__file__).resolve().parents[3]
ISSUES = 1_300
FIRST_DAY = date(1999, 3, 22)
PICTURE = (480, 320)
PAGES = """
pages:
  comments: https://sample.test/comment
  comment_terms: By posting a comment you agree to our [terms](https://sample.test/terms).
  syndicate: mailto:editor@sample.test
  republish: Show it whole, with its author's name.
  affiliate: We earn a little from what you buy through these links.
"""


def write_newsletter(folder: Path, issues: int = ISSUES) -> Path:
    """Write a newsletter into a folder that is not there yet, and return it."""
    vocabulary = Vocabulary()
    (folder / "issues").mkdir(parents=True)
    publication = (REPOSITORY / "issues" / "publication.yaml").read_text("utf-8")
    publication, _, _ = publication.partition("pages:\n")  # those of the example are its own
    (folder / "issues" / "publication.yaml").write_text(publication + PAGES, "utf-8")
    for number in range(1, issues + 1):
        write_issue(folder / "issues", vocabulary, number)
    return folder


def write_issue(issues: Path, vocabulary: Vocabulary, number: int) -> None:
    """Write one issue: its manifest, a file for each piece, and its pictures."""
    day = FIRST_DAY + timedelta(weeks=number - 1)
    writer = Writer(vocabulary, number, day)
    folder = issues / str(number)
    folder.mkdir()
    pieces = {
        "comment": [writer.piece("comment") for _ in range(1 + number % 2)],
        "news": [writer.piece("news") for _ in range(8)],
        "reviews": [writer.piece("review") for _ in range(1 + number % 3)],
    }
    for piece in (piece for section in pieces.values() for piece in section):
        _write_piece(folder, piece)

    lines = [f"number: {number}", f"date: {day}", "", "sections:"]
    for kind, section in pieces.items():
        lines += [f"  - kind: {kind}", "    items:"]
        lines += [f"      - file: {piece.stem}.md" for piece in section]
    if number % 3 == 0:
        lines += ["  - kind: events", "    items:", writer.event()]
    (folder / "issue.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def _write_piece(folder: Path, piece: Written) -> None:
    (folder / f"{piece.stem}.md").write_text(piece.text, "utf-8")
    if piece.picture:
        picture = folder / piece.picture
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(_photograph(piece.stem))


def _photograph(seed: str) -> bytes:
    """Return a picture in soft colours that no other piece has."""
    colours = random.Random(seed).randbytes(3 * 6 * 4)  # noqa: S311 - a picture
    coarse = Image.frombytes("RGB", (6, 4), colours)
    content = BytesIO()
    coarse.resize(PICTURE, Image.Resampling.BICUBIC).save(content, "JPEG", quality=60)
    return content.getvalue()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--issues", type=int, default=ISSUES)
    given = arguments.parse_args()
    write_newsletter(given.folder, given.issues)
