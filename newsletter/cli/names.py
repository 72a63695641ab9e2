"""Names that a command accepts, looked up only when somebody types or completes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click


class Names(click.Choice[str]):
    """A choice among names that are slow to look up. Give the parameter a metavar as well."""

    def __init__(self, look_up: Callable[[], Iterable[str]]) -> None:
        self.case_sensitive = True
        self._look_up = look_up

    def __getattr__(self, name: str) -> Any:
        """Look up ``choices`` when click first asks for them."""
        if name != "choices":
            raise AttributeError(name)
        self.choices = tuple(self._look_up())
        return self.choices


def _services() -> tuple[str, ...]:
    from newsletter.services import names

    return names()


def _services_with_merge_tags() -> tuple[str, ...]:
    from newsletter.services import with_merge_tags

    return with_merge_tags()


SERVICES = Names(_services)
"""All mailing services."""
SERVICES_WITH_MERGE_TAGS = Names(_services_with_merge_tags)
"""Those that write merge tags in their own way."""
