#!/usr/bin/env python3
"""Creates .venv with the packages of the site. Standard library only, in a syntax in which an old Python can report that it is too old.

bootstrap.py run     packages of the site
bootstrap.py test    packages of the site and of its checks
bootstrap.py next    the next versions of the packages, in .venv-next
"""

import hashlib
import os
import shutil
import subprocess
import sys

MIN_VERSION = (3, 11)
PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KIND = sys.argv[1] if len(sys.argv) > 1 else "run"
VENV = os.path.join(PROJECT, ".venv-next" if KIND == "next" else ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
FILES = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"], "next": ["requirements-next.txt"]}


def fail(message):
    sys.stderr.write("AlluraDerm: " + message + "\n")
    sys.exit(1)


def find_newer_python():
    """The path of another Python that is new enough, or None."""
    for minor in (14, 13, 12, 11):
        path = shutil.which("python3.%d" % minor)
        if path:
            return path
    return None


def require_python():
    if sys.version_info >= MIN_VERSION:
        return
    newer = find_newer_python()
    if newer:
        os.execv(newer, [newer] + sys.argv)
    fail(
        "Python %d.%d or newer is needed, and this is %s. Install it, or say where it is: make run PYTHON=/path/to/python3"
        % (MIN_VERSION + (sys.version.split()[0],))
    )


def require_writable():
    for folder in (PROJECT, os.path.join(PROJECT, "var")):
        try:
            if not os.path.isdir(folder):
                os.makedirs(folder)
            probe = os.path.join(folder, ".write-test")
            with open(probe, "w") as file:
                file.write("x")
            os.remove(probe)
        except OSError as problem:
            fail("cannot write to %s (%s). Check whose folder it is and whether the disk is full." % (folder, problem.strerror))


def stamp_of(files):
    digest = hashlib.sha256(sys.version.encode())
    for name in files:
        with open(os.path.join(PROJECT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        fail("Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv")
    print("Making .venv …", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, clear=os.path.exists(VENV)).create(VENV)
    except (OSError, subprocess.CalledProcessError) as problem:
        fail("the virtual environment could not be made: %s" % problem)


def install(kind):
    files = FILES[kind]
    stamp = stamp_of(files)
    stamp_file = os.path.join(VENV, "installed-%s.sha256" % kind)
    if os.path.exists(PYTHON) and read(stamp_file) == stamp:
        return
    if not os.path.exists(PYTHON) or subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) != 0:
        make_venv()
    print("Installing what the site needs; the first time this takes a minute …", flush=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for name in files:
        command += ["-r", os.path.join(PROJECT, name)]
    if subprocess.call(command) != 0:
        fail("the packages could not be installed; pip's lines above say why. Run the same command again to go on.")
    with open(stamp_file, "w") as file:
        file.write(stamp)


if __name__ == "__main__":
    try:
        require_python()
        require_writable()
        install(KIND)
    except KeyboardInterrupt:
        fail("stopped. Run the same command again to go on where it stopped.")
