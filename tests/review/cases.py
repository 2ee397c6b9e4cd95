"""Photographs, cases and days, for tests about consent."""

import datetime as dt
import io
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from images.models import PhotoConsent, SiteImage
from images.models.site_image import Shows
from treatments.models import ResultIndexPage, ResultPage, ResultPhoto, ScarTypePage, TreatmentPage


def days(count: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=count)


def photo(title: str, consent: PhotoConsent | None, shows: str = Shows.PATIENT) -> SiteImage:
    file = io.BytesIO()
    Image.new("RGB", (90, 70), (130, 92, 67)).save(file, "JPEG")
    return SiteImage.objects.create(title=title, file=ContentFile(file.getvalue(), f"{title}.jpg"), shows=shows, consent=consent)


def case(*pictures: SiteImage, **fields: Any) -> ResultPage:
    page = ResultPage(
        title="A case", slug="a-case", summary="S", lighting_note="Same room", is_comparable=True, live=False,
        treatment=TreatmentPage.objects.first(), scar_type=ScarTypePage.objects.first(), **fields,
    )  # fmt: skip
    page.photos = [ResultPhoto(image=picture, label=f"Photo {number}", alt="A cheek") for number, picture in enumerate(pictures)]
    ResultIndexPage.objects.get().add_child(instance=page)
    return ResultPage.objects.get(pk=page.pk)
