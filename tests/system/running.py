"""A site in processes of its own that can be killed, and patients who do not give up."""

import base64
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
WORD = "Capybaraword"
MAKE_ACCOUNTS = """
from django.conf import settings
from sample.demo_accounts import create_demo_accounts
create_demo_accounts(settings.VAR / "demo-accounts.txt")
"""
READ_ALL = """
import json
from consultations.models import ConsultationRequest, OutgoingMail
from consultations.access_log_verification import verify
rows = [(r.reference, r.contact()["name"], r.answers()[0]["label"]) for r in ConsultationRequest.objects.all()]
print(json.dumps({"requests": rows, "unsent": OutgoingMail.objects.filter(sent_at=None).count(), "problems": verify().problems}))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """Web server and worker, each in a process group of its own."""

    def __init__(self, database: str = "", clinic: Path | None = None) -> None:
        """`clinic` is the folder of a prepared one, whose database is `database` where that is no file. Else one is prepared here."""
        self.folder = Path(tempfile.mkdtemp(prefix="alluraderm-system-"))
        (self.folder / "tmp").mkdir()
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "VAR_DIR": str(self.folder / "var"),
            "TMPDIR": str(self.folder / "tmp"),
            "BIND": f"127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "LOG_LEVEL": "INFO",
            "CONSULTATION_POSTS_PER_HOUR": "0",
            # Short, so that what a killed worker had claimed is taken up again soon.
            "EMAIL_TIMEOUT": "2",
            **({"DATABASE_URL": database} if database else {}),
        }
        self.log = (self.folder / "log").open("ab")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        if clinic:
            shutil.copytree(clinic, self.folder / "var")
        else:
            self.manage("run_demo", "--prepare")
        self.manage("shell", "-v0", "-c", MAKE_ACCOUNTS)

    @classmethod
    def beside(cls, first: "Site") -> "Site":
        """A second web server on the same database and folder, on a port of its own."""
        second = copy(first)
        second.port, second.processes = free_port(), {}
        second.environment = {**first.environment, "BIND": f"127.0.0.1:{second.port}", "PORT": str(second.port)}
        # One address for both, as behind a proxy.
        second.environment["BASE_URL"] = first.environment["BASE_URL"]
        return second

    def manage(self, *arguments: str) -> str:
        done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=PROJECT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    def start(self, *names: str) -> None:
        commands = {
            "web": [sys.executable, "-m", "gunicorn", "-c", str(PROJECT / "gunicorn.conf.py")],
            "worker": [sys.executable, "manage.py", "worker"],
        }
        for name in names or commands:
            self.processes[name] = subprocess.Popen(
                commands[name], cwd=PROJECT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
            )

    def wait(self, seconds: float = 60) -> None:
        """Until the web server answers."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text()[-3000:])

    def kill(self, name: str) -> None:
        """As `kill -9` does, to the process and all it started."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self.log.close()

    def read_all(self) -> dict[str, Any]:
        """Every request, opened, and what is left in the queue."""
        return dict(json.loads(self.manage("shell", "-v0", "-c", READ_ALL).strip().splitlines()[-1]))

    def mails(self) -> list[Path]:
        """Mails about requests. The weekly one about what is due has nothing to do with them."""
        mails = (self.folder / "var" / "mail").glob("*.eml")
        return [mail for mail in mails if b"What is due on the website" not in mail.read_bytes()]

    def wait_for_mails(self, number: int, seconds: float) -> None:
        """Until that many were sent, and the last claim of a killed worker has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and len(self.mails()) < number:
            time.sleep(0.5)
        while time.monotonic() < deadline and self.read_all()["unsent"]:
            time.sleep(1)


@dataclass
class Tally:
    """What patients saw."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    retries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Patient:
    """One browser. It tries again until it has seen a confirmation, as people do."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.port, self.tally = port, tally
        self.cookie = ""
        self.hidden: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        connection.request(method, path, body or None, {name: value for name, value in headers.items() if value})
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        cookies = {
            part.partition("=")[0]: part.partition("=")[2]
            for part in (value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie")
        }
        connection.close()
        return response.status, cookies, text

    def insist(self, method: str, path: str, body: str = "") -> tuple[int, dict[str, str], str]:
        while True:
            try:
                return self.ask(method, path, body)
            except (OSError, http.client.HTTPException):
                with self.tally.lock:
                    self.tally.retries += 1
                time.sleep(0.2)

    def open(self) -> None:
        _status, cookies, text = self.insist("GET", "/consultation/")
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.hidden = {
            name: re.search(rf'name="{name}" value="([^"]*)"', text)[1]  # type: ignore[index]
            for name in ("csrfmiddlewaretoken", "opened", "consent_version")
        }

    def send(self, name: str) -> None:
        fields = {
            **self.hidden, "name": name, "email": f"{name}@example.org", "contact_preference": "email",
            "message": f"{WORD} of {name}", "consent": "on",
        }  # fmt: skip
        status, cookies, _text = self.insist("POST", "/consultation/", urllib.parse.urlencode(fields))
        with self.tally.lock:
            self.tally.statuses.append(status)
            if status == 302:
                payload = cookies["consultation-sent"].split(":")[0]
                self.tally.acknowledged[name] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))[0]


def send_many(site: Site, clients: int, each: int, label: str = "", tally: Tally | None = None) -> Tally:
    """That many browsers at once, each with that many requests."""
    tally = tally or Tally()

    def work(number: int) -> None:
        patient = Patient(site.port, tally)
        patient.open()
        for turn in range(each):
            patient.send(f"{WORD}{label}-{number}-{turn}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def problems_of(site: Site, tally: Tally, readers: int = 1) -> list[str]:
    """What does not hold: every acknowledged request once and openable, one mail each, no 5xx, no word in the clear."""
    found = []
    state = site.read_all()
    stored = {name: reference for reference, name, _label in state["requests"]}
    if len(state["requests"]) != len(stored):
        found.append(f"{len(state['requests']) - len(stored)} requests are there twice")
    for name, reference in tally.acknowledged.items():
        if stored.get(name) != reference:
            found.append(f"{name} was acknowledged as {reference} and is stored as {stored.get(name)}")
    if bad := [status for status in tally.statuses if status >= 500]:
        found.append(f"{len(bad)} answers were a server error")
    if state["unsent"]:
        found.append(f"{state['unsent']} mails were not sent")
    expected = len(stored) * (1 + readers)
    if len(site.mails()) != expected:
        found.append(f"{len(site.mails())} mails instead of {expected}")
    found += state["problems"]
    for path in site.folder.rglob("*"):
        if path.is_file() and WORD.encode().lower() in path.read_bytes().lower():
            found.append(f"a patient's word is in {path.relative_to(site.folder)}")
    return found
