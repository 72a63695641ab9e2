"""Markdown as other programs read it, to ours: HTML in it, code, tables, pictures beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from newsletter.importers.markdown_writer import markdown_of
from newsletter.importers.picture_kinds import picture_suffix
from newsletter.importers.piece import PictureFile
from newsletter.text.markdown.commonmark import commonmark_to_html
from newsletter.text.slug import slug

_FOREIGN = re.compile(
    r"^ {0,3}(?:```|~~~)|^ {0,3}(?:=++|-++)[ \t]*$|^(?=[^\n]*\|)(?=[^\n]*-)[ \t:|-]++$"
    r"|^(?: {4}|\t)\S|!\[|<[a-zA-Z/][^\n<>]*>|^ {0,3}[*_-](?:[ \t]*[*_-]){2,}+[ \t]*$"
    r"|\{%[^\n%]*%\}|\{\{[^\n{}]*\}\}|\*\*\*|^ {0,3}#{4,6} ",
    re.MULTILINE,
)
"""What our dialect does not have."""
_TAG = re.compile(
    r"\{%(?:(?!\{%).){0,1000}?%\}|\{\{(?:(?!\{\{).){0,1000}?\}\}|\{:[^\n{}]{0,200}\}", re.DOTALL
)
"""A tag of Liquid, a shortcode of Hugo, an attribute list of kramdown."""
_CODE = re.compile(
    r"^ {0,3}(?P<fence>```|~~~).*?^ {0,3}(?P=fence)|``.*?``|`[^`\n]*`", re.DOTALL | re.MULTILINE
)
_RAW = re.compile(r"\{% *(?:end)?raw *%\}")
"""What Liquid is told with that a tag in code is no tag."""
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_MOST_PICTURES = 40
_LARGEST = 25_000_000
"""Bytes of one picture."""


class Foreign(NamedTuple):
    """Markdown in our dialect, made of other Markdown."""

    markdown: str
    pictures: tuple[PictureFile, ...] = ()
    repairs: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def is_foreign(markdown: str) -> bool:
    """Return whether a text has what our dialect has not, and so must be written anew."""
    return _FOREIGN.search(_MORE.sub("", markdown)) is not None


def as_ours(markdown: str, path: Path | None) -> Foreign:
    """Return a text in our dialect. ``path`` is its file: pictures are looked for beside it."""
    source, tags = _without_tags(markdown)
    source = _MORE.sub("", source)
    pictures = _Pictures(path.parent if path else None)
    written = markdown_of(commonmark_to_html(source), picture=pictures.kept)

    left_out = (*(f"A tag of the site's generator: {tag}" for tag in tags), *written.left_out)
    return Foreign(written.markdown, tuple(pictures.files.values()), written.repairs, left_out)


def _without_tags(markdown: str) -> tuple[str, list[str]]:
    """Return a text without the tags of its site's generator, and these. Code has none."""
    tags: list[str] = []
    kept = ""
    done = 0
    for code in _CODE.finditer(markdown):
        before = markdown[done : code.start()]
        tags += _TAG.findall(before)
        kept += _TAG.sub("", before) + _RAW.sub("", code[0])
        done = code.end()
    after = markdown[done:]
    return kept + _TAG.sub("", after), tags + _TAG.findall(after)


class _Pictures:
    """The pictures beside a text. None is read from outside its folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.files: dict[Path, PictureFile] = {}

    def kept(self, source: str) -> str | None:
        """Return the name under which a picture is kept; None for one that is not there."""
        path = self._path(source)
        if path is None:
            return None
        if path not in self.files:
            content = path.read_bytes()
            suffix = picture_suffix(content)
            if suffix is None:
                return None
            stem = slug(path.stem) or "picture"
            number = len(self.files) + 1
            self.files[path] = PictureFile(f"{stem}-{number}{suffix}", content)
        return f"images/{self.files[path].name}"

    def _path(self, source: str) -> Path | None:
        """Return the file of a picture, if it is in the folder of the text."""
        name = unquote(source)
        if self._folder is None or re.match(r"[a-z]+:|//|[/\\]", name, re.IGNORECASE):
            return None
        if len(self.files) >= _MOST_PICTURES or "\0" in name:
            return None

        folder = self._folder.resolve()
        path = (folder / name).resolve()
        is_within = path.is_relative_to(folder)
        if not is_within or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        return path
