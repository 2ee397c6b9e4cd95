#!/usr/bin/env python3
"""The one entry point for commands."""

import os
import sys
from pathlib import Path

# site/ is a folder of sources, never a package: it shares its name with a standard library module.
SOURCE_FOLDER = Path(__file__).resolve().parent / "site"


def main() -> None:
    """Run a management command with the development settings unless told otherwise."""
    sys.path.insert(0, str(SOURCE_FOLDER))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
