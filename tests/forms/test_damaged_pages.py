"""However a page is damaged, checking it ends in sentences with a file and a line, never in our own bug."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.adapters.templates import Form, faults_of, load_form, load_layout, page_face
from compliance.services.form_examples import example_of
from tests.forms.conftest import MINUTES, REGIME, SHIPPED

FACE = page_face(load_layout())
FORM = load_form(REGIME.id, MINUTES)
EXAMPLE = example_of(FORM)
PAGE = (SHIPPED / MINUTES / "document.html").read_text("utf-8")
SCRAPS = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{% if x %}",
    "{% endfor %}",
    "{% for a in b %}",
    "{% extends none %}",
    "|length",
    "|join",
    "|sum",
    "|first",
    "|format(1)",
    "|map('y')|list",
    "[0]",
    "(1, 2)",
    ".items()",
    "~",
    "%",
    "'",
    "none",
    "{{ range() }}",
    "{{ cycler() }}",
    "{{ super() }}",
    "é",
    "\x01",
)
CUTS = st.tuples(st.integers(0, len(PAGE)), st.sampled_from([0, 1, 5, 40]), st.sampled_from(SCRAPS))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(CUTS, min_size=1, max_size=3))
def test_a_damaged_page_is_told_with_its_place(tmp_path: Path, cuts: list[tuple[int, int, str]]) -> None:
    text = PAGE
    for at, length, scrap in cuts:
        text = text[:at] + scrap + text[at + length :]
    own = tmp_path / REGIME.id / MINUTES / "document.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text, encoding="utf-8")
    for fault in faults_of(Form(FORM.data, FORM.name, (tmp_path, *FORM.roots)), EXAMPLE, face=FACE):
        assert fault.file
        assert fault.row
        assert re.search(r"[à-ỹđ]", fault.message), fault.message


@pytest.mark.parametrize("scrap", SCRAPS)
def test_every_scrap_alone_is_survived(scrap: str, tmp_path: Path) -> None:
    own = tmp_path / REGIME.id / MINUTES / "document.html"
    own.parent.mkdir(parents=True)
    own.write_text(f"<p>\n{{{{ minutes {scrap} }}}}", encoding="utf-8")
    faults = faults_of(Form(FORM.data, FORM.name, (tmp_path, *FORM.roots)), EXAMPLE, face=FACE)
    assert all(one.file == str(own) and one.row for one in faults)
