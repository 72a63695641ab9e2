"""A stranger's theme cannot run code, read files, or fill the memory, in the HTML or in the plain text."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from jinja2.exceptions import SecurityError

from newsletter.cli import main
from newsletter.email.rendering import render
from newsletter.errors import ThemeError
from newsletter.manifest import read_issue
from newsletter.model import Email
from newsletter.theme import compile_theme
from newsletter.theme.sandbox import Sandbox

CANARY = "KEY=canary-4711"
HTML, TEXT = "parts/footer.html.j2", "email.txt.j2"
HTML_PLACE, TEXT_PLACE = '<p class="imprint">', "{{ words.archive | wrap }}"

OUT = {
    "a function's globals": '{{ anchor.__globals__["__builtins__"]["open"]("touched", "w") }}',
    "the globals of a method of Jinja2": '{{ cycler.__init__.__globals__.os.system("touch touched") }}',
    "the globals of joiner": '{{ joiner.__init__.__globals__.os.system("touch touched") }}',
    "the globals of namespace": '{{ namespace.__init__.__globals__.os.system("touch touched") }}',
    "lipsum, which themes do not have": '{{ lipsum.__globals__.os.system("touch touched") }}',
    "all subclasses": "{{ ().__class__.__base__.__subclasses__() }}",
    "all subclasses by mro": '{{ "".__class__.__mro__[1].__subclasses__() }}',
    "mro as a method": "{{ dict.mro() }}",
    "subscripts for dots": '{{ ""["__class__"]["__mro__"] }}',
    "a name put together": '{{ ""["__cla" ~ "ss__"]["__mro__"] }}',
    "a name inverted": '{{ ""["__ssalc__" | reverse]["__mro__"] }}',
    "escapes in a name": '{{ ""["\\x5f\\x5fclass\\x5f\\x5f"]["__mro__"] }}',
    "the filter attr": '{{ "" | attr("__class__") }}',
    "map to an attribute": '{{ [""] | map(attribute="__class__") | join }}',
    "map to the filter attr": '{{ [""] | map("attr", "__class__") | list }}',
    "sort by a way out": '{{ ["b", "a"] | sort(attribute="__class__.__mro__") }}',
    "groups by a class": '{{ ["b", "a"] | groupby("__class__") }}',
    "sum of attributes": '{{ [""] | sum(attribute="__class__", start=0) }}',
    "select by an attribute": '{{ [""] | selectattr("__class__.__mro__") | list }}',
    "unique by an attribute": '{{ ["a", "b"] | unique(attribute="__class__.__mro__") | list }}',
    "format that looks into objects": '{{ "{0.__class__.__mro__}".format(issue) }}',
    "format of a mapping": '{{ "{a.__class__}".format_map({"a": issue}) }}',
    "format found by a subscript": '{{ ""["format"](1) }}',
    "the filter format": '{{ "%s" | format(issue.__init__) }}',
    "self": "{{ self.__init__.__globals__ }}",
    "self's context": "{{ self._TemplateReference__context.environment }}",
    "the loop's context": "{% for a in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "the loop's own parts": "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "a generator's frame": "{{ issue.items.gi_frame.f_builtins }}",
    "a method's function": "{{ issue.model_dump.__func__.__globals__ }}",
    "an undefined value": "{{ nothing.__init__.__globals__ }}",
    "pydantic reads a file": '{{ issue.parse_file("secret") }}',
    "pydantic loads a pickle": "{{ issue.parse_raw(\"cos\\nsystem\\n(S'touch touched'\\ntR.\", allow_pickle=True) }}",
    "pydantic makes a copy": '{{ issue.model_copy(update={"number": "1"}) }}',
    "pydantic makes another": "{{ issue.model_construct() }}",
    "pydantic's validator": '{{ issue.model_validate_json("{}") }}',
    "the model's configuration": "{{ issue.model_config }}",
    "a zone that reads files": '{{ issue.published.tzinfo.from_file("secret") }}',
    "a list that is changed": "{{ [1].append(2) }}",
    "words that are changed": '{{ words.update({"by": "evil"}) }}',
    "a picture's tuple": "{{ picture(issue.sections[0].items[0])._replace.__func__ }}",
    "a macro": "{% macro a() %}{% endmacro %}{{ a.__globals__ }}",
    "an import": '{% import "parts/item.txt.j2" as a %}',
}
BOMBS = {
    "a text times a number": '{{ "x" * 10000000000 }}',
    "a number times a text": '{{ 10000000000 * "x" }}',
    "a list times a number": "{{ [[0] * 100000] * 100000 }}",
    "a power": "{{ 10 ** 10 ** 10 }}",
    "a range": "{% for a in range(1000000000) %}{% endfor %}",
    "loops in loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "a loop in a text": "{% set a %}{% for b in range(50000) %}x{% endfor %}{% endset %}",
    "much output": '{% set a = "x" * 99999 %}{% for b in range(19999) %}{{ a }}{% endfor %}',
    "a doubled text": '{% set n = namespace(a="x") %}{% for b in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}',
    "a text and itself": '{% set n = namespace(a="x") %}{% for b in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}',
    "the filter center": '{{ "x" | center(10000000000) }}',
    "the method ljust": '{{ "x".ljust(10000000000) }}',
    "the filter indent": '{{ "x" | indent(10000000000, true) }}',
    "a batch that is filled": '{{ [1] | batch(10000000000, "x") | list }}',
    "slices": "{{ [1] | slice(10000000000) | list }}",
    "a width in a format": '{{ "%10000000000d" % 1 }}',
    "a replacement of nothing": '{% set a = "x" * 99999 %}{{ a | replace("", a) }}',
    "a loop that calls itself": "{% for a in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
    "a bracket in brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
}
FILES = {
    "above the theme": '{% include "../../secret" %}',
    "absolute": '{% include "/etc/passwd" %}',
    "by a detour": '{% include "parts/../../../secret" %}',
    "a link to a file": '{% include "parts/link.txt" %}',
    "in a folder that is a link": '{% include "elsewhere/secret" %}',
    "a hidden file": '{% include ".env" %}',
    "a pipe": '{% include "parts/pipe" %}',
    "a device": '{% include "parts/device" %}',
    "a folder": '{% include "parts" %}',
    "a name too long": '{% include "' + "x" * 5000 + '" %}',
}
HARMLESS = {
    "a way out that is never looked at": "{% if false %}{{ cycler.run }}{% endif %}",
    "a default for a way out": '{{ "".__class__ | default("x") }}',
    "whether there is a way out": '{% if "".__class__ is defined %}{{ 1 / 0 }}{% endif %}',
    "a field of the model": "{{ issue.published.year }} {{ publication.sender }}",
    "methods of texts": '{{ publication.name.upper().split(" ")[0] }}',
    "dates": '{{ issue.date.isoformat() }} {{ issue.date.strftime("%Y") }}',
    "rows of two": "{% for row in issue.sections | batch(2) %}{{ row | map(attribute='kind') | join }}{% endfor %}",
    "counting": "{% set n = namespace(a=0) %}{% for b in [1, 2] %}{% set n.a = n.a + b * 2 %}{% endfor %}{{ n.a }}",
    "every other": '{% set c = cycler("a", "b") %}{{ c.next() }}{{ c.next() }}{% set j = joiner() %}{{ j() }}',
    "a line of dashes": '{{ "-" * publication.text_width }}',
    "words in a loop": "{% for kind, heading in words.sections.items() %}{{ kind ~ heading }}{% endfor %}",
}


@pytest.fixture
def evil(newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a theme that a test makes dangerous; nearby there is a secret, and links to it."""
    monkeypatch.chdir(newsletter_folder)
    (newsletter_folder / "secret").write_text(CANARY, "utf-8")
    theme = newsletter_folder / "templates" / "evil"
    (newsletter_folder / "templates" / "bionews").rename(theme)
    (theme / ".env").write_text(CANARY, "utf-8")
    (theme / "parts" / "link.txt").symlink_to(newsletter_folder / "secret")
    (theme / "elsewhere").symlink_to(newsletter_folder)
    (theme / "parts" / "device").symlink_to("/dev/zero")
    os.mkfifo(theme / "parts" / "pipe")
    return theme


