"""A theme's files: its own, and for what it lacks, those of the default theme."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsletter.errors import ThemeError

DEFAULT = "bionews"
TEMPLATE, TEXT_TEMPLATE, STYLE, PALETTE, WORDS = (
    "email.mjml.j2",
    "email.txt.j2",
    "style.css",
    "palette.css",
    "words.toml",
)


def default_folder() -> Path:
    """Where the default theme is: inside the installed package, or at the top of a checkout."""
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
        """The theme in ``templates/name``, or the default one. Raises ThemeError, with the themes there are."""
        own = templates / name
        known = sorted({DEFAULT, *(folder.name for folder in templates.glob("*/") if folder.is_dir())})
        if name not in known:
            hint = f"There are: {', '.join(known)}. 'newsletter theme new {name}' starts one."
            raise ThemeError.at(own, None, f"There is no theme '{name}'.", hint)
        folders = [own] if own.is_dir() else []
        if name != DEFAULT or not folders:
            folders.append(default_folder())
        return cls(name, tuple(folders))

    def path(self, name: str, used_in: Path | None = None, line: int | None = None) -> Path:
        """The file that is used under this name. Raises ThemeError if no folder has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        hint = "Make it, or correct the name."
        raise ThemeError.at(used_in or self.folders[0] / name, line, f"The theme has no file '{name}'.", hint)

    def files(self) -> list[Path]:
        """All files that can bear on the compiled theme, in a fixed order."""
        return [path for folder in self.folders for path in sorted(folder.rglob("*")) if path.is_file()]

    def layers(self, name: str) -> list[tuple[Path, str]]:
        """All files of this name with their texts, the default theme's first, for files that add to one another."""
        paths = [folder / name for folder in reversed(self.folders) if (folder / name).is_file()]
        return [(path, read(path)) for path in paths]

    def words(self) -> dict[str, Any]:
        """The words that templates use, those of words.toml over those of the default theme."""
        words: dict[str, Any] = {}
        for path, text in self.layers(WORDS):
            try:
                for name, value in tomllib.loads(text).items():
                    words[name] = words.get(name, {}) | value if isinstance(value, dict) else value
            except tomllib.TOMLDecodeError as error:
                raise ThemeError.at(path, None, f"TOML: {error}.", 'Write each word as name = "text".') from error
        return words


def read(path: Path) -> str:
    """The text of a theme's file. Raises ThemeError if it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise ThemeError.at(path, None, f"The file cannot be read ({error}).", "Save it as UTF-8.") from error
