"""Random edits of random YAML: what an edit is not about stays byte for byte."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.errors import ManifestError
from newsletter.manifest.yaml_editing import Edit, Insert, Missing, Put, Remove, edited
from newsletter.model.walking import Way
from tests.manifest.yaml_styles import NAMES, VALUES, Written, at, styled, ways
from tests.strategies import ISSUES

PATH = Path("issue.yaml")
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read(text: str) -> Any:
    """Return the data as PyYAML has it, every scalar as text; the last line may have no end."""
    return yaml.load(text.removeprefix("\ufeff") + "\n", Loader=yaml.BaseLoader)  # noqa: S506


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def same_lines(before: list[str], after: list[str]) -> int:
    """Return how many of the first lines are the same."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    return len(list(pairs))


def changed_lines(before: list[str], after: list[str]) -> range:
    """Return which lines differ, between those that are the same above and below."""
    above = same_lines(before, after)
    below = same_lines(before[above:][::-1], after[above:][::-1])
    return range(above, len(before) - below)


@st.composite
def edits(draw: st.DrawFn, data: dict[str, Any]) -> Edit:
    """Draw an edit that the data allows."""
    values = VALUES | st.just(Missing("who?"))
    choices = ways(data)
    lists = [way for way in choices if isinstance(at(data, way), list)]
    fields = [way for way in choices if isinstance(at(data, way), dict)]
    kinds: list[st.SearchStrategy[Edit]] = [
        st.builds(Put, st.sampled_from(choices[1:]), values),
        st.builds(Put, st.sampled_from(fields).flatmap(_with_name), values),
    ]
    if lists:
        positions = st.none() | st.integers(0, 3)
        kinds.append(st.builds(Insert, st.sampled_from(lists), VALUES, positions))
    removable = [way for way in choices[1:] if len(way) > 1 or len(data) > 1]
    if removable:
        kinds.append(st.builds(Remove, st.sampled_from(removable)))
    return draw(st.one_of(kinds))


def _with_name(way: Way) -> st.SearchStrategy[Way]:
    return NAMES.map(lambda name: (*way, name))


def plain(value: Any) -> Any:
    """Return a value as BaseLoader reads it: nothing is an empty text."""
    if isinstance(value, Missing):
        return ""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def with_edit(data: Any, edit: Edit) -> Any:
    """Return the data after an edit that was made on them."""
    changed = deepcopy(data)
    holder, last = at(changed, edit.way[:-1]), edit.way[-1]
    if isinstance(edit, Remove):
        del holder[last]
    elif isinstance(edit, Put):
        holder[last] = edit.value
    else:
        position = len(holder[last]) if edit.position is None else edit.position
        holder[last].insert(position, edit.value)
    return plain(changed)


def may_change(written: Written, data: Any, edit: Edit) -> set[int]:
    """Return the numbers of the lines that an edit may change."""
    way = edit.way
    is_new = isinstance(edit, Insert) or way not in ways(data)
    if is_new:
        holder = way if isinstance(edit, Insert) else way[:-1]
        is_empty = holder and not at(data, holder)
        return {n for n, of in enumerate(written.ways) if is_empty and of == holder}

    mine = {n for n, of in enumerate(written.ways) if of is not None and of[: len(way)] == way}
    first, last = min(mine), max(mine)
    allowed = set(range(first, last + 1))
    if isinstance(edit, Remove):  # comments in it, one of two empty lines, the line behind a hyphen
        allowed |= {first - 2, first - 1, *range(last + 1, len(written.lines))}
        if len(at(data, way[:-1])) == 1:
            allowed |= {n for n, of in enumerate(written.ways) if of == way[:-1]}
    return allowed


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Any, Written, Edit]:
    """Draw data, how they are written, and an edit."""
    data, written = draw(styled())
    return data, written, draw(edits(data))


@SETTINGS
@given(scenes(), st.booleans())
def test_what_an_edit_is_not_about_stays(scene: tuple[Any, Written, Edit], marked: bool) -> None:
    data, written, edit = scene
    mark = "\ufeff" if marked else ""
    result = edited(mark + written.text, [edit], PATH)
    assert result.startswith(mark)
    assert read(result) == with_edit(data, edit)

    before, after = lines(written.text), lines(result.removeprefix(mark))
    allowed = may_change(written, data, edit)
    if not written.line_ends[-1]:
        allowed.add(len(before) - 1)  # it gets a line end if another line follows
    assert set(changed_lines(before, after)) <= allowed


def comments(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.strip().startswith("# com"))


@SETTINGS
@given(scenes())
def test_no_comment_is_lost_or_doubled_by_what_is_added(scene: tuple[Any, Written, Edit]) -> None:
    data, written, edit = scene
    is_new = isinstance(edit, Insert) or edit.way not in ways(data)
    if is_new:
        assert comments(edited(written.text, [edit], PATH)) == comments(written.text)


def _place(path: Path) -> str:
    return path.relative_to(ISSUES.parent).as_posix()


MANIFESTS = sorted([*ISSUES.rglob("*.yaml"), *GOLDEN.rglob("issues/**/*.yaml")])


@pytest.mark.parametrize("path", MANIFESTS, ids=_place)
def test_each_value_of_a_real_file_can_be_changed(path: Path) -> None:
    text = path.read_bytes().decode()
    data = read(text)
    for way in ways(data)[1:]:
        value = at(data, way)
        assert edited(text, [Put(way, value)], path) == text
        trials: list[Edit] = [Put(way, "Other: words"), Put(way, Missing("what?")), Remove(way)]
        if isinstance(value, list):
            trials += [
                Insert(way, {"title": "New", "date": date(2012, 4, 16)}, 0),
                Insert(way, "x"),
            ]
        for edit in trials:
            try:
                result = edited(text, [edit], path)
            except ManifestError as refusal:
                assert "brackets or braces" in str(refusal)  # noqa: PT017
            else:
                before, after = lines(text), lines(result)
                kept = len(before) - len(changed_lines(before, after))
                assert kept >= len(before) - text_lines(value)


def text_lines(value: Any) -> int:
    """Return the most lines that a value and its comments take in these files."""
    return len(yaml.dump(value, allow_unicode=True, width=40).splitlines()) * 2 + 4
