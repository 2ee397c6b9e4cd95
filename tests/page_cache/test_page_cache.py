"""The page cache: the same for everybody, new in the same second, and never anybody's own."""

import functools
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, TestCase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from accounts.roles import Role
from blog.models import Topic
from common.redis_connections import TIMEOUT_SECONDS
from core.models import ClinicDetails, Clinician, GlossaryTerm, Navigation
from home.models import SearchWord, StandardPage
from images.models import SiteImage
from page_cache import middleware, site_version, store
from page_cache.middleware import PageCacheMiddleware
from page_cache.store import STORE
from page_cache.wsgi import PageCacheWSGI
from tests.addresses import EVERY
from treatments.models import TreatmentPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cached(settings: Any, with_caching: None) -> Iterator[None]:
    settings.PAGE_CACHE = True
    STORE.clear()
    yield
    STORE.clear()


def state(client: Client, path: str, **headers: Any) -> str:
    return client.get(path, **headers).get("X-Cache", "none")


STORED = [path for path in EVERY if not path.startswith(("/consultation/", "/search/?"))]


@pytest.mark.parametrize("path", STORED)
def test_the_second_reader_gets_the_stored_page_without_a_query(client: Client, path: str, django_assert_num_queries: Any) -> None:
    first = client.get(path)
    assert first["X-Cache"] == "MISS"
    with django_assert_num_queries(0):
        second = client.get(path)
    assert second["X-Cache"] == "HIT" and int(second["Age"]) >= 0
    assert second.content == first.content
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Content-Type", "Permissions-Policy", "Referrer-Policy"):
        assert second[name] == first[name]
    assert not second.cookies


@pytest.mark.parametrize(
    "path", ["/consultation/", "/search/?q=keloid", "/search/suggest/?q=kel", "/nothing/", "/healthz", "/admin/login/"]
)
def test_what_is_somebodys_own_or_no_page_is_never_stored(client: Client, path: str) -> None:
    client.get(path)
    assert "X-Cache" not in client.get(path)
    assert not STORE.entries


def test_whoever_has_a_session_is_not_served_from_it(client: Client, as_role: Callable[..., Client]) -> None:
    staff = as_role(Role.EDITOR)
    assert "X-Cache" not in staff.get("/privacy/"), "and does not fill it: the page has their bar on it"
    client.get("/privacy/")
    assert state(client, "/privacy/") == "HIT"
    assert "X-Cache" not in staff.get("/privacy/")


def test_a_draft_a_preview_and_a_private_page(client: Client, as_role: Callable[..., Client]) -> None:
    page = StandardPage.objects.get(slug="complaints")
    page.title = "A draft that nobody saw"
    page.save_revision()
    assert b"nobody saw" not in client.get("/complaints/").content
    staff = as_role(Role.EDITOR)
    assert b"nobody saw" in staff.get(f"/admin/pages/{page.pk}/view_draft/").content
    assert b"nobody saw" not in client.get("/complaints/").content
    with TestCase.captureOnCommitCallbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="a secret word")
    for _again in range(2):
        answer = client.get("/complaints/")
        assert b"secret" not in answer.content and "X-Cache" not in answer


def change_page() -> None:
    page = StandardPage.objects.get(slug="privacy")
    page.title = "Something new"
    page.save_revision().publish()


CHANGES: dict[str, Callable[[], Any]] = {
    "publishing": change_page,
    "unpublishing": lambda: StandardPage.objects.get(slug="complaints").unpublish(),
    "moving": lambda: Page.objects.get(slug="complaints").move(Page.objects.get(slug="team"), pos="last-child"),
    "reordering": lambda: Page.objects.get(slug="complaints").move(Page.objects.get(slug="privacy"), pos="right"),
    "deleting": lambda: StandardPage.objects.get(slug="complaints").delete(),
    "a setting": lambda: ClinicDetails.objects.first().save(),
    "a menu": lambda: Navigation.objects.first().save(),
    "a person": lambda: Clinician.objects.first().save(),
    "a topic": lambda: Topic.objects.first().save(),
    "a word explained": lambda: GlossaryTerm.objects.first().save(),
    "a picture": lambda: SiteImage.objects.first().save(),
    "a redirect": lambda: Redirect.objects.create(old_path="/elsewhere", redirect_link="/"),
    "a search word": lambda: SearchWord.objects.first().delete(),
    "a site": lambda: Site.objects.first().save(),
    "privacy": lambda: PageViewRestriction.objects.create(page=Page.objects.get(slug="team"), restriction_type="login"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_nobody_gets_the_old_page(client: Client, change: str) -> None:
    client.get("/privacy/")
    assert state(client, "/privacy/") == "HIT"
    before = site_version.current()
    with TestCase.captureOnCommitCallbacks(execute=True):
        CHANGES[change]()
    assert site_version.current() != before
    assert state(client, "/privacy/") == "MISS"


def test_a_change_that_is_rolled_back_or_seen_by_nobody_changes_nothing(client: Client, make_user: Callable[..., Any]) -> None:
    before = site_version.current()
    with TestCase.captureOnCommitCallbacks(execute=True):
        make_user(Role.EDITOR)
        page = TreatmentPage.objects.get(slug="skincare")
        page.save_revision()
    assert site_version.current() == before
    ClinicDetails.objects.first().save()
    assert site_version.current() == before, "not committed"


def test_a_browser_that_has_the_page_is_told_so(client: Client) -> None:
    first = client.get("/privacy/")
    again = client.get("/privacy/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    other = client.get("/privacy/", headers={"if-none-match": '"old"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")])
