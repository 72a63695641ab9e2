"""Files made to break a reader: whatever is in them, they are read or refused, soon and within little memory."""

from __future__ import annotations

import random
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.errors import ManifestError
from newsletter.manifest import read_issue
from newsletter.problem import Problem

START = "number: 652\ndate: 2012-04-16\nsections:\n  - kind: news\n    items:\n"
ISSUES = Path(__file__).resolve().parents[2] / "issues"
SOUND = (ISSUES / "652" / "issue.yaml").read_bytes()
MARKDOWN = (ISSUES / "596" / "never-let-me-go.md").read_bytes()
FRAGMENTS = (
    b'"', b"'", b"[", b"]", b"{", b"}", b": ", b":", b"- ", b"-", b"\n", b"  ", b"\t", b" #x", b"&a ", b"*a", b"!!x ",
    b"|\n", b">", b"? ", b"---\n", b"...\n", b"%", b"@", b"\xe2\x80\xa8", b"\xc2\x85", b"\xff", b"\0", b"\r", b"\\x",
    b"\xc2\xa0", b"\xef\xbc\x9a", b"\xe2\x80\x9c", b"&#10;", b"&amp;", b"{a, b: c}", b"a, b",
    b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n", b"\xe2\x80\x94-\n", b"----\n",
    b"picture: a.png\n", b"authors: A\n", b"url: https://a,b\n", b"B.md",
    b"<<", b"title:", b"kind:", b"file: a.md\n", b"-title:x", b"~", b"\xef\xbb\xbf", b"\xf0\x9f\x98\x80", b"[x](y)",
)  # fmt: skip


