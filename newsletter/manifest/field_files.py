"""The files of one issue as trees of fields."""

from __future__ import annotations

from pathlib import Path

from newsletter.manifest import references, shorthand
from newsletter.manifest.consistency import comment_problems
from newsletter.manifest.node import Node
from newsletter.manifest.text_file import MAX_BYTES, read_text
from newsletter.manifest.yaml_tree import parse_yaml
from newsletter.problem import Problem


class FieldFiles:
    """Reads the files of one issue, and adds what is wrong with them to ``problems``.

    ``lines`` has the lines of each file that was read.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.lines: dict[Path, list[str]] = {}
        self._room = MAX_BYTES
        """Bytes that the files of the issue may still have, after those read so far."""

    def text_of(self, path: Path) -> str | None:
        """Return the text of a file; None, with the reason reported, if it cannot be read."""
        text = read_text(path, self.problems, self._room)
        self.lines[path] = text.split("\n") if text else []
        if text:
            self._room -= len(text.encode())
        return text

    def fields_of(self, path: Path) -> Node | None:
        """Return the tree of a YAML file; None, with the reason reported, if it has no fields."""
        text = self.text_of(path)
        if text is None:
            return None
        return self.fields_in(text, path)

    def fields_in(self, text: str, path: Path, first_line: int = 1) -> Node | None:
        """Return the tree of a file's YAML, which begins at ``first_line`` there.

        Return None, with the reason reported, if it is anything else than named fields.
        """
        tree = parse_yaml(text, path, self.problems, first_line)
        if tree is None:
            return None
        if not isinstance(tree.value, dict):
            message = "Fields are expected here."
            if tree.value is None:
                message = "There are no fields here."
            problem = tree.problem(message, "Write one 'name: value' on each line.")
            self.problems.append(problem)
            return None

        self.problems += comment_problems(tree)
        references.decode(tree)
        shorthand.write_out(tree, self.problems)
        return tree
