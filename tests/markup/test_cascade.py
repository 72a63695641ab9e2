"""Which colours a reader sees: the cascade as far as texts and their backgrounds go."""

from __future__ import annotations

import pytest

from newsletter.markup import Document, Shade, shades
from newsletter.markup.cascade import Scheme

BLACK, WHITE, RED, GREEN, BLUE = "#000000", "#ffffff", "#ff0000", "#008000", "#0000ff"


def shade(body: str, css: str = "", scheme: Scheme = "light") -> Shade:
    """The first text of a document."""
    document = Document(
        f"<!doctype html><html><head><style>{css}</style></head><body>{body}</body></html>"
    )
    return next(shades(document, scheme))


def colour(shade: Shade) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in shade.colour)


def background(shade: Shade) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in shade.background)


# Nothing said


def test_without_styles_text_is_black_on_white() -> None:
    plain = shade("<p>Words\n of <b>it</b></p>")
    assert (plain.text, colour(plain), background(plain), plain.size, plain.is_bold) == (
        "Words of",
        BLACK,
        WHITE,
        16,
        False,
    )
    assert plain.contrast == 21


def test_in_the_dark_it_is_white_on_nearly_black() -> None:
    plain = shade("<p>Words</p>", scheme="dark")
    assert (colour(plain), background(plain)) == (WHITE, "#121212")


@pytest.mark.parametrize(("scheme", "expected"), [("light", "#0000ee"), ("dark", "#9e9eff")])
def test_links_have_a_colour_of_their_own(scheme: Scheme, expected: str) -> None:
    assert colour(shade('<a href="#x">Words</a>', scheme=scheme)) == expected
    assert colour(shade("<a>Words</a>")) == BLACK


@pytest.mark.parametrize("tag", ["b", "strong", "h1", "h4", "h6"])
def test_some_elements_are_bold(tag: str) -> None:
    assert shade(f"<{tag}>Words</{tag}>").is_bold


@pytest.mark.parametrize(
    ("tag", "size"),
    [("h1", 32), ("h2", 24), ("h4", 16), ("sub", 16 * 5 / 6), ("small", 16 * 5 / 6)],
)
def test_some_elements_have_a_size_of_their_own(tag: str, size: float) -> None:
    assert shade(f"<{tag}>Words</{tag}>").size == pytest.approx(size)
    assert shade(f'<{tag} style="font-size:20px">Words</{tag}>').size == 20


# What wins


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p{color:red} p{color:blue}", BLUE),
        (".a{color:red} p{color:blue}", RED),
        ("#i{color:red} .a.a.a{color:blue}", RED),
        ("div p{color:red} p{color:blue}", RED),
        ("div>p{color:red} p{color:blue}", RED),
        ("p{color:red!important} #i{color:blue}", RED),
        ("p{color:red!important} p{color:blue!important}", BLUE),
        ("*{color:red} body{color:blue}", RED),
        ("div{color:red}", RED),
        ("h1,p,h2{color:red}", RED),
        ("p{color:red;color:blue}", BLUE),
        ("p{color:red;color:nonsense}", RED),
        (
            "p{color:red} p:hover{color:blue} p::first-line{color:blue} p::selection{color:blue}",
            RED,
        ),
        ("p{color:red} p:::{color:blue} }", RED),
        ("[data-ogsc] p{color:blue} p{color:red}", RED),
        ("P{COLOR:RED}", RED),
    ],
)
def test_which_rule_wins(css: str, expected: str) -> None:
    assert colour(shade('<div><p class="a" id="i">Words</p></div>', css)) == expected


@pytest.mark.parametrize(
    ("style", "css", "expected"),
    [
        ("color:red", "#i{color:blue}", RED),
        ("color:red", "p{color:blue!important}", BLUE),
        ("color:red!important", "p{color:blue!important}", RED),
        ("color:inherit", "div{color:green} p{color:blue}", GREEN),
        ("margin:0", "p{color:blue}", BLUE),
    ],
)
def test_the_style_of_the_element_itself(style: str, css: str, expected: str) -> None:
    assert colour(shade(f'<div><p id="i" style="{style}">Words</p></div>', css)) == expected


@pytest.mark.parametrize(
    ("condition", "light", "dark"),
    [
        ("@media screen", RED, RED),
        ("@media all", RED, RED),
        ("@media print", BLACK, WHITE),
        ("@media (prefers-color-scheme: dark)", BLACK, RED),
        ("@media (prefers-color-scheme:light)", RED, WHITE),
        ("@MEDIA (PREFERS-COLOR-SCHEME: DARK)", BLACK, RED),
        ("@media screen and (prefers-color-scheme: dark)", BLACK, RED),
        ("@media (prefers-color-scheme: dark) and (max-width: 480px)", BLACK, WHITE),
        ("@media (max-width: 480px)", BLACK, WHITE),
        ("@media (orientation: portrait)", BLACK, WHITE),
        ("@supports (color: red)", BLACK, WHITE),
    ],
)
def test_which_at_rules_hold_on_any_screen(condition: str, light: str, dark: str) -> None:
    css = f"{condition} {{ p {{ color: red }} }}"
    assert colour(shade("<p>Words</p>", css)) == light
    assert colour(shade("<p>Words</p>", css, "dark")) == dark


