"""A piece becomes an item that the issue's reader reads back, or nothing changes."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.adding import Became
from newsletter.errors import ManifestError, UnreadableError
from newsletter.importers import Found, PictureFile
from newsletter.manifest import IssueFolder, read_issue
from newsletter.manifest.written_items import read_written
from newsletter.manifest.yaml_values import as_text
from tests.adding.pieces import FIELDS_OF_KIND, added, files, newsletter, of_kind, piece


@pytest.fixture
def folder(tmp_path: Path) -> IssueFolder:
    return newsletter(tmp_path)


def item(folder: IssueFolder, file: str) -> Any:
    """Return an item as it is written now."""
    return next(each for each in read_written(folder).items if each.file == file)


@pytest.mark.parametrize("kind", FIELDS_OF_KIND)
def test_an_item_of_each_kind_is_read_back(folder: IssueFolder, kind: str) -> None:
    what = of_kind(kind)
    outcome = added(folder, what)
    written = item(folder, outcome.file)
    assert written.kind == kind
    assert written.body.strip() == what.fields["body"].value
    for name, found in what.fields.items():
        if name not in ("kind", "body"):
            assert written.value(name) == as_text(found.value), name
    assert [read.kind for read in read_issue(folder).items if "court" in read.key] == [kind]


def test_the_rest_of_the_manifest_stays_as_it_is(folder: IssueFolder) -> None:
    before = folder.manifest.read_text("utf-8")
    outcome = added(folder, piece(kind="comment"))
    assert folder.manifest.read_text("utf-8") == f"{before}      - file: {outcome.file}\n"


def test_a_position_counts_within_the_section(folder: IssueFolder) -> None:
    added(folder, piece(kind="comment"), position=0)
    titles = [section.items[0].file for section in read_written(folder).sections]
    assert titles == ["a-court-opens-its-files-all-of.md"]


def test_sections_are_made_in_the_usual_order(folder: IssueFolder) -> None:
    for kind in ("advert", "event", "news", "review"):
        added(folder, of_kind(kind), alone=False, content=kind.encode())
    kinds = [section.kind for section in read_written(folder).sections]
    assert kinds == ["news", "comment", "reviews", "events", "advert"]


def test_a_section_is_made_as_it_was_last_week(tmp_path: Path) -> None:
    last = (
        "number: 699\ndate: 2029-12-31\nsections:\n"
        "  - kind: reviews\n    items: [{title: A film}]\n"
        "  - kind: comment\n    items: [{title: An opinion}]\n"
        "  - kind: news\n    title: 'News & Digest'\n    items: [{title: A story}]\n"
    )
    folder = newsletter(tmp_path, of_699=last)
    outcome = added(folder, of_kind("news"))
    added(folder, of_kind("review"), alone=False)
    sections = [(section.kind, section.title) for section in read_written(folder).sections]
    assert sections == [("reviews", None), ("comment", None), ("news", "News & Digest")]
    assert outcome.section == "News & Digest"


def test_a_section_that_waits_gets_its_first_item(folder: IssueFolder) -> None:
    text = "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n"
    folder.manifest.write_text(text, "utf-8")
    outcome = added(folder, piece())
    expected = f"{text}      - file: {outcome.file}\n"
    assert folder.manifest.read_text("utf-8") == expected


@pytest.mark.parametrize(("words", "kind"), [("news digest", "news"), ("reviews", "review")])
def test_a_section_is_named_by_its_heading_or_its_kind(
    tmp_path: Path, words: str, kind: str
) -> None:
    last = "number: 699\nsections: [{kind: news, title: News Digest, items: []}]\n"
    outcome = added(newsletter(tmp_path, of_699=last), piece(), section=words)
    assert outcome.kind == Found(kind, "--section")


def test_an_unknown_section_and_one_of_another_kind_are_refused(folder: IssueFolder) -> None:
    before = files(folder)
    with pytest.raises(ManifestError, match="There is no section 'Sport'"):
        added(folder, piece(), section="Sport")
    with pytest.raises(ManifestError, match="cannot be in a section of kind 'news'"):
        added(folder, piece(), section="news", kind="event")
    assert files(folder) == before


def test_an_advert_may_be_in_any_section(folder: IssueFolder) -> None:
    outcome = added(folder, of_kind("advert"), section="comment")
    assert outcome.kind.value == "advert"
    assert read_written(folder).sections[0].items[-1].kind == "advert"
    read_issue(folder)


# What is missing


def test_what_a_kind_should_have_is_left_empty_with_a_note(folder: IssueFolder) -> None:
    outcome = added(folder, piece(kind="comment"))
    assert [*outcome.missing] == ["authors", "date"]
    text = (folder.path / outcome.file).read_text("utf-8")
    assert "\nauthors:  # missing: who wrote it\ndate:  # missing: " in text
    read_issue(folder)


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("news", {"title": None}, ":2: 'title' is empty. Fill it in. The headline."),
        ("event", {}, ":3: 'place' is empty. Fill it in. Where it is, with the address."),
        ("review", {"work__title": "A film"}, ":6: 'kind' is empty. Fill it in. film, book,"),
        ("advert", {}, ":4: 'advertiser' is empty. Fill it in. Who pays for it."),
        ("news", {"picture__src": "images/a.png"}, ":6: 'alt' is empty. Fill it in. What the"),
    ],
)
def test_what_reading_needs_is_reported_at_its_line(
    folder: IssueFolder, kind: str, fields: dict[str, Any], message: str
) -> None:
    picture = PictureFile("a.png", b"a picture")
    outcome = added(folder, piece(kind=kind, pictures=(picture,), **fields))
    with pytest.raises(ManifestError) as refusal:
        read_issue(folder)
    assert f"{outcome.file}{message}" in str(refusal.value)


def test_a_hint_of_the_importer_is_beside_the_field(folder: IssueFolder) -> None:
    what = piece(kind="news")
    hinted = type(what)(what.fields, hints={"authors": "Sent by Zoë Volunteer: is it hers?"})
    outcome = added(folder, hinted)
    text = (folder.path / outcome.file).read_text("utf-8")
    assert "authors:  # missing: Sent by Zoë Volunteer: is it hers?\n" in text


def test_a_picture_without_its_file_keeps_no_issue_from_being_read(folder: IssueFolder) -> None:
    what = piece(kind="comment", picture__caption="A laboratory", picture__credit="Ann Cell")
    outcome = added(folder, what)
    note = "picture:  # missing: The file in images/, and what it shows; caption: A laboratory; "
    assert f"\n{note}credit: Ann Cell\n" in (folder.path / outcome.file).read_text("utf-8")
    read_issue(folder)

    picture = (PictureFile("lab.png", b"one"),)
    later = piece(kind="comment", picture__src="images/lab.png", pictures=picture)
    added(folder, later)
    assert item(folder, outcome.file).value("picture") == {"src": "images/lab.png"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Comment: What the law says", "comment"),
        ("OPINION : what the law says", "comment"),
        ("Job: a nurse", "job"),
        ("Comment on the law", "news"),
        ("The IVF lottery: don't promise", "news"),
        (":", "news"),
    ],
)
def test_a_title_may_say_the_kind(folder: IssueFolder, title: str, kind: str) -> None:
    assert added(folder, piece(title=title)).kind.value == kind


def test_a_field_that_a_kind_does_not_have_is_named(folder: IssueFolder) -> None:
    outcome = added(folder, piece(work__title="A film"), kind="news")
    assert outcome.piece.left_out == ("'work.title', which a news does not have: A film",)
    read_issue(folder)


def test_sources_of_an_opinion_are_below_its_text(folder: IssueFolder) -> None:
    sources = [{"title": "On [rules]", "publisher": "The Times", "url": "https://example.org/a"}]
    outcome = added(folder, piece(kind="comment", sources=sources))
    assert item(folder, outcome.file).body.endswith(
        "Sources:\n\n- [On \\[rules\\]](<https://example.org/a>), The Times\n"
    )
    read_issue(folder)


# Files


def test_names_are_kept_apart_on_every_disk(folder: IssueFolder) -> None:
    (folder.path / "A-COURT-opens-its-files-all-of.MD").write_text("a note", "utf-8")
    assert added(folder, piece()).file == "a-court-opens-its-files-all-of-2.md"
    assert added(folder, piece("Short.", title="Con")).file == "con-item.md"
    assert added(folder, piece("Shorter.", title="日本")).file == "item.md"


def test_pictures_go_into_images_each_once(folder: IssueFolder) -> None:
    def with_picture(title: str, content: bytes) -> Any:
        picture = PictureFile("lab.png", content)
        body = "Words before it.\n\n![A lab](images/lab.png)\n\nimages/lab.png is its name."
        return piece(
            title=title,
            body=body,
            picture__src="images/lab.png",
            picture__alt="",
            pictures=(picture,),
        )

    first = added(folder, with_picture("The first", b"one"))
    second = added(folder, with_picture("The second", b"two"))
    third = added(folder, with_picture("The third", b"one"))
    sources = [item(folder, each.file).value("picture.src") for each in (first, second, third)]
    assert sources == ["images/lab.png", "images/lab-2.png", "images/lab.png"]
    assert item(folder, second.file).body.strip().splitlines()[2:] == [
        "![A lab](images/lab-2.png)",
        "",
        "images/lab.png is its name.",
    ]
    assert files(folder)["images/lab-2.png"] == b"two"


@pytest.mark.parametrize("name", ["../../evil.png", "/etc/passwd", "..", "a b\n.png", "con/.x"])
def test_a_picture_stays_in_images(folder: IssueFolder, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if path.parent != folder.path}
    added(folder, piece(pictures=(PictureFile(name, b"x"),)))
    after = {path for path in tmp_path.rglob("*") if path.parent != folder.path} - before
    assert {path.parent.name for path in after} == {"images", "sources"}


def test_a_dry_run_changes_nothing(folder: IssueFolder) -> None:
    before = files(folder)
    assert added(folder, piece(), dry_run=True).became is Became.ADDED
    assert files(folder) == before


def test_a_manifest_that_cannot_be_edited_stays_as_it_is(folder: IssueFolder) -> None:
    folder.manifest.write_text("number: 700\ntitle: [\n", "utf-8")
    before = files(folder)
    with pytest.raises(ManifestError):
        added(folder, piece())
    assert files(folder) == before


def test_a_piece_that_no_issue_can_hold_is_refused(folder: IssueFolder) -> None:
    before = files(folder)
    with pytest.raises(UnreadableError, match=r"piece.docx: This piece is longer than the 250,000"):
        added(folder, piece("Word. " * 50_000))
    assert files(folder) == before


@pytest.mark.parametrize("renames_done", range(6))
def test_a_full_disk_leaves_the_issue_as_it_was(
    folder: IssueFolder, monkeypatch: pytest.MonkeyPatch, renames_done: int
) -> None:
    before = files(folder)
    renames = itertools.count()
    rename = Path.replace

    def full(self: Path, target: Path) -> Path:
        if next(renames) == renames_done:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    picture = PictureFile("lab.png", b"one")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        try:
            added(folder, piece(pictures=(picture,)))
        except OSError:
            assert files(folder) == before
        else:
            assert renames_done == 5


# Any order

_TITLES = ["A court opens its files", "Mice without fathers", "An egg at last", "A court closes"]


def _items_after(folder: IssueFolder, order: list[int]) -> dict[str, bytes]:
    """Return all files but the issue.yaml after pieces have been added in this order."""
    for number in order:
        body = f"Words of piece {number}. " * 12
        added(folder, piece(body, title=_TITLES[number], kind="comment"))
    titles = [item.title for item in read_issue(folder).items]
    assert titles[1:] == [_TITLES[number] for number in order]
    return {name: content for name, content in files(folder).items() if name != "issue.yaml"}


@settings(max_examples=10)
@given(order=st.permutations(range(4)))
def test_pieces_in_any_order_are_the_same_items(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    folders = [newsletter(tmp_path_factory.mktemp("any-order")) for _ in range(2)]
    assert _items_after(folders[0], order) == _items_after(folders[1], [0, 1, 2, 3])
