"""CommonMark with tables, as other programs write it, to HTML: all that our dialect has not."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def commonmark_to_html(source: str) -> str:
    """Return the HTML of a text. HTML within it stays as it is, and is not to be trusted."""
    html: str = _parser().render(source)
    return html


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(sub_plugin).use(superscript_plugin)
