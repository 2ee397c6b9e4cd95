"""Two web servers and an editor in a third process: once the editor was told, no reader of either gets an old page."""

import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.prepared import PROJECT
from tests.system.running import Site

pytestmark = pytest.mark.skipif(not os.environ.get("FULL"), reason="starts three processes: set FULL=1")
#: Reads the name of a change, makes it, and answers once it is committed.
EDITOR = """
import sys
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from blog.models import ArticleIndexPage
from core.models import ClinicDetails, Clinician
from home.models import SearchWord, StandardPage

def publish():
    page = StandardPage.objects.get(slug="privacy")
    page.title = "A title of today"
    page.save_revision().publish()

def setting():
    clinic = ClinicDetails.objects.get()
    clinic.tagline = "A tagline of today"
    clinic.save()

def snippet():
    person = Clinician.objects.get(slug="imani-vale")
    person.role = "A role of today"
    person.save()

def image():
    photo = Clinician.objects.get(slug="imani-vale").photo
    photo.description = "A portrait of today"
    photo.save()

CHANGES = {
    "publish": publish,
    "unpublish": lambda: StandardPage.objects.get(slug="complaints").unpublish(),
    "move": lambda: Page.objects.get(slug="accessibility").move(Page.objects.get(slug="privacy"), pos="first-child"),
    "setting": setting,
    "snippet": snippet,
    "image": image,
    "redirect": lambda: Redirect.objects.create(old_path="/old-way", redirect_link="/treatments/"),
    "synonym": lambda: SearchWord.objects.create(title="moonscape", page=Page.objects.get(slug="rolling")),
    "private": lambda: PageViewRestriction.objects.create(page=Page.objects.get(slug="results"), restriction_type="password", password="x"),
}
print("ready", flush=True)
for line in sys.stdin:
    CHANGES[line.strip()]()
    print("done", flush=True)
"""


@dataclass
class Answer:
    status: int
    body: str
    cache: str


def ask(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = Answer(answer.status, answer.read().decode(), answer.headers.get("X-Cache", ""))
    connection.close()
    return found


@pytest.fixture
def two_servers(site: Site) -> Iterator[tuple[list[int], Callable[[str], None]]]:
    """Two ports, and a way to have something changed by a process that is neither."""
    if os.environ.get("TEST_REDIS_URL"):
        site.environment["REDIS_URL"] = os.environ["TEST_REDIS_URL"].rsplit("/", 1)[0] + "/7"
    site.environment["WEB_WORKERS"] = "1"
    ports = [site.port]
    site.start("web")
    site.wait()
    other = Site.beside(site)
    other.start("web")
    other.wait()
    ports.append(other.port)
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", EDITOR]
    editor = subprocess.Popen(command, cwd=PROJECT, env=site.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert editor.stdin and editor.stdout
    assert editor.stdout.readline() == "ready\n"

    def change(name: str) -> None:
        assert editor.stdin and editor.stdout
        editor.stdin.write(f"{name}\n")
        editor.stdin.flush()
        # The log goes to standard output too.
        assert any(line == "done\n" for line in editor.stdout), name

    yield ports, change
    editor.stdin.close()
    editor.wait(timeout=20)
    other.stop()


#: What is changed, where a reader notices, and what the new answer is.
NOTICED: list[tuple[str, str, Callable[[Answer], bool]]] = [
    ("publish", "/privacy/", lambda new: "A title of today" in new.body),
    ("unpublish", "/complaints/", lambda new: new.status == 404),
    ("move", "/accessibility/", lambda new: new.status in (301, 404)),
    ("setting", "/treatments/", lambda new: "A tagline of today" in new.body),
    ("snippet", "/team/", lambda new: "A role of today" in new.body),
    ("image", "/team/imani-vale/", lambda new: "A portrait of today" in new.body),
    ("redirect", "/old-way/", lambda new: new.status == 301),
    ("synonym", "/search/?q=moonscape", lambda new: "/scars/rolling/" in new.body.split("data-search-results")[-1].split("</li>")[0]),
    ("private", "/results/", lambda new: "Rolling scars" not in new.body),
]


def test_no_reader_of_either_gets_an_old_page(two_servers: tuple[list[int], Callable[[str], None]]) -> None:
    ports, change = two_servers
    stored = 0
    for name, path, is_new in NOTICED:
        for port in ports:
            for _warm in range(3):
                before = ask(port, path)
            assert not is_new(before), name
            stored += before.cache == "HIT"
        change(name)
        for port in (*ports, *ports):
            assert is_new(ask(port, path)), f"{name} on {port}"
    assert stored == 2 * 7, "pages came from the store; a search and an address that leads nowhere never do"
