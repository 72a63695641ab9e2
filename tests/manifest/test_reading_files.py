"""The files of an issue: which are read, which are refused, and with which message."""

from __future__ import annotations

import io
import os
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest import read_issue
from newsletter.model import WordTeasers

START = "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 640, 480, 8, 6, 0, 0, 0)
    + bytes(20)
)
MARKDOWN = "---\ntitle: Palaces\n---\nA museum.\n"


@pytest.fixture
def folder(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(newsletter_folder)
    return newsletter_folder / "issues" / "652"


def problems(folder: Path) -> list[str]:
    with pytest.raises(ManifestError) as refusal:
        read_issue(folder)
    return str(refusal.value).replace("issues/652/", "").split("\n")


def write_items(folder: Path, items: str) -> None:
    (folder / "issue.yaml").write_text(START + items, encoding="utf-8")


@pytest.mark.parametrize("missing", ["publication.yaml", "652/issue.yaml"])
def test_a_missing_file_is_named(folder: Path, missing: str) -> None:
    (folder.parent / missing).unlink()
    assert problems(folder) == [
        f"issues/{missing}: This file does not exist. Check its name and place.".replace(
            "issues/652/", ""
        )
    ]


def test_a_folder_that_is_not_an_issue_has_one_problem(folder: Path) -> None:
    assert problems(folder.parent) == [
        "issues/issue.yaml: This file does not exist. Check its name and place."
    ]
    (folder / "issue.yaml").write_text("", encoding="utf-8")
    assert problems(folder) == [
        "issue.yaml:1: There are no fields here. Write one 'name: value' on each line."
    ]


def test_many_missing_fields_are_named_together(folder: Path) -> None:
    (folder.parent / "publication.yaml").write_text("name: Our paper\nfrom:\n", encoding="utf-8")
    (folder / "issue.yaml").write_text(
        "{sections: [{kind: events, items: [{}]}]}", encoding="utf-8"
    )
    assert problems(folder) == [
        "issue.yaml:1: 'date' is missing. Add it. The date it goes out, as 2012-04-16.",
        "issue.yaml:1: 'number' is missing. Add it. "
        "An integer with an optional letter: 652, 1268a. The folder has the same name.",
        "issue.yaml:1: 'place' is missing. Add it. Where it is, with the address.",
        "issue.yaml:1: 'starts' is missing. Add it. Date and time, as 2012-04-20 18:30.",
        "issue.yaml:1: 'title' is missing. Add it. The headline. Put it in quotes if it has a colon.",
        "issues/publication.yaml:1: 11 fields are missing: publisher, home_page, from, time_zone, day, time, "
        "postal_address, why, unsubscribe, archive, pictures. 'newsletter fields publication' prints a form to copy.",
    ]


@pytest.mark.parametrize(
    "called", ["issue.yml", "Issue.yaml", "ISSUE.YML", "issue.yaml.txt", "issue.txt"]
)
def test_a_file_with_another_name_is_named(folder: Path, called: str) -> None:
    (folder / "issue.yaml").rename(folder / called)
    assert problems(folder) == [
        f"issue.yaml: This file is called '{called}' here. "
        "Rename it to issue.yaml: in lower case, and with this ending."
    ]


def test_a_folder_called_issue_yaml_is_not_a_file(folder: Path) -> None:
    (folder / "issue.yaml").unlink()
    (folder / "issue.yaml").mkdir()
    assert problems(folder) == [
        "issue.yaml: This is a folder, not a file. Give the folder another name, and put the file here."
    ]


def test_a_pipe_called_issue_yaml_is_not_waited_for(folder: Path) -> None:
    (folder / "issue.yaml").unlink()
    os.mkfifo(folder / "issue.yaml")
    assert problems(folder) == ["issue.yaml: This file does not exist. Check its name and place."]


def test_a_file_with_too_long_a_path_cannot_be_read(folder: Path) -> None:
    said = "issue.yaml: This file cannot be read (File name too long). Check its permissions."
    assert said in "\n".join(problems(folder / ("x" * 300)))


AS_UTF8 = "Save it as UTF-8: in Notepad choose File, Save As, and UTF-8 as the encoding."
AS_TEXT = "Open it, copy its text, and save that as a plain-text file in UTF-8."
ANSI = f"is encoded as Windows-1252 (Notepad calls it ANSI), not as UTF-8. {AS_UTF8}"
GOOD = (START + "      - title: Palaces\n").encode()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (GOOD + b"      - title: Ren\xe9e\n", f"issue.yaml:7: The 'é' here {ANSI}"),
        (
            b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n") + b"      - title: 10\xa0km\n",
            f"issue.yaml:7: The byte 0xA0 here {ANSI}",
        ),
        (
            GOOD + b"      - title: Ren\xe9e \x81\n",
            f"issue.yaml:7: Byte 107 of the file (0xE9) is not UTF-8. {AS_UTF8}",
        ),
        *(
            (
                GOOD.decode().encode(encoding),
                f"issue.yaml:1: This file is encoded as {called}, not as UTF-8. {AS_UTF8}",
            )
            for encoding, called in (
                ("utf-16", "UTF-16 (Notepad may call it Unicode)"),
                ("utf-16-le", "UTF-16 (Notepad may call it Unicode)"),
                ("utf-16-be", "UTF-16 (Notepad may call it Unicode)"),
                ("utf-32", "UTF-32"),
                ("utf-32-be", "UTF-32"),
            )
        ),
        (
            GOOD + bytes(9),
            f"issue.yaml:1: This is not a text file: it contains null bytes. {AS_TEXT}",
        ),
        (b"", "issue.yaml:1: There are no fields here. Write one 'name: value' on each line."),
        (
            GOOD + b"#" * 250_000,
            "issue.yaml: This file is larger than 250,000 bytes. "
            "Look for something pasted by mistake, or move texts to Markdown files.",
        ),
    ],
)
def test_a_file_that_is_not_text_is_refused(folder: Path, raw: bytes, said: str) -> None:
    (folder / "issue.yaml").write_bytes(raw)
    assert problems(folder) == [said]


