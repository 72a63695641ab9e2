"""Find what is wrong with a theme although it may compile: MJML ignores what it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

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
from newsletter.theme.css import fetched
from newsletter.theme.folder import PALETTE, STYLE, TEMPLATE, TEXT_TEMPLATE, ThemeFolder
from newsletter.theme.partners import colours_without_partner, fixed_colours
from newsletter.theme.stylesheet import Stylesheet
from newsletter.theme.tokens import TokenisedTemplate, tokenise
from newsletter.theme.unknown import unknown_elements
from newsletter.theme.unused import unused
from newsletter.theme.words import faulty_words, word_files

_FETCHED = re.compile(r"url\([^)\s]*\)?|expression\(|@import\b", re.IGNORECASE)
_PROSE = re.compile(r"\.prose(?: |$)")
_ONE_TAG_OF_PROSE = re.compile(rf"\.prose(?: (?:{'|'.join(TAGS)}))?")
_PROSE_ELEMENT = re.compile(r'<div class="prose"[^>]*>')
_ANY_TOKEN = re.compile(r"jt\d+tj")
_STYLE_OR_COMMENT = re.compile(r"<(mj-style|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_END_OF_TAG = re.compile(r"[}%#]\}")


def lint(folder: ThemeFolder) -> list[Problem]:
    """Return every problem of a theme's own files, such as an attribute that MJML does not know.

    Raise ThemeError if the files cannot be read.
    """
    palette, sheet = read_css(folder)
    faulty = list(faulty_words(word_files(folder)))
    if faulty:
        raise ThemeError(faulty)
    template = tokenise(folder, TEMPLATE, palette)
    as_written = tokenise(folder, TEMPLATE)

    problems = {
        *unknown_elements(as_written),
        *fixed_colours(folder, sheet, as_written),
        *_rules_within_prose(folder, sheet),
        *_fetched(folder, template),
        *_broken_tags(as_written),
        *_broken_tags(tokenise(folder, TEXT_TEMPLATE)),
        *unused(folder),
    }
    try:
        html = template_to_html(template)
        problems.update(_rules_that_reach_into_prose(html, template, sheet))
        problems.update(colours_without_partner(html, template, sheet))
    except ThemeError as error:
        problems.update(error.problems)
    return sorted(problems, key=Problem.sort_key)


def _fetched(folder: ThemeFolder, template: TokenisedTemplate) -> Iterator[Problem]:
    """Yield a problem for what a mail program would fetch: that reports who opens the email."""
    would_be = "would be fetched whenever a reader opens the email."
    hint = "Delete it. A picture belongs in a template, as <img> or mj-image."

    style_sheets = folder.layers(PALETTE) + folder.layers(STYLE)
    for path, css in style_sheets:
        for what, line in fetched(path, css):
            yield Problem(path, line, f"'{what}' {would_be}", hint)

    for match in _FETCHED.finditer(template.text):
        path, line = template.place(match.start())
        yield Problem(path, line, f"'{match[0]}' {would_be}", hint)


def _broken_tags(template: TokenisedTemplate) -> Iterator[Problem]:
    """Yield a problem for each end of a Jinja2 tag that has no beginning, as in ``{ name }}``.

    Jinja2 takes it for text: readers would see it, or MJML would drop it.
    """

    def spaces(match: re.Match[str]) -> str:
        return " " * len(match[0])

    # In a style sheet, '}}' and '%}' are CSS.
    text = _STYLE_OR_COMMENT.sub(spaces, template.text)
    for match in _END_OF_TAG.finditer(text):
        path, line = template.place(match.start())
        start = "{" + match[0][0]
        message = f"'{match[0]}' ends a Jinja2 tag that does not begin."
        yield Problem(path, line, message, f"Begin the tag with '{start}'.")


def _rules_within_prose(folder: ThemeFolder, sheet: Stylesheet) -> Iterator[Problem]:
    """Yield a problem for each rule for authors' texts that names anything but one tag.

    Each tag gets its style from one specimen, so such a rule would do nothing.
    """
    path = folder.path(STYLE)
    hint = f"Write '.prose' and one tag of: {', '.join(TAGS)}."
    for selector, line in sheet.selectors:
        if _PROSE.search(selector) and not _ONE_TAG_OF_PROSE.fullmatch(selector):
            message = f"'{selector}' cannot be compiled: authors' texts are styled tag by tag."
            yield Problem(path, line, message, hint)


def _rules_that_reach_into_prose(
    html: str, template: TokenisedTemplate, sheet: Stylesheet
) -> Iterator[Problem]:
    """Yield a problem for each place where authors' texts would differ from their specimens.

    A rule such as ``.footer p`` does that.
    """
    inlined = inline_css(with_specimens(html), sheet.inlined)
    _, usual = take_specimens(inlined)
    for prose in _PROSE_ELEMENT.finditer(html):
        specimens = with_specimens(f"{prose[0]}</body>").removesuffix("</body>")
        before, after = html[: prose.start()], html[prose.start() :]
        inlined = inline_css(before + specimens + after, sheet.inlined)
        _, styles = take_specimens(inlined)

        path, line = _origin_of_next_tag(html, prose.end(), template)
        for tag in sorted(TAGS):
            if styles.get(tag) == usual.get(tag):
                continue
            reach = f"A rule of {STYLE} reaches the <{tag}> of authors' texts here"
            hint = "Let the rule name a class that authors' texts do not have."
            yield Problem(path, line, f"{reach}, where it cannot be compiled.", hint)


def _origin_of_next_tag(html: str, start: int, template: TokenisedTemplate) -> tuple[Path, int]:
    """Return where the first Jinja2 tag from ``start`` on is in the theme."""
    token = _ANY_TOKEN.search(html, start)
    if not token:
        return template.place(0)
    tag = template.tags[token[0]]
    return tag.path, tag.line
