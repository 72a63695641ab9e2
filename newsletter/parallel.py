"""Work on many issues, on all cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from newsletter.errors import NewsletterError

Task = TypeVar("Task")
Result = TypeVar("Result")
_CAN_COPY = sys.platform == "linux"
_FEW = 4
"""Tasks that are done sooner here than other processes are started."""
_NEW_OBJECTS = 50_000
"""How many more objects there may be until those that are of no use are looked for: an issue makes
ten thousands that are let go without being looked for, and looking takes a tenth of the time."""
_AT_A_TIME = 4
"""Tasks that a process takes at once. After Ctrl-C it finishes these."""


def in_order(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """Yield ``work(task)`` for each task, in the order of the tasks.

    ``work`` is a function of a module, and what it takes and returns can be pickled. After Ctrl-C
    the processes finish what they have begun, so that no file is left half written.
    """
    if len(tasks) <= _FEW:
        yield from map(work, tasks)
        return

    gc.freeze()  # what was read before stays: the processes that are forked share it untouched
    gc.enable()  # thousands of issues need more memory than there is
    gc.set_threshold(_NEW_OBJECTS)
    cores = _cores()
    if cores == 1:
        yield from map(work, tasks)
        return

    # What the first task imports and compiles, the processes that are forked afterwards have.
    yield work(tasks[0])
    processes = ProcessPoolExecutor(
        cores, _context(), initializer=_depend_on, initargs=(os.getpid(),)
    )
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


def in_copies(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """Yield ``work(task)`` for each task, in their order, done by copies of this process.

    So ``work`` may be anything that this process has, and only what it takes and returns can be
    pickled. Where processes cannot be copied safely, this one does the work.
    """
    if not _CAN_COPY:
        yield from map(work, tasks)
        return

    global _inherited  # noqa: PLW0603 - a copy has what is global here
    _inherited = work
    try:
        yield from in_order(_do_inherited, tasks)
    finally:
        _inherited = None


_inherited: Callable[[Any], Any] | None = None
"""The work that copies of this process do."""


def _do_inherited(task: Any) -> Any:
    if _inherited is None:
        raise RuntimeError("this process is no copy")
    return _inherited(task)


def _cores() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes start: as copies of this one where that is safe, else anew."""
    return multiprocessing.get_context("fork" if _CAN_COPY else "spawn")


def _depend_on(parent: int) -> None:
    """Leave Ctrl-C, which a terminal sends to all processes, to the one that started this one, and
    end when that one is killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


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