@pytest.mark.parametrize(
    "raw",
    [GOOD.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + GOOD, b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n"),
     GOOD.replace(b"\n", b"\r"), b"---\n" + GOOD],
    ids=["CRLF", "BOM", "both", "CR", "document start"],
)  # fmt: skip
def test_line_ends_and_byte_order_marks_make_no_difference(folder: Path, raw: bytes) -> None:
    (folder / "issue.yaml").write_bytes(GOOD)
    expected = read_issue(folder)
    (folder / "issue.yaml").write_bytes(raw)
    assert read_issue(folder) == expected


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(
                name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x"
            )
    return packed.getvalue()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (zipped("mimetype", "content.xml"), "a LibreOffice document"),
        (zipped("xl/workbook.xml"), "an Excel document"),
        (zipped("story.txt"), "a zip archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"{\\rtf1\\ansi Eggs}", "a document in Rich Text Format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(300_000), "an old Word document"),
    ],
)
def test_a_document_that_is_called_md_is_named_as_what_it_is(
    folder: Path, raw: bytes, kind: str
) -> None:
    write_items(folder, "      - file: a.md\n")
    (folder / "a.md").write_bytes(raw)
    assert problems(folder) == [
        f"a.md: This is {kind}, not a text file, whatever its name says. {AS_TEXT}"
    ]


def test_the_files_of_an_issue_are_not_too_large_together(folder: Path) -> None:
    write_items(folder, "      - file: a.md\n      - file: b.md\n      - file: c.md\n")
    for name in "abc":
        (folder / f"{name}.md").write_text(
            f"---\ntitle: {name}\n---\n" + "Eggs. " * 20_000, encoding="utf-8"
        )
    assert problems(folder) == [
        "c.md: With this file the issue is larger than 250,000 bytes. "
        "Look for something pasted by mistake, or split it into two issues."
    ]


CONFLICT = "<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> other\n"


@pytest.mark.parametrize("name", ["issue.yaml", "a.md"])
def test_what_a_merge_has_left_is_named_once(folder: Path, name: str) -> None:
    write_items(folder, "      - file: a.md\n")
    (folder / "a.md").write_text("---\ntitle: Eggs\n---\n\n\n", encoding="utf-8")
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(CONFLICT.format(ours="      - title: Genes\n", theirs="      - title: Cells"))
    line = (folder / name).read_text("utf-8").split("\n").index("<<<<<<< HEAD") + 1
    assert problems(folder) == [
        f"{name}:{line}: Git has left two versions here, down to line {line + 5}. "
        "Keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
    ]


def test_a_line_below_a_heading_and_quotations_are_not_a_merge(folder: Path) -> None:
    write_items(folder, "      - file: a.md\n")
    text = "---\ntitle: Eggs\n---\nEggs\n=======\n\n>>>>>>> deep\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    assert read_issue(folder)


def test_markdown_with_line_ends_of_windows_reads_the_same(folder: Path) -> None:
    write_items(folder, "      - file: a.md\n")
    (folder / "a.md").write_bytes(b"---\ntitle: Palaces\n---\nOne\ntwo.\n\nThree.\n")
    expected = read_issue(folder)
    (folder / "a.md").write_bytes(
        b"\xef\xbb\xbf---\r\ntitle: Palaces\r\n---\r\nOne\r\ntwo.\r\n\r\nThree.\r\n"
    )
    assert read_issue(folder) == expected
    assert next(expected.items).body == "One\ntwo.\n\nThree."


