"""What asks for no issue loads no library that an issue needs: help and completion come at once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from newsletter.checks import formats, manual
from newsletter.cli import VERBS

LIST_WHAT_IS_LOADED = """
import atexit, sys
from newsletter.cli import main
heavy = ("pydantic", "jinja2", "yaml", "markdown_it", "ssl", "subprocess", "newsletter.model")
atexit.register(lambda: print("LOADED", *(name for name in heavy if name in sys.modules)))
main(prog_name="newsletter")
"""


def run(*arguments: str, **environment: str) -> list[str]:
    """Return the lines that the command prints, and then which of the heavy modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_WHAT_IS_LOADED, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def completed(words: str) -> list[str]:
    """Return what a shell offers at the end of these words."""
    position = str(len(words.split(" ")) - 1)
    return run(_NEWSLETTER_COMPLETE="bash_complete", COMP_WORDS=words.rstrip(), COMP_CWORD=position)


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], *([verb, "--help"] for verb in VERBS)]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert run(*arguments)[-1] == "LOADED"


def test_verbs_are_completed_without_loading_any() -> None:
    *offered, loaded = completed("newsletter ")
    assert offered == [f"plain,{verb}" for verb in VERBS]
    assert loaded == "LOADED"
    assert completed("newsletter che")[0] == "plain,check"


def test_options_are_completed_without_the_rules() -> None:
    *offered, loaded = completed("newsletter check --")
    assert "plain,--rule" in offered
    assert loaded == "LOADED"
    assert completed("newsletter check --format ")[:-1] == [
        f"plain,{name}" for name in formats.NAMES
    ]


def test_names_of_rules_are_completed() -> None:
    rules = [f"plain,{name}" for name in manual.names()]
    assert completed("newsletter check --rule ")[:-1] == rules
    assert completed("newsletter check --rule link-t")[:-1] == ["plain,link-text"]


def test_kinds_of_forms_are_completed() -> None:
    assert completed("newsletter fields rev")[:-1] == ["plain,review"]
