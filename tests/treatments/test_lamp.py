"""Turn the lamp: skin face-on above its section, small, and readable without scripts."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import Client

from treatments.choices import Drawing
from treatments.drawings.face_on import SHAPES, face_on

STATIC = Path(__file__).resolve().parents[2] / "site/static"
MAX_BYTES = 20_000


def lamp(name: str) -> str:
    return str(engines["django"].from_string("{% lamp name=name labelled=True description='Skin' %}").render({"name": name}))


@pytest.mark.parametrize("name", SHAPES)
def test_it_is_small_with_its_script_and_style(name: str) -> None:
    size = len(lamp(name).encode()) + sum((STATIC / file).stat().st_size for file in ("js/lamp.js", "css/lamp.css"))
    assert size <= MAX_BYTES


@pytest.mark.parametrize("name", SHAPES)
def test_without_scripts_three_pictures_say_what_the_light_does(name: str) -> None:
    stills = BeautifulSoup(lamp(name), "html.parser").select(".lamp-stills svg[role=img]")
    assert len({still["aria-label"] for still in stills}) == 3
    assert all(still.parent and still.parent.get_text(strip=True) for still in stills)


def test_a_drawing_of_a_treatment_shows_its_section_alone() -> None:
    assert face_on(Drawing.PEEL) is None and "data-lamp" not in lamp(Drawing.PEEL) and "<svg" in lamp(Drawing.PEEL)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/scars/ice-pick/", "/blog/which-scar-do-i-have/", "/results/boxcar-scar-laser/"])
def test_it_stands_once_where_readers_look_for_their_scar(client: Client, address: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert len(page.select("[data-lamp]")) == 1
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_scars_are_as_wide_face_on_as_in_their_section() -> None:
    assert 2 * SHAPES[Drawing.ICE_PICK][0].rx < 2 * 64, "under 2 mm"
    assert 1.5 * 64 <= 2 * SHAPES[Drawing.BOXCAR][0].rx <= 4 * 64, "1.5 to 4 mm"
    assert 2 * SHAPES[Drawing.ROLLING][0].rx > 4 * 64, "over 4 mm"
