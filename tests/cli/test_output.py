"""The one door for output: every encoding, every kind of stream, and nothing that goes past it."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import VERBS, main
from newsletter.cli.output import PIPE_CLOSED

ENCODINGS = ("cp1252", "cp437", "latin-1", "ascii", "utf-8")
TITLES = (
    "TNF-α and IL-1β in early embryos",
    "Łódź clinic opens its files",
    "A rainbow baby 🌈 and ½ a year",
)
DOCUMENTS = (
    ["check", "653", "--format", "json"],
    ["check", "653", "--format", "sarif"],
    ["schema"],
)
TEXTS = (
    *(
        ["build", "653"],
        ["build", "--all"],
        ["check", "653"],
        ["check", "653", "--timing"],
        ["proof", "653"],
    ),
    *(
        ["check", "653", "--format", "github"],
        ["explain"],
        ["explain", "--all"],
        ["explain", "unmatched-sign"],
    ),
    *(
        ["theme", "check"],
        ["services"],
        ["services", "--markdown"],
        ["approve", "653", "--by", "Zoë Łaska"],
    ),
    *(
        ["hand-over", "653", "--yes", "--by", "Zoë Łaska"],
        ["status", "653"],
        ["verify", "653"],
        ["schedule", "653"],
    ),
    *([], ["--version"], ["--help"], *([verb, "--help"] for verb in VERBS)),
    *(
        ["build", "654"],
        ["check", "Łódź"],
        ["explain", "α"],
        ["theme", "check", "α"],
        ["α"],
        ["build", "--α"],
    ),
)


@pytest.fixture
def newsletter(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter whose newest issue has titles that few encodings hold; the current folder."""
    monkeypatch.chdir(newsletter_folder)
    items = "".join(
        f"      - title: {title}\n        teaser: What {title} means…\n" for title in TITLES
    )
    issue = newsletter_folder / "issues" / "653"
    issue.mkdir()
    sections = f"sections:\n  - kind: news\n    items:\n{items}"
    (issue / "issue.yaml").write_text(
        f"number: 653\ndate: 2012-04-23\nsubject: {TITLES[1]}\n{sections}", "utf-8"
    )
    return newsletter_folder


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run(newsletter: Path, repository: Path) -> Run:
    """Run the command in a process of its own; keywords are of the environment."""

    def run(
        *arguments: str, redirected: str = "", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "newsletter", *arguments]
        if redirected:
            command = ["sh", "-c", f'"$@" {redirected}', "sh", *command]
        own = os.environ | {"PYTHONPATH": str(repository), "PYTHONWARNINGS": "error"} | environment
        return subprocess.run(command, cwd=newsletter, capture_output=True, env=own)

    return run


# click takes ASCII for a mistake of the system's, and writes UTF-8 there (click._compat).


def in_encoding(encoding: str, arguments: list[str]) -> Result:
    """What the command says where the terminal, or a file, has an encoding."""
    result = CliRunner(charset=encoding).invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), (
        arguments,
        result.exception,
    )
    return result


# --- encodings


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_verb_speaks_in_every_encoding(newsletter: Path, encoding: str) -> None:
    for arguments in TEXTS:
        result = in_encoding(encoding, arguments)
        said = result.stdout_bytes + result.stderr_bytes
        assert said, arguments
        assert b"Traceback" not in said


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_a_program_reads_is_the_same_in_every_encoding(
    newsletter: Path, encoding: str
) -> None:
    for arguments in DOCUMENTS:
        document = in_encoding(encoding, arguments).stdout_bytes
        assert document == in_encoding("utf-8", arguments).stdout_bytes
        assert json.loads(document.decode("utf-8"))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_annotation_is_in_utf_8_whatever_the_locale(newsletter: Path, encoding: str) -> None:
    (newsletter / "issues" / "653" / "issue.yaml").write_text(
        "number: 653\nAutorin: Zoë α\n", "utf-8"
    )
    assert "Autorin" in in_encoding(
        encoding, ["check", "653", "--format", "github"]
    ).stdout_bytes.decode("utf-8")


@pytest.mark.parametrize(
    ("encoding", "subject", "dash"),
    [
        ("utf-8", "Łódź clinic opens its files", "–"),
        ("cp1252", "Lódz clinic opens its files", "–"),
        ("cp437", "Lódz clinic opens its files", "-"),
    ],
)
def test_what_an_encoding_lacks_can_still_be_read(
    newsletter: Path, encoding: str, subject: str, dash: str
) -> None:
    said = in_encoding(encoding, ["build", "653"]).stdout_bytes.decode(encoding)
    assert f"Subject    {subject} (" in said
    assert f"Inbox      {subject} {dash} " in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TNF-α, IL-1β, ΔF508", "TNF-alpha, IL-1beta, DeltaF508"),
        ("“quoted” ‘so’ – and — on…", "\"quoted\" 'so' - and - on..."),
        ("½ → 2", "1/2 -> 2"),
        ("Æther, Øresund, ά", "Aether, Oresund, alpha"),
        ("日本 🌈", "?? ?"),
    ],
)
def test_each_character_that_ascii_lacks_becomes_the_nearest(text: str, said: str) -> None:
    CliRunner().invoke(main, ["--version"])  # the door is open
    assert text.encode("ascii", "legible").decode() == said


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
    ],
)
def test_a_process_of_its_own_says_the_same(run: Run, environment: dict[str, str]) -> None:
    build = run("build", "653", **environment)
    assert (build.returncode, build.stderr) == (0, b"")
    assert b"clinic opens its files (" in build.stdout
    sarif = run("check", "653", "--format", "sarif", **environment)
    assert sarif.returncode in (0, 1)
    assert json.loads(sarif.stdout)["version"] == "2.1.0"
    assert run("explain", "--all", **environment).returncode == 0


