"""Mails from a pair of templates: plain text, and HTML in the clinic's design."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def templated_mail(subject: Any, name: str, context: dict[str, Any], **addresses: Any) -> EmailMultiAlternatives:
    """A mail with the body of `email/NAME.txt` and `email/NAME.html`. `addresses` are those of `EmailMessage`, such as `to` and `bcc`."""
    context = {"subject": subject, **context}
    message = EmailMultiAlternatives(str(subject), render_to_string(f"email/{name}.txt", context), **addresses)
    message.attach_alternative(render_to_string(f"email/{name}.html", context), "text/html")
    return message
