"""author-entry: entries that are more, or less, than one author."""

from __future__ import annotations

import time

import pytest

from newsletter.checks.rules import author_entry
from newsletter.model import Person
from tests.checks.newsroom import Newsroom


def told(newsroom: Newsroom, *authors: object) -> list[str]:
    newsroom.item(title="A title", teaser="Words.", authors=list(authors))
    return [finding.message for finding in newsroom.told("author-entry")]


@pytest.mark.parametrize(
    "name",
    [
        "Anna Author",
        "Dr Anna M. Author",
        "Professor Jan van der Berg",
        "Ludwig von Beispiel",
        "Carmen Ortega y Ejemplo",
        "Martin Author, Jr.",
        "Anna Author, MD",
        "Anna Author, MD, PhD, FRCOG",
        "Anna Author, BSc (Hons)",
        "Dame Anna Author, DBE",
        "Anna Author, FMedSci",
        "Anna Author, Ph.D.",
        "Anna Author, Baroness Author",
        "Anna Author (née Writer)",
        "Anna (Annie) Author",
        "Anna Author-Writer",
        "Ó Súilleabháin",
        "The Author's Name",
        "Author, Anna",
        "BioNews",
        "BioNews staff",
        "PhD student",
        "Our health correspondent",
        "Department of Health and Social Care",
        "Department for Business, Energy and Industrial Strategy",
        "Human Fertilisation and Embryology Authority",
        "Royal College of Obstetricians and Gynaecologists",
        "Food and Drug Administration",
        "National Institute for Health and Care Excellence",
        "Arts and Humanities Research Council",
        "Sexual Health and Reproductive Rights",
        "Royal Society, London",
        "Smith & Sons",
        "Smith and Sons Ltd",
        "Johnson & Johnson",
        "Advanced Cell Systems, Inc",
        "Old Dispensary Books Ltd, Leeds",
        "Anna Author, et al",
        "Leigh Day & Co",
        "Marks and Spencer",
        "Progress Educational Trust and Genetic Alliance UK",
        "Wellcome Trust Sanger Institute, Hinxton",
        "Genetic Alliance UK – policy team",
        "Byron Author",
        "张三和李四",
        "אנה כותבת",
        "von der Leyen",
        "Andy Andrews",
        "Alexander Anderson",
    ],
)
def test_one_person_or_one_organisation(newsroom: Newsroom, name: str) -> None:
    assert told(newsroom, name) == []


@pytest.mark.parametrize(
    "second",
    [
        "Sir Paul Nurse",
        "Professor Ben Beispiel",
        "HFEA",
        "Progress Educational Trust",
        {"name": "Ben Beispiel", "role": "PhD student"},
        {"name": "Editor", "role": "BioNews"},
        "Ruth Reader",
    ],
)
def test_a_second_author(newsroom: Newsroom, second: object) -> None:
    assert told(newsroom, "Anna Author", second) == []


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Anna Author and Ben Beispiel", 2),
        ("Anna Author & Ben Beispiel", 2),
        ("Anna Author; Ben Beispiel", 2),
        ("Author; Beispiel; Caso", 3),
        ("Anna Author, Ben Beispiel", 2),
        ("Anna Author, Ben Beispiel and Carla Caso", 3),
        ("Anna Author, PhD and Ben Beispiel, MD", 2),
        ("Dr Author and Professor Beispiel", 2),
        ("Anna Author / Ben Beispiel", 2),
        ("Anna Author with Ben Beispiel", 2),
        ("J. Author and B. van den Beispiel", 2),
    ],
)
def test_several_people_in_one_entry(newsroom: Newsroom, name: str, people: int) -> None:
    assert told(newsroom, name) == [f"There are {people} authors in one entry: '{name}'."]


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "et"), ("de", "und"), ("es", "y"), ("en", "and")]
)
def test_the_word_for_and_is_the_publications(newsroom: Newsroom, language: str, word: str) -> None:
    newsroom.publication(language=language)
    assert len(told(newsroom, f"Anna Author {word} Ben Beispiel")) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Anna Author, PhD student",
        "Anna Author, King's College London",
        "Anna Author - research fellow",
        "Anna Author – University of Leeds",
        "Anna Author (University of Leeds)",
        "Dr Anna Author, MD, consultant embryologist",
    ],
)
def test_a_name_followed_by_a_job(newsroom: Newsroom, name: str) -> None:
    assert told(newsroom, name) == [f"There is more than a name in '{name}'."]


@pytest.mark.parametrize(
    "entry",
    [
        "PhD student",
        "Research Fellow",
        "Lecturer in law",
        "MD",
        "Jr.",
        "OBE",
        "King's College London",
        "Director, PET",
    ],
)
def test_what_a_comma_in_a_list_makes_an_author(newsroom: Newsroom, entry: str) -> None:
    assert told(newsroom, "Anna Author", entry) == [
        f"'{entry}' is listed as a separate author, after 'Anna Author'."
    ]


@pytest.mark.parametrize("name", ["By Ruth", "by Anna Author", "By: Anna Author", "By BioNews"])
def test_a_byline_is_not_a_name(newsroom: Newsroom, name: str) -> None:
    assert told(newsroom, name) == [f"The author '{name}' begins with 'By'."]


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        (["By Ruth"], "Write 'Ruth': the email adds 'by'."),
        (["Anna Author and Ben Beispiel"], "Write one entry for each: [Anna Author, Ben Beispiel]"),
        (
            ["Anna Author, PhD student"],
            "Write 'name: Anna Author' and, on a line of its own, 'role: PhD student'.",
        ),
        (
            ["Anna Author", "PhD student"],
            "If it belongs to that name, write 'name: Anna Author' and below it 'role: PhD student'.",
        ),
        (
            ["Anna Author", "MD"],
            'If it belongs to that name, write both in quotes: "Anna Author, MD".',
        ),
    ],
)
def test_the_hint_says_what_to_write(newsroom: Newsroom, names: list[str], hint: str) -> None:
    galley = newsroom.item(title="A", teaser="Words.", authors=names).galley()
    assert [finding.problem.hint for finding in author_entry.check(galley)] == [hint]


def test_the_place_is_the_line_of_the_name(newsroom: Newsroom) -> None:
    newsroom.write(
        "issues/700/issue.yaml",
        "number: 700\ndate: 2030-01-07\nsections:\n  - kind: news\n    items:\n      - title: A story\n"
        "        authors:\n          - Anna Author\n          - name: By Ben Beispiel\n            role: Editor\n",
    )
    assert [finding[:2] for finding in newsroom.told("author-entry")] == [
        ("warning", "issues/700/issue.yaml:9")
    ]


@pytest.mark.parametrize("piece", ["A ", ", ", " and ", "Aa-", "(", "A."])
def test_a_very_long_name_is_read_quickly(piece: str) -> None:
    start = time.perf_counter()
    for times in (15, 60, 60_000):
        author_entry._fault(
            Person(name=f"Anna{piece * times}Author"), Person(name="Anna Author"), "and"
        )
    assert time.perf_counter() - start < 1
