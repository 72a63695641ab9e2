"""An Original to Pieces, by the importer that fits it best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, cast

from newsletter.importers.fetching import fetch as fetch_from_web
from newsletter.importers.installed import InstalledImporter
from newsletter.importers.original import unreadable
from newsletter.importers.other_files import advice_on
from newsletter.importers.protocol import Changes, Context, Fit
from newsletter.importers.repairs import repair
from newsletter.plugins import found, own_names, require_own_names

if TYPE_CHECKING:
    from newsletter.importers.original import Original
    from newsletter.importers.piece import Piece
    from newsletter.importers.protocol import Importer
    from newsletter.model import Publication

GROUP = "newsletter.importers"
_LEAST = ("title", "body", "teaser", "url")
"""Fields of which a piece has one at least."""


def read(
    original: Original,
    publication: Publication,
    decide_changes: Callable[[str], Changes | None] = lambda _: None,
    fetch: Callable[[str], Original] = fetch_from_web,
    is_wanted: Callable[[int, datetime | None], bool] = lambda number, moment: True,
) -> list[Piece]:
    """Return the pieces in an original; of a feed, those that are wanted.

    Raise UnreadableError if no importer can read it, or if there is nothing in it.
    """

    def read_another(another: Original) -> Iterator[Piece]:
        yield from importer_of(another).read(another, context)

    context = Context(publication, read_another, decide_changes, fetch, is_wanted)
    pieces = [repair(piece) for piece in read_another(original) if _says_anything(piece)]
    if not pieces:
        raise unreadable(original, "There is no piece in this.", "Check that it is the right one.")
    return pieces


def _says_anything(piece: Piece) -> bool:
    """Return whether a piece has a title or a text, or leads to one."""
    return any(piece.fields[name].value for name in _LEAST if name in piece.fields)


def importer_of(original: Original) -> Importer:
    """Return the importer that fits an original best: of two that are equally sure, one that
    somebody has installed for it.

    Raise UnreadableError if none fits, and PluginError if one of a plug-in cannot be asked.
    """
    own = own_names(GROUP)
    require_own_names(GROUP, taken=own)
    installed = [InstalledImporter(plugin) for _, plugin in sorted(found(GROUP).items())]
    importers: list[Importer] = [*installed, *map(_own, own)]

    fits = [(importer.fit(original), importer) for importer in importers]
    fit, best = max(fits, key=lambda pair: pair[0])
    if fit is Fit.NO:
        raise unreadable(original, *advice_on(original))
    return best


def _own(name: str) -> Importer:
    module = name.replace("-", "_")
    return cast("Importer", import_module(f"newsletter.importers.sources.{module}"))
