"""Templates and style sheets that can be read."""

import re
from pathlib import Path

from django.conf import settings

PROJECT = Path(settings.PROJECT)
MAX_LINE = 160
#: One declaration: a property, a value, an end.
DECLARATION = re.compile(r"(?:^|[{;\s])-{0,2}[a-z][\w-]*\s*:\s*[^;{}]+;")


def test_no_line_of_a_template_is_too_long() -> None:
    long = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in (PROJECT / "templates").rglob("*.*")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > MAX_LINE
    ]
    assert not long


def test_a_component_says_its_arguments_first() -> None:
    for path in (PROJECT / "templates/components").glob("*.html"):
        assert re.match(r"\{# (?:no arguments|[\w, ]+): .+ #\}\n", path.read_text()), path.name


def test_a_style_sheet_has_one_declaration_a_line() -> None:
    crowded = []
    for path in (PROJECT / "site/static/css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), path.read_text(), flags=re.DOTALL)
        text = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", text)
        for number, line in enumerate(text.splitlines(), start=1):
            if line.count("{") > 1 or len(DECLARATION.findall(line)) > 1:
                crowded.append(f"{path.name}:{number}")
    assert not crowded
