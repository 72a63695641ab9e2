"""An importer of another distribution."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.errors import NewsletterError
from newsletter.importers.original import Original
from newsletter.importers.piece import Found, Piece
from newsletter.importers.protocol import Context, Fit
from newsletter.plugins import Plugin


class InstalledImporter:
    """An importer that may fail in ways of its own. The error then names the distribution."""

    def __init__(self, plugin: Plugin) -> None:
        module = plugin.load()
        for name in ("TITLE", "fit", "read"):
            if not getattr(module, name, None):
                raise plugin.error(f"has no '{name}'")

        self._plugin = plugin
        self._module = module
        self.TITLE: str = module.TITLE

    def fit(self, original: Original) -> Fit:
        """Return its answer. Raise PluginError if it fails, or answers anything but a Fit."""
        try:
            answer = self._module.fit(original)
        except Exception as error:
            raise self._plugin.failure("failed in 'fit'", error) from error

        if not isinstance(answer, Fit):
            raise self._plugin.error(f"answers {type(answer).__name__} in 'fit', not a Fit")
        return answer

    def read(self, original: Original, context: Context) -> Iterator[Piece]:
        """Yield its pieces. Raise UnreadableError as it does, and PluginError if it fails."""
        try:
            for piece in self._module.read(original, context):
                self._require_piece(piece)
                yield piece
        except NewsletterError:
            raise
        except Exception as error:
            raise self._plugin.failure("failed in 'read'", error) from error

    def _require_piece(self, piece: object) -> None:
        if not isinstance(piece, Piece):
            raise self._plugin.error(f"reads a {type(piece).__name__}, not a Piece")
        for name, found in piece.fields.items():
            if not isinstance(found, Found):
                raise self._plugin.error(f"gives '{name}' without the rule that found it")
