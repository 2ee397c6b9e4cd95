"""Structured data of treatments and scar types (schema.org), from the same facts that readers see."""

from common.text import split_commas
from core.structured_data import DERMATOLOGY, Node, page_nodes, plain, questions
from review.structured_data import medical_page
from treatments.models import ScarTypePage, TreatmentPage


def question_pairs(page: TreatmentPage | ScarTypePage) -> list[tuple[str, str]]:
    """The frequent questions of a page with their answers, as plain text."""
    return [(child.value["question"], plain(child.value["answer"].source)) for child in page.faqs]


def treatment(page: TreatmentPage) -> Node:
    """The node of a treatment: what it is, how it is done, and who should not have it."""
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
    """The node of a scar type: what it is, and which treatments of the clinic can help."""
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
    """All nodes of a treatment's page."""
    node = treatment(page)
    return [medical_page(page, base, node["@id"], page.review), node, questions(question_pairs(page), page.full_url)]


@page_nodes.register
def scar_type_nodes(page: ScarTypePage, base: str) -> list[Node | None]:
    """All nodes of a scar type's page."""
    node = condition(page)
    return [medical_page(page, base, node["@id"], page.review), node, questions(question_pairs(page), page.full_url)]
