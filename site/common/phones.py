"""Phone numbers: read in any common notation, kept in one format (E.164, and an extension as in a `tel:` link)."""

import re
import unicodedata

import phonenumbers
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Country of numbers without a country code: the clinic's own.
HOME_REGION = getattr(settings, "PHONE_REGION", "US")
#: Area code and exchange in North America never begin with 0 or 1.
CAN_BE_DIALED = re.compile(r"[2-9]\d{2}[2-9]\d{6}")


#: A pause or a wait before an extension.
PAUSE = re.compile(r"(?<=\d)\s*[pw]\s*(?=\d{1,7}$)", re.IGNORECASE)
EXTENSION = re.compile(r"(?:extension|extn?\.?|x)\s*:?\s*(?=\d)", re.IGNORECASE)
LETTERS_WITHIN = re.compile(r"\d[a-z]+\d", re.IGNORECASE)
#: Words around a number that say nothing which would be missed.
LABELS = {
    "and", "at", "call", "cell", "cellphone", "home", "house", "is", "me", "mobile", "my", "no", "nr", "number", "office", "on", "or",
    "phone", "please", "tel", "text", "the", "us", "work",
}  # fmt: skip
DIGITS = {code: str(unicodedata.decimal(chr(code))) for code in range(128, 0x10000) if unicodedata.decimal(chr(code), None) is not None}


class PhoneError(phonenumbers.NumberParseException):
    """A text that is no number which can be called. `explanation` says what to write instead."""

    def __init__(self, explanation: str | Promise) -> None:
        super().__init__(phonenumbers.NumberParseException.NOT_A_NUMBER, str(explanation))
        self.explanation = explanation


def parse_phone(text: str) -> str:
    """The number such as `+12025550123`, or `+12025550123;ext=45`. Raises `PhoneError`.

    Whether a number is assigned is not checked, so that one from a new range is accepted.
    """
    number = _one_number(text)
    if phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise PhoneError(_("Add the area code, such as (202) 555-0123."))
    national = phonenumbers.national_significant_number(number)
    is_dialable = CAN_BE_DIALED.fullmatch(national) if number.country_code == 1 else len(set(national)) > 1
    if not phonenumbers.is_possible_number(number) or not is_dialable:
        raise PhoneError(_("This number cannot be called. Check each digit; it looks like (202) 555-0123, or + and the country code."))
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{e164};ext={number.extension}" if number.extension else e164


def _one_number(text: str) -> phonenumbers.PhoneNumber:
    """The one number in a text. Raises `PhoneError` for none, for several, and for words that would be lost."""
    # Phones write a pause before an extension as a letter.
    text = PAUSE.sub(",,", text.translate(DIGITS))
    if LETTERS_WITHIN.search(EXTENSION.sub(" ", text)):
        raise PhoneError(_("We couldn't read this number. Write it like (202) 555-0123, or with + and the country code."))
    found = list(phonenumbers.PhoneNumberMatcher(text, HOME_REGION, leniency=phonenumbers.Leniency.POSSIBLE))
    if len(found) > 1:
        raise PhoneError(_("Write one number here. A second one can stand in your message."))
    if found:
        around = text[: found[0].start] + " " + text[found[0].end :]
        left = [word for word in re.findall(r"\w+", around.lower()) if word not in LABELS]
        if not left:
            return found[0].number
        try:
            whole = phonenumbers.parse(text, HOME_REGION)
        except phonenumbers.NumberParseException:
            whole = found[0].number
        if [whole.extension] != left:
            raise PhoneError(_("Write the number alone. A name, a time or a second extension can stand in your message."))
        return whole
    try:
        return phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException as problem:
        raise PhoneError(_("We couldn't read this number. Write it like (202) 555-0123, or with + and the country code.")) from problem


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
