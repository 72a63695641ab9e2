"""What a real Thunderbird shows of an issue, and whether its pictures have the size they should.

    make thunderbird ISSUE=652

takes screenshots, wide and narrow, light and dark. Then each picture is painted in a colour of its own and measured in the
window. It needs Debian's packages thunderbird, xvfb, xdotool and imagemagick, and half a minute for each screenshot.
"""

from __future__ import annotations

import base64
import colorsys
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from newsletter.email.building import draft
from newsletter.email.merge_tags import own_email
from newsletter.email.message import to_message
from newsletter.manifest import read_manuscript
from newsletter.model import Email, File
from newsletter.pictures.preparing import Pictures, prepare
from newsletter.pictures.shapes import Size

WIDTHS = {"wide": 900, "narrow": 400}
"""Pixels of a window."""
HEIGHT = 16_000
"""Pixels: so high that a whole email is seen at once."""
SECONDS = 60
"""How long Thunderbird may take to open a message, and to draw it."""
COLOURS_OF_A_MESSAGE = 200
"""More than an empty window has."""
ROUNDING = 1
"""Pixels by which a height may differ from what the width says."""
DISPLAY = ":77"
PREFERENCES = {
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "mail.inappnotifications.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.shell.checkDefaultClient": False,
    "mailnews.message_display.disable_remote_image": False,
    "mailnews.start_page.enabled": False,
    "toolkit.legacyUserProfileCustomizations.stylesheets": True,
}


def with_pictures_inside(email: Email, contents: dict[str, bytes]) -> Email:
    """Return the email with its pictures in it. ``contents`` are by the names of their files."""
    html = email.html
    for file in pictures_of(email):
        encoded = base64.b64encode(contents[file.name]).decode()
        html = html.replace(file.address, f"data:image/png;base64,{encoded}")
    return email.model_copy(update={"html": html})


def pictures_of(email: Email) -> list[File]:
    return [file for file in email.files if file.is_picture]


def colours(number: int) -> list[tuple[int, int, int]]:
    """Return colours that no two pictures share, and no theme has."""
    shares = (colorsys.hsv_to_rgb(place / number, 1, 1) for place in range(number))
    return [
        (round(254 * red), round(254 * green), round(254 * blue)) for red, green, blue in shares
    ]


def plain(size: tuple[int, int], colour: tuple[int, int, int]) -> bytes:
    """Return a picture of one colour."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


@contextmanager
def screen(width: int) -> Iterator[dict[str, str]]:
    """Start a screen that nobody sees. Return the environment of programs that are to use it."""
    size = f"{width}x{HEIGHT}x24"
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", size], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield {**os.environ, "DISPLAY": DISPLAY, "MOZ_ENABLE_WAYLAND": "0"}
    finally:
        server.terminate()
        server.wait()


def photograph(email: Email, width: int, *, dark: bool) -> Image.Image:
    """Return what Thunderbird's window of this width shows of an email."""
    with tempfile.TemporaryDirectory() as folder, screen(width) as environment:
        file = Path(folder, "message.eml")
        file.write_bytes(to_message(email))
        profile = Path(folder, "profile")
        profile.mkdir()
        (profile / "user.js").write_text(preferences(dark=dark))
        (profile / "chrome").mkdir()
        (profile / "chrome" / "userChrome.css").write_text("* { min-width: 0 !important }")
        command = ["thunderbird", "--no-remote", "--profile", str(profile), "-file", str(file)]
        program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            enlarge(window_of(email.subject, environment), width, environment)
            return drawn(environment)
        finally:
            program.terminate()
            program.wait()


def preferences(*, dark: bool) -> str:
    theme = "dark" if dark else "light"
    chosen = {
        **PREFERENCES,
        "extensions.activeThemeID": f'"thunderbird-compact-{theme}@mozilla.org"',
        "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
        "ui.systemUsesDarkTheme": int(dark),
    }
    lines = (f'user_pref("{name}", {str(value).lower()});' for name, value in chosen.items())
    return "\n".join(lines)


def window_of(subject: str, environment: dict[str, str]) -> str:
    """Return the window with the message, which opens beside the one with the folders."""
    for _ in waiting():
        found = asked(["xdotool", "search", "--onlyvisible", "--name", "."], environment)
        for window in found.decode().split():
            name = asked(["xdotool", "getwindowname", window], environment)
            if name.decode().startswith(subject[:20]):
                return window
    sys.exit("Thunderbird has not opened the message.")


def enlarge(window: str, width: int, environment: dict[str, str]) -> None:
    asked(["xdotool", "windowmove", window, "0", "0"], environment)
    asked(["xdotool", "windowsize", window, str(width), str(HEIGHT)], environment)
    asked(["xdotool", "windowraise", window], environment)


def drawn(environment: dict[str, str]) -> Image.Image:
    """Return what is on the screen some seconds after it is no longer empty."""
    was_empty = True
    for _ in waiting():
        picture = asked(["import", "-window", "root", "png:-"], environment)
        window = Image.open(BytesIO(picture)).convert("RGB")
        is_empty = window.getcolors(COLOURS_OF_A_MESSAGE) is not None
        if not (is_empty or was_empty):
            return window
        was_empty = is_empty
    sys.exit("Thunderbird has not drawn the message.")


def waiting() -> Iterator[None]:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(3)
        yield


def asked(command: list[str], environment: dict[str, str]) -> bytes:
    """Return what a command answers; nothing if it fails, as a search does that finds nothing."""
    return subprocess.run(command, env=environment, capture_output=True, check=False).stdout


def misshapen(email: Email, pictures: Pictures, width: int) -> Iterator[str]:
    """Yield what is wrong with a picture in a window of this width: its shape, or its size."""
    files = pictures_of(email)
    sizes = {file.name: Image.open(BytesIO(file.content)).size for file in files}
    painted = dict(zip(sizes, colours(len(sizes)), strict=True))
    contents = {name: plain(size, painted[name]) for name, size in sizes.items()}
    window = photograph(with_pictures_inside(email, contents), width, dark=False)

    for own in pictures.own:
        meant = own.made.shown
        seen = extent(window, painted[own.file.name])
        if seen is None:
            yield f"{own.file.name} is not shown"
            continue
        height = seen.width * meant.height / meant.width
        if seen.width > meant.width or abs(seen.height - height) > ROUNDING:
            yield f"{own.file.name} takes {seen.width} × {seen.height}, and not {meant.width} × {meant.height}"
        elif width == WIDTHS["wide"] and seen.width < meant.width:
            yield f"{own.file.name} is {seen.width} wide, and not {meant.width}"


def extent(window: Image.Image, colour: tuple[int, int, int]) -> Size | None:
    """Return the width and height of what has this colour; None if nothing has."""
    difference = ImageChops.difference(window, Image.new("RGB", window.size, colour))
    largest = reduce(ImageChops.lighter, difference.split())
    box = largest.point(lambda value: 255 * (value == 0)).getbbox()
    return Size(box[2] - box[0], box[3] - box[1]) if box else None


def main(issue: str, target: str) -> None:
    manuscript = read_manuscript(Path(issue))
    pictures = prepare(manuscript)
    email = own_email(draft(manuscript.folder))
    contents = {file.name: file.content for file in pictures_of(email)}
    whole = with_pictures_inside(email, contents)
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)

    faults = []
    for name, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            window = photograph(whole, width, dark=scheme == "dark")
            window.save(folder / f"{name}-{scheme}.png")
        faults += [f"{name}: {fault}" for fault in misshapen(email, pictures, width)]

    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(contents)} pictures have the size that they should.")


if __name__ == "__main__":
    main(*sys.argv[1:])
