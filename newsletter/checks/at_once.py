"""Look at many addresses at once, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from queue import Empty, SimpleQueue
from threading import Event
from typing import TypeVar

_Found = TypeVar("_Found")


def each_of(
    groups: list[list[str]],
    look: Callable[[str], _Found],
    at_once: int,
    limit: float,
    late: _Found,
) -> Generator[tuple[str, _Found]]:
    """Yield what ``look`` finds at each address, as it comes in; ``late`` for what is missing.

    ``at_once`` groups are looked at together, and one address of each at a time. After ``limit``
    seconds all that is missing is late. Whoever stops listening does not wait for the rest.
    """
    arrived = SimpleQueue[tuple[str, _Found]]()
    is_over = Event()
    pool = ThreadPoolExecutor(at_once)

    def look_at(group: list[str]) -> None:
        for address in group:
            if not is_over.is_set():
                arrived.put((address, look(address)))

    try:
        for group in groups:
            pool.submit(look_at, group)
        yield from _arriving(arrived, chain.from_iterable(groups), limit, late)
    finally:
        is_over.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _arriving(
    arrived: SimpleQueue[tuple[str, _Found]], addresses: Iterable[str], limit: float, late: _Found
) -> Iterator[tuple[str, _Found]]:
    """Yield what arrives within ``limit`` seconds; then the others, late."""
    deadline = time.monotonic() + limit
    missing = dict.fromkeys(addresses)
    with suppress(Empty):
        while missing:
            address, found = arrived.get(timeout=max(0.0, deadline - time.monotonic()))
            del missing[address]
            yield address, found

    for address in missing:
        yield address, late
