"""Structured data of medical pages."""

from common.clock import clinic_iso
from common.types import SpecificPage
from core.structured_data import Node, citation, person
from review.models.approvals import Approval


def medical_page(page: SpecificPage, base: str, about: str, review: Approval | None) -> Node:
    """A medical page with its author, review, dates and references. `about` is the `@id` of its main entity, or empty."""
    return {
        "@type": "MedicalWebPage",
        "@id": f"{page.full_url}#page",
        "url": page.full_url,
        "name": page.title,
        "description": page.meta_description,
        "inLanguage": page.locale.language_code,
        "isPartOf": {"@id": f"{base}/#website"},
        "datePublished": clinic_iso(page.first_published_at),
        "dateModified": clinic_iso(page.last_published_at),
        "author": person(page.author, base) if page.author else None,
        "reviewedBy": person(review.clinician, base) if review and review.clinician else None,
        "lastReviewed": review.reviewed_on.isoformat() if review and review.reviewed_on else None,
        "mainEntity": {"@id": about} if about else None,
        "citation": [citation(reference) for reference in getattr(page, "reference_list", [])],
    }