def repeated(text: str, size: int = 240_000) -> str:
    return text * (size // len(text))


BOMBS = {
    "brackets": "a: " + "[" * 100_000,
    "brackets from the first byte": "[" * 100_000,
    "braces": "{" * 100_000,
    "hyphens": "- " * 100_000,
    "question marks": "? " * 100_000,
    "mappings in mappings": "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
    "a billion laughs": "a: &a [x, x]\n"
    + "".join(
        f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]\n"
        for p, n in zip("abcdefghij", "bcdefghijk", strict=True)
    ),
    "anchors": START + repeated("      - title: &a x\n"),
    "aliases": START + repeated("      - title: *a\n"),
    "colons": START + repeated("      - title: a: b\n"),
    "quotes": START + repeated('      - title: "x\n'),
    "one quote after the other": '"' * 240_000,
    "tabs": START + repeated("\tx\n"),
    "control characters": START + repeated("\x07\n"),
    "spaces": START + " " * 240_000 + "x",
    "a long name": "a" * 240_000 + ": x",
    "a long text": f"date: {'1' * 240_000}",
    "unknown fields": START
    + "      - title: x\n"
    + "".join(f"        f{n}: x\n" for n in range(10_000)),
    "a hyphen far to the right": START + '      - title: "x"\n' + " " * 500 + "- y\n",
    "hyphens with many spaces": START + '      - title: "x"\n' + "-          " * 5_000 + "- y\n",
    "documents": repeated("---\n"),
    "names without a colon": START + "      - {" + "a, " * 80_000 + "}",
    "names far from their colon": START + "      - {" + "a\n\n\n\n, " * 30_000 + "}",
    "other spaces": START + repeated("-\u00a0", 150_000) + "x",
    "other colons": START + repeated("      - title：x\n", 200_000),
    "items without hyphens": START
    + "      - title: x\n        url: y\n"
    + repeated("        title: x\n        date: z\n"),
    "conflicts": START + repeated("<<<<<<< a\n"),
    "character references": START + "      - title: '" + repeated("&#38;&amp") + "&#10;x'",
    "sources of text": START
    + "      - title: x\n        sources:\n"
    + repeated("          - https://x\n"),
    "no space after hyphens": START + repeated("      -title: x\n"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_soon(newsletter_folder: Path, bomb: str) -> None:
    folder = newsletter_folder / "issues" / "652"
    (folder / "issue.yaml").write_text(BOMBS[bomb], encoding="utf-8")
    start = time.process_time()
    with pytest.raises(ManifestError) as refusal:
        read_issue(folder)
    assert time.process_time() - start < 20  # not a matter of speed: it ends
    assert max(len(str(problem)) for problem in refusal.value.problems) < 500


def test_the_reports_of_a_file_end_somewhere(newsletter_folder: Path) -> None:
    folder = newsletter_folder / "issues" / "652"
    for bomb in ("unknown fields", "tabs", "control characters"):
        (folder / "issue.yaml").write_text(BOMBS[bomb], encoding="utf-8")
        with pytest.raises(ManifestError) as refusal:
            read_issue(folder)
        assert 100 <= len(refusal.value.problems) <= 1001


def test_many_faults_after_much_text_are_refused_soon(newsletter_folder: Path) -> None:
    folder = newsletter_folder / "issues" / "652"
    sound = "".join(f"      - title: Title {n}\n" for n in range(8_000))
    (folder / "issue.yaml").write_text(
        START + sound + "      - title: a: b\n" * 200, encoding="utf-8"
    )
    start = time.process_time()
    with pytest.raises(ManifestError):
        read_issue(folder)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("bomb", ["brackets", "a billion laughs", "mappings in mappings"])
def test_a_bomb_takes_little_memory(newsletter_folder: Path, bomb: str) -> None:
    folder = newsletter_folder / "issues" / "652"
    (folder / "issue.yaml").write_text(BOMBS[bomb], encoding="utf-8")
    tracemalloc.start()
    with pytest.raises(ManifestError):
        read_issue(folder)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_deep_nesting_and_aliases_are_named_as_what_they_are(newsletter_folder: Path) -> None:
    folder = newsletter_folder / "issues" / "652"
    said = {}
    for bomb in ("brackets", "a billion laughs"):
        (folder / "issue.yaml").write_text(BOMBS[bomb], encoding="utf-8")
        with pytest.raises(ManifestError) as refusal:
            read_issue(folder)
        said[bomb] = {(problem.line, problem.message) for problem in refusal.value.problems}
    assert (1, "The fields are nested too deeply.") in said["brackets"]
    assert said["a billion laughs"] >= {
        (line, "Text that begins with & or * is an alias in YAML.") for line in range(1, 12)
    }


def mutated(raw: bytes, seed: int) -> bytes:
    """Return a copy with some of the mistakes that fingers and programs make."""
    choose = random.Random(seed)  # noqa: S311
    copy = bytearray(raw)
    for _ in range(choose.randint(1, 12)):
        place = choose.randint(0, len(copy))
        kind = choose.randint(0, 3)
        if kind == 0:
            copy[place:place] = choose.choice(FRAGMENTS)
        elif kind == 1:
            del copy[place : place + choose.randint(1, 20)]
        elif kind == 2:
            copy[place : place + 1] = bytes([choose.randint(0, 255)])
        else:
            other = choose.randint(0, len(copy))
            copy[place:place] = copy[other : other + choose.randint(1, 80)]
    return bytes(copy)


def check_that_only_manifest_errors_come(folder: Path, changed: str, raw: bytes) -> None:
    (folder / changed).write_bytes(raw)
    lines = len(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    refused: tuple[Problem, ...] | None = None
    try:
        read_issue(folder)
    except ManifestError as refusal:
        refused = refusal.problems
    assert refused != (), "refused without a word"
    for problem in refused or ():
        assert str(problem).isprintable(), (
            "a message of more lines, or one that steers the terminal"
        )
        assert problem.path.name != changed or problem.line is None or 1 <= problem.line <= lines


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    issues = tmp_path_factory.mktemp("issues")
    (issues / "652").mkdir()
    (issues / "publication.yaml").write_bytes((ISSUES / "publication.yaml").read_bytes())
    return issues / "652"


FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FUZZ
@given(st.integers(0, 2**32))
def test_an_issue_with_slips_is_read_or_refused(scratch: Path, seed: int) -> None:
    check_that_only_manifest_errors_come(scratch, "issue.yaml", mutated(SOUND, seed))


@FUZZ
@given(st.integers(0, 2**32))
def test_a_markdown_file_with_slips_is_read_or_refused(scratch: Path, seed: int) -> None:
    (scratch / "issue.yaml").write_text(
        START.replace("news", "reviews") + "      - file: a.md\n", encoding="utf-8"
    )
    check_that_only_manifest_errors_come(scratch, "a.md", mutated(MARKDOWN, seed))


@FUZZ
@given(
    st.binary(max_size=400)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(scratch: Path, raw: bytes) -> None:
    check_that_only_manifest_errors_come(scratch, "issue.yaml", raw)


@FUZZ
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(b"".join))
def test_any_characters_of_yaml_are_read_or_refused(scratch: Path, raw: bytes) -> None:
    check_that_only_manifest_errors_come(scratch, "issue.yaml", START.encode() + raw)
