"""The W3C's own checker finds no error but those that Outlook's parts cause."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

VNU = (
    Path(__file__).resolve().parents[1] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
)
CAUSED_BY_OUTLOOK = [
    r"Attribute “xmlns:[vo]” not allowed here\.",  # the namespaces of VML and Office, on <html>
    r"CSS: “mso-table-[lr]space”: Property .* doesn't exist\.",  # MJML's reset of table gaps in Word's engine
    r"CSS: “mso-padding-alt”: Property .* doesn't exist\.",  # Word's engine knows no padding of a link in a button
    r"CSS: “mso-hide”: Property .* doesn't exist\.",  # Word's engine shows the preheader in spite of display:none
    r"Element “a” is missing required attribute “href”\.",  # it jumps to nothing but an empty anchor with a name
]


@pytest.mark.browser
def test_the_w3c_checker_finds_no_error_but_outlooks_own(
    emails: dict[str, Path], formats: dict[str, Path]
) -> None:
    if not (VNU.is_file() and shutil.which("java")):
        message = "the W3C checker is not installed: it needs Java, and 'npm ci' in tests/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    command: list[str | Path] = [
        "java",
        "-jar",
        VNU,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *emails.values(),
        *formats.values(),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(answer.stdout)["messages"]
    errors = {message["message"] for message in messages if message["type"] == "error"}
    assert errors, "the namespaces at least are always named: nothing was checked"
    assert [
        error
        for error in errors
        if not any(re.fullmatch(known, error) for known in CAUSED_BY_OUTLOOK)
    ] == []
