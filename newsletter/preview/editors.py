"""Links that open a file at a line in the editor's own program."""

from __future__ import annotations

import re
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
# fmt: off
SCHEMES = (
    "vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "zed",
    "pycharm", "idea", "webstorm", "phpstorm", "jetbrains",
    "txmt", "subl", "nova", "x-bbedit", "mvim", "nvim", "emacs", "org-protocol", "kate",
)
# fmt: on
"""Schemes that an editor's own address can start with: those of programs that edit text.

Others lead elsewhere (https:, file:) or run something (javascript:), and the browser itself opens
them.
"""
_ADDRESS = re.compile(rf"(?:{'|'.join(SCHEMES)}):[\x21-\x7e]*")


def is_editor(editor: str) -> bool:
    """Return whether ``editor`` is a name of EDITORS, or an address that can open a file.

    Such an address has one of SCHEMES, and a ``{path}``.
    """
    if editor in EDITORS:
        return True
    return "{path}" in editor and _ADDRESS.fullmatch(editor) is not None


def editor_link(editor: str, path: Path, line: int | None) -> str:
    """Return the address that opens ``path`` at ``line``.

    ``editor`` is a name of EDITORS, or an address.
    """
    address = EDITORS.get(editor, editor)
    absolute = path.absolute().as_posix().lstrip("/")  # 'C:/…' on Windows has none
    address = address.replace("{path}", quote(f"/{absolute}"))
    return address.replace("{line}", str(line or 1))
