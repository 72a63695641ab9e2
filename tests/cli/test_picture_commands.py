"""What editors read about the pictures of an email: where they are brought, and whether they are served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from newsletter.email.building import draft
from newsletter.model import File
from tests.services.fake_brevo import FakeBrevo
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import WEB, Fake, Wire
from tests.services.scenes import put_pictures

Type = Callable[..., Result]


@pytest.fixture
def files(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[File, ...]]:
    """The two pictures of an issue, which are not served yet."""
    monkeypatch.chdir(newsletter_folder)
    monkeypatch.setattr("newsletter.handover.served._PAUSES", ())
    put_pictures(newsletter_folder / "issues" / "652")
    earlier = dict(WEB)
    WEB.clear()
    yield draft(newsletter_folder / "issues" / "652").files
    WEB.clear()
    WEB.update(earlier)


@pytest.fixture
def command(newsletter_folder: Path) -> Type:
    """Types a command."""

    def run(*arguments: str, fake: type[Fake] = FakeMailchimp) -> Result:
        wire = Wire(fake())
        return CliRunner().invoke(main, arguments, obj=wire, catch_exceptions=False)

    return run


def set_up(fake: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in fake.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def upload(files: tuple[File, ...]) -> None:
    WEB.update({file.address: file.content for file in files})


def test_the_folder_lists_what_is_to_be_uploaded_and_where_to(
    command: Type, files: tuple[File, ...]
) -> None:
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "  Files        2 pictures\n" in answer.output
    listed = "".join(f"    build/652/handed-over/pictures/652/{file.name}\n" for file in files)
    assert (
        f"  Upload these before the email goes out:\n{listed}"
        "  to https://www.bionews.org.uk/pictures/652/\n"
        "  Are they on the web?  newsletter check 652 --online\n"
    ) in answer.output
    for file in files:
        assert (Path("build/652/handed-over/pictures/652") / file.name).read_bytes() == file.content

    again = command("hand-over", "652", "--yes")
    assert "  Are its pictures on the web?  newsletter check 652 --online\n" in again.output


def test_status_says_which_pictures_are_served(command: Type, files: tuple[File, ...]) -> None:
    command("hand-over", "652", "--yes")
    upload(files[:1])
    answer = command("status", "652")
    assert f"  On the web   The picture '{files[1].address}' is not there" in answer.output
    assert "  To do        Upload the picture from build/652/pictures/" in answer.output
    assert files[0].address not in answer.output

    upload(files)
    answer = command("status", "652")
    assert "  On the web   2 pictures\n" in answer.output


def test_pictures_are_copied_to_where_they_are_served(
    command: Type, files: tuple[File, ...], newsletter_folder: Path
) -> None:
    site = newsletter_folder / "site"
    site.mkdir()
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + "\npictures_to: ../site\n", "utf-8")

    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 2
    assert "  Files        2 pictures\n" in answer.output
    assert "  Copies       what is missing in '../site'\n" in answer.output
    assert "Copied 2 pictures to '../site'.\n" in answer.stdout
    assert answer.stderr.startswith(
        "issues/652/handed-over: The email was not written: readers may not get every picture or"
        " calendar file. "
    )
    assert sorted(path.name for path in (site / "652").iterdir()) == sorted(
        file.name for file in files
    )
    assert (
        "Check that 'https://www.bionews.org.uk/pictures/' serves what is in '../site', and hand"
        " the issue over again.\n"
    ) in answer.stderr
    assert not (newsletter_folder / "build").exists()

    upload(files)
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Copied" not in answer.output
    assert "  On the web:  2 pictures" in answer.output

    (site / "652" / files[0].name).write_bytes(b"cut off")
    answer = command("hand-over", "652", "--yes")
    assert answer.output.startswith("Copied 1 picture to '../site'.\nNothing new to hand over: ")


def test_without_a_place_for_the_pictures_nobody_is_asked(
    command: Type, files: tuple[File, ...], newsletter_folder: Path
) -> None:
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + "\npictures_to: ../site\n", "utf-8")
    answer = command("hand-over", "652", "--yes")
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert "There is no folder '../site'." in answer.stderr


def test_a_test_says_which_pictures_were_copied(
    command: Type,
    files: tuple[File, ...],
    newsletter_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (newsletter_folder / "site").mkdir()
    publication = newsletter_folder / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + "\npictures_to: ../site\n", "utf-8")
    set_up(FakeBrevo, monkeypatch)
    arguments = ("test-send", "652", "--to", "editor@example.org", "--via", "brevo")
    answer = command(*arguments, fake=FakeBrevo)
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("Copied 2 pictures to '../site'.\n")


def test_a_test_through_a_service_shows_pictures_once_they_are_served(
    command: Type, files: tuple[File, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    once_served = "Its pictures appear once they are served; --via smtp sends them inside."
    for fake in (FakeBrevo, FakeMailchimp):
        set_up(fake, monkeypatch)
        sent = command(
            "test-send", "652", "--to", "editor@example.org", "--via", fake.NAME, fake=fake
        )
        assert sent.exit_code == 0, sent.output
        assert (once_served in sent.output) == (fake is FakeBrevo)


def test_the_editor_reads_what_is_uploaded_to_the_service(
    command: Type, files: tuple[File, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(FakeMailchimp, monkeypatch)
    arguments = ("hand-over", "652", "--to", "mailchimp", "--audience", FakeMailchimp.AUDIENCE)
    answer = command(*arguments, "--yes")
    assert answer.exit_code == 0, answer.output
    kilobytes = ceil(sum(len(file.content) for file in files) / 1000)
    assert f"  Uploads      2 pictures to Mailchimp ({kilobytes} KB)\n" in answer.output
