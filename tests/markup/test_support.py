"""The figures of caniemail.com, how features are recognised, and which fallbacks work."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import get_args

import pytest

from newsletter.markup import Declaration, Document
from newsletter.markup.support import page_of, uses
from newsletter.markup.support.features import CSS, HTML, IGNORED, checked_features, features_of
from newsletter.markup.support.figures import FIGURES, clients_without, figures
from newsletter.model import Client
from tests.client_support import PACKAGE, PLATFORMS, figure, latest, made

# The figures


def test_the_figures_are_those_of_the_package() -> None:
    if not (PACKAGE / "data").is_dir():
        message = "the figures of caniemail are not installed: 'npm ci' in tests/ fetches them"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    assert FIGURES.read_text("utf-8") == made()


def package(folder: Path, *features: str) -> Path:
    stats = {
        "gmail": {"ios": {"2019-02": "n", "2024-10": "a #1 #2"}},
        "outlook": {"windows": {"2007": "y", "2019": "n"}},
    }
    found = {
        "last_update_date": "2025-09-09 18:08:06 +0000",
        "data": [{"slug": slug, "stats": stats} for slug in features],
    }
    (folder / "data").mkdir()
    (folder / "data" / "caniemail.json").write_text(json.dumps(found), "utf-8")
    (folder / "package.json").write_text('{"version": "1.2.3"}', "utf-8")
    return folder


def test_what_is_written_has_a_line_for_each_feature_in_order_and_says_whose_it_is(
    tmp_path: Path,
) -> None:
    text = made(package(tmp_path, "html-b", "css-a"))
    assert text.endswith(
        '"features": {\n  "css-a": "uauuunuuuuuuuuu",\n  "html-b": "uauuunuuuuuuuuu"\n }\n}\n'
    )
    written = json.loads(text)
    assert written["source"] == "caniemail.com by Rémi Parmentier, through npm's caniemail 1.2.3"
    assert (written["date"], written["licence"]) == ("2025-09-09", "MIT")


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["12.4"], "12.4"),
        (["9", "10"], "10"),
        (["15", "14"], "15"),
        (["2024-04", "2024-01"], "2024-04"),
        (["2007", "2019-02", "2016"], "2019-02"),
        (["2011", "2019", "16.80"], "16.80"),
        (["2011", "16.80", "2024-10"], "2024-10"),
    ],
)
def test_the_latest_version_counts(versions: list[str], expected: str) -> None:
    assert latest(versions) == expected


def test_what_was_not_tested_is_unknown() -> None:
    assert figure({}, "gmail", "ios") == "u"
    assert figure({"gmail": {"android": {"2019-02": "y"}}}, "gmail", "ios") == "u"


def test_every_client_has_figures() -> None:
    clients = set(get_args(Client))
    assert set(PLATFORMS) == clients
    assert all(set(found) == clients for found in figures().values())
    assert {letter for found in figures().values() for letter in found.values()} == set("yanu")
    assert len(figures()) > 250


def test_outlook_for_windows_does_not_know_flex_and_apple_mail_does() -> None:
    assert clients_without("css-display-flex") == {"outlook-windows"}
    assert "apple-mail-ios" not in clients_without("css-display-grid")
    assert "gmail-web" in clients_without("css-display-grid")


def test_an_address_leads_to_what_was_found() -> None:
    assert page_of("css-display-flex") == "https://www.caniemail.com/features/css-display-flex/"


# How features are recognised


def test_every_feature_is_looked_for_or_has_one_reason_why_not() -> None:
    ignored = " ".join(IGNORED.values()).split()
    assert len(ignored) == len(set(ignored))
    assert sorted([*checked_features(), *ignored]) == sorted(figures())


def test_no_table_names_a_feature_that_is_not_looked_for() -> None:
    assert set(CSS) | set(HTML) <= set(checked_features())


SPECIMENS = {
    "css-align-items": '<p style="align-items:center">x',
    "css-background-clip": '<p style="background-clip:text">x',
    "css-background-image": '<p style="background-image:url(x.png)">x',
    "css-block-inline-size": '<p style="inline-size:40px">x',
    "css-border-inline-block": '<p style="border-inline:1px solid red">x',
    "css-border-inline-block-individual": '<p style="border-block-end:1px solid red">x',
    "css-border-inline-block-longhand": '<p style="border-inline-start-color:red">x',
    "css-border-spacing": '<table style="border-spacing:0">',
    "css-conic-gradient": '<p style="background:conic-gradient(red,blue)">x',
    "css-display-flex": '<p style="display:inline-flex">x',
    "css-display-grid": '<p style="display:grid">x',
    "css-flex-direction": '<p style="flex-direction:column">x',
    "css-flex-wrap": '<p style="flex-wrap:wrap">x',
    "css-float": '<p style="float:left">x',
    "css-function-clamp": '<p style="font-size:clamp(15px,4%,20px)">x',
    "css-function-light-dark": '<p style="color:light-dark(black,white)">x',
    "css-function-max": '<p style="width:max(50%,200px)">x',
    "css-function-min": '<p style="width:min(50%,200px)">x',
    "css-gap": '<p style="row-gap:4px">x',
    "css-grid-template": '<p style="grid-template-columns:1fr 1fr">x',
    "css-inset": '<p style="inset:0">x',
    "css-intrinsic-size": '<p style="width:fit-content">x',
    "css-justify-content": '<p style="justify-content:center">x',
    "css-left-right-top-bottom": '<p style="top:4px">x',
    "css-linear-gradient": '<p style="background:repeating-linear-gradient(red,blue)">x',
    "css-margin-block-start-end": '<p style="margin-block-start:4px">x',
    "css-margin-inline-block": '<p style="margin-inline:4px">x',
    "css-margin-inline-start-end": '<p style="margin-inline-end:4px">x',
    "css-max-block-size": '<p style="max-block-size:4px">x',
    "css-max-height": '<p style="max-height:0">x',
    "css-max-inline-size": '<p style="max-inline-size:4px">x',
    "css-min-block-size": '<p style="min-block-size:4px">x',
    "css-min-inline-size": '<p style="min-inline-size:4px">x',
    "css-modern-color": '<p style="color:oklch(50% .1 200)">x',
    "css-object-fit": '<img style="object-fit:cover">',
    "css-padding-block-start-end": '<p style="padding-block-end:4px">x',
    "css-padding-inline-block": '<p style="padding-block:4px">x',
    "css-padding-inline-start-end": '<p style="padding-inline-start:4px">x',
    "css-position": '<p style="position:absolute">x',
    "css-radial-gradient": '<p style="background-image:radial-gradient(red,blue)">x',
    "css-rgb": '<p style="color:rgb(0 128 0)">x',
    "css-rgba": '<p style="color:rgba(0,128,0,.5)">x',
    "css-transform": '<p style="transform:rotate(4deg)">x',
    "css-unit-calc": '<p style="width:calc(100% - 4px)">x',
    "css-unit-ch": '<p style="max-width:60ch">x',
    "css-unit-rem": '<p style="font-size:1.5rem">x',
    "css-unit-vh": '<p style="padding:1vh 0">x',
    "css-unit-vmax": '<p style="width:50vmax">x',
    "css-unit-vmin": '<p style="width:50vmin">x',
    "css-unit-vw": '<p style="width:50vw">x',
    "css-variables": '<p style="color:var(--ink)">x',
    "css-visibility": '<p style="visibility:hidden">x',
    "css-white-space": '<p style="white-space:pre-line">x',
    "css-writing-mode": '<p style="writing-mode:vertical-rl">x',
    "html-dialog": "<dialog open>x</dialog>",
    "html-hidden": "<p hidden>x",
    "html-image-maps": "<img usemap=#m>",
    "html-marquee": "<marquee>x</marquee>",
    "html-meter": "<meter></meter>",
    "html-popover": "<p popover>x",
    "html-progress": "<progress></progress>",
    "html-ruby": "<ruby>x<rt>y</rt></ruby>",
    "html-semantics": '<section style="color:red">x</section>',
    "html-svg": "<svg></svg>",
}


def found_in(html: str) -> dict[str, frozenset[Client]]:
    return {use.feature: use.clients for use in uses(Document(html))}


@pytest.mark.parametrize(
    "feature", [feature for feature in checked_features() if clients_without(feature)]
)
def test_a_use_of_each_feature_is_found_with_the_clients_that_do_not_know_it(feature: str) -> None:
    assert found_in(SPECIMENS[feature])[feature] == clients_without(feature)


@pytest.mark.parametrize(
    ("declared", "feature"),
    [
        ("background:url('1rem-calc(x)-rgba(.png')", "css-unit-rem"),
        ("font-family:'1rem', \"calc(\"", "css-unit-calc"),
        ("box-shadow:0 0 4px rgba(0,0,0,.3)", "css-rgba"),
        ("border-radius:1rem", "css-unit-rem"),
        ("-webkit-text-size-adjust:calc(1)", "css-unit-calc"),
        ("mso-line-height-alt:1vw", "css-unit-vw"),
        ("text-align:left", "css-left-right-top-bottom"),
        ("color:#1b2a30", "css-unit-in"),
        ("color:rgb(0, 128, 0)", "css-rgb"),
        ("position:relative", "css-position"),
        ("max-height:10px", "css-max-height"),
        ("flex-direction:row", "css-flex-direction"),
        ("white-space:nowrap", "css-white-space"),
    ],
)
def test_what_only_looks_like_a_feature_is_ignored(declared: str, feature: str) -> None:
    name, _, value = declared.partition(":")
    assert feature not in features_of(Declaration(name, value, important=False))


# Fallbacks that work


@pytest.mark.parametrize(
    "html",
    [
        '<p style="background-color:#fff;background-image:url(x.png)">x',
        '<p style="background:#fff url(x.png)">x',
        '<table><tr><td bgcolor="#fff" style="background:linear-gradient(red,blue)">x',
        '<p style="background:red;background:linear-gradient(red,blue)">x',
        '<p style="color:#333;color:rgba(1,2,3,.9)">x',
        '<p style="padding:0 16px;padding-left:1rem">x',
        '<p style="margin-left:8px;margin-inline-start:8px">x',
        '<p style="inline-size:40px;width:40px">x',
        '<p style="display:block;display:flex">x',
        '<table width="600" style="width:calc(100% - 8px)"><tr><td>x</table>',
        '<table align="left" style="float:left"><tr><td>x</table>',
        '<p style="max-height:0;overflow:hidden;mso-hide:all">x',
        '<div style="display:none"><p style="display:flex" hidden>x</p></div>',
        '<p hidden style="display:none">x',
        "<progress>Half of it</progress><meter>3 of 4</meter>",
        "<ruby>x<rp>(</rp><rt>y</rt><rp>)</rp></ruby><section>x</section>",
        "<picture><source srcset=a.webp><img src=a.jpg srcset=a.avif></picture><img>",
        "<style>p:hover{float:left}p::before{position:absolute}.other{display:grid}</style><p>x",
        "<style>@media (max-width:480px){p{display:flex}}@supports (display:grid){p{display:grid}}</style><p>x",
        "<style>p{float:left!important;color:oklch(50% .1 200)}</style><p align=left>x",
        "<style>p{display:flex}</style><p style='display:block'>x",
        "<style>p{display:flex}</style><p style='display:none'>x",
        "<style>p:made-up(2){float:left} p{{float:left}} p[{float:left} @font-face{src:url(x)}</style><p>x",
        '<p style="border-radius:4px;box-shadow:0 0 4px #000;letter-spacing:1px;max-width:640px;hyphens:auto">x',
    ],
)
def test_what_has_a_fallback_is_ignored(html: str) -> None:
    assert found_in(html) == {}


def test_a_fallback_of_another_kind_does_not_count() -> None:
    assert found_in('<p style="left:0;inset-inline-start:0">x').keys() == {
        "css-left-right-top-bottom"
    }
    assert found_in('<p style="font-weight:bold;font-size:1rem">x').keys() == {"css-unit-rem"}
    assert found_in(
        '<p style="background-repeat:no-repeat;background-image:url(x.png)">x'
    ).keys() == {"css-background-image"}
    assert found_in('<p style="background:none;background-image:url(x.png)">x').keys() == {
        "css-background-image"
    }
    for value in ("url(x.png) no-repeat", "transparent url(x.png)", "url(", "url()"):
        assert found_in(f'<p style="background:{value}">x').keys() == {"css-background-image"}


@pytest.mark.parametrize("colour", ["rgb(0 128 0)", "oklch(50% .1 200)"])
def test_no_fallback_helps_where_gmail_drops_the_whole_style(colour: str) -> None:
    feature = "css-rgb" if colour.startswith("rgb") else "css-modern-color"
    assert found_in(f'<p style="color:#080;color:{colour}">x') == {
        feature: {"gmail-web", "gmail-ios", "gmail-android"}
    }


@pytest.mark.parametrize(
    "layout", ["display:flex", "display:inline-grid", "float:right", "position:absolute"]
)
def test_layout_in_a_style_sheet_is_found_where_it_applies(layout: str) -> None:
    sheet = f"<style>.side{{{layout};color:oklch(50% .1 200)}}</style>"
    found = list(uses(Document(f'{sheet}<p class="side">x<p class="side">y<p>z')))
    assert [use.written.replace(" ", "") for use in found] == [layout, layout]
    assert [use.element.text for use in found] == ["x", "y"]


# Outlook for Windows


def test_what_is_kept_from_outlook_is_not_asked_of_it() -> None:
    piece = '<p style="position:absolute">x</p>'
    others = clients_without("css-position") - {"outlook-windows"}
    for begin, end in (("<!--[if !mso]><!-->", "<!--<![endif]-->"), ("<![if !mso]>", "<![endif]>")):
        assert found_in(f"<body>{begin}<!-- a remark -->{piece}{end}") == {"css-position": others}
        assert found_in(f"<body>{begin}{end}{piece}") == {
            "css-position": clients_without("css-position")
        }


def test_outlooks_own_table_is_the_fallback_of_a_layout() -> None:
    table = "<!--[if mso]><table><tr><td width='300'><![endif]-->"
    assert found_in(f'<body>{table} <div style="float:left">x</div>') == {}
    assert found_in(f'<body><div style="display:flex">{table}<p>x</p></div>') == {}
    assert found_in(f'<body>{table}<p>x</p><div style="float:left">x</div>').keys() == {"css-float"}
    assert found_in(f'<body>{table}<p style="width:50vw">x</p>').keys() == {"css-unit-vw"}
    assert found_in('<body><!--[if mso]><p><![endif]--><p style="float:left">x</p>').keys() == {
        "css-float"
    }


def test_outlooks_own_drawing_is_the_fallback_of_a_background_picture() -> None:
    drawing = "<!--[if mso]><v:fill src='https://www.bionews.org.uk/sky.png' /><![endif]-->"
    cell = '<p style="background-image:url({})">x'
    assert found_in(f"<body>{drawing}{cell.format('https://www.bionews.org.uk/sky.png')}") == {}
    assert found_in(f"<body>{drawing}{cell.format('https://www.bionews.org.uk/sea.png')}") != {}


def test_uses_come_as_they_are_written() -> None:
    html = '<p hidden>x<p style="width: calc( 1px )">x<svg></svg>'
    found = list(uses(Document(html)))
    assert [use.written for use in found] == ["<p hidden>", "width: calc( 1px )", "<svg>"]


@pytest.mark.parametrize(
    "odd",
    [
        "url(" * 5000,
        "rgb(" * 50,
        "1" * 4000,
        "'" * 9999,
        "\ud83d\0ﷺ",
        "1 " * 9999,
        "a-" * 9999,
        ":;",
    ],
)
def test_nothing_odd_stops_it(odd: str) -> None:
    list(
        uses(
            Document(
                f"<style>{odd}{{float:left}}</style><p style=\"color:{odd};background:{odd}\">x<img src='{odd}'>"
            )
        )
    )
