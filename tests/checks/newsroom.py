"""A newsroom: a newsletter in a temporary folder whose newest issue, 700, is sound, and ways to spoil it."""

from __future__ import annotations

import atexit
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

import yaml

from newsletter.checks.galley import Galley, galley_of
from newsletter.checks.preflight import preflight
from newsletter.model import ITEM_OF_SECTION, Finding
from tests.drawing import drawn

TESTS = Path(__file__).resolve().parents[1]
SOUND = Path(__file__).resolve().parent / "sound"
TODAY = date(2030, 1, 4)
SECTION_OF_KIND = {
    noun.model_fields["kind"].default: kind for kind, noun in ITEM_OF_SECTION.items()
}
_BLOCK = re.compile(r"^```(\w+) ?([\w-]*)((?: [\w-]+=\S+)*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

_LISTED = re.compile(r"^(\S+) +(\d+) x (\d+) pixels +(\d+) KB(?: +(\w[\w ]*))?$", re.MULTILINE)


class Reported(NamedTuple):
    """A finding in short: ``error``, ``issues/700/issue.yaml:4``, what is wrong."""

    severity: str
    place: str
    message: str


class Newsroom:
    """Each method that changes something returns the newsroom, so that changes can follow one another."""

    def __init__(
        self, folder: Path, issues: Path = SOUND, number: str = "700", today: date = TODAY
    ) -> None:
        self._folder = folder
        self._shipped = issues
        self._is_copied = False
        self.number = number
        self.today = today
        self._html: list[str] = []
        self._text: list[str] = []
        self._headers: list[str] = []
        self._raw: list[tuple[bytes, bytes]] = []

    @property
    def folder(self) -> Path:
        """The newsroom's own folder, filled when it is first asked for: many tests need no file."""
        if not self._is_copied:
            _copy(self._shipped, self._folder)
            self._is_copied = True
        return self._folder

    @property
    def issues(self) -> Path:
        return self.folder / "issues"

    # Files

    def write(self, name: str, text: str | bytes) -> Self:
        """Write a file below the newsroom's folder, such as ``issues/700/story.md``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def files(self, listing: str) -> Self:
        """Draw pictures in the newest issue's folder, a line for each: ``images/lab.png   1152 x 768 pixels   90 KB``,
        then what is special about it, as ``drawn`` knows it.
        """
        for name, wide, high, kilobytes, special in _LISTED.findall(listing):
            size = (int(wide), int(high))
            content = drawn(name, size, special) if special else _png(*size)
            content = content.ljust(int(kilobytes) * 1024, b"\0")
            self.write(f"issues/{self.number}/{name}", content)
        return self

    def change(self, name: str, old: str, new: str) -> Self:
        """Replace a text that appears in a file once."""
        text = (self.folder / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} appears {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def issue(self, **fields: Any) -> Self:
        """Set fields of the newest issue; None deletes one, a number moves the issue."""
        if "number" in fields:
            number = str(fields["number"])
            (self.issues / self.number).rename(self.issues / number)
            self.number = number
        return self._merge(f"issues/{self.number}/issue.yaml", fields)

    def item(self, **fields: Any) -> Self:
        """Put one item in place of all items of its kind; news, if it names none."""
        kind = SECTION_OF_KIND[fields.pop("kind", "news")]
        written = yaml.safe_load((self.issues / self.number / "issue.yaml").read_text("utf-8"))
        others = [section for section in written["sections"] if section["kind"] != kind]
        return self.issue(sections=[{"kind": kind, "items": [fields]}, *others])

    def publication(self, **fields: Any) -> Self:
        """Set fields of the publication."""
        return self._merge("issues/publication.yaml", fields)

    def back_issue(self, **fields: Any) -> Self:
        """Add an earlier issue, like 699 but for these fields; ``number`` must be one of them."""
        text = (SOUND / "699" / "issue.yaml").read_text("utf-8")
        name = f"issues/{fields['number']}/issue.yaml"
        return self.write(name, text)._merge(name, fields)

    # The finished email, for what no manifest and no theme of ours can cause

    def html(self, source: str) -> Self:
        """Replace the email's HTML by a whole document, or add a piece before the end of its body."""
        self._html.append(source)
        return self

    def text(self, text: str) -> Self:
        """Add a piece of text at the end of the text part."""
        self._text.append(text)
        return self

    def headers(self, lines: str) -> Self:
        """Replace the headers of the same name by these lines; a name alone (``Date:``) deletes the header."""
        self._headers.append(lines)
        return self

    def raw(self, old: bytes, new: bytes) -> Self:
        """Replace a piece of the raw message."""
        self._raw.append((old, new))
        return self

    def theme(self, name: str, old: str, new: str) -> Self:
        """Replace a text in a file of a copy of the default theme."""
        templates = self.folder / "templates"
        if not templates.exists():
            shutil.copytree(TESTS.parent / "templates", templates)
        return self.change(f"templates/bionews/{name}", old, new)

    def line(self, name: str, text: str) -> str:
        """Return the place of the first line of a file that has a text: ``issues/700/issue.yaml:4``."""
        lines = (self.folder / name).read_text("utf-8").split("\n")
        return f"{name}:{next(number for number, line in enumerate(lines, 1) if text in line)}"

    # Asking

    def galley(self) -> Galley:
        if self._is_copied:
            galley = galley_of(self.issues / self.number)
        else:
            galley = _galley_as_shipped(self._shipped, self.number)
        galley = replace(galley, today=self.today)
        if self._html or self._text:
            galley = self._with_other_parts(galley)
        if self._headers or self._raw:
            galley = self._with_other_message(galley)
        return galley

    def _with_other_parts(self, galley: Galley) -> Galley:
        html = galley.email.html
        for source in self._html:
            is_whole = re.match(r"\s*<(!doctype|html)", source, re.IGNORECASE)
            html = source if is_whole else html.replace("</body>", f"{source}</body>")
        text = "".join([galley.email.text, *self._text])
        return replace(galley, email=galley.email.model_copy(update={"html": html, "text": text}))

    def _with_other_message(self, galley: Galley) -> Galley:
        message = galley.message
        for lines in self._headers:
            message = _with_headers(message, lines)
        for old, new in self._raw:
            assert old in message
            message = message.replace(old, new, 1)
        vars(galley)["message"] = message
        return galley

    def told(self, rule: str) -> list[Reported]:
        """Return what one rule reports. A stale ignore shows only when all other rules have run."""
        only = () if rule == "stale-ignore" else (rule,)
        found = preflight(self.galley(), only=only).findings
        return [self.told_of(finding) for finding in found if finding.check == rule]

    def findings(self, *rules: str) -> tuple[Finding, ...]:
        """Return the findings of some rules, or of all, with what to do."""
        return preflight(self.galley(), only=rules).findings

    def told_of(self, finding: Finding) -> Reported:
        """Return a finding in short."""
        return Reported(finding.severity, self._place(finding), finding.problem.message)

    def _place(self, finding: Finding) -> str:
        problem = finding.problem
        path = problem.path.resolve()
        homes = (self._folder, _as_shipped(self._shipped), TESTS.parent)
        home = next(home for home in homes if path.is_relative_to(home.resolve()))
        name = path.relative_to(home.resolve())
        return f"{name}:{problem.line}" if problem.line else str(name)

    def _merge(self, name: str, fields: dict[str, Any]) -> Self:
        written = yaml.safe_load((self.folder / name).read_text("utf-8")) | fields
        kept = {name: value for name, value in written.items() if value is not None}
        return self.write(name, yaml.safe_dump(kept, sort_keys=False, allow_unicode=True))

    def apply(self, example: str) -> Self:
        """Do everything that the code blocks of an example in a manual page say."""
        blocks = list(_BLOCK.finditer(example))
        assert blocks, f"there is no code block in {example!r}"
        for block in blocks:
            language, what, options, content = block.groups()
            times = int(dict(option.split("=") for option in options.split()).get("repeat", 1))
            self._apply(language, what, content * times)
        return self

    def _apply(self, language: str, what: str, content: str) -> None:
        if language == "toml":
            self.write(f"templates/bionews/{what}.toml", content)
        elif what == "written":
            self.write(f"issues/{self.number}/issue.yaml", content)
        elif language == "yaml":
            fields = yaml.safe_load(content)
            {
                "issue": self.issue,
                "item": self.item,
                "publication": self.publication,
                "back-issue": self.back_issue,
            }[what](**fields)
        else:
            {"html": self.html, "text": self.text, "message": self.headers, "files": self.files}[
                language
            ](content)


def _copy(issues: Path, folder: Path) -> None:
    shutil.copytree(issues, folder / "issues")
    if issues == SOUND:
        shutil.copy(TESTS.parent / "issues" / "publication.yaml", folder / "issues")


@cache
def _as_shipped(issues: Path) -> Path:
    """Return a newsroom's folder that no test changes."""
    folder = TemporaryDirectory(prefix="newsroom-")
    atexit.register(folder.cleanup)
    _copy(issues, Path(folder.name))
    return Path(folder.name)


@cache
def _galley_as_shipped(issues: Path, number: str) -> Galley:
    """Return the galley of an issue in which nothing was changed: rendered once, for all tests of the finished email."""
    return galley_of(_as_shipped(issues) / "issues" / number)


Plant = Callable[[Newsroom], object]
"""Puts a mistake into a newsroom."""


def _png(wide: int, high: int) -> bytes:
    """Return a white picture."""
    rows = (b"\0" + b"\xff" * ((wide + 7) // 8)) * high
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _with_headers(message: bytes, lines: str) -> bytes:
    head, _, body = message.partition(b"\r\n\r\n")
    given = re.findall(r"^([\w-]+):((?:.*)(?:\n[ \t].*)*)$", lines.strip("\n"), re.MULTILINE)
    names = {name.lower().encode() for name, _ in given}
    kept = [
        header
        for header in re.split(rb"\r\n(?![ \t])", head)
        if header.partition(b":")[0].lower() not in names
    ]
    new = [
        f"{name}:{value}".replace("\n", "\r\n").encode() for name, value in given if value.strip()
    ]
    return b"\r\n".join([*kept, *new]) + b"\r\n\r\n" + body
