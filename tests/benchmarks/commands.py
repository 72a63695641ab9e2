"""Run commands in turns, and measure the processor time and the time on the clock of each."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Measured:
    """The milliseconds that each run took, and the megabytes of the largest."""

    processor: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    megabytes: float = 0


@dataclass(frozen=True)
class Command:
    """A command to measure: what is printed about it, its arguments, its folder and environment."""

    name: str
    arguments: Sequence[str]
    folder: Path = REPOSITORY
    environment: dict[str, str] = field(default_factory=dict)
    program: str = sys.executable

    def run(self, measured: Measured) -> None:
        """Run it once."""
        run_at_once([self], measured)

    def start(self, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start it."""
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY)} | self.environment
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as on an editor's computer
        return subprocess.Popen(
            [self.program, *self.arguments],
            cwd=self.folder,
            env=environment,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
        )


def run_at_once(commands: Sequence[Command], measured: Measured) -> None:
    """Run commands beside each other, and add what they took together."""
    start = time.perf_counter()
    processes = [command.start() for command in commands]
    processor = 0.0
    for process in processes:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        processor += 1000 * (used.ru_utime + used.ru_stime)
        measured.megabytes = max(measured.megabytes, used.ru_maxrss / 1024)

    measured.clock.append(1000 * (time.perf_counter() - start))
    measured.processor.append(processor)


def newsletter(name: str, *arguments: str, folder: Path = REPOSITORY, cache: Path) -> Command:
    """Return a command of ours, with a cache of its own."""
    environment = {"NEWSLETTER_CACHE": str(cache)}
    return Command(name, ("-m", "newsletter", *arguments), folder, environment)


def measure(commands: Sequence[Command], runs: int) -> dict[str, Measured]:
    """Run all commands in turns, once to warm up and then ``runs`` times."""
    results = {command.name: Measured() for command in commands}
    for command in commands:
        command.run(Measured())
    for _ in range(runs):
        for command in commands:
            command.run(results[command.name])
    return results


def print_table(results: Mapping[str, Measured], against: str) -> None:
    """Print the medians of all commands, and their ratio to the one named ``against``."""
    unit = statistics.median(results[against].processor)
    print(f"{'':<34}{'CPU':>9}{'clock':>10}{'CPU / ' + against:>24}")
    for name, measured in results.items():
        processor = statistics.median(measured.processor)
        clock = statistics.median(measured.clock)
        print(f"{name:<34}{processor:>6.0f} ms{clock:>7.0f} ms{processor / unit:>24.2f}")


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median of the processor milliseconds of ``runs`` calls."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)
