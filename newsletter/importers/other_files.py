"""What a file is that no importer reads, and what its sender can do."""

from __future__ import annotations

from newsletter.importers.original import Original
from newsletter.text.printable import printable

_Wording = tuple[str, str]
"""What is wrong, and what to do."""

_AS_WORD = "Open it, save it as Word (.docx), and add that file; or copy its text and paste it."
_PICTURE = (
    "This is a picture, without a piece that it belongs to.",
    "Add the piece, and name the picture in its item under 'picture:'.",
)
_UNFINISHED = ("This file has not been downloaded to its end.", "Download it again.")
_SHORTCUT = ("This only leads to a web page.", "Give the address of the page instead.")
_DATA = ("This holds data for programs, not a piece.", "Check that it is the right file.")
_SOUND = ("This is a recording.", "Add the text about it, and name the recording's address in it.")
_ZIPPED = ("This is a zip archive.", "Unpack it, and add the files that are in it.")
_PROGRAM = ("This is a program.", "Do not open it: ask the sender what it is.")
_BEGINNINGS: tuple[tuple[bytes, _Wording], ...] = (
    (
        b"%PDF",
        (
            "This is a PDF, which does not say where paragraphs begin and end.",
            "Ask for the document that it was made from, or copy its text and paste it.",
        ),
    ),
    (b"{\\rtf", ("This is a document in Rich Text Format (.rtf).", _AS_WORD)),
    (b"\xd0\xcf\x11\xe0", ("This is a document of an old Office program.", _AS_WORD)),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"BM", _PICTURE),
    (b"ID3", _SOUND),
    (b"\xff\xfb", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"\x1aE\xdf\xa3", _SOUND),
    (b"7z\xbc\xaf", _ZIPPED),
    (b"Rar!", _ZIPPED),
    (b"\x1f\x8b", _ZIPPED),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
)
_IN_ZIP: tuple[tuple[bytes, _Wording], ...] = (
    (b"mimetypeapplication/epub", ("This is an e-book.", "Copy its text and paste it.")),
    (b"mimetypeapplication/vnd.oasis", ("This is an OpenDocument file (.odt).", _AS_WORD)),
    (b"Index/Document.iwa", ("This is a document of Apple Pages.", _AS_WORD)),
    (b"ppt/", ("This is a PowerPoint presentation.", "Copy its text and paste it.")),
    (b"xl/", ("This is an Excel workbook.", "Save its sheet as CSV, and add that file.")),
)
_BY_ENDING: dict[str, _Wording] = {
    ".heic": _PICTURE,
    ".svg": _PICTURE,
    ".mp3": _SOUND,
    ".m4a": _SOUND,
    ".wav": _SOUND,
    ".mp4": _SOUND,
    ".mov": _SOUND,
    ".gdoc": (
        "This only leads to a document in Google Docs.",
        "Open it there, and download it as Word (.docx): File, Download.",
    ),
    ".lnk": ("This only leads to a file on the sender's computer.", "Ask for the file itself."),
    ".crdownload": _UNFINISHED,
    ".part": _UNFINISHED,
    ".url": _SHORTCUT,
    ".webloc": _SHORTCUT,
    ".ics": ("This is an entry of a calendar.", "Copy its text and paste it."),
    ".vcf": ("This is a business card, without a piece.", "Ask the sender for the piece."),
    ".mbox": (
        "This is a whole mailbox.",
        "Drag the mail itself out of the mail program, and add that file (.eml).",
    ),
    ".yaml": _DATA,
    ".yml": _DATA,
    ".json": _DATA,
    ".dat": (
        "This is an attachment that only Outlook can open (winmail.dat).",
        "Ask the sender for the document itself, or open it in Outlook.",
    ),
}


def is_other(original: Original) -> bool:
    """Return whether an original is no piece by its name, though it may be text inside."""
    return original.suffix in _BY_ENDING


def advice_on(original: Original) -> _Wording:
    """Return what a file is, and what to do, by its content first, and then by its name."""
    content = original.content
    if not content.strip():
        return "This file is empty.", "Get it again: the copy may have stopped half-way."
    if content.startswith(b"PK\x03\x04"):
        return next((said for part, said in _IN_ZIP if part in content), _ZIPPED)
    for beginning, said in _BEGINNINGS:
        if content.startswith(beginning):
            return said
    if content[4:8] == b"ftyp" or content.startswith(b"RIFF"):
        return _PICTURE if content[8:12] in (b"WEBP", b"heic", b"mif1", b"avif") else _SOUND
    if original.suffix in _BY_ENDING:
        return _BY_ENDING[original.suffix]

    ending = f" ({printable(original.suffix)})" if original.suffix else ""
    return f"This kind of file cannot be read{ending}.", _AS_WORD
