"""Work on many issues, on all cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from newsletter.errors import NewsletterError

Task = TypeVar("Task")
Result = TypeVar("Result")
_FEW = 4
"""Tasks that are done sooner here than other processes are started."""
_AT_A_TIME = 4
"""Tasks that a process takes at once. After Ctrl-C it finishes these."""


def in_order(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """Yield ``work(task)`` for each task, in the order of the tasks.

    ``work`` is a function of a module, and what it takes and returns can be pickled. After Ctrl-C
    the processes finish what they have begun, so that no file is left half written.
    """
    gc.enable()  # thousands of issues need more memory than there is
    cores = _cores()
    if cores == 1 or len(tasks) <= _FEW:
        yield from map(work, tasks)
        return

    # What the first task imports and compiles, the processes that are forked afterwards have.
    yield work(tasks[0])
    processes = ProcessPoolExecutor(cores, _context(), initializer=_ignore_interrupts)
    try:
        with _interrupts_deferred():
            results = processes.map(work, islice(tasks, 1, None), chunksize=_AT_A_TIME)
        yield from results
    except BrokenProcessPool:
        message = "A process that worked on the issues was ended from outside."
        hint = "Run the command again; if it happens again, name a few issues at a time."
        raise NewsletterError.at(Path("newsletter"), None, message, hint) from None
    finally:
        processes.shutdown(cancel_futures=True)


def _cores() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes start: as copies of this one where that is safe, else anew."""
    is_safe = sys.platform == "linux"
    return multiprocessing.get_context("fork" if is_safe else "spawn")


def _ignore_interrupts() -> None:
    """Leave Ctrl-C, which a terminal sends to all processes, to the one that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Defer Ctrl-C while processes start: it is for this process, not for them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
