"""A theme's files: its own, and those of the default theme for what it does not have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter.errors import ThemeError
from newsletter.files import read_regular
from newsletter.plugins import found, require_own_names

DEFAULT = "bionews"
GROUP = "newsletter.themes"
"""The group of entry points for themes of other distributions."""
_LARGEST = 250_000
"""Bytes of one of a theme's files; Gmail clips an email at 102,400."""
TEMPLATE, TEXT_TEMPLATE, STYLE, PALETTE, WORDS = (
    "email.mjml.j2",
    "email.txt.j2",
    "style.css",
    "palette.css",
    "words.toml",
)


def default_folder() -> Path:
    """Return the folder of the default theme: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates" / DEFAULT
    return installed if installed.is_dir() else package.parent / "templates" / DEFAULT


@dataclass(frozen=True)
class ThemeFolder:
    """A theme by name; ``folders`` are searched in order."""

    name: str
    folders: tuple[Path, ...]

    @classmethod
    def find(cls, name: str, templates: Path) -> ThemeFolder:
        """Return the theme in ``templates/name``, an installed one, or the default one.

        Raise ThemeError, which lists the themes, for an unknown name; PluginError if two are called alike.
        """
        own = templates / name
        require_own_names(GROUP, [DEFAULT])
        installed = found(GROUP)
        in_templates = (folder.name for folder in templates.glob("*/") if folder.is_dir())
        known = sorted({DEFAULT, *installed, *in_templates})
        if name not in known:
            hint = f"The themes are: {', '.join(known)}. 'newsletter theme new {name}' starts a new one."
            raise ThemeError.at(own, None, f"There is no theme '{name}'.", hint)
        if not own.resolve().is_relative_to(templates.resolve()):
            message = f"The theme '{name}' is a link to a folder outside {templates.name}/."
            raise ThemeError.at(own, None, message, f"Copy that folder into {templates.name}/.")
        if own.is_dir():
            folders = [own]
        else:
            folders = [installed[name].folder()] if name in installed else []
        if name != DEFAULT or not folders:
            folders.append(default_folder())
        return cls(name, tuple(folders))

    def path(self, name: str, used_in: Path | None = None, line: int | None = None) -> Path:
        """Return the file that is used under this name. Raises ThemeError if no folder has it, or if it is outside
        them.
        """
        for folder in self.folders:
            if _is_file(folder / name):
                return self._own(folder / name, used_in, line)
        hint = "Make it, or correct the name."
        raise ThemeError.at(
            used_in or self.folders[0] / name, line, f"The theme has no file '{name}'.", hint
        )

    def files(self) -> list[Path]:
        """Return all files that can affect the compiled theme, in a fixed order."""
        paths = [path for folder in self.folders for path in sorted(folder.rglob("*"))]
        return [path for path in paths if _is_file(path) and self._holds(path)]

    def layers(self, name: str) -> list[tuple[Path, str]]:
        """Return all files of this name with their texts, the default theme's first, for files that add to one another.
        Raises ThemeError.
        """
        paths = [folder / name for folder in reversed(self.folders) if _is_file(folder / name)]
        return [(path, read(self._own(path))) for path in paths]

    def _own(self, path: Path, used_in: Path | None = None, line: int | None = None) -> Path:
        if self._holds(path):
            return path
        message = f"'{path.name}' is not in the theme's own folder."
        raise ThemeError.at(used_in or path, line, message, "Copy the file into that folder.")

    def _holds(self, path: Path) -> bool:
        """Return whether a file is in one of the folders, links followed, and is not a hidden one such as ``.env``."""
        file = path.resolve()
        roots = [folder.resolve() for folder in self.folders]
        places = [file.relative_to(root) for root in roots if file.is_relative_to(root)]
        return any(
            not place.as_posix().startswith(".") and "/." not in place.as_posix()
            for place in places
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than a file can have
        return False


def read(path: Path) -> str:
    """Return the text of a theme's file, its lines ended by \\n. Raises ThemeError if it is not UTF-8, or too large."""
    try:
        text = read_regular(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ThemeError.at(
            path, None, f"The file cannot be read ({error}).", "Save it as UTF-8."
        ) from error
    except OSError as error:
        message = f"The file cannot be read ({error.strerror})."
        raise ThemeError.at(
            path, None, message, "Check that it is an ordinary file, and its permissions."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
