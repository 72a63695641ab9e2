"""Files that nobody can read as a piece: what they are, and what to do."""

from __future__ import annotations

import pytest

from newsletter.importers.original import Original
from newsletter.importers.other_files import advice_on


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("piece.txt", b"%PDF-1.7", "This is a PDF", "copy its text"),
        ("piece", b"{\\rtf1", "Rich Text", "save it as Word"),
        ("piece", b"\xd0\xcf\x11\xe0", "an old Office program", "save it as Word"),
        ("piece", b"PK\x03\x04mimetypeapplication/vnd.oasis", "OpenDocument", "save it as Word"),
        ("piece", b"PK\x03\x04 Index/Document.iwa", "Apple Pages", "save it as Word"),
        ("piece", b"PK\x03\x04 xl/workbook.xml", "Excel", "as CSV"),
        ("pieces.zip", b"PK\x03\x04 one.docx", "zip archive", "Unpack it"),
        ("lab.jpg", b"\xff\xd8\xff\xe0", "a picture", "picture:"),
        ("lab.heic", b"\0\0\0\x18ftypheic", "a picture", "picture:"),
        ("talk.mp3", b"ID3\x03", "a recording", "the text about it"),
        ("talk.m4a", b"\0\0\0\x18ftypM4A ", "a recording", "the text about it"),
        ("piece.exe", b"MZ\x90\0", "a program", "Do not open it"),
        ("piece.gdoc", b"\0", "Google Docs", "download it as Word"),
        ("piece.docx.crdownload", b"\0\1", "not been downloaded", "again"),
        ("page.url", b"[InternetShortcut]\nURL=https://a.example/", "web page", "address"),
        ("meeting.ics", b"BEGIN:VCALENDAR", "a calendar", "Copy its text"),
        ("sender.vcf", b"BEGIN:VCARD", "business card", "Ask the sender"),
        ("inbox.mbox", b"From a@b.example Mon", "a whole mailbox", "(.eml)"),
        ("issue.yaml", b"number: 653", "not a piece", "the right file"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "only Outlook can open", "the document itself"),
        ("piece.docx", b"  \n", "empty", "stopped half-way"),
        ("piece.xyz", b"\0\1", "cannot be read (.xyz)", "save it as Word"),
        ("piece", b"\0\1", "This kind of file cannot be read.", "save it as Word"),
    ],
)
def test_a_file_is_told_by_its_content_before_its_name(
    name: str, content: bytes, message: str, hint: str
) -> None:
    said, to_do = advice_on(Original(name, content))

    assert message in said
    assert hint in to_do
