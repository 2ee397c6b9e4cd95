"""Structured data for search engines (JSON-LD in the vocabulary of schema.org).

Each function returns one node as plain values. `graph` removes `None` and empty values, so that empty fields produce no statements.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import singledispatch
from typing import TypeAlias

from django.utils.html import strip_tags

from common.text import split_commas
from common.types import JSONObject, JSONValue
from core.blocks.clinic import MIDNIGHT
from core.models.clinic import ClinicDetails
from core.models.clinicians import Clinician
from core.models.references import Reference

Node: TypeAlias = JSONObject
VOCABULARY = "https://schema.org"
DERMATOLOGY = f"{VOCABULARY}/Dermatology"
#: `Physician` is a medical business; staff without one of these degrees are described as persons.
PHYSICIAN_DEGREES = ("MD", "DO", "MBBS")


def without_empty(value: JSONValue) -> JSONValue:
    """The value without `None`, empty strings, empty lists and empty objects, at any depth."""
    if isinstance(value, dict):
        return {name: cleaned for name, child in value.items() if (cleaned := without_empty(child)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [cleaned for child in value if (cleaned := without_empty(child)) not in (None, "", [], {})]
    return value


def plain(html: str) -> str:
    """Rich text as one line of plain text."""
    return " ".join(strip_tags(html).split())


def graph(nodes: Iterable[Node]) -> Node:
    """One JSON-LD document with all nodes of a page, without empty values."""
    return {"@context": VOCABULARY, "@graph": without_empty(list(nodes))}


@singledispatch
def page_nodes(page: object, base: str) -> list[Node | None]:
    """The nodes that describe a page. Apps register a function for each page type with `@page_nodes.register`."""
    return []


def address(details: ClinicDetails) -> Node | None:
    """The clinic's postal address; None where no city is set."""
    if not details.city:
        return None
    return {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(line for line in (details.address_line_1, details.address_line_2) if line),
        "addressLocality": details.city,
        "addressRegion": details.state,
        "postalCode": details.postal_code,
    }


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
        "address": address(details),
        "openingHoursSpecification": opening_hours(details),
        "specialOpeningHoursSpecification": special_hours(details),
        "sameAs": [link.value["url"] for link in details.social_links],
    }


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def opening_hours(details: ClinicDetails) -> list[Node]:
    """One node for each span of opening hours in a week."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"{VOCABULARY}/{name}",
            "opens": opens.strftime("%H:%M"),
            "closes": closing(closes),
        }
        for name, day in zip(DAYS, details.week(), strict=True)
        for opens, closes in day.spans
    ]


def closing(closes: dt.time) -> str:
    """A closing time. Midnight is written as the last minute of the day, since “00:00” means closed; 02:00 is read as the next day's."""
    return "23:59" if closes == MIDNIGHT else closes.strftime("%H:%M")


def special_hours(details: ClinicDetails) -> list[Node]:
    """One node for each date to come that differs from the week. Closed: opens and closes at midnight, as search engines read it."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00" if day["closed"] else day["opens"].strftime("%H:%M"),
            "closes": "00:00" if day["closed"] else closing(day["closes"]),
            "validFrom": day["date"].isoformat(),
            "validThrough": day["date"].isoformat(),
        }
        for day in details.coming_exceptions()
    ]


def website(details: ClinicDetails, base: str) -> Node:
    """The site, with its search action."""
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
    """The breadcrumb trail. `steps` are pairs of name and address, from the home page down."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address} for number, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def person(clinician: Clinician, base: str) -> Node:
    """A clinician as the author or reviewer of a page."""
    return {
        "@type": "Person",
        "name": clinician.name,
        "honorificSuffix": clinician.credentials,
        "jobTitle": clinician.role,
        "url": f"{base}{clinician.get_absolute_url()}" if clinician.is_shown else None,
        "worksFor": {"@id": f"{base}/#clinic"},
    }


def is_physician(credentials: str) -> bool:
    """Whether credentials, such as “MD, FAAD” or “M.D. FAAD”, include a medical degree."""
    return bool(set(re.split(r"[\s,;/]+", credentials.replace(".", "").upper())) & set(PHYSICIAN_DEGREES))


def physician(clinician: Clinician, details: ClinicDetails, base: str) -> Node:
    """A clinician on their own page: a `Physician` where the credentials include a medical degree, else a `Person`."""
    if not is_physician(clinician.credentials):
        return person(clinician, base)
    # A physician is a business to search engines, and without an address none that they show.
    return {
        "@type": "Physician",
        "name": clinician.display_name,
        "url": f"{base}{clinician.get_absolute_url()}",
        "address": address(details),
        "telephone": details.phone,
        "medicalSpecialty": DERMATOLOGY,
        "parentOrganization": {"@id": f"{base}/#clinic"},
        "knowsLanguage": split_commas(clinician.languages),
    }


def citation(reference: Reference) -> Node:
    """A reference that a page cites."""
    return {
        "@type": "ScholarlyArticle",
        "name": reference.title,
        "url": reference.link,
        "datePublished": str(reference.year) if reference.year else None,
    }


def questions(pairs: list[tuple[str, str]], address: str) -> Node | None:
    """An FAQ node. `pairs` are questions and answers; None where there are none."""
    if not pairs:
        return None
    entities = [{"@type": "Question", "name": name, "acceptedAnswer": {"@type": "Answer", "text": text}} for name, text in pairs]
    return {"@type": "FAQPage", "@id": f"{address}#questions", "mainEntity": entities}
