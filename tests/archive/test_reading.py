"""What an archive knows of its issues and pieces, and which issues it has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from newsletter.errors import ManifestError
from newsletter.text.markdown import as_written
from tests.archive.small import Small

TODAY = date(2012, 4, 16)
LATER = date(2012, 4, 17)


def numbers(small: Small, *, drafts: bool = False) -> list[str]:
    return [issue.number for issue in small.read(today=TODAY, drafts=drafts).issues]


def test_a_piece_has_all_that_lists_show(small: Small) -> None:
    small.write(
        "652",
        {
            "file": "cells.md",
            "title": "*Cells* in a museum",
            "date": "2012-04-11",
            "authors": [{"name": "Zoë Testwright", "role": "Curator"}, "BioNews"],
            "topics": ["Stem cells"],
            "picture": {"src": "https://example.org/a.jpg", "alt": "A cell", "credit": "The maker"},
            "url": "https://example.org/cells",
            "corrections": [
                {"date": "2012-04-20", "text": "The second."},
                {"date": "2012-04-18", "text": "The *first*."},
            ],
        },
    )
    (piece,) = small.read().pieces
    assert (piece.number, piece.path, piece.file) == ("652", "652/cells/", "cells.md")
    assert (piece.kind, piece.is_editorial, piece.advertiser) == ("news", True, "")
    assert piece.section == ("news", "News Digest", "sections/news/")
    assert (piece.title, as_written(piece.title)) == ("Cells in a museum", "*Cells* in a museum")
    assert piece.day == date(2012, 4, 11)
    assert piece.authors == (
        ("Zoë Testwright", "Curator", "authors/zoe-testwright/"),
        ("BioNews", "", "authors/bionews/"),
    )
    assert piece.topics == (("Stem cells", "topics/stem-cells/"),)
    assert piece.picture == ("https://example.org/a.jpg", "A cell", "The maker")
    assert piece.url == "https://example.org/cells"
    assert [one.text for one in piece.corrections] == ["The *first*.", "The second."]
    assert piece.corrected == date(2012, 4, 20)


def test_an_advert_says_who_pays_for_it(small: Small) -> None:
    small.write("652", {"title": "Shop", "kind": "advert", "advertiser": "The shop"})
    (piece,) = small.read().pieces
    assert (piece.is_editorial, piece.advertiser, piece.file) == (False, "The shop", "")


def test_a_piece_that_its_email_shows_whole_has_a_teaser_in_lists(small: Small) -> None:
    body = "Every word is here. " * 30
    small.write("652", {"title": "Whole", "whole": True, "body": body})
    (piece,) = small.read().pieces
    assert piece.teaser.endswith("…")
    assert len(piece.teaser) < len(body) / 2


def test_corrections_of_all_issues_come_the_newest_first(small: Small) -> None:
    def corrected(*days: str) -> list[dict[str, str]]:
        return [{"date": day, "text": f"Of {day}."} for day in days]

    small.write("1", {"title": "Cells", "corrections": corrected("2012-05-01", "2012-05-03")})
    small.write("2", {"title": "Eggs", "corrections": corrected("2012-05-02", "2012-05-03")})
    found = [(one.title, one.text) for one in small.read().corrections]
    assert found == [
        ("Eggs", "Of 2012-05-03."),
        ("Cells", "Of 2012-05-03."),
        ("Eggs", "Of 2012-05-02."),
        ("Cells", "Of 2012-05-01."),
    ]


def test_the_emphasis_of_a_title_is_part_of_its_digest(small: Small) -> None:
    digests = set()
    for title in ("Cells in cells", "*Cells* in cells", "Cells in *cells*"):
        small.write("1", {"title": title, "slug": "cells"})
        digests.add(small.read().pieces[0].digest)
    assert len(digests) == 3


def test_paragraphs_of_ideographs_are_parted_by_their_full_stops(small: Small) -> None:
    small.write("1", {"title": "Cells", "body": "細胞です。\n\n魚です。\n\nDNA."})
    [piece] = small.read().pieces
    assert piece.teaser == "細胞です。魚です。DNA."


def test_the_items_of_a_list_are_parted_in_a_teaser(small: Small) -> None:
    small.write("1", {"title": "Cells", "body": "Three:\n\n- one\n- two.\n- three"})
    [piece] = small.read().pieces
    assert piece.teaser == "Three: one · two. three"


def test_another_body_with_the_same_teaser_is_the_same_to_lists(small: Small) -> None:
    digests = []
    for body in ("Words.", "Other words."):
        small.write("1", {"title": "Cells", "teaser": "About cells.", "body": body})
        digests.append((small.read().issues[0].digest, small.read().pieces[0].digest))
    (whole, piece), (other_whole, same_piece) = digests
    assert whole != other_whole
    assert piece == same_piece


def test_pieces_are_collected_by_section_work_author_and_topic(small: Small) -> None:
    small.write("1", {"title": "Old", "authors": ["A", "a"], "topics": ["Eggs"]})
    small.write("2", {"title": "New", "authors": ["A"]}, {"title": "Newer", "authors": ["B"]})
    archive = small.read()
    (section,) = archive.sections
    assert (section.name, section.path) == ("News Digest", "sections/news/")
    assert [piece.title for piece in section.pieces] == ["New", "Newer", "Old"]
    assert [(one.name, len(one.pieces)) for one in archive.authors] == [("A", 2), ("B", 1)]
    assert [(one.name, len(one.pieces)) for one in archive.topics] == [("Eggs", 1)]
    assert archive.works == ()


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("Never Let Me Go.md", "1/never-let-me-go/"),
        ("index.md", "1/cells/"),
        ("embryo 2.md", "1/embryo-2/"),
        ("細胞.md", "1/cells/"),
    ],
)
def test_a_page_is_called_as_its_file(small: Small, file: str, path: str) -> None:
    small.write("1", {"file": file, "title": "Cells"})
    assert small.read().pieces[0].path == path


def test_two_files_whose_names_are_one_slug_have_two_pages(small: Small) -> None:
    files = ("cells (1).md", "cells-1.md", "Cells 1.md")
    small.write("1", *({"file": file, "title": f"Cells in {file[:-3]}"} for file in files))
    assert len({piece.path for piece in small.read().pieces}) == 3


def test_a_link_to_an_issue_is_no_second_one(small: Small) -> None:
    small.write("1", {"title": "Cells"})
    (small.issues / "2").symlink_to("1")
    with pytest.raises(ManifestError) as caught:
        small.read()
    (problem,) = caught.value.problems
    assert problem.path.name == "2"
    assert problem.message == "This is issue 1, which is in '1' already."


# Drafts


def test_an_issue_of_tomorrow_is_a_draft(small: Small) -> None:
    small.write("1", {"title": "Today"}, day=TODAY)
    small.write("2", {"title": "Tomorrow"}, day=LATER)
    archive = small.read(today=TODAY)
    assert [issue.number for issue in archive.issues] == ["1"]
    assert archive.left_out == {"2"}
    assert small.read(today=LATER).left_out == frozenset()


def test_a_correction_of_a_day_to_come_is_a_mistake_but_in_a_draft(small: Small) -> None:
    def corrected(day: date) -> dict[str, Any]:
        fine, wrong = ({"date": day.isoformat(), "text": "It was blue."} for day in (TODAY, day))
        return {"title": "Cells", "corrections": [fine, wrong]}

    small.write("1", {"title": "Other"}, corrected(TODAY + timedelta(days=2)), day=TODAY)
    with pytest.raises(ManifestError) as caught:
        small.read(today=TODAY)
    (problem,) = caught.value.problems
    lines = (small.issues / "1" / "issue.yaml").read_text("utf-8").splitlines()
    assert problem.line
    assert str(TODAY + timedelta(days=2)) in lines[problem.line - 1]
    assert problem.message.startswith("This correction is of a day to come, ")

    small.write("1", {"title": "Other"}, corrected(TODAY + timedelta(days=1)), day=TODAY)
    small.write("2", corrected(LATER + timedelta(days=9)), day=LATER)
    assert len(small.read(today=TODAY, drafts=True).issues) == 2


def test_drafts_are_shown_to_those_who_ask_and_are_never_the_latest(small: Small) -> None:
    small.write("1", {"title": "Today"}, day=TODAY)
    small.write("2", {"title": "Tomorrow"}, day=LATER)
    archive = small.read(today=TODAY, drafts=True)
    assert [(issue.number, issue.is_draft) for issue in archive.issues] == [
        ("1", False),
        ("2", True),
    ]
    assert [issue.number for issue in archive.out] == ["1"]


def test_what_was_handed_over_is_no_draft(small: Small) -> None:
    folder = small.write("2", {"title": "Tomorrow"}, day=LATER)
    (folder / "handed-over").mkdir()
    assert numbers(small) == ["2"]


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_the_faults_of_a_draft_stop_nothing(small: Small, drafts: bool, quote: str) -> None:
    small.write("1", {"title": "Today"}, day=TODAY)
    folder = small.write("2", {"title": "Tomorrow"}, day=LATER)
    manifest = f"number: 2\ndate: {quote}{LATER}{quote}\nsections: [\n"
    (folder / "issue.yaml").write_text(manifest, encoding="utf-8")
    assert numbers(small, drafts=drafts) == ["1"]


@pytest.mark.parametrize("day", ["2012-04-16", "", "16 April 2013", "2013-99-99"])
def test_the_faults_of_any_other_issue_stop_everything(small: Small, day: str) -> None:
    small.write("1", {"title": "Today"}, day=TODAY)
    folder = small.write("2", {"title": "Tomorrow"})
    manifest = f"number: 2\ndate: {day}\nsections: [\n"
    (folder / "issue.yaml").write_text(manifest, encoding="utf-8")
    with pytest.raises(ManifestError) as caught:
        numbers(small)
    assert {problem.path for problem in caught.value.problems} == {folder / "issue.yaml"}


def test_a_reference_to_an_issue_that_comes_later_is_another_digest(small: Small) -> None:
    small.write("1", {"title": "Cells", "body": "See BioNews 2 and BioNews 3."})
    before = small.read().issues[0]
    assert before.mentions == ("2", "3")

    small.write("2", {"title": "Eggs"})
    after = small.read().issues[0]
    assert after.digest != before.digest
    small.write("4", {"title": "Embryos"})
    assert small.read().issues[0] == after
