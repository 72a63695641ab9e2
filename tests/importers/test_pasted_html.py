"""HTML that was pasted is read as the text that it is, and pages are left to the reader of pages."""

from __future__ import annotations

from base64 import b64encode
from importlib import import_module

import pytest

from newsletter.importers import Original, read
from newsletter.importers.reading import importer_of
from tests.strategies import PUBLICATION

GOOGLE = (
    '<meta charset=\'utf-8\'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1>A title'
    '</h1><p><span style="font-weight:700">Bold</span><span> text.</span></p></b>'
)
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator '
    'content="Microsoft Word 15"></head><body><p class=MsoTitle>x</p></body></html>'
)
DOT = "data:image/gif;base64," + b64encode(b"GIF89a\x20\x00\x20\x00" + bytes(2000)).decode()


@pytest.mark.parametrize(
    ("name", "html", "importer"),
    [
        ("clipboard", GOOGLE, "pasted_html"),
        ("standard input", GOOGLE, "pasted_html"),
        ("standard input", WORD, "pasted_html"),
        ("clipboard", "<html><body><p>x</p></body></html>", "pasted_html"),
        ("page.html", "<!doctype html><html><head></head><body><p>x</p></body></html>", "web_page"),
        ("standard input", "a < b", "text"),
    ],
)
def test_each_is_read_by_its_importer(name: str, html: str, importer: str) -> None:
    media_type = "text/html" if name == "clipboard" else ""
    original = Original(name, html.encode(), media_type=media_type)
    module = import_module(f"newsletter.importers.sources.{importer}")
    assert importer_of(original) is module


def test_a_paste_is_a_piece_with_its_pictures() -> None:
    html = f'{GOOGLE}<p><img src="{DOT}" alt="A dot"></p><script>x</script>'
    (piece,) = read(Original("clipboard", html.encode(), media_type="text/html"), PUBLICATION)
    assert piece.fields["title"].value == "A title"
    assert piece.fields["body"].value == "**Bold** text.\n\n![A dot](images/picture.gif)"
    assert [picture.name for picture in piece.pictures] == ["picture.gif"]
    assert piece.left_out == ("A script.",)
