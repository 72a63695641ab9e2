"""What was written for a service can be shown again as its readers see it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsletter.services.go_templates import GoTemplates
from tests.strategies import TRAPS

TEXT = st.lists(
    st.sampled_from([*TRAPS, "`", "{{", "{{{", "\r", "@TrackLink", '{{ Safe "\\x60" }}'])
).map("".join)


@given(TEXT)
def test_strings_of_go_templates_are_read_as_what_they_stand_for(text: str) -> None:
    language = GoTemplates()
    assert language.as_read(language.escape_html(text, {})) == text
    if "{{" in text:
        assert language.as_read(language.escape_text(text, {})) == text
