"""YAML text to a tree of nodes that know their file and line.

A scalar is always text here: the model says what is a number or a date, so ``title: No`` and
``title: 1984`` are titles.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import yaml

from newsletter.manifest import yaml_lines
from newsletter.manifest.node import Node
from newsletter.manifest.yaml_builder import MAX_DEPTH, TreeBuilder, UnexpectedError
from newsletter.manifest.yaml_faults import diagnose
from newsletter.problem import Problem

MAX_REPORTED = 100
"""Problems of one sort in one file; a file with more is broken as a whole."""
_MAX_REPAIRS = 100
_MAX_PARSED = 2_000_000
"""The most characters that are parsed for one file, all its repairs together."""


def parse_yaml(text: str, path: Path, problems: list[Problem], first_line: int = 1) -> Node | None:
    """Return the tree of one YAML document, or None if nothing of it can be read.

    A fault within one line (an unquoted colon, a quote that is not closed) is reported and fixed in
    memory, so that later faults are found in the same run. At any other fault the text is cut off.
    ``first_line`` is the line of the file that the text begins in.
    """
    lines = text.split("\n")
    yaml_lines.straighten_spaces(lines)
    _report_colons(lines, path, problems, first_line)
    end = _report_tabs(lines, path, problems, first_line)

    most_repairs = min(_MAX_REPAIRS, _MAX_PARSED // (len(text) + 1))
    fixed: set[int] = set()
    for _ in range(most_repairs + MAX_DEPTH):
        builder = TreeBuilder(path, first_line, lines[:end])
        is_cut = end < len(lines)
        try:
            tree = builder.build()
        except yaml.MarkedYAMLError as error:
            fault = diagnose(error, builder.lines, builder.last_scalar)
        except UnexpectedError as error:
            fault = error.fault
        else:
            problems += builder.problems[:MAX_REPORTED]
            return _marked_as_cut(tree) if is_cut else tree

        is_new = fault.line not in fixed
        if is_new and not is_cut:  # what a cut itself breaks is not the editor's fault
            problems.append(Problem(path, fault.line + first_line, fault.message, fault.hint))
        if fault.fixed is not None and is_new and len(fixed) < most_repairs:
            fixed.add(fault.line)
            lines[fault.line] = fault.fixed
        else:
            end = min(fault.line, end - 1)
    return None


def _marked_as_cut(tree: Node) -> Node | None:
    """Return a tree whose text was cut off, or None if nothing is left.

    Nothing is reported as missing at its end.
    """
    if tree.value is None:
        return None
    tree.is_cut_off_at_its_end()
    return tree


def _report_colons(lines: list[str], path: Path, problems: list[Problem], first_line: int) -> None:
    """Report and fix the colons that YAML does not know."""
    for number, name, character in islice(yaml_lines.straighten_colons(lines), MAX_REPORTED):
        code = f"U+{ord(character):04X}"
        message = f"The colon after '{name}' is not a plain colon: it is '{character}' ({code})."
        hint = f"Write '{name}: ' and then the text."
        problem = Problem(path, number + first_line, message, hint)
        problems.append(problem)


def _report_tabs(lines: list[str], path: Path, problems: list[Problem], first_line: int) -> int:
    """Report lines that are indented with a tab, and return the number of lines above them.

    No indentation below can be trusted.
    """
    tabbed = yaml_lines.tabbed(lines)
    for number in tabbed[:MAX_REPORTED]:
        message = "The line is indented with a tab."
        hint = "Use spaces: two for each step."
        problems.append(Problem(path, number + first_line, message, hint))
    return tabbed[0] if tabbed else len(lines)
