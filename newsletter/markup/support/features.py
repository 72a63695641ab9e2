"""How each feature of caniemail.com is recognised in an email, and which features are ignored, and why.

Most names say it: ``css-line-height`` is a property, ``html-marquee`` an element.
The tables have the others. A mark of CSS is a property, one with a word or a function of its value (``display:flex``,
``background:url()``), a function in any property (``calc()``) or a unit (``#rem``). A mark of HTML is a tag or an
attribute (``[hidden]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

from newsletter.markup import Declaration
from newsletter.markup.support.figures import figures

IGNORED: dict[str, str] = {
    "Not part of the HTML.": "amp bimi",
    "The check 'image-format' reports it, and looks into the files too.": """
        image-apng image-avif image-base64 image-bmp image-gif image-hdr image-heif image-ico image-jpg image-mp4
        image-png image-svg image-tiff image-webp""",
    "The check 'active-content' reports it, as an error.": """
        css-at-import html-audio html-base html-button-reset html-button-submit html-form html-input-checkbox
        html-input-hidden html-input-radio html-input-reset html-input-submit html-input-text html-link html-object
        html-required html-select html-textarea html-video""",
    "The HTML always has these, and reads as well without them.": """
        css-comments css-important html-body html-comments html-doctype html-style""",
    "A <style> adds to the inline styles; only flex, grid, float and position are found in it.": """
        css-at-font-face css-at-keyframes css-at-media css-at-media-device-pixel-ratio css-at-media-hover
        css-at-media-orientation css-at-media-prefers-color-scheme css-at-media-prefers-reduced-motion css-at-supports
        css-nesting css-pseudo-class-active css-pseudo-class-checked css-pseudo-class-first-child
        css-pseudo-class-first-of-type css-pseudo-class-focus css-pseudo-class-has css-pseudo-class-hover
        css-pseudo-class-lang css-pseudo-class-last-child css-pseudo-class-last-of-type css-pseudo-class-link
        css-pseudo-class-not css-pseudo-class-nth-child css-pseudo-class-nth-last-child
        css-pseudo-class-nth-last-of-type css-pseudo-class-nth-of-type css-pseudo-class-only-child
        css-pseudo-class-only-of-type css-pseudo-class-target css-pseudo-class-visited css-pseudo-element-after
        css-pseudo-element-before css-pseudo-element-first-letter css-pseudo-element-first-line
        css-pseudo-element-marker css-pseudo-element-placeholder css-selector-adjacent-sibling css-selector-attribute
        css-selector-chaining css-selector-child css-selector-class css-selector-descendant
        css-selector-general-sibling css-selector-grouping css-selector-id css-selector-type css-selector-universal""",
    "Decoration: without it, the email is plainer, and says the same.": """
        css-accent-color css-animation css-backdrop-filter css-background-blend-mode css-border-image css-border-radius
        css-border-radius-logical css-box-shadow css-clip-path css-cursor css-filter css-mask-image css-mix-blend-mode
        css-opacity css-outline css-outline-offset css-scroll-snap css-text-decoration-color css-text-decoration-line
        css-text-decoration-skip-ink css-text-decoration-style css-text-decoration-thickness css-text-emphasis
        css-text-emphasis-position css-text-shadow css-text-underline-offset css-text-underline-position
        css-transition""",
    "Typography: without it, lines and pages break as they do elsewhere, in the next font of the list.": """
        css-font-kerning css-font-stretch css-hyphenate-character css-hyphenate-limit-chars css-hyphens css-orphans
        css-overflow-wrap css-sytem-ui css-tab-size css-text-align-last css-text-justify css-text-overflow css-text-wrap
        css-white-space-collapse css-widows css-word-break css-word-spacing css-word-wrap html-wbr""",
    "Without it, a box is as large as what is in it, or larger; nothing is lost.": """
        css-aspect-ratio css-box-sizing css-height css-min-height css-min-width css-overflow css-table-layout""",
    "Without it, what is a list, a table or columns still reads from top to bottom.": """
        css-caption-side css-column-count css-column-layout-properties css-empty-cells css-list-style-image
        css-list-style-position css-shape-margin css-shape-outside css-text-orientation""",
    "It only adjusts another feature, which is found by itself.": """
        css-background-origin css-background-position css-background-repeat css-background-size css-clear
        css-object-position css-z-index html-rp html-rt""",
    "It is for the readers' own use or comfort.": "css-color-scheme css-resize css-user-select html-meta-color-scheme",
    "It is for screen readers; others are shown the same words.": """
        html-abbr html-acronym html-aria-describedby html-aria-hidden html-aria-label html-aria-labelledby
        html-aria-live html-bdi html-role""",
    "A client without it does the next best: stays where it is, opens another program, loads what 'src' names.": """
        html-anchor-links html-loading-attribute html-mailto-links html-picture html-srcset html-target""",
    "Where 'initial' is not known, the value before it, or the one around it, holds.": "css-unit-initial",
    "The figures contradict those of css-block-inline-size, which is the same property.": """
        css-inline-size""",
}
"""From a reason to the features that are ignored for it."""

CSS: dict[str, str] = {
    "css-background-clip": "background-clip:text",
    "css-background-image": "background:url() background-image:url()",
    "css-block-inline-size": "block-size inline-size",
    "css-border-inline-block": "border-inline border-block",
    "css-border-inline-block-individual": """
        border-inline-color border-inline-style border-inline-width border-inline-start border-inline-end
        border-block-color border-block-style border-block-width border-block-start border-block-end""",
    "css-border-inline-block-longhand": """
        border-inline-start-color border-inline-start-style border-inline-start-width
        border-inline-end-color border-inline-end-style border-inline-end-width
        border-block-start-color border-block-start-style border-block-start-width
        border-block-end-color border-block-end-style border-block-end-width""",
    "css-conic-gradient": "conic-gradient() repeating-conic-gradient()",
    "css-display-flex": "display:flex display:inline-flex",
    "css-display-grid": "display:grid display:inline-grid",
    "css-display-none": "display:none",
    "css-flex-direction": "flex-direction:column flex-direction:column-reverse",
    "css-flex-wrap": "flex-wrap:wrap flex-wrap:wrap-reverse",
    "css-gap": "gap column-gap row-gap",
    "css-grid-template": "grid-template grid-template-areas grid-template-columns grid-template-rows",
    "css-inset": """
        inset inset-block inset-block-start inset-block-end inset-inline inset-inline-start inset-inline-end""",
    "css-intrinsic-size": """
        width:fit-content width:min-content width:max-content width:fit-content()
        max-width:fit-content max-width:min-content max-width:max-content max-width:fit-content()""",
    "css-left-right-top-bottom": "left right top bottom",
    "css-linear-gradient": "linear-gradient() repeating-linear-gradient() webkit-linear-gradient()",
    "css-margin-block-start-end": "margin-block-start margin-block-end",
    "css-margin-inline-block": "margin-inline margin-block",
    "css-margin-inline-start-end": "margin-inline-start margin-inline-end",
    "css-max-height": "",  # only 0, which hides texts: see _PATTERNS
    "css-modern-color": "lab() lch() oklab() oklch()",
    "css-padding-block-start-end": "padding-block-start padding-block-end",
    "css-padding-inline-block": "padding-inline padding-block",
    "css-padding-inline-start-end": "padding-inline-start padding-inline-end",
    "css-position": "position:absolute position:fixed position:sticky",  # 'relative' moves nothing by itself
    "css-radial-gradient": "radial-gradient() repeating-radial-gradient() webkit-radial-gradient()",
    "css-rgb": "",  # only what older clients stumble over: see _PATTERNS
    "css-rgba": "rgba()",
    "css-unit-calc": "calc()",
    "css-unit-percent": "#%",
    "css-variables": "var()",
    "css-visibility": "visibility:hidden visibility:collapse",
    "css-white-space": "white-space:pre white-space:pre-line white-space:pre-wrap",  # nobody misses 'nowrap'
}

_PATTERNS = {
    "css-max-height": re.compile(r"max-height:0(?:px)?$"),
    "css-rgb": re.compile(r"\brgba?\(\s*[\d.]+%?\s+[\d.]"),  # numbers without commas between them
}
"""Declarations, as ``name:value``, that take more than a mark to recognise."""

HTML: dict[str, str] = {
    "html-align": "[align]",
    "html-background": "[background]",
    "html-cellpadding": "[cellpadding]",
    "html-cellspacing": "[cellspacing]",
    "html-dir": "[dir]",
    "html-h1-h6": "h1 h2 h3 h4 h5 h6",
    "html-height": "[height]",
    "html-hidden": "[hidden]",
    "html-image-maps": "[usemap]",
    "html-lang": "[lang]",
    "html-lists": "ul ol dl",
    "html-popover": "[popover]",
    "html-semantics": "article aside details figcaption figure footer header main mark nav section summary time",
    "html-valign": "[valign]",
    "html-width": "[width]",
}

_ASIDE = re.compile(r"(url\()[^)]*|\"[^\"]*\"|'[^']*'")
"""An address or a quoted text: it only matters that it is there."""
_TOKEN = re.compile(r"[a-z][\w-]*\(?|\d(?:[a-z]+\b|%)")
"""A word, a function, or the last digit of a number with its unit."""
_FOR_ONE_ENGINE = ("-", "mso-")


def checked_features() -> Iterator[str]:
    """Yield the features that are looked for."""
    for feature in figures():
        if feature not in _ignored():
            yield feature


@lru_cache(maxsize=4096)
def features_of(declaration: Declaration) -> frozenset[str]:
    """Return the features that a declaration uses; none, if the whole property is ignored."""
    name = declaration.name
    marks = _marks("css")
    is_ignored = f"css-{name}" in _ignored() and name not in marks
    if is_ignored or name.startswith(_FOR_ONE_ENGINE):
        return frozenset()

    value = _ASIDE.sub(r"\1", declaration.value.lower())
    found = {marks[mark] for mark in _marks_of(name, value) if mark in marks}
    for feature, pattern in _PATTERNS.items():
        if pattern.search(f"{name}:{value}"):
            found.add(feature)
    return frozenset(found)


def _marks_of(name: str, value: str) -> Iterator[str]:
    """Yield each mark that a property and its value may be."""
    yield name
    for token in _TOKEN.findall(value):
        part = _mark_of(token)
        yield f"{name}:{part}"
        is_unit_or_function = part.startswith("#") or part.endswith(")")
        if is_unit_or_function:
            yield part


def _mark_of(token: str) -> str:
    """Return the mark that a part of a value may be."""
    if token[0].isdigit():
        return f"#{token[1:]}"
    if token.endswith("("):
        return f"{token})"
    return token


def features_of_element(element: Element) -> list[str]:
    """Return the features that an element uses by its tag and its attributes."""
    tag = element.tag.rpartition("}")[2]  # SVG has a namespace
    marks = _marks("html")
    attributes = (f"[{name}]" for name in element.attrib)
    used = (tag, *attributes)
    return [marks[mark] for mark in used if mark in marks]


@cache
def _ignored() -> frozenset[str]:
    features = " ".join(IGNORED.values())
    return frozenset(features.split())


@cache
def _marks(group: str) -> dict[str, str]:
    """Return each mark of css or of html, with the feature that it shows."""
    listed = CSS | HTML
    features: dict[str, str] = {}
    for feature in checked_features():
        if not feature.startswith(f"{group}-"):
            continue
        marks = listed.get(feature, _mark_in_name(feature))
        for mark in marks.split():
            features[mark] = feature
    return features


def _mark_in_name(feature: str) -> str:
    """Return the mark that a feature's name says."""
    name = feature.partition("-")[2]
    kind, _, rest = name.partition("-")
    if kind == "unit":
        return f"#{rest}"
    if kind == "function":
        return f"{rest}()"
    return name
