"""Comments: what somebody asks about a text, with the replies (17.13.4, and MS-DOCX 2.5.4).

In the text that mammoth is given, a mark at the end of a paragraph is where a question belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from newsletter.importers.docx.names import (
    W14,
    W15,
    W,
    first_words,
    run_of,
    value,
    who_and_when,
    words_of,
)
from newsletter.text.editor_notes import question_note

_MARK = "\ue000{}\ue001"
"""With the number of a question; a place in Unicode for private use."""
_ENDS = (W + "commentRangeEnd", W + "commentReference")
_MARKED = re.compile(_MARK.format(r"(\d+)"))
_NOT_WORDS = str.maketrans("", "", "\ue000\ue001\ue002\ue003\ue004\ue005")


@dataclass(eq=False)
class Comment:
    """A comment, and what is known of it when the text was read."""

    by: str
    """Who and when: "Zoë Volunteer, 13 April 2012"."""
    words: str
    is_resolved: bool = False
    is_reply: bool = False
    replies: list[Comment] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    """The words that it is about, in parts."""

    @property
    def is_open(self) -> bool:
        """Whether it is a question of its own that has not been answered."""
        return not (self.is_resolved or self.is_reply)

    def question(self) -> str:
        """Return the comment and its replies in one line, with the words that it is about."""
        about = "".join(self.about).strip()
        place = f" on {first_words(about)}" if about else ""
        replies = "".join(f" – {reply.by}: {reply.words}" for reply in self.replies)
        return f"{self.by}{place}: {self.words}{replies}"


def comments_of(root: Element | None, extended: Element | None) -> dict[str, Comment]:
    """Return the comments of a document by id. ``extended`` says which are replies or resolved."""
    if root is None:
        return {}
    comments: dict[str, Comment] = {}
    by_paragraph: dict[str, Comment] = {}
    for element in root.iter(W + "comment"):
        comment = Comment(who_and_when(element), words_of(element))
        comments[element.get(W + "id", "")] = comment
        for paragraph in element.iter(W + "p"):
            by_paragraph[paragraph.get(W14 + "paraId", "")] = comment

    for comment, parent, is_done in _extensions(extended, by_paragraph):
        comment.is_resolved = is_done
        if parent is not None and parent is not comment:
            comment.is_reply = True
            parent.replies.append(comment)
    return comments


def _extensions(
    extended: Element | None, comments: dict[str, Comment]
) -> Iterator[tuple[Comment, Comment | None, bool]]:
    """Yield comments, what each replies to, and whether it is resolved."""
    for extension in () if extended is None else extended.iter(W15 + "commentEx"):
        comment = comments.get(extension.get(W15 + "paraId", ""))
        parent = comments.get(extension.get(W15 + "paraIdParent", ""))
        if comment is not None:
            yield comment, parent, extension.get(W15 + "done") in ("1", "true")


class Asked(NamedTuple):
    """Questions at the end of a line: the line without them, and their numbers."""

    line: str
    numbers: tuple[int, ...]


def without_tokens(text: str) -> str:
    """Return a text without characters that would be taken for such marks."""
    return text.translate(_NOT_WORDS)


def mark_questions(root: Element, comments: Mapping[str, Comment]) -> list[Comment]:
    """Put a mark for each open comment at the end of the paragraph that its words end in.

    Return the comments that are marked, in the order of their numbers.
    """
    _note_words(root, comments)
    marked: list[Comment] = []
    for paragraph in reversed(list(root.iter(W + "p"))):  # so that those in others come first
        ends = (value(end, "id") for end in paragraph.iter() if end.tag in _ENDS)
        found = dict.fromkeys(comments.get(end or "") for end in ends)
        questions = [one for one in found if one and one.is_open and one not in marked]
        marks = (_MARK.format(number) for number, _ in enumerate(questions, len(marked)))
        paragraph.append(run_of("".join(marks)))
        marked += questions
    return marked


def _note_words(root: Element, comments: Mapping[str, Comment]) -> None:
    """Note in each comment what words it is about."""
    begun: dict[str | None, Comment] = {}
    for element in root.iter():
        if element.tag == W + "commentRangeStart" and value(element, "id") in comments:
            begun[value(element, "id")] = comments[value(element, "id") or ""]
        elif element.tag == W + "commentRangeEnd":
            begun.pop(value(element, "id"), None)
        elif element.tag == W + "t":
            for comment in begun.values():
                comment.about.append(element.text or "")


def take_questions(markdown: str) -> tuple[str, list[Asked]]:
    """Return the Markdown without its questions, and what they were at."""
    lines, asked = [], []
    for line in markdown.split("\n"):
        numbers = tuple(int(number) for number in _MARKED.findall(line))
        lines.append(_MARKED.sub("", line))
        if numbers:
            asked.append(Asked(lines[-1], numbers))
    return "\n".join(lines), asked


def put_questions(body: str, asked: Sequence[Asked], questions: Sequence[str]) -> str:
    """Return the body with the questions at the ends of their lines.

    Those about lines that are not in it, such as the title, come before it.
    """
    lines = body.split("\n")
    before: list[str] = []
    place = 0
    for line, numbers in asked:
        notes = " ".join(question_note(questions[number]) for number in numbers)
        try:
            place = lines.index(line, place)
        except ValueError:
            before += [notes, ""]
        else:
            lines[place] = _with_notes(line, notes)
    return "\n".join([*before, *lines])


def _with_notes(line: str, notes: str) -> str:
    if line.lstrip().startswith("!["):
        return f"{line}\n\n{notes}"  # a picture is a paragraph of its own
    if line.startswith("|") and line.endswith("|"):
        return f"{line[:-1].rstrip()} {notes} |"
    return f"{line} {notes}"
