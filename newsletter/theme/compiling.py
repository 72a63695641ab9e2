"""Run a theme's template through MJML and CSS inlining, once; the result is an ordinary Jinja2 template."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from newsletter.errors import ThemeError
from newsletter.text.markdown import TAGS
from newsletter.theme.folder import PALETTE, STYLE, TEMPLATE, ThemeFolder, read
from newsletter.theme.stylesheet import Palette, Stylesheet, read_palette, read_stylesheet
from newsletter.theme.tokens import TokenisedTemplate, tokenise
from newsletter.theme.words import read_words

_SPECIMENS = "".join(f"<{tag}></{tag}>" if tag != "br" else "<br>" for tag in TAGS)
_END = "<!--end-of-theme-->"
_TEXT_ELEMENT = re.compile(r"<(mj-(?:text|table|raw|button))(?:\s[^>]*[^/>])?>.*?</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(r'="((?:[^"\\]|\\.)*)"')
_RUST_ESCAPE = re.compile(r"\\u{(\w+)}|\\(.)")
_BETWEEN_MSO = re.compile(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>")
_STYLE_TAG = re.compile(r"<style\b", re.IGNORECASE)
_STYLE = re.compile(r"""(?:style|align)=(?:"[^"]*"|'[^']*')""")
_FOUR_SIDES = re.compile(r"((?:padding|margin):[^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;\"'}]+)")
_BLOCK_END = re.compile(r"(</(?:p|h[1-6]|ul|ol|li|div|style|head)>)\s*")


Compiled = tuple[str, dict[str, str], dict[str, Any]]
"""The ``html``, ``styles`` and ``words`` of a Theme."""


def compile_folder(folder: ThemeFolder, direction: str) -> Compiled:
    """Return the theme in a folder, compiled for a text direction. Raises ThemeError."""
    palette, sheet = read_css(folder)
    template = tokenise(folder, TEMPLATE, palette)
    html = template_to_html(template)
    html = inline_css(with_specimens(html), sheet.inlined)
    if _END not in html:
        path = folder.path(TEMPLATE)
        raise ThemeError.at(
            path, None, "The elements are nested more than 250 deep.", "Remove some layers."
        )
    html, styles = take_specimens(html.replace(_END, ""))
    html = finish_html(html, sheet, direction)
    styles = {tag: mirror(style) if direction == "rtl" else style for tag, style in styles.items()}
    return template.restore(html), styles, read_words(folder)


def template_to_html(template: TokenisedTemplate) -> str:
    """Return the template as HTML, its tokens still in it. Raises ThemeError at the line that MJML cannot read."""
    try:
        return mjml_to_html(template.text)
    except ValueError as error:
        raise _mjml_error(template, error) from error


def _mjml_error(template: TokenisedTemplate, error: ValueError) -> ThemeError:
    """Return MJML's error at its line. MJML names a byte of its input, which differs from the template in white space
    only.
    """
    hint = "Look for a tag that is not closed, or a bare < or &."
    position = re.search(r"position (\d+)", str(error))
    if not position:
        return ThemeError.at(template.place(0)[0], None, f"MJML: {error}.", hint)
    before = _for_mjml(template.text).encode()[: int(position[1])].decode(errors="ignore")
    seen = sum(1 for character in before if not character.isspace())
    solid = [index for index, character in enumerate(template.text) if not character.isspace()]
    return ThemeError.at(*template.place(solid[min(seen, len(solid) - 1)]), f"MJML: {error}.", hint)


def read_css(folder: ThemeFolder) -> tuple[Palette, Stylesheet]:
    """Return the theme's colours and rules. Raises ThemeError."""
    palette = read_palette(folder.layers(PALETTE))
    path = folder.path(STYLE)
    return palette, read_stylesheet(path, read(path), palette)


def mjml_to_html(source: str) -> str:
    """Return MJML as HTML. Raises ValueError if MJML cannot read it."""
    from mjml import mjml2html

    return _ATTRIBUTE.sub(_without_rust_escapes, mjml2html(_for_mjml(source), fonts={}))


def _without_rust_escapes(attribute: re.Match[str]) -> str:
    """Return an attribute with its value as the theme has it. mrml 6.0 writes it as Rust prints a string for
    programmers: a backslash doubled, a quote behind a backslash, a character that does not print as its number.
    """
    plain = _RUST_ESCAPE.sub(lambda found: found[2] or chr(int(found[1], 16)), attribute[1])
    return f'="{plain.replace(chr(34), "&quot;")}"'


def _for_mjml(source: str) -> str:
    """Return MJML with a space for each line break within text, and bare line breaks elsewhere. In text, MJML drops
    white space that has a line break in it, so that words would join; between its elements it allows no other.
    """
    lines = re.sub(r"\s*\n\s*", "\n", source)
    return _TEXT_ELEMENT.sub(lambda match: match[0].replace("\n", " "), lines)


def inline_css(html: str, css: str) -> str:
    """Return the HTML with the rules of ``css`` in style attributes; MJML's own style tags stay as they are."""
    import logging

    import cssutils
    from premailer import Premailer

    cssutils.log.setLevel(logging.CRITICAL)
    html = _STYLE_TAG.sub(
        r'\g<0> data-premailer="ignore"', html
    )  # cssutils would fetch what they import
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


def finish_html(html: str, sheet: Stylesheet, direction: str) -> str:
    """Return the HTML finished: with doctype and head styles, in fewer bytes, and mirrored for the other direction."""
    html = re.sub(r"^\s*(<!doctype[^>]*>)?", "<!doctype html>", html, count=1, flags=re.IGNORECASE)
    html = html.replace(' data-premailer="ignore"', "")
    head = "".join(f"<style>\n{css}\n</style>" for css in sheet.head)
    html = html.replace("</head>", f"{head}</head>", 1)
    html = _BETWEEN_MSO.sub("", html)
    html = _STYLE.sub(lambda match: match[0].replace("; ", ";"), html)
    html = _BLOCK_END.sub(r"\1\n", html)
    return _mirror_html(html) if direction == "rtl" else html


def mirror(style: str) -> str:
    """Return declarations with left and right swapped, also in margins and paddings of four values."""
    style = _FOUR_SIDES.sub(r"\1 \4 \3 \2", style)
    swapped = {"left": "right", "right": "left", "direction:ltr": "direction:rtl"}
    return re.sub(r"\b(left|right)\b|direction:ltr", lambda match: swapped[match[0]], style)


def _mirror_html(html: str) -> str:
    """Return the HTML with every style and align attribute mirrored, those for Outlook included. Themes are written
    for left to right.
    """
    html = _STYLE.sub(lambda match: mirror(match[0]), html)
    return re.sub(r"<style[^>]*>.*?</style>", lambda match: mirror(match[0]), html, flags=re.DOTALL)


def with_specimens(html: str) -> str:
    """Return the HTML with one of each tag that authors' Markdown can turn into, at the end of its body."""
    return html.replace(
        "</body>", f'<div id="specimens" class="prose">{_SPECIMENS}</div>{_END}</body>'
    )


def take_specimens(html: str) -> tuple[str, dict[str, str]]:
    """Return the HTML without the specimens, and the inline style that each of them got, escaped for an attribute."""
    from lxml.html import fragment_fromstring

    start = html.index('<div id="specimens"')
    end = html.index("</div>", start) + len("</div>")
    found = [
        (element.tag, element.get("style"))
        for element in fragment_fromstring(html[start:end]).iterdescendants()
    ]
    styles = {tag: escape(style.replace("; ", ";")) for tag, style in found if style}
    return html[:start] + html[end:], styles
