"""Treatments and scars in the vocabulary of schema.org, from the same facts that readers see."""

from typing import Any

from core.comma_lists import listed
from core.structured_data import DERMATOLOGY, Node, medical_page, plain, questions
from treatments.models import ScarTypePage, TreatmentPage


def question_pairs(page: Any) -> list[tuple[str, str]]:
    """The frequent questions of a page, with their answers as plain text."""
    return [(child.value["question"], plain(child.value["answer"].source)) for child in page.faqs]


def treatment(page: TreatmentPage) -> Node:
    """What the treatment is, how it is done, and who should not have it."""
    return {
        "@type": ["MedicalProcedure", "MedicalTherapy"],
        "@id": f"{page.full_url}#treatment",
        "name": page.title,
        "alternateName": listed(page.also_called),
        "description": page.summary,
        "url": page.full_url,
        "howPerformed": plain(page.how_it_works),
        "preparation": plain(page.before_visit),
        "followup": plain(page.aftercare),
        "contraindication": [
            {"@type": "MedicalContraindication", "name": str(caution.get_condition_display()), "description": caution.note}
            for caution in page.all_cautions
        ],
        "relevantSpecialty": DERMATOLOGY,
    }


def condition(page: ScarTypePage) -> Node:
    """What the scar is, and which treatments of the clinic can help."""
    return {
        "@type": "MedicalCondition",
        "@id": f"{page.full_url}#condition",
        "name": page.title,
        "alternateName": listed(page.also_called),
        "description": page.summary,
        "url": page.full_url,
        "relevantSpecialty": DERMATOLOGY,
        "possibleTreatment": [
            {"@type": "MedicalTherapy", "name": fit.treatment.title, "url": fit.treatment.full_url} for fit in page.helpful
        ],
    }


def nodes(page: TreatmentPage | ScarTypePage, base: str) -> list[Node | None]:
    """Everything of a treatment's or a scar type's page."""
    about = treatment(page) if isinstance(page, TreatmentPage) else condition(page)
    return [medical_page(page, base, about["@id"], page.review), about, questions(question_pairs(page), page.full_url)]
