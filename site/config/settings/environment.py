"""Reading the environment, and saying in one line what is wrong with it."""

import os
from pathlib import Path
from typing import NoReturn

import environ

PROJECT = Path(__file__).resolve().parents[3]
#: Everything a running copy writes, outside what the environment points elsewhere.
VAR = Path(os.environ.get("VAR_DIR", PROJECT / "var"))

env = environ.Env()


def refuse(problem: str) -> NoReturn:
    """Stop the start with one clear line instead of a traceback."""
    raise SystemExit(f"AlluraDerm cannot start: {problem}")


def required(name: str, purpose: str) -> str:
    """The value of an environment variable that production cannot do without."""
    value = os.environ.get(name, "").strip()
    if not value:
        refuse(f"{name} is not set ({purpose}).")
    return value
