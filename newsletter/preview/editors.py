"""Links that open a file at a line in the editor's own program."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

EDITORS = {
    "vscode": "vscode://file{path}:{line}",
    "cursor": "cursor://file{path}:{line}",
    "vscodium": "vscodium://file{path}:{line}",
    "zed": "zed://file{path}:{line}",
    "pycharm": "pycharm://open?file={path}&line={line}",
    "textmate": "txmt://open?url=file://{path}&line={line}",
}
"""Programs by name, and the address that each has registered with the system."""


def editor_link(editor: str, path: Path, line: int | None) -> str:
    """The address that opens ``path`` at ``line``. ``editor`` is a name of EDITORS, or such an address itself."""
    absolute = quote("/" + path.absolute().as_posix().lstrip("/"))
    return EDITORS.get(editor, editor).replace("{path}", absolute).replace("{line}", str(line or 1))
