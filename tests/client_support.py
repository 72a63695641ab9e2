"""The figures on which mail client supports what: ``make clients`` takes them from npm's ``caniemail`` again.

Only figures are taken, no texts. Look at the diff, and run the tests of client-support, before you commit it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from newsletter.markup.support.figures import FIGURES
from newsletter.model import Client

PACKAGE = Path(__file__).resolve().parent / "node_modules" / "caniemail"
PLATFORMS: dict[Client, tuple[str, str]] = {
    # ours: caniemail's family and platform
    "gmail-web": ("gmail", "desktop-webmail"),
    "gmail-ios": ("gmail", "ios"),
    "gmail-android": ("gmail", "android"),
    "apple-mail-macos": ("apple-mail", "macos"),
    "apple-mail-ios": ("apple-mail", "ios"),
    "outlook-windows": ("outlook", "windows"),
    "outlook-web": ("outlook", "outlook-com"),
    "outlook-macos": ("outlook", "macos"),
    "outlook-ios": ("outlook", "ios"),
    "outlook-android": ("outlook", "android"),
    "yahoo-web": ("yahoo", "desktop-webmail"),
    "yahoo-ios": ("yahoo", "ios"),
    "yahoo-android": ("yahoo", "android"),
    "samsung-email": ("samsung-email", "android"),
    "thunderbird": ("thunderbird", "macos"),
}


def made(package: Path = PACKAGE) -> str:
    """Return the text of figures.json: a column for each client, and a line for each feature."""
    found = json.loads((package / "data" / "caniemail.json").read_text("utf-8"))
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    clients = get_args(Client)
    columns = {
        feature["slug"]: "".join(figure(feature["stats"], *PLATFORMS[client]) for client in clients)
        for feature in found["data"]
    }
    written = {
        "source": f"caniemail.com by Rémi Parmentier, through npm's caniemail {version}",
        "licence": "MIT",
        "date": found["last_update_date"][:10],
        "clients": clients,
        "features": dict(sorted(columns.items())),
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def figure(stats: Mapping[str, Any], family: str, platform: str) -> str:
    """Return whether the latest version of a client supports a feature: y (yes), a (in part), n (no) or u (unknown)."""
    versions = stats.get(family, {}).get(platform, {})
    return versions[latest(list(versions))][0] if versions else "u"


def latest(versions: list[str]) -> str:
    """Return the latest of a client's versions, which are numbers (16.80) or dates (2019-02). If a client has changed
    from one to the other, as Outlook for macOS has, numbers and dates cannot be compared: take the last in the file.
    """
    numbers = {version: [int(part) for part in re.findall(r"\d+", version)] for version in versions}
    is_date = {number[0] > 2000 for number in numbers.values()}
    return (
        max(versions, key=lambda version: numbers[version]) if len(is_date) == 1 else versions[-1]
    )


if __name__ == "__main__":
    FIGURES.write_bytes(made(*map(Path, sys.argv[1:])).encode())
