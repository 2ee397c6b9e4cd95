"""Treatments and scars in the vocabulary of schema.org, from the same facts that readers see."""

from typing import Any

from common.text import split_commas
from core.structured_data import DERMATOLOGY, Node, page_nodes, plain, questions
from review.structured_data import medical_page
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
        "alternateName": split_commas(page.also_called),
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
        "alternateName": split_commas(page.also_called),
        "description": page.summary,
        "url": page.full_url,
        "relevantSpecialty": DERMATOLOGY,
        "possibleTreatment": [
            {"@type": "MedicalTherapy", "name": fit.treatment.title, "url": fit.treatment.full_url} for fit in page.helpful
        ],
    }


@page_nodes.register
def treatment_nodes(page: TreatmentPage, base: str) -> list[Node | None]:
    """A treatment's page: the page, the treatment, its questions."""
    about = treatment(page)
    return [medical_page(page, base, about["@id"], page.review), about, questions(question_pairs(page), page.full_url)]


@page_nodes.register
def scar_type_nodes(page: ScarTypePage, base: str) -> list[Node | None]:
    """A scar type's page: the page, the condition, its questions."""
    about = condition(page)
    return [medical_page(page, base, about["@id"], page.review), about, questions(question_pairs(page), page.full_url)]
