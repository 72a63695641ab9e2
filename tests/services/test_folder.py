"""The folder: files that are there whole or not at all, and what an editor sees of them."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.checks.report import Report
from newsletter.email.message import to_message
from newsletter.errors import Unavailable, Unsupported
from newsletter.handover import Destination, HandoverPlan, hand_over, outgoing_of
from newsletter.handover.differences import differences
from newsletter.model import Audience, Draft, Email, File, Format
from newsletter.services import connect, profile_of
from newsletter.services.adapters.folder import PROFILE, Folder
from newsletter.services.protocol import Capability, Outgoing, Status
from newsletter.services.settings import Settings
from tests.email.test_message import BODIES, HOSTILE, SUBJECTS, email_of
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import Wire
from tests.services.scenes import Newsletter, destination_of, newsletter_in

ID = "build/652/handed-over"
FILES = ["bionews-652.zip", "email.eml", "email.html", "email.txt"]


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """A newsletter whose issue was not handed over."""
    return newsletter_in(tmp_path_factory.mktemp("newsletter"))


@pytest.fixture
def fresh(newsletter: Newsletter) -> Newsletter:
    """The same, whatever was done before."""
    newsletter.forget()
    shutil.rmtree(newsletter.folder / "build", ignore_errors=True)
    return newsletter


def service_in(folder: Path) -> Folder:
    service = connect("folder", Settings({}, folder))
    assert isinstance(service, Folder)
    return service


def outgoing(email: Email) -> Outgoing:
    """An email on its way."""
    return Outgoing(email, "BioNews 652", "[x]", "")


def hand(
    newsletter: Newsletter,
    report: Report,
    tags: str = "folder",
    plans: list[HandoverPlan] | None = None,
) -> Draft:
    """Hand a version over, and note what the editor was asked."""
    service = service_in(newsletter.folder)
    destination = Destination("folder", PROFILE, service, service.account(), None, tags)
    confirm = (plans if plans is not None else []).append
    (draft,) = hand_over(report, [destination], by="a test", confirm=confirm)
    return draft


def content(newsletter: Newsletter) -> dict[str, bytes]:
    """The files that are there."""
    return {path.name: path.read_bytes() for path in sorted((newsletter.folder / ID).iterdir())}


# The files


def test_the_files_hold_the_email_and_the_zip_holds_the_files(tmp_path: Path) -> None:
    given_ = outgoing(email_of(subject="Ünï <b>", text="täxt\n", html="<p>häml\r\n</p>"))
    assert service_in(tmp_path).create(given_) == ID
    folder = tmp_path / ID
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert (folder / "email.html").read_bytes() == given_.html.encode()
    assert (folder / "email.txt").read_bytes() == given_.text.encode()
    assert (folder / "email.eml").read_bytes() == to_message(given_.email)
    with ZipFile(folder / "bionews-652.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["email.html", "email.txt", "email.eml"]
        for name in archive.namelist():
            assert archive.read(name) == (folder / name).read_bytes()
        archive.extractall(tmp_path / "elsewhere")
        assert {entry.date_time for entry in archive.infolist()} == {(2012, 4, 16, 17, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


FORMATS = (
    Format(name="teasers", shows="teasers"),
    Format(name="full", shows="full"),
    Format(name="text", shows="full", parts="text"),
)


def in_format(format: Format, **parts: str) -> Outgoing:
    """An email of an issue in three formats, on its way."""
    email = email_of(**parts)
    publication = email.issue.publication.model_copy(update={"formats": FORMATS})
    issue = email.issue.model_copy(update={"publication": publication})
    return outgoing(email.model_copy(update={"issue": issue, "format": format}))


def test_each_further_format_has_a_folder_of_its_own(tmp_path: Path) -> None:
    teasers, full, text = FORMATS
    service, folder = service_in(tmp_path), tmp_path / ID
    given_ = {
        service.create(each): each
        for each in (
            in_format(teasers),
            in_format(full, html="<p>all of it</p>\n", text="all of it\n"),
            in_format(text, html="", text="all of it\n"),
        )
    }
    assert list(given_) == [ID, f"{ID}/full", f"{ID}/text"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, "full", "text"])
    assert sorted(path.name for path in (folder / "full").iterdir()) == sorted(
        ["bionews-652-full.zip", *FILES[1:]]
    )
    for campaign, each in given_.items():
        held = service.read(campaign)
        assert held
        assert held.id == held.address == campaign
        assert differences(each, held, PROFILE) == ()
        assert PROFILE.is_campaign_id(campaign, "652")

    service.update(ID, in_format(teasers, html="<p>changed</p>\n"))
    assert (folder / "full" / "email.html").read_bytes() == b"<p>all of it</p>\n"


def test_a_text_alone_is_a_text_and_a_message(tmp_path: Path) -> None:
    service, folder = service_in(tmp_path), tmp_path / ID
    service.create(outgoing(email_of()))
    text_alone = outgoing(email_of(html=""))
    service.update(ID, text_alone)
    assert sorted(path.name for path in folder.iterdir()) == [
        *("bionews-652.zip", "email.eml", "email.txt")
    ]
    assert b"multipart" not in (folder / "email.eml").read_bytes()
    with ZipFile(folder / "bionews-652.zip") as archive:
        assert archive.namelist() == ["email.txt", "email.eml"]
    held = service.read(ID)
    assert held
    assert held.html == ""
    assert differences(text_alone, held, PROFILE) == ()
    assert differences(outgoing(email_of()), held, PROFILE) != ()


@pytest.mark.parametrize(
    ("campaign", "number", "is_one"),
    [
        (ID, "652", True),
        (f"{ID}/full", "652", True),
        (f"{ID}/full-text-2", "652", True),
        (f"{ID}/full", "653", False),
        (f"{ID}/full/", "652", False),
        (f"{ID}/../full", "652", False),
        (f"{ID}/full/full", "652", False),
        (f"{ID}/Full", "652", False),
        (f"{ID}/full\n", "652", False),
        (f"../{ID}", "652", False),
    ],
)
def test_only_the_folders_of_an_issue_are_its_ids(campaign: str, number: str, is_one: bool) -> None:
    assert PROFILE.is_campaign_id(campaign, number) == is_one


def test_the_same_email_gives_the_same_bytes_whenever_and_wherever_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_ = outgoing(email_of())
    service_in(tmp_path / "a").create(given_)
    monkeypatch.setattr("zipfile.sys.platform", "win32")
    monkeypatch.setattr("zipfile.time.time", lambda: 2_000_000_000)
    service_in(tmp_path / "b").create(given_)
    for name in FILES:
        assert (tmp_path / "a" / ID / name).read_bytes() == (
            tmp_path / "b" / ID / name
        ).read_bytes()


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(1967, 1, 2), 1980),
        (date(1980, 1, 1), 1980),
        (date(2107, 12, 31), 2107),
        (date(2200, 1, 1), 2107),
    ],
)
def test_a_day_that_a_zip_cannot_tell(tmp_path: Path, day: date, year: int) -> None:
    email = email_of()
    email = email.model_copy(update={"issue": email.issue.model_copy(update={"date": day})})
    service_in(tmp_path).create(outgoing(email))
    with ZipFile(tmp_path / ID / "bionews-652.zip") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {year}
        assert archive.testzip() is None


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("BioNews", "1268a", "bionews-1268a.zip"),
        ("Ünï/../News", "7", "uni-news-7.zip"),
        ("遺伝子", "7", "newsletter-7.zip"),
    ],
)
def test_the_zip_is_named_after_the_publication(
    tmp_path: Path, name: str, number: str, expected: str
) -> None:
    made = service_in(tmp_path).create(outgoing(email_of(name=name, number=number)))
    assert made == f"build/{number}/handed-over"
    assert [path.name for path in (tmp_path / made).glob("*.zip")] == [expected]


# Pictures


PICTURES = (
    File(
        name="lab-3f9a61c2.jpg",
        address="https://www.bionews.org.uk/pictures/652/lab-3f9a61c2.jpg",
        media_type="image/jpeg",
        content=b"\xff\xd8\xff a laboratory",
        source="images/lab.jpg",
    ),
    File(
        name="debate-0a1b2c3d.ics",
        address="https://www.bionews.org.uk/pictures/652/debate-0a1b2c3d.ics",
        media_type="text/calendar",
        content=b"BEGIN:VCALENDAR\r\n",
        source="",
    ),
)


def pictured() -> Outgoing:
    """An email with a picture and a calendar file."""
    return outgoing(email_of().model_copy(update={"files": PICTURES}))


def test_pictures_are_under_the_paths_that_they_have_on_the_web(tmp_path: Path) -> None:
    service_in(tmp_path).create(pictured())
    folder = tmp_path / ID
    with ZipFile(folder / "bionews-652.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    for file in PICTURES:
        path = file.address.removeprefix("https://www.bionews.org.uk/")
        assert (folder / path).read_bytes() == file.content
        assert (tmp_path / "unpacked" / path).read_bytes() == file.content


def test_pictures_are_read_back(tmp_path: Path) -> None:
    service, given_ = service_in(tmp_path), pictured()
    held = service.read(service.create(given_))
    assert held is not None
    assert held.files == given_.files
    assert differences(given_, held, PROFILE) == ()


def test_a_picture_that_somebody_has_changed_differs(tmp_path: Path) -> None:
    service, given_ = service_in(tmp_path), pictured()
    service.create(given_)
    picture = tmp_path / ID / "pictures/652/lab-3f9a61c2.jpg"
    picture.write_bytes(b"another")
    held = service.read(ID)
    assert held is not None
    (difference,) = differences(given_, held, PROFILE)
    assert difference.startswith("pictures: given 'lab-3f9a61c2.jpg (")
    service.update(ID, given_)
    assert picture.read_bytes() == PICTURES[0].content

    picture.unlink()
    assert service.read(ID) is None


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "pictures/secret", "pictures/652/a/b", "other.html"]
)
def test_a_zip_with_files_from_elsewhere_is_none_of_ours(tmp_path: Path, name: str) -> None:
    service = service_in(tmp_path)
    service.create(outgoing(email_of()))
    with ZipFile(tmp_path / ID / "bionews-652.zip", "a") as archive:
        archive.writestr(name, b"?")
    assert service.read(ID) is None


# Read back


@settings(max_examples=60, deadline=None)
@given(
    subject=st.one_of(st.sampled_from(HOSTILE).map(str.strip), SUBJECTS), text=BODIES, html=BODIES
)
def test_what_is_read_back_is_what_was_given(
    tmp_path_factory: pytest.TempPathFactory, subject: str, text: str, html: str
) -> None:
    given_ = outgoing(email_of(subject=subject, text=text, html=html))
    service = service_in(tmp_path_factory.getbasetemp())
    held = service.read(service.create(given_))
    assert held is not None
    assert (held.subject, held.text, held.html) == (subject, text, html)
    assert differences(given_, held, PROFILE) == ()


def test_a_draft_is_where_a_person_can_open_it(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    held = service.read(service.create(outgoing(email_of())))
    assert held is not None
    assert (held.id, held.status, held.audiences, held.scheduled) == (ID, Status.DRAFT, (), None)
    assert held.address == ID


@pytest.mark.parametrize("missing", FILES)
def test_a_draft_without_one_of_its_files_is_none(tmp_path: Path, missing: str) -> None:
    service = service_in(tmp_path)
    assert service.read(ID) is None
    service.create(outgoing(email_of()))
    (tmp_path / ID / missing).unlink()
    assert service.read(ID) is None


@pytest.mark.parametrize("name", FILES)
def test_what_never_ends_is_not_read(tmp_path: Path, name: str) -> None:
    service = service_in(tmp_path)
    service.create(outgoing(email_of()))
    (tmp_path / ID / name).unlink()
    os.mkfifo(tmp_path / ID / name)
    assert service.read(ID) is None
    (tmp_path / ID / name).unlink()
    (tmp_path / ID / name).symlink_to("/dev/zero")
    assert service.read(ID) is None


@pytest.mark.parametrize(
    "place", ["../elsewhere", "/etc", "build/652/../652/handed-over", "build/../x/handed-over", ""]
)
def test_a_place_elsewhere_is_none(tmp_path: Path, place: str) -> None:
    service = service_in(tmp_path / "newsletter")
    service.create(outgoing(email_of()))
    (tmp_path / "newsletter" / "x").mkdir()
    shutil.copytree(tmp_path / "newsletter" / ID, tmp_path / "elsewhere")
    shutil.copytree(tmp_path / "newsletter" / ID, tmp_path / "newsletter" / "x" / "handed-over")
    assert service.read(ID)
    assert service.read(place) is None


def damaged_zips(whole: bytes) -> Iterator[bytes]:
    """A zip with damage of many kinds: encrypted, of an unknown or another method, cut off, and at every few bytes."""
    yield from (whole[:cut] for cut in range(0, len(whole), 97))
    yield from (
        whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]
        for at in range(0, len(whole), 7)
        for flip in (1, 8)
    )
    central = whole.index(b"PK\1\2")
    for offset, value in ((8, 1), (10, 8), (10, 14), (10, 12), (10, 99), (28, 255)):
        yield whole[: central + offset] + bytes([value]) + whole[central + offset + 1 :]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in ("email.html", "email.txt", "email.eml"):
            archive.writestr(name, b" " * 10_000_000)
    yield packed.getvalue()


def test_a_damaged_zip_is_whole_or_not_and_never_an_error(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    service.create(outgoing(email_of()))
    zipped = tmp_path / ID / "bionews-652.zip"
    damaged = 0
    for spoilt in damaged_zips(zipped.read_bytes()):
        zipped.write_bytes(spoilt)
        damaged += service.read(ID) is None
    assert damaged > 100


@pytest.mark.parametrize("name", ["From", "Subject", "Reply-To"])
def test_headers_that_cannot_be_read_are_a_difference(tmp_path: Path, name: str) -> None:
    service, given_ = service_in(tmp_path), outgoing(email_of())
    service.create(given_)
    (tmp_path / ID / "email.eml").write_bytes(f"{name}: {'(' * 200_000}\r\n\r\n".encode())
    held = service.read(ID)
    assert held is not None
    assert differences(given_, held, PROFILE)


@pytest.mark.parametrize("name", ["email.html", "email.txt", "email.eml"])
@pytest.mark.parametrize("spoilt", [b"", b"\xff\xfe\0", b"Subject: other\r\n\r\n"])
def test_what_somebody_has_changed_differs(tmp_path: Path, name: str, spoilt: bytes) -> None:
    service, given_ = service_in(tmp_path), outgoing(email_of())
    service.create(given_)
    (tmp_path / ID / name).write_bytes(spoilt)
    held = service.read(ID)
    assert held is not None
    assert differences(given_, held, PROFILE)
    service.update(ID, given_)
    repaired = service.read(ID)
    assert repaired is not None
    assert differences(given_, repaired, PROFILE) == ()


# What goes wrong


def test_nothing_is_changed_where_not_all_can_be_written(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    service.create(outgoing(email_of(text="first\n")))
    (tmp_path / ID / "bionews-652.zip").unlink()
    (tmp_path / ID / "bionews-652.zip").mkdir()
    (tmp_path / ID / "bionews-652.zip" / "in the way").touch()
    with pytest.raises(Unavailable, match="Nothing was changed"):
        service.update(ID, outgoing(email_of(text="second\n")))
    assert (tmp_path / ID / "email.txt").read_text() == "first\n"
    assert sorted(path.name for path in (tmp_path / ID).iterdir()) == FILES


def _with_bytes(at: int, value: bytes) -> Callable[[bytes], bytes]:
    return lambda packed: packed[:at] + value + packed[at + len(value) :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda packed: b"",
    "cut off": lambda packed: packed[: len(packed) // 2],
    "a byte of a file": _with_bytes(45, b"\0"),
    "encrypted": lambda packed: _with_bytes(packed.index(b"PK\x01\x02") + 8, b"\x01\x00")(packed),
    "packed in an unknown way": lambda packed: _with_bytes(
        packed.index(b"PK\x01\x02") + 10, b"\x63\x00"
    )(packed),
    "said to be deflated": lambda packed: _with_bytes(
        packed.index(b"PK\x01\x02") + 10, b"\x08\x00"
    )(packed),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_zip_that_is_damaged_is_no_draft_and_is_made_anew(tmp_path: Path, damage: str) -> None:
    service, given_ = service_in(tmp_path), outgoing(email_of())
    service.create(given_)
    packed = tmp_path / ID / "bionews-652.zip"
    whole = packed.read_bytes()
    packed.write_bytes(DAMAGE[damage](whole))
    assert packed.read_bytes() != whole
    assert service.read(ID) is None
    service.update(ID, given_)
    assert packed.read_bytes() == whole


@pytest.mark.parametrize(
    "header", [b"From: " + b"(" * 200_000, b"To: " + b'"' * 10_000, b"X-A: b\n" * 50_000]
)
def test_a_message_that_is_made_to_hang_a_reader_is_read(tmp_path: Path, header: bytes) -> None:
    service, given_ = service_in(tmp_path), outgoing(email_of())
    service.create(given_)
    message = tmp_path / ID / "email.eml"
    message.write_bytes(header + b"\n" + message.read_bytes())
    held = service.read(ID)
    assert held is not None
    assert held.html == given_.html


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").touch()
    with pytest.raises(Unavailable, match="handed-over"):
        service_in(tmp_path).create(outgoing(email_of()))
    assert service_in(tmp_path).read(ID) is None


def test_what_it_cannot_do_is_unsupported(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    assert PROFILE.can.isdisjoint({Capability.AUDIENCES, Capability.TEST_SEND, Capability.SCHEDULE})
    actions: tuple[Callable[[], object], ...] = (
        service.audiences,
        lambda: service.send_test(outgoing(email_of()), ["editor@example.org"]),
        lambda: service.schedule(ID, datetime.now(UTC)),
        lambda: service.unschedule(ID),
    )
    for action in actions:
        with pytest.raises(Unsupported):
            action()
    assert not (tmp_path / "build").exists()


# Handing over


def test_an_issue_becomes_files_which_its_record_knows(fresh: Newsletter) -> None:
    plans: list[HandoverPlan] = []
    draft = hand(fresh, fresh.first, plans=plans)
    assert [plan.steps[0].does for plan in plans] == ["create"]
    assert (draft.state, draft.campaign, draft.audience, draft.differences) == (
        "done",
        ID,
        None,
        (),
    )
    files = content(fresh)
    assert sorted(files) == FILES
    publication = fresh.first.email.issue.publication
    for name in ("email.html", "email.txt"):
        assert hashlib.sha256(files[name]).hexdigest() == draft.files[name]
        assert files[name] == (fresh.record.folder / name).read_bytes()
        assert publication.unsubscribe.encode() in files[name]
    assert draft.subject == fresh.first.email.subject


def test_again_without_a_change_nothing_is_done(fresh: Newsletter) -> None:
    plans: list[HandoverPlan] = []
    first = hand(fresh, fresh.first, plans=plans)
    stamps = [path.stat().st_mtime_ns for path in sorted((fresh.folder / ID).iterdir())]
    assert hand(fresh, fresh.first, plans=plans) == first
    assert len(plans) == 1
    assert [path.stat().st_mtime_ns for path in sorted((fresh.folder / ID).iterdir())] == stamps


def test_again_after_a_change_the_files_are_replaced(fresh: Newsletter) -> None:
    plans: list[HandoverPlan] = []
    hand(fresh, fresh.first, plans=plans)
    before = content(fresh)
    hand(fresh, fresh.second, plans=plans)
    after = content(fresh)
    assert [plan.steps[0].does for plan in plans] == ["create", "update"]
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in FILES)
    with ZipFile(BytesIO(after["bionews-652.zip"])) as archive:
        assert archive.read("email.html") == after["email.html"]


def test_files_that_were_swept_away_are_made_again(fresh: Newsletter) -> None:
    plans: list[HandoverPlan] = []
    hand(fresh, fresh.first, plans=plans)
    before = content(fresh)
    shutil.rmtree(fresh.folder / "build")  # make clean
    hand(fresh, fresh.first, plans=plans)
    assert [plan.steps[0].does for plan in plans] == ["create", "create"]
    assert content(fresh) == before


def test_files_that_somebody_has_changed_are_told_and_replaced(fresh: Newsletter) -> None:
    plans: list[HandoverPlan] = []
    hand(fresh, fresh.first, plans=plans)
    before = content(fresh)
    (fresh.folder / ID / "email.txt").write_text("mine\n")
    hand(fresh, fresh.first, plans=plans)
    assert plans[-1].steps[0].does == "update"
    assert any("plain text" in overwrite for overwrite in plans[-1].steps[0].overwrites)
    assert content(fresh) == before


@pytest.mark.parametrize("spoilt", [b"rubbish", b""])
def test_a_zip_that_cannot_be_opened_is_made_again(fresh: Newsletter, spoilt: bytes) -> None:
    hand(fresh, fresh.first)
    before = content(fresh)
    (path,) = (fresh.folder / ID).glob("*.zip")
    path.write_bytes(spoilt)
    hand(fresh, fresh.first)
    assert content(fresh) == before


def test_the_files_have_the_merge_tags_of_the_service_that_they_are_for(fresh: Newsletter) -> None:
    mailchimp = profile_of("mailchimp")
    draft = hand(fresh, fresh.first, tags="mailchimp")
    files, expected = content(fresh), outgoing_of(fresh.first.galley, mailchimp, "")
    assert (draft.service, draft.tags) == ("folder", "mailchimp")
    assert files["email.html"] == expected.html.encode()
    assert files["email.txt"] == expected.text.encode()
    assert files["email.eml"] == to_message(expected.email)
    for name in ("email.html", "email.txt"):
        assert files[name].count(profile_of("mailchimp").merge_tags["unsubscribe"].encode()) == 1
    assert profile_of("folder").merge_tags == {}


def test_the_tags_of_another_service_are_a_change(fresh: Newsletter) -> None:
    plans: list[HandoverPlan] = []
    hand(fresh, fresh.first, tags="mailchimp", plans=plans)
    hand(fresh, fresh.first, plans=plans)
    assert [plan.steps[0].does for plan in plans] == ["create", "update"]
    assert b"*|UNSUB|*" not in content(fresh)["email.html"]


def test_files_broken_off_in_the_middle_are_made_whole_by_the_next_run(
    fresh: Newsletter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("newsletter.services.adapters.folder.write_atomically", broken)
        with pytest.raises(Unavailable, match="No space left"):
            hand(fresh, fresh.first)
    assert not (fresh.record.file).exists()
    assert hand(fresh, fresh.first).state == "done"
    assert sorted(content(fresh)) == FILES


def test_an_issue_that_was_put_into_files_can_still_go_to_a_service(fresh: Newsletter) -> None:
    hand(fresh, fresh.first)
    fake = FakeMailchimp()
    wire = Wire(fake)
    destination = destination_of(fake, wire, fresh.folder)
    assert destination.audience == Audience(fake.AUDIENCE, "Readers", 18204)
    (draft,) = hand_over(fresh.first, [destination], by="a test", confirm=lambda _: None)
    assert (draft.service, draft.state, len(fake.held())) == ("mailchimp", "done", 1)
    assert not any("handed-over" in call for call in wire.calls)
