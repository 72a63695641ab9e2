"""Plug-ins: rules, importers, services and themes of other distributions, found through entry
points.

A distribution names what it adds in its pyproject.toml, each by the name that people type::

    [project.entry-points."newsletter.checks"]
    shouted-title = "newsletter_extra.shouted_title"

The format is that of the Python packaging guide, "Entry points specification".
``importlib.metadata`` would read the metadata of every installed distribution, though mostly there
is no plug-in at all. So we look for a heading of ours first (2 ms for 100 distributions), and read
only those that have one. Distributions within a zip file are not found.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from newsletter.errors import PluginError
from newsletter.problem import Problem

if TYPE_CHECKING:
    from importlib.metadata import PathDistribution

_KINDS = {
    "newsletter.checks": "rule",
    "newsletter.importers": "importer",
    "newsletter.services": "service",
    "newsletter.themes": "theme",
}
"""Each group of entry points, and what a plug-in in it is called."""
_OWN_MODULES = {
    "newsletter.checks": "checks/rules",
    "newsletter.importers": "importers/sources",
    "newsletter.services": "services/adapters",
}
"""The folder of each group in this package: a module there is one of the group, by its own name."""
_HEADING = b"[newsletter."


@dataclass(frozen=True)
class Plugin:
    """A rule, a theme or the like of another distribution; nothing of it is imported yet."""

    group: str
    name: str
    """The name that people type."""
    module: str
    """The module's full name, or the full name of the package that is a theme's folder."""
    distribution: str
    """The name and version of the distribution, such as ``newsletter-extra 1.0``."""

    def load(self) -> ModuleType:
        """Return the module. Raise PluginError if it cannot be imported."""
        try:
            return import_module(self.module)
        except Exception as error:
            raise self.failure("cannot be loaded", error) from error

    def folder(self) -> Path:
        """Return the package's folder, without importing it. Raise PluginError if there is none."""
        try:
            spec = find_spec(self.module)
        except Exception as error:  # a package around it was imported, and failed
            raise self.failure("cannot be found", error) from error

        folders = list(spec.submodule_search_locations or ()) if spec else []
        if not folders:
            raise self.error(f"has no folder '{self.module}'")
        return Path(folders[0])

    def failure(self, what: str, error: Exception) -> PluginError:
        """Return an error about this plug-in that names the exception which it raised."""
        reason = f"{type(error).__name__}: {error}"
        return self.error(f"{what} ({reason})")

    def error(self, what: str) -> PluginError:
        """Return an error about this plug-in, with what to do; ``what`` follows its name."""
        kind = _KINDS[self.group]
        place = Path(self.distribution)
        message = f"The {kind} '{self.name}' {what}."
        return PluginError.at(place, None, message, "Update or uninstall it.")


def names(group: str) -> tuple[str, ...]:
    """Return the names of a group in alphabetical order, those of plug-ins among our own."""
    return tuple(sorted({*own_names(group), *found(group)}))


@cache
def own_names(group: str) -> tuple[str, ...]:
    """Return the newsletter's own names of a group, in alphabetical order. Nothing is imported."""
    folder = Path(__file__).parent / _OWN_MODULES[group]
    modules = (path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    return tuple(sorted(module.replace("_", "-") for module in modules))


def found(group: str) -> dict[str, Plugin]:
    """Return the plug-ins of a group by name; of two with one name, the first on the path."""
    by_name: dict[str, Plugin] = {}
    for plugin in _all(group):
        by_name.setdefault(plugin.name, plugin)
    return by_name


def require_own_names(group: str, taken: Collection[str]) -> None:
    """Raise PluginError if two plug-ins of a group share a name, or one has a ``taken`` name."""
    taken_by = dict.fromkeys(taken, "the built-in one")
    problems: list[Problem] = []
    for plugin in _all(group):
        other = taken_by.get(plugin.name)
        if other:
            problems += plugin.error(f"has the same name as {other}").problems
        taken_by.setdefault(plugin.name, f"the one in {plugin.distribution}")

    if problems:
        raise PluginError(problems)


def _all(group: str) -> list[Plugin]:
    """Return every plug-in of a group, in the order of the module path."""
    plugins: list[Plugin] = []
    for distribution in _distributions(tuple(sys.path)):
        title = f"{distribution.metadata['Name']} {distribution.version}"
        entries = distribution.entry_points.select(group=group)
        plugins += (Plugin(group, entry.name, entry.module, title) for entry in entries)
    return plugins


@cache
def _distributions(module_path: tuple[str, ...]) -> tuple[PathDistribution, ...]:
    """Return the distributions on a module path that have plug-ins for us."""
    folders = [folder for folder in _metadata_folders(module_path) if _has_plugins(folder)]
    if not folders:
        return ()
    from importlib.metadata import PathDistribution

    return tuple(map(PathDistribution, folders))


def _metadata_folders(module_path: tuple[str, ...]) -> Iterator[Path]:
    """Yield the folder of metadata of each distribution; of two versions, the first is in use."""
    seen: set[str] = set()
    for entry in map(Path, module_path):
        try:
            names = sorted(path.name for path in entry.iterdir())
        except OSError:
            continue

        for name in names:
            is_metadata = name.endswith((".dist-info", ".egg-info"))
            project = _project(name)
            if is_metadata and project not in seen:
                seen.add(project)
                yield entry / name


def _project(folder: str) -> str:
    """Return the project's name, given its folder of metadata: ``My_project-1.0.dist-info``."""
    stem = folder.rpartition(".")[0]
    project = stem.partition("-")[0]
    return project.lower().replace(".", "_")


def _has_plugins(folder: Path) -> bool:
    try:
        return _HEADING in (folder / "entry_points.txt").read_bytes()
    except OSError:
        return False
