"""What a review says of its work above its own text: the title, credits, ISBN, where to buy it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsletter.importers.lines.buy_links import Group, groups_in
from newsletter.importers.lines.kinds import unquoted
from newsletter.importers.lines.marks import plain, unmarked
from newsletter.importers.lines.places import line_at, next_written
from newsletter.importers.lines.work_lines import WorkLine, work_line
from newsletter.importers.piece import Found
from newsletter.text.normalise import normalised_title

_RULE = "the lines about the work"
_LONGEST_CREDIT = 200
_CAPTION_LABEL = re.compile(r"(?:caption|picture|image|photo)\s*:\s*(\S.*)", re.IGNORECASE)
_QUOTED_START = re.compile(r"['‘\"“](.+?)['’\"”](?!\w)")
_ENDS_SENTENCE = re.compile(r"[.!?…]['\"’”)]*$")


class WorkBlock(NamedTuple):
    """The fields of a work, and the review below it."""

    fields: Mapping[str, Found]
    body: str
    hints: Mapping[str, str] = {}
    left_out: tuple[str, ...] = ()


def split_work(markdown: str, known: Mapping[str, Found], language: str) -> WorkBlock:
    """Return what the lines above a review say of its work, and the review.

    ``known`` has what the review's title says: ``work.title`` and ``work.kind``.
    """
    block = _Block(markdown, known, language)
    block.read()
    return WorkBlock(block.fields(), block.body(), block.hints(), block.all_left_out())


class _Block:
    def __init__(self, markdown: str, known: Mapping[str, Found], language: str) -> None:
        self.lines = markdown.split("\n")
        self.place = 0
        self.kind = known["work.kind"].value if "work.kind" in known else None
        self.title = known["work.title"].value if "work.title" in known else ""
        self.language = language
        self.found: dict[str, Any] = {}
        self.groups: list[Group] = []
        self.bought: list[str] = []
        """The lines that say where to buy the work."""
        self.left_out: list[str] = []
        self.read_title: str | None = None
        self.caption: str | None = None

    def read(self) -> None:
        """Read the lines above the review, and those below it that say where to buy the work."""
        self._read_title()
        while self._read_line():
            pass
        self._read_caption()
        while self._read_last_line():
            pass

    def fields(self) -> dict[str, Found]:
        """Return what was found."""
        fields = {f"work.{name}": Found(value, _RULE) for name, value in self.found.items()}
        if self.read_title:
            fields["work.title"] = Found(self.read_title, "the line above the work's credits")
        if self.caption:
            fields["picture.caption"] = Found(self.caption, "the line below those about the work")
        groups = [_linked(group) for group in self.groups]
        links = [group for group in groups if group["links"]]
        if links:
            fields["work.links"] = Found(links, '"Buy … from …"')
        return fields

    def hints(self) -> dict[str, str]:
        """Return what may help with the links, if none has an address, and with the picture."""
        hints: dict[str, str] = {}
        if self._without_address and not any(map(_is_linked, self.groups)):
            hints["work.links"] = f"Find the addresses for {self._without_address}"
        if self.caption:
            hints["picture.src"] = f'Find the picture with the caption "{self.caption}"'
        return hints

    def all_left_out(self) -> tuple[str, ...]:
        """Return what is left out, with the links that have no address while others have one."""
        if self._without_address and any(map(_is_linked, self.groups)):
            self.left_out.append(f"Addresses are missing for {self._without_address}")
        return tuple(self.left_out)

    @property
    def _without_address(self) -> str:
        without = [group for group in self.groups if not all(place.url for place in group.places)]
        if not without:
            return ""
        wanted = "; ".join(group.words for group in without)
        said = '" and "'.join(self.bought)
        return f'{wanted}. The text says: "{said}"'

    def body(self) -> str:
        """Return the lines that are left."""
        return "\n".join(self.lines[self.place :]).strip("\n")

    def _read_title(self) -> None:
        start = self._next(self.place)
        words = plain(self._line(start))
        if not words:
            return
        is_known = normalised_title(words) == normalised_title(self.title)
        below = self._line(self._next(start + 1))
        is_above_credits = not _ENDS_SENTENCE.search(words) and self._work_line(below) is not None
        if is_known or (is_above_credits and self._work_line(words) is None):
            self.read_title = unquoted(unmarked(self._line(start)))
            self.place = start + 1

    def _read_line(self) -> bool:
        place = self._next(self.place)
        line = self._line(place)
        if not line:
            return False

        said = self._work_line(line)
        groups = groups_in(line)
        if groups:
            self._take_groups(groups, line)
        elif said:
            self._take(said, line)
        elif self._is_credit(place):
            self._take(WorkLine({"credits": [plain(line)]}), line)
        else:
            return False
        self.place = place + 1
        return True

    def _is_credit(self, place: int) -> bool:
        """Return whether a line is between others about the work, and is no sentence."""
        words = plain(self._line(place))
        below = self._line(self._next(place + 1))
        is_line = len(words) <= _LONGEST_CREDIT and not _ENDS_SENTENCE.search(words)
        return is_line and bool(self.found) and self._work_line(below) is not None

    def _read_caption(self) -> None:
        """Read the line below: it is a caption if it says so, or begins with the work's title."""
        start = self._next(self.place)
        words = plain(self._line(start))
        label = _CAPTION_LABEL.fullmatch(words)
        quoted = _QUOTED_START.match(words)
        title = self.read_title or self.title
        is_titled = quoted and normalised_title(quoted[1]) == normalised_title(title)
        if label:
            self.caption = label[1]
        elif is_titled and not _ENDS_SENTENCE.search(words):
            self.caption = words
        else:
            return
        self.place = start + 1

    def _read_last_line(self) -> bool:
        while self.lines and not self.lines[-1].strip():
            del self.lines[-1]
        has_other_text = len(self.lines) > self.place + 1
        groups = groups_in(self.lines[-1]) if has_other_text else None
        is_paragraph = groups and not self.lines[-2].strip()
        if not groups or not is_paragraph:
            return False
        self._take_groups(groups, self.lines.pop())
        return True

    def _take(self, said: WorkLine, line: str) -> None:
        for name, value in said.fields.items():
            earlier = self.found.get(name)
            if earlier is None:
                self.found[name] = value
            elif isinstance(value, list):
                self.found[name] = [*earlier, *value]
            elif isinstance(value, str):
                self.found[name] = f"{earlier}, {value}"
            else:
                self.left_out.append(f'One line more about the work: "{plain(line)}"')
        self.left_out += said.left_out

    def _take_groups(self, groups: list[Group], line: str) -> None:
        self.bought.append(plain(line))
        for group in groups:
            if group not in self.groups:
                self.groups.append(group)

    def _work_line(self, line: str) -> WorkLine | None:
        words = plain(line)
        if words:
            return work_line(words, self.kind, self.language)
        return None

    def _next(self, place: int) -> int:
        return next_written(self.lines, place)

    def _line(self, place: int) -> str:
        return line_at(self.lines, place)


def _linked(group: Group) -> dict[str, Any]:
    links = [{"name": place.name, "url": place.url} for place in group.places if place.url]
    return {"label": group.label, "links": links}


def _is_linked(group: Group) -> bool:
    return any(place.url for place in group.places)