def plant(evil: Path, file: str, tag: str) -> None:
    """Write a tag into a template of the theme."""
    place = HTML_PLACE if file == HTML else TEXT_PLACE
    source = (evil / file).read_text("utf-8")
    assert place in source
    (evil / file).write_text(source.replace(place, f"{tag}\n{place}", 1), "utf-8")


def rendered(evil: Path) -> Email:
    newsletter = evil.parents[1]
    return render(read_issue(newsletter / "issues" / "652"), compile_theme("evil", evil.parent))


def require_nothing_happened(newsletter: Path, email: Email | None) -> None:
    assert not (newsletter / "touched").exists()
    if email:
        assert CANARY not in email.html + email.text
        assert "root:" not in email.html + email.text


@pytest.mark.parametrize("file", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize("way", [*OUT, *FILES])
def test_there_is_no_way_out(evil: Path, file: str, way: str) -> None:
    plant(evil, file, (OUT | FILES)[way])
    with pytest.raises(ThemeError) as refused:
        rendered(evil)
    require_nothing_happened(evil.parents[1], None)
    assert ".." not in str(refused.value).replace("../", "")
    (problem,) = refused.value.problems
    assert CANARY not in str(problem)
    assert problem.path == evil / file
    assert problem.line is not None


@pytest.mark.parametrize("file", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_what_would_fill_the_memory_is_refused(evil: Path, file: str, bomb: str) -> None:
    plant(evil, file, BOMBS[bomb])
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ThemeError):
        rendered(evil)
    assert time.process_time() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


@pytest.mark.parametrize("file", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize("tag", HARMLESS)
def test_what_does_no_harm_is_allowed(evil: Path, file: str, tag: str) -> None:
    plant(evil, file, HARMLESS[tag])
    require_nothing_happened(evil.parents[1], rendered(evil))


@pytest.mark.parametrize("file", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize(
    "way",
    [
        "a function's globals",
        "a name put together",
        "pydantic reads a file",
        "above the theme",
        "a link to a file",
    ],
)
def test_a_theme_with_a_way_out_is_not_called_sound(evil: Path, file: str, way: str) -> None:
    plant(evil, file, (OUT | FILES)[way])
    result = CliRunner().invoke(main, ["theme", "check", "evil"])
    assert result.exit_code == 2
    assert "sound" not in result.output
    assert f"{Path('templates/evil') / file}:" in result.output
    require_nothing_happened(evil.parents[1], None)


def test_what_one_type_may_have_another_may_not_and_no_second_asking_helps(evil: Path) -> None:
    sandbox = Sandbox()
    issue = read_issue(evil.parents[1] / "issues" / "652")
    copies = sandbox.from_string("{{ data.copy() }}{{ thing.copy }}")
    for _ in range(2):
        assert sandbox.from_string("{{ data.copy() }}").render(data={}) == "{}"
        with pytest.raises(SecurityError):
            copies.render(data={}, thing=issue)


def test_the_sandbox_remembers_a_limited_number_of_attributes() -> None:
    sandbox = Sandbox()
    for number in range(2_000):
        assert not sandbox.is_safe_attribute("", f"_{number}", None)
    assert len(sandbox._safe_attributes) <= 1_000
