"""Numbers that a reader can tap."""

import pytest
from django.test import Client

from core.phone_links import link_numbers, link_numbers_in_html


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>Call 911.</p>", '<p>Call <a href="tel:911">911</a>.</p>'),
        ("<p>or 988, day and night</p>", '<p>or <a href="tel:988">988</a>, day and night</p>'),
        ("<p>(202) 555-0123 &amp; more</p>", '<p><a href="tel:+12025550123">(202) 555-0123</a> &amp; more</p>'),
        ('<p><a href="tel:911">911</a></p>', '<p><a href="tel:911">911</a></p>'),
        ("<p>911 &lt;b&gt;</p>", '<p><a href="tel:911">911</a> &lt;b&gt;</p>'),
        ("<p>PMID 23652890, $1911 and 9110</p>", "<p>PMID 23652890, $1911 and 9110</p>"),
    ],
)
def test_numbers_in_rich_text_become_links(html: str, linked: str) -> None:
    assert link_numbers_in_html(html) == linked


def test_a_plain_text_is_escaped() -> None:
    assert link_numbers("<b>911</b>") == '&lt;b&gt;<a href="tel:911">911</a>&lt;/b&gt;'


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/treatments/fraxel-dual-laser/", "/treatments/juvederm-filler/", "/good-faith-estimate/"])
def test_no_number_of_a_page_has_to_be_typed(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert 'href="tel:' in main
    assert link_numbers_in_html(main).count('href="tel:') == main.count('href="tel:')
