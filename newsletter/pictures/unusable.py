"""Why a file cannot be shown as a picture."""

from __future__ import annotations


class Unusable(Exception):
    """A file is no picture, or not one that an email can show.

    ``message`` goes on from the file's name: ``is empty.``
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
