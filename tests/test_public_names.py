"""The package's public names, and that its rooms are those that CONTRIBUTING.md lists."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import newsletter


def test_every_public_name_is_there_also_when_its_room_is_loaded_already() -> None:
    import_module("newsletter.email.rendering")  # a room must not hide a public name
    names = {name: getattr(newsletter, name) for name in newsletter.__all__}
    assert all(callable(thing) for name, thing in names.items() if name != "Item")
    assert len(names) == 37


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        newsletter.nothing_of_that_name  # noqa: B018


def test_no_module_is_longer_than_400_lines_and_every_one_has_a_docstring(repository: Path) -> None:
    for module in (repository / "newsletter").rglob("*.py"):
        text = module.read_text("utf-8")
        assert text.startswith(('"""', 'r"""')), module
        assert text.count("\n") <= 400, module


def test_contributing_names_every_room(repository: Path) -> None:
    guide = (repository / "CONTRIBUTING.md").read_text("utf-8")
    for room in (repository / "newsletter").iterdir():
        if not re.match(r"__|py\.typed", room.name):
            assert room.name in guide


def test_nobody_inside_imports_the_root(repository: Path) -> None:
    for module in (repository / "newsletter").rglob("*.py"):
        assert not re.search(
            r"^\s*(import newsletter$|from newsletter import)",
            module.read_text("utf-8"),
            re.MULTILINE,
        ), module
