"""From an issue's folder to its email, and to the files that are made from it: all steps in one
place.
"""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from newsletter.email.message import to_message
from newsletter.email.rendering import render
from newsletter.errors import NewsletterError
from newsletter.files import read_regular, write_atomically
from newsletter.manifest import IssueFolder, read_manuscript
from newsletter.model import Email, Issue
from newsletter.pictures.preparing import prepare
from newsletter.theme import Theme, compile_theme


def draft(folder: IssueFolder | Path) -> Email:
    """Return the email of the issue in ``folder``, in its leading format, its merge tags still
    neutral. Raises NewsletterError.
    """
    manuscript = read_manuscript(folder)
    theme = theme_of(manuscript.issue, manuscript.folder.project.templates)
    return render(manuscript.issue, theme, pictures=prepare(manuscript))


def theme_of(issue: Issue, templates: Path) -> Theme:
    """Return the theme of an issue from ``templates``, compiled for the issue's direction and
    language. Raises ThemeError.
    """
    publication = issue.publication
    return compile_theme(
        publication.theme,
        templates,
        direction=publication.direction,
        language=publication.language,
    )


PICTURES = "pictures"
"""The folder for the files that an email shows."""
_OWN_NAME = re.compile(r"[a-z0-9-]+-[0-9a-f]{8}\.(?:jpg|png|gif|ics)")
"""How the builder calls what it puts there."""
_FORMATS = ".formats"
"""The list of the formats that have a folder there, so that it can be removed with its format."""
_FORMAT = re.compile(r"[a-z][a-z0-9-]*")
_MOST_LISTED = 10_000
"""Bytes of that list."""
HTML_FILE = "email.html"
FILES: dict[str, Callable[[Email], bytes]] = {
    HTML_FILE: lambda email: email.html.encode(),
    "email.txt": lambda email: email.text.encode(),
    "email.eml": to_message,
}
"""The files of an email, by name, and how each is made from it. One of text alone has no HTML."""


def email_files(email: Email) -> dict[str, bytes]:
    """Return the content of each file of an email, by name, those in ``pictures/`` first."""
    return _shown_files(email) | _own_files(email)


def build_files(emails: Sequence[Email]) -> dict[str, bytes]:
    """Return the content of each file of an issue in all its formats, by name.

    Those of the leading format, whose email comes first, are the last. Others are in a folder with
    the name of their format: ``full/email.html``.
    """
    shown: dict[str, bytes] = {}
    own: dict[str, bytes] = {}
    for email in reversed(emails):
        shown |= _shown_files(email)
        for name, content in _own_files(email).items():
            path = PurePosixPath(email.further_format, name)
            own[str(path)] = content
    return shown | own


def _shown_files(email: Email) -> dict[str, bytes]:
    return {f"{PICTURES}/{file.name}": file.content for file in email.files}


def _own_files(email: Email) -> dict[str, bytes]:
    files = {name: content(email) for name, content in FILES.items()}
    if not email.html:
        del files[HTML_FILE]
    return files


def write_build(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a build as ``write_files`` does, in place of those of an earlier one that
    this one does not have: pictures, and emails in formats that are no longer.

    Files of other names, which somebody else put there, stay.
    """
    formats = {str(path.parent) for path in map(PurePosixPath, files)} - {".", PICTURES}
    with _faults_of_writing(target):
        earlier = _listed_formats(target)
        _list_formats(target, earlier | formats)  # first, so that no folder is forgotten
        former = [*_pictures_in(target), *_emails_in(target, earlier)]

    write_files(target, files, [name for name in former if name not in files])
    with _faults_of_writing(target):
        for folder in (PICTURES, *earlier):
            with contextlib.suppress(OSError):  # it is not empty, or not there
                (target / folder).rmdir()
        _list_formats(target, formats)


def write_files(target: Path, files: Mapping[str, bytes], former: Collection[str] = ()) -> None:
    """Write ``files`` into the folder ``target``, in place of ``former`` ones, all or none,
    whatever happens: it never has files of two builds. Raises NewsletterError if they cannot be
    written. Files that are there already stay untouched.
    """
    with _faults_of_writing(target):
        if not all(_holds(target / name, content) for name, content in files.items()):
            write_atomically(target, files, as_one=True, former=former)
        for name in former:
            (target / name).unlink(missing_ok=True)


@contextlib.contextmanager
def _faults_of_writing(target: Path) -> Iterator[None]:
    """Raise NewsletterError for a folder that cannot be written into."""
    try:
        yield
    except NotADirectoryError as error:
        message = "A file is where a folder must be."
        hint = "Nothing was changed. Move the file, or give it another name."
        in_the_way = next(filter(Path.is_file, Path(error.filename).parents), target)
        raise NewsletterError.at(in_the_way, None, message, hint) from error
    except OSError as error:
        message = f"The email cannot be written here ({error.strerror})."
        hint = "Nothing was changed. Check the disk and its permissions."
        raise NewsletterError.at(target, None, message, hint) from error


def _listed_formats(target: Path) -> set[str]:
    """Return the formats for which a build has made folders in ``target``."""
    try:
        listed = read_regular(target / _FORMATS, _MOST_LISTED).decode("ascii").split()
    except (OSError, UnicodeDecodeError):
        return set()
    return set(filter(_FORMAT.fullmatch, listed))


def _list_formats(target: Path, formats: Collection[str]) -> None:
    """Write the list of formats, which is not there if there are none."""
    if formats:
        lines = "".join(f"{name}\n" for name in sorted(formats))
        write_files(target, {_FORMATS: lines.encode()})
    else:
        (target / _FORMATS).unlink(missing_ok=True)


def _pictures_in(target: Path) -> Iterator[str]:
    """Yield the names of the pictures and calendar files that a build has written."""
    folder = target / PICTURES
    if folder.is_symlink() or not folder.is_dir():
        return

    for path in folder.iterdir():
        if _OWN_NAME.fullmatch(path.name):
            yield f"{PICTURES}/{path.name}"


def _emails_in(target: Path, formats: Collection[str]) -> Iterator[str]:
    """Yield the names of the emails that a build has written, in folders for ``formats`` too."""
    folders = [folder for folder in formats if not (target / folder).is_symlink()]
    for folder in ("", *folders):
        for name in FILES:
            path = PurePosixPath(folder, name)
            if (target / path).is_file():
                yield str(path)


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a file is there and holds just this. A link is not a file."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    is_alike = stat.S_ISREG(status.st_mode) and status.st_size == len(content)
    return is_alike and path.read_bytes() == content
