"""How much a theme's templates may do: how often they go round, and how large what they make is.

All limits are far above what an email needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import wraps
from itertools import islice
from math import prod
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from jinja2.utils import pass_eval_context
from jinja2.visitor import NodeTransformer

_MOST_TURNS = 20_000
"""Turns of all loops of a template together, and includes; 50 items take about 2,000."""
_LARGEST = 100_000
"""The most characters of a text, or items of a list, and the highest number."""
_MOST_OUTPUT = 10_000_000
"""Characters of what a template writes; Gmail shows a hundredth of that."""
_AT_A_TIME = 100
"""Pieces of output that are counted at once; each has 100,000 characters at most."""
_MOST_WORK = 10_000_000
"""The sizes of all that a filter is given, multiplied: no filter makes more of it."""
_SIZED = (str, list, tuple, dict, range)

_ONE_TURN, _IN_TURNS, _JOINED, _CALLED = "one turn", "in turns", "joined up", "called with"
"""Names of filters that no template can write, since they have a space."""

_turns: ContextVar[Iterator[int]] = ContextVar("turns")


class CountedTemplate(jinja2.Template):
    """A template whose turns are counted."""

    def render(self, *args: Any, **named: Any) -> str:
        """Return the output.

        Raise SecurityError if the template loops more than an email needs.
        """
        _turns.set(iter(range(_MOST_TURNS)))
        return super().render(*args, **named)


def joined(output: Iterable[str]) -> str:
    """Return what a template, or a part of it, writes. Raise SecurityError if it is too long."""
    output = iter(output)
    written = []
    size = 0
    while pieces := list(islice(output, _AT_A_TIME)):
        written.append("".join(pieces))
        size += len(written[-1])
        if size > _MOST_OUTPUT:
            raise SecurityError(f"a template can write {_MOST_OUTPUT:,} characters at most")
    return "".join(written)


def with_counters(source: nodes.Template) -> nodes.Template:
    """Return a template in which what repeats or grows is counted, by the filters of COUNTING."""
    counted: nodes.Template = _Counters().visit(source)
    return counted


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


@jinja2.pass_context
def _one_turn(_: Context, value: Any) -> Any:
    """Return the value, and count one turn.

    It takes the context so that Jinja2 does not work it out while compiling.
    """
    if next(_turns.get(), None) is None:
        raise SecurityError(f"a template can take {_MOST_TURNS:,} turns of loops at most")
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
    require_room_for(text)
    return text


@jinja2.pass_context
def _called(_: Context, function: Any, /, *args: Any, **named: Any) -> Any:
    """Return what a function or method returns that is given numbers of reasonable size.

    Jinja2 would first look whether it takes the context, for longer than most functions run. None
    that a template can reach does; which these are, is_safe_attribute says.
    """
    require_small(args)
    require_small(named.values())
    return function(*args, **named)


COUNTING: dict[str, Callable[..., Any]] = {
    _ONE_TURN: _one_turn,
    _IN_TURNS: _in_turns,
    _JOINED: _joined,
    _CALLED: _called,
}
"""The filters that are written into each template."""


def bounded_range(*limits: int) -> range:
    """Return a range of numbers that is not too long."""
    numbers = range(*limits)
    require_room_for(numbers)
    return numbers


def bounded(unlimited: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter limited to the sizes that an email needs."""

    @wraps(unlimited)
    def limited(*args: Any, **named: Any) -> Any:
        arguments = (*args, *named.values())
        require_small(arguments)
        sizes = (len(value) for value in arguments if isinstance(value, _SIZED))
        if prod(max(size, 1) for size in sizes) > _MOST_WORK:
            raise SecurityError("a filter is given too much")
        return unlimited(*args, **named)

    return limited


def require_repeatable(left: Any, right: Any) -> None:
    """Raise SecurityError unless two values may be multiplied: a text may be repeated, but no list.

    Lists of lists of lists would soon be too large to write out.
    """
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, (list, tuple)):
            raise SecurityError("a template cannot multiply a list")
        if isinstance(repeated, str):
            _require_room(len(repeated) * times)


def require_room_for(value: Any) -> None:
    """Raise SecurityError for a text or list that is too large; other values have no size."""
    if isinstance(value, _SIZED):
        _require_room(len(value))


def _require_room(size: int) -> None:
    if size > _LARGEST:
        what = "a text or list of a template"
        raise SecurityError(f"{what} can hold {_LARGEST:,} characters or items at most")


def require_small(values: Iterable[Any]) -> None:
    """Raise SecurityError if there is a number among the values that is too high."""
    for value in values:
        is_number = isinstance(value, (int, float))
        if is_number and not abs(value) <= _LARGEST:  # not a number (nan) is not small
            raise SecurityError(f"a template can count to {_LARGEST:,} at most")
