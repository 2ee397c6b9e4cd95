"""E-mail addresses that will hardly get mail: what somebody most likely meant, so that a question can be asked."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Where most patients have their mail. A domain that differs from one of these by a slip is asked about.
COMMON = (
    "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "comcast.net", "verizon.net", "sbcglobal.net", "bellsouth.net",
    "protonmail.com", "charter.net", "earthlink.net", "optonline.net", "rocketmail.com", "windstream.net", "frontier.com",
)  # fmt: skip
#: Real domains that look like a slip of another, or end like one.
REAL = {
    "aol.com", "att.net", "bt.com", "cox.net", "email.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.ca",
    "hotmail.co.uk", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it", "live.com", "mac.com", "mail.com", "me.com", "msn.com",
    "outlook.de", "outlook.es", "outlook.fr", "outlook.it", "pm.me", "proton.me", "rogers.com", "shaw.ca", "yahoo.ca", "yahoo.co.in",
    "yahoo.co.jp", "yahoo.co.uk", "yahoo.com.br", "yahoo.com.mx", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.in", "yahoo.it", "ymail.com",
}  # fmt: skip
#: The common domains by their name alone, and by both parts written as one.
BY_NAME = {common.partition(".")[0]: common for common in COMMON}
BY_LETTERS = {common.replace(".", ""): common for common in COMMON}
#: What people type for the most common endings.
ENDINGS = {
    "com": ("con", "cpm", "vom", "xom", "cim", "clm", "ocm", "cmo", "comm", "coom", "ccom", "om", "cm", "co", "c0m", "comn", "coml"),
    "net": ("nte", "ent", "ne", "nett", "met", "bet"),
    "org": ("ogr", "rog", "orgg", "orq", "og"),
}
MEANT = {typed: ending for ending, slips in ENDINGS.items() for typed in slips}
#: Endings that are also those of countries or real ones, so that only a common name before them is asked about.
ALSO_REAL = frozenset({"co", "cm", "om", "ne", "met", "bet"})
#: Letters that may be wrong, missing, added or swapped in a common domain; and where the first letters are right.
MAX_SLIPS, MAX_LATER_SLIPS = 1, 2
FIRST_LETTERS = 3


def likely_meant(address: str) -> str:
    """The address that was most likely meant, or an empty text where nothing speaks against the one that was written."""
    local, _at, domain = address.rpartition("@")
    meant = _meant_domain(domain.lower())
    return f"{local}@{meant}" if local and meant else ""


def _meant_domain(domain: str) -> str:
    if domain in COMMON or domain in REAL:
        return ""
    # The dot left out, or in the wrong place: “gmailcom”, “gmailc.om”.
    if meant := BY_LETTERS.get(domain.replace(".", "")):
        return meant
    name, dot, typed = domain.rpartition(".")
    if not dot:
        joined = process.extractOne(domain, list(BY_LETTERS), scorer=OSA.distance, score_cutoff=MAX_SLIPS)
        return BY_LETTERS[joined[0]] if joined else ""
    # A common name with the ending of another country, or of none.
    if name in BY_NAME:
        return BY_NAME[name]
    mended = f"{name}.{MEANT.get(typed, typed)}"
    if mended not in REAL and (nearest := _nearest(mended)):
        return nearest
    return mended if typed in MEANT and typed not in ALSO_REAL and re.search(r"[a-z]", name) else ""


def _nearest(domain: str) -> str:
    """The common domain that a domain is a slip of; empty where none is near enough."""
    found = process.extractOne(domain, COMMON, scorer=OSA.distance, score_cutoff=MAX_LATER_SLIPS)
    if found is None:
        return ""
    common, slips, _at = found
    return common if slips <= MAX_SLIPS or common[:FIRST_LETTERS] == domain[:FIRST_LETTERS] else ""