def test_a_name_of_a_file_that_is_no_unicode_is_shown_and_is_json(newsletter: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.yaml")
    for arguments in (["check", name], ["check", name, "--format", "json"], ["build", name]):
        result = in_encoding("utf-8", arguments)
        assert result.exit_code == 2
        assert result.output


# --- streams


def test_nobody_reads_on(run: Run) -> None:
    for arguments in (["explain"], ["explain", "--all"], ["schema"], ["services"]):
        ended = run(*arguments, redirected="| head -c 1 >/dev/null; exit 0")
        assert ended.stderr == b"", arguments
    assert run("explain", "--all", redirected="2>&1 >&-").stderr == b""
    code = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:], stdout=-1); p.stdout.close(); print(p.wait())"
    command = [sys.executable, "-c", code, sys.executable, "-m", "newsletter", "explain"]
    ended = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONUNBUFFERED": ""})
    assert (ended.stdout.decode(), ended.stderr) == (f"{PIPE_CLOSED}\n", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full disk")
@pytest.mark.parametrize(
    "arguments", [["explain"], ["schema"], ["check", "653"], ["--help"], ["build", "--help"]]
)
def test_a_full_disk_is_said_with_status_2(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments, redirected="> /dev/full")
    assert ended.returncode == 2
    assert ended.stderr.count(b"\n") == 1
    assert b"No space left on device" in ended.stderr
    assert run(*arguments, redirected="> /dev/full 2>&1").returncode == 2


def test_where_messages_cannot_be_written_the_status_still_tells(run: Run) -> None:
    assert run("build", "654", redirected="2>/dev/full").returncode == 2
    assert run("build", "653", redirected="2>/dev/full").returncode == 0
    assert run("build", "654", redirected="2>&-").returncode == 2
    assert run("build", "653", redirected=">&-").returncode == 0


@pytest.mark.parametrize("redirected", ["<&-", "</dev/null"])
def test_without_anybody_to_answer_nothing_is_done(
    run: Run, newsletter: Path, redirected: str
) -> None:
    ended = run("hand-over", "653", redirected=redirected)
    assert b"Nothing was done." in ended.stderr + ended.stdout
    assert b"Traceback" not in ended.stderr
    assert not (newsletter / "issues" / "653" / "handed-over").exists()


@pytest.mark.parametrize(
    "typed", [b"", b"\xff\n", b"\x1b\n", b"\0\n", "６５３\n".encode(), b"653 653\n", b"\n"]
)
def test_what_is_not_the_number_is_not_an_answer(newsletter: Path, typed: bytes) -> None:
    result = CliRunner().invoke(main, ["hand-over", "653"], input=typed)
    assert result.exit_code == 1
    assert "Nothing was done." in result.stderr
    assert "\x1b" not in result.stderr


def test_ctrl_c_at_the_question_does_nothing(newsletter: Path, repository: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "newsletter", "hand-over", "653"],
        env=os.environ | {"PYTHONPATH": str(repository)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a shell may have set another
    ) as process:
        assert process.stdout
        while not (line := process.stdout.readline()).startswith(b"  Does"):
            assert line
        assert process.stdout.read(4) == b"Type"
        time.sleep(
            0.5
        )  # the question is asked in one piece, but the answer is waited for a moment later
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors.split()) == (1, [b"Nothing", b"was", b"done."])
    assert not (newsletter / "issues" / "653" / "handed-over").exists()


# --- nothing goes past it

PRINTS = {
    *(
        "echo",
        "secho",
        "style",
        "prompt",
        "confirm",
        "progressbar",
        "echo_via_pager",
        "getchar",
        "pause",
        "clear",
    ),
    *(
        "stdout",
        "stderr",
        "stdin",
        "__stdout__",
        "__stderr__",
        "get_text_stream",
        "get_binary_stream",
    ),
}


def going_past(source: str) -> list[str]:
    """What in a module prints or asks by itself."""
    tree = ast.walk(ast.parse(source))
    found = [
        ast.unparse(node)
        for node in tree
        if isinstance(node, ast.Attribute) and node.attr in PRINTS
    ]
    called = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found += [
        name.id for name in called if isinstance(name, ast.Name) and name.id in ("print", "input")
    ]
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return found + [
        f"from {node.module}"
        for node in imports
        if (node.module or "") in ("click", "sys", "getpass")
    ]


@pytest.mark.parametrize(
    "verb", sorted(Path(sys.modules[main.__module__].__file__ or "").parent.glob("*.py"))
)
def test_no_verb_prints_or_asks_by_itself(verb: Path) -> None:
    assert verb.name == "output.py" or not going_past(verb.read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "print(1)",
        "click.echo(1)",
        "input()",
        "import sys; sys.stdout.write('')",
        "from click import echo",
    ],
)
def test_who_prints_by_itself_would_be_found(line: str) -> None:
    assert going_past(line)
