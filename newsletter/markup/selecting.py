"""The elements of a document that a CSS selector reaches."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2

from newsletter.markup.document import Document


class Selection:
    """A document that selectors are asked about."""

    def __init__(self, document: Document) -> None:
        self._root = cssselect2.ElementWrapper.from_html_root(document.root)

    def all(self, selector: str) -> list[Element]:
        """Return the elements that a selector reaches. Raise ValueError if it is not a selector."""
        compiled = _compiled(selector)
        return [wrapper.etree_element for wrapper in self._root.query_all(*compiled)]

    def first(self, selector: str) -> Element | None:
        """Return the first of them."""
        return next(iter(self.all(selector)), None)


@lru_cache(maxsize=64)
def _compiled(selector: str) -> tuple[Any, ...]:
    try:
        return tuple(cssselect2.compile_selector_list(selector))
    except cssselect2.SelectorError as error:
        raise ValueError(str(error)) from None
