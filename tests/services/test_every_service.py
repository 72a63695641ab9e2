"""What holds for every mailing service: its profile, its merge tags, its settings."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import get_args

import httpx
import pytest

from newsletter.cli.services import capability_table
from newsletter.email.building import draft
from newsletter.email.merge_tags import fill, own_values, token
from newsletter.errors import NotAuthorised, ServiceError, Unsupported
from newsletter.model import Email, File, MergeTagName, Publication
from newsletter.services import connect, names, profile_of, with_merge_tags
from newsletter.services.language import Delimiters
from newsletter.services.protocol import Capability, Service
from newsletter.services.settings import Settings
from newsletter.services.tagging import email_for, email_with_tags
from tests.services.every_fake import FAKES
from tests.services.fakes import Fake
from tests.services.scenes import with_every_tag

QUESTIONS: dict[str, Callable[[Service], object]] = {
    "account": lambda service: service.account(),
    "audiences": lambda service: service.audiences(),
    "find": lambda service: service.find("[newsletter:652:11fe0313]"),
    "kept files": lambda service: service.kept_files(["a.png"]),
}
EVERYTHING = Path(__file__).parents[1] / "golden" / "everything" / "issues" / "1268a"


@pytest.fixture(scope="module")
def email() -> Email:
    """An email with every merge tag in it."""
    return with_every_tag(draft(EVERYTHING))


def test_the_default_comes_first_and_the_others_by_alphabet() -> None:
    assert names()[0] == Publication.model_fields["service"].default == "folder"
    assert list(names()[1:]) == sorted(names()[1:])
    assert {"listmonk", "mailchimp", "smtp"} < set(names())


def test_services_that_fill_tags_are_all_but_the_folder_and_smtp() -> None:
    assert set(with_merge_tags()) == set(names()) - {"folder", "smtp"}


@pytest.mark.parametrize("service", with_merge_tags())
def test_it_can_unsubscribe_a_reader_and_show_the_web_version(service: str) -> None:
    tags = profile_of(service).merge_tags
    assert {"unsubscribe", "web-version"} <= tags.keys() <= set(get_args(MergeTagName))
    assert all(tags.values())


@pytest.mark.parametrize("service", ["", "nobody", "Mailchimp", "__init__", "..model"])
def test_an_unknown_service_is_refused(service: str) -> None:
    with pytest.raises(ServiceError, match="There is no mailing service of this name here"):
        profile_of(service)


def test_the_service_that_was_probably_meant_is_named() -> None:
    with pytest.raises(ServiceError, match=r"^listmonkey: .* Did you mean 'listmonk'\?$"):
        profile_of("listmonkey")


@pytest.mark.parametrize("service", with_merge_tags())
def test_its_tags_stand_in_the_email_as_the_service_wants_them(email: Email, service: str) -> None:
    profile = profile_of(service)
    filled = email_with_tags(email, profile)
    for neutral, part, tags in (
        (email.html, filled.html, profile.merge_tags),
        (email.text, filled.text, {**profile.merge_tags, **profile.text_tags}),
    ):
        for name, tag in tags.items():
            assert (tag in part) == (token(name) in neutral), name
        assert not {"\ufdd0", "\ufdd1"} & set(part)


@pytest.mark.parametrize("service", names())
def test_nothing_neutral_is_left_in_what_a_service_gets(repository: Path, service: str) -> None:
    written = email_for(draft(repository / "issues" / "652"), profile_of(service))
    assert not {"\ufdd0", "\ufdd1"} & set(
        written.html + written.text + written.subject + written.preheader
    )


def test_what_the_service_has_no_tag_for_is_the_publications_own_and_escaped(email: Email) -> None:
    address = own_values(email.issue)["address"]
    assert "&" in address
    profile = replace(profile_of("folder"), merge_tags={"unsubscribe": "{{ 'a' & <b> }}"})
    filled = email_for(email, profile)
    assert escape(address) in filled.html
    assert address not in filled.html
    assert address in filled.text
    assert "{{ 'a' & <b> }}" in filled.html
    assert email.issue.publication.unsubscribe not in filled.html


def test_what_the_service_has_no_tag_for_is_kept_from_its_language(email: Email) -> None:
    publication = email.issue.publication.model_copy(update={"postal_address": "1 {{ Lane"})
    email = email.model_copy(
        update={"issue": email.issue.model_copy(update={"publication": publication})}
    )
    profile = replace(
        profile_of("folder"),
        merge_tags={"unsubscribe": "{{ u }}"},
        language=Delimiters(("{{",)),
        can=profile_of("folder").can - {Capability.PLAIN_TEXT},
    )
    written = email_for(email, profile)
    assert "1 {{ Lane" not in written.html
    assert written.html.count("{{") == 1


@pytest.mark.parametrize("service", ["folder", "smtp"])
def test_a_service_without_any_tag_gets_the_publications_own_values(
    email: Email, service: str
) -> None:
    assert email_for(email, profile_of(service)) == fill(email, own_values(email.issue))


@pytest.mark.parametrize("service", names())
def test_what_is_not_set_is_named_before_anything_is_asked(service: str, tmp_path: Path) -> None:
    wanted = [setting.name for setting in profile_of(service).settings if setting.default is None]
    if not wanted:
        connect(service, Settings({}, tmp_path))
        return
    with pytest.raises(NotAuthorised) as refused:
        connect(service, Settings(dict.fromkeys(wanted, " "), tmp_path))
    assert all(name in str(refused.value) for name in wanted)


@pytest.mark.parametrize(
    "said", ["{}", "[]", "null", "7", '{"data": NaN, "total_items": 1e999}', '{"data": {}}', "{"]
)
@pytest.mark.parametrize("kind", FAKES)
@pytest.mark.parametrize("does", QUESTIONS)
def test_an_answer_that_says_nothing_is_never_taken_for_an_empty_account(
    does: str, kind: type[Fake], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.services.http.api.sleep", lambda _: None)
    answering = httpx.MockTransport(lambda _: httpx.Response(200, text=said))
    service = connect(kind.NAME, Settings(kind.ENVIRONMENT, tmp_path), answering)
    with pytest.raises(ServiceError):
        QUESTIONS[does](service)


@pytest.mark.parametrize("service", names())
def test_every_setting_is_named_like_an_environment_variable_and_explained(service: str) -> None:
    for setting in profile_of(service).settings:
        assert re.fullmatch("[A-Z]+(_[A-Z]+)+", setting.name)
        assert setting.meaning


@pytest.mark.parametrize("service", names())
def test_handing_over_and_scheduling_go_with_a_draft(service: str) -> None:
    can = profile_of(service).can
    if Capability.DRAFT in can:
        assert {Capability.UPDATE, Capability.READ_BACK} <= can
    else:
        assert not {Capability.UPDATE, Capability.READ_BACK, Capability.SCHEDULE} & can


@pytest.mark.parametrize("service", names())
def test_what_differs_in_text_alone_is_expected_otherwise(service: str) -> None:
    profile = profile_of(service)
    assert profile.expects_of_text.keys() <= profile.expects.keys()
    assert not profile.expects_of_text or Capability.TEXT_ALONE in profile.can


@pytest.mark.parametrize("service", names())
def test_whoever_keeps_pictures_says_of_which_types(service: str) -> None:
    profile = profile_of(service)
    assert (Capability.PICTURES in profile.can) == bool(profile.keeps)
    assert not profile.keeps or {"image/gif", "image/jpeg", "image/png"} <= profile.keeps


@pytest.mark.parametrize("service", ["folder", *(fake.NAME for fake in FAKES)])
def test_whoever_keeps_no_pictures_says_so(service: str, tmp_path: Path) -> None:
    if Capability.PICTURES in profile_of(service).can:
        return
    fake = {each.NAME: each.ENVIRONMENT for each in FAKES}
    keeping = connect(service, Settings(fake.get(service, {}), tmp_path))
    file = File(name="a.png", address="", media_type="image/png", content=b"", source="")
    for ask in (lambda: keeping.kept_files(["a.png"]), lambda: keeping.keep_file(file)):
        with pytest.raises(Unsupported, match="It keeps no pictures"):
            ask()


def test_the_readme_has_the_table_of_what_each_service_can_do(repository: Path) -> None:
    assert capability_table() in (repository / "README.md").read_text("utf-8")


def test_looking_at_the_profiles_loads_nothing_of_the_network() -> None:
    program = (
        "import sys; from newsletter.services import names, profile_of; [profile_of(name) for name in names()];"
        "print({'httpx', 'smtplib', 'ssl'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "set()", done.stderr