@pytest.mark.parametrize(
    "character", ["\x01", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufdd0", "\ufdef", "\uffff"]
)
def test_hidden_characters_are_found_in_their_line(folder: Path, character: str) -> None:
    write_items(folder, f"      - title: Pal{character}aces\n        dte: x\n      - file: a.md\n")
    (folder / "a.md").write_text(
        f"---\ntitle: Genes\n---\nOne\n\ntwo{character}\n", encoding="utf-8"
    )
    said = (
        f"There is an invisible control character (U+{ord(character):04X}) in this text. "
        "Delete it; typing the words again is the quickest way."
    )
    assert problems(folder) == [
        f"a.md:6: {said}",
        f"issue.yaml:6: {said}",
        "issue.yaml:7: There is no field 'dte' here. Did you mean 'date'?",
    ]


def test_an_invisible_mark_of_right_to_left_scripts_is_not_a_control_character(
    folder: Path,
) -> None:
    write_items(folder, "      - title: \u200fגנים\u200f\n")
    assert [item.title for item in read_issue(folder).items] == ["\u200fגנים\u200f"]


@pytest.mark.parametrize(
    "title",
    [
        "No",
        "yes",
        "on",
        "off",
        "1984",
        "1.0",
        "2012-04-16",
        "null",
        "~",
        "0x10",
        "1_000",
        ".inf",
        "12:30:00",
        "true",
    ],
)
def test_text_is_text_whatever_other_tools_read_it_as(folder: Path, title: str) -> None:
    write_items(folder, f"      - title: {title}\n")
    assert [item.title for item in read_issue(folder).items] == [title]


@pytest.mark.parametrize("title", ["Eggs\tand genes", '"Eggs\\tand genes"', "Eggs \t and genes\t"])
def test_a_tab_within_a_text_is_a_space(folder: Path, title: str) -> None:
    write_items(folder, f"      - title:\t{title}\n")
    assert [" ".join(item.title.split()) for item in read_issue(folder).items] == ["Eggs and genes"]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f"])
def test_other_spaces_indent_as_plain_ones_do(folder: Path, space: str) -> None:
    text = "      - title: Eggs\n        authors:\n          - Ruth\n        teaser: |\n          One\n\n          - two\n"
    plain = text.replace("Ruth", f"Ruth{space}Egg")
    write_items(folder, plain)
    expected = read_issue(folder)
    for given in (
        plain.replace("        ", space * 8),
        plain.replace("        ", f" {space}" * 4),
        plain.replace("- ", f"-{space}")
        .replace("title: ", f"title:{space}")
        .replace(f"-{space}two", "- two"),
    ):
        write_items(folder, given)
        assert read_issue(folder) == expected


def test_in_a_block_of_text_every_character_is_text(folder: Path) -> None:
    verse = "\u00a0\u00a0Eggs\n-\tone\n\ttwo\ndate：2012\n\n      - \tthree"
    block = verse.replace("\n", "\n          ").replace("\n          \n", "\n\n")
    write_items(
        folder,
        f"      - title: Eggs\n        teaser: |2-\n          {block}\n        date: 2012-04-11\n",
    )
    item = next(read_issue(folder).items)
    assert (item.teaser, str(item.date)) == (verse, "2012-04-11")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Eggs &amp; cells", "Eggs & cells"),
        ("&pound;5 &#8211; &#x20AC;6", "£5 – €6"),
        ("AT&T, R&D; &eggs; &#; &copy", "AT&T, R&D; &eggs; &#; &copy"),
        ("&amp;lt;", "&lt;"),
        ("&#150; &#x99;", "– ™"),
    ],
)
def test_character_references_in_plain_fields_are_read(
    folder: Path, written: str, read: str
) -> None:
    write_items(
        folder, f"      - title: '{written}'\n        authors: ['{written}']\n        teaser: '{written}'\n"
        f"        sources:\n          - title: '{written}'\n            url: 'https://a.org/?a=1&amp;b=2&copy=3'\n"
    )  # fmt: skip
    item: Any = next(read_issue(folder).items)
    assert (item.title, item.authors[0].name, item.sources[0].title) == (read, read, read)
    assert item.teaser == written, "Markdown reads its own"
    assert item.sources[0].url == "https://a.org/?a=1&b=2&copy=3"


def test_one_value_is_a_list_of_one(folder: Path) -> None:
    write_items(folder, "      - title: Eggs\n        authors: Ruth Egg\n        topics: cells\n")
    one = read_issue(folder)
    write_items(
        folder,
        "      - title: Eggs\n        authors:\n          - name: Ruth Egg\n        topics: [cells]\n",
    )
    assert read_issue(folder) == one
    write_items(
        folder,
        "      - title: Eggs\n        authors: {name: Ruth Egg}\n        topics:\n          - cells\n",
    )
    assert read_issue(folder) == one


@pytest.mark.parametrize("kind", ["jobs", "notices"])
def test_a_job_or_a_notice_may_lead_to_an_email_address(folder: Path, kind: str) -> None:
    text = START.replace("news", kind) + "      - title: Eggs\n        url: us@lab.example\n"
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    assert [item.url for item in read_issue(folder).items] == ["mailto:us@lab.example"]


