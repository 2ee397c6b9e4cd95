"""Email messages from a pair of templates: plain text, and HTML in the clinic's design."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.functional import Promise

from common.types import Context, Extra

#: No machine answers a mail that says so (RFC 3834), such as one that tells of an absence.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def templated_mail(subject: str | Promise, name: str, context: Context, **options: Extra) -> EmailMultiAlternatives:
    """A message with the bodies `email/NAME.txt` and `email/NAME.html`. `options` are those of `EmailMessage`, such as `to` and `bcc`."""
    context = {"subject": subject, **context}
    options["headers"] = {**AUTOMATIC, **(options.get("headers") or {})}
    # A line break in a subject, such as one from the clinic's name, would stop the mail.
    message = EmailMultiAlternatives(" ".join(str(subject).split()), render_to_string(f"email/{name}.txt", context), **options)
    message.attach_alternative(render_to_string(f"email/{name}.html", context), "text/html")
    return message