def test_a_dark_rule_beats_the_style_of_the_element_only_if_it_is_important() -> None:
    css = "@media (prefers-color-scheme: dark) { p { color: red !important; background: blue } }"
    dark = shade('<p style="color:black;background:white">Words</p>', css, "dark")
    assert (colour(dark), background(dark)) == (RED, WHITE)


# Grounds


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("background:red", RED),
        ("background-color:red", RED),
        ("background:url(a.png) no-repeat RED", RED),
        ("background:#f00 url(a.png)", RED),
        ("background:rgb(255, 0, 0)", RED),
        ("background:hsl(0 100% 50%)", RED),
        ("background:transparent", BLUE),
        ("background:none", BLUE),
        ("background:inherit", BLUE),
        ("background:url(a.png)", BLUE),
        ("background:red;background:none", BLUE),
        ("background:rgba(255,0,0,.5)", "#800080"),
        ("background:#ff000080", "#80007f"),
    ],
)
def test_backgrounds_over_a_blue_one(style: str, expected: str) -> None:
    assert (
        background(shade(f'<div style="background:blue"><p style="{style}">Words</p></div>'))
        == expected
    )


def test_the_old_attribute_is_below_all_rules() -> None:
    table = '<table><tr><td bgcolor="#ff0000">Words</td></tr></table>'
    assert background(shade(table)) == RED
    assert background(shade(table, "td{background:blue}")) == BLUE


@pytest.mark.parametrize(
    "style", ["color:rgba(255,255,255,.5);background:black", "background:black;color:#ffffff80"]
)
def test_a_colour_that_is_seen_through_lies_on_its_background(style: str) -> None:
    assert colour(shade(f'<p style="{style}">Words</p>')) == "#808080"


# Sizes and weights


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("font-size:12px", 12),
        ("font-size:12pt", 16),
        ("font-size:1.5em", 30),
        ("font-size:.5em", 10),
        ("font-size:1.5rem", 24),
        ("font-size:150%", 30),
        ("font-size:large", 18),
        ("font-size:24PX", 24),
        ("font:bold 38px/1.1 Georgia, serif", 38),
        ("font:italic .8em Georgia", 16),
        ("font:caption", 20),
        ("font-size:calc(1px + 2em)", 20),
        ("font-size:-3px", 20),
        ("font-size:.px", 20),
        ("font-size:1.2.3px", 20),
    ],
)
def test_sizes_within_20_pixels(style: str, size: float) -> None:
    assert shade(
        f'<div style="font-size:20px"><p style="{style}">Words</p></div>'
    ).size == pytest.approx(size)


@pytest.mark.parametrize(
    ("style", "is_bold"),
    [
        ("font-weight:bold", True),
        ("font-weight:bolder", True),
        ("font-weight:700", True),
        ("font-weight:600", False),
        ("font-weight:normal", False),
        ("font-weight:inherit", True),
        ("font-weight:²", False),
        ("font:700 16px serif", True),
        ("font:16px serif", False),
    ],
)
def test_weights_within_bold(style: str, is_bold: bool) -> None:
    assert shade(f'<b><span style="{style}">Words</span></b>').is_bold is is_bold


@pytest.mark.parametrize(
    ("size", "is_bold", "is_large"),
    [(24, False, True), (23.9, False, False), (18.67, True, True), (18.6, True, False)],
)
def test_what_is_large(size: float, is_bold: bool, is_large: bool) -> None:
    weight = "bold" if is_bold else "normal"
    assert (
        shade(f'<p style="font-size:{size}px;font-weight:{weight}">Words</p>').is_large is is_large
    )


# All of it


@pytest.mark.parametrize(
    ("text", "behind", "ratio"),
    [
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#ffffff", 4.542),
        ("#ffffff", "#0000ff", 8.592),
        ("#123456", "#123456", 1),
    ],
)
def test_the_contrast_is_that_of_wcag(text: str, behind: str, ratio: float) -> None:
    assert shade(
        f'<p style="color:{text};background:{behind}">Words</p>'
    ).contrast == pytest.approx(ratio, abs=0.001)


def test_every_text_that_is_seen_has_its_shade() -> None:
    document = Document(
        "<p>One <b>two</b> three</p><p hidden>four</p><!-- five --><p>six<!-- seven --> eight</p>"
    )
    assert sorted(shade.text for shade in shades(document, "light")) == [
        "One",
        "eight",
        "six",
        "three",
        "two",
    ]


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "nonsense",
            "currentcolor",
            "var(--a)",
            "color(display-p3 1 0 0)",
            "lab(50% 40 59)",
            "oklch(60% .2 30)",
        ),
        *("rgb(", "#", "#ff", "rgb(none none none)", "url(", "\ud800"),
    ],
)
def test_colours_that_are_not_known_do_no_harm(value: str) -> None:
    for name in ("color", "background", "background-color", "font", "font-size", "font-weight"):
        assert shade(f'<p style="{name}:{value}">Words</p>').text == "Words"
