"""All posts of a site, laid out by the issues that they appeared in, on disk: they may be many."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.errors import NewsletterError
from newsletter.importers.issue_numbers import numbers_of
from newsletter.importers.wordpress import at
from newsletter.manifest.locking import TakenError, lock
from newsletter.manifest.project import Project, number_order
from newsletter.manifest.text_file import MAX_BYTES

POST = "post"
PART = "part of a post"


class NotPlaced(NamedTuple):
    """A post, or a part of one, that is in no issue, and why."""

    what: str
    """POST or PART."""
    address: str
    title: str
    date: str
    reason: str


@contextmanager
def old_posts(project: Project, publication_name: str) -> Iterator[OldPosts]:
    """Yield a place for posts, which is there while this lasts.

    Raise NewsletterError if another import of this person is at it, and OSError.
    """
    folder = project.build / "import"
    with ExitStack() as stack:
        try:
            stack.enter_context(lock(project.issues, "import"))
        except TakenError:
            message = "Another import of this newsletter is running."
            hint = "Wait until it has ended, and run the command again."
            raise NewsletterError.at(folder, None, message, hint) from None

        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)  # of an import that was killed
        folder.mkdir(parents=True)
        yield OldPosts(folder, publication_name)


class OldPosts:
    """The posts of each issue, in a folder."""

    def __init__(self, folder: Path, publication_name: str) -> None:
        self.folder = folder
        self.not_placed: list[NotPlaced] = []
        self._name = publication_name

    def sort(self, posts: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Put each post to those of its issue, and yield it."""
        for post in posts:
            if reason := self._put(post):
                self.not_placed.append(not_placed(post, reason))
            yield post

    def _put(self, post: dict[str, Any]) -> str | None:
        """Put a post to those of its issue; return why if that cannot be done."""
        if len(str(at(post, "content", "rendered"))) > MAX_BYTES:
            return f"It is longer than a whole issue can be ({MAX_BYTES:,} bytes)."

        said = numbers_of(post, self._name)
        if not said.numbers:
            return "It names no issue."
        if len(said.numbers) > 1:
            return f"It names several issues: {' and '.join(said.numbers)}."

        line = json.dumps(post, ensure_ascii=False)
        with _file(self.folder, said.numbers[0]).open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{line}\n")
        return None

    @property
    def numbers(self) -> list[str]:
        """The issues, lowest first."""
        names = (path.stem for path in self.folder.glob("*.jsonl"))
        return sorted(names, key=number_order)


def posts_of(folder: Path, number: str) -> list[dict[str, Any]]:
    """Return the posts of an issue in the folder of OldPosts, the oldest first."""
    with _file(folder, number).open(encoding="utf-8") as file:
        posts = [json.loads(line) for line in file]
    return sorted(posts, key=_age)


def _age(post: dict[str, Any]) -> tuple[str, str]:
    """Return the key that posts are sorted by."""
    day = post.get("date")
    link = post.get("link")
    return str(day or ""), str(link or "")


def _file(folder: Path, number: str) -> Path:
    return folder / f"{number}.jsonl"


def not_placed(post: dict[str, Any], reason: str, what: str = POST) -> NotPlaced:
    """Return what is reported of a post, or of a part of one."""
    time, link = _age(post)
    title = at(post, "title", "rendered")
    day, _, _ = time.partition("T")
    return NotPlaced(what, link, str(title or ""), day, reason)
