"""What a first visit costs on the wire, as production sends it. Budgets are those of the house."""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from common.static_storage import IMPORT_RULE
from tests.addresses import EVERY

pytestmark = [pytest.mark.django_db, pytest.mark.once]

KILOBYTE = 1024
STATIC = Path(settings.PROJECT_STATIC)


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def bundle() -> bytes:
    """The one style sheet that production makes of all."""
    text = (STATIC / "css" / "site.css").read_text()
    return IMPORT_RULE.sub(lambda rule: (STATIC / "css" / rule["path"]).read_text(), text).encode()


def test_style_sheet_scripts_and_fonts() -> None:
    assert gzipped(bundle()) <= 20 * KILOBYTE
    scripts = sum(gzipped((STATIC / "js" / name).read_bytes()) for name in ("site.js", "suggest.js"))
    assert scripts <= 6 * KILOBYTE
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert len(fonts) == 2 and sum(font.stat().st_size for font in fonts) <= 70 * KILOBYTE


@pytest.mark.parametrize("path", EVERY)
def test_a_page_and_all_that_comes_with_it(client: Client, path: str) -> None:
    html = client.get(path).content
    assert gzipped(html) <= 20 * KILOBYTE
    page = BeautifulSoup(html, "html.parser")
    links = {str(tag.get("src") or tag.get("href")) for tag in page.select('script[src], link[rel="stylesheet"], link[rel="preload"]')}
    assert all(link.startswith("/static/") for link in links), "nothing from elsewhere"
    images = {str(image["src"]) for image in page.select("img")}
    pictures = sum(len(client.get(image).getvalue()) for image in images)
    fonts = sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2"))
    script = gzipped((STATIC / "js" / "site.js").read_bytes())
    assert gzipped(html) + gzipped(bundle()) + script + fonts + pictures <= 250 * KILOBYTE


def test_nothing_shifts_while_a_page_loads(client: Client) -> None:
    for path in EVERY:
        for image in BeautifulSoup(client.get(path).content, "html.parser").select("img"):
            assert image.has_attr("width") and image.has_attr("height"), f"{path}: {image}"


def test_scripts_say_nothing_to_others() -> None:
    for script in (STATIC / "js").glob("*.js"):
        assert not re.search(r"https?://", script.read_text())
