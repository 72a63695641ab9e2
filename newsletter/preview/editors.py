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
SCHEMES = (
    *("vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "zed", "pycharm", "idea", "webstorm", "phpstorm"),
    *("jetbrains", "txmt", "subl", "nova", "x-bbedit", "mvim", "nvim", "emacs", "org-protocol", "kate"),
)
"""What an address of one's own can begin with: programs that edit texts. A browser itself opens all others that lead
somewhere (https:, file:) or run something (javascript:).
"""
_ADDRESS = re.compile(rf"(?:{'|'.join(SCHEMES)}):[\x21-\x7e]*")


def is_editor(editor: str) -> bool:
    """Whether ``editor`` is a name of EDITORS, or an address that begins as one of SCHEMES does, with a ``{path}``."""
    return editor in EDITORS or (_ADDRESS.fullmatch(editor) is not None and "{path}" in editor)


def editor_link(editor: str, path: Path, line: int | None) -> str:
    """The address that opens ``path`` at ``line``. ``editor`` is a name of EDITORS, or such an address itself."""
    absolute = quote("/" + path.absolute().as_posix().lstrip("/"))
    return EDITORS.get(editor, editor).replace("{path}", absolute).replace("{line}", str(line or 1))
