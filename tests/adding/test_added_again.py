"""A piece that comes again: recognised by its words, brought up to date, never doubled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsletter.adding import Became
from newsletter.adding.recognising import Likeness
from newsletter.errors import ManifestError
from newsletter.importers import PictureFile, Piece
from newsletter.manifest import IssueFolder, read_issue
from newsletter.manifest.written_items import read_written
from tests.adding.pieces import BODY, OPENING, OTHER, added, files, newsletter, piece

TITLE = "A court opens its files"


@pytest.fixture
def folder(tmp_path: Path) -> IssueFolder:
    return newsletter(tmp_path)


def written(folder: IssueFolder, file: str) -> str:
    return (folder.path / file).read_text("utf-8")


def edit(folder: IssueFolder, file: str, old: str, new: str) -> None:
    text = written(folder, file)
    assert old in text
    (folder.path / file).write_text(text.replace(old, new), "utf-8")


def test_the_same_file_again_changes_nothing(folder: IssueFolder) -> None:
    added(folder, piece())
    before = files(folder)
    assert added(folder, piece()).became is Became.THERE
    assert files(folder) == before


def test_the_same_file_again_after_the_editor_has_rewritten_all_of_it(folder: IssueFolder) -> None:
    file = added(folder, piece()).file
    (folder.path / file).write_text(f"---\ntitle: Files open\n---\n{OTHER}\n", "utf-8")
    before = files(folder)
    assert added(folder, piece()).became is Became.THERE
    assert files(folder) == before


def test_a_new_version_changes_what_the_editor_left_alone(folder: IssueFolder) -> None:
    file = added(folder, piece(date=date(2030, 1, 3), authors=["Ann Cell"])).file
    edit(folder, file, "date: 2030-01-03", "date: 2030-01-04 # she says")
    edit(folder, file, "The judges", "The three judges")

    newer = BODY.replace("thirty pages", "forty pages")
    outcome = added(folder, piece(newer, date=date(2030, 1, 2), authors=["Dr Ann Cell"]))
    update = outcome.update
    assert outcome.became is Became.UPDATED
    assert update is not None
    assert dict(update.values) == {"authors": ["Dr Ann Cell"]}
    assert [(each.name, each.lines()) for each in update.differences] == [
        (
            "body",
            [
                "-The three judges explain it in thirty pages.",
                "+The judges explain it in forty pages.",
            ],
        ),
        ("date", ["-2030-01-04", "+2030-01-02"]),
    ]
    text = written(folder, file)
    assert "date: 2030-01-04 # she says" in text
    assert "  - Dr Ann Cell\n" in text
    assert "The three judges explain it in thirty pages." in text
    assert added(folder, piece(newer, date=date(2030, 1, 2), authors=["Dr Ann Cell"])).became is (
        Became.THERE
    )


@pytest.mark.parametrize(
    ("name", "title", "is_version"),
    [
        ("piece-final.docx", TITLE, True),
        ("piece.docx", "Court papers", True),
        ("court.docx", "Court papers", False),
    ],
)
def test_a_file_of_another_name_and_title_changes_nothing_unasked(
    folder: IssueFolder, name: str, title: str, is_version: bool
) -> None:
    file = added(folder, piece(title=TITLE)).file
    newer = piece(f"{BODY} More.", title=title)
    outcome = added(folder, newer, name=name)
    assert outcome.became is (Became.UPDATED if is_version else Became.DIFFERS)
    assert written(folder, file).endswith("More.\n") is is_version


def test_a_body_that_was_left_alone_is_replaced_without_answered_questions(
    folder: IssueFolder,
) -> None:
    asked = f"{OPENING} <!-- question: all? -->\n\nIt says why. <!-- question: who? -->"
    file = added(folder, piece(asked)).file
    edit(folder, file, " <!-- question: all? -->", "")
    added(folder, piece(asked.replace("says why", "says who")))
    assert written(folder, file).endswith(
        f"---\n{OPENING}\n\nIt says who. <!-- question: who? -->\n"
    )


def test_a_picture_that_nothing_shows_is_not_kept(folder: IssueFolder) -> None:
    file = added(folder, piece()).file
    edit(folder, file, "The judges", "The three judges")
    shown = f"{BODY}\n\n![A lab](images/lab.png)"
    outcome = added(folder, piece(shown, pictures=(PictureFile("lab.png", b"one"),)))
    assert outcome.became is Became.DIFFERS
    assert "images/lab.png" not in files(folder)


def test_a_field_that_the_editor_has_deleted_stays_away(folder: IssueFolder) -> None:
    file = added(folder, piece(date=date(2030, 1, 3))).file
    edit(folder, file, "date: 2030-01-03\n", "")
    added(folder, piece(BODY + " More.", date=date(2030, 1, 3)))
    assert "\ndate" not in written(folder, file)


def test_a_missing_field_that_comes_later_is_filled(folder: IssueFolder) -> None:
    file = added(folder, piece()).file
    outcome = added(folder, piece(date=date(2030, 1, 3)))
    assert outcome.update is not None
    assert outcome.update.filled == ("date",)
    assert "\ndate: 2030-01-03\n" in written(folder, file)


def test_word_on_friday_and_the_web_on_monday_are_one_piece(folder: IssueFolder) -> None:
    added(folder, piece(title=TITLE, kind="comment"))
    text = "It’s thirty pages long, the judges write — and " + OTHER
    file = added(folder, piece("'It's thirty pages long,' the judges write - and " + OTHER)).file
    page = piece(text, title="Files are opened", url="https://example.org/1", date=date(2030, 1, 7))
    outcome = added(folder, page, address="https://example.org/1", importer="a web page")
    assert (outcome.became, outcome.file) == (Became.UPDATED, file)
    assert outcome.update is not None
    assert outcome.update.filled == ("url", "date")
    assert [each.name for each in outcome.update.differences] == ["title", "body"]
    assert len([*read_written(folder).items]) == 3
    again = added(folder, page, address="https://example.org/1", importer="a web page")
    assert again.became is Became.THERE


def test_a_picture_that_comes_later_lacks_its_alt_text(folder: IssueFolder) -> None:
    file = added(folder, piece()).file
    picture = (PictureFile("lab.png", b"one"),)
    page = piece(picture__src="images/lab.png", pictures=picture)
    outcome = added(folder, page, address="https://example.org/1", importer="a web page")
    assert [*outcome.missing] == ["picture.alt"]
    assert "picture:\n  src: images/lab.png\n  alt:  # missing: what the" in written(folder, file)
    assert files(folder)["images/lab.png"] == b"one"
    again = added(folder, page, address="https://example.org/1", importer="a web page")
    assert again.became is Became.THERE


def test_an_item_that_is_shown_whole_gets_no_teaser(folder: IssueFolder) -> None:
    file = added(folder, piece(kind="comment")).file
    edit(folder, file, "---\ntitle", "---\nwhole: true\ntitle")
    page = piece(kind="comment", teaser="Files are opened.", url="https://example.org/1")
    added(folder, page, address="https://example.org/1", importer="a web page")
    assert "teaser" not in written(folder, file)
    read_issue(folder)


def test_a_page_that_is_changed_altogether_is_known_by_its_address(folder: IssueFolder) -> None:
    address = "https://example.org/1"
    file = added(folder, piece(), address=address).file
    outcome = added(folder, piece(OTHER, title="Another headline"), address=address)
    assert (outcome.became, outcome.file) == (Became.UPDATED, file)
    assert "title: Another headline" in written(folder, file)


def test_two_pieces_of_one_feed_stay_two(folder: IssueFolder) -> None:
    def read_from_feed(what: Piece) -> Became:
        address = "https://example.org/feed"
        return added(folder, what, content=b"feed", address=address, alone=False).became

    assert read_from_feed(piece()) is Became.ADDED
    assert read_from_feed(piece(OTHER, title="Forty families")) is Became.ADDED
    assert read_from_feed(piece()) is Became.THERE


def test_texts_of_one_feed_may_begin_alike(folder: IssueFolder) -> None:
    for title in ("Bees", "Ants", "Wasps"):
        outcome = added(folder, piece(title=title), content=b"feed", alone=False)
        assert outcome.became is Became.ADDED


def test_an_item_that_was_typed_into_the_manifest_is_recognised(folder: IssueFolder) -> None:
    what = piece(
        OTHER, kind="comment", title="What the new rules leave open", date=date(2030, 1, 3)
    )
    outcome = added(folder, what)
    assert (outcome.became, outcome.file) == (Became.UPDATED, "issue.yaml")
    (item,) = read_written(folder).items
    assert item.value("date") == "2030-01-03"
    assert item.body.strip() == OTHER
    assert added(folder, what).became is Became.THERE


def test_an_item_in_another_file_is_still_its_own(folder: IssueFolder) -> None:
    file = added(folder, piece()).file
    (folder.path / file).rename(folder.path / "files.md")
    text = folder.manifest.read_text("utf-8")
    folder.manifest.write_text(text.replace(file, "files.md"), "utf-8")
    outcome = added(folder, piece(date=date(2030, 1, 3)))
    assert (outcome.became, outcome.file) == (Became.UPDATED, "files.md")


def test_an_item_whose_file_is_gone_is_named(folder: IssueFolder) -> None:
    file = added(folder, piece(kind="comment")).file
    (folder.path / file).unlink()
    before = files(folder)
    with pytest.raises(ManifestError, match=f"issue.yaml:9: '{file}', which this piece became"):
        added(folder, piece(kind="comment"))
    assert files(folder) == before


def test_an_item_goes_into_the_section_that_is_asked_for(folder: IssueFolder) -> None:
    sources = [{"title": "Court opens files", "publisher": "The Times"}]
    file = added(folder, piece(sources=sources)).file
    outcome = added(folder, piece(sources=sources), kind="comment", position=0)
    assert (outcome.became, outcome.file, outcome.section) == (Became.MOVED, file, "comment")
    news, comment = read_written(folder).sections
    assert (news.items, comment.items[0].file) == ((), file)
    assert "authors:  # missing: who wrote it" in written(folder, file)
    assert written(folder, file).endswith("Sources:\n\n- Court opens files, The Times\n")
    read_issue(folder)
    assert added(folder, piece(sources=sources)).became is Became.THERE


def test_an_edited_item_goes_there_as_it_is(folder: IssueFolder) -> None:
    file = added(folder, piece()).file
    edit(folder, file, "The judges", "The three judges")
    before = written(folder, file)
    assert added(folder, piece(), section="comment").became is Became.MOVED
    assert written(folder, file) == before
    assert read_written(folder).sections[1].items[-1].file == file


def test_an_item_that_was_taken_out_stays_out(folder: IssueFolder) -> None:
    before = folder.manifest.read_text("utf-8")
    added(folder, piece(kind="comment"))
    folder.manifest.write_text(before, "utf-8")
    after = files(folder)
    assert added(folder, piece(kind="comment")).became is Became.TAKEN_OUT
    assert files(folder) == after

    (receipt,) = folder.sources.iterdir()
    receipt.unlink()
    assert added(folder, piece(kind="comment")).became is Became.ADDED


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 2}', b"[" * 100_000, b"\xff"])
def test_a_damaged_receipt_is_named(folder: IssueFolder, content: bytes) -> None:
    added(folder, piece())
    (receipt,) = folder.sources.iterdir()
    receipt.write_bytes(content)
    with pytest.raises(ManifestError, match="This receipt is damaged"):
        added(folder, piece(OTHER))


# The same or not

FORM = (
    "Cells of sort 1 do what no other cells do, a study of 7 laboratories in city 1 finds, and "
    "nobody knows why they would do so. The authors of study 1 say it is early."
)
FILLED = FORM.replace("1", "2").replace("7", "14")


def likeness(kind: str = "news", title: str = TITLE, body: str = BODY, **own: Any) -> Likeness:
    fields = {name.replace("__", "."): value for name, value in own.items()}
    return Likeness.of_fields(kind, {"title": title, "body": body, **fields})


@pytest.mark.parametrize(
    "other",
    [
        likeness(),
        likeness(title="A Court Opens its Files!"),
        likeness(title="Court papers for all"),
        likeness(title="Court papers", body=BODY.replace("opened all of its", "has opened its")),
        likeness(title="Court papers", body="*LONDON* – " + BODY.replace(" so that", " for")),
        likeness(body=""),
        likeness(body=f"{OPENING[:60]}...", kind="comment"),
        likeness(body=OPENING + " " + OTHER),
        likeness(title="Papers", body=OTHER, url="https://www.example.org/1/?utm_source=x"),
    ],
)
def test_the_same_piece(other: Likeness) -> None:
    one = likeness(url="https://example.org/1")
    assert one.is_of(other)
    assert other.is_of(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (likeness(), likeness(title="Forty families", body=OTHER)),
        (likeness(), likeness(body=OTHER)),
        (likeness(title=""), likeness(title="", body="")),
        (likeness(title="", body="Short."), likeness(title="", body="Short.")),
        (likeness("job", "Nurse wanted"), likeness("job", "Doctor wanted")),
        (
            likeness("job", "Nurse wanted", url="https://example.org/jobs"),
            likeness("job", "Doctor wanted", url="https://example.org/jobs"),
        ),
        (
            likeness(url="https://example.org/"),
            likeness(title="Forty families", body=OTHER, url="https://example.org/"),
        ),
        (
            likeness(title="Bees", url="https://example.org/bees"),
            likeness(title="Ants", url="https://example.org/ants"),
        ),
        (likeness(title="Minutes of meeting 12"), likeness(title="Minutes of meeting 13")),
        (likeness(title="Cells 2.0-rc1 are out"), likeness(title="Cells 2.0 are out")),
        (likeness(title="細胞 2 preview3 公開"), likeness(title="細胞 2 rc1 公開")),
        (likeness(title="What cells do", body=FORM), likeness(title="What eggs do", body=FILLED)),
        (
            likeness(title="Review: cells", body=f"{OPENING} {OPENING} {OTHER} {OTHER[:99]}"),
            likeness(
                title="Review: eggs", body=f"{OPENING} {OPENING} " + "Words of its own, " * 30
            ),
        ),
        (
            likeness("event", starts="2030-02-04 18:30"),
            likeness("event", starts="2030-03-04 18:30"),
        ),
        (likeness("job", employer="A clinic"), likeness("job", employer="Another clinic")),
        (
            likeness("review", work__title="Never Let Me Go"),
            likeness("review", work__title="The Giver"),
        ),
    ],
)
def test_two_pieces(one: Likeness, other: Likeness) -> None:
    assert not one.is_of(other)
    assert not other.is_of(one)
