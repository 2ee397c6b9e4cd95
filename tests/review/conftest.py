"""A clinician, an article, and the question that every test of the gate ends with."""

import pytest
from django.core.files.base import ContentFile

from images.models import PhotoConsent
from tests.review.cases import case, days, photo
from tests.reviewing import article, clinician, form_of, nothing_unapproved_at_the_end, prepared_rows, publish_approved  # noqa: F401 fixtures
from treatments.models import ResultPage


@pytest.fixture
def consent() -> PhotoConsent:
    form = ContentFile(b"%PDF-1.4 signed", "signed.pdf")
    return PhotoConsent.objects.create(code="P-2026-014", scope="website", given_on=days(-10), document=form)


@pytest.fixture
def live_case(consent: PhotoConsent) -> ResultPage:
    return publish_approved(case(photo("cheek-one", consent), photo("cheek-two", consent)))
