"""Find what is wrong with a theme although it may compile: MJML silently ignores what it does not know."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import tinycss2

from newsletter.errors import ThemeError
from newsletter.problem import Problem
from newsletter.text.markdown import TAGS
from newsletter.theme.compiling import (
    inline_css,
    read_css,
    take_specimens,
    template_to_html,
    with_specimens,
)
from newsletter.theme.folder import PALETTE, STYLE, TEMPLATE, ThemeFolder
from newsletter.theme.stylesheet import Stylesheet, fetched, is_colour
from newsletter.theme.tokens import TokenisedTemplate, tokenise
from newsletter.theme.unused import unused
from newsletter.theme.words import read_words

_COLOURED = re.compile(r"(?:^|;)\s*(color|background|border)[\w-]*\s*:\s*([^;]*)")
_WHAT_IS_COLOURED = {
    "color": "of the text",
    "background": "of the background",
    "border": "of the border",
}
_FETCHED = re.compile(r"url\([^)\s]*\)?|expression\(|@import\b", re.IGNORECASE)
_NAME_IT = "Name it in palette.css, for both schemes, and write var(--name)."


def lint(folder: ThemeFolder) -> list[Problem]:
    """Return every problem of a theme's own files: what MJML cannot read or does not know, and colours that have no
    partner in the dark scheme. Raises ThemeError if the files cannot be read.
    """
    palette, sheet = read_css(folder)
    read_words(folder)
    template = tokenise(folder, TEMPLATE, palette)
    problems = [
        *_faults_of_elements(folder),
        *_fixed_colours(folder, sheet),
        *_prose_rules(folder, sheet),
    ]
    problems += [*_fetched(folder, template), *unused(folder)]
    try:
        html = template_to_html(template)
        problems += _rules_that_reach_into_prose(html, template, sheet)
        problems += _colours_without_partner(html, template, sheet)
    except ThemeError as error:
        problems += error.problems
    return sorted(set(problems), key=Problem.sort_key)


def _fetched(folder: ThemeFolder, template: TokenisedTemplate) -> Iterator[Problem]:
    """Yield what a mail program would fetch for the theme's styles: each fetch reports a reader who opens the email."""
    hint = "Delete it. A picture belongs in a template, as <img> or mj-image."
    for path, css in (*folder.layers(PALETTE), *folder.layers(STYLE)):
        for message, line in fetched(path, css):
            yield Problem(
                path, line, f"'{message}' would be fetched whenever a reader opens the email.", hint
            )
    for found in _FETCHED.finditer(template.text):
        message = f"'{found[0]}' would be fetched whenever a reader opens the email."
        yield Problem(*template.place(found.start()), message, hint)


def _faults_of_elements(folder: ThemeFolder) -> list[Problem]:
    elements = json.loads((Path(__file__).parent / "mjml_elements.json").read_text("utf-8"))[
        "elements"
    ]
    template = tokenise(
        folder, TEMPLATE
    )  # without the palette, so that a colour found here is not one of its own
    linter = _ElementLinter(template, elements)
    linter.feed(template.text)
    return linter.problems


