"""A page's table of contents is its sections: the same ones, in the same order, at anchors that exist."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from blog.models import ArticlePage
from core.models import BasePage
from home.models import StandardPage
from treatments.models import ResultPage, ScarTypePage, TreatmentPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [TreatmentPage, ScarTypePage, ArticlePage, ResultPage, StandardPage])
def test_contents_list_the_sections_of_the_body_in_their_order(client: Client, model: type[BasePage]) -> None:
    for page in model.objects.live():
        body = BeautifulSoup(client.get(page.url).content, "html.parser").main
        assert body is not None
        anchors = [item.anchor for item in page.contents_items()]
        assert len(set(anchors)) == len(anchors)
        assert [tag["id"] for tag in body.find_all(id=anchors)] == anchors
        listed = [(link["href"], link.get_text()) for link in body.select(".contents a")]
        assert listed == [(f"#{item.anchor}", item.text) for item in page.contents if item.level == 2]
        if listed:
            shown = [f"#{heading['id']}" for heading in body.select("h2[id]") if heading["id"] in anchors]
            assert [href for href, _text in listed] == shown