def test_the_scheme_of_a_picture_may_be_in_capitals(folder: Path) -> None:
    picture = '{src: "HTTPS://lab.example/a.png", alt: "", width: 9, height: 9}'
    write_items(folder, f"      - title: Eggs\n        picture: {picture}\n")
    assert [item.picture and item.picture.src for item in read_issue(folder).items] == [
        "https://lab.example/a.png"
    ]


@pytest.mark.parametrize("day", ["1912-04-16", "1972-12-31", "0001-01-01"])
def test_an_issue_is_not_older_than_email(folder: Path, day: str) -> None:
    write_items(folder, "      - title: Eggs\n")
    text = (folder / "issue.yaml").read_text("utf-8")
    (folder / "issue.yaml").write_text(text.replace("2012-04-16", day), encoding="utf-8")
    assert problems(folder) == [
        f"issue.yaml:2: No email went out on {day}. Write the day on which this issue goes out."
    ]


def test_all_problems_of_all_files_come_in_one_go(folder: Path) -> None:
    publication = folder.parent / "publication.yaml"
    publication.write_text(publication.read_text(encoding="utf-8") + "them: x\n", encoding="utf-8")
    (folder / "issue.yaml").write_text(
        START.replace("2012-04-16", "soon") + "      - file: a.md\n", encoding="utf-8"
    )
    (folder / "a.md").write_text(
        "---\ntitle: Review: Palaces\ndte: x\n---\n\n\n[x](y)\n", encoding="utf-8"
    )
    assert [line.partition(" ")[0] for line in problems(folder)] == [
        "a.md:2:",
        "a.md:3:",
        "a.md:7:",
        "issue.yaml:2:",
        "issues/publication.yaml:39:",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tagline:", "tagine:", "7: There is no field 'tagine' here. Did you mean 'tagline'?"),
        ("day: Monday", "day: Mon", "18: 'Mon' cannot be used here. Did you mean 'Monday'?"),
        ('"17:00"', "5pm", "19: '5pm' is not a time of day. Write 17:00."),
        ("Europe/London", "Mars", "17: 'Mars' is not a time zone. Write one such as Europe/London."),
        ("en-GB", "xx-YY", "16: 'xx-YY' is not a known language. Write a language tag such as en-GB, fr or he."),
        ("BioNews <bionews@bionews.org.uk>", "BioNews",
         "15: 'BioNews' is not an email address. Write it as BioNews <editor@bionews.org.uk>."),
        ("text_width: 72", "text_width: 100", "29: 100 is too large. Write a number of at most 78."),
        ("service: folder", "service: post",
         "30: 'post' cannot be used here. "
         "Use one of: folder, brevo, buttondown, listmonk, mailchimp, mailjet, sendgrid, smtp."),
        ("service: folder", "service: listmonkey",
         "30: 'listmonkey' cannot be used here. Did you mean 'listmonk'?"),
        ("first-name:", "firstname:", "32: 'firstname' cannot be used here. Did you mean 'first-name'?"),
        ("teasers: sentences", "teasers: some words",
         "28: 'some words' cannot be used here. "
         "How teasers are made: 'sentences' (20 to 40 words), or 'words:' and a number (5 or more). The lead may have twice as many."),
        ("teasers: sentences", "teasers: 3 words",
         "28: '3 words' cannot be used here. "
         "How teasers are made: 'sentences' (20 to 40 words), or 'words:' and a number (5 or more). The lead may have twice as many."),
        ("teasers: sentences", "teasers: {words: 3}", "28: 3 is too small. Write a number of at least 5."),
        ("teasers: sentences", "pictures_to: s3://name:secret@bucket/pictures",
         "28: There is a password in this address. Take it out, and write it into .env, which git ignores."),
        ("theme: bionews", "social: https://a.org/@us",
         "27: 'https://a.org/@us' alone is not enough for a link. "
         'Write - {name: "…", url: "https://a.org/@us"}.'),
        ("theme: bionews", "social: ['Mastodon: https://a.org/@us']",
         "27: 'Mastodon: https://a.org/@us' alone is not enough for a link. "
         'Write - {name: "Mastodon", url: "https://a.org/@us"}.'),
        ("theme: bionews", "social: [Mastodon]",
         "27: 'Mastodon' alone is not enough for a link. "
         'Write - {name: "Mastodon", url: "https://…"}.'),
        ("theme: bionews", "social: {Mastodon: https://a.org/@us}",
         "27: There is no field 'Mastodon' here. "
         'Write - {name: "Mastodon", url: "https://a.org/@us"}.'),
        ("theme: bionews", "social: [{label: Mastodon, url: 'https://a.org/@us'}]",
         "27: There is no field 'label' here. Did you mean 'name'?"),
        ("theme: bionews", "calendars: [events]",
         "27: This is neither true nor false. Write true or false."),
        ("theme: bionews", "logo: '![Our name](https://a.org/logo.png)'",
         "27: A picture is not written in Markdown here. "
         'Write logo: {src: "https://a.org/logo.png", alt: "Our name"}.'),
        ("theme: bionews", "pictures_to: https://a.org/pictures",
         "27: Nothing can be copied to a web address. "
         "Write a folder, or an address such as s3://bucket/pictures; "
         "where they are served is written after 'pictures:'."),
        ("/pictures", "/pictures?x=1",
         "25: This address cannot have a '?' or '#': each issue's number is added to it. "
         "Write only what comes before it."),
        ("www.bionews.org.uk/issues/", "ann:secret@www.bionews.org.uk/issues/",
         "24: There is a user name in this address, which everybody would see. "
         "Take out all between // and @, and the @."),
        ("theme: bionews", "forward: mailto:?subject=two words",
         "27: 'mailto:?subject=two words' is not a mailto address. "
         "Write it without spaces, as mailto:editor@bionews.org.uk."),
        ("language: en-GB", "language: UK", "16: 'UK' is not a known language. Write en-GB."),
        ("theme: bionews", "typography: maybe",
         "27: This is neither true nor false. Write true or false."),
        ("why: You", "why: See [you](you.html), you",
         "22: The link to 'you.html' does not work in an email. "
         "Write the whole address, starting with https://, http:// or mailto:."),
    ],
)  # fmt: skip
def test_mistakes_in_the_publication_are_named(folder: Path, old: str, new: str, said: str) -> None:
    path = folder.parent / "publication.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert problems(folder) == [f"issues/publication.yaml:{said}"]


