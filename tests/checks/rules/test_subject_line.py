"""subject-line: what inboxes cut off, and what sets readers and filters against an email."""

from __future__ import annotations

import pytest

from tests.checks.newsroom import Newsroom


@pytest.mark.parametrize(
    "subject",
    [
        "x" * 78,
        "BioNews 700: cells that keep time",
        "HFEA: IVF, DNA, RNA & UK",
        "HFEA",
        "BRCA1, BRCA2 and NICE: what now?!",
        "CRISPR (47,XXX) – so what? And then!!",
        "Really? Yes! No? Yes!",
        "Regeneration: how cells do it",
        "Re:generate, a film about cells",
        "Forward: what comes next",
        "遺伝子の研究についての長い見出し",
        "כותרת ראשונה של ידיעה",
        "الجينات والخصوبة",
        "🧬🧬🧬",
        "Ćwiczenia: GENY i my",
    ],
)
def test_a_sound_subject(newsroom: Newsroom, subject: str) -> None:
    assert newsroom.issue(subject=subject).told("subject-line") == []


@pytest.mark.parametrize(
    "title", ["A long title of many words " * 10, "HFEA CRISPR", "FWD: an answer", "x" * 300]
)
def test_an_automatic_subject(newsroom: Newsroom, title: str) -> None:
    assert newsroom.item(title=title.strip()).told("subject-line") == []


def test_the_name_of_a_publication_may_begin_like_a_reply(newsroom: Newsroom) -> None:
    assert newsroom.publication(name="Re: Genes").told("subject-line") == []


def test_a_long_subject_is_reported_with_its_line(newsroom: Newsroom) -> None:
    newsroom.change(
        "issues/700/issue.yaml", "number: 700\n", f"number: 700\nsubject: {'gene ' * 16}\n"
    )
    newsroom.change("issues/700/issue.yaml", "gene \n", "gene\n")
    [told] = newsroom.told("subject-line")
    assert told[:2] == ("warning", "issues/700/issue.yaml:2")
    assert told.message.startswith("The subject has 79 characters, more than 78: 'gene gene")


@pytest.mark.parametrize(
    "subject", ["BREAKING NEWS", "BIONEWS 700: ЗАЧЕМ НУЖНЫ ГЕНЫ", "ÉTUDE: GÈNES, 1"]
)
def test_a_subject_all_in_capitals_is_reported(newsroom: Newsroom, subject: str) -> None:
    [told] = newsroom.issue(subject=subject).told("subject-line")
    assert told.message == f"The subject '{subject}' is all in capitals."


@pytest.mark.parametrize(
    ("end", "shown"),
    [("!!!", "!!!"), ("!!!!!", "!!!!!"), ("??", "??"), ("？？", "？？"), ("?? !!!", "??")],
)
def test_many_exclamation_or_question_marks_are_reported(
    newsroom: Newsroom, end: str, shown: str
) -> None:
    [finding] = newsroom.issue(subject=f"Cells keep time{end}").told("subject-line")
    assert finding.message == f"There is '{shown}' in the subject 'Cells keep time{end}'."


@pytest.mark.parametrize("start", ["Re:", "RE:", "re :", "Re[2]:", "Fwd:", "FW:", "AW:", "WG:"])
def test_a_reply_is_reported(newsroom: Newsroom, start: str) -> None:
    [finding] = newsroom.issue(subject=f"{start} cells keep time").told("subject-line")
    assert finding.message == (
        f"The subject begins with '{start}', but it is neither a reply nor forwarded: '{start} cells keep time'."
    )


def test_an_automatic_subject_can_be_reported_too(newsroom: Newsroom) -> None:
    newsroom.publication(
        name="A Newsletter With A Name That Is Far Longer Than Any Inbox Shows Of A Subject"
    )
    [told] = newsroom.told("subject-line")
    assert told.place == "issues/700/issue.yaml:1"


def test_each_fault_is_reported(newsroom: Newsroom) -> None:
    newsroom.issue(subject="RE: " + "CELLS KEEP TIME!!! " * 6)
    assert len(newsroom.told("subject-line")) == 4
