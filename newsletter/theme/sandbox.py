"""Where a theme's templates run: they see the issue, and can neither run code nor read files.

A theme may come from a stranger. Jinja2's sandbox refuses what is known to be dangerous. This one
allows what is known to be needed: the fields of the model, the data of Python's plain types, and
those of Jinja2's filters and functions that an email needs. What repeats or grows has limits far
above that need. No sandbox knows whether a theme says what the author wrote, so read a theme from
elsewhere as you would read a program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date, time
from functools import wraps
from itertools import chain, islice
from math import prod
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, pass_eval_context
from jinja2.visitor import NodeTransformer

from newsletter.model import Noun

MOST_TURNS = 20_000
"""Turns of all loops of a template together, and includes; 50 items take about 2,000."""
LARGEST = 100_000
"""The most characters of a text, or items of a list, and the highest number."""
MOST_OUTPUT = 10_000_000
"""Characters of what a template writes; Gmail shows a hundredth of that."""
_AT_A_TIME = 100
"""Pieces of output that are counted at once; each has 100,000 characters at most."""
_MOST_WORK = 10_000_000
"""The sizes of all that a filter is given, multiplied: no filter makes more of it."""

_DATA = (str, int, float, tuple, list, Mapping, date, time, LoopContext, Namespace, Cycler)
"""Types whose attributes and methods templates may use, besides the model."""
_SIZED = (str, list, tuple, dict, range)
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

_ONE_TURN, _IN_TURNS, _JOINED, _CALLED = "one turn", "in turns", "joined up", "called with"
"""Filters that are written into each template while it is compiled."""

_MISSING = object()
_turns: ContextVar[Iterator[int]] = ContextVar("turns")


class _Template(jinja2.Template):
    """A template whose turns and output are counted."""

    def render(self, *args: Any, **named: Any) -> str:
        """Return the output.

        Raise SecurityError if the template loops or writes more than an email needs.
        """
        _turns.set(iter(range(MOST_TURNS)))

        output = self.generate(*args, **named)
        written = []
        size = 0
        while pieces := list(islice(output, _AT_A_TIME)):
            written.append("".join(pieces))
            size += len(written[-1])
            if size > MOST_OUTPUT:
                raise SecurityError(f"a template can write {MOST_OUTPUT:,} characters at most")
        return "".join(written)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a theme's templates.

    They raise SecurityError if they ask for what they may not have.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    template_class = _Template

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, **options)
        self._safe_attributes: dict[tuple[type, str], bool] = {}
        self.globals = {
            "range": _range,
            "dict": dict,
            "namespace": Namespace,
            "cycler": Cycler,
            "joiner": Joiner,
        }
        self.filters = _bounded_filters(self.filters)
        self.filters |= {
            _ONE_TURN: _one_turn,
            _IN_TURNS: _in_turns,
            _JOINED: _joined,
            _CALLED: _called,
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that a template may have: at once, if it is known to be safe."""
        if self._safe_attributes.get((type(obj), attribute)):
            value = getattr(obj, attribute, _MISSING)
            if value is not _MISSING:
                return value
        return super().getattr(obj, attribute)

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
            _require_small((left, right))
        if operator == "*":
            _require_repeatable(left, right)

        result = super().call_binop(context, operator, left, right)
        if isinstance(result, _SIZED):
            _require_room(len(result))
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

        counted = _Counters().visit(source)
        return super()._generate(counted, name, filename, *rest, **named)


def _refused(source: nodes.Template) -> Iterator[tuple[str, int]]:
    """Yield each word of Jinja2 that a theme may not use, with its line."""
    for tag in source.find_all(_TAGS_REFUSED):
        yield type(tag).__name__.lower(), tag.lineno
    for loop in source.find_all(nodes.For):
        if loop.recursive:
            yield "recursive", loop.lineno


class _Counters(NodeTransformer):
    """Writes the counting filters into a template."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja2 calls it so
        node.iter = _filtered(node.iter, _IN_TURNS)
        return self.generic_visit(node)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        node.template = _filtered(node.template, _ONE_TURN)
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno, environment=node.environment)
        return _filtered(parts, _JOINED)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        given = node.args, node.kwargs, node.dyn_args, node.dyn_kwargs
        line = node.lineno
        environment = node.environment
        return nodes.Filter(node.node, _CALLED, *given, lineno=line, environment=environment)


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    """Return a node with a filter of this name applied to it."""
    line = node.lineno
    environment = node.environment
    return nodes.Filter(node, name, [], [], None, None, lineno=line, environment=environment)


def _is_allowed(obj: object, attribute: str) -> bool:
    if isinstance(obj, Noun):
        return not hasattr(Noun, attribute)
    return isinstance(obj, _DATA) and attribute not in _METHODS_REFUSED


@jinja2.pass_context
def _one_turn(_: Context, value: Any) -> Any:
    """Return the value, and count one turn.

    It takes the context so that Jinja2 does not work it out while compiling.
    """
    if next(_turns.get(), None) is None:
        raise SecurityError(f"a template can take {MOST_TURNS:,} turns of loops at most")
    return value


@jinja2.pass_context
def _in_turns(context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """Return the items, and count a turn for each when it is taken."""
    return (_one_turn(context, item) for item in items)


@pass_eval_context
def _joined(escaping: EvalContext, parts: list[Any]) -> str:
    """Return what the operator ``~`` gives."""
    join = markup_join if escaping.autoescape else str_join
    text = join(parts)
    _require_room(len(text))
    return text


@jinja2.pass_context
def _called(_: Context, function: Any, /, *args: Any, **named: Any) -> Any:
    """Return what a function or method returns that is given numbers of reasonable size.

    Jinja2 would first look whether it takes the context, for longer than most functions run. None
    that a template can reach does; which these are, is_safe_attribute says.
    """
    _require_small(chain(args, named.values()))
    return function(*args, **named)


def _range(*limits: int) -> range:
    numbers = range(*limits)
    _require_room(len(numbers))
    return numbers


def _bounded_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return those filters that templates may use, each limited."""
    bounded = {}
    for name, unlimited in filters.items():
        if name not in _FILTERS_REFUSED:
            bounded[name] = _bounded(unlimited)
    return bounded


def _bounded(unlimited: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter limited to the sizes that an email needs."""

    @wraps(unlimited)
    def limited(*args: Any, **named: Any) -> Any:
        arguments = (*args, *named.values())
        _require_small(arguments)
        sizes = (len(value) for value in arguments if isinstance(value, _SIZED))
        if prod(max(size, 1) for size in sizes) > _MOST_WORK:
            raise SecurityError("a filter is given too much")
        return unlimited(*args, **named)

    return limited


def _require_repeatable(left: Any, right: Any) -> None:
    """Allow text to be repeated, but no list.

    Lists of lists of lists would soon be too large to write out.
    """
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, (list, tuple)):
            raise SecurityError("a template cannot multiply a list")
        if isinstance(repeated, str):
            _require_room(len(repeated) * times)


def _require_room(size: int) -> None:
    if size > LARGEST:
        what = "a text or list of a template"
        raise SecurityError(f"{what} can hold {LARGEST:,} characters or items at most")


def _require_small(values: Iterable[Any]) -> None:
    for value in values:
        is_number = isinstance(value, (int, float))
        if is_number and not abs(value) <= LARGEST:  # not a number (nan) is not small
            raise SecurityError(f"a template can count to {LARGEST:,} at most")
