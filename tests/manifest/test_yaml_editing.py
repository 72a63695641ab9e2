"""YAML edited as text: what is not meant stays, and what is meant is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest.text_file import exact_text
from newsletter.manifest.yaml_editing import Edit, Insert, Missing, Put, Remove, edited

PATH = Path("issue.yaml")
ISSUE = """\
# Our own words.
number: 652
date: 2012-04-16   # a Monday

sections:
  - kind: news
    items:
      - title: One   # the first
        teaser: >-
          Of several
          lines.
        # What Ruth said about One.
      - title: "Two: a title"
        url: https://example.org/2
        # Two has a comment, too.

  # Reviews come last.
  - kind: reviews
    items: []   # none yet

# True, but it cannot be fixed.
ignore:
  - rule: far-date
"""


def changed(*edits: Edit, text: str = ISSUE) -> str:
    return edited(text, edits, PATH)


def test_without_an_edit_nothing_changes() -> None:
    assert changed() == ISSUE


def test_an_entry_goes_below_the_comments_of_the_last_one() -> None:
    new = "      - file: three.md\n"
    above = "        # Two has a comment, too.\n"
    edit = Insert(("sections", 0, "items"), {"file": "three.md"})
    assert changed(edit) == ISSUE.replace(above, above + new)


def test_an_entry_goes_between_two_others() -> None:
    new = "      - file: three.md\n"
    above = "        # What Ruth said about One.\n"
    edit = Insert(("sections", 0, "items"), {"file": "three.md"}, 1)
    assert changed(edit) == ISSUE.replace(above, above + new)


def test_an_entry_goes_before_the_first() -> None:
    above = "  - kind: news\n    items:\n"
    edit = Insert(("sections", 0, "items"), {"file": "three.md"}, 0)
    assert changed(edit) == ISSUE.replace(above, above + "      - file: three.md\n")


def test_an_empty_list_in_brackets_becomes_a_block() -> None:
    edit = Insert(("sections", 1, "items"), {"file": "three.md"})
    assert changed(edit) == ISSUE.replace(
        "    items: []   # none yet\n", "    items:   # none yet\n      - file: three.md\n"
    )


def test_lists_that_are_not_indented_stay_so() -> None:
    text = "sections:\n- kind: news\n  items:\n  - title: One\n# End.\nnumber: 1\n"
    edit = Insert(("sections", 0, "items"), {"title": "Two", "authors": ["Ruth"]})
    assert changed(edit, text=text) == (
        "sections:\n- kind: news\n  items:\n  - title: One\n"
        "  - title: Two\n    authors:\n    - Ruth\n# End.\nnumber: 1\n"
    )


def test_entries_with_empty_lines_between_them_get_one_more() -> None:
    text = "sections:\n  - kind: news\n\n  - kind: comment\n\nignore: []\n"
    edit = Insert(("sections",), {"kind": "reviews"})
    assert changed(edit, text=text) == text.replace("comment\n", "comment\n\n  - kind: reviews\n")


def test_a_value_is_replaced_and_its_comment_stays() -> None:
    edit = Put(("sections", 0, "items", 0, "title"), "One: again")
    assert changed(edit) == ISSUE.replace("title: One   #", 'title: "One: again"   #')


def test_a_text_of_several_lines_is_replaced_whole() -> None:
    edit = Put(("sections", 0, "items", 0, "teaser"), "A\n\nB\n")
    old = "teaser: >-\n          Of several\n          lines.\n"
    assert changed(edit) == ISSUE.replace(old, "teaser: |\n          A\n\n          B\n")


def test_a_field_is_added_below_the_others() -> None:
    edit = Put(("sections", 0, "items", 0, "picture", "src"), "images/lab.jpg")
    above = "        # What Ruth said about One.\n"
    new = "        picture:\n          src: images/lab.jpg\n"
    assert changed(edit) == ISSUE.replace(above, above + new)


def test_what_is_missing_has_a_note_until_it_is_there() -> None:
    way = ("sections", 0, "items", 1, "authors")
    note = changed(Put(way, Missing("Sent by Ruth:\nis it hers?")))
    assert "        authors:  # missing: Sent by Ruth: is it hers?\n" in note

    filled = changed(Put(way, ["Ruth"]), text=note)
    assert "        authors:\n          - Ruth\n" in filled
    assert "missing:" not in filled


def test_what_goes_is_one_entry() -> None:
    entry = ISSUE[ISSUE.index("      - title: One") : ISSUE.index('      - title: "Two')]
    assert changed(Remove(("sections", 0, "items", 0))) == ISSUE.replace(entry, "")


def test_the_first_field_of_an_entry_leaves_the_hyphen_to_the_second() -> None:
    edit = Remove(("sections", 0, "items", 1, "title"))
    assert changed(edit) == ISSUE.replace('title: "Two: a title"\n        url', "url")


def test_the_last_entry_leaves_an_empty_list() -> None:
    assert changed(Remove(("ignore", 0))) == ISSUE.replace(
        "ignore:\n  - rule: far-date\n", "ignore: []\n"
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_line_ends_and_a_byte_order_mark_stay(line_end: str, mark: str) -> None:
    text = mark + ISSUE.replace("\n", line_end)
    edits: list[Edit] = [
        Insert(("sections", 0, "items"), {"title": "Three", "teaser": "A\n\nB"}),
        Put(("sections", 0, "items", 0, "authors"), Missing("who")),
    ]
    assert changed(*edits, text=text) == mark + changed(*edits).replace("\n", line_end)


def test_new_lines_end_as_those_beside_them() -> None:
    text = "a: 1\r\nb:\n  - x\nc: 2\r\n"
    assert changed(Insert(("b",), "y"), text=text) == "a: 1\r\nb:\n  - x\n  - y\nc: 2\r\n"


def test_a_file_without_a_line_end_stays_so() -> None:
    assert changed(Insert(("b",), "y"), text="b:\n  - x") == "b:\n  - x\n  - y"
    assert changed(Put(("b",), "y"), text="b: x") == "b: y"


def test_an_end_mark_stays_last() -> None:
    text = "---\nb:\n  - x\n...\n"
    assert changed(Insert(("b",), "y"), text=text) == "---\nb:\n  - x\n  - y\n...\n"


@pytest.mark.parametrize("text", ["", "# Nothing yet.\n"], ids=["empty", "comment"])
def test_a_file_can_begin_empty(text: str) -> None:
    assert changed(Put(("work", "title"), "Cells"), text=text) == (f"{text}work:\n  title: Cells\n")


@pytest.mark.parametrize(
    "edit",
    [
        Insert(("topics",), "mice"),
        Put(("picture", "alt"), "A lab"),
        Put(("topics", 0), "mice"),
        Remove(("topics", 0)),
    ],
    ids=["insert", "put", "entry", "remove"],
)
def test_what_is_in_brackets_is_refused_with_its_line(edit: Edit) -> None:
    text = "number: 652\ntopics: [cells]\npicture: {src: lab.jpg}\n"
    with pytest.raises(ManifestError, match=r"issue\.yaml:[23]: What is in brackets or braces"):
        changed(edit, text=text)


def test_brackets_are_replaced_whole() -> None:
    text = "topics: [cells,\n  mice]   # ours\nnumber: 652\n"
    assert changed(Put(("topics",), ["eggs"]), text=text) == (
        "topics:   # ours\n  - eggs\nnumber: 652\n"
    )


def test_what_is_not_there_is_refused() -> None:
    for edit in (Remove(("sections", 7)), Remove(("lead",)), Put(("number", "x"), "y")):
        with pytest.raises(ManifestError):
            changed(edit)


def test_a_file_is_read_for_editing_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "issue.yaml").write_bytes(b"\xef\xbb\xbfnumber: 1\r\ntitle: a\x0bb\n")
    assert exact_text(tmp_path / "issue.yaml") == "\ufeffnumber: 1\r\ntitle: a\x0bb\n"
    with pytest.raises(ManifestError, match="does not exist"):
        exact_text(tmp_path / "other.yaml")


def test_what_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(ManifestError, match=r"issue\.yaml:2: There is a colon in text"):
        changed(Put(("number",), 1), text="number: 652\ntitle: One: two\n")


def test_a_reference_in_plain_text_is_read_back_as_it_is() -> None:
    result = changed(Put(("title",), "R&amp;D"), Put(("teaser",), "R&amp;D"), text="number: 1\n")
    assert result == "number: 1\ntitle: R&amp;amp;D\nteaser: R&amp;D\n"
