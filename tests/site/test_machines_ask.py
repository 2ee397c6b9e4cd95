"""What machines ask and are told: probes, encodings, search engines, feeds."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from blog.models.articles import ArticlePage
from common.accept_encoding import accepts
from publishing.forms import MomentField

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.0.0.5:8000", "localhost", "a.b"])
def test_a_probe_is_answered_whatever_host_it_names(client: Client, address: str, host: str) -> None:
    assert client.get(address, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("header", "coding", "allowed"),
    [
        ("gzip, br", "br", True),
        ("gzip;q=0, br;q=0", "br", False),
        ("gzip;q=0.0, br;q=0.5", "gzip", False),
        ("br; q=0.000", "br", False),
        ("GZIP;Q=1", "gzip", False),
        ("brotli", "br", False),
        ("gzip;q=1.0", "gzip", True),
        ("", "br", False),
    ],
)
def test_an_encoding_that_is_refused_is_not_used(header: str, coding: str, allowed: bool) -> None:
    assert accepts(header, coding) == allowed


def test_days_that_differ_are_told_to_search_engines(client: Client) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string or "")["@graph"]  # type: ignore[union-attr]
    clinic = next(node for node in graph if "specialOpeningHoursSpecification" in node)
    closed, shorter = clinic["specialOpeningHoursSpecification"]
    assert (closed["opens"], closed["closes"]) == ("00:00", "00:00") and shorter["opens"] == "10:00"
    assert closed["validFrom"] == closed["validThrough"]


@pytest.mark.parametrize("address", ["/blog/feed/", "/blog/feed/atom/"])
def test_an_article_is_not_in_the_feed_before_its_day(client: Client, address: str) -> None:
    article = ArticlePage.objects.live().first()
    assert article and article.title in client.get(address).content.decode()
    ArticlePage.objects.filter(pk=article.pk).update(published_on=timezone.localdate() + dt.timedelta(days=7))
    assert article.title not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/workflows/edit/1/?p=abc",
        "/admin/workflows/edit/1/?p=-1",
        "/admin/workflows/edit/1/?p=99999999999999999999",
        "/admin/reports/site-history/?user=99999999999999999999",
    ],
)
def test_numbers_that_no_list_has_are_not_found(as_role: Callable[..., Client], address: str) -> None:
    assert as_role(Role.SITE_MANAGER).get(address).status_code in (404, 302)


@pytest.mark.parametrize("address", ["/admin/pages/?p=1", "/admin/images/?p=2", "/admin/pages/search/?q=99999999999999999999"])
def test_pages_of_lists_and_long_numbers_to_search_for_are_answered(as_role: Callable[..., Client], address: str) -> None:
    assert as_role(Role.SITE_MANAGER).get(address).status_code == 200


@pytest.mark.parametrize("typed", ["9999-12-31 23:59", "9999-12-31 20:00", "0001-01-01 00:00", "12/31/1899 9:00 AM"])
def test_a_moment_too_far_away_is_an_error_at_its_field(typed: str) -> None:
    with pytest.raises(ValidationError, match="too far away"):
        MomentField().to_python(typed)
