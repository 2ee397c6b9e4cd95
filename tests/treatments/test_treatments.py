"""Treatments, scar types, and the facts that join them."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from treatments.choices import Drawing, Evidence, Fit, ScarGroup
from treatments.drawings import draw
from treatments.drawings.geometry import offset, sample
from treatments.models import ScarFit, ScarTypePage, TreatmentPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def laser() -> TreatmentPage:
    return TreatmentPage.objects.get(slug="fraxel-dual-laser")


def problems(page: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raised:
        page.full_clean()
    return raised.value.message_dict


def test_a_price_range_upside_down_is_explained(laser: TreatmentPage) -> None:
    laser.price_from, laser.price_to = 900, 300
    assert "must be higher than" in problems(laser)["price_to"][0]


def test_a_price_needs_a_day_until_which_it_holds(laser: TreatmentPage) -> None:
    laser.price_from, laser.price_valid_until = 900, None
    assert "price_valid_until" in problems(laser)


def test_a_new_day_in_the_past_is_explained(laser: TreatmentPage) -> None:
    laser.price_valid_until = timezone.localdate() - dt.timedelta(days=1)
    assert "past" in problems(laser)["price_valid_until"][0]


def test_an_old_day_does_not_stop_somebody_who_mends_a_typing_mistake(laser: TreatmentPage) -> None:
    TreatmentPage.objects.filter(pk=laser.pk).update(price_valid_until="2020-01-01")
    laser.refresh_from_db()
    laser.full_clean()


def test_a_price_hides_itself_after_its_day(client: Client, laser: TreatmentPage) -> None:
    assert f"${laser.price_from}" in client.get(laser.url).content.decode()
    TreatmentPage.objects.filter(pk=laser.pk).update(price_valid_until=timezone.localdate() - dt.timedelta(days=1))
    html = client.get(laser.url).content.decode()
    assert f"${laser.price_from}" not in html


def test_a_price_is_still_shown_on_its_last_day(laser: TreatmentPage) -> None:
    laser.price_valid_until = timezone.localdate()
    assert laser.shows_price


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(3, 5, "3 to 5 sessions"), (1, 1, "1 session"), (4, None, "4 sessions"), (None, 2, "2 sessions"), (None, None, "")],
)
def test_sessions_in_words(low: int | None, high: int | None, text: str) -> None:
    assert TreatmentPage(sessions_min=low, sessions_max=high).sessions_text == text


def test_sessions_upside_down_are_explained(laser: TreatmentPage) -> None:
    laser.sessions_min, laser.sessions_max = 6, 2
    laser.weeks_between_min, laser.weeks_between_max = 8, 4
    assert {"sessions_max", "weeks_between_max"} <= set(problems(laser))


def test_a_picture_needs_words(laser: TreatmentPage) -> None:
    from images.models import SiteImage

    laser.image, laser.image_alt = SiteImage.objects.first(), ""
    assert "image_alt" in problems(laser)


def test_two_pages_cannot_have_one_address(laser: TreatmentPage) -> None:
    laser.slug = "chemical-peels"
    assert "slug" in problems(laser)


def test_fits_are_ordered_from_best_to_worst(laser: TreatmentPage) -> None:
    ranks = [Fit(fit.fit).rank for fit in laser.fits]
    assert ranks == sorted(ranks)
    assert {fit.pk for fit in laser.fits} == {fit.pk for fit in [*laser.suits, *laser.does_not_suit]}


def test_what_a_treatment_says_of_a_scar_is_what_the_scar_says_of_the_treatment(client: Client) -> None:
    fit = ScarFit.objects.get(treatment__slug="fraxel-dual-laser", scar_type__slug="boxcar")
    fit.note, fit.fit, fit.evidence = "A marked note about this very pair.", Fit.HELPS, Evidence.MODERATE
    fit.save()
    for path in ("/treatments/fraxel-dual-laser/", "/scars/boxcar/"):
        entry = next(item for item in BeautifulSoup(client.get(path).content, "html.parser").select(".fit") if fit.note in item.get_text())
        assert "Can help" in entry.get_text() and "Some good studies" in entry.get_text()


def test_an_unpublished_treatment_disappears_from_every_list(client: Client, laser: TreatmentPage) -> None:
    laser.unpublish()
    for path in ("/", "/treatments/", "/scars/boxcar/", "/blog/how-acne-scars-form/", "/consultation/", "/search/?q=fraxel"):
        assert 'href="/treatments/fraxel-dual-laser/"' not in client.get(path).content.decode(), path


def test_rolling_scars_are_depressed_and_never_raised(client: Client) -> None:
    groups = dict(ScarTypePage.objects.values_list("slug", "group"))
    assert {slug for slug, group in groups.items() if group == ScarGroup.DEPRESSED} == {"ice-pick", "boxcar", "rolling"}
    assert {slug for slug, group in groups.items() if group == ScarGroup.RAISED} == {"hypertrophic", "keloid"}


@pytest.mark.parametrize("slug", ["hypertrophic", "keloid"])
def test_raised_scars_are_never_offered_filler_peel_or_microdermabrasion(slug: str) -> None:
    for treatment in ("juvederm-filler", "chemical-peels", "microdermabrasion"):
        assert ScarFit.objects.get(treatment__slug=treatment, scar_type__slug=slug).fit == Fit.NOT_SUITABLE


def test_every_treatment_is_judged_for_every_scar_type() -> None:
    assert ScarFit.objects.count() == TreatmentPage.objects.count() * ScarTypePage.objects.count() == 5 * 7


def test_filler_discloses_that_its_use_in_scars_is_off_label(client: Client) -> None:
    html = client.get("/treatments/juvederm-filler/").content.decode()
    assert "Off-label use" in html


@pytest.mark.parametrize("name", [drawing.value for drawing in Drawing] + ["mixture"])
def test_every_drawing_is_small_and_within_its_frame(name: str) -> None:
    section = draw(name)
    paths = " ".join([section.corneum, section.epidermis, section.dermis, section.subcutis, *(detail.path for detail in section.details)])
    assert len(paths) < 9000
    assert "nan" not in paths and "inf" not in paths


def test_scars_are_drawn_the_way_they_are() -> None:
    from treatments.drawings.skin_cross_section import RECIPES

    def depth(name: str) -> float:
        return max((RECIPES[name][1](x) for x in range(480)), key=abs)

    assert depth("ice_pick") > depth("boxcar") > 0 and depth("rolling") > 0
    assert depth("hypertrophic") < 0 and depth("keloid") < depth("hypertrophic")
    assert depth("red_mark") == depth("brown_mark") == 0


def test_a_layer_keeps_its_thickness_and_never_rises_above_the_surface() -> None:
    line = sample(lambda x: 60 if 100 < x < 140 else 0, 240, 90)
    below = offset(line, 20)
    assert all(low[1] - high[1] >= 19.9 for high, low in zip(line, below, strict=True))