def outside(folder: Path) -> None:
    (folder.parent / "outside.md").write_text(MARKDOWN, encoding="utf-8")
    (folder.parent / "outside.png").write_bytes(PNG)


def link_to_outside(folder: Path) -> None:
    outside(folder)
    for kind in ("md", "png"):
        (folder / f"link.{kind}").symlink_to(folder.parent / f"outside.{kind}")


def folder_that_leads_outside(folder: Path) -> None:
    outside(folder)
    (folder / "out").symlink_to(folder.parent, target_is_directory=True)


def links_in_a_circle(folder: Path) -> None:
    for kind in ("md", "png"):
        (folder / f"a.{kind}").symlink_to(folder / f"b.{kind}")
        (folder / f"b.{kind}").symlink_to(folder / f"a.{kind}")


def near_names(folder: Path) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "lab.png").write_bytes(PNG)
    (folder / "images" / "lab.md").write_text(MARKDOWN, encoding="utf-8")


def nothing(folder: Path) -> None:
    pass


OUTSIDE = (
    "is not in this issue's folder. Put the file into 652/, and write its name here as it is there."
)
MISSING = "in this issue's folder. Check the name, or add the file."


@pytest.mark.parametrize("kind", ["md", "png"])
@pytest.mark.parametrize(
    ("given", "prepare", "said"),
    [
        ("../outside.{kind}", outside, f"'{{given}}' {OUTSIDE}"),
        ("../652/../outside.{kind}", outside, f"'{{given}}' {OUTSIDE}"),
        ("images/../images/lab.{kind}", near_names, f"'{{given}}' {OUTSIDE}"),
        ("../652/images/lab.{kind}", near_names, f"'{{given}}' {OUTSIDE}"),
        ("/etc/passwd", nothing, f"'{{given}}' {OUTSIDE}"),
        ("link.{kind}", link_to_outside, f"'{{given}}' {OUTSIDE}"),
        ("out/outside.{kind}", folder_that_leads_outside, f"'{{given}}' {OUTSIDE}"),
        ("//server/a.{kind}", nothing, f"'{{given}}' {OUTSIDE}"),
        ("C:\\Pictures\\a.{kind}", nothing, f"'{{given}}' {OUTSIDE}"),
        ("C:/Pictures/a.{kind}", nothing, f"'{{given}}' {OUTSIDE}"),
        ("\\\\server\\a.{kind}", nothing, f"'{{given}}' {OUTSIDE}"),
        ("..\\outside.{kind}", outside, f"'{{given}}' {OUTSIDE}"),
        ("none.{kind}", nothing, f"There is no file '{{given}}' {MISSING}"),
        ("images", near_names, f"There is no file '{{given}}' {MISSING}"),
        ("images/lap.{kind}", near_names,
         "There is no file '{given}' in this issue's folder. Did you mean 'images/lab.{kind}'?"),
        ("images\\lab.{kind}", near_names,
         "There is no file '{given}' in this issue's folder. Write / instead of \\."),
    ],
)  # fmt: skip
def test_only_files_in_the_issues_folder_are_taken(
    folder: Path, kind: str, given: str, prepare: Callable[[Path], None], said: str
) -> None:
    prepare(folder)
    given = given.format(kind=kind)
    if kind == "md":
        write_items(folder, f"      - file: {given}\n")
    else:
        write_items(folder, f"      - title: Palaces\n        picture: {{alt: '', src: {given}}}\n")
    line = 6 if kind == "md" else 7
    assert problems(folder) == [f"issue.yaml:{line}: {said.format(given=given, kind=kind)}"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("images/cover.{kind}", "Check the name, or add the file."),
        ("{kind}", "Check the name, or add the file."),
        ("lab.{kind}", "Did you mean 'images/lab.{kind}'?"),
        ("images/lab.jpeg", "Did you mean 'images/lab.png'?"),
        ("images/laboratory.{kind}", "Check the name, or add the file."),
        ("images/tissue.{kind}", "Check the name, or add the file."),  # not issue.yaml
        ("images/lab.{kind}/x", "Check the name, or add the file."),
    ],
)
@pytest.mark.parametrize("kind", ["md", "png"])
def test_only_a_name_that_is_near_is_guessed(
    folder: Path, kind: str, given: str, said: str
) -> None:
    near_names(folder)
    given = given.format(kind=kind)
    write_items(folder, f"      - file: {given}\n")
    assert problems(folder) == [
        f"issue.yaml:6: There is no file '{given}' in this issue's folder. {said.format(kind=kind)}"
    ]


