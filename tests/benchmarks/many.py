"""A newsletter of many issues, in words of our own.

To look at one: ``python -m tests.benchmarks.many FOLDER 1300``.
"""

from __future__ import annotations

import random
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FIRST = 100
"""The number of the first issue."""
MONDAY = date(2000, 1, 3)
WHO = "researchers clinics parents nurses students regulators charities courts doctors donors"
DID = "compare question welcome publish debate measure improve delay report explain"
WHAT = (
    "embryo-screening gene-therapy egg-freezing cell-banks sperm-counts family-trees "
    "mouse-models clinic-fees genome-maps trial-results"
)
WHERE = "Leeds Oslo Lima Kyoto Perth Cairo Turin Quito Porto Delhi"
SMALL = (
    "the a new old first small careful long early recent simple second other of in with for "
    "on after before study result method group week hospital answer question patient number"
)


def sentence(chance: random.Random, words: int) -> str:
    """Return a sentence that says nothing."""
    text = " ".join(chance.choice(SMALL.split()) for _ in range(words))
    return f"{text[0].upper()}{text[1:]}."


def title(chance: random.Random, number: int, position: int) -> str:
    """Return a title that no other item has."""
    words = [chance.choice(among.split()) for among in (WHO, DID, WHAT, WHERE)]
    return "{} {} {} in {}".format(*words).capitalize() + f", part {number}-{position}"


def item(chance: random.Random, number: int, position: int) -> str:
    """Return an item as it is written in an issue.yaml."""
    address = f"https://www.bionews.org.uk/page_{number}{position:02}"
    teaser = sentence(chance, 24)
    return (
        f'      - title: "{title(chance, number, position)}"\n'
        f"        url: {address}\n"
        f"        teaser: {teaser[:-1]}...\n"
    )


def story(chance: random.Random, number: int, position: int) -> str:
    """Return an item as it is written in a file of its own, with its whole text."""
    paragraphs = "\n\n".join(
        " ".join(sentence(chance, chance.randint(8, 20)) for _ in range(4)) for _ in range(5)
    )
    fields = (
        f'title: "{title(chance, number, position)}"\n'
        f"url: https://www.bionews.org.uk/page_{number}{position:02}\n"
        f"teaser: {sentence(chance, 20)[:-1]}...\n"
    )
    return f"---\n{fields}---\n{paragraphs}\n"


def write_issue(issues: Path, number: int) -> None:
    """Write an issue of 12 items, one of them with its whole text in a file of its own."""
    chance = random.Random(number)  # noqa: S311 - the same words in every run
    day = MONDAY + timedelta(weeks=number - FIRST)
    folder = issues / str(number)
    folder.mkdir()
    comments = "".join(item(chance, number, position) for position in range(2))
    news = "".join(item(chance, number, position) for position in range(2, 11))
    manifest = (
        f"number: {number}\ndate: {day}\n\nsections:\n"
        f"  - kind: comment\n    items:\n{comments}      - file: story.md\n\n"
        f"  - kind: news\n    items:\n{news}"
    )
    (folder / "issue.yaml").write_text(manifest, "utf-8")
    (folder / "story.md").write_text(story(chance, number, 11), "utf-8")


def write_newsletter(folder: Path, count: int) -> Path:
    """Write a newsletter of ``count`` issues into a folder that is not there yet, and return it."""
    issues = folder / "issues"
    issues.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "templates", folder / "templates")
    shutil.copy(REPOSITORY / "issues" / "publication.yaml", issues)
    for number in range(FIRST, FIRST + count):
        write_issue(issues, number)
    return folder


if __name__ == "__main__":
    write_newsletter(Path(sys.argv[1]), int(sys.argv[2]))
