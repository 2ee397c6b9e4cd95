#!/usr/bin/env python3
"""The entry point for management commands."""

import os
import sys
from pathlib import Path

# site/ is a source folder and must not be a package: its name is also a module of the standard library.
SOURCE_FOLDER = Path(__file__).resolve().parent / "site"


def main() -> None:
    """Run a management command, with development settings unless `DJANGO_SETTINGS_MODULE` is set."""
    sys.path.insert(0, str(SOURCE_FOLDER))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
