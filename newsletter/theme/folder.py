"""A theme's files: its own, and those of the themes below it for what it does not have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsletter.errors import ThemeError
from newsletter.files import read_regular
from newsletter.plugins import found, require_own_names

DEFAULT = "bionews"
GROUP = "newsletter.themes"
"""The group of entry points for themes of other distributions."""
TEMPLATE, TEXT_TEMPLATE = "email.mjml.j2", "email.txt.j2"
ARCHIVE = "archive"
"""The folder of the templates of pages on the web."""
STYLE, PALETTE, WORDS = "style.css", "palette.css", "words.toml"
_LARGEST = 250_000
"""Bytes of one of a theme's files; Gmail clips an email at 102,400."""


def default_folder() -> Path:
    """Return the default theme's folder: in the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates" / DEFAULT
    if installed.is_dir():
        return installed
    return package.parent / "templates" / DEFAULT


@dataclass(frozen=True)
class ThemeFolder:
    """A theme by name; ``folders`` are searched in order."""

    name: str
    folders: tuple[Path, ...]

    @classmethod
    def find(cls, name: str, templates: Path) -> ThemeFolder:
        """Return a theme: ``templates/name``, over an installed one, over the default one.

        Raise ThemeError, which lists the themes, for an unknown name; PluginError if two are called
        alike.
        """
        require_own_names(GROUP, [DEFAULT])
        _require_known(name, templates)
        _require_no_link(name, templates)

        folders = []
        own = templates / name
        if own.is_dir():
            folders.append(own)

        installed = found(GROUP).get(name)
        if installed:
            folders.append(installed.folder())

        default = default_folder()
        if own.resolve() != default.resolve():
            folders.append(default)
        return cls(name, tuple(folders))

    def path(self, name: str, used_in: Path | None = None, line: int | None = None) -> Path:
        """Return the file that is used under this name.

        Raise ThemeError, at the place where it is used, if no folder has it, or if it is a link to
        a file outside them.
        """
        for folder in self.folders:
            if _has(folder, name):
                return self._own(folder / name, used_in, line)

        place = used_in or self.folders[0] / name
        message = f"The theme has no file '{name}'."
        raise ThemeError.at(place, line, message, "Make it, or correct the name.")

    def files(self) -> list[Path]:
        """Return all files, in a fixed order."""
        files: list[Path] = []
        for folder in self.folders:
            paths = sorted(folder.rglob("*"))
            files += [path for path in paths if _is_file(path) and self._has_within(folder, path)]
        return files

    def email_files(self) -> list[Path]:
        """Return those of ``files`` that can affect an email: all but the archive's."""
        of_archive = [folder / ARCHIVE for folder in self.folders]
        return [
            path
            for path in self.files()
            if not any(path.is_relative_to(folder) for folder in of_archive)
        ]

    def files_in_use(self) -> list[Path]:
        """Return those of ``files`` that no file of the same name in another folder goes before."""
        by_name: dict[Path, Path] = {}
        for folder in self.folders:
            for path in self.files():
                if path.is_relative_to(folder):
                    by_name.setdefault(path.relative_to(folder), path)
        return list(by_name.values())

    def layers(self, name: str) -> list[tuple[Path, str]]:
        """Return all files of this name with their texts, the default theme's first.

        This is for files that add to one another. Raise ThemeError if one cannot be read.
        """
        layers: list[tuple[Path, str]] = []
        for folder in reversed(self.folders):
            if _has(folder, name):
                path = folder / name
                layers.append((path, read(self._own(path))))
        return layers

    @cached_property
    def _roots(self) -> tuple[Path, ...]:
        """The folders, links followed."""
        roots = (folder.resolve() for folder in self.folders)
        return tuple(roots)

    def _own(self, path: Path, used_in: Path | None = None, line: int | None = None) -> Path:
        """Return the path. Raise ThemeError if it leads out of the theme's folders."""
        if self._holds(path):
            return path
        message = f"'{path.name}' is not in the theme's own folder."
        raise ThemeError.at(used_in or path, line, message, "Copy the file into that folder.")

    def _holds(self, path: Path) -> bool:
        """Return whether a file is in one of the folders, links followed, and is not hidden.

        A hidden file is one such as ``.env``.
        """
        file = path.resolve()
        return any(file.is_relative_to(root) and not _is_hidden(file, root) for root in self._roots)

    def _has_within(self, folder: Path, path: Path) -> bool:
        """Return what ``_holds`` does, of a file that was found without following links to folders.

        Only if it is a link itself can it be somewhere else; following links takes most of the time
        of finding a theme that was compiled before.
        """
        if path.is_symlink():
            return self._holds(path)
        return not _is_hidden(path, folder)


def _is_hidden(file: Path, folder: Path) -> bool:
    """Return whether a file, or a folder that it is in below this one, has a name such as .env."""
    parts = file.relative_to(folder).parts
    return any(part.startswith(".") for part in parts)


def theme_names(templates: Path) -> list[str]:
    """Return the names of all themes: the default one, those installed, those in ``templates``."""
    names = {DEFAULT, *found(GROUP)}
    for folder in templates.glob("*/"):
        if folder.is_dir():
            names.add(folder.name)
    return sorted(names)


def _require_known(name: str, templates: Path) -> None:
    known = theme_names(templates)
    if name in known:
        return

    the_themes = f"The themes are: {', '.join(known)}."
    hint = f"{the_themes} 'newsletter theme new {name}' starts a new one."
    raise ThemeError.at(templates / name, None, f"There is no theme '{name}'.", hint)


def _require_no_link(name: str, templates: Path) -> None:
    """Raise ThemeError if the theme's folder is a link that leads out of ``templates``."""
    own = templates / name
    if own.resolve().is_relative_to(templates.resolve()):
        return
    message = f"The theme '{name}' is a link to a folder outside {templates.name}/."
    raise ThemeError.at(own, None, message, f"Copy that folder into {templates.name}/.")


def _has(folder: Path, name: str) -> bool:
    """Return whether a folder has a file of this name.

    Raise ThemeError for a link that leads to no file: the next folder's would be used silently.
    """
    path = folder / name
    if _is_file(path):
        return True
    if _is_broken_link(path):
        message = "This link leads to no file."
        raise ThemeError.at(path, None, message, "Copy the file here, or delete the link.")
    return False


def _is_broken_link(path: Path) -> bool:
    try:
        return path.is_symlink() and not path.exists()
    except OSError:  # a name longer than a file can have
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than a file can have
        return False


def read(path: Path) -> str:
    r"""Return the text of a theme's file, its lines ended by ``\n``.

    Raise ThemeError if it is not UTF-8, or too large.
    """
    try:
        text = read_regular(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The file cannot be read ({error})."
        raise ThemeError.at(path, None, message, "Save it as UTF-8.") from error
    except OSError as error:
        message = f"The file cannot be read ({error.strerror})."
        hint = "Check that it is an ordinary file, and its permissions."
        raise ThemeError.at(path, None, message, hint) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
