"""Drawings in SVG: drawn sharp, and with nothing from outside."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from newsletter.pictures import vector
from newsletter.pictures.making import Made, make
from newsletter.pictures.shapes import ACROSS, THUMBNAIL
from newsletter.pictures.unusable import Unusable
from tests.drawing import drawn

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="60" height="40">'
)


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


RED = '<rect width="60" height="40" fill="red"/>'


def colours(made: Made) -> set[tuple[int, ...]]:
    counted = Image.open(BytesIO(made.content)).convert("RGBA").getcolors(9) or []
    return {colour for _, colour in counted if isinstance(colour, tuple)}


@pytest.mark.parametrize(
    "content",
    [
        svg(RED),
        b"<?xml version='1.0' encoding='UTF-8'?>\n<!-- drawn by hand -->\n" + svg(RED),
        b"\xef\xbb\xbf" + svg(RED),
        svg(RED).replace(b'width="60" height="40">', b'viewBox="0 0 60 40">', 1),
        gzip.compress(svg(RED), mtime=0),
        svg(RED).replace(b"<svg", b"<s:svg").replace(b"xmlns=", b"xmlns:s=")
        .replace(b"<rect", b"<s:rect").replace(b"</svg", b"</s:svg"),
        '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE svg [<!ENTITY ns '
        '"http://www.w3.org/2000/svg">]><svg xmlns="&ns;" width="60" height="40"><title>'
        f"\xe9</title>{RED}</svg>".encode("latin-1"),
    ],
)  # fmt: skip
def test_a_drawing_is_as_sharp_as_its_place_needs(content: bytes) -> None:
    made = make(content, THUMBNAIL)
    assert (made.media_type, made.shown) == ("image/png", (168, 112))
    assert Image.open(BytesIO(made.content)).size == (336, 224)
    assert colours(made) == {(255, 0, 0, 255)}


def test_what_is_in_the_file_itself_is_shown() -> None:
    from base64 import b64encode

    picture = b64encode(drawn("a.png", (60, 40), "black on white")).decode()
    inside = (
        f'<image width="60" height="40" href="data:image/png;base64,{picture}"/><use href="#a"/>'
    )
    made = make(svg(f'<g id="a"/>{inside}<a href="https://a.org/">{RED}</a>'), THUMBNAIL)
    assert colours(made) == {(255, 0, 0, 255)}


@pytest.mark.parametrize("element", ["image", "feImage", "use"])
@pytest.mark.parametrize("attribute", ["href", "xlink:href"])
@pytest.mark.parametrize(
    "address", ["{file}", "file://{file}", "secret.png", "https://a.org/a.png"]
)
def test_nothing_is_taken_from_outside(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    element: str,
    attribute: str,
    address: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "secret.png"
    file.write_bytes(drawn("secret.png", (60, 40), "black on white"))
    address = address.format(file=file)
    shows = f'<{element} width="60" height="40" {attribute}="{address}"/>'
    if element == "feImage":
        shows = f'<filter id="f">{shows}</filter><rect width="60" height="40" filter="url(#f)"/>'
    with pytest.raises(Unusable, match="shows another file"):
        make(svg(shows), ACROSS)


@pytest.mark.parametrize(
    "inside",
    [
        '<style>@import url("secret.css"); text {fill: url(secret.png)}</style>',
        '<script>while (true) {}</script><rect onload="x()"/>',
        '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="secret.png"/></foreignObject>',
        '<image width="60" height="40" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/'
        '2000/svg%22%3E%3Cimage href=%22secret.png%22 width=%2260%22 height=%2240%22/%3E%3C/svg%3E"/>',
    ],
)
def test_scripts_styles_and_drawings_within_get_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.png").write_bytes(drawn("secret.png", (60, 40), "black on white"))
    assert colours(make(svg(RED + inside), THUMBNAIL)) == {(255, 0, 0, 255)}


@pytest.mark.parametrize(
    "inside",
    [
        "<text>All <tspan>cells</tspan></text>",
        '<g><text x="5" y="5">All cells</text></g>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">All cells</p></foreignObject>',
    ],
)
def test_lettering_is_not_lost_in_silence(inside: str) -> None:
    with pytest.raises(Unusable) as refusal:
        make(svg(RED + inside), THUMBNAIL)
    assert refusal.value.message == "has lettering ('All cells'), which would be lost."


def test_a_title_and_an_empty_text_are_no_lettering() -> None:
    inside = "<title>All cells</title><desc>Cells</desc><text> </text>"
    assert colours(make(svg(inside + RED), THUMBNAIL)) == {(255, 0, 0, 255)}


ENTITIES = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
USES = "".join(f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, 10))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg",
        b"<svg></p>",
        b'<?xml version="1.0" encoding="nonsense"?>' + svg(RED),
        svg("\0"),
        gzip.compress(svg(RED), mtime=0)[:40],
        gzip.compress(b"Not a drawing", mtime=0),
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>"),
        f'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'.encode() + svg("<text>&j;</text>"),
        svg('<g id="a0"><rect width="1" height="1"/></g>' + USES),
        svg(RED).replace(b'"60"', b'"0"'),
        svg("<g>" * 50_000 + "</g>" * 50_000),
        svg(RED).replace(b'height="40">', b'height="4000000">'),
    ],
)
def test_damaged_drawings_and_bombs_are_refused(content: bytes) -> None:
    with pytest.raises(Unusable) as refusal:
        make(content, ACROSS)
    assert refusal.value.message
    assert "PNG" in refusal.value.hint


def test_a_bomb_within_a_compressed_drawing_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "_LONGEST", 1_000)
    with pytest.raises(Unusable):
        make(gzip.compress(svg(RED + " " * 2_000), mtime=0), ACROSS)


def test_a_drawing_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "_SECONDS", 1)
    slow = (
        '<filter id="f"><feTurbulence baseFrequency="0.05" numOctaves="1000000"/></filter>'
        '<rect width="60" height="40" filter="url(#f)"/>'
    )
    with pytest.raises(Unusable, match="takes too long to draw"):
        make(svg(slow), ACROSS)
