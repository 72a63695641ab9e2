"""Run a theme's template through MJML and CSS inlining, once; the result is a Jinja2 template."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from newsletter.errors import ThemeError
from newsletter.text.markdown import TAGS
from newsletter.theme.folder import PALETTE, STYLE, TEMPLATE, ThemeFolder, read
from newsletter.theme.palette import Palette, read_palette
from newsletter.theme.stylesheet import Stylesheet, compact, read_stylesheet
from newsletter.theme.tokens import TokenisedTemplate, tokenise
from newsletter.theme.unfilled import unfilled_words
from newsletter.theme.words import missing_words, read_words

_SPECIMENS = "".join(f"<{tag}></{tag}>" if tag != "br" else "<br>" for tag in TAGS)
_SPECIMENS_START = '<div id="specimens"'
_SPECIMENS_END = "</div>"
_SPECIMEN_ELEMENT = f'{_SPECIMENS_START} class="prose">{_SPECIMENS}{_SPECIMENS_END}'
_END = "<!--end-of-theme-->"
_IGNORED = ' data-premailer="ignore"'
"""An attribute that makes premailer leave a style tag alone."""

_TEXT_ELEMENT = re.compile(r"<(mj-(?:text|table|raw|button))(?:\s[^>]*[^/>])?>.*?</\1>", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_POSITION = re.compile(r"position (\d+)")
_ATTRIBUTE = re.compile(r'="((?:[^"\\]|\\.)*)"')
_RUST_ESCAPE = re.compile(r"\\u{(?P<number>\w+)}|\\(?P<character>.)")
_DOCTYPE = re.compile(r"^\s*(<!doctype[^>]*>)?", re.IGNORECASE)
_BETWEEN_MSO = re.compile(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>")
_STYLE_TAG = re.compile(r"<style\b", re.IGNORECASE)
_STYLE_ELEMENT = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL)
_STYLE_OF_MJML = re.compile(r"(<style[^>]*>)(.*?)(</style>)", re.DOTALL)
_OF_OUTLOOK_2003 = re.compile(r"<!--\[if lte mso 11\]>.*?<!\[endif\]-->\s*", re.DOTALL)
_OF_WHOLE_COLUMNS = re.compile(
    r"<style[^>]*>[^<{]*(?:{\s*)?(?:\.moz-text-html )?\.mj-column-per-100 {[^{}]*}[\s}]*</style>"
)
"""Rules of a column that has all the width on wide screens, as it has without them."""
_STYLE = re.compile(r"""(?:style|align)=(?:"[^"]*"|'[^']*')""")
_FOUR_SIDES = re.compile(r"((?:padding|margin):[^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;\"'}]+)")
_SIDE = re.compile(r"\b(?:left|right)\b|direction:ltr")
_MIRRORED = {"left": "right", "right": "left", "direction:ltr": "direction:rtl"}
_BLOCK_END = re.compile(r"(</(?:p|h[1-6]|ul|ol|li|div|style|head)>)\s*")


Compiled = tuple[str, dict[str, str], dict[str, Any], dict[str, str]]
"""The ``html``, ``styles``, ``words`` and ``missing`` words of a Theme."""


def compile_folder(folder: ThemeFolder, direction: str, language: str) -> Compiled:
    """Return the theme in a folder, compiled for a text direction, with the words of a language.

    Raise ThemeError.
    """
    palette, sheet = read_css(folder)
    template = tokenise(folder, TEMPLATE, palette)
    words = read_words(folder, language)
    unfilled = list(unfilled_words(folder, words))
    if unfilled:
        raise ThemeError(unfilled)

    html = with_specimens(template_to_html(template))
    html = inline_css(html, sheet.inlined)
    if _END not in html:
        path = folder.path(TEMPLATE)
        message = "The elements are nested more than 250 deep."
        raise ThemeError.at(path, None, message, "Remove some layers.")

    html, styles = take_specimens(html.replace(_END, ""))
    html = finish_html(html, sheet, direction)
    if direction == "rtl":
        styles = {tag: mirror(style) for tag, style in styles.items()}
    missing = missing_words(folder, language)
    return template.restore(html), styles, words, missing


def read_css(folder: ThemeFolder) -> tuple[Palette, Stylesheet]:
    """Return the theme's colours and rules. Raise ThemeError."""
    palette = read_palette(folder.layers(PALETTE))
    path = folder.path(STYLE)
    sheet = read_stylesheet(path, read(path), palette)
    return palette, sheet


# MJML


def template_to_html(template: TokenisedTemplate) -> str:
    """Return the template as HTML, its tokens still in it.

    Raise ThemeError at the line that MJML cannot read.
    """
    try:
        return mjml_to_html(template.text)
    except ValueError as error:
        raise _mjml_error(template, error) from error


def _mjml_error(template: TokenisedTemplate, error: ValueError) -> ThemeError:
    """Return MJML's error at its line."""
    message = f"MJML: {error}."
    hint = "Look for a tag that is not closed, or a bare < or &."
    position = _POSITION.search(str(error))
    if not position:
        path, _ = template.place(0)
        return ThemeError.at(path, None, message, hint)

    offset = _offset_in_template(template.text, int(position[1]))
    path, line = template.place(offset)
    return ThemeError.at(path, line, message, hint)


