"""What search engines read, in the vocabulary of schema.org: small functions from facts to plain values.

Each returns one node. `None` and empty values are left out when a graph is put together, so a fact that staff left empty is not stated.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from django.utils.html import strip_tags

from common.text import split_commas
from core.models.clinic import ClinicDetails
from core.models.clinicians import Clinician
from core.models.references import Reference

Node = dict[str, Any]
VOCABULARY = "https://schema.org"
DERMATOLOGY = f"{VOCABULARY}/Dermatology"
#: `Physician` is a medical business; staff without one of these degrees are described as persons.
PHYSICIAN_DEGREES = ("MD", "DO", "MBBS")


def without_empty(value: Any) -> Any:
    """The same, without what is not known."""
    if isinstance(value, dict):
        return {name: kept for name, child in value.items() if (kept := without_empty(child)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [kept for child in value if (kept := without_empty(child)) not in (None, "", [], {})]
    return value


def plain(html: str) -> str:
    """Rich text as one line of plain text."""
    return " ".join(strip_tags(html).split())


def graph(nodes: Iterable[Node]) -> Node:
    """All nodes of a page in one document."""
    return {"@context": VOCABULARY, "@graph": without_empty(list(nodes))}


@singledispatch
def page_nodes(page: object, base: str) -> list[Node | None]:
    """The nodes about a page itself. Apps register their page types with `@page_nodes.register`."""
    return []


def clinic(details: ClinicDetails, base: str) -> Node:
    """The clinic, with its address and hours."""
    return {
        "@type": "MedicalClinic",
        "@id": f"{base}/#clinic",
        "name": details.clinic_name,
        "url": f"{base}/",
        "telephone": details.phone,
        "email": details.email,
        "medicalSpecialty": DERMATOLOGY,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(line for line in (details.address_line_1, details.address_line_2) if line),
            "addressLocality": details.city,
            "addressRegion": details.state,
            "postalCode": details.postal_code,
        }
        if details.city
        else None,
        "openingHoursSpecification": opening_hours(details),
        "sameAs": [link.value["url"] for link in details.social_links],
    }


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def opening_hours(details: ClinicDetails) -> list[Node]:
    """One entry for each time the clinic opens in a week."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"{VOCABULARY}/{name}",
            "opens": opens.strftime("%H:%M"),
            "closes": closes.strftime("%H:%M"),
        }
        for name, day in zip(DAYS, details.week(), strict=True)
        for opens, closes in day.spans
    ]


def website(details: ClinicDetails, base: str) -> Node:
    """The site, and how to search it."""
    return {
        "@type": "WebSite",
        "@id": f"{base}/#website",
        "name": details.clinic_name,
        "url": f"{base}/",
        "publisher": {"@id": f"{base}/#clinic"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{base}/search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(steps: list[tuple[str, str]]) -> Node:
    """The way from the home page: name and address of each step."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address} for number, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def person(clinician: Clinician, base: str) -> Node:
    """Somebody of the clinic, as an author or a reviewer."""
    return {
        "@type": "Person",
        "name": clinician.name,
        "honorificSuffix": clinician.credentials,
        "jobTitle": clinician.role,
        "url": f"{base}{clinician.get_absolute_url()}" if clinician.is_shown else None,
        "worksFor": {"@id": f"{base}/#clinic"},
    }


def physician(clinician: Clinician, base: str) -> Node:
    """Somebody's own page: a physician where the credentials say so, else a person."""
    if not set(split_commas(clinician.credentials)) & set(PHYSICIAN_DEGREES):
        return person(clinician, base)
    return {
        "@type": "Physician",
        "name": clinician.display_name,
        "url": f"{base}{clinician.get_absolute_url()}",
        "medicalSpecialty": DERMATOLOGY,
        "parentOrganization": {"@id": f"{base}/#clinic"},
        "knowsLanguage": split_commas(clinician.languages),
    }


def citation(reference: Reference) -> Node:
    """A work that a page rests on."""
    return {
        "@type": "ScholarlyArticle",
        "name": reference.title,
        "url": reference.link,
        "datePublished": str(reference.year) if reference.year else None,
    }


def questions(pairs: list[tuple[str, str]], address: str) -> Node | None:
    """Questions with their answers; None where there are none."""
    if not pairs:
        return None
    entities = [{"@type": "Question", "name": name, "acceptedAnswer": {"@type": "Answer", "text": text}} for name, text in pairs]
    return {"@type": "FAQPage", "@id": f"{address}#questions", "mainEntity": entities}
