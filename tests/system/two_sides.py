"""The clinic as production runs it: nginx, a public and a staff process and a worker, each with secrets, roles and folders of its own."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import redis

from sealing.key_file import create_key_file
from sealing.keys import encode_public
from tests import prepared
from tests.system.running import PROJECT, free_port

PUBLIC_HOST, STAFF_HOST = "www.clinic.example", "staff.clinic.example"
PUBLIC_USER, STAFF_USER = 61001, 61002
PASSWORDS = {"public": "public-redis-password", "staff": "staff-redis-password"}
SECRET = "abcdefghijklmnopqrstuvwxyz0123456789" * 2
NEEDED = ("nginx", "redis-server", "openssl")


def copied_python(folder: Path) -> dict[str, Any]:
    """How another user runs this Python, which may lie in a folder that is closed to others: a copy of it, and its packages."""
    home = folder / "python"
    skipped = shutil.ignore_patterns("site-packages", "test", "tests", "idlelib", "*.a", "ensurepip", "tkinter")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copytree(Path(sys.base_prefix) / "lib" / version, home / "lib" / version, ignore=skipped)
    for library in Path(sys.base_prefix, "lib").glob("libpython*"):
        shutil.copy(library, home / "lib")
    (home / "bin").mkdir()
    shutil.copy(os.path.realpath(sys.executable), home / "bin" / "python3")
    return {
        "command": [str(home / "bin" / "python3")],
        "environment": {
            "PYTHONHOME": str(home),
            "PYTHONPATH": f"{sysconfig.get_path('purelib')}:{PROJECT / 'site'}:{PROJECT}",
            "LD_LIBRARY_PATH": str(home / "lib"),
        },
    }


class TwoSides:
    """Starts and stops all of it. `is_separate` says whether the two sides run as two users of this machine."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server = folder, server
        self.name = f"test_two_sides_{os.getpid()}"
        self.ports = {name: free_port() for name in ("public", "forms", "staff", "nginx", "redis")}
        self.owner_url = prepared.create_database(server, self.name)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.roles = {"public": f"{self.name}_public", "staff": f"{self.name}_staff"}
        self.is_separate = os.getuid() == 0
        self.python: dict[str, Any] = {"command": [sys.executable], "environment": {}}
        if self.is_separate:
            folder.chmod(0o755)
            self.python = copied_python(folder)
            self.is_separate = self.can_run(PUBLIC_USER)
            if not self.is_separate:
                self.python = {"command": [sys.executable], "environment": {}}
        self.make_folders()
        self.environments = {side: self.environment_of(side) for side in ("public", "staff")}

    def can_run(self, user: int) -> bool:
        """Whether another user reaches this project and its packages."""
        environment = {**self.python["environment"], "PATH": os.environ["PATH"]}
        command = [*self.python["command"], "-c", "import django, manage"]
        return (
            subprocess.run(command, cwd=PROJECT, env=environment, user=user, group=user, capture_output=True, check=False).returncode == 0
        )

    def make_folders(self) -> None:
        """As deploy/systemd/alluraderm.tmpfiles.conf does."""
        var = self.folder / "var"
        shutil.copytree(prepared.prepare(self.server) / "media", var / "media")
        for name, mode in (("sealed", 0o2770), ("private", 0o700), ("shared", 0o755), ("home", 0o700), ("tmp", 0o1777)):
            (var / name).mkdir(parents=True)
            (var / name).chmod(mode)
        self.key_file = var / "home" / "private.key"
        self.private_key = create_key_file(self.key_file)
        (var / "media" / "original_images").chmod(0o700)
        if self.is_separate:
            for path in (var / "media", var / "private", var / "shared", var / "home"):
                for one in (path, *path.rglob("*")):
                    os.chown(one, STAFF_USER, STAFF_USER)
            os.chown(var / "sealed", PUBLIC_USER, STAFF_USER)
            (var / "sealed").chmod(0o2770)

    def url(self, role: str) -> str:
        """The database as one role sees it."""
        return re.sub(r"//[^@]*@", f"//{role}@", self.owner_url)

    def environment_of(self, side: str) -> dict[str, str]:
        """Everything one side is told, and nothing of the other."""
        var = self.folder / "var"
        shared = {
            "PATH": os.environ["PATH"], "HOME": str(var / "tmp"), "TMPDIR": str(var / "tmp"), "VAR_DIR": str(var),
            "DJANGO_SETTINGS_MODULE": "tests.system.production_settings", "SITE_ROLE": side,
            "BASE_URL": f"https://{PUBLIC_HOST}", "DATABASE_URL": self.url(self.roles[side]), "PUBLIC_DATABASE_ROLE": self.roles["public"],
            "STAFF_DATABASE_ROLE": self.roles["staff"], "SITE_VERSION_FILE": str(var / "shared" / "site-version"),
            "REDIS_URL": f"redis://{side}:{PASSWORDS[side]}@127.0.0.1:{self.ports['redis']}/0",
            "CONSULTATION_PUBLIC_KEYS": encode_public(self.private_key.public_key()), "CONSULTATION_POSTS_PER_HOUR": "0",
            "LOG_LEVEL": "WARNING", "PORT": str(self.ports[side]),
        }  # fmt: skip
        own = {
            "public": {"PUBLIC_SECRET_KEY": f"pU1-{SECRET}", "ALLOWED_HOSTS": PUBLIC_HOST, "SECURITY_CONTACT": "security@example.org"},
            "staff": {
                "STAFF_SECRET_KEY": f"sT2-{SECRET}", "ACCESS_RECORD_KEY": f"rE3-{SECRET}", "STAFF_URL": f"https://{STAFF_HOST}",
                "APPROVAL_KEY": f"aP4-{SECRET}",
                "APPROVAL_KEY_FALLBACKS": "development-only-" + "not-a-secret-" * 4, "EMAIL_URL": f"filemail:///{var}/private/mail",
                "DEFAULT_FROM_EMAIL": "website@example.org",
                "ALLOWED_HOSTS": STAFF_HOST, "CONSULTATION_PRIVATE_KEY_FILE": str(self.key_file),
                "ACCESS_RECORD_NOTES": str(var / "private" / "access-record-heads"),
            },
        }  # fmt: skip
        return {**shared, **self.python["environment"], **own[side]}

    def identity(self, side: str) -> dict[str, Any]:
        """The user that a side's processes run as."""
        if not self.is_separate:
            return {}
        if side == "public":
            return {"user": PUBLIC_USER, "group": PUBLIC_USER, "extra_groups": [STAFF_USER], "umask": 0o007}
        return {"user": STAFF_USER, "group": STAFF_USER, "extra_groups": [], "umask": 0o022}

    def run(self, side: str, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """Python with one side's rights and environment."""
        return subprocess.run(
            [*self.python["command"], *arguments], cwd=PROJECT, env={**self.environments[side], **more.pop("changes", {})},
            capture_output=True, text=True, check=False, timeout=120, **self.identity(side), **more,
        )  # fmt: skip

    def manage(self, side: str, *arguments: str, **changes: str) -> str:
        done = self.run(side, "manage.py", *arguments, changes=changes)
        if done.returncode:
            raise RuntimeError(done.stdout[-1500:] + done.stderr[-3000:])
        return done.stdout

    def as_owner(self, *arguments: str) -> str:
        """A command as the operator runs it: on the staff side, as the owner of the tables."""
        return self.manage("staff", *arguments, DATABASE_URL=self.owner_url)

    def start(self) -> None:
        """Make the roles, then start everything and wait until both sides answer."""
        self.as_owner("database_roles")
        self.start_redis()
        for side in ("public", "staff"):
            self.spawn(side, [*self.python["command"], "-m", "gunicorn", "-c", "gunicorn.conf.py"], side)
        form_port = {"PORT": str(self.ports["forms"])}
        self.spawn("forms", [*self.python["command"], "-m", "gunicorn", "-c", "gunicorn.conf.py"], "public", form_port)
        self.spawn("worker", [*self.python["command"], "manage.py", "worker"], "staff")
        self.start_nginx()
        for host, path in ((PUBLIC_HOST, "/healthz"), (STAFF_HOST, "/healthz")):
            self.wait_for(host, path)

    def spawn(self, name: str, command: list[str], side: str, changes: dict[str, str] | None = None) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        environment = {**self.environments[side], **(changes or {})}
        self.processes[name] = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True, **self.identity(side)
        )

    def start_redis(self) -> None:
        """With the users of deploy/redis/users.acl."""
        users = (PROJECT / "deploy" / "redis" / "users.acl").read_text()
        for side, password in PASSWORDS.items():
            users = users.replace(f"off >REPLACE-THE-{side.upper()}-PASSWORD", f"on >{password}")
        (self.folder / "users.acl").write_text(users)
        command = [
            "redis-server",
            "--port",
            str(self.ports["redis"]),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--aclfile",
            str(self.folder / "users.acl"),
        ]
        self.processes["redis"] = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, start_new_session=True)

    def start_nginx(self) -> None:
        """With deploy/nginx/alluraderm.conf, but for names, ports and folders."""
        certificate, key = self.folder / "certificate.pem", self.folder / "certificate.key"
        subject = ["-subj", f"/CN={PUBLIC_HOST}", "-days", "2", "-nodes"]
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(certificate), *subject]
        subprocess.run(command, check=True, capture_output=True)
        text = (PROJECT / "deploy" / "nginx" / "alluraderm.conf").read_text()
        for old, new in (
            ("listen 80 default_server", f"listen 127.0.0.1:{free_port()} default_server"),
            ("listen 443", f"listen 127.0.0.1:{self.ports['nginx']}"),
            ("www.example.com", PUBLIC_HOST), ("staff.example.com", STAFF_HOST), ("/var/lib/alluraderm", str(self.folder / "var")),
            ("/etc/nginx/certificates/fullchain.pem", str(certificate)), ("/etc/nginx/certificates/privkey.pem", str(key)),
        ):  # fmt: skip
            text = text.replace(old, new)
        temporary = "".join(
            f"{name}_temp_path {self.folder}/nginx-{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        upstreams = "".join(
            f"upstream {side}_site {{ server 127.0.0.1:{self.ports[side]}; keepalive 16; }}" for side in ("public", "forms", "staff")
        )
        user = "user root;" if os.getuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"{user} daemon off; worker_processes 1; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;"
            f"events {{ worker_connections 1024; }} http {{ include /etc/nginx/mime.types; {temporary} {upstreams} {text} }}"
        )
        self.processes["nginx"] = subprocess.Popen(
            ["nginx", "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)], stderr=subprocess.DEVNULL, start_new_session=True
        )

    def ask(self, host: str, path: str, *options: str) -> str:
        """The status code, headers and body that curl gets through nginx."""
        command = ["curl", "-sik", "--max-time", "20", "--resolve", f"{host}:{self.ports['nginx']}:127.0.0.1", *options]
        done = subprocess.run([*command, f"https://{host}:{self.ports['nginx']}{path}"], capture_output=True, check=False)
        return done.stdout.decode(errors="replace")

    def wait_for(self, host: str, path: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if " 200 " in self.ask(host, path).partition("\r\n")[0]:
                return
            time.sleep(0.2)
        raise RuntimeError("".join((self.folder / f"{name}.log").read_text()[-1500:] for name in ("public", "staff", "worker")))

    def connect(self, role: str) -> psycopg.Connection:
        """The database as an attacker with that role's password sees it."""
        return psycopg.connect(self.url(role), autocommit=True)

    def redis(self, side: str) -> redis.Redis:
        return redis.Redis.from_url(self.environments[side]["REDIS_URL"])

    def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        prepared.drop_database(self.server, self.name)
        for role in self.roles.values():
            prepared.run_sql(self.server, f'DROP ROLE IF EXISTS "{role}"')


@contextlib.contextmanager
def two_sides() -> Iterator[TwoSides]:
    """The running clinic, gone at the end."""
    # Not a folder of pytest's, which no other user of the machine can reach.
    with tempfile.TemporaryDirectory(prefix="alluraderm-two-sides-", ignore_cleanup_errors=True) as folder:
        sides = TwoSides(Path(folder), prepared.postgresql())
        try:
            sides.start()
            yield sides
        finally:
            sides.stop()
