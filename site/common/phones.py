"""Phone numbers: parsed in any common notation, stored in one format (E.164)."""

import phonenumbers
from django.conf import settings

#: Country of numbers without a country code: the clinic's own.
HOME_REGION = getattr(settings, "PHONE_REGION", "US")


def parse_phone(text: str) -> str:
    """The number in E.164, such as `+12025550123`.

    Raises `phonenumbers.NumberParseException` where the text is no possible number. Only the length is
    checked, so that a number from a newly assigned range is accepted.
    """
    number = phonenumbers.parse(text, HOME_REGION)
    if not phonenumbers.is_possible_number(number):
        raise phonenumbers.NumberParseException(phonenumbers.NumberParseException.NOT_A_NUMBER, "impossible length")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone(e164: str) -> str:
    """The number in national notation, or international for a foreign one; the text itself where it is no number."""
    try:
        number = phonenumbers.parse(e164, HOME_REGION)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.region_code_for_number(number) == HOME_REGION or number.country_code == phonenumbers.country_code_for_region(
        HOME_REGION
    )
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