class IndifferentDisk(type(Path())):  # type: ignore[misc]
    """A path on a disk that finds a file in whatever capitals and form of Unicode, as those of macOS and Windows do."""

    def _real(self) -> Path:
        path = Path(self.anchor)
        for part in self.parts[1:]:
            names = os.listdir(path) if path.is_dir() else []  # noqa: PTH208
            path /= next((name for name in names if alike(name) == alike(part)), part)
        return path

    def is_file(self) -> bool:
        return self._real().is_file()

    def is_dir(self) -> bool:
        return self._real().is_dir()

    def open(self, mode: str = "r", **_: Any) -> Any:
        return self._real().open(mode)

    def iterdir(self) -> Any:
        return self._real().iterdir()


def alike(name: str) -> str:
    return unicodedata.normalize("NFD", name).casefold()


COMPOSED, DECOMPOSED = "zo\u00eb", "zoe\u0308"


@pytest.mark.parametrize("disk", [Path, IndifferentDisk])
@pytest.mark.parametrize("kind", ["md", "png"])
@pytest.mark.parametrize(
    ("given", "called", "said"),
    [
        ("eggs.{kind}", "Eggs.{kind}", "The file is called 'Eggs.{kind}': upper and lower case differ. "
         "Write its name exactly like that; some computers would not find it."),
        ("Images/eggs.{kind}", "images/eggs.{kind}", "The file is called 'images/eggs.{kind}': "
         "upper and lower case differ. Write its name exactly like that; some computers would not find it."),
        (f"{COMPOSED}.{{kind}}", f"{DECOMPOSED}.{{kind}}", f"The file is called '{COMPOSED}.{{kind}}' too, "
         "but its accents are stored in another way. "
         "Rename the file without accents, as in zoe.{kind}, and write that here."),
        (f"{DECOMPOSED}.{{kind}}", f"{COMPOSED}.{{kind}}", f"The file is called '{DECOMPOSED}.{{kind}}' too, "
         "but its accents are stored in another way. "
         "Rename the file without accents, as in zoe.{kind}, and write that here."),
        (f"{COMPOSED}.{{kind}}", f"{COMPOSED}.{{kind}}", ""),
        ("images/eggs.{kind}", "images/eggs.{kind}", ""),
    ],
)  # fmt: skip
def test_a_name_that_only_some_computers_find_is_refused_by_all(
    folder: Path, disk: type[Path], kind: str, given: str, called: str, said: str
) -> None:
    given, called = given.format(kind=kind), called.format(kind=kind)
    (folder / called).parent.mkdir(exist_ok=True)
    (folder / called).write_bytes(MARKDOWN.encode() if kind == "md" else PNG)
    if kind == "md":
        write_items(folder, f"      - file: {given}\n")
    else:
        write_items(folder, f"      - title: Palaces\n        picture: {{alt: '', src: {given}}}\n")
    if said:
        line = 6 if kind == "md" else 7
        assert problems(disk(folder)) == [f"issue.yaml:{line}: {said.format(kind=kind)}"]
    else:
        assert read_issue(disk(folder))


@pytest.mark.parametrize("disk", [Path, IndifferentDisk])
@pytest.mark.parametrize("called", ["Issue.yaml", "issue.yml"])
def test_an_issue_yaml_in_capitals_is_named_on_every_computer(
    folder: Path, disk: type[Path], called: str
) -> None:
    (folder / "issue.yaml").rename(folder / called)
    assert problems(disk(folder)) == [
        f"issue.yaml: This file is called '{called}' here. "
        "Rename it to issue.yaml: in lower case, and with this ending."
    ]


def test_a_whole_path_is_refused_even_if_it_leads_into_the_folder(folder: Path) -> None:
    near_names(folder)
    write_items(folder, f"      - file: {folder}/images/lab.md\n")
    assert problems(folder)[0].endswith(
        "Put the file into 652/, and write its name here as it is there."
    )


