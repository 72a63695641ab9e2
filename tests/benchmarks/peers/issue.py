"""What every peer in Python does around its own renderer.

It reads issues from a JSON file, renders each, and writes it into a folder. It prints the
milliseconds of processor time of a render once the program is warm: the median of the second half.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def render_all(render: Callable[[dict[str, Any]], str]) -> None:
    """Render the issues of the file that is named first into the folder that is named next."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    times = []
    for issue in json.loads(source.read_text("utf-8")):
        start = time.process_time()
        html = render(issue)
        times.append(1000 * (time.process_time() - start))
        (folder / f"{issue['number']}.html").write_text(html, "utf-8")

    warm = sorted(times[len(times) // 2 :])
    print(warm[len(warm) // 2])
