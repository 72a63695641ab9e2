"""Pieces as authors send them: their fields, and their text in Markdown."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tests.benchmarks.archive.words import Vocabulary, name

PICTURED, CORRECTED = 0.1, 0.01
"""The share of pieces that have a picture, or a correction."""
WORDS = {"news": (250, 550), "comment": (600, 1_000), "review": (400, 800)}
"""The fewest and most words of a piece of each kind."""
WORKS = ("film", "book", "book", "tv", "radio", "theatre", "exhibition", "podcast")
ROLES = ("Reader in Law", "Senior Lecturer", "Clinical Scientist", "Trainee Embryologist")
PLACES = ("University of Ambleford", "Institute of Sampling", "St Osyth's Hospital")


class Written(NamedTuple):
    """A piece in its file, and the file of its picture, if it has one."""

    stem: str
    text: str
    picture: str
    """The name of the file, from the issue's folder; empty if there is none."""


class Writer:
    """Writes the pieces of one issue."""

    def __init__(self, vocabulary: Vocabulary, number: int, day: date) -> None:
        self.vocabulary, self.number, self.day = vocabulary, number, day
        self.chance = random.Random(number)  # noqa: S311 - the same words in every run
        self._position = 0

    def piece(self, kind: str) -> Written:
        """Return a piece that no other is like."""
        self._position += 1
        topics = self._topics()
        title = self._title(topics[0])
        stem = "-".join(title.lower().replace("'", "").split()[:6]) + f"-{self._position}"
        picture = f"images/{stem}.jpg" if self.chance.random() < PICTURED else ""

        fields = [f"title: {_quoted(title)}", f"date: {self._day_before()}"]
        fields += self._authors(kind)
        fields += self._fields_of(kind, topics[0])
        fields.append(f"topics: [{', '.join(topics)}]")
        if picture:
            fields += self._picture(picture, topics[0])
        if self.chance.random() < CORRECTED:
            fields += self._correction(topics[0])

        body = "\n\n".join(self._body(kind, topics[0]))
        lines = "\n".join(fields)
        return Written(stem, f"---\n{lines}\n---\n{body}\n", picture)

    def event(self) -> str:
        """Return an event as it is written in an issue.yaml."""
        topic = self._topics()[0]
        day = self.day + timedelta(days=self.chance.randint(3, 40))
        return (
            f"      - title: {_quoted(self._title(topic))}\n"
            f"        url: https://sample.test/events/{self.number}\n"
            "        place: Sample Hall, 2 Sample Street, Ambleford\n"
            f"        starts: {day} 18:30\n        ends: {day} 20:00\n"
            f"        teaser: {_quoted(self._sentence(topic))}\n"
        )

    # Words

    def _topics(self) -> list[str]:
        """Return one to three topics; the first are the favourites."""
        among = self.vocabulary.topics
        wanted = self.chance.randint(1, 3)
        places = [int(len(among) * self.chance.random() ** 2) for _ in range(wanted)]
        return list(dict.fromkeys(among[place] for place in places))

    def _sentence(self, topic: str, fewest: int = 8, most: int = 30) -> str:
        words = self.vocabulary.some(self.chance, self.chance.randint(fewest, most), topic)
        if len(words) > 12:
            words[len(words) // 2] += ","
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."

    def _title(self, topic: str) -> str:
        words = self._sentence(topic, 6, 11).replace(",", "").removesuffix(".")
        return f"{words} in {self.chance.choice(PLACES).split()[-1]}"

    def _day_before(self) -> date:
        return self.day - timedelta(days=self.chance.randint(0, 5))

    # Fields

    def _authors(self, kind: str) -> Iterator[str]:
        if kind == "news" and self.chance.random() < 0.2:
            return
        yield "authors:"
        for author in {name(self.chance): None for _ in range(1 + (self.chance.random() < 0.1))}:
            role = f"{self.chance.choice(ROLES)}, {self.chance.choice(PLACES)}"
            has_role = kind == "comment"
            yield f"  - {{name: {author}, role: {_quoted(role)}}}" if has_role else f"  - {author}"

    def _fields_of(self, kind: str, topic: str) -> Iterator[str]:
        if kind == "news":
            yield "sources:"
            for place in range(self.chance.randint(1, 3)):
                yield f"  - title: {_quoted(self._title(topic))}"
                yield "    publisher: The Ambleford Times"
                yield f"    date: {self._day_before()}"
                yield f"    url: https://sample.test/{self.number}/{self._position}/{place}"
        if kind == "review":
            work = self.chance.choice(WORKS)
            yield "work:"
            yield f"  kind: {work}"
            yield f"  title: {_quoted(self._title(topic))}"
            yield f"  credits: [Directed by {name(self.chance)}, Based on a book by {name(self.chance)}]"
            yield "  links:"
            yield "    - label: Book"
            yield "      links:"
            yield "        - {name: Shop One, url: https://one.test/book}"
            yield "        - {name: Shop Two, url: https://two.test/book}"

    def _picture(self, path: str, topic: str) -> Iterator[str]:
        yield "picture:"
        yield f"  src: {path}"
        yield f"  alt: {_quoted(self._title(topic))}"
        yield f"  credit: {name(self.chance)}"
        yield f"  caption: {_quoted(self._sentence(topic))}"
        yield "  licence: CC BY 4.0"

    def _correction(self, topic: str) -> Iterator[str]:
        yield "corrections:"
        yield f"  - date: {self.day + timedelta(days=self.chance.randint(1, 30))}"
        yield f"    text: {_quoted(self._sentence(topic))}"

    # Text

    def _body(self, kind: str, topic: str) -> Iterator[str]:
        """Yield the paragraphs: some with a link, a quotation, an emphasis or a reference."""
        left = self.chance.randint(*WORDS[kind])
        notes = 0
        while left > 0:
            sentences = [self._sentence(topic) for _ in range(self.chance.randint(2, 5))]
            left -= sum(len(sentence.split()) for sentence in sentences)
            turn = self.chance.random()
            if turn < 0.3:
                sentences[0] = self._with_link(sentences[0])
            elif turn < 0.45:
                sentences.append(f"'{self._sentence(topic)[:-1]},' said Dr {name(self.chance)}.")
            elif turn < 0.6:
                sentences[0] = _with_emphasis(sentences[0])
            elif turn < 0.7 and self.number > 1:
                sentences[-1] = f"{sentences[-1][:-1]} (see BioNews {self._earlier()})."
            elif turn < 0.8 and kind == "comment":
                notes += 1
                sentences[-1] += f"[^{notes}]"
            yield " ".join(sentences)

            if kind == "comment" and self.chance.random() < 0.15 and left > 100:
                yield f"## {self._title(topic)}"
            if self.chance.random() < 0.03:
                yield "\n".join(f"- {self._sentence(topic)}" for _ in range(3))
        for note in range(1, notes + 1):
            yield f"[^{note}]: {self._sentence(topic)} https://sample.test/note/{self.number}/{note}"

    def _with_link(self, sentence: str) -> str:
        first, second, *rest = sentence.split()
        address = f"https://sample.test/{self.chance.randrange(10_000)}"
        return " ".join((f"[{first} {second}]({address})", *rest))

    def _earlier(self) -> int:
        """Return the number of an issue before this one, rather of this year than of another."""
        return max(1, self.number - int(200 * self.chance.random() ** 2) - 1)


def _with_emphasis(sentence: str) -> str:
    first, second, third, *rest = sentence.split()
    return " ".join((first, f"*{second}*", f"**{third}**", *rest))


def _quoted(text: str) -> str:
    """Return a text as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)