def test_links_that_go_in_circles_and_names_that_are_too_long_are_refused(folder: Path) -> None:
    links_in_a_circle(folder)
    write_items(folder, f'      - file: a.md\n      - file: {"x" * 300}\n      - file: "a\\0b"\n')
    assert [line.partition(" ")[0] for line in problems(folder)] == [
        "issue.yaml:6:",
        "issue.yaml:7:",
        "issue.yaml:8:",
    ]


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "b.md").symlink_to("a.md")
    write_items(folder, "      - file: b.md\n")
    assert [item.title for item in read_issue(folder).items] == ["Palaces"]


def test_a_picture_is_not_opened_when_the_issue_is_read(folder: Path) -> None:
    (folder / "lab.png").touch()
    write_items(folder, "      - title: Palaces\n        picture: {src: lab.png, alt: A lab}\n")
    picture = next(read_issue(folder).items).picture
    assert picture
    assert (picture.width, picture.height) == (None, None)


@pytest.mark.parametrize(
    ("src", "said"),
    [
        ("logo.svg", "There is no file 'logo.svg' in the folder of publication.yaml. "
         "Did you mean '652/logo.png'?"),
        ("652/logo.png", ""),
        ("../logo.png", "'../logo.png' is not in the folder of publication.yaml. "
         "Put the file into issues/, and write its name here as it is there."),
        ("http://a.org/logo.png", "A picture's address must begin with https://. "
         "Write such an address, or name a file in the folder of publication.yaml."),
    ],
)  # fmt: skip
def test_the_logo_is_a_file_beside_the_publication(folder: Path, src: str, said: str) -> None:
    (folder / "logo.png").touch()
    publication = folder.parent / "publication.yaml"
    text = publication.read_text("utf-8")
    publication.write_text(text + f"logo: {{src: {src}, alt: BioNews}}\n", "utf-8")
    line = text.count("\n") + 1
    if said:
        assert problems(folder) == [f"issues/publication.yaml:{line}: {said}"]
    else:
        assert read_issue(folder).publication.logo


@pytest.mark.parametrize(
    "address", ["http://a.org/a.png", "data:image/png;base64,x", "file:///a.png", "javascript:x"]
)
def test_a_picture_from_the_web_comes_over_https(folder: Path, address: str) -> None:
    write_items(
        folder,
        f"      - title: Palaces\n        picture:\n          src: {address}\n          alt: x\n",
    )
    said = "A picture's address must begin with https://. Write such an address, or name a file in this issue's folder."
    assert problems(folder) == [f"issue.yaml:8: {said}"]


NO_FRONT = "The file does not begin with its fields between two lines of three hyphens."
NO_END = (
    "The fields that begin in line {} have no end. "
    "Put a line of three hyphens (---) below the last field, above the text."
)
ONLY_HYPHENS = "Write --- at the start of the line, and nothing else on it."
HOW = "Begin with ---, then title: and the other fields, then ---."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", f"a.md:1: This file is empty. {HOW}"),
        ("\n \n", f"a.md:1: This file is empty. {HOW}"),
        ("Text", f"a.md:1: {NO_FRONT} {HOW}"),
        ("\n\nText\n---\n", f"a.md:3: {NO_FRONT} {HOW}"),
        ("title: Eggs\n---\nText", f"a.md:1: The line of three hyphens is missing above the fields. {HOW}"),
        ("---\ntitle: Eggs\n", f"a.md:2: {NO_END.format(1)}"),
        ("\n---\ntitle: Eggs\ndate: 2012-04-16\n\nText: of eggs.\n\nMore\n", f"a.md:8: {NO_END.format(2)}"),
        ("---\ntitle: Eggs\n\nText of eggs.\n\n---\n\nMore\n", f"a.md:4: {NO_END.format(1)}"),
        ("----\ntitle: Eggs\n----\nText", f"a.md:1: There are 4 hyphens here, not three. {ONLY_HYPHENS}"),
        ("---\ntitle: Eggs\n--\nText", f"a.md:3: There are 2 hyphens here, not three. {ONLY_HYPHENS}"),
        ("—-\ntitle: Eggs\n—-\nText",
         f"a.md:1: A program has turned the hyphens here into a dash ('—-'). {ONLY_HYPHENS}"),
        ("---\ntitle: Eggs\n—\nText\n\n---\n",
         f"a.md:3: A program has turned the hyphens here into a dash ('—'). {ONLY_HYPHENS}"),
        (" ---\ntitle: Eggs\n---\nText", f"a.md:1: There is a space before the three hyphens. {ONLY_HYPHENS}"),
        ("---\ntitle: Eggs\n ---\nText", f"a.md:3: There is a space before the three hyphens. {ONLY_HYPHENS}"),
    ],
)  # fmt: skip
def test_fields_without_their_hyphens_are_named_at_their_line(
    folder: Path, text: str, said: str
) -> None:
    write_items(folder, "      - file: a.md\n")
    (folder / "a.md").write_text(text, encoding="utf-8")
    assert problems(folder) == [said]


