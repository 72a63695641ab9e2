"""Notes that only editors see, made of what anybody may have sent."""

from __future__ import annotations

import yaml

from newsletter.text.editor_notes import missing_note, question_note, questions_in


def test_a_hint_cannot_make_a_file_unreadable() -> None:
    note = missing_note("Sent by Eve\x1b[31m\x00\n---\ntitle: hers: the author?")

    assert yaml.safe_load(f"authors:  {note}\n") == {"authors": None}


def test_a_question_ends_where_it_ends() -> None:
    note = question_note("Is --> this\x07\n\nright?")

    assert questions_in(note) == ["Is —> this� right?"]