def test_it_is_packed_once_and_as_the_browser_likes_it(client: Client, accepted: str, encoding: str) -> None:
    for _again in range(2):
        answer = client.get("/privacy/", headers={"accept-encoding": accepted})
        assert answer.get("Content-Encoding", "") == encoding
        assert answer["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get("/consultation/", headers={"accept-encoding": accepted}), "a form holds a secret"


def test_head_is_answered_and_stores_nothing(client: Client) -> None:
    assert client.head("/privacy/").status_code == 200
    assert not STORE.entries
    client.get("/privacy/")
    assert client.head("/privacy/")["X-Cache"] == "HIT"


class Slow:
    """A site that takes its time and counts."""

    def __init__(self) -> None:
        self.rendered = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.rendered += 1
        time.sleep(0.2)
        return HttpResponse(f"page {self.rendered}")


def at_once(cache: PageCacheMiddleware, readers: int) -> list[Any]:
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(cache(RequestFactory().get("/x/")))) for _reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_readers_after_a_change_one_renders(settings: Any) -> None:
    site = Slow()
    cache = PageCacheMiddleware(site)
    cache(RequestFactory().get("/x/"))
    site_version.change()
    answers = at_once(cache, 20)
    assert site.rendered == 2
    assert {answer.content for answer in answers} == {b"page 2"}, "and nobody gets the old one"


