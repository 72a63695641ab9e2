"""What is kept of an answer beside its content, in words that can be compared and shown."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from newsletter.services.campaign_settings import WholeAnswer, in_words, settings_in

NOTHING: tuple[Any, ...] = (
    None,
    "",
    False,
    0,
    [],
    {},
    {"campaign": False, "notes": ""},
    [{}],
    [[]],
)


class Thing(WholeAnswer):
    """An answer of which one field is read."""

    id: str


def test_all_of_an_answer_is_kept_beside_what_is_read() -> None:
    said = b'{"id": "1", "tracking": {"opens": true}}'
    thing = TypeAdapter(Thing).validate_json(said)
    assert (thing.id, thing.answer) == ("1", {"id": "1", "tracking": {"opens": True}})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((nothing, "none") for nothing in NOTHING),
        (True, "on"),
        (7, "7"),
        ("code", "code"),
        ([7, 12], "7, 12"),
        (["a", True], "a, on"),
        ({"b": [1], "a": "x"}, '{"a": "x", "b": [1]}'),
        ([{"a": 1}], '{"a": 1}'),
        ([0, 7], "none, 7"),
    ],
)
def test_a_value_is_said_in_words(value: Any, said: str) -> None:
    assert in_words(value) == said


def test_each_thing_is_found_where_it_is_and_what_is_not_told_is_left_out() -> None:
    answer = {
        "type": "regular",
        "tracking": {"opens": False, "clicks": True},
        "list": [1],
        "nothing": None,
    }
    places = {
        "kind": "type",
        "opens": "tracking.opens",
        "clicks": "tracking.clicks",
        "goals": "tracking.goals",
        "segments": "recipients.segments",
        "first": "list.0",
        "below text": "type.opens",
        "below nothing": "nothing.at.all",
    }
    assert settings_in(answer, places) == {"kind": "regular", "opens": "none", "clicks": "on"}
