"""Phone numbers: read however people write them, kept in one form (E.164)."""

import phonenumbers
from django.conf import settings

#: Numbers without a country code belong to the clinic's own country.
HOME_REGION = getattr(settings, "PHONE_REGION", "US")


def parse_phone(text: str) -> str:
    """The number in E.164, such as `+12025550123`.

    Raises `phonenumbers.NumberParseException` where the text is no possible number. Only the shape is
    checked: a number from a range that a carrier opened yesterday must still get through.
    """
    number = phonenumbers.parse(text, HOME_REGION)
    if not phonenumbers.is_possible_number(number):
        raise phonenumbers.NumberParseException(phonenumbers.NumberParseException.NOT_A_NUMBER, "impossible length")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone(e164: str) -> str:
    """The number as people read it, or the text itself where it is no number."""
    try:
        number = phonenumbers.parse(e164, HOME_REGION)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.region_code_for_number(number) == HOME_REGION or number.country_code == phonenumbers.country_code_for_region(
        HOME_REGION
    )
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