def _offset_in_template(text: str, position: int) -> int:
    """Return the index of the character that MJML's byte ``position`` is about.

    MJML's input differs from the template in white space only, so other characters are counted.
    """
    source = _for_mjml(text).encode()
    before = source[:position].decode(errors="ignore")
    words = before.split()
    count = sum(map(len, words))

    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    return offsets[min(count, len(offsets) - 1)]


def mjml_to_html(source: str) -> str:
    """Return MJML as HTML. Raise ValueError if MJML cannot read it."""
    from mjml import mjml2html

    html = mjml2html(_for_mjml(source), fonts={})
    return _ATTRIBUTE.sub(_without_rust_escapes, html)


def _without_rust_escapes(attribute: re.Match[str]) -> str:
    """Return an attribute with its value as the theme has it.

    mrml 6.0 writes it as Rust prints a string for programmers: a backslash doubled, a quote behind
    a backslash, a character that does not print as its number.
    """
    value = _RUST_ESCAPE.sub(_unescaped, attribute[1])
    value = value.replace('"', "&quot;")
    return f'="{value}"'


def _unescaped(match: re.Match[str]) -> str:
    number, character = match["number"], match["character"]
    if number:
        return chr(int(number, 16))
    return character


def _for_mjml(source: str) -> str:
    """Return MJML with a space for each line break in text, and bare line breaks elsewhere.

    In text, MJML drops white space that has a line break in it, so that words would join; between
    its elements it allows no other.
    """
    lines = _LINE_BREAKS.sub("\n", source)
    return _TEXT_ELEMENT.sub(_on_one_line, lines)


def _on_one_line(match: re.Match[str]) -> str:
    return match[0].replace("\n", " ")


# CSS


def inline_css(html: str, css: str) -> str:
    """Return the HTML with the rules of ``css`` in style attributes.

    MJML's own style tags stay as they are.
    """
    import logging

    import cssutils
    from premailer import Premailer

    cssutils.log.setLevel(logging.CRITICAL)
    # cssutils would fetch what the style tags import.
    html = _STYLE_TAG.sub(rf"\g<0>{_IGNORED}", html)
    inliner = Premailer(
        html,
        css_text=[css],
        allow_network=False,
        strip_important=False,
        disable_validation=True,
        remove_classes=False,
        keep_style_tags=True,
        disable_leftover_css=True,
        include_star_selectors=False,
        cssutils_logging_level=logging.CRITICAL,
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
    )
    return str(inliner.transform())


def with_specimens(html: str) -> str:
    """Return the HTML with one of each tag that authors' Markdown makes, at the end of its body."""
    return html.replace("</body>", f"{_SPECIMEN_ELEMENT}{_END}</body>")


def take_specimens(html: str) -> tuple[str, dict[str, str]]:
    """Return the HTML without the specimens, and the inline style that each of them got.

    The styles are escaped for an attribute.
    """
    from lxml.html import fragment_fromstring

    start = html.index(_SPECIMENS_START)
    end = html.index(_SPECIMENS_END, start) + len(_SPECIMENS_END)

    styles: dict[str, str] = {}
    for element in fragment_fromstring(html[start:end]).iterdescendants():
        style = element.get("style")
        if style:
            styles[element.tag] = escape(_in_fewer_bytes(style))
    return html[:start] + html[end:], styles


# The finished HTML


def finish_html(html: str, sheet: Stylesheet, direction: str) -> str:
    """Return the HTML with its doctype and head styles, in fewer bytes, mirrored if need be."""
    html = _DOCTYPE.sub("<!doctype html>", html, count=1)
    html = html.replace(_IGNORED, "")
    html = _OF_OUTLOOK_2003.sub("", html)
    html = _OF_WHOLE_COLUMNS.sub("", html)
    html = _STYLE_OF_MJML.sub(_compact_style, html)
    head = "".join(f"<style>\n{css}\n</style>" for css in sheet.head)
    html = html.replace("</head>", f"{head}</head>", 1)

    html = _BETWEEN_MSO.sub("", html)
    html = _STYLE.sub(lambda style: _in_fewer_bytes(style[0]), html)
    html = _BLOCK_END.sub(r"\1\n", html)
    if direction == "rtl":
        html = _mirror_html(html)
    return html


def _compact_style(style: re.Match[str]) -> str:
    start, css, end = style.groups()
    return f"{start}\n{compact(css)}\n{end}"


def _in_fewer_bytes(style: str) -> str:
    return style.replace("; ", ";").replace(", ", ",")


def mirror(style: str) -> str:
    """Return declarations with left and right swapped, also in margins of four values."""
    style = _FOUR_SIDES.sub(r"\1 \4 \3 \2", style)
    return _SIDE.sub(lambda side: _MIRRORED[side[0]], style)


def _mirror_html(html: str) -> str:
    """Return the HTML with every style and align attribute mirrored, those for Outlook included.

    Themes are written for left to right.
    """
    html = _STYLE.sub(_mirror_match, html)
    return _STYLE_ELEMENT.sub(_mirror_match, html)


def _mirror_match(style: re.Match[str]) -> str:
    return mirror(style[0])
