"""A compiled theme: an ordinary Jinja2 template, inlined, kept until something changes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import pytest

from newsletter.email.theme_check import check_theme
from newsletter.errors import ThemeError
from newsletter.theme import compile_theme


@pytest.fixture
def templates(repository: Path, tmp_path: Path) -> Path:
    """Return a folder of themes with a copy of the default one, named ``mine``."""
    shutil.copytree(repository / "templates" / "bionews", tmp_path / "mine")
    return tmp_path


def test_the_rules_are_in_the_elements_and_the_tags_are_back(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    assert re.search(
        r'<h1 style="margin:0;[^"]*"><a href="{{ publication.home_page }}" style="color:#fff', html
    )
    assert "{% for section in sections %}" in html
    assert not re.search(r"jt\d+tj", html)
    assert "data-premailer" not in html
    assert "specimens" not in html


def test_it_begins_with_a_doctype_and_keeps_what_outlook_needs(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    assert html.startswith("<!doctype html><html ")
    assert 'xmlns:o="urn:schemas-microsoft-com:office:office"' in html
    assert "<o:OfficeDocumentSettings>" in html
    opened, closed = html.count("<!--[if "), html.count("<![endif]")
    assert opened == closed >= 8
    assert not re.search(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>", html)


def test_no_font_is_fetched_and_no_network_is_named(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    assert "fonts.googleapis" not in html
    assert "<link" not in html
    assert "@import" not in html


def test_each_tag_of_authors_texts_has_the_style_of_its_rule(templates: Path) -> None:
    styles = compile_theme("mine", templates).styles
    assert styles["p"] == "margin:0 0 8px"
    assert styles["a"] == "color:#075c6b"
    blocks = {"p", "ul", "ol", "li", "blockquote", "h4", "h5", "figure", "img", "figcaption"}
    assert set(styles) == blocks | {"a", "code", "sub", "sup"}


def test_every_dark_rule_is_there_for_both_kinds_of_clients(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    dark = html.partition("@media (prefers-color-scheme:dark){")[2].partition("\n}\n")[0]
    assert ".text,.lead-picture{background-color:#151e21!important}" in dark
    assert "[data-ogsb] .text,[data-ogsb] .lead-picture{background-color:#151e21!" in html
    assert "[data-ogsc] a{color:#84cfd8!important}" in html


def test_the_other_direction_is_mirrored(templates: Path) -> None:
    left, right = (compile_theme("mine", templates, direction=way) for way in ("ltr", "rtl"))
    assert "padding-left" in left.styles["ul"]
    assert "padding-right" in right.styles["ul"]
    assert left.html.count("text-align:left") == right.html.count("text-align:right") > 0
    assert "direction:ltr" not in right.html
    assert left.html.count("float:right;margin-left:20px") == 4
    assert right.html.count("float:left;margin-right:20px") == 4


def test_margins_of_four_values_are_mirrored_and_quotes_in_styles_survive(templates: Path) -> None:
    style = templates / "mine" / "style.css"
    rules = '.prose li { margin: 1px 2px 3px 4px; font-family: "Some Font", serif; }'
    style.write_text(style.read_text("utf-8") + rules, "utf-8")
    left, right = (
        compile_theme("mine", templates, direction=way).styles["li"] for way in ("ltr", "rtl")
    )
    assert left == "margin:1px 2px 3px 4px;font-family:&quot;Some Font&quot;,serif"
    assert right == "margin:1px 4px 3px 2px;font-family:&quot;Some Font&quot;,serif"


def test_attributes_keep_what_the_theme_says(templates: Path) -> None:
    part = templates / "mine" / "parts" / "more.html.j2"
    attributes = """title='"é" e\u0301 \u200d \\ \u00a0' aria-label"""
    part.write_text(part.read_text("utf-8").replace("aria-label", attributes), "utf-8")
    html = compile_theme("mine", templates).html
    title = lxml.html.document_fromstring(html.encode()).xpath("//a/@title")[0]
    assert title == '"é" e\u0301 \u200d \\ \u00a0'


def test_what_is_important_stays_so(templates: Path) -> None:
    with (templates / "mine" / "style.css").open("a", encoding="utf-8") as style:
        style.write(
            ".prose li { margin: 0 !important; } h3 a:hover { color: var(--link) !important; }"
        )
    theme = compile_theme("mine", templates)
    assert theme.styles["li"] == "margin:0 !important"
    assert "h3 a:hover{color:#075c6b!important}" in theme.html


def test_a_colour_may_have_a_fallback_which_is_not_needed(templates: Path) -> None:
    style = templates / "mine" / "style.css"
    style.write_text(style.read_text("utf-8").replace("var(--page)", "var(--page, white)"), "utf-8")
    assert "var(" not in compile_theme("mine", templates).html


def test_a_theme_inherits_what_it_does_not_have_and_changes_what_it_has(
    repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "spring").mkdir()
    (tmp_path / "spring" / "palette.css").write_text(":root { --link: #006600; }", "utf-8")
    (tmp_path / "spring" / "words.toml").write_text(
        'read_more = "Lire la suite"\n[sections]\nnews = "Actualités"\n', "utf-8"
    )
    theme = compile_theme("spring", tmp_path)
    usual = compile_theme("bionews", tmp_path)
    assert theme.styles["a"] == "color:#060"
    assert usual.styles["a"] == "color:#075c6b"
    assert theme.words["read_more"] == "Lire la suite"
    assert theme.words["contents"] == usual.words["contents"]
    assert theme.words["sections"] == usual.words["sections"] | {"news": "Actualités"}


def test_a_copy_of_a_part_of_the_default_theme_inherits_the_rest(
    repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "bionews").mkdir()
    (tmp_path / "bionews" / "palette.css").write_text(":root { --link: #006600; }", "utf-8")
    assert compile_theme("bionews", tmp_path).styles["a"] == "color:#060"
    own_and_default = compile_theme("bionews", repository / "templates").folder.folders
    assert own_and_default == (repository / "templates" / "bionews",)


def test_elements_nested_too_deeply_are_refused(templates: Path) -> None:
    page = templates / "mine" / "email.mjml.j2"
    deep = "<div>" * 300 + "</div>" * 300
    page.write_text(page.read_text("utf-8").replace("<h2>", deep + "<h2>", 1), "utf-8")
    with pytest.raises(ThemeError, match="nested more than"):
        compile_theme("mine", templates)


@pytest.mark.parametrize("tag", ["style", "STYLE"])
def test_nothing_is_read_for_a_style_that_imports(
    templates: Path, tmp_path: Path, tag: str
) -> None:
    elsewhere = tmp_path / "elsewhere.css"
    elsewhere.write_text("h1 { letter-spacing: 7px; }", "utf-8")
    page = templates / "mine" / "email.mjml.j2"
    style = f'<{tag}>@import url("{elsewhere.as_uri()}");</{tag}>'
    page.write_text(page.read_text("utf-8").replace("<mj-raw>", f"<mj-raw>{style}", 1), "utf-8")
    assert "letter-spacing" not in compile_theme("mine", templates).html


def test_mjml_reads_no_file(templates: Path, tmp_path: Path) -> None:
    part = tmp_path / "part.mjml"
    part.write_text(
        "<mj-section><mj-column><mj-text>elsewhere</mj-text></mj-column></mj-section>", "utf-8"
    )
    page = templates / "mine" / "email.mjml.j2"
    source = page.read_text("utf-8")
    include = f'<mj-include path="{part}" /></mj-body>'
    page.write_text(source.replace("</mj-body>", include, 1), "utf-8")
    with pytest.raises(ThemeError, match="included template"):
        compile_theme("mine", templates)


def test_a_theme_that_is_a_link_to_elsewhere_is_refused(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    shutil.copytree(repository / "templates" / "bionews", tmp_path / "elsewhere")
    (tmp_path / "templates" / "mine").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ThemeError, match="outside templates/"):
        compile_theme("mine", tmp_path / "templates")


@pytest.mark.parametrize(
    "name", ["style.css", "palette.css", "words.toml", "email.mjml.j2", "email.txt.j2"]
)
def test_a_file_of_a_theme_that_is_a_link_to_elsewhere_is_refused(
    templates: Path, tmp_path: Path, name: str
) -> None:
    (templates / "mine" / name).rename(tmp_path / "elsewhere")
    (templates / "mine" / name).symlink_to(tmp_path / "elsewhere")
    assert [problem.path.name for problem in check_theme("mine", templates)] == [name]


def test_a_link_within_the_theme_is_followed(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    (templates / "mine" / "parts" / "more.html.j2").rename(templates / "mine" / "more.html.j2")
    (templates / "mine" / "parts" / "more.html.j2").symlink_to("../more.html.j2")
    assert compile_theme("mine", templates).html == html


def test_includes_that_multiply_are_refused(templates: Path) -> None:
    parts = templates / "mine" / "parts"
    for depth in range(8):
        (parts / f"{depth}.j2").write_text(f'{{% include "parts/{depth + 1}.j2" %}}' * 50, "utf-8")
    (parts / "8.j2").write_text("<p>much</p>", "utf-8")
    page = templates / "mine" / "email.mjml.j2"
    page.write_text(
        page.read_text("utf-8").replace("<mj-raw>", '<mj-raw>{% include "parts/1.j2" %}', 1),
        "utf-8",
    )
    with pytest.raises(ThemeError, match="too long"):
        compile_theme("mine", templates)


def test_a_colour_is_written_as_gmail_reads_it(templates: Path) -> None:
    palette = templates / "mine" / "palette.css"
    css = palette.read_text("utf-8").replace("#075c6b", "rgb(7, 92, 107)")
    palette.write_text(css.replace("#84cfd8", "rgb(132, 207, 216)"), "utf-8")
    html = compile_theme("mine", templates).html
    assert "rgb(" not in html
    assert html == compile_theme("bionews", templates.parent / "none").html


def test_each_rule_that_stays_in_the_head_is_in_a_style_of_its_own(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    styles = lxml.html.document_fromstring(html.encode()).xpath("//head/style")
    alone = [css.text.strip() for css in styles if css.text.count("{") == 1]
    assert ":root{color-scheme:light dark}" in alone
    assert any(css.startswith("a[x-apple-data-detectors]{") for css in alone)


def test_a_colour_of_both_schemes_is_said_to_outlook_com_alone(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    band = ".a{background-color:#f2b134!important}"
    assert html.count(band) == 1
    assert f"[data-ogsb] {band}" in html


def test_what_mjml_says_of_a_column_that_has_all_the_width_is_left_out(templates: Path) -> None:
    html = compile_theme("mine", templates).html
    assert ".mj-column-per-100" not in html
    assert "lte mso 11" not in html

    page = templates / "mine" / "email.mjml.j2"
    two = page.read_text("utf-8").replace("</mj-column>", "</mj-column><mj-column></mj-column>")
    page.write_text(two, "utf-8")
    assert ".mj-column-per-50" in compile_theme("mine", templates).html
