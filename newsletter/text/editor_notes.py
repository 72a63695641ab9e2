"""Notes that only editors see: what is missing in a field, and what is asked about a text.

Both are comments, of YAML and of Markdown, which no reader sees. A check reports each until it is
answered.
"""

from __future__ import annotations

import re

from newsletter.text.printable import harmless

_MISSING = re.compile(r"#\s*missing:\s*(.*)")
_QUESTION = re.compile(r"<!--\s*question:\s*(.*?)\s*-->", re.DOTALL)


def missing_note(hint: str) -> str:
    """Return the comment behind a field that is empty, with what may help to fill it."""
    return f"# missing: {' '.join(harmless(hint).split())}"


def missing_in(comment: str) -> str | None:
    """Return the hint in a comment behind a field; None if it is another comment."""
    found = _MISSING.fullmatch(comment.strip())
    return found[1] if found else None


def question_note(words: str) -> str:
    """Return the comment within a text that asks the editor something. Its end cannot be in it."""
    without_end = harmless(words).replace("-->", "—>")
    return f"<!-- question: {' '.join(without_end.split())} -->"


def questions_in(text: str) -> list[str]:
    """Return the questions in a Markdown text."""
    return _QUESTION.findall(text)


def without_questions(text: str) -> str:
    """Return a Markdown text without the questions in it."""
    return re.sub(r"[ \t]*" + _QUESTION.pattern, "", text, flags=re.DOTALL)