@pytest.mark.parametrize("text", [
    "\n \n---\ntitle: Eggs\n---\nText", "---  \ntitle: Eggs\n---\t\nText", "---\n\ntitle: Eggs\n\n# Note\n---\nText",
    '---\ntitle: Eggs\nteaser: |\n  One\n\n  —\n\n  two\n---\nText', "---\ntitle: Eggs\n---\nText\n\n---\n\n----\n",
    "---\ntitle: Eggs\ntopics: [\n  a,\n\n]\n---\nText",
    "---\ntitle: Eggs\ntopics:\n- --\n- —\n---\nText",
])  # fmt: skip
def test_fields_between_hyphens_are_read(folder: Path, text: str) -> None:
    write_items(folder, "      - file: a.md\n")
    (folder / "a.md").write_text(text, encoding="utf-8")
    item = next(read_issue(folder).items)
    assert (item.title, item.body[:4]) == ("Eggs", "Text")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\n---\nText", "a.md:2: There are no fields here. Write one 'name: value' on each line."),
        ("---\n- a\n---\n", "a.md:2: Fields are expected here. Write one 'name: value' on each line."),
        ("---\ntitle: \"A\n---\n", "a.md:2: A quote is opened here and never closed. Close it at the end of the text."),
        ("---\ntitle: A\nbody: B\n---\nC",
         "a.md:3: The field 'body' cannot be written here. Write the text below the ---."),
        ("---\nurl: https://a.org/\n---\n",
         "a.md:2: 'title' is missing. Add it. The headline. Put it in quotes if it has a colon."),
        ("---\ntitle: A\nfile: b.md\n---\n", "a.md:3: There is no field 'file' here. "
         "Use one of: title, url, authors, date, teaser, body, whole, picture, lead, action, topics, corrections, slug, related, sources."),
        ("---\ntitle: A\n---\nOne\n\n> two\n> [x](javascript:y)\n",
         "a.md:7: The link to 'javascript:y' does not work in an email. "
         "Write the whole address, starting with https://, http:// or mailto:."),
    ],
)  # fmt: skip
def test_mistakes_in_a_markdown_file_are_named(folder: Path, text: str, said: str) -> None:
    write_items(folder, "      - file: a.md\n")
    (folder / "a.md").write_text(text, encoding="utf-8")
    assert problems(folder) == [said]


def test_an_issue_has_one_lead(folder: Path) -> None:
    write_items(folder, "      - {title: A, lead: true}\n      - {title: B, lead: true}\n")
    assert problems(folder) == [
        "issue.yaml:7: The issue has a lead already, in issue.yaml, line 6. "
        "Delete 'lead: true' here or there."
    ]


def test_an_item_that_is_not_the_lead_may_say_so(folder: Path) -> None:
    write_items(folder, "      - {title: A, lead: false}\n      - {title: B, lead: true}\n")
    issue = read_issue(folder)
    assert issue.lead
    assert issue.lead.title == "B"


def test_an_item_with_a_file_has_no_other_field_and_no_file_appears_twice(folder: Path) -> None:
    (folder / "a.md").write_text(MARKDOWN, encoding="utf-8")
    write_items(
        folder,
        "      - file: a.md\n        title: Genes\n      - file: ./a.md\n      - file: [a.md]\n      - file:\n"
        "      - title: palaces\n",
    )
    assert problems(folder) == [
        "issue.yaml:7: An item with 'file' cannot have other fields here. Move this field into that file.",
        "issue.yaml:8: './a.md' is already in this issue, in line 6. Delete one of the two.",
        "issue.yaml:9: The name of a file is expected here. Write it as images/lab.jpg.",
        "issue.yaml:10: The name of a file is expected here. Write it as images/lab.jpg.",
    ]


def test_two_items_may_have_one_title_and_one_address(folder: Path) -> None:
    post = "      - title: Research Assistant\n        url: https://www.progress.org.uk/posts\n"
    write_items(folder, post + post)
    assert [item.title for item in read_issue(folder).items] == ["Research Assistant"] * 2


def test_an_issue_can_be_read_from_within_its_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read_issue(folder)
    monkeypatch.chdir(folder)
    assert read_issue(Path()) == expected


@pytest.mark.parametrize(
    "written", ["\n  words: 30", ' "words: 30"', " {words: 30}", ' "words 30"']
)
def test_a_number_of_words_for_teasers_can_be_written_in_several_ways(
    newsletter_folder: Path, written: str
) -> None:
    publication = newsletter_folder / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("teasers: sentences", f"teasers:{written}")
    publication.write_text(text, "utf-8")
    assert read_issue(newsletter_folder / "issues" / "652").publication.teasers == WordTeasers(
        words=30
    )


@pytest.mark.parametrize("begins", [">", "", ">-"])
def test_an_empty_line_begins_a_paragraph_also_where_yaml_joins_lines(
    folder: Path, begins: str
) -> None:
    body = f"body: {begins}\n          A museum\n          opens.\n\n          It closes.\n"
    write_items(folder, f"      - title: Palaces\n        {body}")
    [item] = read_issue(folder).items
    assert item.body == "A museum opens.\n\nIt closes."
