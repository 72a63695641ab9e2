"""The compiled theme against the plain order: Jinja2, then MJML, then premailer, for each issue. Both give one DOM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import jinja2
import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from newsletter.email.building import theme_of
from newsletter.email.calendar import calendars
from newsletter.email.fitting import in_full
from newsletter.email.rendering import render
from newsletter.email.template_values import values
from newsletter.email.templating import html_environment
from newsletter.email.typesetting import lines_in_type
from newsletter.manifest import IssueFolder, Project, read_manuscript
from newsletter.model import Email, Format, Issue, Shows
from newsletter.pictures.preparing import NO_PICTURES, Pictures, prepare
from newsletter.text.markdown import html as writing
from newsletter.theme import Theme, compile_theme
from newsletter.theme.compiling import finish_html, inline_css, mjml_to_html, read_css
from newsletter.theme.folder import TEMPLATE
from tests.elsewhere import pictures_elsewhere
from tests.strategies import issues, publications

REPOSITORY = Path(__file__).resolve().parents[2]
ISSUES = [
    *Project(REPOSITORY / "issues").issue_folders(),
    *(
        folder
        for case in sorted((REPOSITORY / "tests" / "golden").glob("*/issues"))
        for folder in Project(case).issue_folders()
    ),
]
FORMATS = [Format(name=shows, shows=shows, at_most=100) for shows in get_args(Shows)]


@pytest.fixture(scope="module", autouse=True)
def tags_that_have_the_styles() -> Iterator[None]:
    """Write headings and figures of authors' texts with the tags that the theme names: others stand for them in emails,
    and premailer could not know.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_OF_FIGURES", {tag: tag for tag in writing._OF_FIGURES})
        patch.setattr(writing, "_heading", _heading)
        html_environment.cache_clear()
        yield
    html_environment.cache_clear()


def _heading(block: Token, styles: Mapping[str, str], _: int) -> str:
    tag = writing._HEADINGS[block.tag]
    return writing._tag(block, tag, styles.get(tag))


def plainly_rendered(email: Email, theme: Theme, pictures: Pictures = NO_PICTURES) -> str:
    """Return what the oracle makes: no compiled template, and premailer inlines authors' texts like everything else."""
    typeset = lines_in_type(email.issue)
    issue = in_full(typeset) if email.format.shows == "full" else typeset
    palette, sheet = read_css(theme.folder)
    environment = html_environment(Theme(theme.name, theme.html, {}, theme.words, theme.folder))
    environment.loader = _Coloured(theme, palette)
    mjml = without_tokens(
        environment.get_template(TEMPLATE).render(
            values(
                issue,
                theme,
                email.format,
                pictures,
                calendars(email.issue),
                email.subject,
                email.preheader,
            )
        )
    )
    return finish_html(
        inline_css(mjml_to_html(mjml), sheet.inlined), sheet, issue.publication.direction
    )


def without_tokens(html: str) -> str:
    """Return the text with merge tags in plain letters: lxml would percent-encode them in addresses."""
    return html.replace("\ufdd0", "merge-").replace("\ufdd1", "")


class _Coloured(jinja2.BaseLoader):
    """Load the theme's own files, with the colours of the light scheme in place."""

    def __init__(self, theme: Theme, palette: Any) -> None:
        self.theme, self.palette = theme, palette

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        path = self.theme.folder.path(template)
        return self.palette.resolve(path.read_text("utf-8"), path, 1), str(path), None


def dom(html: str) -> list[Any]:
    """Return tags, attributes, style declarations and texts in order; a run of spaces counts as one, and next to a tag
    as none.
    """
    document = lxml.html.document_fromstring(html.encode())
    return [_node(element) for element in document.iter()]


def _node(element: Any) -> tuple[Any, ...]:
    if not isinstance(element.tag, str):
        return ("comment", _spaces(element.text), _spaces(element.tail))
    attributes = dict(element.attrib)
    style = sorted(
        part.strip()
        for part in re.split(r";(?![^(]*\))", attributes.pop("style", ""))
        if part.strip()
    )
    return (
        element.tag,
        sorted(attributes.items()),
        [_spaces(part) for part in style],
        _spaces(element.text),
        _spaces(element.tail),
    )


def _spaces(text: str | None) -> str:
    return re.sub(r"[ \n\t]+", " ", text or "").strip(" ")


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize(
    "folder", ISSUES, ids=lambda folder: f"{folder.project.root.name}-{folder.name}"
)
def test_the_compiled_theme_gives_the_dom_of_the_plain_order(
    folder: IssueFolder, format: Format
) -> None:
    manuscript = read_manuscript(folder)
    pictures = prepare(manuscript)
    theme = theme_of(manuscript.issue, REPOSITORY / "templates")
    email = render(manuscript.issue, theme, format, pictures)
    plain = dom(plainly_rendered(email, theme, pictures))
    compiled = dom(without_tokens(email.html))
    for expected, actual in zip(plain, compiled, strict=False):
        assert actual == expected
    assert len(compiled) == len(plain)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(issue=issues(publications()), format=st.sampled_from(FORMATS))
def test_the_two_orders_agree_on_any_issue(issue: Issue, format: Format) -> None:
    theme = compile_theme("bionews", REPOSITORY / "templates")
    pictures = pictures_elsewhere(issue)
    email = render(issue, theme, format, pictures)
    plain = plainly_rendered(email, theme, pictures)
    assert dom(without_tokens(email.html)) == dom(plain)
