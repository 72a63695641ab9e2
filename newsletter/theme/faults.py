"""What a template can run into, as an error with its place in the theme's own files."""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2.exceptions import SecurityError

from newsletter.errors import ThemeError
from newsletter.theme.folder import ThemeFolder

FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""The errors that a template can run into."""


def theme_error(folder: ThemeFolder, template: str, error: Exception, hint: str) -> ThemeError:
    """Return a fault of a template, which has this name in the theme, with file and line. ``hint``
    says what to do, unless the template did what none may do.
    """
    path, line = _place(folder, template, error)
    if isinstance(error, SecurityError):
        hint = (
            "Write it in another way, or delete it: newsletter/theme/sandbox.py says what a theme "
            "may do."
        )
    message = str(error).rstrip(".")
    return ThemeError.at(path, line, f"Jinja2: {message}.", hint)


def _place(folder: ThemeFolder, template: str, error: Exception) -> tuple[Path, int | None]:
    """Return the file of the theme and the line in which an error is; the template if that is not
    known.
    """
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno

    place: tuple[Path, int | None] = folder.path(template), None
    files = {str(file) for file in folder.files()}
    step = error.__traceback__
    while step:
        file = step.tb_frame.f_code.co_filename
        if file in files:
            place = Path(file), step.tb_lineno
        step = step.tb_next
    return place
