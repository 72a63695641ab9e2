"""Pictures within a body: from its lines to the files of the emails that show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.email.building import theme_of
from newsletter.email.rendering import render
from newsletter.errors import ManifestError
from newsletter.manifest import read_manuscript
from newsletter.manifest.remembered import sources_of
from newsletter.model import Email, Format
from newsletter.model.addresses import pictures_elsewhere
from newsletter.pictures.preparing import NO_PICTURES, Pictures, prepare
from newsletter.problem import Problem
from tests.drawing import drawn

FULL = Format(name="full", shows="full")
TEASERS = Format(name="teasers", shows="teasers")
HEADLINES = Format(name="headlines", shows="headlines")
TEXT = Format(name="text", shows="full", parts="text")
PIECE = "---\ntitle: A long piece\n---\n"
WORDS = "These are a dozen words that come again and again and again. " * 6
ELSEWHERE = "https://a.org/lab.png"


@pytest.fixture
def folder(newsletter_folder: Path) -> Path:
    folder = newsletter_folder / "issues" / "652"
    (folder / "issue.yaml").write_text(
        "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n      - file: piece.md\n",
        "utf-8",
    )
    (folder / "images").mkdir()
    (folder / "images" / "my lab (2).jpg").write_bytes(drawn("one.jpg", (1600, 1200)))
    (folder / "tall.jpg").write_bytes(drawn("two.jpg", (800, 2400)))
    return folder


def write(folder: Path, body: str, more: str = "") -> None:
    (folder / "piece.md").write_text(PIECE.replace("\n---\n", f"\n{more}---\n") + body, "utf-8")


def prepared(folder: Path) -> Pictures:
    return prepare(read_manuscript(folder))


def email(folder: Path, format: Format) -> Email:
    manuscript = read_manuscript(folder)
    theme = theme_of(manuscript.issue, manuscript.folder.project.templates)
    return render(manuscript.issue, theme, format, prepare(manuscript))


def problem(folder: Path) -> Problem:
    with pytest.raises(ManifestError) as refusal:
        prepared(folder)
    (only,) = refusal.value.problems
    return only


def test_a_picture_is_as_wide_as_the_text_and_no_higher_than_a_screen(folder: Path) -> None:
    write(
        folder, "![A](images/my lab (2).jpg)\n\n![B](tall.jpg)\n\n![A again](images/my lab (2).jpg)"
    )
    (shown,) = prepared(folder).in_bodies.values()
    assert {name: (one.shape, one.width, one.height) for name, one in shown.items()} == {
        "images/my lab (2).jpg": ("in text", 576, 432),
        "tall.jpg": ("in text", 213, 640),
    }
    assert len(prepared(folder).files) == 2


def test_only_the_formats_that_show_a_body_have_its_pictures(folder: Path) -> None:
    write(
        folder,
        f'{WORDS}\n\n## A heading\n\n![The lab](tall.jpg "A caption")\n\n| Name |\n|--|\n| a-row |\n\nx[^1]\n\n[^1]: note',
    )
    assert [file.source for file in email(folder, FULL).files] == ["tall.jpg"]
    for format in (TEASERS, HEADLINES, TEXT):
        assert email(folder, format).files == ()

    for format in (TEASERS, HEADLINES):
        shown = email(folder, format)
        for word in ("A heading", "The lab", "A caption", "a-row", "note", "tall"):
            assert word not in shown.html
            assert word not in shown.text
    assert "[Picture: The lab ·\u00a0A caption]" in email(folder, TEXT).text


def test_a_piece_that_is_shown_whole_has_its_pictures_among_teasers_too(folder: Path) -> None:
    write(folder, f"{WORDS}\n\n![The lab](tall.jpg)", "whole: true\n")
    shown = email(folder, TEASERS)
    (file,) = shown.files
    assert f'src="{file.address}" alt="The lab" width="213" height="640"' in shown.html


def test_the_words_of_a_picture_are_set_in_type(folder: Path) -> None:
    write(folder, f'{WORDS}\n\n![The "lab"](tall.jpg "It\'s a \'lab\'")')
    html = email(folder, FULL).html
    assert 'alt="The “lab”"' in html
    assert "It’s a ‘lab’" in html


def test_a_body_of_pictures_alone_has_an_empty_teaser(folder: Path) -> None:
    write(folder, "![The lab](tall.jpg)")
    assert "The lab" not in email(folder, TEASERS).html
    assert "The lab" in email(folder, FULL).html


def test_a_picture_from_elsewhere_is_shown_from_there(folder: Path) -> None:
    write(folder, f"{WORDS}\n\n![A lab]({ELSEWHERE})")
    assert (
        f'src="{ELSEWHERE}" alt="A lab" width="576" style="width:576px;' in email(folder, FULL).html
    )
    assert prepared(folder).files == ()
    assert pictures_elsewhere(read_manuscript(folder).issue) == [ELSEWHERE]


def test_an_issue_is_read_again_when_a_picture_goes(folder: Path) -> None:
    write(folder, f"![A lab]({ELSEWHERE})\n![A](./tall.jpg)\n![B](images/my lab (2).jpg)")
    assert sources_of(read_manuscript(folder)).pictures == ("images/my lab (2).jpg", "tall.jpg")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("lab.jpg", "There is no file 'lab.jpg' in this issue's folder. Check the name"),
        ("TALL.jpg", "The file is called 'tall.jpg': upper and lower case differ."),
        ("../652/tall.jpg", "'../652/tall.jpg' is not in this issue's folder."),
        ("/etc/passwd", "'/etc/passwd' is not in this issue's folder."),
        ("C:\\lab.jpg", "'C:\\lab.jpg' is not in this issue's folder."),
        ("//a.org/lab.jpg", "'//a.org/lab.jpg' is not in this issue's folder."),
        ("images\\my lab (2).jpg", "There is no file"),
        ("file:///etc/passwd", "A picture's address must begin with https://."),
        ("javascript:alert(1)", "A picture's address must begin with https://."),
        ("data:image/png;base64,AAAA", "A picture's address must begin with https://."),
        ("http://a.org/lab.jpg", "A picture's address must begin with https://."),
        ("www.a.org/lab.jpg", "A picture's address must begin with https://."),
        ("&#106;avascript:alert(1)", "A picture's address must begin with https://."),
        ("https://a..org/lab.jpg", "'a..org' cannot be the name of a website."),
        ("https://a.org/a lab.jpg", "'https://a.org/a lab.jpg' is not a web address."),
        ("piece.md", "The picture 'piece.md' is"),
    ],
)  # fmt: skip
def test_what_no_reader_could_see_is_refused_at_its_line(
    folder: Path, source: str, message: str
) -> None:
    write(folder, f"{WORDS}\n\n![A lab]({source})\n\nThe end.")
    found = problem(folder)
    assert (found.path.name, found.line) == ("piece.md", 6)
    assert message in f"{found.message} {found.hint}"


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "out.jpg").symlink_to("/etc/passwd")
    write(folder, "![A lab](out.jpg)")
    assert problem(folder).message == "'out.jpg' is not in this issue's folder."


@pytest.mark.parametrize("field", ["teaser", "welcome"])
def test_a_picture_can_only_be_in_a_body(folder: Path, field: str) -> None:
    write(folder, WORDS)
    path = folder / "piece.md"
    place = "number: 652"
    if field == "welcome":
        path = folder / "issue.yaml"
    else:
        place = "title: A long piece"
    written = path.read_text("utf-8").replace(
        place, f"{place}\n{field}: |\n  Words.\n\n  ![A lab](tall.jpg)", 1
    )
    path.write_text(written, "utf-8")
    found = problem(folder)
    assert (found.path, found.line) == (path, written.split("\n").index("  ![A lab](tall.jpg)") + 1)
    assert found.message == f"There cannot be a picture in '{field}', only in 'body'."


def test_an_issue_whose_pictures_were_not_prepared_is_not_rendered(folder: Path) -> None:
    write(folder, f"{WORDS}\n\n![A lab](tall.jpg)")
    manuscript = read_manuscript(folder)
    theme = theme_of(manuscript.issue, manuscript.folder.project.templates)
    with pytest.raises(ValueError, match="a picture of 'A long piece' was not prepared"):
        render(manuscript.issue, theme, FULL, NO_PICTURES)


def test_a_picture_in_an_advert_fits_into_its_box(folder: Path) -> None:
    (folder / "issue.yaml").write_text(
        "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "      - {title: An advert, kind: advert, advertiser: A, whole: true, body: '![A lab](tall.jpg)'}\n",
        "utf-8",
    )
    (folder / "tall.jpg").write_bytes(drawn("wide.jpg", (1600, 800)))
    (shown,) = prepared(folder).in_bodies.values()
    assert shown["tall.jpg"].width == 536
