"""requirements.in names what the code imports, and nothing else."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

PROJECT = Path(settings.PROJECT)
CODE = ("site", "home", "treatments", "blog", "consultations", "manage.py", "gunicorn.conf.py")
#: Named by a setting or a command, and imported by nobody here.
BY_NAME = {"django-storages", "gunicorn", "psycopg"}
#: Imported only by tests and tools, so in requirements-dev.in.
TOOLS = {
    "axe-playwright-python", "django-stubs", "djlint", "hypothesis", "import-linter", "pytest", "pytest-cov", "pytest-django",
    "playwright", "pytest-playwright", "pytest-randomly", "pytest-xdist", "ruff", "types-pyyaml", "uv",
}  # fmt: skip


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named_in(file: str) -> set[str]:
    """The packages that a requirements file names."""
    lines = (line.split("#")[0].strip() for line in (PROJECT / file).read_text().splitlines())
    return {normalized(re.split(r"[\[<>=~! ]", line)[0]) for line in lines if line and not line.startswith("-")}


def imported_by(paths: list[Path]) -> set[str]:
    """The packages whose modules these files import."""
    modules = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    packages = packages_distributions()
    ours = {path.stem for path in (PROJECT / "site").iterdir()} | {"home", "treatments", "blog", "consultations", "tests"}
    wanted = {module for module in modules if module not in sys.stdlib_module_names and module not in ours}
    assert not {module for module in wanted if module not in packages}, "imported and not installed"
    return {normalized(packages[module][0]) for module in wanted}


def code_files() -> list[Path]:
    return [path for name in CODE for path in ([PROJECT / name] if name.endswith(".py") else (PROJECT / name).rglob("*.py"))]


def test_every_import_is_named() -> None:
    assert imported_by(code_files()) - named_in("requirements.in") == set()


def test_every_name_is_needed() -> None:
    assert named_in("requirements.in") - imported_by(code_files()) == BY_NAME


def test_tests_import_what_they_name() -> None:
    imported = imported_by(list((PROJECT / "tests").rglob("*.py")))
    assert imported - named_in("requirements.in") - named_in("requirements-dev.in") == set()
    assert named_in("requirements-dev.in") == TOOLS
