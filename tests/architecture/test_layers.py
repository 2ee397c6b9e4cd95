"""The house keeps its rules."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from wagtail.fields import StreamField
from wagtail.models import Page

from tests.addresses import PUBLIC

PROJECT = Path(settings.PROJECT)
OUR_FOLDERS = ("site", "home", "treatments", "blog", "consultations")
OUR_APPS = ("core", "home", "treatments", "blog", "consultations", "sample")
MAX_MODULE_LINES = 250
MAX_SETTINGS_LINES = 200


def our_modules() -> list[Path]:
    return [path for folder in OUR_FOLDERS for path in (PROJECT / folder).rglob("*.py") if "migrations" not in path.parts]


def test_site_folder_is_not_a_package() -> None:
    assert not (PROJECT / "site" / "__init__.py").exists()


def test_importing_site_gives_the_standard_library() -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import site; print(site.__file__)"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).name == "site.py"
    assert PROJECT not in Path(where.stdout.strip()).parents or ".venv" in where.stdout


@pytest.mark.parametrize("name", [".gitignore", ".dockerignore"])
def test_no_ignore_file_names_the_site_folder(name: str) -> None:
    file = PROJECT / name
    lines = file.read_text().splitlines() if file.exists() else []
    assert not {"site", "/site", "site/", "/site/"} & {line.strip() for line in lines}


def test_modules_stay_short() -> None:
    long = {
        str(path.relative_to(PROJECT)): count for path in our_modules() if (count := len(path.read_text().splitlines())) > MAX_MODULE_LINES
    }
    assert not long


def test_settings_modules_stay_short() -> None:
    for path in (PROJECT / "site/config/settings").glob("*.py"):
        assert len(path.read_text().splitlines()) <= MAX_SETTINGS_LINES, path.name


def test_imports_point_downwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=PROJECT, env={"PYTHONPATH": "site:.", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", *OUR_APPS, check=True, dry_run=True, verbosity=0)


def test_migrations_hold_no_block_definitions() -> None:
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.local_fields:
                if isinstance(field, StreamField):
                    _name, _path, args, kwargs = field.deconstruct()
                    assert args == []
                    assert "block_lookup" not in kwargs, f"{model.__name__}.{field.name}"


def test_every_page_type_has_an_address_that_tests_visit() -> None:
    ours = {model.__name__ for model in apps.get_models() if issubclass(model, Page) and model._meta.app_label in OUR_APPS}
    assert ours == set(PUBLIC.values())


def is_registered(function: ast.FunctionDef) -> bool:
    """Whether a decorator names a hook or signal, which says what the function is for."""
    return any("hooks.register" in ast.unparse(one) or "receiver(" in ast.unparse(one) for one in function.decorator_list)


def test_public_classes_and_functions_say_what_they_are() -> None:
    silent = []
    for path in our_modules():
        if "commands" in path.parts or path.name == "apps.py":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and is_registered(node):
                continue
            public = isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(PROJECT)}:{node.name}")
    assert not silent


def test_imports_inside_functions_give_their_reason() -> None:
    silent = []
    for path in our_modules():
        lines = path.read_text().splitlines()
        for function in ast.walk(ast.parse("\n".join(lines))):
            if not isinstance(function, ast.FunctionDef):
                continue
            imports = [node for node in function.body if isinstance(node, ast.Import | ast.ImportFrom)]
            if imports and not lines[imports[0].lineno - 2].strip().startswith("#"):
                silent.append(f"{path.relative_to(PROJECT)}:{imports[0].lineno}")
    assert not silent


def test_no_private_module_of_a_library_is_imported() -> None:
    private = re.compile(r"^\s*(?:from|import) [\w.]*\.(?:internal|_\w+)\b", re.MULTILINE)
    assert not [path for path in our_modules() if private.search(path.read_text())]


def test_templates_and_styles_name_no_other_origin() -> None:
    files = [*(PROJECT / "templates").rglob("*.html"), *(PROJECT / "site/static").rglob("*.css"), *(PROJECT / "site/static").rglob("*.js")]
    for path in files:
        text = path.read_text()
        assert "//cdn" not in text and 'src="http' not in text and "url(http" not in text, path
        assert 'style="' not in text and "<script>" not in text and "onclick" not in text, path
