"""Processes that change an issue, each killed at another step.

``python -m tests.manifest.killing FOLDER`` does so in copies of FOLDER/0 (tests/killing.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

from newsletter.manifest.writing import changing, write_changes
from tests.killing import kill_each_step

FILES = {
    "images/lab.jpg": b"a picture",
    "one.md": b"---\ntitle: One, again\n---\n",
    "two.md": b"---\ntitle: Two\n---\n",
    "sources/two.json": b"{}",
    "issue.yaml": b"number: 652\nitems: [one, two]\n",
}


def change(folder: Path) -> None:
    """Change several files of an issue at once."""
    with changing(folder):
        write_changes(folder, FILES)


if __name__ == "__main__":
    kill_each_step(Path(sys.argv[1]), change)
