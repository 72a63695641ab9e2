"""Where a theme's templates run: they see the issue, and can neither run code nor read files.

A theme may come from a stranger. Jinja2's sandbox refuses what is known to be dangerous. This one
allows what is known to be needed: the fields of the model, the data of Python's plain types, and
those of Jinja2's filters and functions that an email needs. What repeats or grows has limits
(limits.py). No sandbox knows whether a theme says what the author wrote, so read a theme from
elsewhere as you would read a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from newsletter.model import Noun
from newsletter.theme.limits import (
    COUNTING,
    CountedTemplate,
    bounded,
    bounded_range,
    joined,
    require_repeatable,
    require_room_for,
    require_small,
    with_counters,
)

_DATA = (str, int, float, tuple, list, Mapping, date, time, LoopContext, Namespace, Cycler)
"""Types whose attributes and methods templates may use, besides the model."""
_METHODS_REFUSED = {"format", "format_map", "join", "replace", "translate", "expandtabs"}
"""Methods of texts that look into objects, or turn little into much.

The filters join and replace are bounded.
"""
_FILTERS_REFUSED = {"attr", "format", "pprint", "random", "tojson", "xmlattr"}
"""Filters that look into objects, are for programmers, or give something else each time."""
_TAGS_REFUSED = (
    nodes.Extends,
    nodes.Block,
    nodes.Macro,
    nodes.CallBlock,
    nodes.Import,
    nodes.FromImport,
)
_MOST_REMEMBERED = 1_000
"""Attributes that the sandbox remembers as safe or not; the templates of an email use 80."""

_MISSING = object()
_OF_DICTIONARIES = frozenset(dir(dict))
"""Names of methods, which come before entries of the same name."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a theme's templates.

    They raise SecurityError if they ask for what they may not have.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    template_class = CountedTemplate
    concat = staticmethod(joined)

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, **options)
        self._safe_attributes: dict[tuple[type, str], bool] = {}
        self.globals = {
            "range": bounded_range,
            "dict": dict,
            "namespace": Namespace,
            "cycler": Cycler,
            "joiner": Joiner,
        }
        for name in _FILTERS_REFUSED:
            del self.filters[name]
        self.filters = {name: bounded(each) for name, each in self.filters.items()} | COUNTING

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that a template may have: at once, if it is known to be safe, or is
        an entry of a dictionary, and no method of these.
        """
        kind = type(obj)
        if kind is dict and attribute not in _OF_DICTIONARIES:
            value = obj.get(attribute, _MISSING)
        elif self._safe_attributes.get((kind, attribute)):
            value = getattr(obj, attribute, _MISSING)
        else:
            value = _MISSING
        return super().getattr(obj, attribute) if value is _MISSING else value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have this attribute.

        Of the model, these are its own fields, not pydantic's.
        """
        # The answer is the same for all objects of a type, and an email asks hundreds of times.
        key = type(obj), attr
        known = self._safe_attributes.get(key)
        if known is not None:
            return known

        is_safe = super().is_safe_attribute(obj, attr, value) and _is_allowed(obj, attr)
        if len(self._safe_attributes) < _MOST_REMEMBERED:
            self._safe_attributes[key] = is_safe
        return is_safe

    def wrap_str_format(self, value: Any) -> None:
        """Return None: Jinja2 would let templates call a ``format`` of its own making."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator that can turn little into much."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("'%' cannot put values into text; join the parts with '~'")
        if operator != "+":
            require_small((left, right))
        if operator == "*":
            require_repeatable(left, right)

        result = super().call_binop(context, operator, left, right)
        require_room_for(result)
        return result

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        *rest: Any,
        **named: Any,
    ) -> str:
        """Add a counter to what repeats or grows: Jinja2's hook between parsing and compiling."""
        for word, line in _refused(source):
            message = f"'{word}' is not allowed in themes"
            raise jinja2.TemplateAssertionError(message, line, name, filename)

        return super()._generate(with_counters(source), name, filename, *rest, **named)


def _refused(source: nodes.Template) -> Iterator[tuple[str, int]]:
    """Yield each word of Jinja2 that a theme may not use, with its line."""
    for tag in source.find_all(_TAGS_REFUSED):
        yield type(tag).__name__.lower(), tag.lineno
    for loop in source.find_all(nodes.For):
        if loop.recursive:
            yield "recursive", loop.lineno


def _is_allowed(obj: object, attribute: str) -> bool:
    if isinstance(obj, Noun):
        return not hasattr(Noun, attribute)
    return isinstance(obj, _DATA) and attribute not in _METHODS_REFUSED
