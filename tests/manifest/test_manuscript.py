"""Every piece of an issue is found again in the file and line where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.manifest import Manuscript, read_issue, read_manuscript
from newsletter.model import Review
from newsletter.text.markdown import as_written

EVERYTHING = Path(__file__).resolve().parents[1] / "golden" / "everything" / "issues" / "1268a"


@pytest.fixture
def manuscript(newsletter_folder: Path) -> Manuscript:
    """The shipped issue 652, with a piece in a file of its own."""
    folder = newsletter_folder / "issues" / "652"
    (folder / "story.md").write_text(
        "---\ntitle: A story in a file\nauthors: [A. Author]\n---\n"
        "The first paragraph has *some*\nwords, and [a link](https://www.bionews.org.uk/a%20b).\n\n"
        "> The second is quoted.\n",
        "utf-8",
    )
    manifest = folder / "issue.yaml"
    text = manifest.read_text("utf-8").replace(
        "  - kind: reviews\n", "      - file: story.md\n\n  - kind: reviews\n", 1
    )
    manifest.write_text(text, "utf-8")
    return read_manuscript(folder)


def written(manuscript: Manuscript, path: Path, line: int | None) -> str:
    assert line
    return manuscript.lines[path][line - 1]


def test_it_holds_the_issue_that_is_read_alone(manuscript: Manuscript) -> None:
    assert manuscript.issue == read_issue(manuscript.folder)


@pytest.mark.parametrize(
    "folder", [EVERYTHING, EVERYTHING.parents[2] / "japanese" / "issues" / "40"]
)
def test_each_item_begins_where_its_title_or_its_section_is(folder: Path) -> None:
    manuscript = read_manuscript(folder)
    for item in manuscript.issue.items:
        place = manuscript.place(item, "title")
        assert as_written(item.title)[:12] in written(manuscript, place.path, place.line).replace(
            "''", "'"
        )
        assert place.item == item.title


def test_fields_of_fields_and_what_is_left_out(manuscript: Manuscript) -> None:
    review = next(item for item in manuscript.issue.items if isinstance(item, Review))
    venue = manuscript.place(review, "work", "venue")
    assert written(manuscript, venue.path, venue.line).strip().startswith("venue: Science Museum")
    assert venue.item == review.title
    assert manuscript.place(review, "picture").line == manuscript.place(review).line
    assert manuscript.place().line == 5
    assert (
        manuscript.place(manuscript.issue.publication, "unsubscribe").path.name
        == "publication.yaml"
    )
    role = manuscript.place(next(manuscript.issue.items), "authors", 1, "role")
    assert "Global Biopolitics" in written(manuscript, manuscript.folder.manifest, role.line)


def test_an_address_is_found_first_where_there_is_nothing_else(manuscript: Manuscript) -> None:
    home = manuscript.find(manuscript.issue.publication.home_page)
    assert home
    assert home.path.name == "publication.yaml"
    review = manuscript.find("https://www.bionews.org.uk/page_93535")
    assert review
    assert review.item == "Exhibition Review: Palaces"
    assert "page_93535" in written(manuscript, review.path, review.line)


def test_text_that_yaml_has_joined_is_found_in_its_line(manuscript: Manuscript) -> None:
    place = manuscript.find("calls for evidence on disclosure")
    assert place
    line = written(manuscript, place.path, place.line)
    assert line.strip().endswith("calls")


@pytest.mark.parametrize(
    ("typeset", "number"),
    [
        ("Health Explained\xa0– Epigenetics", 6),
        ("It’s a ‘cell’", 8),
        ("“cell”, and so… on", 9),
        ("one\xa0– two", 10),
    ],
)
def test_a_text_in_type_is_found_where_it_was_typed(
    newsletter_folder: Path, typeset: str, number: int
) -> None:
    manuscript = with_items(
        newsletter_folder,
        "      - title: TV Review: Health Explained - Epigenetics\n        body: >\n"
        "          It's a 'cell', and\n          a \"cell\", and so...\n          on, one--two\n",
    )
    place = manuscript.find(typeset)
    assert place
    assert place.line == number


def test_what_is_written_just_so_is_found_before_what_only_reads_the_same(
    newsletter_folder: Path,
) -> None:
    manuscript = with_items(
        newsletter_folder, "      - title: A cell, it is\n      - title: A cell , it is\n"
    )
    place = manuscript.find("A cell , it is")
    assert place
    assert place.line == 7


def with_items(newsletter_folder: Path, items: str) -> Manuscript:
    """Return issue 652 with these news stories; the first is in line 6."""
    folder = newsletter_folder / "issues" / "652"
    start = "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n"
    (folder / "issue.yaml").write_text(start + items.replace("TV Review:", "TV Review"), "utf-8")
    return read_manuscript(folder)


def test_within_an_item_only_that_item_is_searched(manuscript: Manuscript) -> None:
    first, second, *_ = manuscript.issue.items
    assert manuscript.find("Nuffield Council", within=first) is None
    place = manuscript.find("Nuffield Council", within=second)
    assert place
    assert place.item == second.title


def test_an_address_of_markdown_is_found_with_its_characters_decoded(
    manuscript: Manuscript,
) -> None:
    place = manuscript.find("https://www.bionews.org.uk/a%20b")
    assert place
    assert (place.path.name, place.line, place.item) == ("story.md", 6, "A story in a file")


def test_an_address_is_found_as_the_editor_wrote_its_host_and_its_page(
    newsletter_folder: Path,
) -> None:
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace(
            "https://www.bionews.org.uk/page_93535", "https://www.gène.fr/à-lire"
        ),
        "utf-8",
    )
    manuscript = read_manuscript(manifest.parent)
    (address,) = (item.url for item in manuscript.issue.items if item.url)
    assert "xn--" in address
    place = manuscript.find(address)
    assert place
    assert "https://www.gène.fr/à-lire" in written(manuscript, place.path, place.line)
    assert manuscript.find("https://xn--a/nothing-of-the-kind") is None


def test_the_paragraphs_of_one_field_come_together(manuscript: Manuscript) -> None:
    body = next(
        field for field in manuscript.fields if field[0].text.startswith("The first paragraph")
    )
    assert [passage.text for passage in body][1:] == ["The second is quoted."]
    assert sum(len(field) for field in manuscript.fields) == len(manuscript.passages)


def test_what_is_not_written_is_not_found(manuscript: Manuscript) -> None:
    assert manuscript.find("words that nobody wrote") is None
    assert manuscript.find("  ") is None
    assert manuscript.find("It went out in 2012") is None  # an ignore quotes what it is about


def test_passages_are_all_that_readers_see_paragraph_by_paragraph(manuscript: Manuscript) -> None:
    passages = manuscript.passages
    texts = [passage.text for passage in passages]
    assert "BioNews" in texts
    assert manuscript.issue.publication.postal_address in texts
    assert "The first paragraph has some words, and a link." in texts
    assert "The second is quoted." in texts
    assert not any("https://" in text for text in texts)
    assert not any("kept as an example" in text for text in texts)
    assert {passage.field for passage in passages} >= {
        "name",
        "why",
        "welcome",
        "title",
        "teaser",
        "body",
        "role",
        "venue",
    }


def test_a_part_of_a_passage_has_its_own_line(manuscript: Manuscript) -> None:
    passage = next(
        passage for passage in manuscript.passages if passage.text.startswith("The first paragraph")
    )
    assert manuscript.find_in(passage, "The first").line == 5
    assert manuscript.find_in(passage, "words, and").line == 6
    assert (
        manuscript.find_in(passage, "some words").line == 5
    )  # Markdown's characters are in it: its paragraph
    quoted = next(
        passage for passage in manuscript.passages if passage.text.startswith("The second")
    )
    assert manuscript.find_in(quoted, "is quoted").line == 8
    assert manuscript.find_in(quoted, "").line == 5


def test_items_that_are_alike_are_not_mixed_up(newsletter_folder: Path) -> None:
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"
    story = "      - title: One story\n        authors: [A. Author]\n        sources:\n          - title: A source\n"
    head = manifest.read_text("utf-8").partition("sections:")[0]
    manifest.write_text(f"{head}sections:\n  - kind: news\n    items:\n{story * 2}", "utf-8")
    manuscript = read_manuscript(manifest.parent)
    first, second = manuscript.issue.items
    assert manuscript.place(second).line == (manuscript.place(first).line or 0) + 4
    for item, line in ((first, 0), (second, 4)):
        above = (manuscript.place(first).line or 0) + line
        assert manuscript.place(item, "authors", 0, "name").line == above + 1
        assert manuscript.place(item, "sources", 0, "title").line == above + 3
    found = [passage for passage in manuscript.passages if passage.text == "A source"]
    lines = [manuscript.find_in(passage, "A source").line for passage in found]
    assert len(set(lines)) == 2
    assert [manuscript.item_of(passage) for passage in found] == [first, second]
