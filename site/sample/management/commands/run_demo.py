import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from common.types import Extra
from sample.database_copy import migrate_in_copy
from sample.demo_accounts import create_demo_accounts

HOST = "127.0.0.1"
START_TIMEOUT_SECONDS = 60
STOPPED = "\nStopped. Nothing is lost; `make run` goes on from here.\n"


class Command(BaseCommand):
    help = "Prepare the embedded database with the sample clinic, then serve the site until Ctrl-C. For trying it out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="only prepare the database, its pictures and the key, and end")

    def handle(self, *args: str, **options: Extra) -> None:
        self.port = int(os.environ.get("PORT", "8000"))
        self.children: list[subprocess.Popen[bytes]] = []
        self.serving = self.stop_requested = False
        if os.environ.get("DJANGO_SETTINGS_MODULE") != "config.settings.dev":
            raise CommandError("This is for trying the site out, with the development settings only.")
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        if options["prepare"]:
            self.prepare()
            call_command("generate_renditions", all=True, stdout=self.stdout)
            return
        self.refuse_taken_port()
        self.prepare()
        self.accounts = create_demo_accounts(settings.VAR / "demo-accounts.txt")
        try:
            self.serve()
        finally:
            self.stop_children()

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def refuse_taken_port(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, self.port))
            except OSError as problem:
                raise CommandError(f"Port {self.port} is taken or not allowed. Choose another: make run PORT={self.port + 1}") from problem

    def prepare(self) -> None:
        """Migrate the database, create the key, and load the sample clinic. Later starts skip what is done."""
        connection = connections[DEFAULT_DB_ALIAS]
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Preparing the database (about 10 seconds) …")
            with migrate_in_copy(connection):
                call_command("migrate", verbosity=0)
        key_file = Path(settings.CONSULTATION_PRIVATE_KEY_FILE)
        if not key_file.exists():
            self.say("Creating the key that opens consultation requests …")
            call_command("consultation_key", "create", "--quiet")
        self.say("Loading the sample clinic …")
        call_command("load_sample", stdout=self.stdout)

    def serve(self) -> None:
        """Run the web server and the worker until one ends or a stop is requested."""
        connections.close_all()
        environment = {**os.environ, "PORT": str(self.port), "BIND": f"{HOST}:{self.port}"}
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", str(settings.PROJECT / "gunicorn.conf.py")]
        worker = [sys.executable, str(settings.PROJECT / "manage.py"), "worker"]
        self.serving = True
        for command in (gunicorn, worker):
            self.children.append(subprocess.Popen(command, cwd=settings.PROJECT, env=environment))
        self.wait_until_ready()
        if not self.stop_requested:
            self.announce()
        while not self.stop_requested:
            for child in self.children:
                if child.poll() is not None:
                    raise CommandError("The web server or the worker ended by itself; its last lines above say why.")
            time.sleep(0.3)
        self.stdout.write(STOPPED)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while time.monotonic() < deadline and not self.stop_requested:
            if any(child.poll() is not None for child in self.children):
                raise CommandError("The web server or the worker did not start; its last lines above say why.")
            try:
                with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        if not self.stop_requested:
            raise CommandError(f"The web server did not answer within {START_TIMEOUT_SECONDS} seconds.")

    def announce(self) -> None:
        self.say("")
        self.say(f"AlluraDerm is running.  Site:  http://{HOST}:{self.port}/")
        # Browsers bind passkeys to a name, so staff get one.
        self.say(f"                        Staff: http://localhost:{self.port}/admin/")
        self.say("")
        self.say("  role        user name   password")
        for role, username, password in self.accounts:
            self.say(f"  {role:<11} {username:<11} {password}")
        self.say("")
        self.say(
            f"Accounts: {settings.VAR / 'demo-accounts.txt'}. Outgoing mail: {settings.VAR / 'mail'}. Sign-in needs no second factor here."
        )
        self.say("One process plays the public and the staff side here, so the two are not separate as they are in production.")
        self.say("For trying out only: never enter a real patient's words. Ctrl-C stops it.")

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Signal handler. Sets a flag instead of raising: Python ignores exceptions that a handler raises within a destructor."""
        self.stop_requested = True
        if not self.serving:
            # No child process runs yet. The database rolls back, or the migration was in a copy, so it is safe to exit at once.
            os.write(1, STOPPED.encode())
            os._exit(0)

    def stop_children(self) -> None:
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                child.kill()