def test_a_page_that_grew_old_is_given_while_one_reader_renders_it(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Slow()
    cache = PageCacheMiddleware(site)
    monkeypatch.setattr(middleware, "fresh_until", lambda: time.time() - 1)
    cache(RequestFactory().get("/x/"))
    answers = at_once(cache, 10)
    assert site.rendered < 10
    assert {answer["X-Cache"] for answer in answers} == {"MISS", "STALE"}


def test_it_forgets_what_was_not_asked_for_longest(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 150_000)
    for path in STORED:
        client.get(path)
    assert 0 < len(STORE.entries) < len(STORED)
    assert sum(entry.size for entry in STORE.entries.values()) == STORE.size <= 150_000


def test_a_store_that_is_gone_costs_speed_and_no_page(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_redis(settings, "redis://127.0.0.1:1/0")
    monkeypatch.setattr(site_version, "version_store", functools.cache(lambda: site_version.FileVersionStore(tmp_path / "version")))
    assert state(client, "/privacy/") == "MISS"
    assert state(client, "/privacy/") == "HIT"
    redis = site_version.RedisVersionStore("redis://127.0.0.1:1/0")
    monkeypatch.setattr(site_version, "version_store", functools.cache(lambda: redis))
    assert client.get("/privacy/").status_code == 200
    site_version.change()
    assert redis.pending
    with pytest.raises(site_version.VersionUnavailableError):
        site_version.current()


def use_redis(settings: Any, url: str) -> None:
    """As every setting that names a Redis would."""
    settings.PAGE_CACHE_REDIS = settings.SITE_VERSION_REDIS = url
    site_version.version_store.cache_clear()
    store.shared_pages.cache_clear()


@pytest.fixture
def without_redis(settings: Any) -> None:
    use_redis(settings, "redis://127.0.0.1:1/0")


@pytest.mark.parametrize("path", EVERY)
def test_while_redis_is_gone_every_page_is_answered(client: Client, path: str, without_redis: None) -> None:
    assert client.get(path).status_code == 200


def test_a_silent_redis_is_waited_for_once(client: Client, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        use_redis(settings, f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        began = time.monotonic()
        assert client.get("/").status_code == 200
        assert time.monotonic() - began < 3 * TIMEOUT_SECONDS + 1
        assert client.get("/blog/").status_code == 200


def test_while_redis_is_gone_staff_sign_in_and_publish(client: Client, make_user: Callable[..., Any], without_redis: None) -> None:
    user = make_user(Role.EDITOR)
    form = {"username": user.username, "password": "a long test password"}
    assert client.post("/admin/login/", form).status_code == 302
    page = StandardPage.objects.get(slug="privacy")
    page.title = "A title of today"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert site_version.version_store().pending
    assert "A title of today" in Client().get("/privacy/").content.decode()


class Memory:
    """What a test needs of Redis, where there is none."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.stored.get(name)

    def set(self, name: str, value: bytes, ex: int) -> None:
        self.stored[name] = value

    def keys(self, pattern: str) -> list[str]:
        return list(self.stored)


@pytest.fixture
def shared(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The Redis that processes share: a real one where the tests have one."""
    pages = store.SharedPages(settings.TEST_REDIS_URL or "redis://127.0.0.1:1/0")
    if settings.TEST_REDIS_URL:
        pages.redis.flushdb()
    else:
        pages.redis = Memory()  # type: ignore[assignment]
    monkeypatch.setattr(store, "shared_pages", lambda: pages)
    return pages.redis


def test_another_process_finds_what_this_one_stored(client: Client, shared: Any) -> None:
    client.get("/privacy/")
    STORE.clear()
    assert state(client, "/privacy/") == "HIT"
    site_version.change()
    assert state(client, "/privacy/") == "MISS"


def test_bytes_that_this_side_did_not_store_are_never_served(client: Client, shared: Any) -> None:
    page, other = client.get("/privacy/").content, client.get("/accessibility/").content
    names = shared.keys("alluraderm:page:*")
    assert len(names) == 2
    stored = [shared.get(name) for name in names]
    for forged in (b"", b"x" * 200, pickle.dumps({"page": "forged"}), stored[0][:-1], bytes([stored[0][0] ^ 1]) + stored[0][1:]):
        for name in names:
            shared.set(name, forged, ex=60)
        STORE.clear()
        assert client.get("/privacy/").content == page
    # An entry of this side under the key of another page.
    for name, value in zip(names, reversed(stored), strict=True):
        shared.set(name, value, ex=60)
    STORE.clear()
    assert (client.get("/privacy/").content, client.get("/accessibility/").content) == (page, other)


def test_an_entry_of_a_process_with_another_secret_is_not_served(client: Client, shared: Any, settings: Any) -> None:
    client.get("/privacy/")
    STORE.clear()
    settings.SECRET_KEY = "another-" + "y" * 50
    assert state(client, "/privacy/") == "MISS"


def test_two_addresses_never_share_a_page(client: Client) -> None:
    assert state(client, "/privacy/") == state(client, "/privacy/?a=1") == "MISS"
    assert state(client, "/privacy/", headers={"x-forwarded-proto": "https"}) == "MISS"
    assert client.get("/privacy/", headers={"host": "evil.example"}).status_code == 400


def asked(path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
    """What the front of the cache answers; "django" where it leaves the answer to the site."""
    said: list[Any] = []
    front = PageCacheWSGI(lambda environ, start_response: [b"django"])
    body = b"".join(front({**RequestFactory().get(path).environ, **more}, lambda status, headers: said.extend((status, dict(headers)))))
    return (said[0], said[1], body) if said else ("", {}, body)


def test_the_front_gives_what_the_middleware_stored_and_nothing_else(client: Client) -> None:
    assert asked("/privacy/")[2] == b"django"
    first = client.get("/privacy/")
    status, headers, body = asked("/privacy/")
    assert (status, body, headers["X-Cache"]) == ("200 OK", first.content, "HIT")
    assert headers["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert asked("/privacy/", HTTP_IF_NONE_MATCH=first["ETag"])[::2] == ("304 Not Modified", b"")
    assert asked("/privacy/", HTTP_ACCEPT_ENCODING="br")[1]["Content-Encoding"] == "br"
    assert asked("/privacy/", REQUEST_METHOD="HEAD")[2] == b""
    for own in ({"HTTP_COOKIE": "sessionid=x"}, {"REQUEST_METHOD": "POST"}, {"HTTP_HOST": "evil.example"}, {"HTTP_AUTHORIZATION": "x"}):
        assert asked("/privacy/", **own)[2] == b"django"
    site_version.change()
    assert asked("/privacy/")[2] == b"django"


def test_the_front_leaves_an_old_page_to_the_middleware(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "fresh_until", lambda: time.time() - 1)
    client.get("/privacy/")
    assert asked("/privacy/")[2] == b"django"
