"""A mailing service of another distribution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newsletter.errors import NewsletterError
from newsletter.plugins import Plugin
from newsletter.services.protocol import Service


class InstalledService:
    """A service that may fail in ways of its own. The error then names the distribution.

    What went wrong is not in the message, since it may hold a key.
    """

    def __init__(self, plugin: Plugin, connect: Callable[[], Service]) -> None:
        self._plugin = plugin
        self._service = self._guarded("connect", connect)()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return self._guarded(name, getattr(self._service, name))

    def _guarded(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            try:
                return method(*arguments, **named)
            except NewsletterError:
                raise
            except Exception as error:
                kind = type(error).__name__
                raise self._plugin.error(f"failed in '{name}' ({kind})") from error

        return call