class _ElementLinter(HTMLParser):
    """Compares the name, attributes and parent of each mj- element with what MJML knows. In all elements it looks for
    colours that are written out.
    """

    def __init__(self, template: TokenisedTemplate, elements: dict[str, Any]) -> None:
        super().__init__()
        self.template, self.elements = template, elements
        self.problems: list[Problem] = []
        self.parents: list[str] = []
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", template.text))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag.startswith("mj"):
            self.parents.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check_colours(attrs)
        if not tag.startswith("mj"):
            return
        known = self.elements.get(tag)
        parent = self.parents[-1] if self.parents else ""
        if parent == "mj-attributes":
            if tag in ("mj-all", "mj-class"):
                return
            attrs = [(name, value) for name, value in attrs if name != "css-class"]
        if known is None:
            self._report(f"There is no element '{tag}' in MJML.", _nearest(tag, self.elements))
            return
        self._check_parent(tag, parent)
        for name, _ in attrs:
            if name not in (*known["attributes"], "css-class", "mj-class"):
                self._report(
                    f"'{tag}' has no attribute '{name}'.", _nearest(name, known["attributes"])
                )

    def handle_endtag(self, tag: str) -> None:
        if not tag.startswith("mj"):
            return
        if tag not in self.parents:
            self._report(
                f"'</{tag}>' closes no element.", "Compare it with the element that is open here."
            )
            return
        while (left_open := self.parents.pop()) != tag:
            self._report(
                f"'{left_open}' is not closed before '</{tag}>'.",
                f"Write '</{left_open}>' where it ends.",
            )

    def _check_colours(self, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if re.search("style|color|border|background", name):
                for colour in _colours_in(value or ""):
                    self._report(_fixed(colour), _NAME_IT)

    def _check_parent(self, tag: str, parent: str) -> None:
        holds = self.elements.get(parent, {}).get("holds", [])
        if parent and tag not in holds and "*" not in holds:
            hint = f"It can hold: {', '.join(holds)}." if holds else "It holds text and HTML only."
            self._report(f"'{tag}' cannot be inside '{parent}'.", hint)

    def _report(self, message: str, hint: str) -> None:
        line, column = self.getpos()
        self.problems.append(
            Problem(*self.template.place(self.line_starts[line - 1] + column), message, hint)
        )


def _colours_in(css: str) -> Iterator[str]:
    return (
        token.serialize() for token in tinycss2.parse_component_value_list(css) if is_colour(token)
    )


def _nearest(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"MJML knows: {', '.join(known)}."


def _fixed_colours(folder: ThemeFolder, sheet: Stylesheet) -> Iterator[Problem]:
    for colour, line in sheet.fixed_colours:
        yield Problem(folder.path(STYLE), line, _fixed(colour), _NAME_IT)


def _fixed(colour: str) -> str:
    return f"The colour {colour} is fixed, so it has no partner in the dark scheme."


def _prose_rules(folder: ThemeFolder, sheet: Stylesheet) -> Iterator[Problem]:
    """Yield the rules for authors' texts that name anything but one tag. Each tag gets its style from one specimen, so
    such a rule would do nothing.
    """
    path = folder.path(STYLE)
    for selector, line in sheet.selectors:
        if ".prose " in f"{selector} " and not re.fullmatch(
            rf"\.prose ({'|'.join(TAGS)})|\.prose", selector
        ):
            message = f"'{selector}' cannot be compiled: authors' texts are styled tag by tag."
            yield Problem(path, line, message, f"Write '.prose' and one tag of: {', '.join(TAGS)}.")


def _rules_that_reach_into_prose(
    html: str, template: TokenisedTemplate, sheet: Stylesheet
) -> Iterator[Problem]:
    """Yield the places where a rule such as ``.footer p`` would style an author's paragraph differently from its
    specimen.
    """
    _, usual = take_specimens(inline_css(with_specimens(html), sheet.inlined))
    for place in re.finditer(r'<div class="prose"[^>]*>', html):
        there = (
            html[: place.start()]
            + with_specimens(place[0] + "</body>").removesuffix("</body>")
            + html[place.start() :]
        )
        _, found = take_specimens(inline_css(there, sheet.inlined))
        for tag in sorted(tag for tag in TAGS if found.get(tag) != usual.get(tag)):
            token = re.compile(r"jt\d+tj").search(html, place.end())
            source = template.tags[token[0]] if token else None
            where = (source.path, source.line) if source else template.place(0)
            message = f"A rule of {STYLE} reaches the <{tag}> of authors' texts here, where it cannot be compiled."
            yield Problem(
                *where, message, "Let the rule name a class that authors' texts do not have."
            )


def _colours_without_partner(
    html: str, template: TokenisedTemplate, sheet: Stylesheet
) -> Iterator[Problem]:
    """Yield colours that come from MJML attributes, and that no rule of style.css changes for the dark scheme."""
    from lxml import etree
    from lxml.cssselect import CSSSelector
    from lxml.html import document_fromstring

    document = document_fromstring(html)
    changed: dict[str, set[Any]] = {}
    for name, selectors in sheet.dark_selectors.items():
        for selector in selectors:
            changed.setdefault(name.partition("-")[0], set()).update(
                CSSSelector(selector)(document)
            )
    for element in document.body.iter(etree.Element):
        for name, value in _COLOURED.findall(element.get("style") or ""):
            if element in changed.get(name, ()) or (
                name == "color" and not element.text_content().strip()
            ):
                continue
            for colour in _colours_in(value):
                message = f"The colour {colour} ({_WHAT_IS_COLOURED[name]}) has no partner in the dark scheme."
                hint = "Give the element a css-class, and that class a rule in style.css with var(--name)."
                yield Problem(*_source_of(element, colour, template), message, hint)


def _source_of(element: Any, colour: str, template: TokenisedTemplate) -> tuple[Path, int]:
    """Return where the element is in the theme, as near as its class or its colour shows."""
    classes = [
        css_class for parent in (element, *element.iterancestors()) for css_class in parent.classes
    ]
    for css_class in classes:
        if (offset := template.text.find(f'css-class="{css_class}"')) >= 0:
            return template.place(offset)
    return template.place(max(template.text.find(colour), 0))
