"""MJML, then CSS inlining, over a theme's template, once; the result is an ordinary Jinja2 template."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsletter.errors import ThemeError
from newsletter.markdown import TAGS
from newsletter.theme import cache
from newsletter.theme.folder import PALETTE, STYLE, TEMPLATE, ThemeFolder, read
from newsletter.theme.stylesheet import Palette, Stylesheet, read_palette, read_stylesheet
from newsletter.theme.tokens import tokenise

_SPECIMENS = "".join(f"<{tag}></{tag}>" if tag != "br" else "<br>" for tag in TAGS)
_END = "<!--end-of-theme-->"
_TEXT_ELEMENT = re.compile(r"<(mj-(?:text|table|raw|button))(?:\s[^>]*[^/>])?>.*?</\1>", re.DOTALL)
_BETWEEN_MSO = re.compile(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>")
_STYLE = re.compile(r"""(?:style|align)=(?:"[^"]*"|'[^']*')""")
_BLOCK_END = re.compile(r"(</(?:p|h[1-6]|ul|ol|li|div|style|head)>)\s*")


@dataclass(frozen=True, eq=False)
class Theme:
    """A compiled theme: it renders any issue of a publication with the direction it was compiled for."""

    name: str
    html: str
    """An inlined HTML email as a Jinja2 template."""
    styles: dict[str, str]
    """The inline style of each tag that authors' Markdown can become."""
    words: dict[str, Any]
    """The words that templates use."""
    folder: ThemeFolder = field(repr=False)
    """Where the plain-text template and its parts are."""


def compile_theme(name: str, templates: Path, *, direction: str = "ltr") -> Theme:
    """The theme ``templates/name`` (or the default one) compiled for a text direction, from the cache if nothing has
    changed. Raises ThemeError with the file and line of what is wrong.
    """
    folder = ThemeFolder.find(name, templates)
    key = cache.cache_key(folder.files(), name, direction)
    compiled = cache.load(key)
    if compiled is None:
        compiled = _compile(folder, direction)
        cache.keep(key, compiled)
    return Theme(name=name, folder=folder, **compiled)


def _compile(folder: ThemeFolder, direction: str) -> dict[str, Any]:
    palette, sheet = read_css(folder)
    template = tokenise(folder, TEMPLATE)
    path = folder.path(TEMPLATE)
    html = mjml_to_html(palette.resolve(template.text, path, 1), path)
    html = html.replace("</body>", f'<div id="specimens" class="prose">{_SPECIMENS}</div>{_END}</body>')
    html = inline_css(html, sheet.inlined)
    if _END not in html:
        raise ThemeError.at(path, None, "The elements are nested more than 250 deep.", "Take some layers out.")
    html, styles = _take_specimens(html.replace(_END, ""))
    html = finish_html(html, sheet, direction)
    styles = {tag: mirror(style) if direction == "rtl" else style for tag, style in styles.items()}
    return {"html": template.restore(html), "styles": styles, "words": folder.words()}


def read_css(folder: ThemeFolder) -> tuple[Palette, Stylesheet]:
    """The theme's colours and rules."""
    palette = read_palette(folder.layers(PALETTE))
    path = folder.path(STYLE)
    return palette, read_stylesheet(path, read(path), palette)


def mjml_to_html(source: str, path: Path) -> str:
    """MJML to HTML. Within texts, line breaks become blanks first: MJML drops blanks that hold a line break, and words
    join. Between its own elements it wants no other blanks.
    """
    from mjml import mjml2html

    lines = re.sub(r"\s*\n\s*", "\n", source)
    try:
        return str(mjml2html(_TEXT_ELEMENT.sub(lambda match: match[0].replace("\n", " "), lines), fonts={}))
    except ValueError as error:
        what = f"MJML cannot read the theme: {error}."
        raise ThemeError.at(path, None, what, "Look for an unclosed tag or a bare < or &.") from error


def inline_css(html: str, css: str) -> str:
    """The HTML with the rules of ``css`` written into style attributes; MJML's own style tags stay as they are."""
    import logging

    import cssutils
    from premailer import Premailer

    cssutils.log.setLevel(logging.CRITICAL)
    html = html.replace("<style", '<style data-premailer="ignore"')
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
    """What neither library does: doctype, head styles, fewer bytes, and the other text direction."""
    html = re.sub(r"^\s*(<!doctype[^>]*>)?", "<!doctype html>", html, count=1, flags=re.IGNORECASE)
    html = html.replace(' data-premailer="ignore"', "")
    html = html.replace("</head>", f"<style>\n{sheet.head}\n</style></head>", 1)
    html = _BETWEEN_MSO.sub("", html)
    html = _STYLE.sub(lambda match: match[0].replace("; ", ";"), html)
    html = _BLOCK_END.sub(r"\1\n", html)
    return _mirror_html(html) if direction == "rtl" else html


def mirror(style: str) -> str:
    """Declarations with left and right exchanged."""
    swapped = {"left": "right", "right": "left", "direction:ltr": "direction:rtl"}
    return re.sub(r"\b(left|right)\b|direction:ltr", lambda match: swapped[match[0]], style)


def _mirror_html(html: str) -> str:
    """Every style and align attribute mirrored, those for Outlook included: themes are written for left to right."""
    html = _STYLE.sub(lambda match: mirror(match[0]), html)
    return re.sub(r"<style[^>]*>.*?</style>", lambda match: mirror(match[0]), html, flags=re.DOTALL)


def _take_specimens(html: str) -> tuple[str, dict[str, str]]:
    start = html.index('<div id="specimens"')
    end = html.index("</div>", start) + len("</div>")
    found = re.findall(r'<(\w+)[^>]*? style="([^"]*)"', html[start:end])
    return html[:start] + html[end:], {tag: style for tag, style in found if tag in TAGS}


