"""The templates of the archive's pages: the folder ``archive/`` of a theme, in its sandbox.

values      publication, words, base, path (of this page from the site's root), menu (its name and
            path for each entry), logo (path, alt, width, height; none if there is none), style (the
            link to the style sheet), and the page's own
functions   link(path): how this site links to a path in it; address(path): the whole address
filters     headline, markdown (a text; the level of its highest headings may follow), and those for
            dates, names and words in the publication's language (email/wording.py)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from newsletter.cache import program
from newsletter.email import wording
from newsletter.email.templating import headline
from newsletter.email.typesetting import blocks_in_type
from newsletter.errors import ThemeError
from newsletter.text import markdown
from newsletter.theme.cache import SealedCode
from newsletter.theme.faults import FAULTS, theme_error
from newsletter.theme.folder import PALETTE, ThemeFolder, read
from newsletter.theme.palette import Palette, read_palette
from newsletter.theme.sandbox import Sandbox
from newsletter.theme.words import Words, read_words

FOLDER = "archive"
_BELOW_TITLE = 2
"""The level of the highest headings in a text that has the page to itself."""


@dataclass(frozen=True)
class Templates:
    """A theme's templates for the web, and its words in one language."""

    folder: ThemeFolder
    words: Words

    @classmethod
    def of(cls, folder: ThemeFolder, language: str) -> Templates:
        """Return the templates of a theme. Raise ThemeError."""
        return cls(folder, read_words(folder, language))

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """Return what the template of this name makes of these values. Raise ThemeError."""
        try:
            return self._environment.get_template(template).render(values)
        except FAULTS as error:
            hint = "Compare it with the default theme's."
            name = f"{FOLDER}/{template}"
            raise theme_error(self.folder, name, error, hint) from error

    @cached_property
    def palette(self) -> Palette:
        """The colours of pages and share cards. Raise ThemeError."""
        return read_palette(self.folder.layers(PALETTE))

    @cached_property
    def style(self) -> str:
        """The style sheet of all pages: the palette, then each file of ``archive/css/`` by name. A
        theme's own follows the default theme's of that name.
        """
        folder = self.folder
        names = {path.name for path in folder.files() if path.match(f"{FOLDER}/css/*.css")}
        layers = folder.layers(PALETTE)
        for name in sorted(names):
            layers += folder.layers(f"{FOLDER}/css/{name}")
        return "\n".join(css for _, css in layers)

    @cached_property
    def style_version(self) -> str:
        """A part of the style sheet's content, so that browsers may keep it for ever."""
        return hashlib.sha256(self.style.encode()).hexdigest()[:8]

    @cached_property
    def _environment(self) -> jinja2.Environment:
        loader = jinja2.FunctionLoader(self._source)
        code = SealedCode(program("archive", "email/wording.py"))
        environment = Sandbox(
            loader=loader,
            bytecode_cache=code,
            autoescape=_is_html,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= wording.FILTERS
        environment.filters["headline"] = headline
        environment.filters["markdown"] = _markdown
        return environment

    def _source(self, name: str) -> tuple[str, str, None]:
        try:
            path = self.folder.path(f"{FOLDER}/{name}")
        except ThemeError as error:
            message = error.problems[0].message.rstrip(".")
            raise jinja2.TemplateNotFound(name, message) from error
        return read(path), str(path), None


def _is_html(template: str | None) -> bool:
    return not (template and template.endswith(".txt.j2"))


@jinja2.pass_context
def _markdown(context: Context, source: str, level: int = _BELOW_TITLE) -> Markup:
    blocks = blocks_in_type(markdown.tokens(source), context["publication"])
    return markdown.to_page(blocks, level=level, marks_bare=True)
